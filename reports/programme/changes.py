"""Changes since the previous edition: lines that were added, changed or withdrawn, with a row for each change."""

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

Lines = Mapping[int, Line]  # newest version by key of the first version, withdrawn lines included
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
    """A changed field of a line; `field` is "" for a line that was added or withdrawn."""

    old: Line | None
    new: Line
    field: str = ""


def programme_changes(before: Lines, after: Lines, years: Iterable[int]) -> list[LineChange]:
    """Return the changes in the lines of these years, in the order in which the lines were first recorded."""
    included = set(years)
    return [
        change
        for first, new in sorted(after.items())
        if new.year in included
        for change in _changes(before.get(first), new)
    ]


def _changes(old: Line | None, new: Line) -> Iterator[LineChange]:
    was, stays = old is not None and not old.withdrawn, not new.withdrawn
    if was and stays and old:
        # The explanation belongs to the other changes; it is a change of its own only without these.
        fields = [name for name in FIELDS if name != "result" and getattr(old, name) != getattr(new, name)]
        yield from (LineChange(old, new, name) for name in fields or (["result"] if old.result != new.result else []))
    elif was or stays:
        yield LineChange(old, new)


def changes_section(
    before: Lines | None,
    after: Lines,
    programme: Programme,
    *,
    previous: Overview | None,
    overview: Overview,
    year: int,
) -> Section:
    """Return the changes in the lines, and the number of changed figures; `before` is None for a first edition."""
    title = "Wijzigingen sinds de vorige editie"
    if before is None or previous is None:
        sentence = f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."
        return Section(title, 1, (Paragraph(sentence),))
    changes = programme_changes(before, after, (year, year + 1))
    blocks: list[Block] = [Paragraph(_sentence(changes)), *_tables(changes, programme)]
    figures = sum(erratum.year == year for erratum in compare(previous, overview))
    blocks.append(Paragraph(_figures_sentence(figures)))
    return Section(title, 1, tuple(blocks))


def _sentence(changes: list[LineChange]) -> str:
    """Return how many lines were changed, added and withdrawn."""
    if not changes:
        return "In de activiteiten en bedragen veranderde niets."
    lines = {change.new.first: change for change in changes}.values()
    kinds = Counter("gewijzigd" if change.field else _what(change) for change in lines)
    counts = [f"{kinds[kind]} {kind}" for kind in ("gewijzigd", ADDED, WITHDRAWN) if kinds[kind]]
    number = "is één regel" if len(lines) == 1 else f"zijn {len(lines)} regels"
    if len(kinds) == 1:
        return f"Van de activiteiten en bedragen {number} {counts[0].split(' ')[1]}."
    return f"Van de activiteiten en bedragen {number} anders: {listed(counts)}."


def _figures_sentence(number: int) -> str:
    if not number:
        return "In de cijfers van de indicatoren veranderde niets."
    words = "is er één cijfer" if number == 1 else f"zijn er {number} cijfers"
    return f"Van de indicatoren {words} gewijzigd of aangevuld: zie ‘{ERRATA}’ in de bijlage."


def _tables(changes: list[LineChange], programme: Programme) -> list[Table]:
    if not changes:
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
        for number, change in enumerate(changes, start=1)
    )
    return [Table("Gewijzigde activiteiten en bedragen", columns, rows, name="Wijzigingen")]


def _what(change: LineChange) -> str:
    return FIELDS[change.field] if change.field else WITHDRAWN if change.new.withdrawn else ADDED


def _values(change: LineChange) -> tuple[Cell, Cell]:
    """Return the old and the new value."""
    if not change.field:
        title = Cell(line_title(change.old or change.new))
        return (title, Cell(NOTHING)) if change.new.withdrawn else (Cell(NOTHING), title)
    return _value(change.old, change.field), _value(change.new, change.field)


def _value(line: Line | None, field: str) -> Cell:
    assert line is not None
    if field in MONEY:
        return money_cell(getattr(line, field))
    return Cell((state_words(line) if field == "state" else getattr(line, field)) or NOTHING)
