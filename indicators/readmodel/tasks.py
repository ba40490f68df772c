"""The work that waits in a kadernota: what is drafted, sent back, missing, or lacks the explanation that it needs.

One read model for the to-do page, the page on which is adopted, the gate before adopting, and the reminders. It holds
drafts: the caller has checked that the reader may see them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.domain.assessment import Status
from indicators.domain.dutch import counted, date_words
from indicators.domain.values import NoValue, Reason
from indicators.models import Deadline, Measurement, SentBack
from indicators.readmodel.figure import Figure
from indicators.readmodel.line_tasks import LineTasks, Returned, load_line_tasks, name_of
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from priorities.models import Kadernota


@dataclass(frozen=True)
class Draft:
    """A figure that is recorded and not adopted; `old` is what is adopted for it now, perhaps nothing."""

    row: IndicatorRow
    part: ComponentRow
    new: Figure
    old: Figure
    returned: Returned | None = None

    @property
    def label(self) -> str:
        """How sentences call it: V14 Sluitingen."""
        return self.row.label_of(self.part)

    @property
    def is_correction(self) -> bool:
        """Whether it changes an adopted figure, and not only the words beside it."""
        return self.old.value is not None and (self.new.value, self.new.sample) != (self.old.value, self.old.sample)

    @property
    def lacks_explanation(self) -> bool:
        """Whether it has no explanation while it needs one: the rule of the gate before adopting.

        One is needed by a figure that misses its target, that cannot be assessed, or that corrects an adopted one.
        """
        return self.new.misses_explanation or (self.is_correction and not self.new.explanation)

    @property
    def why_explain(self) -> str:
        """Why it needs an explanation, in words; "" when it needs none."""
        if isinstance(self.new.value, NoValue):
            return f"het is geen cijfer maar ‘{self.new.printed}’"
        if self.new.status in (Status.AT_RISK, Status.OFF_TRACK):
            return "de streefwaarde is niet gehaald"
        if self.new.status is Status.UNCERTAIN:
            return "of de streefwaarde is gehaald, is niet te bepalen"
        return f"het verbetert een vastgesteld cijfer ({self.old.printed})" if self.is_correction else ""


@dataclass(frozen=True)
class Gap:
    """A planned figure that is not there; `follows` when "pm" stands in its place. `due_on`: its source's deadline."""

    row: IndicatorRow
    part: ComponentRow
    year: int
    due_on: date | None
    follows: bool = False

    @property
    def label(self) -> str:
        """How sentences call it: V14 Sluitingen."""
        return self.row.label_of(self.part)

    def is_overdue(self, on: date) -> bool:
        """Whether its source should have delivered it before this day."""
        return self.due_on is not None and self.due_on < on and not self.follows


@dataclass(frozen=True)
class Tasks:
    """All that waits in a kadernota: what is adopted beside what is recorded, loaded once. `lines`: the programme."""

    adopted: Overview
    recorded: Overview
    returned: dict[int, Returned]
    deadlines: dict[tuple[str, int], date]
    lines: LineTasks

    def drafts(self, year: int) -> list[Draft]:
        """Every draft of a year, in the order of the nota; those sent back too."""
        old = {part.pk: part.figures[year] for row in self.adopted.all_rows for part in row.components}
        return [
            Draft(row, part, figure, old[part.pk], self.returned.get(figure.revision or 0))
            for row, part, figure in self._figures(year)
            if figure.is_draft
        ]

    def adoptable(self, year: int) -> list[Draft]:
        """The drafts of a year that are not sent back."""
        return [draft for draft in self.drafts(year) if draft.returned is None]

    def missing(self, year: int) -> list[Gap]:
        """The figures planned for a year of which nothing is recorded."""
        return [
            self._gap(row, part, year)
            for row, part, figure in self._figures(year)
            if figure.planned and figure.value is None
        ]

    def following(self, year: int) -> list[Gap]:
        """The figures of a year that are recorded as "pm": still to be filled in."""
        return [
            self._gap(row, part, year, follows=True)
            for row, part, figure in self._figures(year)
            if figure.value == NoValue(Reason.PM)
        ]

    def has_open_work(self, year: int) -> bool:
        """Whether an officer has something to do for this year."""
        lines = self.lines.drafts(year) or self.lines.unexplained(year)
        return bool(self.drafts(year) or self.missing(year) or self.following(year) or lines)

    def due_on(self, source: str, year: int) -> date | None:
        """The day on which this source should have delivered."""
        return self.deadlines.get((source, year))

    def _gap(self, row: IndicatorRow, part: ComponentRow, year: int, *, follows: bool = False) -> Gap:
        return Gap(row, part, year, self.due_on(row.source, year), follows)

    def _figures(self, year: int) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
        for row in self.recorded.all_rows:
            for part, figure in row.figures(year) if row.counts_in(year) else ():
                yield row, part, figure


def load_tasks(kadernota: Kadernota) -> Tasks:
    """Load what waits in a kadernota. Fifteen queries, whatever the number of indicators and lines."""
    sent = SentBack.objects.filter(measurement__in=Measurement.objects.of(kadernota).drafts()).select_related("sent_by")
    deadlines = Deadline.objects.filter(kadernota=kadernota).values_list("source__name", "year", "due_on")
    adopted = load_overview(kadernota)
    return Tasks(
        adopted=adopted,
        recorded=load_overview(kadernota, drafts=True),
        returned={one.measurement_id: Returned(one.reason, name_of(one.sent_by), one.sent_at) for one in sent},
        deadlines={(source, year): due_on for source, year, due_on in deadlines},
        lines=load_line_tasks(kadernota, adopted.editions),
    )


def deadline_words(due_on: date | None, today: date) -> str:
    """When a source should deliver, and how many days are left or how many it is late."""
    if due_on is None:
        return "Geen termijn afgesproken."
    days = (due_on - today).days
    if days == 0:
        left = "dat is vandaag"
    elif days > 0:
        left = f"nog {counted(days, 'dag', 'dagen')}"
    else:
        left = f"{-days} {'dag' if days == -1 else 'dagen'} te laat"
    return f"Uiterlijk {date_words(due_on)}: {left}."
