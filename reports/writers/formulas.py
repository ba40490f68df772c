"""Translate the formulas of a document for a sheet, with cell addresses.

In the document {heading} is the cell under that heading in the same row, {heading^2} the two cells above it.
"""

import re
from collections.abc import Sequence
from functools import cache

_REFERENCE = re.compile(r"\{([^{}^]+)(?:\^([0-9]+))?\}")
_STRINGS = re.compile(r'("[^"]*")')


@cache
def column_letters(number: int) -> str:
    """Return the letters of a column in a sheet; the first is number 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def in_sheet(formula: str, headings: Sequence[str], row: int) -> str:
    """Return a formula in the syntax of XLSX, for a cell in this row (the first is number 1)."""
    return "=" + _REFERENCE.sub(lambda match: ":".join(_cells(match, headings, row)), formula)


def in_opendocument(formula: str, headings: Sequence[str], row: int) -> str:
    """Return a formula in the syntax of OpenFormula, which has other separators, and addresses in brackets."""

    def address(match: re.Match[str]) -> str:
        return f"[{':'.join(f'.{cell}' for cell in _cells(match, headings, row))}]"

    parts = (part if n % 2 else part.replace(",", ";") for n, part in enumerate(_STRINGS.split(formula)))
    return "of:=" + _REFERENCE.sub(address, "".join(parts))


def _cells(match: re.Match[str], headings: Sequence[str], row: int) -> list[str]:
    """Return the address of a cell, or of the first and last cell of a range above it."""
    column = column_letters(headings.index(match[1]) + 1)
    if match[2] is None:
        return [f"{column}{row}"]
    return [f"{column}{row - int(match[2])}", f"{column}{row - 1}"]
