"""Estimate what fits on a page: the size of figures, and lower and upper bounds of the height of tables.

Typesetting a table to measure it doubles its cost, so that is done only when the bounds are inconclusive.
"""

import json
import re
from collections.abc import Sequence
from functools import cache

import typst

from reports.document import Cell, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.typeset import fonts

# In millimetres, by `landscape`.
TEXT_WIDTH = {False: 158, True: 257}
FIGURE_HEIGHT = {False: 175, True: 115}
TABLE_HEIGHT = {False: 225, True: 145}
POINTS_PER_MM = 72 / 25.4

# In em: an upper bound of the width of any character, and the symbol of a status with its space.
_WIDEST_EM, _SIGN_EM = 1.25, 1.0
_LINE_EM, _BETWEEN_EM = 0.88, 0.32
_BETWEEN_COLUMNS, _ROOM = 8, {True: 4, False: 9}  # points: padding left and right; above and below, by `compact`
_CAPTION_LINE, _CAPTION_GAP, _CAPTION_SIZE = 14, 10, 10.5
_CERTAIN = 0.95
# In widest letters: the loss in the last line of each text, and a total that is less than a page.
LOWEST_LEVEL, _LAST_LINE, _PAGE = 3, 35, 1200


def proportion(figure: Figure) -> float:
    """Return the height of a figure divided by its width, from its svg tag; 1 if unknown."""
    tag = re.search(r"<svg\b[^>]*>", figure.svg)
    attributes = dict(re.findall(r'\b(width|height|viewBox)="([^"%]*)"', tag[0])) if tag else {}
    try:
        width, height = attributes["width"], attributes["height"]
    except KeyError:
        *_, width, height = attributes.get("viewBox", "0 0 1 1").replace(",", " ").split()
    return float(height.removesuffix("px")) / float(width.removesuffix("px"))


def figure_size(figure: Figure, landscape: bool) -> tuple[float, float]:
    """Return the width and height of a figure in mm: its preferred width, or less to fit on a page."""
    ratio = proportion(figure)
    width = min(TEXT_WIDTH[landscape] * figure.width / 100, FIGURE_HEIGHT[landscape] / ratio)
    return width, width * ratio


def table_heights(table: Table, size: float, landscape: bool) -> tuple[bool | None, list[float | None]]:
    """Return whether a table in a font of `size` points fits on a page, and the height of each row in points.

    Both are None where only typesetting can tell. The first row is that of the headings.
    """
    limit = TABLE_HEIGHT[landscape] * POINTS_PER_MM
    width = TEXT_WIDTH[landscape] * POINTS_PER_MM
    widths = _column_widths(table, size, landscape)
    heads = [Cell(column.heading) for column in table.columns]
    lines = [_lines(row, widths) for row in (heads, *table.rows)]

    def height(number: int) -> float:
        return (number * (_LINE_EM + _BETWEEN_EM) - _BETWEEN_EM) * size + _ROOM[table.compact]

    # A row with a fixed height cannot break across pages, so a high one gets none.
    heights = [height(most) if fewest == most and height(most) < limit / 2 else None for fewest, most in lines]
    if sum(height(fewest) for fewest, _ in lines) * _CERTAIN > limit:
        return False, heights
    caption = _most_lines(Cell(table.caption), width / _CAPTION_SIZE) * _CAPTION_LINE + _CAPTION_GAP
    return True if sum(height(most) for _, most in lines) + caption < limit * _CERTAIN else None, heights


def whole_rows(table: Table, size: float, landscape: bool) -> list[bool]:
    """Return for each row whether to keep it on one page: if it is certainly no higher than half a page."""
    max_lines = int(TABLE_HEIGHT[landscape] * POINTS_PER_MM / 2 / ((_LINE_EM + _BETWEEN_EM) * size))
    widths = _column_widths(table, size, landscape)

    def few_lines(cell: Cell, width: float) -> bool:
        return len(cell.text) <= max_lines or _most_lines(cell, width) <= max_lines  # a line has at least one letter

    return [all(map(few_lines, row, widths)) for row in table.rows]


def stays_together(section: Section) -> bool:
    """Tell whether to keep a section on one page: of the lowest level, text only, and certainly shorter than a page."""
    if section.level < LOWEST_LEVEL or not all(isinstance(b, Paragraph | Notice | List) for b in section.blocks):
        return False
    texts = [section.title]
    for block in section.blocks:
        texts += block.items if isinstance(block, List) else [getattr(block, "text", "")]
    return sum(_LAST_LINE * (1 + text.count("\n")) + len(text) for text in texts) <= _PAGE


def _column_widths(table: Table, size: float, landscape: bool) -> list[float]:
    """Return the width of the text of each column, in em at `size` points."""
    width = TEXT_WIDTH[landscape] * POINTS_PER_MM
    total = sum(column.width for column in table.columns)
    return [(width * column.width / total - _BETWEEN_COLUMNS) / size for column in table.columns]


def _lines(row: Sequence[Cell], widths: list[float]) -> tuple[int, int]:
    """Return bounds of the number of lines of a row: at least, at most."""
    cells = list(zip(row, widths, strict=True))
    return max(_fewest_lines(*cell) for cell in cells), max(_most_lines(*cell) for cell in cells)


def _most_lines(cell: Cell, width: float) -> int:
    """Return an upper bound of the number of lines of a cell in a column of `width` em."""
    lines = 0
    for number, line in enumerate(cell.text.split("\n")):
        lines, filled = lines + 1, _SIGN_EM if cell.status and not number else 0.0
        for word in line.split(" "):
            word_width = _widest(word)
            if filled + word_width > width and filled:
                lines, filled = lines + 1, 0.0
            if word_width > width:  # hyphenated
                lines, filled = lines + int(2 * word_width / width) + 1, width
            filled += word_width + _widest(" ")
    return lines


def _fewest_lines(cell: Cell, width: float) -> int:
    return sum(1 + int(0.9 * _narrowest(line) / width) for line in cell.text.split("\n"))


@cache
def _widths() -> tuple[dict[str, float], dict[str, float]]:
    """Return the smallest and largest width of the common characters over the weights, in em."""
    common = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) + "–—‘’“”•…€≤≥\u2011"
    source = """#set text(font: "Libertinus Serif", size: 100pt)
#let wide(weight) = sys.inputs.common.clusters().map(c => measure(text(weight: weight, c)).width / 100pt)
#context [#metadata((400, 600).map(wide))<widths>]"""
    compiler = typst.Compiler(
        source.encode(), font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"common": common}
    )
    plain, bold = json.loads(compiler.query("<widths>", field="value", one=True))
    pairs = list(zip(common, plain, bold, strict=True))
    return {c: min(a, b) for c, a, b in pairs}, {c: max(a, b) for c, a, b in pairs}


def _narrowest(text: str) -> float:
    known = _widths()[0]
    return sum(known.get(letter, 0.0) for letter in text)


def _widest(text: str) -> float:
    known = _widths()[1]
    return 1.02 * sum(known.get(letter, _WIDEST_EM) for letter in text)
