"""What changed since the edition before: the lines that were added, changed or withdrawn, each change in a row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.domain.dutch import listed
from indicators.readmodel.errata import compare
from indicators.readmodel.programme import Line, Programme
from indicators.readmodel.rows import Overview
from reports.appendix.cells import NOTHING
from reports.appendix.changes import TITLE as ERRATA
from reports.document import Block, Cell, Column, Paragraph, Section, Table
from reports.programme.lines import EFFORT, line_title, state_words
from reports.programme.money import money_cell

Lines = Mapping[int, Line]  # by what each began with, those withdrawn too
FIELDS = {
    "title": "Wat",
    "effort": EFFORT,
    "partners": "Met wie",
    "planned": "Wanneer",
    "state": "Stand",
    "budget": "Begroot (€)",
    "spent": "Besteed (€)",
    "result": "Resultaat of toelichting",
}
MONEY = ("budget", "spent")
ADDED, WITHDRAWN = "nieuw", "ingetrokken"


@dataclass(frozen=True)
class LineChange:
    """One thing that changed of a line; `field` is "" for a line that was added or withdrawn."""

    old: Line | None
    new: Line
    field: str = ""


def programme_changes(before: Lines, after: Lines, years: Iterable[int]) -> list[LineChange]:
    """What differs in the lines of these years, in the order in which they were first recorded."""
    wanted = set(years)
    return [
        change
        for first, new in sorted(after.items())
        if new.year in wanted
        for change in _changes(before.get(first), new)
    ]


def _changes(old: Line | None, new: Line) -> Iterator[LineChange]:
    was, stays = old is not None and not old.withdrawn, not new.withdrawn
    if was and stays and old:
        # The explanation goes with what changed; by itself it is named when nothing else did.
        found = [name for name in FIELDS if name != "result" and getattr(old, name) != getattr(new, name)]
        yield from (LineChange(old, new, name) for name in found or (["result"] if old.result != new.result else []))
    elif was or stays:
        yield LineChange(old, new)


def changes_section(
    before: Lines | None, after: Lines, programme: Programme, previous: Overview | None, overview: Overview, year: int
) -> Section:
    """What changed in the lines, and how many figures; `before` is None for the first edition of a year."""
    title = "Wijzigingen sinds de vorige editie"
    if before is None or previous is None:
        told = f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."
        return Section(title, 1, (Paragraph(told),))
    found = programme_changes(before, after, (year, year + 1))
    blocks: list[Block] = [Paragraph(_sentence(found)), *_tables(found, programme)]
    figures = sum(one.year == year for one in compare(previous, overview))
    blocks.append(Paragraph(_figures_sentence(figures)))
    return Section(title, 1, tuple(blocks))


def _sentence(found: list[LineChange]) -> str:
    """How many lines changed, are new and were withdrawn."""
    if not found:
        return "In de activiteiten en bedragen veranderde niets."
    lines = {change.new.first: change for change in found}.values()
    kinds = Counter("gewijzigd" if change.field else _what(change) for change in lines)
    told = [f"{kinds[kind]} {kind}" for kind in ("gewijzigd", ADDED, WITHDRAWN) if kinds[kind]]
    number = "is één regel" if len(lines) == 1 else f"zijn {len(lines)} regels"
    if len(kinds) == 1:
        return f"Van de activiteiten en bedragen {number} {told[0].split(' ')[1]}."
    return f"Van de activiteiten en bedragen {number} anders: {listed(told)}."


def _figures_sentence(number: int) -> str:
    if not number:
        return "In de cijfers van de indicatoren veranderde niets."
    told = "is er één cijfer" if number == 1 else f"zijn er {number} cijfers"
    return f"Van de indicatoren {told} gewijzigd of aangevuld: zie ‘{ERRATA}’ in de bijlage."


def _tables(found: list[LineChange], programme: Programme) -> list[Table]:
    if not found:
        return []
    columns = (
        Column("Nr", width=5),
        Column("Onderdeel", width=20),
        Column("Jaar", "figure", 6),
        Column("Regel", "heading", 22),
        Column("Wat veranderde", width=14),
        Column("Stond er", width=18),
        Column("Staat er nu", width=18),
        Column("Reden of toelichting", width=30),
    )
    names = {part.pk: part.name for part in programme.parts}
    rows = tuple(
        (
            Cell(f"R{number}"),
            Cell(names[change.new.priority]),
            Cell(str(change.new.year)),
            Cell(line_title(change.old or change.new)),
            Cell(_what(change)),
            *_values(change),
            Cell(change.new.result or NOTHING),
        )
        for number, change in enumerate(found, start=1)
    )
    return [Table("Gewijzigde activiteiten en bedragen", columns, rows, name="Wijzigingen")]


def _what(change: LineChange) -> str:
    return FIELDS[change.field] if change.field else WITHDRAWN if change.new.withdrawn else ADDED


def _values(change: LineChange) -> tuple[Cell, Cell]:
    """What stood there and what stands there now."""
    if not change.field:
        there = Cell(line_title(change.old or change.new))
        return (there, Cell(NOTHING)) if change.new.withdrawn else (Cell(NOTHING), there)
    return _value(change.old, change.field), _value(change.new, change.field)


def _value(line: Line | None, field: str) -> Cell:
    assert line is not None
    if field in MONEY:
        return money_cell(getattr(line, field))
    return Cell((state_words(line) if field == "state" else getattr(line, field)) or NOTHING)
