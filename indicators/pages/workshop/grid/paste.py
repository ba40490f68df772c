"""Read a pasted block of a spreadsheet: rows with tabs, with or without a row of years and a column of codes."""

import re
from dataclasses import dataclass, field

from indicators.pages.workshop.grid.page import BASELINE, BASELINE_YEAR, Cells, Column, Place

YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_BLOCK = 100_000


@dataclass
class Block:
    """The cells that a block fills, and the lines and columns that belong nowhere, each with a sentence."""

    cells: Cells = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


def read_block(text: str, places: list[Place], columns: tuple[Column, ...], *, first: str = "") -> Block:
    """Return what a pasted block fills.

    A first line with years, or with the word nulmeting, names the columns; else they are the baseline, then the target
    years. A first column with codes or names names the rows; else they follow each other from the component `first`.
    """
    block = Block()
    lines = [line.split("\t") for line in text[:LONGEST_BLOCK].splitlines() if line.strip()]
    if not lines:
        block.skipped.append("Er stond niets in het blok.")
        return block
    heading = _heading(lines[0], columns)
    rows = lines[1:] if heading else lines
    named = _names(rows, places)
    start = next((index for index, place in enumerate(places) if place.key == first), 0)
    offset = min(heading) if heading else (1 if named else 0)
    order: list[Column] = [column for column in columns if column != BASELINE_YEAR]
    for index, row in enumerate(rows):
        name = row[0].strip()
        place = named.get(index) if named else (places[start + index] if start + index < len(places) else None)
        if place is None:
            what = f"‘{name[:40]}’ is geen code of naam van een onderdeel" if named else "er zijn niet zo veel rijen"
            block.skipped.append(f"Regel {index + 1 + bool(heading)}: {what}.")
            continue
        for number, cell in enumerate(row):
            if heading:
                column = heading.get(number)
            else:
                column = order[number - offset] if 0 <= number - offset < len(order) else None
            if column is not None:
                block.cells[place.key, column] = cell.strip()
            elif cell.strip() and number >= offset:
                block.skipped.append(f"Regel {index + 1 + bool(heading)}: voor ‘{cell.strip()[:40]}’ is geen kolom.")
    return block


def _heading(cells: list[str], columns: tuple[Column, ...]) -> dict[int, Column]:
    """Return the columns that the cells of a first line name; empty when it is no heading."""
    found: dict[int, Column] = {}
    for number, cell in enumerate(cells):
        words = cell.strip().casefold()
        if words.startswith("nulmeting"):
            found[number] = BASELINE
        elif YEAR.fullmatch(words) and int(words) in columns:
            found[number] = int(words)
        elif words == "jaar":
            found[number] = BASELINE_YEAR
    years = [column for column in found.values() if isinstance(column, int)]
    return found if len(years) > 1 or BASELINE in found.values() else {}


def _names(rows: list[list[str]], places: list[Place]) -> dict[int, Place]:
    """Return the component that the first cell of each row names; empty when most name none."""
    known: dict[str, Place] = {}
    for place in reversed(places):
        indicator, component = place.indicator, place.component
        for name in (
            place.label,
            f"{indicator['name']} {component['name']}".strip(),
            indicator["name"],
            indicator["code"],
            f"{indicator['code']} {indicator['name']}",
        ):
            known[name.casefold()] = place
    named = {}
    for index, row in enumerate(rows):
        texts = [cell.strip() for cell in row[:2]]
        for name in (" ".join(texts), *texts[:1]):
            if name.casefold() in known:
                named[index] = known[name.casefold()]
                break
    return named if 2 * len(named) >= len(rows) else {}
