"""The words of the annual programme: what a line is, how an activity stands, and when the account asks for more."""

from decimal import Decimal
from enum import Enum


class LineKind(Enum):
    """What a line of the programme is."""

    ACTIVITY = "activity"
    FINANCE = "finance"

    @property
    def word(self) -> str:
        """Its Dutch word."""
        return "activiteit" if self is LineKind.ACTIVITY else "financiën"


class ActivityState(Enum):
    """How an activity stands, in the order in which it usually goes. The value is also what an officer types."""

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
        """A sign beside the word, so that colour is never needed; not one of those of the verdicts."""
        return {"gepland": "◇", "loopt": "►", "afgerond": "■", "vertraagd": "◆", "vervallen": "□"}[self.value]


# What the account asks to be told of an activity that stands so. Of one that still runs nothing: it goes on next year.
ASKED_IN_ACCOUNT = {
    ActivityState.PLANNED: "staat nog op ‘gepland’: schrijf waarom het niet is begonnen",
    ActivityState.DONE: "is afgerond: schrijf wat het opleverde",
    ActivityState.DELAYED: "is vertraagd: schrijf waardoor",
    ActivityState.DROPPED: "is vervallen: schrijf waarom",
}
# What the look ahead asks: there "gepland" needs no word.
ASKED_AHEAD = {state: ASKED_IN_ACCOUNT[state] for state in (ActivityState.DELAYED, ActivityState.DROPPED)}
ASKED_OF_FINANCE = "heeft geen besteed bedrag: vul het in, of schrijf waarom het ontbreekt"


def missing_account(
    *, kind: LineKind, state: ActivityState | None, result: str, spent: Decimal | None, in_account: bool
) -> str:
    """What is still to be told of a line before it can be adopted; "" when nothing is.

    `in_account`: its year is the year of the edition; otherwise it looks ahead. Our own rule (docs/begrippen.md): the
    nota asks for an account of what was carried out, not in which form.
    """
    if result.strip():
        return ""
    if kind is LineKind.FINANCE:
        return ASKED_OF_FINANCE if in_account and spent is None else ""
    return (ASKED_IN_ACCOUNT if in_account else ASKED_AHEAD).get(state, "") if state else ""
