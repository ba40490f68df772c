"""Open tasks of a kadernota: drafts, drafts that were sent back, missing figures, missing explanations.

One read model for the to-do page, the adoption page, the gate before adopting and the reminders. It holds drafts: the
caller checks that the user may see them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.domain.assessment import Status
from indicators.domain.dutch import counted, date_words
from indicators.domain.values import NoValue, Reason
from indicators.models import Deadline, Measurement, SentBack
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.figure import Figure
from indicators.readmodel.line_tasks import LineTasks, Rejection, load_line_tasks
from indicators.readmodel.public import public_overview
from indicators.readmodel.revisions import name_of
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from priorities.models import Kadernota


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A figure that is recorded and not adopted; `old` is the adopted one, with or without a value."""

    row: IndicatorRow
    part: ComponentRow
    new: Figure
    old: Figure
    rejection: Rejection | None = None

    @property
    def label(self) -> str:
        """Its short name: V14 Sluitingen."""
        return self.row.label_of(self.part)

    @property
    def is_correction(self) -> bool:
        """Whether it changes an adopted figure or sample size, and not only the explanation."""
        return self.old.value is not None and (self.new.value, self.new.sample) != (self.old.value, self.old.sample)

    @property
    def lacks_explanation(self) -> bool:
        """Whether it has no explanation and needs one: the rule of the gate before adopting.

        A figure needs one when it misses its target, cannot be assessed, or corrects an adopted figure.
        """
        return self.new.misses_explanation or (self.is_correction and not self.new.explanation)

    @property
    def explanation_reason(self) -> str:
        """Why it needs an explanation, in Dutch; "" when it needs none."""
        if isinstance(self.new.value, NoValue):
            return f"het is geen cijfer maar ‘{self.new.printed}’"
        if self.new.status in (Status.AT_RISK, Status.OFF_TRACK):
            return "de streefwaarde is niet gehaald"
        if self.new.status is Status.UNCERTAIN:
            return "of de streefwaarde is gehaald, is niet te bepalen"
        return f"het verbetert een vastgesteld cijfer ({self.old.printed})" if self.is_correction else ""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A missing planned figure; `follows` when it is recorded as pm. `due_on` is the deadline of its source."""

    row: IndicatorRow
    part: ComponentRow
    year: int
    due_on: date | None
    follows: bool = False

    @property
    def label(self) -> str:
        """Its short name: V14 Sluitingen."""
        return self.row.label_of(self.part)

    def is_overdue(self, on: date) -> bool:
        """Return whether the deadline of its source is before this day."""
        return self.due_on is not None and self.due_on < on and not self.follows


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """The open tasks of a kadernota, from its adopted and its recorded overview. `lines`: tasks on the programme."""

    adopted: Overview
    recorded: Overview
    rejections: dict[int, Rejection]
    deadlines: dict[tuple[str, int], date]
    lines: LineTasks

    def drafts(self, year: int) -> list[Draft]:
        """Return every draft of a year, in the order of the nota, also those that were sent back."""
        old = {part.series: part.figures[year] for row in self.adopted.all_rows for part in row.components}
        return [
            Draft(
                row=row,
                part=part,
                new=figure,
                old=old[part.series],
                rejection=self.rejections.get(figure.revision or 0),
            )
            for row, part, figure in self._figures(year)
            if figure.is_draft
        ]

    def adoptable(self, year: int) -> list[Draft]:
        """Return the drafts of a year that were not sent back."""
        return [draft for draft in self.drafts(year) if draft.rejection is None]

    def missing(self, year: int) -> list[Gap]:
        """Return the figures planned for a year of which nothing is recorded."""
        return [
            self._gap(row, part, year)
            for row, part, figure in self._figures(year)
            if figure.planned and figure.value is None
        ]

    def following(self, year: int) -> list[Gap]:
        """Return the figures of a year that are recorded as pm, so still to come."""
        return [
            self._gap(row, part, year, follows=True)
            for row, part, figure in self._figures(year)
            if figure.value == NoValue(Reason.PM)
        ]

    def has_open_work(self, year: int) -> bool:
        """Return whether an officer has an open task for this year."""
        lines = self.lines.drafts(year) or self.lines.incomplete(year)
        return bool(self.drafts(year) or self.missing(year) or self.following(year) or lines)

    def due_on(self, source: str, year: int) -> date | None:
        """Return the deadline of this source for the figures of a year, or None."""
        return self.deadlines.get((source, year))

    def _gap(self, row: IndicatorRow, part: ComponentRow, year: int, *, follows: bool = False) -> Gap:
        return Gap(row=row, part=part, year=year, due_on=self.due_on(row.source, year), follows=follows)

    def _figures(self, year: int) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
        for row in self.recorded.all_rows:
            for part, figure in row.figures(year) if row.counts_in(year) else ():
                yield row, part, figure


def load_tasks(kadernota: Kadernota, adopted: Overview | None = None) -> Tasks:
    """Load the open tasks of a kadernota over its public state, from the cache unless given. Six queries."""
    rejections = SentBack.objects.filter(measurement__in=Measurement.objects.of(kadernota).drafts()).select_related(
        "sent_by"
    )
    deadlines = Deadline.objects.filter(kadernota=kadernota).values_list("source__name", "year", "due_on")
    adopted = adopted or public_overview(kadernota)
    return Tasks(
        adopted=adopted,
        recorded=with_drafts(kadernota, adopted),
        rejections={
            row.measurement_id: Rejection(row.reason, name_of(row.sent_by), row.sent_at)
            for row in rejections
            if row.measurement_id
        },
        deadlines={(source, year): due_on for source, year, due_on in deadlines},
        lines=load_line_tasks(kadernota, adopted),
    )


def deadline_words(due_on: date | None, today: date) -> str:
    """Return the deadline in Dutch, with the number of days left or late."""
    if due_on is None:
        return "Geen termijn afgesproken."
    days = (due_on - today).days
    if days == 0:
        left = "dat is vandaag"
    elif days > 0:
        left = f"nog {counted(days, 'dag', 'dagen')}"
    else:
        left = f"{counted(-days, 'dag', 'dagen')} te laat"
    return f"Uiterlijk {date_words(due_on)}: {left}."
