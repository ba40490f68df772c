"""The work that waits on the lines of the programme: what is drafted, sent back, or lacks what the account asks.

An edition of a year takes the lines of that year, the account, and those of the next, the look ahead.
"""

from dataclasses import dataclass
from datetime import datetime

from indicators.domain.programme import ActivityState, LineKind
from indicators.models import LineSentBack, ProgrammeLine
from indicators.readmodel.programme import History, Line, Part, Programme, load_parts, load_revisions, make_programme
from indicators.readmodel.rows import EditionInfo
from priorities.models import Kadernota

# How an activity stands of which there is more to do the next year, and how it stands there to begin with.
GOES_ON = {
    ActivityState.PLANNED: ActivityState.PLANNED,
    ActivityState.RUNNING: ActivityState.RUNNING,
    ActivityState.DELAYED: ActivityState.PLANNED,
}
# What of a line makes another account when it changes; other texts only say it better.
ACCOUNTED = ("title", "state", "budget", "spent", "withdrawn")


@dataclass(frozen=True)
class Returned:
    """A draft that was sent back: why, by whom and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LineDraft:
    """A line that is recorded and not adopted; `old` is what is adopted for it now, None where nothing is."""

    part: Part
    new: Line
    old: Line | None
    returned: Returned | None = None

    @property
    def label(self) -> str:
        """How sentences call it: ‘Wijkschouw’ (2021)."""
        return label_of(self.new)

    @property
    def is_correction(self) -> bool:
        """Whether it changes what was adopted as the account of its own year, and not only the words beside it."""
        return changes_the_account(self.new, self.old)

    def why_explain(self, edition_year: int) -> str:
        """What it lacks before an edition of this year can hold it, in words; "" when it lacks nothing."""
        if self.is_correction and self.old and self.new.result in ("", self.old.result):
            return "het wijzigt een vastgestelde regel: schrijf waarom"
        return "" if self.new.withdrawn else self.new.asked(edition_year)


@dataclass(frozen=True)
class LineTasks:
    """All that waits on the lines of a kadernota: what is adopted beside what is recorded."""

    adopted: Programme
    recorded: Programme
    history: History
    returned: dict[int, Returned]

    def drafts(self, year: int) -> list[LineDraft]:
        """Every draft that an edition of this year would take, by part; those sent back too.

        A line that was withdrawn before anybody adopted it is no work at all.
        """
        old, years = self.history.adopted(), self._years(year)
        found = [
            LineDraft(self.recorded.part(line.priority), line, old.get(line.first), self.returned.get(line.pk))
            for line in self.history.newest().values()
            if line.is_draft and line.year in years and not (line.withdrawn and line.first not in old)
        ]
        order = {part.pk: number for number, part in enumerate(self.recorded.parts)}
        return sorted(found, key=lambda draft: (draft.new.year, order[draft.part.pk], draft.new.first))

    def adoptable(self, year: int) -> list[LineDraft]:
        """The drafts that an edition of this year would take and that are not sent back."""
        return [draft for draft in self.drafts(year) if draft.returned is None]

    def unexplained(self, year: int) -> list[tuple[str, str]]:
        """Each line that lacks what an edition of this year asks of it, by its label, with what that is."""
        return [(label_of(line), why) for line, why in self.lacking(year)]

    def lacking(self, year: int) -> list[tuple[Line, str]]:
        """Each line that lacks what an edition of this year asks of it, with what that is.

        Of the account also those that were adopted before, as a plan: it must say what became of them.
        """
        drafts = self.adoptable(year)
        lacking = [(draft.new, draft.why_explain(year)) for draft in drafts]
        coming = {draft.new.first for draft in drafts}
        stays = [line for first, line in self.history.adopted().items() if first not in coming and line.year == year]
        lacking += [(line, line.asked(year)) for line in stays if not line.withdrawn]
        return [(line, why) for line, why in lacking if why]

    def copyable(self, year: int) -> list[Line]:
        """The activities of the year before that go on and that this year does not have yet.

        One that is done or dropped does not go on. What was withdrawn from this year is not brought back.
        """
        newest = self.history.newest().values()
        here = {_name_of(line) for line in newest if line.year == year}
        return [
            line
            for line in newest
            if line.year == year - 1 and not line.withdrawn and line.state in GOES_ON and _name_of(line) not in here
        ]

    def _years(self, year: int) -> tuple[int, ...]:
        """Once an account of the next year is adopted, an edition of this one no longer looks ahead to it."""
        held = self.history.adopted().values()
        accounted = any(line.edition and line.edition.year == line.year == year + 1 for line in held)
        ahead = year + 1 in self.recorded.years and not accounted
        return (year, year + 1) if ahead else (year,)


def _name_of(line: Line) -> tuple[int, LineKind, str, str]:
    """By what a line is the same one in another year."""
    return line.priority, line.kind, line.effort, line.title.casefold()


def label_of(line: Line) -> str:
    """How sentences call a line: ‘Wijkschouw’ (2021)."""
    return f"‘{line.title}’ ({line.year})"


def changes_the_account(new: Line, old: Line | None) -> bool:
    """Whether a revision differs from an adopted account in more than words: then it needs a reason."""
    if old is None or old.edition is None or old.edition.year != old.year:
        return False
    return any(getattr(new, name) != getattr(old, name) for name in ACCOUNTED)


def load_line_tasks(kadernota: Kadernota, editions: tuple[EditionInfo, ...]) -> LineTasks:
    """Load what waits on the lines of a kadernota. Three queries, whatever the number of lines."""
    known = {info.pk: info for info in editions}
    history = History(load_revisions(kadernota, known, people=True))
    parts = load_parts(kadernota)
    drafts = ProgrammeLine.objects.of(kadernota).drafts()
    sent = LineSentBack.objects.filter(line__in=drafts).select_related("sent_by")
    return LineTasks(
        adopted=make_programme(kadernota, parts, history.adopted(), None, drafts=False),
        recorded=make_programme(kadernota, parts, history.newest(), None, drafts=True),
        history=history,
        returned={one.line_id: Returned(one.reason, name_of(one.sent_by), one.sent_at) for one in sent},
    )


def name_of(user) -> str:
    """How pages call a person: the full name, else the name of the account. For officers' eyes only."""
    return user.get_full_name() or user.get_username()
