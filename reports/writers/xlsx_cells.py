"""Cells of a sheet: text as text, figures as numbers with a format that displays the text of the document."""

import re
from collections.abc import Sequence
from functools import lru_cache

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.document import Cell, Column

MAX_TEXT = 32767  # UTF-16 units in a cell; XlsxWriter cuts longer text without a sign
MAX_DIGITS = 15  # a spreadsheet's number has no more
CUT = " … [ingekort]"
_FIGURE = re.compile(r"(?P<digits>-?[0-9][0-9.]*(?:,[0-9]+)?)(?P<rest>[^0-9\"]{0,12})")
_DUTCH = str.maketrans(",.", ".,")


def indented_columns(columns: Sequence[Column]) -> list[bool]:
    """Return for each column whether to indent its text: a status, or text that would touch the figures before it."""
    before = ["left", *(column.alignment for column in columns)]
    return [
        column.kind == "status" or (last, column.alignment) == ("right", "left")
        for last, column in zip(before, columns, strict=False)
    ]


def number_format_of(cell: Cell) -> str | None:
    """Return the number format in which a Dutch spreadsheet program displays the cell's number as the cell's text.

    Return None without a number or such a format: the cell is then written as text.
    """
    return None if cell.number is None else _format_of_figure(cell)


@lru_cache(maxsize=2048)
def _format_of_figure(cell: Cell) -> str | None:
    assert cell.number is not None
    parts = _FIGURE.fullmatch(cell.text)
    if parts is None or len(cell.number.as_tuple().digits) > MAX_DIGITS:
        return None
    if parts["rest"].count("%") != (cell.unit == "%"):
        return None
    places = cell.places
    decimals = "." + "0" * places if places else ""
    for written, whole in ((f"{cell.number:.{places}f}", "0"), (f"{cell.number:,.{places}f}", "#,##0")):
        if written.translate(_DUTCH) == parts["digits"]:
            return whole + decimals + re.sub("[^%]+", lambda match: f'"{match[0]}"', parts["rest"])
    return None


def number_of(cell: Cell, number_format: str) -> float:
    """Return the number to store for a cell with this format; a percentage is stored as a fraction."""
    assert cell.number is not None
    return float(cell.number / 100 if "%" in number_format else cell.number)


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a string that is never taken for a formula, link or markup; row and column count from 0."""
    text = cut(text, MAX_TEXT, CUT)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for finished XML, but escapes the parts of a rich string.
        sheet.write_rich_string(row, column, text[0], text[1], text[2:], look)
    elif text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def cut(text: str, units: int, sign: str = "…") -> str:
    """Return `text` in at most `units` UTF-16 units, ending in `sign` when it is cut."""
    if 2 * len(text) <= units:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - len(sign))].decode("utf-16-le", "ignore") + sign


def row_height(texts: Sequence[str], widths: Sequence[int], highest: int, size: int = 10) -> float:
    """Return the height of a row in points for texts in columns of `widths` characters, at most `highest`.

    Not every program adapts the height itself.
    """
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        if len(text) * 1.12 >= width or "\n" in text:
            lines = max(lines, sum(1 + int(len(line) * 1.12) // width for line in text.split("\n")))
    return min(highest, int((lines * size * 1.35 + 1.5) * 4 / 3 + 0.5) * 0.75)  # whole pixels
