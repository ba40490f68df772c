"""ODS: a sheet to read first, a sheet for each table, and the sheet "Gegevens" with every figure; as the XLSX has it.

Written as XML, so that the same document gives the same bytes. Exact figures are real numbers whose style shows what
the document shows; all else is text, never a formula but for those that the document itself has (`Cell.formula`).
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table
from reports.writers.across import pivoted
from reports.writers.formulas import column_letters, in_opendocument
from reports.writers.ods_styles import Styles, styles_xml
from reports.writers.opendocument import HEAD, SPACES, inline, meta_xml, write_package
from reports.writers.xlsx_cells import number_format_of

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
LONGEST_NAME = 31
READER_WIDTH, NARROWEST = 178, 24  # mm: an A4 between its margins, and a column that holds “Streefwaarde”
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class Book:
    """The sheets so far, with the styles that their cells need and the names that are taken."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = Styles()
        self.sheets: list[str] = []
        self.filters: list[str] = []
        self._names: set[str] = set()

    def free_name(self, wanted: str) -> str:
        """A name for a sheet that is allowed and not taken."""
        plain = _NOT_IN_A_SHEET_NAME.sub(" ", wanted)[:LONGEST_NAME].strip("' ") or "Tabel"
        name, number = plain, 2
        while name.casefold() in self._names:
            suffix = f" ({number})"
            name, number = plain[: LONGEST_NAME - len(suffix)].strip("' ") + suffix, number + 1
        self._names.add(name.casefold())
        return name

    def add(self, name: str, columns: str, head: str, body: str, *, landscape: bool) -> None:
        """Add a sheet; the rows of `head` are repeated on every page."""
        style = "liggend" if landscape else "staand"
        repeated = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
        start = f'<table:table table:name={quoteattr(name)} table:style-name="{style}">'
        self.sheets.append(f"{start}{columns}{repeated}{body}</table:table>")


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as an OpenDocument spreadsheet."""
    book = Book(document)
    reader = book.free_name("Leeswijzer")
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    names = [_write_table(book, table, table.name or table.caption) for table in tables]
    for view in document.pivots:
        _write_table(book, pivoted(document.data, view), view.name)
    for table in document.workings:
        _write_table(book, table, table.name)
    if document.data is not None:
        _write_table(book, document.data, "Gegevens", filtered=True)
    _write_reader(book, reader, iter(names))
    filters = f"<table:database-ranges>{''.join(book.filters)}</table:database-ranges>" if book.filters else ""
    parts = {
        "content.xml": f'{HEAD}<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>'
        f"{book.styles.xml()}</office:automatic-styles><office:body><office:spreadsheet>{''.join(book.sheets)}{filters}"
        "</office:spreadsheet></office:body></office:document-content>",
        "styles.xml": styles_xml(document),
        "meta.xml": meta_xml(document),
    }
    write_package(stream, TYPE, parts)


def _write_table(book: Book, table: Table, wanted: str, *, filtered: bool = False) -> str:
    """One sheet: caption, marks, headings, rows, footnotes. Gives the name of the sheet."""
    name, styles = book.free_name(wanted), book.styles
    head = [text_cell(table.caption, styles.cell(bold=True, accent=True, size=12))]
    head += [text_cell(mark, styles.cell(bold=True)) for mark in book.document.marks]
    headings = "".join(
        text_cell(
            column.heading,
            styles.cell(bold=True, align=column.alignment, ruled=True, wrap=True, apart=column.kind == "status"),
        )
        for column in table.columns
    )
    first = len(head) + 1
    words = [column.heading for column in table.columns]
    rows = "".join(
        _row("".join(_cell(styles, cell, column, words, n) for cell, column in zip(row, table.columns, strict=True)))
        for n, row in enumerate(table.rows, start=first + 1)
    )
    notes = "".join(_row(text_cell(note, styles.cell(size=9, quiet=True))) for note in table.footnotes)
    book.add(
        name, _columns(styles, table), "".join(map(_row, head)) + _row(headings),
        rows + (_row("<table:table-cell/>") + notes if notes else ""), landscape=table.wide or filtered,
    )  # fmt: skip
    if filtered and table.rows:
        last = f"{column_letters(len(table.columns))}{first + len(table.rows)}"
        area = f"'{name}'.A{first}:'{name}'.{last}"
        book.filters.append(
            f'<table:database-range table:name="cijfers" table:target-range-address={quoteattr(area)} '
            'table:display-filter-buttons="true"/>'
        )
    return name


def _columns(styles: Styles, table: Table) -> str:
    """Widths in millimetres: the relative widths over a page, but each column wide enough for a figure."""
    total = sum(column.width for column in table.columns)
    page = 320 if table.wide else 200
    widths = (min(120, max(NARROWEST, round(page * column.width / total))) for column in table.columns)
    return "".join(f'<table:table-column table:style-name="{styles.column(width)}"/>' for width in widths)


def _cell(styles: Styles, cell: Cell, column: Column, headings: list[str], row: int) -> str:
    form = number_format_of(cell)
    look = {"align": column.alignment, "bold": column.kind == "heading" or bool(cell.status), "hairline": True}
    if form is None:
        style = styles.cell(status=cell.status or "", symbol=cell.symbol, wrap=True, apart=bool(cell.status), **look)
        written = text_cell(cell.text, style)
    else:
        assert cell.number is not None
        style = styles.cell(number_format=form, **look)
        kind, number = ("percentage", cell.number / 100) if "%" in form else ("float", cell.number)
        written = _number(number, kind, style, cell.text)
    if not cell.formula:
        return written
    formula = f"table:formula={quoteattr(in_opendocument(cell.formula, headings, row))}"
    return written.replace("<table:table-cell ", f"<table:table-cell {formula} ", 1)


def _number(number: Decimal, kind: str, style: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:value="{number:f}">'
        f"<text:p>{inline(shown)}</text:p></table:table-cell>"
    )


def text_cell(text: str, style: str) -> str:
    """A cell of text, whatever it looks like; a line of text a paragraph."""
    if not text:
        return f'<table:table-cell table:style-name="{style}"/>'
    lines = "".join(f"<text:p>{inline(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _write_reader(book: Book, name: str, names: Iterator[str]) -> None:
    """The first sheet: everything that is not a table, and where the tables are."""
    rows = "".join(_row(text_cell(text, book.styles.cell(wrap=True, **look))) for text, look in _lines(book, names))
    column = f'<table:table-column table:style-name="{book.styles.column(READER_WIDTH)}"/>'
    book.add(name, column, "", rows, landscape=False)
    book.sheets.insert(0, book.sheets.pop())


def _lines(book: Book, names: Iterator[str]) -> Iterable[tuple[str, dict]]:
    document, head = book.document, {"bold": True, "accent": True}
    yield document.title, {**head, "size": 18}
    for mark in document.marks:
        yield mark, {"bold": True}
    for line in (document.subtitle, document.organisation):
        if line:
            yield line, {"quiet": True, "size": 12}
    for word, value in document.details:
        yield f"{word}: {value}", {}
    for section in document.sections:
        yield section.title, {**head, "size": {1: 14, 2: 12, 3: 11}[section.level]}
        for block in section.blocks:
            yield from _block_lines(block, names)


def _block_lines(block: Block, names: Iterator[str]) -> Iterable[tuple[str, dict]]:
    match block:
        case Paragraph(text):
            yield text, {}
        case Notice(text):
            yield text, {"bold": True}
        case List(items):
            yield from ((f"– {item}", {}) for item in items)
        case Figure():
            yield f"Figuur: {block.caption or block.alt}", {}
            if block.caption:
                yield block.alt, {}
        case Table():
            yield f"Tabel: {block.caption} (blad “{next(names)}”)", {}
