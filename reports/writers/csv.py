"""CSV for Dutch spreadsheet programs: semicolons, decimal commas, UTF-8 with byte order mark, CRLF.

The file holds one table with one heading row: the `data` of the document.
"""

import csv
import io
from typing import BinaryIO

from reports.document import Cell, Document

# Spreadsheet programs read text that begins with one of these as a formula, also after spaces.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(document: Document, stream: BinaryIO) -> None:
    """Write the data table of the document. Raises ValueError when it has none."""
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
    """Return `text`, after an apostrophe where a spreadsheet program would read it as a formula."""
    risky = text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{text}" if risky else text
