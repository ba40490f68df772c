"""Record lines of the annual programme as revisions that name the row they replace."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from indicators.actions import audit
from indicators.actions.errors import ActionRefused, adopted_version, check_year
from indicators.actions.workflow import Change, Conflict, Log, Outcome, RevisionChain, load_chains, record
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.text_input import clean_text
from indicators.models import LONGEST_LINE, ProgrammeLine
from indicators.models.programme import TOO_MUCH
from indicators.readmodel.line_tasks import ACCOUNT_FIELDS
from priorities.models import Kadernota, Priority, Topic
from priorities.permissions import check_record

LABELS = {
    "effort": "de inzet",
    "title": "de naam",
    "partners": "met wie",
    "planned": "wanneer",
    "result": "het resultaat",
}
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """A line to record: an activity with its `state`, or an amount (`kind` finance) without one."""

    topic: Topic
    kind: LineKind
    year: int
    title: str
    effort: str = ""
    partners: str = ""
    planned: str = ""
    state: ActivityState | None = None
    result: str = ""
    budget: Decimal | None = None
    spent: Decimal | None = None


# A line keeps its place in all revisions; its content may change.
PLACE = ("kadernota_id", "topic_id", "kind", "year")
CONTENT = tuple(field.name for field in fields(LineEntry) if field.name not in ("topic", "kind", "year"))


@dataclass(frozen=True, kw_only=True)
class LineChange(Change[ProgrammeLine]):
    """A line to record, by column, with the revisions of the line."""

    place: dict[str, Any]
    content: dict[str, Any]

    def repeats(self, row: ProgrammeLine) -> bool:
        """Return whether it has the same content as this revision."""
        return not row.withdrawn and all(getattr(row, name) == value for name, value in self.content.items())

    def check(self) -> None:
        """Raise ActionRefused when an adopted account changes without a new text that gives the reason."""
        adopted = self.chain.adopted
        # An edition of the year before took the line as a plan, which may change.
        if adopted is None or adopted.entry.edition.year != adopted.year:
            return
        if self.content["result"] not in ("", adopted.result):
            return
        if any(getattr(adopted, name) != self.content.get(name, False) for name in ACCOUNT_FIELDS):
            raise ActionRefused(
                f"‘{adopted.title}’ is vastgesteld in editie {adopted.entry.edition}. "
                "Schrijf bij het resultaat waarom dit wijzigt."
            )

    def revision(self) -> ProgrammeLine:
        """Return the line as a new row, not saved."""
        return ProgrammeLine(**self.place, **self.content)


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Change[ProgrammeLine]):
    """A line that was entered by mistake, to withdraw with a reason."""

    line: ProgrammeLine
    reason: str

    def repeats(self, row: ProgrammeLine) -> bool:
        """Return whether this revision withdraws the line, for whatever reason."""
        return row.withdrawn

    def check(self) -> None:
        """Allow every line: the reason was checked before."""

    def revision(self) -> ProgrammeLine:
        """Return the withdrawn line as a new row, not saved."""
        columns = {name: getattr(self.line, name) for name in (*PLACE, *CONTENT)}
        return ProgrammeLine(**columns | {"result": self.reason}, withdrawn=True)


def record_line(*, entry: LineEntry, by: User, now: datetime, seen: int | None = None) -> tuple[ProgrammeLine, Outcome]:
    """Record a whole line; return the revision that counts after it and the outcome.

    `seen` is the key of the revision that the user saw; None for a new line. Recording the same content again changes
    nothing; recording the adopted content over a draft takes the draft back. Raises NotAllowed; Conflict; and
    ActionRefused for a line without a name, a text that is too long, an invalid amount, a year outside the kadernota,
    an activity without its state, a name that another line has, and a changed account without its reason.
    """
    check_record(by)

    def plan(kadernota: Kadernota) -> list[LineChange]:
        return [_change(kadernota, entry, seen)]

    log = Log(action=audit.PROGRAMME, subject=_subject)
    return record(plan, kadernota_id=entry.topic.kadernota_id, log=log, by=by, now=now)[0]


def withdraw_line(*, seen: int, kadernota: Kadernota, reason: str, by: User, now: datetime) -> ProgrammeLine:
    """Withdraw a line that was entered by mistake; its revisions stay, with the reason.

    An activity that will not happen is not withdrawn but "vervallen"; a draft may be taken back instead
    (`workflow.retract`). Raises NotAllowed, ActionRefused without a reason or for a line of another kadernota, and
    Conflict.
    """
    check_record(by)
    reason = _clean_text(reason)
    if not reason:
        raise ActionRefused("Schrijf waarom deze regel er niet hoort.")
    _check_length("result", reason)

    def plan(kadernota: Kadernota) -> list[Withdrawal]:
        chain = _chain_of(kadernota, _line_of(kadernota, seen))
        if chain.current is None:
            raise Conflict(chain.revisions[-1:])
        return [Withdrawal(chain=chain, seen=seen, line=chain.current, reason=reason)]

    log = Log(action=audit.WITHDRAW, subject=_subject)
    return record(plan, kadernota_id=kadernota.pk, log=log, by=by, now=now)[0][0]


def _subject(changes: Sequence[Change[ProgrammeLine]]) -> str:
    return "; ".join(str(change.revision()) for change in changes)


def _change(kadernota: Kadernota, entry: LineEntry, seen: int | None) -> LineChange:
    """Return the change that the entry makes to the line that was seen, or to a line of the same name."""
    version = adopted_version(kadernota)
    check_year(version, entry.year, programme=True)
    content = _checked_content(entry)
    place = dict(zip(PLACE, (kadernota.pk, entry.topic.pk, entry.kind.value, entry.year), strict=True))
    if seen is not None:
        row = _line_of(kadernota, seen)
        if any(getattr(row, name) != value for name, value in place.items()):
            raise ActionRefused("Een regel houdt zijn plaats, soort en jaar. Trek hem in, en maak een nieuwe.")
        return LineChange(chain=_chain_of(kadernota, row), seen=seen, place=place, content=content)
    if not Priority.objects.filter(version=version, topic=entry.topic).exists():
        raise ActionRefused("Dit onderdeel staat niet in de kadernota zoals die nu geldt.")
    change = LineChange(chain=RevisionChain(), seen=None, place=place, content=content)
    for chain in load_chains(ProgrammeLine.objects.filter(**place)):
        if chain.current is not None and _looks_like(chain.current, content):
            change = replace(change, chain=chain)
            if change.outcome is not Outcome.SAME:
                raise ActionRefused(f"‘{chain.current.title}’ staat er voor {entry.year} al bij. Wijzig die regel.")
    return change


def _looks_like(row: ProgrammeLine, content: dict[str, Any]) -> bool:
    """Return whether this line has the same effort and name, so that a reader cannot tell the two apart."""
    same_title = row.title.casefold() == content["title"].casefold()
    return same_title and row.effort == content["effort"] and not row.withdrawn


def _line_of(kadernota: Kadernota, pk: int) -> ProgrammeLine:
    row = ProgrammeLine.objects.of(kadernota).filter(pk=pk).first()
    if row is None:
        raise ActionRefused("Deze regel is er niet.")
    return row


def _chain_of(kadernota: Kadernota, row: ProgrammeLine) -> RevisionChain[ProgrammeLine]:
    """Return the chain with this revision: all its revisions have the same place."""
    rows = ProgrammeLine.objects.filter(**{name: getattr(row, name) for name in PLACE})
    return next(chain for chain in load_chains(rows) if row in chain.revisions)


def _checked_content(entry: LineEntry) -> dict[str, Any]:
    """Return the content by column, cleaned; raise ActionRefused for what is not allowed."""
    if (entry.state is None) == (entry.kind is LineKind.ACTIVITY):
        raise ActionRefused(
            "Kies hoe de activiteit ervoor staat." if entry.state is None else "Een bedrag heeft geen stand."
        )
    texts = {name: _clean_line(getattr(entry, name)) for name in LABELS if name != "result"} | {
        "result": _clean_text(entry.result)
    }
    if not texts["title"]:
        raise ActionRefused("Schrijf wat er wordt gedaan." if entry.state else "Schrijf waarvoor het bedrag is.")
    for name, text in texts.items():
        _check_length(name, text)
    amounts = {"budget": _amount(entry.budget, "begroot"), "spent": _amount(entry.spent, "besteed")}
    return texts | amounts | {"state": entry.state.value if entry.state else ""}


def _check_length(name: str, text: str) -> None:
    if len(text) > LONGEST_LINE[name]:
        raise ActionRefused(f"Houd {LABELS[name]} korter dan {LONGEST_LINE[name]} tekens.")


def _amount(amount: Decimal | None, what: str) -> Decimal | None:
    if amount is None:
        return None
    if not amount.is_finite() or not 0 <= amount < TOO_MUCH or amount != amount.quantize(CENT):
        raise ActionRefused(f"Het bedrag bij ‘{what}’ is geen bedrag van 0 of meer, in hele centen.")
    return abs(amount.quantize(CENT))  # -0 becomes 0


def _clean_line(text: str) -> str:
    """Return the text as it is stored: on one line, without double spaces."""
    return " ".join(clean_text(text).split())


def _clean_text(text: str) -> str:
    """Return the text as it is stored: line feeds only, stripped."""
    return clean_text(text).strip()
