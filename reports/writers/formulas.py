"""The formulas of a document, with the addresses that its cells have in a sheet.

In the document {word} is the cell under that heading in the same row, {word^2} the two cells above it.
"""

import re
from collections.abc import Sequence
from functools import cache

_PLACE = re.compile(r"\{([^{}^]+)(?:\^([0-9]+))?\}")
_WORDS = re.compile(r'("[^"]*")')


@cache
def column_letters(number: int) -> str:
    """The name of a column in a sheet; the first is number 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def in_sheet(formula: str, headings: Sequence[str], row: int) -> str:
    """The formula as a workbook has it, for a cell in this row (the first is number 1)."""
    return "=" + _PLACE.sub(lambda found: ":".join(_cells(found, headings, row)), formula)


def in_opendocument(formula: str, headings: Sequence[str], row: int) -> str:
    """The same as OpenFormula writes it: other separators, addresses in brackets."""

    def address(found: re.Match[str]) -> str:
        return f"[{':'.join(f'.{cell}' for cell in _cells(found, headings, row))}]"

    outside = (part if n % 2 else part.replace(",", ";") for n, part in enumerate(_WORDS.split(formula)))
    return "of:=" + _PLACE.sub(address, "".join(outside))


def _cells(found: re.Match[str], headings: Sequence[str], row: int) -> list[str]:
    """The address of one cell, or of the first and the last of those above."""
    column = column_letters(headings.index(found[1]) + 1)
    if found[2] is None:
        return [f"{column}{row}"]
    return [f"{column}{row - int(found[2])}", f"{column}{row - 1}"]
