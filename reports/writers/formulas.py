"""Translate the formulas of a document for a sheet, with cell addresses.

In the document {heading} is the cell under that heading in the same row, {heading^2} the two cells above it, and
{heading}:{heading} the cells from one heading to the other in the same row.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

_REFERENCE = re.compile(r"\{([^{}^]+)(?:\^([0-9]+))?\}(?::\{([^{}^]+)\})?")
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
    return _sheet_template(formula, tuple(headings)).format(*range(row, 0, -1))


def in_opendocument(formula: str, headings: Sequence[str], row: int) -> str:
    """Return a formula in the syntax of OpenFormula, which has other separators, and addresses in brackets."""
    return _opendocument_template(formula, tuple(headings)).format(*range(row, 0, -1))


# A template has column letters, and {n} for the number of the row that is n rows above the cell of the formula.


@lru_cache(maxsize=64)
def _sheet_template(formula: str, headings: tuple[str, ...]) -> str:
    return "=" + _REFERENCE.sub(lambda match: ":".join(_cells(match, headings)), formula)


@lru_cache(maxsize=64)
def _opendocument_template(formula: str, headings: tuple[str, ...]) -> str:
    def address(match: re.Match[str]) -> str:
        return f"[{':'.join(f'.{cell}' for cell in _cells(match, headings))}]"

    parts = (part if n % 2 else part.replace(",", ";") for n, part in enumerate(_STRINGS.split(formula)))
    return "of:=" + _REFERENCE.sub(address, "".join(parts))


def _cells(match: re.Match[str], headings: tuple[str, ...]) -> list[str]:
    """Return the address of a cell, or of the first and last cell of a range."""
    column, last = (column_letters(headings.index(name) + 1) if name else "" for name in match.group(1, 3))
    if match[2]:
        return [f"{column}{{{match[2]}}}", f"{column}{{1}}"]
    return [f"{letters}{{0}}" for letters in (column, last) if letters]
