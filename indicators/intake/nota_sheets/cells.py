"""Read one cell of a nota as a sheet: a text, a list, a year, a choice, a figure."""

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal

from indicators.domain.cells import Cell, cell_text, read_cell
from indicators.domain.formatting import format_value
from indicators.domain.nota.limits import EARLIEST_YEAR, LATEST_YEAR
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit
from indicators.intake.nota_sheets.layout import Column, Content
from indicators.intake.nota_sheets.words import EVERY_YEAR

EMPTY = Cell("empty")
INVISIBLE = "\ufeff\u200b"
YEAR = re.compile(r"[0-9]{4}")
YEAR_RANGE = re.compile(r"([0-9]{4})\s*(?:-|–|tot en met|t/m)\s*([0-9]{4})")
FLAGS = {"ja": True, "nee": False, "waar": True, "onwaar": False, "true": True, "false": False}
# Longer texts are not compared: nobody meant one of our words by them, and comparing takes quadratic time.
LONGEST_COMPARED = 60


class CellRefused(Exception):
    """A cell that does not hold what its column asks: the code and sentence of the finding, and what was meant."""

    def __init__(self, code: str, sentence: str, meant: str = "") -> None:
        super().__init__(code, sentence, meant)
        self.code, self.sentence, self.meant = code, sentence, meant


def is_filled(cell: Cell) -> bool:
    """Return whether a cell has content that can be seen; a formula without a stored result counts."""
    if cell.kind == "text":
        return bool(cell.text.strip().strip(INVISIBLE).strip())
    return cell.kind != "empty" or not cell.has_result


def typed_text(cell: Cell) -> str:
    """Return what a finding quotes of a cell."""
    return cell.formula if cell.formula and not cell.has_result else plain_text(cell)


def plain_text(cell: Cell) -> str:
    """Return the text of a cell; a number without grouping, with a decimal comma."""
    if cell.kind != "number" or cell.number is None or "%" in cell.number_format:
        return cell_text(cell).strip()
    text = f"{Decimal(f'{cell.number:.15g}'):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def read_text(cell: Cell) -> str:
    """Return the text of a cell, "" for none. Raises CellRefused for errors, dates and other things but text."""
    if not cell.has_result:
        raise CellRefused(
            "cell-without-result",
            "Deze formule heeft geen opgeslagen uitkomst. Open het bestand in het spreadsheetprogramma en sla het op.",
        )
    if cell.kind == "error":
        raise CellRefused("cell-error", "Dit is een foutmelding van het spreadsheetprogramma. Schrijf de uitkomst.")
    if cell.kind == "date":
        raise CellRefused(
            "cell-date", "Het spreadsheetprogramma heeft hier een datum of tijd van gemaakt. Maak van de cel tekst."
        )
    if cell.kind == "boolean":
        raise CellRefused("cell-boolean", "Dit is WAAR of ONWAAR. Maak van de cel tekst.")
    return plain_text(cell)


def read_as(cell: Cell, column: Column) -> object:
    """Return the content of a filled cell as JSON data of format 1. Raises CellRefused."""
    match column.content:
        case Content.LIST:
            return [line for line in map(str.strip, read_text(cell).split("\n")) if line]
        case Content.NUMBER:
            return _read_number(cell)
        case Content.YEAR:
            return read_year(cell)
        case Content.YEARS:
            return _read_years(cell)
        case Content.CHOICE:
            return _read_choice(cell, column)
        case Content.FLAG:
            return _read_flag(cell)
    return read_text(cell)


def read_year(cell: Cell) -> int:
    """Return the year in a cell, a number or a text."""
    if cell.kind == "date":
        meant = cell.text[:4] if YEAR.match(cell.text) else ""
        raise CellRefused("cell-date", "Hier staat een datum; schrijf alleen het jaar.", meant)
    text = _word(cell)
    if YEAR.fullmatch(text):
        return int(text)
    years = set(re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", text))
    raise CellRefused(
        "not-a-year", "Schrijf een jaar met vier cijfers, zoals 2027.", years.pop() if len(years) == 1 else ""
    )


def read_figure(cell: Cell, unit: Unit) -> str:
    """Return the figure in a filled cell as typed; a number in Dutch notation. Raises Refusal for other cells."""
    if cell.kind in ("text", "empty") and cell.has_result:
        text = cell.text.strip().strip(INVISIBLE).strip().removeprefix("'").strip()
        if not text:
            raise Refusal(cell.text, "dit is geen cijfer")
        return text
    value = read_cell(cell, unit)
    assert value is not None, "only an empty cell is no figure"
    return format_value(value.value, unit)


def closest(typed: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant, "" for none; case does not count."""
    by_fold = {word.casefold(): word for word in reversed(list(words))}
    if not typed or len(typed) > LONGEST_COMPARED:
        return ""
    near = difflib.get_close_matches(typed.casefold(), by_fold, 1)
    return by_fold[near[0]] if near else ""


def _word(cell: Cell) -> str:
    """Return a short text of one line, without what cannot be seen."""
    return " ".join(read_text(cell).strip(INVISIBLE).split())


def _read_number(cell: Cell) -> int:
    text = _word(cell)
    if not re.fullmatch(r"[0-9]{1,6}", text):
        meant = text.partition(",")[0] if re.fullmatch(r"[0-9]{1,6},0+", text) else ""
        raise CellRefused("not-a-number", "Hier hoort een heel getal.", meant)
    return int(text)


def _read_years(cell: Cell) -> list[int] | None:
    """Return the years in order; None for every year."""
    text = _word(cell)
    if text.casefold() == EVERY_YEAR:
        return None
    if match := YEAR_RANGE.fullmatch(text):
        first, last = int(match[1]), int(match[2])
        if EARLIEST_YEAR <= first <= last <= LATEST_YEAR:
            return list(range(first, last + 1))
    years = [part for part in re.split(r"[,;\s]+|\ben\b", text) if part]
    if not years or not all(YEAR.fullmatch(year) for year in years):
        raise CellRefused("not-a-year", "Schrijf de jaren met vier cijfers en een komma ertussen: 2028, 2030.")
    return sorted(map(int, years))


def _read_choice(cell: Cell, column: Column) -> str:
    word = _word(cell)
    by_fold = {name.casefold(): value for name, value in column.choices.items()}
    if word.casefold() in by_fold:
        return by_fold[word.casefold()]
    sentence = f"Bij ‘{column.heading}’ hoort een van deze: {', '.join(column.words)}."
    near = closest(word, column.choices)
    raise CellRefused("unknown-value", sentence, column.word(column.choices[near]) if near else "")


def _read_flag(cell: Cell) -> bool:
    word = (cell.text.strip() if cell.kind == "boolean" else _word(cell)).casefold()
    if word not in FLAGS:
        raise CellRefused("not-a-flag", "Schrijf ja of nee.", closest(word, ("ja", "nee")))
    return FLAGS[word]
