"""What an officer still has to do for a year, by source and deadline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indicators.domain.dutch import date_words
from indicators.domain.values import NoValue, Reason
from indicators.readmodel.line_tasks import LineTasks, Rejection
from indicators.readmodel.tasks import Draft, Gap, Tasks, deadline_words


class Task(Enum):
    """What there is to do about a figure, the most pressing first; the value is what the page calls it."""

    RETURNED = "Teruggestuurd"
    LACKS_EXPLANATION = "Toelichting ontbreekt"
    LACKS_RESULT = "Verslag niet compleet"
    MISSING = "Nog niet ingevuld"
    FOLLOWS = "Volgt nog (pm)"
    WAITING = "Wacht op vaststellen"


PRESSING = tuple(Task)
PM = NoValue(Reason.PM)


@dataclass(frozen=True)
class Item:
    """One figure with what there is to do about it. `anchor` is the place of its field on the page of the year."""

    task: Task
    label: str
    name: str
    printed: str
    anchor: str
    why: str = ""
    returned: Rejection | None = None


@dataclass(frozen=True)
class LineItem:
    """One line of the programme with what there is to do about it; by `year` and `first` its form is found."""

    task: Task
    title: str
    part: str
    year: int
    first: int
    withdrawn: bool
    why: str = ""
    returned: Rejection | None = None


@dataclass(frozen=True)
class SourceTodo:
    """The work on the figures of one source in a year; `deadline` says when they are due and how long that is."""

    source: str
    deadline: str
    is_late: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class TodoPage:
    """All work of a year; sources with the nearest deadline first, then by name."""

    year: int
    sources: tuple[SourceTodo, ...]
    lines: tuple[LineItem, ...] = ()

    def count(self, task: Task) -> int:
        """How many figures and lines of the programme ask for this."""
        figures = sum(item.task is task for source in self.sources for item in source.items)
        return figures + sum(item.task is task for item in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded that is not adopted, and nothing is missing."""
        return not self.sources and not self.lines

    @property
    def counts(self) -> list[tuple[Task, int]]:
        """What there is to do, with how often, the most pressing first."""
        return [(task, self.count(task)) for task in PRESSING if self.count(task)]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left for the officer: at most some figures wait for who adopts."""
        return not any(self.count(task) for task in PRESSING if task is not Task.WAITING)


def build_todo(work: Tasks, year: int, *, today: date) -> TodoPage:
    """Build the to-do page of a year. No queries."""
    items: dict[str, list[Item]] = {}
    for gap in work.missing(year) + work.following(year):
        items.setdefault(gap.row.source, []).append(_of_gap(gap))
    for draft in work.drafts(year):
        # A drafted "pm" is listed as such already, unless something presses more.
        if _task_of(draft) is not Task.WAITING or draft.new.value != PM:
            items.setdefault(draft.row.source, []).append(_of_draft(draft))
    sources = [_source(work, source, year, found, today) for source, found in items.items()]
    order = {source: work.due_on(source, year) or date.max for source in items}
    ordered = tuple(sorted(sources, key=lambda one: (order[one.source], one.source)))
    return TodoPage(year, ordered, tuple(_line_items(work.lines, year)))


def _line_items(work: LineTasks, year: int) -> Iterator[LineItem]:
    """The lines that an edition of this year would take or asks more of, the most pressing first."""
    lacking = {line.first: (line, why) for line, why in work.incomplete(year)}
    drafts = {draft.new.first: draft for draft in work.drafts(year)}
    lines = {draft.new.first: draft.new for draft in drafts.values()} | {
        one: line for one, (line, _) in lacking.items()
    }
    items = []
    for first, line in lines.items():
        returned = drafts[first].rejection if first in drafts else None
        why = lacking[first][1] if first in lacking else ""
        task = Task.RETURNED if returned else Task.LACKS_RESULT if why else Task.WAITING
        part = work.recorded.part(line.priority)
        items.append(LineItem(task, line.title, part.name, line.year, first, line.withdrawn, why, returned))
    for task in PRESSING:
        yield from (item for item in items if item.task is task)


def year_with_work(work: Tasks, *, today: date) -> int:
    """The latest year that is over and has open work; else the latest year that is over; else the first."""
    over = [year for year in work.recorded.years if year < today.year]
    open_years = [year for year in over if work.has_open_work(year)]
    return max(open_years or over, default=work.recorded.years[0])


def _source(work: Tasks, source: str, year: int, items: Sequence[Item], today: date) -> SourceTodo:
    due_on = work.due_on(source, year)
    waits = any(item.task in (Task.MISSING, Task.RETURNED) for item in items)
    words = deadline_words(due_on, today) if waits or due_on is None else f"Termijn: {date_words(due_on)}."
    return SourceTodo(source, words, waits and due_on is not None and due_on < today, tuple(_by_urgency(items)))


def _by_urgency(items: Sequence[Item]) -> Iterator[Item]:
    for task in PRESSING:
        yield from (item for item in items if item.task is task)


def _task_of(draft: Draft) -> Task:
    if draft.rejection:
        return Task.RETURNED
    return Task.LACKS_EXPLANATION if draft.lacks_explanation else Task.WAITING


def _of_draft(draft: Draft) -> Item:
    task = _task_of(draft)
    why = draft.why_explain if task is Task.LACKS_EXPLANATION else ""
    return Item(task, draft.label, draft.row.name, draft.new.printed, _anchor(draft), why, draft.rejection)


def _of_gap(gap: Gap) -> Item:
    task = Task.FOLLOWS if gap.follows else Task.MISSING
    return Item(task, gap.label, gap.row.name, "pm" if gap.follows else "", _anchor(gap))


def _anchor(one: Draft | Gap) -> str:
    return f"cijfer-{one.part.pk}"
