"""Open tasks on lines of the programme: drafts, drafts that were sent back, and incomplete lines.

An edition of a year takes the lines of that year, the account, and those of the next, the look ahead.
"""

from dataclasses import dataclass
from datetime import datetime

from indicators.domain.programme import ActivityState, LineKind
from indicators.models import ProgrammeLine, SentBack
from indicators.readmodel.lines import History, Line, load_line_revisions
from indicators.readmodel.programme import Programme, ProgrammePart, adopted_programme, make_programme
from indicators.readmodel.revisions import name_of
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota

# The states of an activity that continues the next year, each with its first state there.
CONTINUED_STATES = {
    ActivityState.PLANNED: ActivityState.PLANNED,
    ActivityState.RUNNING: ActivityState.RUNNING,
    ActivityState.DELAYED: ActivityState.PLANNED,
}
# Fields that change the account of a line; a change of another text needs no reason.
ACCOUNT_FIELDS = ("title", "state", "budget", "spent", "withdrawn")


@dataclass(frozen=True)
class Rejection:
    """Why, by whom and when a draft was sent back."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LineDraft:
    """A line that is recorded and not adopted; `old` is its adopted revision, or None."""

    part: ProgrammePart
    new: Line
    old: Line | None
    rejection: Rejection | None = None

    @property
    def label(self) -> str:
        """Its name in sentences: ‘Wijkschouw’ (2021)."""
        return line_label(self.new)

    @property
    def is_correction(self) -> bool:
        """Whether it changes the adopted account of its own year, and not only its texts."""
        return changes_the_account(self.new, self.old)

    def missing(self, edition_year: int) -> str:
        """Return in words what an edition of this year still needs of it; "" for nothing."""
        if self.is_correction and self.old and self.new.result in ("", self.old.result):
            return "het wijzigt een vastgestelde regel: schrijf waarom"
        return "" if self.new.withdrawn else self.new.missing(edition_year)


@dataclass(frozen=True)
class LineTasks:
    """The open tasks on the lines of a kadernota: the adopted programme and the recorded one."""

    adopted: Programme
    recorded: Programme
    history: History
    rejections: dict[int, Rejection]

    def drafts(self, year: int) -> list[LineDraft]:
        """Return every draft that an edition of this year would take, by part, also those that were sent back.

        A line that was withdrawn before it was adopted is not a task.
        """
        old, years = self.history.adopted(), self._years(year)
        drafts = [
            LineDraft(
                part=self.recorded.part(line.topic),
                new=line,
                old=old.get(line.first),
                rejection=self.rejections.get(line.pk),
            )
            for line in self.history.newest().values()
            if line.is_draft and line.year in years and not (line.withdrawn and line.first not in old)
        ]
        order = {part.pk: number for number, part in enumerate(self.recorded.parts)}
        return sorted(drafts, key=lambda draft: (draft.new.year, order[draft.part.pk], draft.new.first))

    def adoptable(self, year: int) -> list[LineDraft]:
        """Return the drafts that an edition of this year would take and that are not sent back."""
        return [draft for draft in self.drafts(year) if draft.rejection is None]

    def incomplete(self, year: int) -> list[tuple[Line, str]]:
        """Return each line that is incomplete for an edition of this year, with what is missing.

        The account includes lines that were adopted before as plans: it must say what became of them.
        """
        drafts = self.adoptable(year)
        missing = [(draft.new, draft.missing(year)) for draft in drafts]
        adoptable = {draft.new.first for draft in drafts}
        unchanged = [
            line for first, line in self.history.adopted().items() if first not in adoptable and line.year == year
        ]
        missing += [(line, line.missing(year)) for line in unchanged if not line.withdrawn]
        return [(line, why) for line, why in missing if why]

    def copyable(self, year: int) -> list[Line]:
        """Return the activities of the previous year that continue and are not in this year yet.

        Done and dropped activities do not continue. An activity that was withdrawn from this year is not copied again.
        """
        newest = self.history.newest().values()
        present = {_identity(line) for line in newest if line.year == year}
        return [
            line
            for line in newest
            if line.year == year - 1
            and not line.withdrawn
            and line.state in CONTINUED_STATES
            and _identity(line) not in present
        ]

    def _years(self, year: int) -> tuple[int, ...]:
        """Return the years of the lines in an edition of this year: no look ahead once the next year has an account."""
        adopted = self.history.adopted().values()
        accounted = any(line.edition and line.edition.year == line.year == year + 1 for line in adopted)
        looks_ahead = year + 1 in self.recorded.years and not accounted
        return (year, year + 1) if looks_ahead else (year,)


def _identity(line: Line) -> tuple[int, LineKind, str, str]:
    """Return what identifies a line in another year."""
    return line.topic, line.kind, line.effort, line.title.casefold()


def line_label(line: Line) -> str:
    """Return the name of a line in sentences: ‘Wijkschouw’ (2021)."""
    return f"‘{line.title}’ ({line.year})"


def changes_the_account(new: Line, old: Line | None) -> bool:
    """Return whether a revision changes more than texts of an adopted account: it then needs a reason."""
    if old is None or old.edition is None or old.edition.year != old.year:
        return False
    return any(getattr(new, name) != getattr(old, name) for name in ACCOUNT_FIELDS)


def load_line_tasks(kadernota: Kadernota, overview: Overview) -> LineTasks:
    """Load the open tasks on the lines of a kadernota. Two queries, whatever the number of lines."""
    history = History(load_line_revisions(kadernota, overview.chain, people=True))
    drafts = ProgrammeLine.objects.of(kadernota).drafts()
    rejections = SentBack.objects.filter(line__in=drafts).select_related("sent_by")
    return LineTasks(
        adopted=adopted_programme(overview),
        recorded=make_programme(overview, history.newest(), drafts=True),
        history=history,
        rejections={
            row.line_id: Rejection(row.reason, name_of(row.sent_by), row.sent_at) for row in rejections if row.line_id
        },
    )
