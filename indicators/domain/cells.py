"""Read a spreadsheet cell as a measurement, by its type and number format.

A text cell is read as typed text. The cases are in tests/domain/test_cells.py.
"""

import re
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Literal

from indicators.domain.notation import InputValue, format_number, read_number, read_typed
from indicators.domain.plausibility import question_about
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, Unit, UnitKind

SIGNIFICANT_DIGITS = 15  # of a binary number: as many as a spreadsheet shows


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet, as the file stores it. `has_result` is False for a formula without a stored result."""

    kind: Literal["empty", "text", "number", "date", "boolean", "error"]
    text: str = ""
    _: KW_ONLY
    number: float | int | Decimal | None = None
    number_format: str = "General"
    formula: str | None = None
    has_result: bool = True


def read_cell(cell: Cell, unit: Unit, *, last: Decimal | None = None, year: int | None = None) -> InputValue | None:
    """Return the measurement in `unit` that a cell holds; None when it is empty.

    `last` and `year` are as in `read_typed`. Raises Refusal for everything that is not a figure.
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
    """Return the text of a cell, or its number in Dutch notation, to quote in a message."""
    if cell.kind != "number" or cell.number is None:
        return cell.text
    number = _decimal(cell.number)
    if not number.is_finite():
        return str(cell.number)
    return f"{format_number(number * 100, 0)}%" if _is_percentage(cell.number_format) else format_number(number, 0)


def _number_of(cell: Cell, unit: Unit, last: Decimal | None) -> tuple[Decimal, bool]:
    assert cell.number is not None
    text = cell_text(cell)
    number = _decimal(cell.number)
    if not number.is_finite() or abs(number) >= 10**15:
        raise Refusal(text, "dit getal is te groot voor een cijfer")
    literals = _literals(cell.number_format)
    if re.search(r"[€$£]|EUR", literals):
        raise Refusal(text, "dit is een geldbedrag, geen meting")
    if re.search(r"[<>≤≥~±]", literals):
        raise Refusal(text, "de opmaak van de cel zet een teken voor het getal; schrijf het als tekst, zoals <5")
    if number < 0:
        raise Refusal(text, "een meting is niet kleiner dan nul")
    if _is_percentage(cell.number_format):
        return read_number(text, text, unit)
    if unit.kind is UnitKind.PERCENTAGE and 0 < number <= 1 and (last is None or last >= 1):
        either = f"{format_number(number, 0)}% of {format_number(number * 100, 0)}%"
        raise Refusal(text, f"de cel heeft geen %-opmaak: {either}? Geef de cel die opmaak")
    return read_number(text, text, unit)


def _decimal(number: float | int | Decimal) -> Decimal:
    """Return the decimal that a binary number stands for: 6.199999999999999 is 6.2, as ODS files store all digits."""
    return Decimal(f"{number:.{SIGNIFICANT_DIGITS}g}")


def _is_percentage(number_format: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format)


def _literals(number_format: str) -> str:
    """Return a number format without its conditions ([>5]) and locale codes ([$-413]), which print nothing."""
    return re.sub(r"\[(?:[<>=]|\$-)[^\]]*\]", "", number_format)
