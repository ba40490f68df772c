"""XLSX: a sheet to read first, a sheet for each table, and the sheet "Gegevens" with every figure.

Exact figures are real numbers whose format shows what the document shows; all else is text, never a formula but for
those that the document itself has (`Cell.formula`), which stand there with their result.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.domain.text_input import clean_line
from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table
from reports.writers.across import pivot_table
from reports.writers.formulas import in_sheet
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.xlsx_cells import cut, number_format_of, number_of, put_text, row_height
from reports.writers.xlsx_charts import draw_charts, heading_row

Line = tuple[str, dict[str, Any]]  # a text and its look

MAX_HEIGHT = 409  # points; no row can be higher
READER_WIDTH = 90  # characters; this much stands on an A4 between its margins
EVERY_CELL = {"font_name": "Calibri", "font_size": 10, "font_color": f"#{INK}", "valign": "top", "text_wrap": True}

_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class Book:
    """A workbook with its formats, each made once."""

    def __init__(self, document: Document, stream: BinaryIO) -> None:
        self.document = document
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = xlsxwriter.Workbook(stream, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._cell_formats: dict[tuple[str | None, ...], Format] = {}
        self._names: set[str] = set()
        self.workbook.set_properties(
            {
                "title": document.title[:255],
                "subject": document.subject[:255],
                "author": (document.author or document.organisation)[:255],
                "company": document.organisation[:255],
                "keywords": ", ".join(document.keywords)[:255],
                "created": document.created.astimezone(UTC).replace(tzinfo=None),
            }
        )

    def format(self, **properties: Any) -> Format:
        """The format with these properties, on top of what every cell has."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(EVERY_CELL | properties)
        return self._formats[key]

    def cell_format(self, cell: Cell, column: Column, valign: str, number_format: str | None) -> Format:
        """The format of a cell in the body of a table."""
        key = column.kind, column.alignment, cell.status, valign, number_format
        if key in self._cell_formats:
            return self._cell_formats[key]
        look: dict[str, Any] = {"align": column.alignment, "valign": valign, "bottom": 4}
        if cell.status:
            # The sign is in the format: the cell's own value stays the word, for filters and formulas.
            look["num_format"] = f'"{cell.symbol} "@'
            look["font_color"] = f"#{STATUS_COLOURS[cell.status]}"
            look["indent"] = 1  # else it is glued to the figure before it
        if cell.status or column.kind == "heading":
            look["bold"] = True
        if number_format is not None:
            look["num_format"] = number_format
        self._cell_formats[key] = self.format(bottom_color=f"#{HAIRLINE}", **look)
        return self._cell_formats[key]

    def sheet(self, wanted: str, *, landscape: bool) -> Worksheet:
        """A new sheet, ready for print, under a name that is allowed and not taken."""
        sheet = self.workbook.add_worksheet(self._free_name(wanted))
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        marks = " · ".join(self.document.marks)
        sheet.set_header(f"&L{_page_text(self.document.title)}&R{_page_text(marks)}")
        sheet.set_footer(f"&L{_page_text(self.document.organisation)}&RPagina &P van &N")
        return sheet

    def _free_name(self, wanted: str) -> str:
        """Excel: at most 31 characters, none of []:*?/\\, no apostrophe at an end, not "History", once."""
        plain = " ".join(_NOT_IN_A_SHEET_NAME.sub(" ", clean_line(wanted)).split()).strip("'") or "Tabel"
        plain = "Geschiedenis" if plain.lower() == "history" else cut(plain, 31)
        name, number = plain.strip("' "), 2
        while name.casefold() in self._names:
            suffix = f" ({number})"
            name, number = cut(plain, 31 - len(suffix)).strip("' ") + suffix, number + 1
        self._names.add(name.casefold())
        return name


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as a workbook."""
    book = Book(document, stream)
    reader = book.sheet("Leeswijzer", landscape=False)
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    names = [_write_table(book, table, table.name or table.caption) for table in tables]
    if document.data is not None:
        for view in document.pivots:
            _write_table(book, pivot_table(document.data, view), view.name)
    placed = {table.name: table for table in tables} | {table.name: table for table in document.workings}
    for table in document.workings:
        _write_table(book, table, table.name, filtered=True)
    if document.data is not None:
        _write_table(book, document.data, "Gegevens", filtered=True)
    if document.charts:
        draw_charts(book.workbook, book.sheet("Grafieken", landscape=False), document, placed)
    _write_reader(book, reader, iter(names))
    book.workbook.close()


def _write_reader(book: Book, sheet: Worksheet, names: Iterator[str]) -> None:
    """The first sheet: everything that is not a table, and where the tables are."""
    sheet.set_column(0, 0, READER_WIDTH, book.format())
    for row, (text, look) in enumerate(_reader_lines(book.document, names)):
        size = look.get("font_size", 10)
        sheet.set_row(row, row_height([text], [READER_WIDTH * 10 // size], MAX_HEIGHT, size))
        put_text(sheet, row, 0, text, book.format(**look))


def _reader_lines(document: Document, names: Iterator[str]) -> Iterable[Line]:
    bold, head = {"bold": True}, {"bold": True, "font_color": f"#{ACCENT}"}
    yield document.title, {**head, "font_size": 18}
    for mark in document.marks:
        yield mark, bold
    for line in (document.subtitle, document.organisation):
        if line:
            yield line, {"font_color": f"#{QUIET}", "font_size": 12}
    for word, value in document.details:
        yield f"{word}: {value}", {}
    for section in document.sections:
        yield section.title, {**head, "font_size": {1: 14, 2: 12, 3: 11}[section.level]}
        for block in section.blocks:
            yield from _block_lines(block, names)


def _block_lines(block: Block, names: Iterator[str]) -> Iterable[Line]:
    match block:
        case Paragraph(text):
            yield text, {}
        case Notice(text):
            yield text, {"bold": True}
        case List(items):
            for item in items:
                yield f"– {item}", {"indent": 1}
        case Figure():
            yield f"Figuur: {block.caption or block.alt}", {"italic": True}
            if block.caption:
                yield block.alt, {}
        case Table():
            yield f"Tabel: {block.caption} (blad “{next(names)}”)", {"italic": True}


def _write_table(book: Book, table: Table, wanted: str, *, filtered: bool = False) -> str:
    """One sheet: caption, marks, headings, rows, footnotes. Gives the name of the sheet."""
    sheet = book.sheet(wanted, landscape=table.wide or filtered)
    caption = book.format(bold=True, font_size=12, font_color=f"#{ACCENT}", text_wrap=False)
    put_text(sheet, 0, 0, table.caption, caption)
    for number, mark in enumerate(book.document.marks, start=1):
        put_text(sheet, number, 0, mark, book.format(bold=True, text_wrap=False))
    head = heading_row(book.document)
    widths = _set_columns(book, sheet, table)
    _write_headings(book, sheet, table.columns, head)
    sheet.set_row(head, row_height([column.heading for column in table.columns], widths, MAX_HEIGHT))
    _write_rows(book, sheet, table, head + 1)
    last = head + len(table.rows)
    for number, row in enumerate(table.rows, start=head + 1):
        # The first one stands clear of the line under the headings, which would cut off its top.
        height = row_height([cell.text for cell in row], widths, MAX_HEIGHT) + (3 if number == head + 1 else 0)
        sheet.set_row(number, min(height, MAX_HEIGHT))
    small = book.format(font_size=9, font_color=f"#{QUIET}", text_wrap=False)
    for number, note in enumerate(table.footnotes, start=last + 2):
        put_text(sheet, number, 0, note, small)
    naming = [number for number, column in enumerate(table.columns) if column.kind == "heading"]
    sheet.freeze_panes(head + 1, naming[0] + 1 if naming else 0)
    sheet.repeat_rows(0, head)
    if filtered and table.rows:
        sheet.autofilter(head, 0, last, len(table.columns) - 1)
    name: str = sheet.get_name()
    return name


def _set_columns(book: Book, sheet: Worksheet, table: Table) -> list[int]:
    """Widths in characters: the relative widths over a page, but each column wide enough for a figure."""
    total = sum(column.width for column in table.columns)
    page = 160 if table.wide else 100
    widths = [min(60, max(9, round(page * column.width / total))) for column in table.columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, book.format())
    return widths


def _write_headings(book: Book, sheet: Worksheet, columns: tuple[Column, ...], row: int) -> None:
    rules = {"top": 1, "top_color": f"#{ACCENT}", "bottom": 1, "bottom_color": f"#{ACCENT}"}
    for number, column in enumerate(columns):
        # The heading of a column of statuses stands as far from the figures before it as they do.
        indent = {"indent": 1} if column.kind == "status" else {}
        look = book.format(bold=True, align=column.alignment, valign="bottom", **indent, **rules)
        put_text(sheet, row, number, column.heading, look)


def _write_rows(book: Book, sheet: Worksheet, table: Table, first: int) -> None:
    """Write the rows of a table, the first of them in row `first`, counted from 0."""
    headings = [column.heading for column in table.columns]
    for row, cells in enumerate(table.rows, start=first):
        for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            form = number_format_of(cell)
            look = book.cell_format(cell, column, "vcenter" if row == first else "top", form)
            if cell.formula:
                result = cell.text if form is None else number_of(cell, form)
                sheet.write_formula(row, number, in_sheet(cell.formula, headings, row + 1), look, result)
            elif form is None:
                put_text(sheet, row, number, cell.text, look)
            else:
                sheet.write_number(row, number, number_of(cell, form), look)


def _page_text(text: str) -> str:
    """Text for a page header, where & begins a code and 255 characters is all there is for the whole."""
    return cut(text, 90).replace("&", "&&")
