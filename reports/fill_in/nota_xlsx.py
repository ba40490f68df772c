"""A nota as XLSX, filled or empty."""

from collections.abc import Sequence
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from indicators.intake.nota_sheets.layout import EXPLANATION_NAME
from indicators.intake.nota_sheets.tables import MOST_ROWS
from reports.fill_in.nota_rows import EXPLANATION_WIDTHS, NotaSheet, SheetColumn, explanation
from reports.fill_in.xlsx import A4, FILLABLE, HEADING, OPTIONS, add_explanation
from reports.writers.xlsx_cells import put_text

NUMBER = {**FILLABLE, "num_format": "0"}


def write_nota(sheets: Sequence[NotaSheet], title: str, stream: BinaryIO) -> None:
    """Write the sheets of a nota, with an explanation, as XLSX."""
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": title})
        text, number, heading = (book.add_format(look) for look in (FILLABLE, NUMBER, HEADING))
        for content in sheets:
            sheet = book.add_worksheet(content.name)
            _set_up(sheet, content)
            for at, column in enumerate(content.columns):
                sheet.set_column(at, at, column.width, number if column.is_number else text)
                _restrict(sheet, at, column)
            rows = [[column.heading for column in content.columns], *content.rows]
            for row, values in enumerate(rows):
                for at, (value, column) in enumerate(zip(values, content.columns, strict=True)):
                    look = heading if row == 0 else number if column.is_number else text
                    if isinstance(value, int):
                        sheet.write_number(row, at, value, look)
                    else:
                        put_text(sheet, row, at, value, look)
        add_explanation(book, EXPLANATION_NAME, EXPLANATION_WIDTHS, explanation())


def _set_up(sheet: Worksheet, content: NotaSheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, content.frozen_columns)
    sheet.repeat_rows(0)
    # Figures are text on purpose: a program would take 1-2 for a date.
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, MOST_ROWS, len(content.columns))})


def _restrict(sheet: Worksheet, at: int, column: SheetColumn) -> None:
    """Offer the words of a column as a list."""
    if column.words:
        options = {
            "validate": "list",
            "source": list(column.words),
            "error_title": "Kies een woord uit de lijst",
            "error_message": ", ".join(column.words),
        }
        sheet.data_validation(1, at, MOST_ROWS, at, options)
