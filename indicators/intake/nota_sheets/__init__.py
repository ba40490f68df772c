"""Read a nota from a sheet (ODS or XLSX): the JSON data of format 1, and the place of each part of it.

A sheet is a view on the data; the rules are those of indicators/domain/nota. Everything that a sheet alone can have
wrong is refused here: sheets, headings, cells of another kind than their column.
"""

from typing import Any

from indicators.domain.nota import Finding
from indicators.domain.nota.structure import FORMAT
from indicators.intake.nota_data import NotaData
from indicators.intake.nota_sheets.fields import read_fields
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import (
    BREAKS,
    CELLS,
    COMPONENTS,
    INDICATORS,
    LAYOUTS,
    NOTA,
    POINTS,
    READINGS,
    TOPICS,
)
from indicators.intake.nota_sheets.readings import read_readings
from indicators.intake.nota_sheets.series import read_breaks, read_components, read_printed
from indicators.intake.nota_sheets.tables import Table, find_tables
from indicators.intake.nota_sheets.taking import UNREAD
from indicators.intake.nota_sheets.topics import Data, read_indicators, read_points, read_topics
from indicators.intake.sheets import SheetRefused, read_workbook

__all__ = ["read_nota_sheet"]

# What the rules say about JSON, said about a sheet.
SENTENCES = {"years-order": "Elk jaar staat hier hoogstens één keer."}


def read_nota_sheet(name: str, content: bytes) -> NotaData:
    """Return the data in a file called `name`. Its method `nota` gives the nota, or raises all refusals."""
    findings = SheetFindings()
    try:
        grids = read_workbook(name, content)
    except SheetRefused as error:
        return NotaData(data=None, refusals=(Finding(code="file-refused", path=(), typed="", sentence=str(error)),))
    tables = find_tables(grids, findings)
    data = _data(tables, findings) if tables else None
    return NotaData(
        data=data,
        places=findings.places,
        refusals=tuple(findings.refusals),
        notices=tuple(findings.notices),
        unread=frozenset(findings.unread),
        sentences=SENTENCES,
        sheets=tuple(layout.name for layout in LAYOUTS),
    )


def _data(tables: dict[str, Table], findings: SheetFindings) -> Data:
    fields = read_fields(tables[NOTA.name], findings)
    topics = read_topics(tables[TOPICS.name], findings)
    read_points(tables[POINTS.name], topics, findings)
    indicators = read_indicators(tables[INDICATORS.name], topics, findings)
    read_components(tables[COMPONENTS.name], indicators, fields["baseline_year"], findings)
    read_printed(tables[CELLS.name], indicators, findings)
    read_breaks(tables[BREAKS.name], indicators, findings)
    if fields["first_target_year"] is None:
        fields["first_target_year"] = _first_target_year(fields["first_year"], tables[COMPONENTS.name])
        if fields["first_target_year"] is UNREAD:
            findings.unread.add(("first_target_year",))
    parts = {
        "organisation": {
            "slug": fields.pop("organisation_slug"),
            "name": fields.pop("organisation"),
            "cbs_code": fields.pop("cbs_code"),
        },
        "area": {"code": fields.pop("area_code"), "name": fields.pop("area_name")},
        "topics": topics.data,
        "readings": read_readings(tables[READINGS.name], indicators, findings),
    }
    return {"format": FORMAT, **fields, **parts}


def _first_target_year(first_year: Any, table: Table) -> Any:
    """Return the first year of the period with a target, else its first year."""
    if first_year is UNREAD:
        return UNREAD
    years = [year for row in table.rows for year, _ in row.years]
    return min((year for year in years if year >= first_year), default=first_year)
