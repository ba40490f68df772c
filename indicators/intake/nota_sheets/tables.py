"""Find the tables of a nota in the sheets of a file: headings, rows, and what does not belong there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.domain.cells import Cell
from indicators.domain.dutch import listed
from indicators.domain.nota.limits import EARLIEST_YEAR, LATEST_YEAR
from indicators.intake.nota_data import Place
from indicators.intake.nota_sheets.cells import EMPTY, is_filled, plain_text, typed_text
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import EXPLANATION_NAME, LAYOUTS, Layout
from indicators.intake.sheets import Grid, has_content, letter

MOST_ROWS = 1_000  # below the headings of one sheet; a nota has some hundred
MOST_PLACES = 20  # of one kind of finding in one sheet
SEARCHED_ROWS = 10  # for headings below a title
YEAR_HEADING = re.compile(r"(?:streefwaarde|streef|jaar)?\s*([0-9]{4})")
TOTAL = re.compile(r"(?:sub|eind)?totaal|total", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row below the headings: its number, and its filled cells by key of the column, or by year."""

    table: "Table"
    number: int
    cells: Mapping[str | int, Cell]

    def cell(self, key: str | int) -> Cell:
        """Return the cell in a column, an empty one when it is not filled or not there."""
        return self.cells.get(key, EMPTY)

    def place(self, key: str | int) -> Place:
        """Return the place of a cell; the beginning of the row when the sheet does not have the column."""
        return self.table.place(self.number, key)

    @property
    def years(self) -> Iterator[tuple[int, Cell]]:
        """The filled cells under years, in order of year."""
        return ((key, self.cells[key]) for key in sorted(key for key in self.cells if isinstance(key, int)))


@dataclass(kw_only=True)
class Table:
    """The table of a sheet. `columns` has the number of each column by key, or by year; `head` is the heading row."""

    layout: Layout
    name: str
    head: int = 1
    columns: dict[str | int, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def place(self, row: int, key: str | int) -> Place:
        """Return the place in a row under a column."""
        first = min(self.columns.values(), default=1)
        return Place(self.name, row, letter(self.columns.get(key, first)))


def find_tables(grids: Sequence[Grid], findings: SheetFindings) -> dict[str, Table] | None:
    """Return the table of each layout by its name, empty for a sheet that is not there.

    Return None when a sheet cannot be read as a table; the findings then say why.
    """
    by_name = {layout.name.casefold(): layout for layout in LAYOUTS}
    tables: dict[str, Table] = {}
    is_readable = True
    for grid in grids:
        layout = by_name.get(_fold(grid.name))
        if _fold(grid.name) == EXPLANATION_NAME.casefold() or (not layout and grid.visible and not grid.rows):
            continue
        if layout is None:
            _refuse_unknown_sheet(grid, findings)
        elif not grid.visible:
            sentence = f"Het werkblad ‘{grid.name}’ is verborgen. Maak het zichtbaar, of haal het weg."
            findings.refuse("sheet-hidden", Place(grid.name, 1, "A"), sentence, typed=grid.name)
            is_readable = False
        elif layout.name in tables:
            sentence = f"Het werkblad ‘{layout.name}’ staat er twee keer."
            findings.refuse("sheet-twice", Place(grid.name, 1, "A"), sentence, typed=grid.name)
            is_readable = False
        else:
            tables[layout.name] = Table(layout=layout, name=grid.name)
            is_readable &= _read_table(grid, tables[layout.name], findings)
    for layout in LAYOUTS:
        if layout.name not in tables and not layout.required:
            tables[layout.name] = Table(layout=layout, name=layout.name)
        elif layout.name not in tables and not any(_fold(grid.name) == layout.name.casefold() for grid in grids):
            unknown = [grid.name for grid in grids if _fold(grid.name) not in by_name and grid.rows]
            sentence = f"Het werkblad ‘{layout.name}’ ontbreekt."
            near = findings.closest(layout.name, unknown)
            sentence += f" Geef het werkblad ‘{near}’ die naam." if near else ""
            findings.refuse("sheet-missing", Place(layout.name, 1, "A"), sentence, meant=near)
            is_readable = False
    return tables if is_readable else None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _heading(cell: Cell) -> str:
    """Return a heading as it is compared; a sign of obligation behind it does not count."""
    return _fold(plain_text(cell)).rstrip(" *:")


def _refuse_unknown_sheet(grid: Grid, findings: SheetFindings) -> None:
    names = [layout.name for layout in LAYOUTS]
    sentence = f"Het werkblad ‘{grid.name}’ hoort niet in een kadernota. Haal het weg, of geef het de goede naam."
    meant = findings.closest(grid.name, [*names, EXPLANATION_NAME])
    findings.refuse("sheet-unknown", Place(grid.name, 1, "A"), sentence, typed=grid.name, meant=meant)


def _read_table(grid: Grid, table: Table, findings: SheetFindings) -> bool:
    """Fill in the columns and rows of a table. Return whether it can be read as a table."""
    rows = {number: cells for number, cells in sorted(grid.rows.items()) if has_content(cells.values())}
    if grid.size_refusal or len(rows) > MOST_ROWS + 1:
        sentence = f"Dit werkblad heeft meer dan {MOST_ROWS:_} gevulde rijen, of te veel kolommen.".replace("_", ".")
        findings.refuse("sheet-too-large", Place(grid.name, 1, "A"), sentence)
        return False
    table.head = min(rows, default=1)
    if not _read_headings(rows, table, findings):
        return False
    merged = [area for area in sorted(grid.merged) if area[0] <= max(rows) and area[2] >= table.head]
    for top, left, bottom, right in merged[:MOST_PLACES]:
        sentence = (
            f"In {letter(left)}{top}:{letter(right)}{bottom} zijn cellen samengevoegd. Splits ze en vul elke cel in."
        )
        findings.refuse("cells-merged", Place(grid.name, top, letter(left)), sentence)
    _notice_hidden(grid, rows, table, findings)
    _read_rows({number: cells for number, cells in rows.items() if number > table.head}, table, findings)
    return not merged


def _keys_by_heading(layout: Layout) -> dict[str, str]:
    return {
        heading.casefold(): column.key for column in layout.columns for heading in (*column.also[::-1], column.heading)
    }


def _key_of(cell: Cell, layout: Layout, keys: Mapping[str, str]) -> str | int | None:
    """Return the key of the column with this heading, or its year; None for an unknown one."""
    heading = _heading(cell)
    if heading in keys:
        return keys[heading]
    year = YEAR_HEADING.fullmatch(heading) if layout.years else None
    return int(year[1]) if year and EARLIEST_YEAR <= int(year[1]) <= LATEST_YEAR else None


def _read_headings(rows: Mapping[int, Mapping[int, Cell]], table: Table, findings: SheetFindings) -> bool:
    layout, keys = table.layout, _keys_by_heading(table.layout)
    headings = {column: cell for column, cell in sorted(rows.get(table.head, {}).items()) if is_filled(cell)}
    found = {column: _key_of(cell, layout, keys) for column, cell in headings.items()}
    missing = [column.heading for column in layout.columns if column.required and column.key not in found.values()]
    if missing and not _explain_missing(rows, table, missing, findings):
        return False
    unknown: list[int] = []
    for column, key in found.items():
        place = Place(table.name, table.head, letter(column))
        if key is None:
            unknown.append(column)
        elif key in table.columns:
            sentence = f"De kolom ‘{plain_text(headings[column])}’ staat er twee keer. Laat er één over."
            findings.refuse("column-twice", place, sentence, typed=plain_text(headings[column]))
        else:
            table.columns[key] = column
    for column in unknown[:MOST_PLACES]:
        _refuse_unknown_column(headings[column], column, table, findings)
    if not missing:
        _refuse_headless(rows, table, [*found], findings)
    return not missing


def _explain_missing(
    rows: Mapping[int, Mapping[int, Cell]], table: Table, missing: Sequence[str], findings: SheetFindings
) -> bool:
    """Refuse a table without its headings. Return whether other findings about its headings are of use."""
    place = Place(table.name, table.head, "A")
    other = _layout_of(rows.get(table.head, {}))
    if other is not None and other is not table.layout:
        sentence = f"Hier staan de koppen van ‘{other.name}’. Zijn de werkbladen verwisseld?"
        findings.refuse("sheets-swapped", place, sentence, typed=table.name, meant=other.name)
        return False
    keys = _keys_by_heading(table.layout)
    for number, cells in [*rows.items()][1:SEARCHED_ROWS]:
        if len({_key_of(cell, table.layout, keys) for cell in cells.values()} - {None}) >= 2:
            sentence = f"De koppen staan in rij {number}. Haal de rijen erboven weg: de koppen staan bovenaan."
            findings.refuse("headings-not-first", place, sentence)
            return False
    if not rows:
        findings.refuse("sheet-empty", place, f"Het werkblad ‘{table.layout.name}’ is leeg: ook de koppen ontbreken.")
        return False
    is_plural = len(missing) > 1
    names = listed([f"‘{name}’" for name in missing])
    sentence = f"{'De kolommen' if is_plural else 'De kolom'} {names} {'ontbreken' if is_plural else 'ontbreekt'}."
    findings.refuse("column-missing", place, sentence)
    return True


def _layout_of(headings: Mapping[int, Cell]) -> Layout | None:
    """Return the layout that has most of these headings; None when it needs others too."""

    def known(layout: Layout) -> set[str | int | None]:
        keys = _keys_by_heading(layout)
        return {_key_of(cell, layout, keys) for cell in headings.values()} - {None}

    layout = max(LAYOUTS, key=lambda layout: len(known(layout)))
    return layout if {column.key for column in layout.columns if column.required} <= known(layout) else None


def _refuse_unknown_column(cell: Cell, column: int, table: Table, findings: SheetFindings) -> None:
    typed = typed_text(cell)
    free = [item.heading for item in table.layout.columns if item.key not in table.columns]
    years = [key for key in table.columns if isinstance(key, int)]
    if table.layout.years and re.search(r"[0-9]", typed):
        # A mistyped year is the one that is missing among its neighbours.
        between = range(min(years, default=2000) - 1, max(years, default=2050) + 2)
        free = [str(year) for year in between if year not in years]
    place = Place(table.name, table.head, letter(column))
    sentence = f"De kolom ‘{typed}’ hoort niet in het werkblad ‘{table.layout.name}’."
    meant = cell.text[:4] if cell.kind == "date" else findings.closest(typed, free)
    findings.refuse("column-unknown", place, sentence, typed=typed, meant=meant)


def _refuse_headless(
    rows: Mapping[int, Mapping[int, Cell]], table: Table, headed: Sequence[int], findings: SheetFindings
) -> None:
    """Refuse content in a column without a heading, at its first cell."""
    refused = set(headed)
    for number, cells in rows.items():
        for column, cell in cells.items():
            if column not in refused and is_filled(cell) and number > table.head:
                refused.add(column)
                place = Place(table.name, number, letter(column))
                sentence = "Boven deze kolom staat geen kop. Zet er een kop boven, of haal de cellen leeg."
                findings.refuse("column-without-heading", place, sentence, typed=typed_text(cell))


def _notice_hidden(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], table: Table, findings: SheetFindings) -> None:
    for number in sorted(grid.hidden_rows & set(rows))[:MOST_PLACES]:
        sentence = f"Rij {number} is verborgen, en is wel gelezen."
        findings.notice("row-hidden", Place(table.name, number, "A"), sentence)
    for key, column in table.columns.items():
        if column in grid.hidden_columns:
            heading = table.layout.column(key).heading if isinstance(key, str) else key
            sentence = f"Kolom {letter(column)} ({heading}) is verborgen, en is wel gelezen."
            findings.notice("column-hidden", table.place(table.head, key), sentence)


def _read_rows(rows: Mapping[int, Mapping[int, Cell]], table: Table, findings: SheetFindings) -> None:
    keys = _keys_by_heading(table.layout)
    required = [column.key for column in table.layout.columns if column.required]
    for number, cells in rows.items():
        filled = {
            key: cells[column] for key, column in table.columns.items() if column in cells and is_filled(cells[column])
        }
        row = Row(table=table, number=number, cells=filled)
        if not filled:
            continue
        first = next(iter(sorted(filled, key=lambda key: table.columns[key])))
        if len(filled) > 1 and all(_key_of(cell, table.layout, keys) == key for key, cell in filled.items()):
            sentence = "Hier staan de koppen nog een keer. Haal deze rij weg."
            findings.refuse("headings-twice", row.place(first), sentence, typed=plain_text(filled[first]))
        elif TOTAL.fullmatch(plain_text(filled[first])) and not all(key in filled for key in required):
            sentence = "Dit lijkt een rij met een totaal. Haal die weg: alleen indicatoren en onderdelen tellen."
            findings.refuse("row-total", row.place(first), sentence, typed=plain_text(filled[first]))
        else:
            table.rows.append(row)
