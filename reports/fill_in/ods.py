"""The sheet to fill in as ODS."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO

from reports.fill_in.rows import (
    COLUMNS,
    EXPLANATION,
    EXPLANATION_NAME,
    EXPLANATION_WIDTHS,
    HEADINGS,
    YEAR,
    FillRow,
    sheet_name,
)
from reports.writers.looks import ACCENT, QUIET
from reports.writers.opendocument import Properties
from reports.writers.spreadsheet import TEXT_FORMAT, CellStyle, Spreadsheet

MM_PER_CHARACTER = 2
HEADING = CellStyle(bold=True, borders=(("bottom", f"1pt solid #{ACCENT}"),))
READ_ONLY = CellStyle(wrap=True, colour=QUIET)
# Text, so that spreadsheet programs do not turn a figure into a date or a fraction.
FILLABLE = CellStyle(
    number_format=TEXT_FORMAT,
    wrap=True,
    borders=tuple((edge, f"0.5pt dotted #{QUIET}") for edge in ("top", "bottom", "left", "right")),
)
EXPLANATION_HEADING, TERM = CellStyle(bold=True, colour=ACCENT, size=13), CellStyle(bold=True, wrap=True)
MEANING = CellStyle(wrap=True)


def write_fill_in(rows: Sequence[FillRow], title: str, stream: BinaryIO) -> None:
    """Write the sheet to fill in as ODS."""
    book = Spreadsheet(Properties(title=title), header=title)
    looks = [FILLABLE if column.fillable else READ_ONLY for column in COLUMNS]
    cells = (
        [
            book.cell(str(row.year), look, number=Decimal(row.year))
            if heading == YEAR
            else book.cell(row.texts.get(heading, ""), look)
            for heading, look in zip(HEADINGS, looks, strict=True)
        ]
        for row in rows
    )
    head = [[book.cell(heading, HEADING) for heading in HEADINGS]]
    widths = [column.width * MM_PER_CHARACTER for column in COLUMNS]
    book.add_sheet(sheet_name(rows), widths, cells, head=head, looks=looks)
    add_explanation(book, EXPLANATION_NAME, EXPLANATION_WIDTHS, EXPLANATION)
    book.write(stream)


def add_explanation(book: Spreadsheet, name: str, widths: Sequence[int], rows: Iterable[tuple[str, str]]) -> None:
    """Add a sheet of terms with their meaning; a row without meaning is a heading."""
    cells = (
        [book.cell(term, TERM if meaning else EXPLANATION_HEADING), book.cell(meaning, MEANING)]
        for term, meaning in rows
    )
    book.add_sheet(name, [width * MM_PER_CHARACTER for width in widths], cells)
