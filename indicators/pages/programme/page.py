"""The page model of the programme of a year: every line of every part, and what each still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from indicators.pages.activities import Amounts, state_mark, total
from indicators.readmodel.line_tasks import LineDraft, LineTasks, Rejection
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import ProgrammePart
from priorities.models import PriorityKind

PART_WORDS = {PriorityKind.PRIORITY: "prioriteit", PriorityKind.THEME: "thema", PriorityKind.VTH: "vth"}


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line as a row: its state, what it lacks, and whether it was sent back. `edition` is "" for a draft."""

    line: Line
    mark: SafeString
    edition: str
    lacks: str
    returned: Rejection | None


@dataclass(frozen=True, kw_only=True)
class PartBlock:
    """A part with its lines of the year; `groups` are efforts with their activities."""

    part: ProgrammePart
    key: str
    name: str
    groups: tuple[tuple[str, tuple[LineRow, ...]], ...]
    amounts: tuple[LineRow, ...]
    totals: Amounts

    @property
    def is_empty(self) -> bool:
        """Whether it has no lines this year."""
        return not self.groups and not self.amounts


@dataclass(frozen=True, kw_only=True)
class LinesPage:
    """All lines of a year. `empty` are the themes without lines, listed briefly; `lacking` counts incomplete lines."""

    year: int
    blocks: tuple[PartBlock, ...]
    empty: tuple[PartBlock, ...]
    withdrawn: tuple[LineDraft, ...]
    copyable: int
    number: int
    lacking: int


def part_key(part: ProgrammePart) -> str:
    """Return the part of an address that names a part: prioriteit-1, thema-3, vth-1."""
    return f"{PART_WORDS[part.kind]}-{part.number}"


def part_name(part: ProgrammePart) -> str:
    """Return the heading of a part: a priority with its number."""
    return f"{part.number}. {part.name}" if part.kind is PriorityKind.PRIORITY else part.name


def edition_year_of(year: int, today: date) -> int:
    """Return the year of the next edition with lines of this year: the account of a past year, else a look ahead."""
    return year if year < today.year else year - 1


def build_lines(tasks: LineTasks, year: int, *, today: date) -> LinesPage:
    """Build the page of a year. No queries."""
    edition_year = edition_year_of(year, today)
    order = (PriorityKind.PRIORITY, PriorityKind.VTH, PriorityKind.THEME)
    parts = sorted(tasks.recorded.parts, key=lambda part: (order.index(part.kind), part.number))
    blocks = [_block(tasks, part, year, edition_year) for part in parts]
    rows = [row for block in blocks for row in _rows(block)]
    idle = [block for block in blocks if block.is_empty and block.part.kind is PriorityKind.THEME]
    return LinesPage(
        year=year,
        blocks=tuple(block for block in blocks if block not in idle),
        empty=tuple(idle),
        withdrawn=tuple(draft for draft in tasks.drafts(year) if draft.new.withdrawn and draft.new.year == year),
        copyable=len(tasks.copyable(year)),
        number=len(rows),
        lacking=sum(bool(row.lacks) for row in rows),
    )


def _block(tasks: LineTasks, part: ProgrammePart, year: int, edition_year: int) -> PartBlock:
    groups = tuple(
        (effort, tuple(_row(tasks, line, edition_year) for line in lines)) for effort, lines in part.by_effort(year)
    )
    amounts = part.finances(year)
    return PartBlock(
        part=part,
        key=part_key(part),
        name=part_name(part),
        groups=groups,
        amounts=tuple(_row(tasks, line, edition_year) for line in amounts),
        totals=total(amounts),
    )


def _row(tasks: LineTasks, line: Line, edition_year: int) -> LineRow:
    return LineRow(
        line=line,
        mark=state_mark(line.state),
        edition=line.edition.label if line.edition else "",
        lacks=line.missing(edition_year),
        returned=tasks.rejections.get(line.pk),
    )


def _rows(block: PartBlock) -> Iterator[LineRow]:
    for _, rows in block.groups:
        yield from rows
    yield from block.amounts
