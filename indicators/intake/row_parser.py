"""Parse the cells of one row of a sheet; refusals say which cell, what it says, why not and what was meant."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain import notation
from indicators.domain.cells import Cell, cell_text, read_cell
from indicators.domain.notation import InputValue
from indicators.domain.refusals import Refusal
from indicators.domain.values import NO_SAMPLE, Unit
from indicators.intake.sheets import SheetRow
from indicators.models import LONGEST_EXPLANATION, Component


@dataclass(frozen=True)
class RowRefusal:
    """The refusal of a cell. `where` is its position in the sheet: a column letter, or the heading of a CSV file."""

    row: int
    column: str
    where: str
    refusal: Refusal

    def __str__(self) -> str:
        place = f"rij {self.row}, kolom {self.column}"
        if self.where and normalised(self.where) != self.column:
            place = f"{place} ({self.where})"
        return f"{place}: {self.refusal}"


class CellRefused(Exception):
    """A cell that cannot be read; `refusal` says why."""

    def __init__(self, row: SheetRow, column: str, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = RowRefusal(row.number, column, row.positions.get(column, ""), refusal)


def normalised(name: str) -> str:
    """Return a name for comparison: case-folded, with single spaces."""
    return " ".join(name.split()).casefold()


def read_component(
    row: SheetRow, by_indicator: Mapping[str, Sequence[Component]], names: Mapping[str, str]
) -> Component:
    """Return the component of this row. The keys of `by_indicator` and `names` are normalised names and codes."""
    typed = read_text(row, "indicator")
    components = by_indicator.get(normalised(typed), [])
    if components:
        return _choose_component(row, components)
    if not typed:
        raise CellRefused(row, "indicator", Refusal(typed, "hier hoort de naam of de code van een indicator"))
    similar = difflib.get_close_matches(normalised(typed), names, n=1, cutoff=0.75)
    why = "deze indicator staat niet in de kadernota"
    raise CellRefused(row, "indicator", Refusal(typed, why, names[similar[0]] if similar else ""))


def _choose_component(row: SheetRow, components: Sequence[Component]) -> Component:
    typed = read_text(row, "onderdeel")
    if not typed and len(components) == 1:
        return components[0]
    by_name = {normalised(component.name): component for component in components}
    if normalised(typed) in by_name:
        return by_name[normalised(typed)]
    code = components[0].indicator.code
    if len(components) == 1:
        raise CellRefused(row, "onderdeel", Refusal(typed, f"{code} heeft geen onderdelen; laat dit leeg"))
    names = " of ".join(f"‘{component.name}’" for component in components)
    similar = difflib.get_close_matches(normalised(typed), by_name, n=1, cutoff=0.6)
    why = f"schrijf welk onderdeel van {code}: {names}"
    raise CellRefused(row, "onderdeel", Refusal(typed, why, by_name[similar[0]].name if similar else ""))


def read_year(row: SheetRow, years: range) -> int:
    """Return the year of this row, one of `years`."""
    typed = read_text(row, "jaar")
    if len(typed) == 4 and typed.isascii() and typed.isdigit() and int(typed) in years:
        return int(typed)
    why = f"dit is geen jaar van deze kadernota ({years[0]} tot en met {years[-1]})"
    raise CellRefused(row, "jaar", Refusal(typed, why))


def read_figure(row: SheetRow, unit: Unit, *, last: Decimal | None, year: int | None) -> InputValue | None:
    """Return the figure of this row; None for an empty cell."""
    try:
        return read_cell(row.cells.get("meting", Cell("empty")), unit, last=last, year=year)
    except Refusal as refusal:
        raise CellRefused(row, "meting", refusal) from None


def read_explanation(row: SheetRow) -> str | None:
    """Return the explanation of this row; None for an empty cell."""
    typed = read_text(row, "toelichting")
    if len(typed) > LONGEST_EXPLANATION:
        why = f"de toelichting is langer dan {LONGEST_EXPLANATION} tekens"
        raise CellRefused(row, "toelichting", Refusal(typed, why))
    if "\x00" in typed:
        why = "er staat een onleesbaar teken in"
        raise CellRefused(row, "toelichting", Refusal(typed.replace("\x00", ""), why))
    return typed or None


def read_sample(row: SheetRow, *, is_survey: bool) -> int | None:
    """Return the number of persons in the survey; None for an empty cell."""
    typed = read_text(row, "steekproef")
    if typed and not is_survey:
        raise CellRefused(row, "steekproef", Refusal(typed, NO_SAMPLE))
    try:
        return notation.read_sample(typed)
    except Refusal as refusal:
        raise CellRefused(row, "steekproef", refusal) from None


def read_text(row: SheetRow, column: str) -> str:
    """Return a cell as plain text; a whole number without grouping, as for a year."""
    cell = row.cells.get(column, Cell("empty"))
    if not cell.has_result:
        raise CellRefused(
            row, column, Refusal(cell.formula or "formule", "deze formule heeft geen opgeslagen uitkomst")
        )
    if cell.kind == "error":
        raise CellRefused(row, column, Refusal(cell.text, "dit is een foutmelding van het spreadsheetprogramma"))
    if cell.kind == "number" and cell.number is not None:
        number = Decimal(str(cell.number))
        if number.is_finite() and abs(number) < 10**15 and number == number.to_integral_value():
            return str(int(number))
    return cell_text(cell).strip()
