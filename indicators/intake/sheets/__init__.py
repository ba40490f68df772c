"""Reads an uploaded sheet of figures (CSV, XLSX or ODS) into rows of cells, and refuses what is not one.

A file is hostile until it is read: limits.py bounds time and memory, recognise.py goes by content, not by
name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.cells import Cell
from indicators.intake.sheets.csv_text import read_csv
from indicators.intake.sheets.limits import MAX_FILE, MAX_ROWS, Grid, SheetRefused, too_many_rows, too_much
from indicators.intake.sheets.ods import read_ods
from indicators.intake.sheets.recognise import recognise
from indicators.intake.sheets.xlsx import read_xlsx

__all__ = ["COLUMNS", "REQUIRED", "SheetRefused", "SheetRow", "read_sheet"]

COLUMNS = ("indicator", "onderdeel", "jaar", "meting", "toelichting", "steekproef")
REQUIRED = ("indicator", "jaar", "meting")


@dataclass(frozen=True)
class SheetRow:
    """One row below the headings: its number in the sheet (line in a CSV file), its cells by column name.

    `positions` says where each column stands, for messages: the column letter, or the heading of a CSV file.
    """

    number: int
    cells: dict[str, Cell]
    positions: dict[str, str]


def read_sheet(name: str, content: bytes) -> list[SheetRow]:
    """The rows of the table with figures in a file called `name`.

    The first visible sheet that has the needed headings counts. Cells are given as they are: one in every row
    for each known column that the table has. Rows in which all of those are empty are left out. Raises
    SheetRefused, and nothing else, for a file that cannot be read as a whole.
    """
    if not content.strip():
        raise SheetRefused("Dit bestand is leeg.", "Kies het bestand met de cijfers.")
    if len(content) > MAX_FILE:
        raise too_much(f"Dit bestand is groter dan {MAX_FILE // 1_000_000} MB.")
    kind, package = recognise(name, content)
    if package is None:
        grid, headings = read_csv(content, frozenset(COLUMNS))
        return _rows(grid, {number: " ".join(heading.split()) for number, heading in headings.items()})
    grid = _choose(read_xlsx(package) if kind == "xlsx" else read_ods(package))
    return _rows(grid, None)


def _choose(grids: list[Grid]) -> Grid:
    """The first visible sheet that has the needed headings; else the first that holds anything."""
    visible = [grid for grid in grids if grid.visible]
    if not visible:
        raise SheetRefused(
            "Alle werkbladen in dit bestand zijn verborgen.",
            "Maak het werkblad met de cijfers zichtbaar en sla het op.",
        )
    for grid in visible:
        if not set(REQUIRED) - set(_headings(grid)[1].values()):
            return grid
    return next((grid for grid in visible if _headings(grid)[0]), visible[0])


def _headings(grid: Grid) -> tuple[int, dict[int, str]]:
    """The row number of the first row that holds something, and its known headings by column number."""
    first = min((row for row, cells in grid.rows.items() if _holds(cells.values())), default=0)
    cells = sorted(grid.rows[first].items()) if first else []
    names = {column: " ".join(cell.text.split()).casefold() for column, cell in cells}
    return first, {column: name for column, name in names.items() if name in COLUMNS}


def _holds(cells: Iterable[Cell]) -> bool:
    """Whether a row is more than blank. A formula that gives empty text is; one without a result is not."""
    return any(cell.kind != "empty" or not cell.has_result for cell in cells)


def _rows(grid: Grid, shown: dict[int, str] | None) -> list[SheetRow]:
    """Check the table as a whole and give its rows; `shown`: headings that stand in for column letters."""
    first, headings = _headings(grid)
    if not first:
        raise SheetRefused("Er staat niets in dit bestand.", "Kies het bestand met de cijfers.")
    _check_headings(first, list(headings.values()))
    if grid.too_big:
        raise grid.too_big
    needed = {
        row: {name: cells.get(column, Cell("empty")) for column, name in headings.items()}
        for row, cells in sorted(grid.rows.items())
        if row > first
    }
    rows = {row: cells for row, cells in needed.items() if _holds(cells.values())}
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    _check_merged(grid, first, max(rows, default=first), headings)
    _check_hidden(grid, [first, *rows], headings)
    positions = {name: shown[column] if shown else letter(column) for column, name in headings.items()}
    return [SheetRow(row, cells, positions) for row, cells in rows.items()]


def _check_headings(first: int, names: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        many = len(missing) > 1
        raise SheetRefused(
            f"In rij {first}, de eerste gevulde rij, "
            f"{'ontbreken de kolommen' if many else 'ontbreekt de kolom'} {_listed(missing)}.",
            f"Zet {'die koppen' if many else 'die kop'} boven de tabel; er mag niets boven staan.",
        )
    for name in names:
        if names.count(name) > 1:
            raise SheetRefused(
                f"De kolom ‘{name}’ staat er twee keer.",
                "Laat er één over, of geef de andere een andere kop.",
            )


def _check_merged(grid: Grid, first: int, last: int, headings: dict[int, str]) -> None:
    for top, left, bottom, right in sorted(grid.merged):
        if top <= last and bottom >= first and any(left <= column <= right for column in headings):
            raise SheetRefused(
                f"In {letter(left)}{top}:{letter(right)}{bottom} zijn cellen samengevoegd; "
                "dan is niet duidelijk bij welke rij een cijfer hoort.",
                "Splits de samengevoegde cellen en vul elke cel in.",
            )


def _check_hidden(grid: Grid, rows: list[int], headings: dict[int, str]) -> None:
    """What nobody sees is not taken over, and not left out in silence either."""
    places = [f"rij {row}" for row in rows if row in grid.hidden_rows]
    places += [f"kolom {letter(column)} ({headings[column]})" for column in headings if column in grid.hidden_columns]
    if places:
        which = _listed(places[:3]) + (f" en nog {len(places) - 3}" if len(places) > 3 else "")
        raise SheetRefused(
            f"Verborgen in het werkblad: {which}.",
            "Maak alles zichtbaar (ook wat een filter verbergt), of haal het weg.",
        )


def _listed(words: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def letter(column: int) -> str:
    """The letter of a column as a sheet shows it: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
