"""The flat table of the programme, for machine reading: a row for each activity and each amount."""

from collections.abc import Iterable
from decimal import Decimal

from indicators.readmodel.lines import Line
from indicators.readmodel.programme import Programme, ProgrammePart
from indicators.readmodel.rows import Overview
from reports.appendix.cells import integer_cell
from reports.document import Cell, Column, Table

COLUMNS = (
    Column("kadernota", width=14),
    Column("soort_onderdeel", width=8),
    Column("nummer", "figure", 5),
    Column("onderdeel", width=16),
    Column("jaar", "figure", 5),
    Column("deel", width=8),
    Column("soort", width=8),
    Column("inzet", width=20),
    Column("wat", "heading", 20),
    Column("met_wie", width=14),
    Column("wanneer", width=10),
    Column("stand_activiteit", width=8),
    Column("resultaat", width=24),
    Column("begroot", "figure", 8),
    Column("besteed", "figure", 8),
    Column("editie", width=6),
    Column("stand", width=9),
    Column("oefening", width=6),
)


def lines_table(overview: Overview, programme: Programme, year: int, years: Iterable[int]) -> Table:
    """Return every line of these years, with amounts in euros. The column `deel` says whether it is account or plan."""
    rows = tuple(
        _row(overview, part, line, "verslag" if line_year == year else "vooruitblik")
        for line_year in years
        for part in programme.parts
        for line in (*part.activities(line_year), *part.finances(line_year))
    )
    return Table(f"Alle activiteiten en bedragen van het programma over {year}", COLUMNS, rows)


def _row(overview: Overview, part: ProgrammePart, line: Line, section: str) -> tuple[Cell, ...]:
    return (
        Cell(overview.title),
        Cell(part.kind.label),
        integer_cell(part.number),
        Cell(part.name),
        integer_cell(line.year),
        Cell(section),
        Cell(line.kind.word),
        Cell(line.effort),
        Cell(line.title),
        Cell(line.partners),
        Cell(line.planned),
        Cell(line.state.value if line.state else ""),
        Cell(line.result),
        _money(line.budget),
        _money(line.spent),
        Cell(line.edition.label if line.edition else ""),
        Cell("concept" if line.is_draft else "vastgesteld"),
        Cell("ja" if overview.is_practice else ""),
    )


def _money(amount: Decimal | None) -> Cell:
    """Return an amount with two decimals, for machine reading."""
    return Cell("") if amount is None else Cell(f"{amount:.2f}".replace(".", ","), number=amount, decimals=2)
