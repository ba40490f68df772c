"""Read XLSX with openpyxl, after checking every part that openpyxl will read.

openpyxl trusts what a file states: it stops at the stated size of a sheet, drops rows that are out of order, and fills
the gap before row one million. Therefore each part is first parsed within our limits and copied to a package with
nothing else. That pass also notes what openpyxl omits in read-only mode: merged cells, hidden rows and columns.
"""

import io
import re
import threading
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite
from posixpath import join, normpath
from typing import Any

from openpyxl.reader.excel import ExcelReader

from indicators.domain.cells import Cell
from indicators.intake.sheets.limits import (
    MAX_CELL_PARTS,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_ROWS,
    MAX_STRING_PARTS,
    Grid,
    SheetRefused,
    XmlReader,
    broken,
    part_chunks,
    too_large,
    too_many_columns,
    too_many_rows,
)

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# openpyxl yields every row up to the last one with content; this bounds them over all sheets together.
MAX_YIELDED_ROWS = 200_000
MAX_CELL_ELEMENTS = 2_000  # elements in one cell or text; each run of a text with its own font has a few
BULK = {"sheetData": MAX_CELL_PARTS, "si": MAX_STRING_PARTS}
# Parts that are not read: drawings, charts, comments, additions of other programs.
UNREAD = re.compile(
    r"(docProps|customXml|customUI|xl/(theme|media|drawings|charts|chartsheets|dialogsheets|embeddings|externalLinks"
    r"|pivotTables|pivotCache|tables|comments|threadedComments|persons|printerSettings|ctrlProps|richData"
    r"|slicers|slicerCaches|queryTables|model|worksheets/_rels))/|xl/comments[^/]*$",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# catch_warnings changes the state of the process: concurrent uploads must not restore each other's filters.
_warnings_lock = threading.Lock()


@dataclass(kw_only=True)
class Part:
    """The properties of one worksheet part, noted in the first pass."""

    last_row: int = 0
    filled_rows: int = 0
    last_column: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Package:
    """The checked copy of a file and its worksheet parts by name.

    `to_calculate`: the formulas are calculated when the file is opened, so it holds no results yet.
    """

    content: bytes = b""
    parts: dict[str, Part] = field(default_factory=dict)
    to_calculate: bool = False


def read_xlsx(package: zipfile.ZipFile) -> list[Grid]:
    """Return the sheets of an XLSX package, in order. Raises SheetRefused when it cannot be read."""
    checked = _check(package)
    try:
        with _warnings_lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_grids(checked))
    except SheetRefused:
        raise
    except Exception as error:  # openpyxl raises exceptions of many types on malformed parts
        raise broken() from error


def _check(package: zipfile.ZipFile) -> Package:
    """Parse every part within our limits and copy it, so that openpyxl reads exactly the bytes that were checked."""
    checked, copy, reader = Package(), io.BytesIO(), XmlReader(BULK)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in package.namelist():
            if not name.lower().endswith((".xml", ".rels")) or UNREAD.match(name):
                continue
            handler = _PartHandler(checked)
            with target.open(name, "w") as out:
                reader.read(_copied(part_chunks(package, name), out), handler.start, handler.end)
            if handler.is_sheet:
                checked.parts[name] = handler.part
    checked.content = copy.getvalue()
    return checked


def _copied(chunks: Iterator[bytes], out: Any) -> Iterator[bytes]:
    for chunk in chunks:
        out.write(chunk)
        yield chunk


class _PartHandler:
    """Handlers for one part that check it and note what openpyxl does not offer."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = Part()
        self.is_sheet = False
        self.row = self.column = self.cell_elements = 0
        self.references: set[str] = set()
        self.filled = self.counting = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("c", "si", "row", "sheetData"):
            self.cell_elements, self.counting = 0, name in ("c", "si")
        elif self.counting:
            self.cell_elements += 1
            if self.cell_elements > MAX_CELL_ELEMENTS:
                raise too_large("Er staat een tekst in met te veel wisselende opmaak.")
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "f", "is"):
            self.filled = True
            self.part.last_row = self.row
            self.part.last_column = max(self.part.last_column, self.column)
        elif name == "row":
            self._row(attributes)
        elif name == "worksheet":
            self.is_sheet = True
        elif name == "mergeCell":
            self.part.merged.append(_area(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (
                _number(attributes.get("min"), LAST_COLUMN),
                _number(attributes.get("max"), LAST_COLUMN),
            )
            self.part.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif name == "calcPr" and attributes.get("fullCalcOnLoad") in ("1", "true"):
            self.package.to_calculate = True
        elif name == "sheet":
            self._check_unique(next((value for key, value in attributes.items() if key.endswith(":id")), ""))
        elif name == "rels:Relationship" and attributes.get("TargetMode") != "External":
            self._check_unique(normpath(join("/xl", attributes.get("Target", ""))))
        elif name.startswith("strict:"):
            raise SheetRefused(
                "Dit bestand is opgeslagen als ‘Strict Open XML’, een soort die de monitor niet leest.",
                "Sla het op als gewone Excel-werkmap (.xlsx).",
            )

    def end(self, name: str) -> None:
        if name in ("c", "si"):
            self.counting = False
        elif name == "row" and self.filled:
            self.part.filled_rows += 1

    def _check_unique(self, reference: str) -> None:
        """Refuse a part that several sheets refer to: it would be read again for each of them."""
        if reference in self.references:
            raise broken()
        self.references.add(reference)
        if len(self.references) > MAX_ENTRIES:
            raise too_large("Dit bestand heeft te veel werkbladen.")

    def _row(self, attributes: dict[str, str]) -> None:
        row = _number(attributes["r"], LAST_ROW) if "r" in attributes else self.row + 1
        if row <= self.row:
            raise broken()
        self.row, self.column, self.filled = row, 0, False
        if attributes.get("hidden") in ("1", "true"):
            self.part.hidden_rows.add(row)

    def _cell(self, attributes: dict[str, str]) -> None:
        column = self.column + 1
        if "r" in attributes:
            row, column = _reference(attributes["r"])
            if row != self.row or column <= self.column:
                raise broken()
        self.column = column


def _number(text: str | None, highest: int) -> int:
    if text is None or not re.fullmatch(r"[0-9]{1,7}", text) or not 1 <= int(text) <= highest:
        raise broken()
    return int(text)


def _reference(text: str) -> tuple[int, int]:
    match = REFERENCE.fullmatch(text)
    if not match:
        raise broken()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return _number(match[2], LAST_ROW), _number(str(column), LAST_COLUMN)


def _area(text: str) -> tuple[int, int, int, int]:
    first, _, last = text.partition(":")
    return *_reference(first), *_reference(last or first)


def _grids(checked: Package) -> Iterator[Grid]:
    """Open the checked copy twice: for the stored results and for the formulas."""
    results, formulas = (
        ExcelReader(io.BytesIO(checked.content), read_only=True, data_only=results, keep_links=False)
        for results in (True, False)
    )
    for reader in (results, formulas):
        reader.read()
    targets = [relation.target for _, relation in results.parser.find_sheets()]
    parts = [checked.parts[target] for target in targets if target in checked.parts]
    yielded_rows = 0
    for part, sheet, source in zip(parts, results.wb.worksheets, formulas.wb.worksheets, strict=True):
        grid = Grid(
            name=sheet.title,
            visible=sheet.sheet_state == "visible",
            merged=part.merged,
            hidden_rows=part.hidden_rows,
            hidden_columns=part.hidden_columns,
        )
        if grid.visible and part.last_row:
            yielded_rows += part.last_row
            if yielded_rows > MAX_YIELDED_ROWS:
                raise too_large(f"Er staat iets in rij {part.last_row}, te ver naar onderen.")
            _fill(grid, part, sheet, source, to_calculate=checked.to_calculate)
        yield grid


def _fill(grid: Grid, part: Part, sheet: Any, source: Any, *, to_calculate: bool) -> None:
    if part.last_column > MAX_COLUMNS:
        grid.size_refusal = too_many_columns()
    if part.filled_rows > MAX_ROWS + 1:
        grid.size_refusal = too_many_rows()
    for worksheet in (sheet, source):
        worksheet.reset_dimensions()  # the size that a sheet states cannot be trusted
    area = {"min_row": 1, "min_col": 1, "max_row": part.last_row, "max_col": min(part.last_column, MAX_COLUMNS)}
    pairs = zip(sheet.iter_rows(**area), source.iter_rows(**area), strict=True)
    for number, (results, formulas) in enumerate(pairs, start=1):
        row = {
            column: cell
            for column, (result, formula) in enumerate(zip(results, formulas, strict=True), start=1)
            if (cell := _cell(result, formula, to_calculate)).kind != "empty" or cell.formula
        }
        if row:
            grid.rows[number] = row
            if len(grid.rows) > MAX_ROWS + 1:
                return


def _cell(result: Any, source: Any, to_calculate: bool) -> Cell:
    """Return a cell from its result and its formula as openpyxl read them.

    With `to_calculate` the file was written by a program that did not calculate: a stored 0 is no result.
    """
    formula = _formula(source.value) if source.data_type == "f" else None
    value, kind = result.value, result.data_type
    uncalculated = to_calculate and value == 0 and kind == "n"
    if formula and (uncalculated or (value is None and kind not in ("str", "s"))):
        return Cell("empty", formula=formula, has_result=False)
    if value is None or (isinstance(value, str) and not value.strip()):
        return Cell("empty", formula=formula)
    number_format = result.number_format or "General"
    if kind == "e":
        return Cell("error", str(value), number_format=number_format, formula=formula)
    if kind == "b":
        return Cell("boolean", "WAAR" if value else "ONWAAR", number_format=number_format, formula=formula)
    if kind == "d" or not isinstance(value, str | int | float):
        return Cell("date", _iso(value), number_format=number_format, formula=formula)
    if isinstance(value, str):
        return Cell("text", value, number_format=number_format, formula=formula)
    if not isfinite(value):
        return Cell("error", "#NUM!", number_format=number_format, formula=formula)
    return Cell("number", number=value, number_format=number_format, formula=formula)


def _formula(value: Any) -> str:
    """Return the text of a formula; openpyxl represents array formulas and data tables as objects."""
    return value if isinstance(value, str) else getattr(value, "text", None) or "="


def _iso(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
