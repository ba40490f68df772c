"""What a cell of a spreadsheet counts as: by its type and its number format, never by its looks alone.

A text cell is typed text. The notation table (rows that begin with "(cell)") is held by tests/domain/test_cells.py.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from indicators.domain.notation import InputValue, format_number, read_number, read_typed
from indicators.domain.plausibility import question_about
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, Unit, UnitKind

# A spreadsheet keeps a number in binary; fifteen significant digits are what it shows and means.
BINARY_DIGITS = 15


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet, as its file gives it: what kind of thing it holds and how the sheet shows it."""

    kind: Literal["empty", "text", "number", "date", "boolean", "error"]
    text: str = ""
    number: float | int | Decimal | None = None
    number_format: str = "General"
    formula: str | None = None
    has_result: bool = True


def read_cell(cell: Cell, unit: Unit, *, last: Decimal | None = None, year: int | None = None) -> InputValue | None:
    """Understand a cell as a measurement in `unit`; None when it is empty.

    `last` and `year` as in `read_typed`. Raises Refusal for everything that is not a figure.
    """
    if not cell.has_result:
        raise Refusal(
            cell.formula or "formule",
            "deze formule heeft geen opgeslagen uitkomst; open het bestand in het spreadsheetprogramma en sla het op",
        )
    if cell.kind in ("empty", "text"):
        return read_typed(cell.text, unit, last=last, year=year)
    if cell.kind == "error":
        raise Refusal(cell.text, "dit is een foutmelding van het spreadsheetprogramma")
    if cell.kind == "date":
        raise Refusal(
            cell.text,
            "het spreadsheetprogramma heeft er een datum of tijd van gemaakt; maak van de cel tekst",
        )
    if cell.kind == "boolean":
        raise Refusal(cell.text, "dit is waar of onwaar, geen cijfer")
    number, percent_signed = _number_of(cell, unit, last)
    value = Exact(number)
    return InputValue(value, question_about(value, unit, last=last, year=year, percent_signed=percent_signed))


def cell_text(cell: Cell) -> str:
    """The cell as a person recognises it in a message: its text, or its number in Dutch notation."""
    if cell.kind != "number" or cell.number is None:
        return cell.text
    number = _as_meant(cell.number)
    if not number.is_finite():
        return str(cell.number)
    return f"{format_number(number * 100, 0)}%" if _is_percentage(cell.number_format) else format_number(number, 0)


def _number_of(cell: Cell, unit: Unit, last: Decimal | None) -> tuple[Decimal, bool]:
    assert cell.number is not None
    shown = cell_text(cell)
    number = _as_meant(cell.number)
    if not number.is_finite() or abs(number) >= 10**15:
        raise Refusal(shown, "dit getal is te groot voor een cijfer")
    marks = _literals(cell.number_format)
    if re.search(r"[€$£]|EUR", marks):
        raise Refusal(shown, "dit is een geldbedrag, geen meting")
    if re.search(r"[<>≤≥~±]", marks):
        raise Refusal(shown, "de opmaak van de cel zet een teken voor het getal; schrijf het als tekst, zoals <5")
    if number < 0:
        raise Refusal(shown, "een meting is niet kleiner dan nul")
    if _is_percentage(cell.number_format):
        return read_number(shown, shown, unit)
    if unit.kind is UnitKind.PERCENTAGE and 0 < number <= 1 and (last is None or last >= 1):
        either = f"{format_number(number, 0)}% of {format_number(number * 100, 0)}%"
        raise Refusal(shown, f"de cel heeft geen %-opmaak: {either}? Geef de cel die opmaak")
    return read_number(shown, shown, unit)


def _as_meant(number: float | int | Decimal) -> Decimal:
    """The decimal figure that the binary number stands for: 6.199999999999999 is 6.2. (ODS writes all its digits.)"""
    return Decimal(f"{number:.{BINARY_DIGITS}g}")


def _is_percentage(number_format: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format)


def _literals(number_format: str) -> str:
    """What a format writes around the number; conditions ([>5]) and locale codes ([$-413]) write nothing."""
    return re.sub(r"\[(?:[<>=]|\$-)[^\]]*\]", "", number_format)
