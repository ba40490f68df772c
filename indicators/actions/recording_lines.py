"""Record lines of the annual programme as revisions that name the row they replace."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused, check_year
from indicators.actions.recording import Outcome
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.text_input import clean_text
from indicators.models import LONGEST_LINE, EditionLine, ProgrammeLine
from indicators.models.programme import TOO_MUCH
from indicators.readmodel.line_tasks import ACCOUNT_FIELDS
from priorities.models import Kadernota, Priority
from priorities.permissions import check_record

LABELS = {
    "effort": "de inzet",
    "title": "de naam",
    "partners": "met wie",
    "planned": "wanneer",
    "result": "het resultaat",
}
CENT = Decimal("0.01")


class LineConflict(Exception):
    """Someone else changed the line in the meantime: `newer` is the current revision, with who recorded it."""

    def __init__(self, newer: ProgrammeLine) -> None:
        super().__init__("Een collega was eerder.")
        self.newer = newer


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """A line to record: an activity with its `state`, or an amount (`kind` finance) without one."""

    priority: Priority
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


CONTENT = tuple(field.name for field in fields(LineEntry) if field.name not in ("priority", "kind", "year"))


def record_line(*, entry: LineEntry, by: User, now: datetime, seen: int | None = None) -> tuple[ProgrammeLine, Outcome]:
    """Record a whole line; return its current revision and the outcome.

    `seen` is the key of the revision that the user saw; None for a new line. Recording the same content again changes
    nothing. Raises NotAllowed; LineConflict; and ActionRefused for a line without a name, a text that is too long, an
    invalid amount, a year outside the kadernota, an activity without its state, a name that another line has, and a
    changed account without its reason.
    """
    check_record(by)
    content = _checked_content(entry)
    try:
        return _record(entry, content, seen, by=by, now=now)
    except IntegrityError:
        # The unique index on `replaces` shows that another transaction was first. Read what it wrote and try again.
        return _record(entry, content, seen, by=by, now=now)


def withdraw_line(*, seen: int, kadernota: Kadernota, reason: str, by: User, now: datetime) -> ProgrammeLine:
    """Withdraw a line that was entered by mistake; its revisions stay, with the reason.

    An activity that will not happen is not withdrawn but "vervallen". Raises NotAllowed, ActionRefused without a
    reason or for a line of another kadernota, and LineConflict.
    """
    check_record(by)
    reason = _clean_text(reason)
    if not reason:
        raise ActionRefused("Schrijf waarom deze regel er niet hoort.")
    _check_length("result", reason)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        row = _line_of(kadernota, seen)
        newest = _newest(row)
        if newest.withdrawn:
            return newest
        if newest.pk != row.pk:
            raise LineConflict(newest)
        content = {name: getattr(row, name) for name in (*CONTENT, "priority", "kind", "year") if name != "result"}
        withdrawn = ProgrammeLine.objects.create(
            **content, result=reason, withdrawn=True, recorded_by=by, recorded_at=now, replaces=row
        )
        audit.log_event(audit.WITHDRAW, by=by, kadernota_id=kadernota.pk, subject=str(row))
        return withdrawn


@transaction.atomic
def _record(
    entry: LineEntry, content: dict[str, Any], seen: int | None, *, by: User, now: datetime
) -> tuple[ProgrammeLine, Outcome]:
    # Lock as adopting does: a line is not adopted while its change is recorded.
    kadernota = Kadernota.objects.select_for_update().get(pk=entry.priority.kadernota_id)
    current = _current(kadernota, entry, seen) if seen is not None else _namesake(entry)
    if current is not None and _same(current, content):
        return current, Outcome.SAME
    if seen is None and current is not None:
        raise ActionRefused(f"‘{current.title}’ staat er voor {entry.year} al bij. Wijzig die regel.")
    if current is not None and current.pk != seen:
        raise LineConflict(current)
    _check_reason(current, content)
    row = ProgrammeLine.objects.create(
        priority=entry.priority,
        kind=entry.kind.value,
        year=entry.year,
        **content,
        recorded_by=by,
        recorded_at=now,
        replaces=current,
    )
    audit.log_event(audit.PROGRAMME, by=by, kadernota_id=kadernota.pk, subject=str(row))
    return row, Outcome.CHANGED if current else Outcome.NEW


def _current(kadernota: Kadernota, entry: LineEntry, seen: int) -> ProgrammeLine:
    """Return the newest revision of the line whose revision `seen` the user saw."""
    row = _line_of(kadernota, seen)
    if (row.priority_id, row.kind, row.year) != (entry.priority.pk, entry.kind.value, entry.year):
        raise ActionRefused("Een regel houdt zijn plaats, soort en jaar. Trek hem in, en maak een nieuwe.")
    return _newest(row)


def _line_of(kadernota: Kadernota, pk: int) -> ProgrammeLine:
    rows = ProgrammeLine.objects.of(kadernota).select_related("priority", "recorded_by")
    row: ProgrammeLine | None = rows.filter(pk=pk).first()
    if row is None:
        raise ActionRefused("Deze regel is er niet.")
    return row


def _newest(row: ProgrammeLine) -> ProgrammeLine:
    while following := ProgrammeLine.objects.select_related("priority", "recorded_by").filter(replaces=row).first():
        row = following
    return row


def _namesake(entry: LineEntry) -> ProgrammeLine | None:
    """Return the line with the same part, kind, year, effort and name, or None: the two would look the same."""
    rows = ProgrammeLine.objects.current().filter(
        priority=entry.priority,
        kind=entry.kind.value,
        year=entry.year,
        withdrawn=False,
        effort=_clean_line(entry.effort),
        title__iexact=_clean_line(entry.title),
    )
    namesake: ProgrammeLine | None = rows.select_related("recorded_by").first()
    return namesake


def _same(row: ProgrammeLine, content: dict[str, Any]) -> bool:
    return not row.withdrawn and all(getattr(row, name) == value for name, value in content.items())


def _check_reason(current: ProgrammeLine | None, content: dict[str, Any]) -> None:
    """Raise ActionRefused when an adopted account changes without a new text that gives the reason."""
    adopted = _adopted_account(current)
    if adopted is None or content["result"] not in ("", adopted.line.result):
        return
    if any(getattr(adopted.line, name) != content.get(name, False) for name in ACCOUNT_FIELDS):
        raise ActionRefused(
            f"‘{adopted.line.title}’ is vastgesteld in editie {adopted.edition}. "
            "Schrijf bij het resultaat waarom dit wijzigt."
        )


def _adopted_account(row: ProgrammeLine | None) -> EditionLine | None:
    while row is not None:
        adopted = EditionLine.objects.select_related("edition", "line").filter(line=row).first()
        if adopted is not None:
            return adopted if adopted.edition.year == row.year else None
        row = row.replaces
    return None


def _checked_content(entry: LineEntry) -> dict[str, Any]:
    """Return the content by column, cleaned; raise ActionRefused for what is not allowed."""
    check_year(entry.priority.kadernota, entry.year)
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
