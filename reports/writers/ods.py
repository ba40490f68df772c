"""ODS: a sheet with the text, a sheet for each table, and the sheet "Gegevens" with all figures; the same as the XLSX.

Exact figures are numbers in a style that shows the text of the document. All else is text; the only formulas are those
of the document itself (`Cell.formula`).
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from textwrap import wrap
from typing import BinaryIO

from reports.document import (
    STATUS_SYMBOLS,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    List,
    Notice,
    Paragraph,
    Table,
)
from reports.writers.across import pivot_table
from reports.writers.formulas import column_letters, in_opendocument
from reports.writers.looks import ACCENT, HAIRLINE, QUIET, STATUS_COLOURS
from reports.writers.opendocument import Xml, properties_of
from reports.writers.spreadsheet import CellStyle, Spreadsheet
from reports.writers.xlsx_cells import indented_columns, number_format_of

LETTER, SPACING, MARGIN = 0.165, 1.23, 4  # mm in width and points in height, for each point of type; points in a row
READER_WIDTH, NARROWEST, WIDEST = 178, 24, 120  # mm: A4 between its margins; the narrowest fits “Streefwaarde”
TITLE_SIZE, SECTION_SIZES = 18, {1: 14, 2: 12, 3: 11}

HEADING = CellStyle(
    bold=True, wrap=True, borders=(("top", f"0.75pt solid #{ACCENT}"), ("bottom", f"0.75pt solid #{ACCENT}"))
)
FIGURE = CellStyle(borders=(("bottom", f"0.5pt dotted #{HAIRLINE}"),))
CAPTION = CellStyle(bold=True, colour=ACCENT, size=12, align="left")
MARK = CellStyle(bold=True, align="left")
FOOTNOTE = CellStyle(colour=QUIET, size=9, align="left")
PROSE = CellStyle(wrap=True, align="left")
REMARK = replace(PROSE, bold=True)
TITLE = replace(REMARK, colour=ACCENT)
SUBTITLE = replace(PROSE, colour=QUIET, size=12)


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as an OpenDocument spreadsheet."""
    book = Spreadsheet(properties_of(document), header=" · ".join((*document.marks, document.title)))
    reader = book.unused_name("Leeswijzer")
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    names = [book.unused_name(table.name or table.caption) for table in tables]
    lines = list(_reader_lines(document, iter(names)))
    heights = [_height([text], [READER_WIDTH], look.size) for text, look in lines]
    rows = ([book.cell(text, look)] for text, look in lines)
    book.add_sheet(reader, [READER_WIDTH], rows, landscape=False, heights=heights)
    for name, table in zip(names, tables, strict=True):
        _add_table(book, document, table, name)
    data = document.data
    pivots = [(view.name, pivot_table(data, view)) for view in document.pivots] if data else []
    for name, table in (*pivots, *((table.name, table) for table in document.workings)):
        _add_table(book, document, table, book.unused_name(name))
    if data:
        _add_table(book, document, data, book.unused_name("Gegevens"), filtered=True)
    book.write(stream)


def _add_table(book: Spreadsheet, document: Document, table: Table, name: str, *, filtered: bool = False) -> None:
    """Add a sheet: caption, marks, headings, rows, footnotes."""
    columns = list(zip(table.columns, indented_columns(table.columns), strict=True))
    headings = [
        book.cell(column.heading, replace(HEADING, align=column.alignment, indented=indented))
        for column, indented in columns
    ]
    head = [[book.cell(table.caption, CAPTION)], *([book.cell(mark, MARK)] for mark in document.marks), headings]
    rows = [
        [
            _cell(book, table, cell, column, row=number, indented=indented)
            for cell, (column, indented) in zip(row, columns, strict=True)
        ]
        for number, row in enumerate(table.rows, start=len(head) + 1)
    ]
    if table.footnotes:
        rows += [[book.cell("", PROSE)], *([book.cell(note, FOOTNOTE)] for note in table.footnotes)]
    widths = _widths(table)
    heights = [0.0] * (len(head) - 1) + [_height([column.heading for column in table.columns], widths)]
    heights += [_height([cell.text for cell in row], widths) for row in table.rows]
    book.add_sheet(name, widths, rows, head=head, landscape=table.wide or filtered, heights=heights)
    if filtered and table.rows:
        last = f"{column_letters(len(table.columns))}{len(head) + len(table.rows)}"
        book.add_filter("cijfers", name, f"A{len(head)}", last)


def _widths(table: Table) -> list[int]:
    """Return widths in mm: the relative widths over a page, within limits for each column."""
    total = sum(column.width for column in table.columns)
    page = 320 if table.wide else 200
    return [min(WIDEST, max(NARROWEST, round(page * column.width / total))) for column in table.columns]


def _height(texts: list[str], widths: list[int], size: int = 10) -> float:
    """Return the height in points of a row that takes several lines, else 0, in columns of these widths in mm.

    LibreOffice breaks lines on paper where it did not on the screen, and then prints them over the next row.
    """
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        letters = int(width / (LETTER * size))
        if len(text) > letters or "\n" in text:
            lines = max(lines, sum(len(wrap(line, letters)) for line in text.split("\n")))
    return lines * size * SPACING + MARGIN if lines > 1 else 0


def _cell(book: Spreadsheet, table: Table, cell: Cell, column: Column, *, row: int, indented: bool) -> Xml:
    number_format = number_format_of(cell)
    is_heading = column.kind == "heading"
    look = _look(number_format, cell.status, align=column.alignment, is_heading=is_heading, indented=indented)
    headings = [column.heading for column in table.columns]
    formula = in_opendocument(cell.formula, headings, row) if cell.formula else None
    return book.cell(cell.text, look, number=cell.number if number_format else None, formula=formula)


@lru_cache(maxsize=256)
def _look(
    number_format: str | None, status: str | None, *, align: Align, is_heading: bool, indented: bool
) -> CellStyle:
    """Return the style of a table cell: that of a figure when it has a number format, else of text or a status."""
    look = replace(FIGURE, align=align, bold=is_heading or bool(status), indented=indented)
    if number_format:
        return replace(look, number_format=number_format)
    if status:
        look = replace(look, symbol=STATUS_SYMBOLS[status], colour=STATUS_COLOURS[status])
    return replace(look, wrap=True)


def _reader_lines(document: Document, names: Iterator[str]) -> Iterator[tuple[str, CellStyle]]:
    """Yield the lines of the first sheet: all but the tables, and for each table the name of its sheet."""
    yield document.title, replace(TITLE, size=TITLE_SIZE)
    for mark in document.marks:
        yield mark, REMARK
    for line in (document.subtitle, document.organisation):
        if line:
            yield line, SUBTITLE
    for term, value in document.details:
        yield f"{term}: {value}", PROSE
    for section in document.sections:
        yield section.title, replace(TITLE, size=SECTION_SIZES[section.level])
        for block in section.blocks:
            yield from _block_lines(block, names)


def _block_lines(block: Block, names: Iterator[str]) -> Iterator[tuple[str, CellStyle]]:
    match block:
        case Paragraph(text):
            yield text, PROSE
        case Notice(text):
            yield text, REMARK
        case List(items):
            yield from ((f"– {item}", PROSE) for item in items)
        case Figure():
            yield f"Figuur: {block.caption or block.alt}", PROSE
            if block.caption:
                yield block.alt, PROSE
        case Table():
            yield f"Tabel: {block.caption} (blad “{next(names)}”)", PROSE
