"""CSV as a Dutch spreadsheet opens it: semicolons, decimal commas, UTF-8 with a byte order mark, CRLF.

One table with one row of headings and nothing else: the document's `data`.
"""

import csv
import io
from typing import BinaryIO

from reports.document import Cell, Document

# A spreadsheet takes text that begins with one of these for a formula, also behind blanks.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(document: Document, stream: BinaryIO) -> None:
    """Write the document's data table. Refuses a document that has none."""
    if document.data is None:
        raise ValueError(f"{document.title!r} has no table of data to write as CSV")
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    rows.writerow([as_text(column.heading) for column in document.data.columns])
    rows.writerows([_field(cell) for cell in row] for row in document.data.rows)
    stream.write(buffer.getvalue().encode("utf-8-sig"))


def _field(cell: Cell) -> str:
    if cell.number is None:
        return as_text(cell.text)
    return f"{cell.number:.{cell.places}f}".replace(".", ",")


def as_text(text: str) -> str:
    """`text`, with an apostrophe before it where a spreadsheet would take it for a formula."""
    risky = text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{text}" if risky else text
