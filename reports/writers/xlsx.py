"""XLSX: a sheet to read first, a sheet for each table, and the sheet "Gegevens" with every figure.

Exact figures are real numbers whose format shows what the document shows; all else is text, never a formula but for
those that the document itself has (`Cell.formula`), which stand there with their result.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table, clean_line
from reports.writers.across import pivoted
from reports.writers.formulas import in_sheet
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.xlsx_charts import draw_charts, heading_row

Line = tuple[str, dict[str, Any]]  # a text and its look

MAX_TEXT = 32767  # UTF-16 units in a cell; beyond it the library cuts off in silence, so we do it and say so
MAX_DIGITS = 15  # a spreadsheet's number has no more
MAX_HEIGHT = 409  # points; no row can be higher
READER_WIDTH = 100
CUT = " … [ingekort]"

_FIGURE = re.compile(r"(?P<digits>-?[0-9][0-9.]*(?:,[0-9]+)?)(?P<rest>[^0-9\"]{0,12})")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class Book:
    """A workbook with its formats, each made once."""

    def __init__(self, document: Document, stream: BinaryIO) -> None:
        self.document = document
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = xlsxwriter.Workbook(stream, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
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
        base = {
            "font_name": "Calibri",
            "font_size": 10,
            "font_color": f"#{INK}",
            "valign": "top",
            "text_wrap": True,
        }
        key = tuple(sorted((base | properties).items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(dict(key))
        return self._formats[key]

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
        plain = "Geschiedenis" if plain.lower() == "history" else _cut(plain, 31)
        name, number = plain.strip("' "), 2
        while name.casefold() in self._names:
            suffix = f" ({number})"
            name, number = _cut(plain, 31 - len(suffix)).strip("' ") + suffix, number + 1
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
    book.workbook.close()


def _write_reader(book: Book, sheet: Worksheet, names: Iterator[str]) -> None:
    """The first sheet: everything that is not a table, and where the tables are."""
    sheet.set_column(0, 0, READER_WIDTH, book.format())
    for row, (text, look) in enumerate(_reader_lines(book.document, names)):
        size = look.get("font_size", 10)
        sheet.set_row(row, row_height([text], [READER_WIDTH * 10 // size], size))
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
    last = len(table.columns) - 1
    put_text(
        sheet,
        0,
        0,
        table.caption,
        book.format(bold=True, font_size=12, font_color=f"#{ACCENT}", text_wrap=False),
    )
    for number, mark in enumerate(book.document.marks, start=1):
        put_text(sheet, number, 0, mark, book.format(bold=True, text_wrap=False))
    head = heading_row(book.document)
    headings = [column.heading for column in table.columns]
    widths = _set_columns(book, sheet, table)
    sheet.set_row(head, row_height(headings, widths))
    for number, column in enumerate(table.columns):
        look = {"bold": True, "align": column.alignment, "valign": "bottom"}
        rules = {"top": 1, "top_color": f"#{ACCENT}", "bottom": 1, "bottom_color": f"#{ACCENT}"}
        put_text(sheet, head, number, column.heading, book.format(**look, **rules))
    for row_number, row in enumerate(table.rows, start=head + 1):
        sheet.set_row(row_number, row_height([cell.text for cell in row], widths))
        for number, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            formula = in_sheet(cell.formula, headings, row_number + 1) if cell.formula else ""
            _put_cell(book, sheet, row_number, number, cell, column, formula)
    below = head + 1 + len(table.rows)
    for number, note in enumerate(table.footnotes, start=below + 1):
        put_text(sheet, number, 0, note, book.format(font_size=9, font_color=f"#{QUIET}", text_wrap=False))
    naming = [number for number, column in enumerate(table.columns) if column.kind == "heading"]
    sheet.freeze_panes(head + 1, naming[0] + 1 if naming else 0)
    sheet.repeat_rows(0, head)
    if filtered and table.rows:
        sheet.autofilter(head, 0, below - 1, last)
    return sheet.get_name()


def _set_columns(book: Book, sheet: Worksheet, table: Table) -> list[int]:
    """Widths in characters: the relative widths over a page, but each column wide enough for a figure."""
    total = sum(column.width for column in table.columns)
    page = 160 if table.wide else 100
    widths = [min(60, max(9, round(page * column.width / total))) for column in table.columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, book.format())
    return widths


def row_height(texts: Sequence[str], widths: Sequence[int], size: int = 10) -> float:
    """How high a row must be for these texts in columns so wide, in points: not every program finds that out itself."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        if len(text) * 1.12 >= width or "\n" in text:
            lines = max(lines, sum(1 + int(len(line) * 1.12) // width for line in text.split("\n")))
    return min(MAX_HEIGHT, lines * size * 1.35 + 1.5)


def _put_cell(
    book: Book, sheet: Worksheet, row: int, number: int, cell: Cell, column: Column, formula: str = ""
) -> None:
    look: dict[str, Any] = {"align": column.alignment, "bottom": 4, "bottom_color": f"#{HAIRLINE}"}
    if column.kind == "heading":
        look["bold"] = True
    if cell.status:
        # The sign is in the format: the cell's own value stays the word, for filters and formulas.
        look |= {
            "bold": True,
            "font_color": f"#{STATUS_COLOURS[cell.status]}",
            "num_format": f'"{cell.symbol} "@',
        }
    number_format = number_format_of(cell)
    result = cell.number / 100 if number_format and "%" in number_format else cell.number
    if number_format is not None:
        look["num_format"] = number_format
    if formula:
        shown = cell.text if number_format is None else result
        sheet.write_formula(row, number, formula, book.format(**look), shown)
    elif number_format is None:
        put_text(sheet, row, number, cell.text, book.format(**look))
    else:
        sheet.write_number(row, number, result, book.format(**look))


def number_format_of(cell: Cell) -> str | None:
    """The number format under which a Dutch spreadsheet shows the cell's number as the cell's text.

    None when there is no such format, or no number: the text is then written as text, to the letter.
    """
    parts = _FIGURE.fullmatch(cell.text)
    if cell.number is None or parts is None or len(cell.number.as_tuple().digits) > MAX_DIGITS:
        return None
    if parts["rest"].count("%") != (cell.unit == "%"):
        return None
    dutch = str.maketrans(",.", ".,")
    decimals = "." + "0" * cell.places if cell.places else ""
    for written, whole in (
        (f"{cell.number:.{cell.places}f}", "0"),
        (f"{cell.number:,.{cell.places}f}", "#,##0"),
    ):
        if written.translate(dutch) == parts["digits"]:
            return whole + decimals + re.sub("[^%]+", lambda found: f'"{found[0]}"', parts["rest"])
    return None


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write text as text, whatever it looks like."""
    text = _cut(text, MAX_TEXT, CUT)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes such a text for finished XML and would write it as such; in parts it is text.
        sheet.write_rich_string(row, column, text[0], text[1], text[2:], look)
    elif text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def _cut(text: str, units: int, sign: str = "…") -> str:
    """`text` in at most so many UTF-16 units, with a sign where it was cut."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - len(sign))].decode("utf-16-le", "ignore") + sign


def _page_text(text: str) -> str:
    """Text for a page header, where & begins a code and 255 characters is all there is for the whole."""
    return _cut(text, 90).replace("&", "&&")
