"""What fits on a page: how large pictures are on paper, and whether a table is certainly not too high.

Setting a table only to see how high it becomes takes as long as setting it, so that is left for when it is not clear.
"""

import json
import re
from collections.abc import Sequence
from functools import cache

import typst

from reports.document import Cell, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.typeset import fonts

# In millimetres, of pages that stand upright and that lie on their side.
TEXT_WIDTH = {False: 158, True: 257}
HIGHEST_PICTURE = {False: 175, True: 115}
HIGHEST_TABLE = {False: 225, True: 145}
POINTS_PER_MM = 72 / 25.4

# In em: a width that no character of the fonts passes, and the sign of a status with the space behind it.
_WIDEST_EM, _SIGN_EM = 1.25, 1.0
_LINE_EM, _BETWEEN_EM = 0.88, 0.32
_BETWEEN_COLUMNS, _ROOM = 8, {True: 4, False: 9}  # points: left and right, above and below
_CAPTION_LINE, _CAPTION_GAP, _CAPTION_SIZE = 14, 10, 10.5
_CERTAIN = 0.95
# Letters, were they all as wide as they come: for each text a line that is not full, and in all less than a page.
LOWEST_LEVEL, _LINE_LETTERS, _TOGETHER = 3, 35, 1200


def proportion(figure: Figure) -> float:
    """Height of a picture for each unit of its width, as its first tag says; 1 when that does not say."""
    tag = re.search(r"<svg\b[^>]*>", figure.svg)
    facts = dict(re.findall(r'\b(width|height|viewBox)="([^"%]*)"', tag[0])) if tag else {}
    try:
        wide, high = facts["width"], facts["height"]
    except KeyError:
        *_, wide, high = facts.get("viewBox", "0 0 1 1").replace(",", " ").split()
    return float(high.removesuffix("px")) / float(wide.removesuffix("px"))


def picture_place(figure: Figure, landscape: bool) -> tuple[float, float]:
    """Width and height of a picture on paper in mm: as wide as it wants to be, or smaller to stay on its page."""
    ratio = proportion(figure)
    width = min(TEXT_WIDTH[landscape] * figure.width / 100, HIGHEST_PICTURE[landscape] / ratio)
    return width, width * ratio


def table_heights(table: Table, size: float, landscape: bool) -> tuple[bool | None, list[float | None]]:
    """Whether a table with letters of `size` points stays on one page, and how high each of its rows is in points.

    None where only setting it can tell. The first row is that of the headings.
    """
    limit = HIGHEST_TABLE[landscape] * POINTS_PER_MM
    width = TEXT_WIDTH[landscape] * POINTS_PER_MM
    widths = _column_widths(table, size, landscape)
    heads = [Cell(column.heading) for column in table.columns]
    lines = [_lines(row, widths) for row in (heads, *table.rows)]

    def height(number: int) -> float:
        return (number * (_LINE_EM + _BETWEEN_EM) - _BETWEEN_EM) * size + _ROOM[table.compact]

    # A row of a set height is never split, so one that may have to be has none.
    heights = [height(most) if fewest == most and height(most) < limit / 2 else None for fewest, most in lines]
    if sum(height(fewest) for fewest, _ in lines) * _CERTAIN > limit:
        return False, heights
    caption = _most_lines(Cell(table.caption), width / _CAPTION_SIZE) * _CAPTION_LINE + _CAPTION_GAP
    return True if sum(height(most) for _, most in lines) + caption < limit * _CERTAIN else None, heights


def whole_rows(table: Table, size: float, landscape: bool) -> list[bool]:
    """Of each row whether it stays on one page: it does when it is certainly no higher than half of one."""
    room = int(HIGHEST_TABLE[landscape] * POINTS_PER_MM / 2 / ((_LINE_EM + _BETWEEN_EM) * size))
    widths = _column_widths(table, size, landscape)

    def few_lines(cell: Cell, width: float) -> bool:
        return len(cell.text) <= room or _most_lines(cell, width) <= room  # each line has a letter at least

    return [all(map(few_lines, row, widths)) for row in table.rows]


def stays_together(section: Section) -> bool:
    """Whether a section of the lowest level is text that is certainly shorter than a page: it is kept on one."""
    if section.level < LOWEST_LEVEL or not all(isinstance(b, Paragraph | Notice | List) for b in section.blocks):
        return False
    texts = [section.title]
    for block in section.blocks:
        texts += block.items if isinstance(block, List) else [getattr(block, "text", "")]
    return sum(_LINE_LETTERS * (1 + text.count("\n")) + len(text) for text in texts) <= _TOGETHER


def _column_widths(table: Table, size: float, landscape: bool) -> list[float]:
    """How wide the text of each column is, in em of letters of `size` points."""
    width = TEXT_WIDTH[landscape] * POINTS_PER_MM
    total = sum(column.width for column in table.columns)
    return [(width * column.width / total - _BETWEEN_COLUMNS) / size for column in table.columns]


def _lines(row: Sequence[Cell], widths: list[float]) -> tuple[int, int]:
    """How many lines a row has at least and at most."""
    cells = list(zip(row, widths, strict=True))
    return max(_fewest_lines(*cell) for cell in cells), max(_most_lines(*cell) for cell in cells)


def _most_lines(cell: Cell, width: float) -> int:
    """How many lines a cell takes at most in a column of `width` em."""
    lines = 0
    for number, line in enumerate(cell.text.split("\n")):
        lines, filled = lines + 1, _SIGN_EM if cell.status and not number else 0.0
        for word in line.split(" "):
            wide = _widest(word)
            if filled + wide > width and filled:
                lines, filled = lines + 1, 0.0
            if wide > width:  # it is cut where the language allows it
                lines, filled = lines + int(2 * wide / width) + 1, width
            filled += wide + _widest(" ")
    return lines


def _fewest_lines(cell: Cell, width: float) -> int:
    return sum(1 + int(0.9 * _narrowest(line) / width) for line in cell.text.split("\n"))


@cache
def _widths() -> tuple[dict[str, float], dict[str, float]]:
    """How wide the common characters are in em, in whichever weight they are narrowest and widest."""
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
