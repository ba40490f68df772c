"""The annual programme: kinds of lines, states of activities, and what the annual report requires of a line."""

from decimal import Decimal
from enum import Enum


class LineKind(Enum):
    """The kind of a line of the programme."""

    ACTIVITY = "activity"
    FINANCE = "finance"

    @property
    def word(self) -> str:
        """The Dutch word."""
        return "activiteit" if self is LineKind.ACTIVITY else "financiën"


class ActivityState(Enum):
    """The state of an activity, in the usual order. The value is also what an officer types."""

    PLANNED = "gepland"
    RUNNING = "loopt"
    DONE = "afgerond"
    DELAYED = "vertraagd"
    DROPPED = "vervallen"

    @property
    def word(self) -> str:
        """The word on pages and in documents."""
        return self.value.capitalize()

    @property
    def symbol(self) -> str:
        """A symbol beside the word, so that colour is not needed; none of the symbols of the statuses."""
        return {"gepland": "◇", "loopt": "►", "afgerond": "■", "vertraagd": "◆", "vervallen": "□"}[self.value]


# A running activity needs no explanation: it goes on next year.
MISSING_IN_REPORT = {
    ActivityState.PLANNED: "staat nog op ‘gepland’: schrijf waarom het niet is begonnen",
    ActivityState.DONE: "is afgerond: schrijf wat het opleverde",
    ActivityState.DELAYED: "is vertraagd: schrijf waardoor",
    ActivityState.DROPPED: "is vervallen: schrijf waarom",
}
# A planned or finished activity of the next year needs none either.
MISSING_AHEAD = {state: MISSING_IN_REPORT[state] for state in (ActivityState.DELAYED, ActivityState.DROPPED)}
MISSING_AMOUNT = "heeft geen besteed bedrag: vul het in, of schrijf waarom het ontbreekt"


def missing_account(
    *, kind: LineKind, state: ActivityState | None, result: str, spent: Decimal | None, in_account: bool
) -> str:
    """Return what a line lacks before it can be adopted, as the rest of a sentence; "" when it is complete.

    `in_account`: the line is of the year of the edition, not of the next year. This is a rule of the monitor
    (docs/begrippen.md): the nota requires an account of what was done, but does not say in which form.
    """
    if result.strip():
        return ""
    if kind is LineKind.FINANCE:
        return MISSING_AMOUNT if in_account and spent is None else ""
    return (MISSING_IN_REPORT if in_account else MISSING_AHEAD).get(state, "") if state else ""
