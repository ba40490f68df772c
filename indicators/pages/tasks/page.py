"""The page model of the tasks of an officer for a year, by source and deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indicators.domain.dutch import date_words
from indicators.domain.values import NoValue, Reason
from indicators.readmodel.line_tasks import LineTasks, Rejection
from indicators.readmodel.tasks import Draft, Gap, Tasks, deadline_words


class Task(Enum):
    """The task for a figure or a line, the most urgent first; the value is its name on the page."""

    RETURNED = "Teruggestuurd"
    LACKS_EXPLANATION = "Toelichting ontbreekt"
    LACKS_RESULT = "Verslag niet compleet"
    MISSING = "Nog niet ingevuld"
    FOLLOWS = "Volgt nog (pm)"
    WAITING = "Wacht op vaststellen"


PM = NoValue(Reason.PM)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One figure with its task. `anchor` is the id of its field in the entry form; `draft` the key of its draft."""

    task: Task
    label: str
    name: str
    printed: str
    anchor: str
    draft: int | None = None
    why: str = ""
    returned: Rejection | None = None


@dataclass(frozen=True, kw_only=True)
class LineItem:
    """One line of the programme with its task; `year` and `first` are part of the address of its form.

    `draft` is the key of its draft, None for an adopted line.
    """

    task: Task
    title: str
    part: str
    year: int
    first: int
    withdrawn: bool
    draft: int | None = None
    why: str = ""
    returned: Rejection | None = None


@dataclass(frozen=True)
class SourceTodo:
    """The tasks for the figures of one source in a year; `deadline` is the sentence about its deadline."""

    source: str
    deadline: str
    is_late: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class TodoPage:
    """All tasks of a year; sources with the nearest deadline first, then by name."""

    year: int
    sources: tuple[SourceTodo, ...]
    lines: tuple[LineItem, ...] = ()

    def count(self, task: Task) -> int:
        """Return the number of figures and lines of the programme with this task."""
        figures = sum(item.task is task for source in self.sources for item in source.items)
        return figures + sum(item.task is task for item in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether there are no drafts and no missing figures."""
        return not self.sources and not self.lines

    @property
    def counts(self) -> list[tuple[Task, int]]:
        """Each task with its number, the most urgent first."""
        return [(task, count) for task in Task if (count := self.count(task))]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left for the officer: all that is left waits for the adopter."""
        return not any(self.count(task) for task in Task if task is not Task.WAITING)


def build_todo(tasks: Tasks, year: int, *, today: date) -> TodoPage:
    """Build the to-do page of a year. No queries."""
    items: dict[str, list[Item]] = {}
    for gap in tasks.missing(year) + tasks.following(year):
        items.setdefault(gap.row.source, []).append(_gap_item(gap))
    for draft in tasks.drafts(year):
        # A drafted "pm" is listed already, unless its draft has a more urgent task.
        if _task_of(draft) is not Task.WAITING or draft.new.value != PM:
            items.setdefault(draft.row.source, []).append(_draft_item(draft))
    sources = [_source(tasks, source, year, source_items, today=today) for source, source_items in items.items()]
    order = {source: tasks.due_on(source, year) or date.max for source in items}
    ordered = tuple(sorted(sources, key=lambda source: (order[source.source], source.source)))
    return TodoPage(year, ordered, tuple(_line_items(tasks.lines, year)))


def _line_items(tasks: LineTasks, year: int) -> list[LineItem]:
    """Return the lines that an edition of this year would take or that are incomplete, the most urgent first."""
    lacking = {line.first: (line, why) for line, why in tasks.incomplete(year)}
    drafts = {draft.new.first: draft for draft in tasks.drafts(year)}
    lines = {first: draft.new for first, draft in drafts.items()} | {
        first: line for first, (line, _) in lacking.items()
    }
    items = []
    for first, line in lines.items():
        returned = drafts[first].rejection if first in drafts else None
        why = lacking[first][1] if first in lacking else ""
        items.append(
            LineItem(
                task=Task.RETURNED if returned else Task.LACKS_RESULT if why else Task.WAITING,
                title=line.title,
                part=tasks.recorded.part(line.topic).name,
                year=line.year,
                first=first,
                withdrawn=line.withdrawn,
                draft=line.pk if line.is_draft else None,
                why=why,
                returned=returned,
            )
        )
    return sorted(items, key=_urgency)


def _urgency(item: Item | LineItem) -> int:
    return list(Task).index(item.task)


def latest_open_year(tasks: Tasks, *, today: date) -> int:
    """Return the latest past year with open tasks; else the latest past year; else the first year."""
    past = [year for year in tasks.recorded.years if year < today.year]
    open_years = [year for year in past if tasks.has_open_work(year)]
    return max(open_years or past, default=tasks.recorded.years[0])


def _source(tasks: Tasks, source: str, year: int, items: Sequence[Item], *, today: date) -> SourceTodo:
    due_on = tasks.due_on(source, year)
    waits = any(item.task in (Task.MISSING, Task.RETURNED) for item in items)
    words = deadline_words(due_on, today) if waits or due_on is None else f"Termijn: {date_words(due_on)}."
    is_late = waits and due_on is not None and due_on < today
    return SourceTodo(source, words, is_late, tuple(sorted(items, key=_urgency)))


def _task_of(draft: Draft) -> Task:
    if draft.rejection:
        return Task.RETURNED
    return Task.LACKS_EXPLANATION if draft.lacks_explanation else Task.WAITING


def _draft_item(draft: Draft) -> Item:
    task = _task_of(draft)
    return Item(
        task=task,
        label=draft.label,
        name=draft.row.name,
        printed=draft.new.printed,
        anchor=_anchor(draft),
        draft=draft.new.revision,
        why=draft.explanation_reason if task is Task.LACKS_EXPLANATION else "",
        returned=draft.rejection,
    )


def _gap_item(gap: Gap) -> Item:
    figure = gap.part.figures[gap.year]
    return Item(
        task=Task.FOLLOWS if gap.follows else Task.MISSING,
        label=gap.label,
        name=gap.row.name,
        printed="pm" if gap.follows else "",
        anchor=_anchor(gap),
        draft=figure.revision if figure.is_draft else None,
    )


def _anchor(subject: Draft | Gap) -> str:
    return f"figure-{subject.part.series}"
