"""The lines of the programme in an edition, and what differs between two editions. Public: no draft is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.pages.activities import state_mark
from indicators.pages.line_changes import line_changes
from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.programme import History, Line, Part, load_revisions
from priorities.models import Kadernota, PriorityKind


@dataclass(frozen=True)
class Record:
    """Every adopted revision of every line of a kadernota, with the parts that they belong to."""

    slug: str
    history: History
    parts: dict[int, Part]

    def place(self, line: Line) -> tuple[int, int, int, int]:
        """Where a line stands in a list: by part as the nota has them, then as it was first recorded."""
        part = self.parts[line.priority]
        order = (PriorityKind.PRIORITY, PriorityKind.VTH, PriorityKind.THEME)
        return line.year, order.index(part.kind), part.number, line.first


@dataclass(frozen=True)
class HeldLine:
    """A line as a row: `changes` is what differs from what was adopted before; without any it is new."""

    line: Line
    part: str
    url: str
    mark: SafeString
    changes: tuple[tuple[str, str, str], ...]
    is_new: bool


@dataclass(frozen=True)
class EditionLines:
    """What an edition tells of the programme: the account of its year, the look ahead to the next."""

    account: tuple[HeldLine, ...]
    ahead: tuple[HeldLine, ...]

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.account) + len(self.ahead)


def load_record(kadernota: Kadernota, editions: Iterable[EditionInfo], parts: Iterable[Part]) -> Record:
    """Load all adopted revisions of the lines of these parts. One query, whatever their number."""
    revisions = load_revisions(kadernota, {info.pk: info for info in editions}, people=False)
    adopted = History(tuple(line for line in revisions if not line.is_draft))
    return Record(kadernota.slug, adopted, {part.pk: part for part in parts})


def edition_lines(record: Record, edition: int, links: Links) -> EditionLines:
    """The lines of the edition with this key, each with what was adopted of it before. No queries."""
    before = record.history.adopted(edition - 1)
    held = [line for line in record.history.revisions if line.edition and line.edition.pk == edition]
    rows = [_row(record, line, before.get(line.first), links) for line in sorted(held, key=record.place)]
    return EditionLines(
        tuple(row for row in rows if row.line.year == links.year),
        tuple(row for row in rows if row.line.year != links.year),
    )


def compare_lines(record: Record, before: EditionInfo, after: EditionInfo) -> tuple[HeldLine, ...]:
    """Each line that differs between two editions, the earlier one first. No queries."""
    if before.pk == after.pk:
        return ()
    return tuple(_differing(record, record.history.adopted(before.pk), record.history.adopted(after.pk), after.label))


def lines_sentence(lines: Iterable[HeldLine]) -> str:
    """How many lines came and changed, in one sentence; "" where none did."""
    found = list(lines)
    new, gone = sum(row.is_new for row in found), sum(row.line.withdrawn for row in found)
    changed = len(found) - new - gone
    told = [
        f"{plural(new, 'kwam', 'kwamen')} er {_regels(new)} bij" if new else "",
        f"{plural(changed, 'veranderde', 'veranderden')} {_regels(changed)}" if changed else "",
        f"{plural(gone, 'verviel', 'vervielen')} er {_regels(gone)} als vergissing" if gone else "",
    ]
    return f"In het programma {listed([one for one in told if one])}." if found else ""


def _regels(number: int) -> str:
    return counted(number, "regel", "regels")


def _differing(record: Record, old: dict[int, Line], new: dict[int, Line], label: str) -> Iterator[HeldLine]:
    for line in sorted(new.values(), key=record.place):
        was = old.get(line.first)
        if (was is None and line.withdrawn) or (was is not None and was.pk == line.pk):
            continue
        yield _row(record, line, was, Links(record.slug, line.year, label))


def _row(record: Record, line: Line, was: Line | None, links: Links) -> HeldLine:
    part = record.parts[line.priority]
    there = Links(links.slug, line.year, links.edition).part(part.kind, part.number)
    changes = tuple(line_changes(was, line)) if was else ()
    return HeldLine(line, part.name, f"{there}#regel-{line.first}", state_mark(line.state), changes, was is None)
