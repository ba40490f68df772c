"""Read an uploaded sheet of figures (CSV, XLSX or ODS) into rows of cells.

Every file is treated as hostile: limits.py bounds time and memory, recognise.py trusts the content, not the name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.cells import Cell
from indicators.domain.dutch import listed
from indicators.intake.sheets.csv_text import read_csv
from indicators.intake.sheets.limits import MAX_FILE, MAX_ROWS, Grid, SheetRefused, too_large, too_many_rows
from indicators.intake.sheets.ods import read_ods
from indicators.intake.sheets.recognise import recognise
from indicators.intake.sheets.xlsx import read_xlsx

__all__ = [
    "COLUMNS",
    "REQUIRED",
    "Grid",
    "SheetRefused",
    "SheetRow",
    "has_content",
    "letter",
    "read_sheet",
    "read_workbook",
]

COLUMNS = ("indicator", "onderdeel", "jaar", "meting", "toelichting", "steekproef")
REQUIRED = ("indicator", "jaar", "meting")


@dataclass(frozen=True)
class SheetRow:
    """One row below the headings: its number in the sheet (line in a CSV file) and its cells by column name.

    `positions` has the column letter of each column, or its heading in a CSV file, for messages.
    """

    number: int
    cells: dict[str, Cell]
    positions: dict[str, str]


def read_sheet(name: str, content: bytes) -> list[SheetRow]:
    """Read the table of figures in a file called `name`: the first visible sheet with the required headings.

    Each row has a cell for every known column of the table; rows with only empty cells are skipped. Raises
    SheetRefused, and nothing else, for a file that cannot be read as a whole.
    """
    _check_size(content)
    kind, package = recognise(name, content)
    if package is None:
        grid, headings = read_csv(content, frozenset(COLUMNS))
        return _rows(grid, {number: " ".join(heading.split()) for number, heading in headings.items()})
    grid = _choose(read_xlsx(package) if kind == "xlsx" else read_ods(package))
    return _rows(grid, None)


def read_workbook(name: str, content: bytes) -> list[Grid]:
    """Return all sheets of an XLSX or ODS file called `name`, in order; hidden sheets may come without their cells.

    Raises SheetRefused, and nothing else, for a file that cannot be read as a whole.
    """
    _check_size(content)
    kind, package = recognise(name, content)
    if package is None:
        raise SheetRefused("Dit is een tekstbestand (CSV), geen werkmap.", "Lever een bestand op .ods of .xlsx aan.")
    return read_xlsx(package) if kind == "xlsx" else read_ods(package)


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise SheetRefused("Dit bestand is leeg.", "Kies het bestand met de cijfers.")
    if len(content) > MAX_FILE:
        raise too_large(f"Dit bestand is groter dan {MAX_FILE // 1_000_000} MB.")


def has_content(cells: Iterable[Cell]) -> bool:
    """Return whether a row is not blank; a formula without a result is not blank, one that gives an empty text is."""
    return any(cell.kind != "empty" or not cell.has_result for cell in cells)


def _choose(grids: list[Grid]) -> Grid:
    """Return the first visible sheet with the required headings, else the first that is not empty."""
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
    """Return the number of the first row that is not blank (0: none), and its known headings by column number."""
    first = min((row for row, cells in grid.rows.items() if has_content(cells.values())), default=0)
    cells = sorted(grid.rows[first].items()) if first else []
    names = {column: " ".join(cell.text.split()).casefold() for column, cell in cells}
    return first, {column: name for column, name in names.items() if name in COLUMNS}


def _rows(grid: Grid, typed_headings: dict[int, str] | None) -> list[SheetRow]:
    """Check the table as a whole and return its rows; `typed_headings` replace the column letters of a CSV file."""
    first, headings = _headings(grid)
    if not first:
        raise SheetRefused("Er staat niets in dit bestand.", "Kies het bestand met de cijfers.")
    _check_headings(first, list(headings.values()))
    if grid.size_refusal:
        raise grid.size_refusal
    cells_by_row = {
        row: {name: cells.get(column, Cell("empty")) for column, name in headings.items()}
        for row, cells in sorted(grid.rows.items())
        if row > first
    }
    rows = {row: cells for row, cells in cells_by_row.items() if has_content(cells.values())}
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    _check_merged(grid, first, max(rows, default=first), headings)
    _check_hidden(grid, [first, *rows], headings)
    positions = {
        name: typed_headings[column] if typed_headings else letter(column) for column, name in headings.items()
    }
    return [SheetRow(row, cells, positions) for row, cells in rows.items()]


def _check_headings(first: int, names: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        is_plural = len(missing) > 1
        raise SheetRefused(
            f"In rij {first}, de eerste gevulde rij, "
            f"{'ontbreken de kolommen' if is_plural else 'ontbreekt de kolom'} {listed(missing)}.",
            f"Zet {'die koppen' if is_plural else 'die kop'} boven de tabel; er mag niets boven staan.",
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
    """Refuse hidden rows and columns: neither recording nor ignoring them silently is right."""
    places = [f"rij {row}" for row in rows if row in grid.hidden_rows]
    places += [f"kolom {letter(column)} ({headings[column]})" for column in headings if column in grid.hidden_columns]
    if places:
        names = listed(places[:3]) + (f" en nog {len(places) - 3}" if len(places) > 3 else "")
        raise SheetRefused(
            f"Verborgen in het werkblad: {names}.",
            "Maak alles zichtbaar (ook wat een filter verbergt), of haal het weg.",
        )


def letter(column: int) -> str:
    """Return the letter of a column: A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
