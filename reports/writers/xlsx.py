"""Write XLSX: an introductory sheet, a sheet for each table, and the sheet "Gegevens" with every figure.

Exact figures are numbers with a format that displays the text of the document; all other cells are text. The only
formulas are those of the document (`Cell.formula`), stored with their results.
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
from reports.writers.xlsx_cells import cut, indented_columns, number_format_of, number_of, put_text, row_height
from reports.writers.xlsx_charts import draw_charts, heading_row

Line = tuple[str, dict[str, Any]]  # a text and its format properties

MAX_HEIGHT = 409  # points; the limit of Excel
READER_WIDTH = 90  # characters; fits between the margins of A4
EVERY_CELL = {"font_name": "Calibri", "font_size": 10, "font_color": f"#{INK}", "valign": "top", "text_wrap": True}

_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class Book:
    """A workbook with a cache of its formats."""

    def __init__(self, document: Document, stream: BinaryIO) -> None:
        self.document = document
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = xlsxwriter.Workbook(stream, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._cell_formats: dict[tuple[str | bool | None, ...], Format] = {}
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
        """Return the format with these properties in addition to those of every cell."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(EVERY_CELL | properties)
        return self._formats[key]

    def cell_format(
        self, cell: Cell, column: Column, *, valign: str, number_format: str | None, indent: bool
    ) -> Format:
        """Return the format of a cell in the body of a table."""
        key = column.kind, column.align, cell.status, valign, number_format, indent
        if key in self._cell_formats:
            return self._cell_formats[key]
        look: dict[str, Any] = {"align": column.alignment, "valign": valign, "bottom": 4}
        if cell.status:
            # The symbol is part of the format: the value remains the word, for filters and formulas.
            look["num_format"] = f'"{cell.symbol} "@'
            look["font_color"] = f"#{STATUS_COLOURS[cell.status]}"
        if cell.status or column.kind == "heading":
            look["bold"] = True
        if indent:
            look["indent"] = 1
        if number_format is not None:
            look["num_format"] = number_format
        self._cell_formats[key] = self.format(bottom_color=f"#{HAIRLINE}", **look)
        return self._cell_formats[key]

    def sheet(self, title: str, *, landscape: bool) -> Worksheet:
        """Add a sheet with page settings for printing, under a valid and unique name derived from `title`."""
        sheet = self.workbook.add_worksheet(self._free_name(title))
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        marks = " · ".join(self.document.marks)
        sheet.set_header(f"&L{_page_text(self.document.title)}&R{_page_text(marks)}")
        sheet.set_footer(f"&L{_page_text(self.document.organisation)}&RPagina &P van &N")
        return sheet

    def _free_name(self, title: str) -> str:
        """Return a unique name that Excel accepts: 31 characters, no []:*?/\\, no outer apostrophe, not "History"."""
        plain = " ".join(_NOT_IN_A_SHEET_NAME.sub(" ", clean_line(title)).split()).strip("'") or "Tabel"
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
    for table in document.workings:
        _write_table(book, table, table.name, filtered=True)
    if document.data is not None:
        _write_table(book, document.data, "Gegevens", filtered=True)
    if document.charts:
        draw_charts(book.workbook, book.sheet("Grafieken", landscape=False), document)
    _write_reader(book, reader, iter(names))
    book.workbook.close()


def _write_reader(book: Book, sheet: Worksheet, names: Iterator[str]) -> None:
    """Write the first sheet: all text outside tables, and the names of the sheets of the tables."""
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


def _write_table(book: Book, table: Table, title: str, *, filtered: bool = False) -> str:
    """Write a sheet with caption, marks, headings, rows and footnotes; return its name."""
    sheet = book.sheet(title, landscape=table.wide or filtered)
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
        # Keep the first row clear of the border below the headings.
        height = row_height([cell.text for cell in row], widths, MAX_HEIGHT) + (3 if number == head + 1 else 0)
        sheet.set_row(number, min(height, MAX_HEIGHT))
    small = book.format(font_size=9, font_color=f"#{QUIET}", text_wrap=False)
    for number, note in enumerate(table.footnotes, start=last + 2):
        put_text(sheet, number, 0, note, small)
    row_headings = [number for number, column in enumerate(table.columns) if column.kind == "heading"]
    sheet.freeze_panes(head + 1, row_headings[0] + 1 if row_headings else 0)
    sheet.repeat_rows(0, head)
    if filtered and table.rows:
        sheet.autofilter(head, 0, last, len(table.columns) - 1)
    name: str = sheet.get_name()
    return name


def _set_columns(book: Book, sheet: Worksheet, table: Table) -> list[int]:
    """Set the widths in characters and return them: relative to the page, but wide enough for a figure."""
    total = sum(column.width for column in table.columns)
    page = 160 if table.wide else 100
    widths = [min(60, max(9, round(page * column.width / total))) for column in table.columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, book.format())
    return widths


def _write_headings(book: Book, sheet: Worksheet, columns: tuple[Column, ...], row: int) -> None:
    borders = {"top": 1, "top_color": f"#{ACCENT}", "bottom": 1, "bottom_color": f"#{ACCENT}"}
    for number, (column, indented) in enumerate(zip(columns, indented_columns(columns), strict=True)):
        indent = {"indent": 1} if indented else {}
        look = book.format(bold=True, align=column.alignment, valign="bottom", **indent, **borders)
        put_text(sheet, row, number, column.heading, look)


def _write_rows(book: Book, sheet: Worksheet, table: Table, first: int) -> None:
    """Write the rows of a table, the first of them in row `first`, counted from 0."""
    headings = [column.heading for column in table.columns]
    columns = list(zip(table.columns, indented_columns(table.columns), strict=True))
    for row, cells in enumerate(table.rows, start=first):
        valign = "vcenter" if row == first else "top"
        for number, (cell, (column, indent)) in enumerate(zip(cells, columns, strict=True)):
            number_format = number_format_of(cell)
            look = book.cell_format(cell, column, valign=valign, number_format=number_format, indent=indent)
            if cell.formula:
                result = cell.text if number_format is None else number_of(cell, number_format)
                sheet.write_formula(row, number, in_sheet(cell.formula, headings, row + 1), look, result)
            elif number_format is None:
                put_text(sheet, row, number, cell.text, look)
            else:
                sheet.write_number(row, number, number_of(cell, number_format), look)


def _page_text(text: str) -> str:
    """Return text for a page header: & escaped, and cut, since the whole header has at most 255 characters."""
    return cut(text, 90).replace("&", "&&")
