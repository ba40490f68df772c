"""Evaluate the formulas of our sheets from their cells, with the functions that they use.

Text and numbers compare as in a spreadsheet: text is greater than any number.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

TOKEN = re.compile(r'\s*("[^"]*"|[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?|[A-Z]+(?=\()|[0-9.]+|<>|<=|>=|[=<>+\-&(),])')
Cells = Callable[[str], Any]
Node = Callable[[Cells], Any]


def compute(formula: str, cells: Cells) -> Any:
    """Return the result of a formula (with its =); `cells` maps an address to its value, "" for empty."""
    return compiled(formula)(cells)


@lru_cache(maxsize=5000)
def compiled(formula: str) -> Node:
    tokens = TOKEN.findall(formula.removeprefix("="))
    assert "".join(tokens) == re.sub(r'\s(?=(?:[^"]*"[^"]*")*[^"]*$)', "", formula.removeprefix("=")), formula
    node, rest = comparison(tokens)
    assert not rest, rest
    return node


def comparison(tokens: list[str]) -> tuple[Node, list[str]]:
    left, tokens = joining(tokens)
    if tokens and tokens[0] in COMPARE:
        sign = tokens[0]
        right, tokens = joining(tokens[1:])
        return (lambda cells, a=left: COMPARE[sign](order(a(cells)), order(right(cells)))), tokens
    return left, tokens


def joining(tokens: list[str]) -> tuple[Node, list[str]]:
    left, tokens = addition(tokens)
    while tokens and tokens[0] == "&":
        right, tokens = addition(tokens[1:])
        left = lambda cells, a=left, b=right: f"{a(cells)}{b(cells)}"  # noqa: E731
    return left, tokens


def addition(tokens: list[str]) -> tuple[Node, list[str]]:
    left, tokens = atom(tokens)
    while tokens and tokens[0] in "+-":
        factor = 1 if tokens[0] == "+" else -1
        right, tokens = atom(tokens[1:])
        left = lambda cells, a=left, b=right, f=factor: a(cells) + f * b(cells)  # noqa: E731
    return left, tokens


def atom(tokens: list[str]) -> tuple[Node, list[str]]:
    head, *rest = tokens
    if rest and rest[0] == "(" and head.isalpha():
        return call(head, rest[1:])
    if head.startswith('"'):
        return (lambda cells: head[1:-1]), rest
    if head[0].isdigit():
        return (lambda cells: float(head)), rest
    if ":" in head:
        return (lambda cells: [cells(address) for address in addresses(head)]), rest
    return (lambda cells: cells(head)), rest


def call(name: str, tokens: list[str]) -> tuple[Node, list[str]]:
    parts: list[Node] = []
    while tokens[0] != ")":
        node, tokens = comparison(tokens[1:] if tokens[0] == "," else tokens)
        parts.append(node)
    return (lambda cells: FUNCTIONS[name](cells, *parts)), tokens[1:]


def addresses(area: str) -> list[str]:
    left, top, right, bottom = range_boundaries(area)
    return [f"{get_column_letter(n)}{row}" for row in range(top, bottom + 1) for n in range(left, right + 1)]


def matches(value: Any, criterion: Any) -> bool:
    """Return whether a value meets the criterion of COUNTIF: a value, or a sign and a number such as ">=4.5"."""
    parts = re.fullmatch("(<=|>=|<|>)(.*)", criterion) if isinstance(criterion, str) else None
    if parts is None:
        return value == criterion
    return isinstance(value, int | float) and COMPARE[parts[1]](value, float(parts[2]))


def order(value: Any) -> tuple[int, Any]:
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value


COMPARE = {
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": lambda cells, test, yes, no: (yes if test(cells) else no)(cells),
    "AND": lambda cells, *parts: all([part(cells) for part in parts]),
    "OR": lambda cells, *parts: any([part(cells) for part in parts]),
    "NOT": lambda cells, part: not part(cells),
    "ISNUMBER": lambda cells, part: isinstance(part(cells), int | float),
    "CHOOSE": lambda cells, number, *parts: parts[int(number(cells)) - 1](cells),
    "MIN": lambda cells, area: min(value for value in area(cells) if not isinstance(value, str)),
    "INDEX": lambda cells, area, number: area(cells)[int(number(cells)) - 1],
    "MATCH": lambda cells, value, area, kind: area(cells).index(value(cells)) + 1,
    "COUNT": lambda cells, *parts: sum(isinstance(part(cells), int | float) for part in parts),
    "COUNTIF": lambda cells, area, test: sum(matches(value, test(cells)) for value in area(cells)),
}
