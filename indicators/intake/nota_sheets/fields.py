"""Read the sheet of the kadernota as a whole: a field and its value on each row."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from indicators.domain.nota.limits import LONGEST_SLUG
from indicators.intake.nota_data import DataPath
from indicators.intake.nota_sheets.cells import plain_text
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import FIELDS, Column
from indicators.intake.nota_sheets.tables import Row, Table
from indicators.intake.nota_sheets.taking import UNREAD, Taker

PATHS: Mapping[str, DataPath] = {
    "organisation": ("organisation", "name"),
    "organisation_slug": ("organisation", "slug"),
    "cbs_code": ("organisation", "cbs_code"),
    "area_code": ("area", "code"),
    "area_name": ("area", "name"),
}
NOT_A_SLUG = re.compile(r"[^a-z0-9]+")


def read_fields(table: Table, findings: SheetFindings) -> dict[str, Any]:
    """Return the fields by key: with what can be derived for the empty ones, `first_target_year` None when empty."""
    rows = _rows_by_key(table, findings)
    values = {column.key: _read_field(column, table, rows, findings) for column in FIELDS}
    _derive(values, findings)
    return values


def _rows_by_key(table: Table, findings: SheetFindings) -> dict[str, Row]:
    keys = {heading.casefold(): column.key for column in FIELDS for heading in (*column.also, column.heading)}
    rows: dict[str, Row] = {}
    for row in table.rows:
        typed = plain_text(row.cell("field"))
        key = keys.get(" ".join(typed.split()).casefold().rstrip(" *:"))
        if key is None and typed:
            free = [column.heading for column in FIELDS if column.key not in rows]
            sentence = f"‘{typed}’ is geen gegeven van een kadernota."
            meant = findings.closest(typed, free)
            findings.refuse("field-unknown", row.place("field"), sentence, typed=typed, meant=meant)
        elif key is None and row.cell("value") in row.cells.values():
            typed = plain_text(row.cell("value"))
            sentence = "Voor deze waarde staat niet wat het is. Vul de eerste kolom in, of haal de waarde weg."
            findings.refuse("field-missing", row.place("field"), sentence, typed=typed)
        elif key in rows:
            sentence = f"‘{typed}’ staat er twee keer. Laat er één over."
            findings.refuse("field-twice", row.place("field"), sentence, typed=typed)
        elif key is not None:
            rows[key] = row
    return rows


def _read_field(column: Column, table: Table, rows: Mapping[str, Row], findings: SheetFindings) -> Any:
    path = PATHS.get(column.key, (column.key,))
    place = rows[column.key].place("value") if column.key in rows else table.place(table.head, "value")
    findings.places[path] = place
    value = (
        Taker(rows[column.key], (), findings).take_as(column, "value", None, at=path) if column.key in rows else None
    )
    if value is None and column.required:
        sentence = f"Vul ‘{column.heading}’ in."
        findings.refuse("field-empty", place, sentence, path=path)
        return UNREAD
    return value


def _derive(values: dict[str, Any], findings: SheetFindings) -> None:
    """Fill in the empty fields. What is derived from an unknown field is unknown."""
    organisation, first, last = (values[key] for key in ("organisation", "first_year", "last_year"))
    name = organisation if isinstance(organisation, str) else None
    derived: dict[str, Any] = {
        "printed_organisation": name,
        "organisation_slug": slugified(name) if name else None,
        "area_name": name if name and name.casefold().startswith("gemeente ") else f"Gemeente {name}" if name else None,
        "baseline_year": first - 1 if isinstance(first, int) else None,
    }
    if name and isinstance(first, int) and isinstance(last, int):
        derived["slug"] = slugified(f"{values['organisation_slug'] or derived['organisation_slug']}-{first}-{last}")
    derived |= {"document": "", "summary": "", "finances": "", "cbs_code": "", "area_code": "gemeente"}
    derived["is_practice"] = False
    for key in ("slug", *derived):
        if values[key] is None:
            values[key] = derived.get(key)
            if values[key] is None:
                values[key] = UNREAD
                findings.unread.add(PATHS.get(key, (key,)))


def slugified(text: str) -> str:
    """Return an address made of a text: lower case letters, digits and hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return NOT_A_SLUG.sub("-", ascii_text.casefold()).strip("-")[:LONGEST_SLUG].strip("-")
