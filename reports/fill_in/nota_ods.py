"""A nota as ODS, filled or empty."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import BinaryIO

from indicators.intake.nota_sheets.layout import EXPLANATION_NAME
from reports.fill_in.nota_rows import EXPLANATION_WIDTHS, NotaSheet, SheetColumn, Value, explanation
from reports.fill_in.ods import FILLABLE, HEADING, MM_PER_CHARACTER, add_explanation
from reports.writers.opendocument import Properties, Xml
from reports.writers.spreadsheet import CellStyle, Spreadsheet

NUMBER = CellStyle(number_format="0", wrap=True, borders=FILLABLE.borders)
BLANK_ROWS = 200  # rows with a choice of words below the last one


def write_nota(sheets: Sequence[NotaSheet], title: str, stream: BinaryIO) -> None:
    """Write the sheets of a nota, with an explanation, as ODS."""
    book = Spreadsheet(Properties(title=title), header=title)
    for sheet in sheets:
        book.add_sheet(
            sheet.name,
            [column.width * MM_PER_CHARACTER for column in sheet.columns],
            [map(partial(_cell, book), row, sheet.columns) for row in sheet.rows],
            head=[[_heading(book, column.heading) for column in sheet.columns]],
            looks=[_look(column) for column in sheet.columns],
            blank=[_cell(book, "", column) for column in sheet.columns],
            blank_rows=BLANK_ROWS,
            frozen=(sheet.frozen_columns, 1),
        )
    add_explanation(book, EXPLANATION_NAME, EXPLANATION_WIDTHS, explanation())
    book.write(stream)


def _heading(book: Spreadsheet, heading: Value) -> Xml:
    return book.cell(str(heading), HEADING, number=Decimal(heading) if isinstance(heading, int) else None)


def _look(column: SheetColumn) -> CellStyle:
    return NUMBER if column.is_number else FILLABLE


def _cell(book: Spreadsheet, value: Value, column: SheetColumn) -> Xml:
    if isinstance(value, int):
        return book.cell(str(value), NUMBER, number=Decimal(value))
    return book.cell(value, _look(column), choices=column.words)
