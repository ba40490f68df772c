"""Take the content of cells as JSON data, and note the place of each path of the data."""

from typing import Any

from indicators.intake.nota_data import DataPath
from indicators.intake.nota_sheets.cells import CellRefused, is_filled, read_as, typed_text
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import Column
from indicators.intake.nota_sheets.tables import Row

# The content of a refused cell: no valid JSON data, so that the reader of format 1 takes it as unknown.
UNREAD = object()


class Taker:
    """Takes the cells of one row, whose data is at `path`."""

    def __init__(self, row: Row, path: DataPath, findings: SheetFindings) -> None:
        self.row, self.path, self.findings = row, path, findings
        findings.places.setdefault(path, row.place(row.table.layout.columns[0].key))

    def take(self, key: str, default: Any = "", *, at: DataPath | None = None) -> Any:
        """Return the content of the cell under a column: `default` for an empty one, UNREAD for a refused one.

        `at` is its place in the data of the row, where that is not its key.
        """
        return self.take_as(self.row.table.layout.column(key), key, default, at=at)

    def take_as(self, column: Column, key: str, default: Any = "", *, at: DataPath | None = None) -> Any:
        """Return the content of the cell under `key`, read as that of another column."""
        path = (*self.path, *(at or (column.key,)))
        cell = self.row.cell(key)
        self.findings.places[path] = self.row.place(key)
        if not is_filled(cell):
            return default
        try:
            return read_as(cell, column)
        except CellRefused as refusal:
            self.findings.refuse(
                refusal.code,
                self.row.place(key),
                refusal.sentence,
                path=path,
                typed=typed_text(cell),
                meant=refusal.meant,
            )
            return UNREAD

    def refuse(self, code: str, key: str, sentence: str, *, at: DataPath | None = None, meant: str = "") -> Any:
        """Refuse the cell under a column and return UNREAD."""
        self.findings.refuse(
            code,
            self.row.place(key),
            sentence,
            path=(*self.path, *(at or (key,))),
            typed=typed_text(self.row.cell(key)),
            meant=meant,
        )
        return UNREAD
