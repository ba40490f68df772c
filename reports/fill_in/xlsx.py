"""The sheet to fill in, and the sheet with refused rows, as XLSX."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.domain.cells import cell_text
from reports.fill_in.rows import (
    COLUMNS,
    EXPLANATION,
    EXPLANATION_NAME,
    EXPLANATION_WIDTHS,
    HEADINGS,
    REMARK,
    SHEET_NAME,
    YEAR,
    FillRow,
    ReturnedRow,
    sheet_name,
)
from reports.writers.looks import ACCENT, BAND, QUIET
from reports.writers.xlsx_cells import put_text

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
DOTTED, SOLID = 4, 1
NOTE_SIZE = {"author": "Monitor", "x_scale": 2, "y_scale": 2}
LARGEST = 10**15  # spreadsheet numbers have at most 15 digits

WRAPPED = {"valign": "top", "text_wrap": True}
READ_ONLY = {**WRAPPED, "font_color": f"#{QUIET}"}
# Text, so that spreadsheet programs do not turn a figure into a date or a fraction.
EMPTY_COLUMN = {**WRAPPED, "num_format": "@"}
FILLABLE = {**EMPTY_COLUMN, "border": DOTTED}
REFUSED = {**EMPTY_COLUMN, "border": SOLID, "bg_color": f"#{BAND}"}
HEADING = {"bold": True, "bottom": SOLID, "bottom_color": f"#{ACCENT}"}


def write_fill_in(rows: Sequence[FillRow], title: str, stream: BinaryIO) -> None:
    """Write the sheet to fill in as XLSX."""
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet, looks = _first_sheet(book, title, sheet_name(rows)), _looks(book)
        for at, row in enumerate(rows, start=1):
            for number, (heading, look) in enumerate(zip(HEADINGS, looks, strict=True)):
                if heading == YEAR:
                    sheet.write_number(at, number, row.year, look)
                else:
                    put_text(sheet, at, number, row.texts.get(heading, ""), look)
        add_explanation(book, EXPLANATION_NAME, EXPLANATION_WIDTHS, EXPLANATION)


def write_refused(rows: Iterable[ReturnedRow], title: str, stream: BinaryIO) -> None:
    """Write uploaded rows: a refused cell is highlighted and has a note, which the last column repeats."""
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet, looks = _first_sheet(book, title, SHEET_NAME), _looks(book)
        refused, read_only = book.add_format(REFUSED), book.add_format(READ_ONLY)
        last = len(COLUMNS)
        sheet.set_column(last, last, REMARK.width)
        put_text(sheet, 0, last, REMARK.heading, book.add_format(HEADING))
        for at, row in enumerate(rows, start=1):
            for number, (heading, cell, look) in enumerate(zip(HEADINGS, row.cells, looks, strict=True)):
                if heading in row.notes:
                    note = f"Rij {row.number} van uw bestand. {row.notes[heading]}"
                    sheet.write_comment(at, number, note, NOTE_SIZE)
                    look = refused
                if cell.kind == "number" and cell.number is not None and -LARGEST < cell.number < LARGEST:
                    # A number keeps its own format, so that 0.22 displayed as 22% stays a percentage.
                    shade = {"bg_color": REFUSED["bg_color"]} if look is refused else {}
                    look = book.add_format({"num_format": cell.number_format, "valign": "top", **shade})
                    sheet.write_number(at, number, cell.number, look)
                else:
                    text = cell.formula if cell.formula and not cell.has_result else cell_text(cell)
                    put_text(sheet, at, number, text, look)
            put_text(sheet, at, last, row.remark, read_only)
        add_explanation(book, EXPLANATION_NAME, EXPLANATION_WIDTHS, EXPLANATION)


def _first_sheet(book: xlsxwriter.Workbook, title: str, name: str) -> Worksheet:
    book.set_properties({"title": title})
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    empty, heading = book.add_format(EMPTY_COLUMN), book.add_format(HEADING)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, empty if column.fillable else None)
        put_text(sheet, 0, number, column.heading, heading)
    return sheet


def _looks(book: xlsxwriter.Workbook) -> list[Format]:
    """Return the format of the cells of each column."""
    read_only, fillable = book.add_format(READ_ONLY), book.add_format(FILLABLE)
    return [fillable if column.fillable else read_only for column in COLUMNS]


def add_explanation(
    book: xlsxwriter.Workbook, name: str, widths: Sequence[int], rows: Iterable[tuple[str, str]]
) -> None:
    """Add a sheet of terms with their meaning; a row without meaning is a heading."""
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "font_color": f"#{ACCENT}", "font_size": 13})
    term_look, look = book.add_format({**EMPTY_COLUMN, "bold": True}), book.add_format(WRAPPED)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    for at, (term, meaning) in enumerate(rows):
        put_text(sheet, at, 0, term, term_look if meaning else heading)
        put_text(sheet, at, 1, meaning, look)
