"""Read ODS from its XML: types, exact values, formulas and formats.

Not with a library: those that read ODS first build the whole document. Here, repeated empty rows and cells take no
memory, whatever the number of repetitions. Source: OpenDocument 1.3 part 3, 9.1 (tables) and 19.385
(office:value-type).
"""

import re
import zipfile
from decimal import Decimal, InvalidOperation

from indicators.domain.cells import Cell
from indicators.intake.sheets.limits import (
    MAX_CELL_PARTS,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_ROWS,
    MAX_TEXT,
    Grid,
    XmlReader,
    broken,
    part_chunks,
    protected,
    too_large,
    too_many_columns,
    too_many_rows,
)
from indicators.intake.sheets.ods_formats import Styles

BULK = {"table:table": MAX_CELL_PARTS}
CELLS = ("table:table-cell", "table:covered-table-cell")
HIDDEN = ("collapse", "filter")
# Elements in a cell or a table that are not its content: comments, drawings, deleted text.
SKIPPED = ("office:annotation", "table:shapes", "table:detective", "table:tracked-changes")
ERROR = re.compile(r"#[^\W\d_]+(/[^\W_]+)?[!?]?|(Err|Fout):[0-9]{3}", re.IGNORECASE)
# The domain refuses values of more than 15 digits; these limits only bound the arithmetic.
MAX_LENGTH, MAX_EXPONENT = 400, 400


def read_ods(package: zipfile.ZipFile) -> list[Grid]:
    """Return the sheets of an ODS package, in order. Raises SheetRefused when it cannot be read."""
    names = set(package.namelist())
    reader = XmlReader(BULK)
    if "META-INF/manifest.xml" in names:
        reader.read(part_chunks(package, "META-INF/manifest.xml"), _refuse_encryption)
    if "content.xml" not in names:
        raise broken()
    outer = Styles()
    if "styles.xml" in names:
        reader.read(part_chunks(package, "styles.xml"), outer.start, outer.end, outer.text)
    content = _Content(Styles(outer))
    reader.read(part_chunks(package, "content.xml"), content.start, content.end, content.text)
    return content.grids


def _refuse_encryption(name: str, attributes: dict[str, str]) -> None:
    if name == "manifest:encryption-data":
        raise protected()


class _Content:
    """Handlers for content.xml that collect the cells that are not empty."""

    def __init__(self, styles: Styles) -> None:
        self.grids: list[Grid] = []
        self.styles = styles
        self.path: list[str] = []
        self.skipped_depth: int | None = None  # of the SKIPPED element that is being read
        self.grid: Grid | None = None
        self.column_styles: dict[int, str | None] = {}
        self.row = self.column = 0  # the last row and column read
        self.row_repeat = 1
        self.row_style: str | None = None
        self.row_cells: dict[int, Cell] = {}
        self.row_merged: list[tuple[int, int, int]] = []  # first and last column, rows below it
        self.cell: dict[str, str] | None = None
        self.texts: list[str] = []
        self.text_length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if self.skipped_depth is not None:
            return
        if name in SKIPPED or name.startswith("draw:"):
            self.skipped_depth = len(self.path)
        elif self.grid is None:
            if name == "table:table" and parent == "office:spreadsheet":
                self._open_table(attributes)
            else:
                self.styles.start(name, attributes)
        elif name == "table:table-column":
            self._columns(attributes)
        elif name == "table:table-row":
            self._open_row(attributes)
        elif name in CELLS and parent == "table:table-row":
            self.cell, self.texts, self.text_length = attributes, [], 0
        elif self.cell is not None:
            self._in_cell(name, parent, attributes)
        elif name == "table:table":
            raise broken()  # a table inside a table: no spreadsheet program makes one

    def end(self, name: str) -> None:
        depth = len(self.path)
        self.path.pop()
        if self.skipped_depth is not None:
            if depth == self.skipped_depth:
                self.skipped_depth = None
        elif self.grid is None:
            self.styles.end(name)
        elif name in CELLS and self.cell is not None:
            self._close_cell(covered=name == CELLS[1])
        elif name == "table:table-row":
            self._close_row()
        elif name == "table:table":
            self.grid = None

    def text(self, data: str) -> None:
        if self.skipped_depth is not None:
            return
        if self.grid is None:
            self.styles.text(data)
        elif self.cell is not None and "text:p" in self.path:
            self._add_text(data)

    def _open_table(self, attributes: dict[str, str]) -> None:
        if len(self.grids) >= MAX_ENTRIES:
            raise too_large("Dit bestand heeft te veel werkbladen.")
        visible = not self.styles.hides_table(attributes.get("table:style-name"))
        self.grid = Grid(name=attributes.get("table:name", ""), visible=visible)
        self.grids.append(self.grid)
        self.column_styles = {}
        self.row = self.columns = 0

    def _columns(self, attributes: dict[str, str]) -> None:
        assert self.grid is not None
        first, self.columns = self.columns + 1, self.columns + _repeat(attributes, "columns")
        numbers = range(first, min(self.columns, MAX_COLUMNS) + 1)
        self.column_styles.update(dict.fromkeys(numbers, attributes.get("table:default-cell-style-name")))
        if attributes.get("table:visibility") in HIDDEN:
            self.grid.hidden_columns.update(numbers)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self.row_repeat = _repeat(attributes, "rows")
        self.row_style = attributes.get("table:default-cell-style-name")
        self.row_hidden = attributes.get("table:visibility") in HIDDEN
        self.column, self.row_cells, self.row_merged = 0, {}, []

    def _close_row(self) -> None:
        assert self.grid is not None
        first, self.row = self.row + 1, self.row + self.row_repeat
        # Only rows with content are repeated, and never more than MAX_ROWS.
        for row in range(first, self.row + 1) if self.row_cells else ():
            if len(self.grid.rows) > MAX_ROWS:
                self.grid.size_refusal = too_many_rows()
                break
            self.grid.rows[row] = self.row_cells
            if self.row_hidden:
                self.grid.hidden_rows.add(row)
        self.grid.merged += [(first, left, self.row + below, right) for left, right, below in self.row_merged]

    def _close_cell(self, *, covered: bool) -> None:
        assert self.grid is not None and self.cell is not None
        attributes, self.cell = self.cell, None
        first, self.column = self.column + 1, self.column + _repeat(attributes, "columns")
        columns = range(first, min(self.column, MAX_COLUMNS) + 1)
        width, height = (_count(attributes.get(f"table:number-{what}-spanned", "1")) for what in ("columns", "rows"))
        if covered or width > 1 or height > 1:
            self.row_merged.append((first, max(self.column, first + width - 1), height - 1))
        style = attributes.get("table:style-name") or self.row_style or self.column_styles.get(first)
        cell = _cell(attributes, "".join(self.texts), self.styles.code(style))
        if cell.kind == "empty" and not cell.formula:
            return
        if self.column > MAX_COLUMNS:
            self.grid.size_refusal = too_many_columns()
        self.row_cells.update(dict.fromkeys(columns, cell))

    def _in_cell(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name == "text:p" and parent in CELLS and self.texts:
            self._add_text("\n")
        elif name == "text:s":
            self._add_text(" " * min(_count(attributes.get("text:c", "1")), MAX_TEXT + 1))
        elif name == "text:tab":
            self._add_text("\t")
        elif name == "text:line-break":
            self._add_text("\n")

    def _add_text(self, data: str) -> None:
        self.text_length += len(data)
        if self.text_length > MAX_TEXT:
            raise too_large("Dit bestand bevat een te lange tekst.")
        self.texts.append(data)


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise broken()
    return int(text)


def _repeat(attributes: dict[str, str], what: str) -> int:
    return max(_count(attributes.get(f"table:number-{what}-repeated", "1")), 1)


def _cell(attributes: dict[str, str], display_text: str, code: str) -> Cell:
    """Return a cell from its attributes, its display text and the format code of its style."""
    kind = attributes.get("office:value-type")
    formula = attributes.get("table:formula")
    formula = re.sub(r"^[a-z]+:(?==)", "", formula) if formula else None
    if attributes.get("calcext:value-type") == "error" or (formula and ERROR.fullmatch(display_text.strip())):
        return Cell("error", display_text.strip() or "#N/A", number_format=code, formula=formula)
    if kind in ("float", "percentage", "currency"):
        return _number_cell(attributes, kind, code, formula)
    if kind in ("date", "time"):
        text = attributes.get(f"office:{kind}-value") or display_text
        return Cell("date", text, number_format=code, formula=formula)
    if kind == "boolean":
        word = "WAAR" if attributes.get("office:boolean-value") == "true" else "ONWAAR"
        return Cell("boolean", display_text.strip() or word, number_format=code, formula=formula)
    text = attributes.get("office:string-value", display_text)
    if text.strip():
        return Cell("text", text, number_format=code, formula=formula)
    return Cell("empty", formula=formula, has_result=formula is None or kind is not None)


def _number_cell(attributes: dict[str, str], kind: str, code: str, formula: str | None) -> Cell:
    text = attributes.get("office:value", "")
    if formula and not text:
        return Cell("empty", formula=formula, has_result=False)
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise broken() from error
    if not number.is_finite() or len(text) > MAX_LENGTH or abs(number.adjusted()) > MAX_EXPONENT:
        return Cell("error", "#NUM!", number_format=code, formula=formula)
    # Without a format of its style, the type of the cell decides.
    if kind == "percentage" and "%" not in code:
        code = "0%"
    if kind == "currency" and "$" not in code:
        code = f"[${attributes.get('office:currency', '') or 'EUR'}] #,##0.00"
    return Cell("number", number=number, number_format=code, formula=formula)
