"""The page on which an officer keeps the programme of a year: every line of every part, and what each still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from indicators.pages.activities import Amounts, state_mark, total
from indicators.readmodel.line_tasks import LineDraft, LineTasks, Rejection
from indicators.readmodel.programme import Line, Part
from priorities.models import PriorityKind

PART_WORDS = {PriorityKind.PRIORITY: "prioriteit", PriorityKind.THEME: "thema", PriorityKind.VTH: "vth"}


@dataclass(frozen=True)
class LineRow:
    """A line as a row: how it stands, what it lacks, and whether it was sent back. `edition` is "" for a draft."""

    line: Line
    mark: SafeString
    edition: str
    asks: str
    returned: Rejection | None


@dataclass(frozen=True)
class PartBlock:
    """A part with its lines of the year; `groups` are efforts with their activities."""

    part: Part
    key: str
    name: str
    groups: tuple[tuple[str, tuple[LineRow, ...]], ...]
    amounts: tuple[LineRow, ...]
    totals: Amounts

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded of it this year."""
        return not self.groups and not self.amounts


@dataclass(frozen=True)
class LinesPage:
    """All lines of a year. `empty` are the themes without any, which need no more than a line each."""

    year: int
    blocks: tuple[PartBlock, ...]
    empty: tuple[PartBlock, ...]
    withdrawn: tuple[LineDraft, ...]
    copyable: int
    number: int
    lacking: int


def part_key(part: Part) -> str:
    """How an address names a part: prioriteit-1, thema-3, vth-1."""
    return f"{PART_WORDS[part.kind]}-{part.number}"


def part_name(part: Part) -> str:
    """How a page names a part: a priority with its number."""
    return f"{part.number}. {part.name}" if part.kind is PriorityKind.PRIORITY else part.name


def edition_year_of(year: int, today: date) -> int:
    """The year of the edition that will tell of this year next: its own account once it is over, else a look ahead."""
    return year if year < today.year else year - 1


def build_lines(work: LineTasks, year: int, *, today: date) -> LinesPage:
    """Build the page of a year. No queries."""
    told_in = edition_year_of(year, today)
    order = (PriorityKind.PRIORITY, PriorityKind.VTH, PriorityKind.THEME)
    parts = sorted(work.recorded.parts, key=lambda part: (order.index(part.kind), part.number))
    blocks = [_block(work, part, year, told_in) for part in parts]
    rows = [row for block in blocks for row in _rows(block)]
    idle = [block for block in blocks if block.is_empty and block.part.kind is PriorityKind.THEME]
    return LinesPage(
        year,
        tuple(block for block in blocks if block not in idle),
        tuple(idle),
        tuple(draft for draft in work.drafts(year) if draft.new.withdrawn and draft.new.year == year),
        len(work.copyable(year)),
        len(rows),
        sum(bool(row.asks) for row in rows),
    )


def _block(work: LineTasks, part: Part, year: int, told_in: int) -> PartBlock:
    groups = tuple(
        (effort, tuple(_row(work, line, told_in) for line in lines)) for effort, lines in part.by_effort(year)
    )
    money = part.finances(year)
    amounts = tuple(_row(work, line, told_in) for line in money)
    return PartBlock(part, part_key(part), part_name(part), groups, amounts, total(money))


def _row(work: LineTasks, line: Line, told_in: int) -> LineRow:
    edition = line.edition.label if line.edition else ""
    return LineRow(line, state_mark(line.state), edition, line.missing(told_in), work.rejections.get(line.pk))


def _rows(block: PartBlock) -> Iterator[LineRow]:
    for _, rows in block.groups:
        yield from rows
    yield from block.amounts
