"""The cells of one row: each becomes what it means, or a refusal that says where, what, why and what was meant."""

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
    """Why one cell is refused: where it stands, what it says, why not, and what was probably meant."""

    row: int
    column: str
    where: str
    refusal: Refusal

    def __str__(self) -> str:
        place = f"rij {self.row}, kolom {self.column}"
        is_told = not self.where or folded(self.where) == self.column
        return f"{place}: {self.refusal}" if is_told else f"{place} ({self.where}): {self.refusal}"


class Refused(Exception):
    """Carries the refusal of one cell to where the plan is made."""

    def __init__(self, row: SheetRow, column: str, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = RowRefusal(row.number, column, row.positions.get(column, ""), refusal)


def folded(name: str) -> str:
    """A name as it is compared: without capitals, with single blanks."""
    return " ".join(name.split()).casefold()


def read_component(
    row: SheetRow, by_indicator: Mapping[str, Sequence[Component]], names: Mapping[str, str]
) -> Component:
    """The component that this row is about. `by_indicator` and `names` have the folded names and codes as keys."""
    typed = read_text(row, "indicator")
    parts = by_indicator.get(folded(typed), [])
    if parts:
        return _part(row, parts)
    if not typed:
        raise Refused(row, "indicator", Refusal(typed, "hier hoort de naam of de code van een indicator"))
    close = difflib.get_close_matches(folded(typed), names, n=1, cutoff=0.75)
    why = "deze indicator staat niet in de kadernota"
    raise Refused(row, "indicator", Refusal(typed, why, names[close[0]] if close else ""))


def _part(row: SheetRow, parts: Sequence[Component]) -> Component:
    named = read_text(row, "onderdeel")
    if not named and len(parts) == 1:
        return parts[0]
    by_name = {folded(part.name): part for part in parts}
    if folded(named) in by_name:
        return by_name[folded(named)]
    code = parts[0].indicator.code
    if len(parts) == 1:
        raise Refused(row, "onderdeel", Refusal(named, f"{code} heeft geen onderdelen; laat dit leeg"))
    known = " of ".join(f"‘{part.name}’" for part in parts)
    close = difflib.get_close_matches(folded(named), by_name, n=1, cutoff=0.6)
    why = f"schrijf welk onderdeel van {code}: {known}"
    raise Refused(row, "onderdeel", Refusal(named, why, by_name[close[0]].name if close else ""))


def read_year(row: SheetRow, years: range) -> int:
    """The year that this row is about, one of `years`."""
    typed = read_text(row, "jaar")
    if len(typed) == 4 and typed.isascii() and typed.isdigit() and int(typed) in years:
        return int(typed)
    why = f"dit is geen jaar van deze kadernota ({years[0]} tot en met {years[-1]})"
    raise Refused(row, "jaar", Refusal(typed, why))


def read_figure(row: SheetRow, unit: Unit, *, last: Decimal | None, year: int | None) -> InputValue | None:
    """The figure of this row; None when nothing was typed."""
    try:
        return read_cell(row.cells.get("meting", Cell("empty")), unit, last=last, year=year)
    except Refusal as refusal:
        raise Refused(row, "meting", refusal) from None


def read_explanation(row: SheetRow) -> str | None:
    """The explanation of this row; None when there is none."""
    typed = read_text(row, "toelichting")
    if len(typed) > LONGEST_EXPLANATION:
        why = f"de toelichting is langer dan {LONGEST_EXPLANATION} tekens"
        raise Refused(row, "toelichting", Refusal(typed, why))
    if "\x00" in typed:
        why = "er staat een onleesbaar teken in"
        raise Refused(row, "toelichting", Refusal(typed.replace("\x00", ""), why))
    return typed or None


def read_sample(row: SheetRow, *, is_survey: bool) -> int | None:
    """Return the number of persons in the survey; None for an empty cell."""
    typed = read_text(row, "steekproef")
    if typed and not is_survey:
        raise Refused(row, "steekproef", Refusal(typed, NO_SAMPLE))
    try:
        return notation.read_sample(typed)
    except Refusal as refusal:
        raise Refused(row, "steekproef", refusal) from None


def read_text(row: SheetRow, column: str) -> str:
    """A cell as plain text; a whole number without its grouping, as for a year."""
    cell = row.cells.get(column, Cell("empty"))
    if not cell.has_result:
        raise Refused(row, column, Refusal(cell.formula or "formule", "deze formule heeft geen opgeslagen uitkomst"))
    if cell.kind == "error":
        raise Refused(row, column, Refusal(cell.text, "dit is een foutmelding van het spreadsheetprogramma"))
    if cell.kind == "number" and cell.number is not None and cell.number == cell.number and abs(cell.number) < 10**15:
        number = Decimal(str(cell.number))
        if number == number.to_integral_value():
            return str(int(number))
    return cell_text(cell).strip()
