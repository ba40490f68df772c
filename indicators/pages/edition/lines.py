"""The lines of the programme in an edition, and those that differ between two editions. Public: no drafts."""

from collections.abc import Iterable, Iterator, Sequence
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
class LineHistory:
    """Every adopted revision of the lines of a kadernota, and its parts by key."""

    slug: str
    revisions: History
    parts: dict[int, Part]

    def sort_key(self, line: Line) -> tuple[int, int, int, int]:
        """Return the sort key of a line: year, part in the order of the nota, first recording."""
        part = self.parts[line.priority]
        order = (PriorityKind.PRIORITY, PriorityKind.VTH, PriorityKind.THEME)
        return line.year, order.index(part.kind), part.number, line.first


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line as a row of a table; `changes` (name, before, after) since the revision adopted before."""

    line: Line
    part: str
    url: str
    mark: SafeString
    changes: tuple[tuple[str, str, str], ...]
    is_new: bool


@dataclass(frozen=True)
class EditionLines:
    """The lines of an edition: the account of its year and the plan of the next."""

    account: tuple[LineRow, ...]
    plan: tuple[LineRow, ...]

    @property
    def total(self) -> int:
        """The number of lines."""
        return len(self.account) + len(self.plan)


def load_line_history(kadernota: Kadernota, editions: Iterable[EditionInfo], parts: Iterable[Part]) -> LineHistory:
    """Load all adopted revisions of the lines of a kadernota; `parts` are its parts. One query."""
    revisions = load_revisions(kadernota, {info.pk: info for info in editions}, people=False)
    adopted = History(tuple(line for line in revisions if not line.is_draft))
    return LineHistory(kadernota.slug, adopted, {part.pk: part for part in parts})


def edition_lines(history: LineHistory, edition: int, links: Links) -> EditionLines:
    """Return the lines of the edition with this key, with their changes since the edition before. No queries."""
    before = history.revisions.adopted(edition - 1)
    lines = [line for line in history.revisions.revisions if line.edition and line.edition.pk == edition]
    rows = [_row(history, line, before.get(line.first), links) for line in sorted(lines, key=history.sort_key)]
    return EditionLines(
        tuple(row for row in rows if row.line.year == links.year),
        tuple(row for row in rows if row.line.year != links.year),
    )


def compare_lines(history: LineHistory, before: EditionInfo, after: EditionInfo) -> tuple[LineRow, ...]:
    """Return the lines that differ between two editions, the earlier one first. No queries."""
    if before.pk == after.pk:
        return ()
    old, new = history.revisions.adopted(before.pk), history.revisions.adopted(after.pk)
    return tuple(_changed_rows(history, old, new, after.label))


def lines_sentence(rows: Sequence[LineRow]) -> str:
    """Count the lines that are new, changed and withdrawn, in one sentence; "" without lines."""
    new, withdrawn = sum(row.is_new for row in rows), sum(row.line.withdrawn for row in rows)
    changed = len(rows) - new - withdrawn
    counts = [
        f"{plural(new, 'kwam', 'kwamen')} er {_line_count(new)} bij" if new else "",
        f"{plural(changed, 'veranderde', 'veranderden')} {_line_count(changed)}" if changed else "",
        f"{plural(withdrawn, 'verviel', 'vervielen')} er {_line_count(withdrawn)} als vergissing" if withdrawn else "",
    ]
    return f"In het programma {listed([text for text in counts if text])}." if rows else ""


def _line_count(number: int) -> str:
    return counted(number, "regel", "regels")


def _changed_rows(history: LineHistory, old: dict[int, Line], new: dict[int, Line], label: str) -> Iterator[LineRow]:
    for line in sorted(new.values(), key=history.sort_key):
        previous = old.get(line.first)
        if (previous is None and line.withdrawn) or (previous is not None and previous.pk == line.pk):
            continue
        yield _row(history, line, previous, Links(history.slug, line.year, label))


def _row(history: LineHistory, line: Line, previous: Line | None, links: Links) -> LineRow:
    part = history.parts[line.priority]
    part_url = Links(links.slug, line.year, links.edition).part(part.kind, part.number)
    return LineRow(
        line=line,
        part=part.name,
        url=f"{part_url}#regel-{line.first}",
        mark=state_mark(line.state),
        changes=tuple(line_changes(previous, line)) if previous else (),
        is_new=previous is None,
    )
