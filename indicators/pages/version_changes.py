"""What versions of the kadernota changed, as rows of a table and as lines of the feed."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.domain.dutch import date_words
from indicators.readmodel.chain import DecisionInfo
from indicators.readmodel.differences import Differences, Subject

# Followed by the year of a target, or the last year of an indicator.
WORDS = {
    Subject.ADDED: "toegevoegd",
    Subject.ENDED: "vervallen na",
    Subject.CONTINUED: "langer gevolgd",
    Subject.REMOVED: "geschrapt",
    Subject.TITLE: "titel",
    Subject.TOPIC: "naam",
    Subject.INDICATOR: "naam van de indicator",
    Subject.CODE: "code",
    Subject.COMPONENT: "naam van het onderdeel",
    Subject.DIRECTION: "richting",
    Subject.BASELINE: "nulmeting",
    Subject.BREAK: "methodebreuk",
    Subject.TARGET: "streefwaarde",
}


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A change by a version: what, of what, the old and the new text ("" for none), by which decision and why."""

    label: str
    what: str
    old: str
    new: str
    origin: str
    reason: str

    @property
    def line(self) -> str:
        """The change as a sentence."""
        if not self.old and not self.new:
            return f"{self.label}: {self.what}."
        return f"{self.label}, {self.what}: was {self.old or 'geen'}, is {self.new or 'geen'}."


def change_rows(changes: Differences) -> Iterator[ChangeRow]:
    """Yield what the versions in between changed, in the order of the nota."""
    for change in changes.changes:
        yield ChangeRow(
            label=change.label,
            what=f"{WORDS[change.subject]} {change.year or ''}".strip(),
            old=change.old,
            new=change.new,
            origin=f"{change.decision}, {date_words(change.on)}" if change.on else change.decision,
            reason=change.reason,
        )


def decision_words(decision: DecisionInfo) -> str:
    """Return the origin of a decision: "vastgesteld op 14 maart 2019, besluit X"; "overgenomen op …"."""
    if decision.is_taken_over:
        return f"overgenomen op {date_words(decision.retrieved_on)}" if decision.retrieved_on else "overgenomen"
    day = f" op {date_words(decision.decided_on)}" if decision.decided_on else ""
    return f"vastgesteld{day}, besluit {decision.reference}"
