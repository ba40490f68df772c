"""The cells of a sheet, written as XML: the library takes most of its time for what is the same in every cell.

Text stands in the shared strings of the workbook. A formula stands once in its column and is referred to below.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.document import Cell
from reports.writers.formulas import column_letters, in_sheet

MAX_TEXT = 32767  # UTF-16 units in a cell; beyond it the library cuts off in silence, so we do it and say so
MAX_DIGITS = 15  # a spreadsheet's number has no more
DEFAULT_HEIGHT = 15
CUT = " … [ingekort]"
_FIGURE = re.compile(r"(?P<digits>-?[0-9][0-9.]*(?:,[0-9]+)?)(?P<rest>[^0-9\"]{0,12})")
_DUTCH = str.maketrans(",.", ".,")
_LETTERS = [column_letters(number) for number in range(1, 101)]


class Sheet(Worksheet):
    """A worksheet whose rows are handed in as XML."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str] = []
        self.held: dict[tuple[int, int], Cell] = {}  # what the charts draw

    def put_row(self, row: int, cells: str, height: float = DEFAULT_HEIGHT) -> None:
        """Add a row, counted from 0; each comes after those above it."""
        high = f' ht="{height:g}" customHeight="1"' if height != DEFAULT_HEIGHT else ""
        self.rows.append(f'<row r="{row + 1}"{high}>{cells}</row>')

    def put_text(self, row: int, text: str, look: Format, height: float = DEFAULT_HEIGHT) -> None:
        """Add a row with a text in its first cell."""
        self.put_row(row, f'<c r="A{row + 1}"{self.styled(text, look)}', height)

    def styled(self, text: str, look: Format) -> str:
        """A cell with text that looks like this, from behind its address on."""
        return f' s="{look._get_xf_index()}"{self.text(text)}'

    def text(self, text: str) -> str:
        """The content of a cell with text as text, whatever it looks like."""
        if not text:
            return "/>"
        text = cut(text, MAX_TEXT, CUT)
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes such a text for finished XML and would write it as such; as finished XML it is text.
            text = f'<r><t xml:space="preserve">{escape(text)}</t></r>'
        return f' t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'

    def hold(self, head: int, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Keep what charts draw: each has a copy of it, for programs that do not look in the cells."""
        self.held = {(head, number): Cell(heading) for number, heading in enumerate(headings)}
        for row, cells in enumerate(rows, start=head + 1):
            self.held |= {(row, column): cell for column, cell in enumerate(cells)}

    def set_size(self, rows: int, columns: int) -> None:
        """Say how many rows and columns there are, when all are put."""
        self.dim_rowmin, self.dim_colmin, self.dim_rowmax, self.dim_colmax = 0, 0, rows - 1, columns - 1

    def _write_sheet_data(self) -> None:
        self.fh.write(f"<sheetData>{''.join(self.rows)}</sheetData>")

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[str]:
        """What a chart keeps of the cells that it draws."""
        places = ((row, column) for row in range(row_start, row_end + 1) for column in range(col_start, col_end + 1))
        return [_drawn(self.held[place]) for place in places]


def _drawn(cell: Cell) -> str:
    form = number_format_of(cell)
    return f"{float(result_of(cell, form)):.16g}" if form else cell.text


class Formulas:
    """The formulas of a table: each stands in the first row that has it, and further down is a reference to it."""

    def __init__(self, headings: Sequence[str], last: int) -> None:
        self.headings, self.last = headings, last
        self._known: dict[tuple[int, str], int] = {}

    def xml(self, column: int, row: int, formula: str) -> str:
        """The formula of a cell; row and column are counted from 0, and `last` is the table's last row."""
        number = self._known.get((column, formula))
        if number is not None:
            return f'<f t="shared" si="{number}"/>'
        number = self._known[column, formula] = len(self._known)
        letters = _LETTERS[column]
        written = escape(in_sheet(formula, self.headings, row + 1).removeprefix("="))
        return f'<f t="shared" ref="{letters}{row + 1}:{letters}{self.last + 1}" si="{number}">{written}</f>'


def address(column: int, row: int) -> str:
    """The address of a cell of which both are counted from 0."""
    return f"{_LETTERS[column]}{row + 1}"


def number_format_of(cell: Cell) -> str | None:
    """The number format under which a Dutch spreadsheet shows the cell's number as the cell's text.

    None when there is no such format, or no number: the text is then written as text, to the letter.
    """
    if cell.number is None:
        return None
    parts = _FIGURE.fullmatch(cell.text)
    if parts is None or len(cell.number.as_tuple().digits) > MAX_DIGITS:
        return None
    if parts["rest"].count("%") != (cell.unit == "%"):
        return None
    places = cell.places
    decimals = "." + "0" * places if places else ""
    for written, whole in ((f"{cell.number:.{places}f}", "0"), (f"{cell.number:,.{places}f}", "#,##0")):
        if written.translate(_DUTCH) == parts["digits"]:
            return whole + decimals + re.sub("[^%]+", lambda found: f'"{found[0]}"', parts["rest"])
    return None


def result_of(cell: Cell, number_format: str) -> str:
    """The number as it stands in the cell; a percentage is a part of one."""
    assert cell.number is not None
    return f"{cell.number / 100 if '%' in number_format else cell.number:f}"


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write text as text, whatever it looks like, in a sheet of the library's own."""
    text = cut(text, MAX_TEXT, CUT)
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[0], text[1], text[2:], look)
    elif text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def cut(text: str, units: int, sign: str = "…") -> str:
    """`text` in at most so many UTF-16 units, with a sign where it was cut."""
    if 2 * len(text) <= units:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - len(sign))].decode("utf-16-le", "ignore") + sign


def row_height(texts: Sequence[str], widths: Sequence[int], highest: int, size: int = 10) -> float:
    """How high a row must be for these texts in columns so wide, in points: not every program finds that out itself."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        if len(text) * 1.12 >= width or "\n" in text:
            lines = max(lines, sum(1 + int(len(line) * 1.12) // width for line in text.split("\n")))
    return min(highest, int((lines * size * 1.35 + 1.5) * 4 / 3 + 0.5) * 0.75)  # whole pixels
