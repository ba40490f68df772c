"""Changes since the previous edition: lines that were added, changed or withdrawn, with a row for each change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.dutch import listed
from indicators.readmodel.differences import LineChange, LineEvent, differences
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import Programme
from indicators.readmodel.rows import Overview
from reports.appendix.cells import NOTHING
from reports.appendix.changes import TITLE as ERRATA
from reports.document import Block, Cell, Column, Paragraph, Section, Table
from reports.programme.lines import EFFORT, line_title, state_words
from reports.programme.money import money_cell

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
class ChangeRow:
    """A changed field of a line; `field` is "" for a line that was added or withdrawn."""

    change: LineChange
    field: str = ""


def change_rows(changes: Iterable[LineChange]) -> list[ChangeRow]:
    """Return a row for each changed field.

    The explanation belongs to the other changes; it is a change of its own only without these.
    """
    rows = []
    for change in changes:
        if change.event is LineEvent.CHANGED:
            rows += [ChangeRow(change, name) for name in change.fields if name != "result" or len(change.fields) == 1]
        else:
            rows.append(ChangeRow(change))
    return rows


def changes_section(previous: Overview | None, overview: Overview, programme: Programme, *, year: int) -> Section:
    """Return the changes in the lines, and the number of changed figures; `previous` is None for a first edition.

    With drafts, the lines of `overview` hold those of the programme too.
    """
    title = "Wijzigingen sinds de vorige editie"
    if previous is None:
        sentence = f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."
        return Section(title, 1, (Paragraph(sentence),))
    changes = differences(previous, overview)
    rows = change_rows(change for change in changes.lines if change.new.year in (year, year + 1))
    blocks: list[Block] = [Paragraph(_sentence(rows)), *_tables(rows, programme)]
    blocks.append(Paragraph(_figures_sentence(sum(erratum.year == year for erratum in changes.figures))))
    return Section(title, 1, tuple(blocks))


def _sentence(rows: list[ChangeRow]) -> str:
    """Return how many lines were changed, added and withdrawn."""
    if not rows:
        return "In de activiteiten en bedragen veranderde niets."
    lines = {row.change.new.first: row for row in rows}.values()
    kinds = Counter("gewijzigd" if row.field else _what(row) for row in lines)
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


def _tables(changes: list[ChangeRow], programme: Programme) -> list[Table]:
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
            Cell(names.get(row.change.new.topic, NOTHING)),
            Cell(str(row.change.new.year)),
            Cell(line_title(row.change.old or row.change.new)),
            Cell(_what(row)),
            *_values(row),
            Cell(row.change.new.result or NOTHING),
        )
        for number, row in enumerate(changes, start=1)
    )
    return [Table("Gewijzigde activiteiten en bedragen", columns, rows, name="Wijzigingen")]


def _what(row: ChangeRow) -> str:
    if row.field:
        return FIELDS[row.field]
    return WITHDRAWN if row.change.event is LineEvent.WITHDRAWN else ADDED


def _values(row: ChangeRow) -> tuple[Cell, Cell]:
    """Return the old and the new value."""
    old, new = row.change.old, row.change.new
    if not row.field:
        title = Cell(line_title(old or new))
        return (title, Cell(NOTHING)) if row.change.event is LineEvent.WITHDRAWN else (Cell(NOTHING), title)
    assert old is not None
    return _value(old, row.field), _value(new, row.field)


def _value(line: Line, field: str) -> Cell:
    if field in MONEY:
        return money_cell(getattr(line, field))
    return Cell((state_words(line) if field == "state" else getattr(line, field)) or NOTHING)
