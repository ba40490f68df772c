"""The lines of the programme in an edition, and those that differ between two editions. Public: no drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.pages.activities import state_mark
from indicators.pages.line_changes import line_changes
from indicators.pages.links import Links
from indicators.readmodel.differences import LineChange
from indicators.readmodel.lines import Line, adopted_lines
from indicators.readmodel.rows import Overview
from indicators.readmodel.structure import Part
from priorities.models import PriorityKind

KIND_ORDER = (PriorityKind.PRIORITY, PriorityKind.VTH, PriorityKind.THEME)


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


def edition_lines(before: Overview, overview: Overview, links: Links) -> EditionLines:
    """Return the lines that the last decision of `overview` holds, with their changes since `before`. No queries."""
    old = adopted_lines(before.lines)
    sequence = len(overview.chain.decisions)
    lines = [line for line in overview.lines if line.edition and line.edition.sequence == sequence]
    rows = _rows([(old.get(line.first), line) for line in lines], overview, links.edition)
    return EditionLines(
        tuple(row for row in rows if row.line.year == links.year),
        tuple(row for row in rows if row.line.year != links.year),
    )


def compare_lines(changes: Sequence[LineChange], overview: Overview, label: str) -> tuple[LineRow, ...]:
    """Return the changed lines as rows that link to the edition with this label. No queries."""
    return _rows([(change.old, change.new) for change in changes], overview, label)


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


def _rows(revisions: Sequence[tuple[Line | None, Line]], overview: Overview, label: str) -> tuple[LineRow, ...]:
    """Return a row for each pair of the revision before and the line, by year and part in the order of the nota."""
    parts = {part.pk: part for part in overview.parts}
    pairs = [(parts[line.topic], previous, line) for previous, line in revisions if line.topic in parts]
    pairs.sort(key=lambda pair: (pair[2].year, KIND_ORDER.index(pair[0].kind), pair[0].number, pair[2].first))
    return tuple(_row(part, previous, line, Links(overview.slug, line.year, label)) for part, previous, line in pairs)


def _row(part: Part, previous: Line | None, line: Line, links: Links) -> LineRow:
    return LineRow(
        line=line,
        part=part.name,
        url=f"{links.part(part.kind, part.number)}#regel-{line.first}",
        mark=state_mark(line.state),
        changes=tuple(line_changes(previous, line)) if previous else (),
        is_new=previous is None,
    )
