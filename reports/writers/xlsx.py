"""XLSX: a sheet to read first, a sheet for each table, and the sheet "Gegevens" with every figure.

Exact figures are real numbers whose format shows what the document shows; all else is text, never a formula but for
those that the document itself has (`Cell.formula`), which stand there with their result.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.format import Format

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table, clean_line
from reports.writers.across import pivoted
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.xlsx_cells import Formulas, Sheet, address, cut, number_format_of, result_of, row_height
from reports.writers.xlsx_charts import draw_charts, heading_row

Line = tuple[str, dict[str, Any]]  # a text and its look
Kind = tuple[bool, str, str]  # of a cell: whether it names the row, and where its text stands across and down

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
        self._names: set[str] = set()
        self.written: dict[tuple[Any, ...], tuple[str, str, str | None]] = {}  # each cell once, wherever it stands
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

    def sheet(self, wanted: str, *, landscape: bool) -> Sheet:
        """A new sheet, ready for print, under a name that is allowed and not taken."""
        sheet: Sheet = self.workbook.add_worksheet(self._free_name(wanted), Sheet)
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
    for view in document.pivots:
        _write_table(book, pivoted(document.data, view), view.name)
    placed = {table.name: table for table in tables} | {table.name: table for table in document.workings}
    for table in document.workings:
        _write_table(book, table, table.name, filtered=True)
    if document.data is not None:
        _write_table(book, document.data, "Gegevens", filtered=True)
    if document.charts:
        draw_charts(book.workbook, book.sheet("Grafieken", landscape=False), document, placed)
    _write_reader(book, reader, iter(names))
    # The library counts a text that was written out before only once.
    book.workbook.str_table.count = sum(row.count(' t="s">') for s in book.workbook.worksheets() for row in s.rows)
    book.workbook.close()


def _write_reader(book: Book, sheet: Sheet, names: Iterator[str]) -> None:
    """The first sheet: everything that is not a table, and where the tables are."""
    sheet.set_column(0, 0, READER_WIDTH, book.format())
    for row, (text, look) in enumerate(_reader_lines(book.document, names)):
        size = look.get("font_size", 10)
        sheet.put_text(
            row, text, book.format(**look), row_height([text], [READER_WIDTH * 10 // size], MAX_HEIGHT, size)
        )
    sheet.set_size(len(sheet.rows), 1)


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
    last = len(table.columns) - 1
    sheet.put_text(0, table.caption, book.format(bold=True, font_size=12, font_color=f"#{ACCENT}", text_wrap=False))
    for number, mark in enumerate(book.document.marks, start=1):
        sheet.put_text(number, mark, book.format(bold=True, text_wrap=False))
    head = heading_row(book.document)
    headings = [column.heading for column in table.columns]
    widths = _set_columns(book, sheet, table)
    rules = {"top": 1, "top_color": f"#{ACCENT}", "bottom": 1, "bottom_color": f"#{ACCENT}"}
    looks = [book.format(bold=True, align=c.alignment, valign="bottom", **_apart(c), **rules) for c in table.columns]
    named = (f'<c r="{address(number, head)}"{sheet.styled(heading, look)}'
             for number, (heading, look) in enumerate(zip(headings, looks, strict=True)))  # fmt: skip
    sheet.put_row(head, "".join(named), row_height(headings, widths, MAX_HEIGHT))
    below = head + 1 + len(table.rows)
    formulas = Formulas(headings, below - 1)
    for number, row in enumerate(table.rows, start=head + 1):
        # The first one stands clear of the line under the headings, which would cut off its top.
        first = number == head + 1
        kinds = [(c.kind == "heading", c.alignment, "vcenter" if first else "top") for c in table.columns]
        high = row_height([cell.text for cell in row], widths, MAX_HEIGHT) + (3 if first else 0)
        sheet.put_row(number, _row_xml(book, sheet, number, row, kinds, formulas), min(high, MAX_HEIGHT))
    if any(chart.table == wanted for chart in book.document.charts):
        sheet.hold(head, headings, table.rows)
    small = book.format(font_size=9, font_color=f"#{QUIET}", text_wrap=False)
    for number, note in enumerate(table.footnotes, start=below + 1):
        sheet.put_text(number, note, small)
    sheet.set_size(below + (1 + len(table.footnotes) if table.footnotes else 0), len(table.columns))
    naming = [number for number, column in enumerate(table.columns) if column.kind == "heading"]
    sheet.freeze_panes(head + 1, naming[0] + 1 if naming else 0)
    sheet.repeat_rows(0, head)
    if filtered and table.rows:
        sheet.autofilter(head, 0, below - 1, last)
    return sheet.get_name()


def _set_columns(book: Book, sheet: Sheet, table: Table) -> list[int]:
    """Widths in characters: the relative widths over a page, but each column wide enough for a figure."""
    total = sum(column.width for column in table.columns)
    page = 160 if table.wide else 100
    widths = [min(60, max(9, round(page * column.width / total))) for column in table.columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, book.format())
    return widths


def _row_xml(book: Book, sheet: Sheet, row: int, cells: Sequence[Cell], columns: Sequence[Kind], f: Formulas) -> str:
    """The cells of a row, which is counted from 0."""
    parts = []
    for number, (cell, kind) in enumerate(zip(cells, columns, strict=True)):
        key = (cell.text, cell.number, cell.decimals, cell.unit, cell.status, kind, not cell.formula)
        known = book.written.get(key)
        if known is None:
            known = book.written[key] = _written(book, sheet, cell, kind)
        style, value, result = known
        if cell.formula:
            as_text = ' t="str"' if result is None else ""
            formula = f.xml(number, row, cell.formula)
            value = f"{as_text}>{formula}<v>{escape(cell.text) if result is None else result}</v></c>"
        parts.append(f'<c r="{address(number, row)}"{style}{value}')
    return "".join(parts)


def _written(book: Book, sheet: Sheet, cell: Cell, kind: Kind) -> tuple[str, str, str | None]:
    """A cell from behind its address on: its look, its content, and its number if it has one."""
    form = number_format_of(cell)
    look = _look(book, cell, kind, form)
    style = f' s="{look._get_xf_index()}"'
    if form is None:
        return style, "/>" if cell.formula else sheet.text(cell.text), None
    result = result_of(cell, form)
    return style, f"><v>{result}</v></c>", result


def _look(book: Book, cell: Cell, kind: Kind, number_format: str | None) -> Format:
    naming, alignment, down = kind
    look: dict[str, Any] = {"align": alignment, "valign": down, "bottom": 4, "bottom_color": f"#{HAIRLINE}"}
    if naming:
        look["bold"] = True
    if cell.status:
        # The sign is in the format: the cell's own value stays the word, for filters and formulas.
        look |= {
            "bold": True,
            "font_color": f"#{STATUS_COLOURS[cell.status]}",
            "num_format": f'"{cell.symbol} "@',
            "indent": 1,  # else it is glued to the figure before it
        }
    if number_format is not None:
        look["num_format"] = number_format
    return book.format(**look)


def _apart(column: Column) -> dict[str, Any]:
    """The heading of a column of statuses stands as far from the figures before it as they do."""
    return {"indent": 1} if column.kind == "status" else {}


def _page_text(text: str) -> str:
    """Text for a page header, where & begins a code and 255 characters is all there is for the whole."""
    return cut(text, 90).replace("&", "&&")
