"""Recording a line of the annual programme adds a revision and names the one that it replaces."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.actions.recording import CHANGED, NEW, SAME
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.text_input import clean_text
from indicators.models import LONGEST_LINE, EditionLine, ProgrammeLine
from indicators.models.programme import TOO_MUCH
from indicators.readmodel.line_tasks import ACCOUNTED
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
    """Somebody else changed the line since: `newer` is the revision that stands now, with who recorded it."""

    def __init__(self, newer: ProgrammeLine) -> None:
        super().__init__("Een collega was eerder.")
        self.newer = newer


@dataclass(frozen=True)
class LineEntry:
    """A line as it should stand: an activity with its `state`, or an amount (`kind` finance) without one."""

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


CONTENT = tuple(one.name for one in fields(LineEntry) if one.name not in ("priority", "kind", "year"))


def record_line(*, entry: LineEntry, by, now: datetime, seen: int | None = None) -> tuple[ProgrammeLine, str]:
    """Record a line as a whole; tells whether it was new, changed or the same, with the revision that stands now.

    `seen` is the revision that the writer had before them (None: this is a new line). What stands already is the same,
    also when it comes twice. Raises NotAllowed; LineConflict when someone else was first; and ActionRefused for a line
    without a name, texts that are too long, an amount that is none, a year that is none of the kadernota's, an
    activity without its state, a name that another line has, and a changed account without its reason.
    """
    check_record(by)
    content = _checked(entry)
    try:
        return _record(entry, content, seen, by=by, now=now)
    except IntegrityError:
        # The unique index on what is replaced is the trip-wire: read what the other wrote.
        return _record(entry, content, seen, by=by, now=now)


def withdraw_line(*, seen: int, kadernota: Kadernota, reason: str, by, now: datetime) -> ProgrammeLine:
    """Take a line off the programme that was entered by mistake; its revisions stay, with the reason.

    An activity that will not happen is not withdrawn but "vervallen". Raises NotAllowed, ActionRefused without a
    reason or for a line of another kadernota, and LineConflict when someone else was first.
    """
    check_record(by)
    reason = _lines(reason)
    if not reason:
        raise ActionRefused("Schrijf waarom deze regel er niet hoort.")
    _check_length("result", reason)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        row = _of(kadernota, seen)
        newest = _newest(row)
        if newest.withdrawn:
            return newest
        if newest.pk != row.pk:
            raise LineConflict(newest)
        kept = {name: getattr(row, name) for name in (*CONTENT, "priority", "kind", "year") if name != "result"}
        withdrawn = ProgrammeLine.objects.create(
            **kept, result=reason, withdrawn=True, recorded_by=by, recorded_at=now, replaces=row
        )
        audit.note(audit.WITHDRAW, by=by, kadernota_id=kadernota.pk, subject=str(row))
        return withdrawn


@transaction.atomic
def _record(
    entry: LineEntry, content: dict[str, Any], seen: int | None, *, by, now: datetime
) -> tuple[ProgrammeLine, str]:
    # One at a time, as adopting does: a line is not adopted while its change is being weighed.
    kadernota = Kadernota.objects.select_for_update().get(pk=entry.priority.kadernota_id)
    current = _standing(kadernota, entry, seen) if seen is not None else _twin(entry)
    if current is not None and _same(current, content):
        return current, SAME
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
    audit.note(audit.PROGRAMME, by=by, kadernota_id=kadernota.pk, subject=str(row))
    return row, CHANGED if current else NEW


def _standing(kadernota: Kadernota, entry: LineEntry, seen: int) -> ProgrammeLine:
    """The newest revision of the line that was seen."""
    row = _of(kadernota, seen)
    if (row.priority_id, row.kind, row.year) != (entry.priority.pk, entry.kind.value, entry.year):
        raise ActionRefused("Een regel houdt zijn plaats, soort en jaar. Trek hem in, en maak een nieuwe.")
    return _newest(row)


def _of(kadernota: Kadernota, pk: int) -> ProgrammeLine:
    row = ProgrammeLine.objects.of(kadernota).select_related("priority", "recorded_by").filter(pk=pk).first()
    if row is None:
        raise ActionRefused("Deze regel is er niet.")
    return row


def _newest(row: ProgrammeLine) -> ProgrammeLine:
    while following := ProgrammeLine.objects.select_related("priority", "recorded_by").filter(replaces=row).first():
        row = following
    return row


def _twin(entry: LineEntry) -> ProgrammeLine | None:
    """Another line that would look the same in the programme: same part, kind, year, effort and name."""
    rows = ProgrammeLine.objects.current().filter(
        priority=entry.priority,
        kind=entry.kind.value,
        year=entry.year,
        withdrawn=False,
        effort=_line(entry.effort),
        title__iexact=_line(entry.title),
    )
    return rows.select_related("recorded_by").first()


def _same(row: ProgrammeLine, content: dict[str, Any]) -> bool:
    return not row.withdrawn and all(getattr(row, name) == value for name, value in content.items())


def _check_reason(current: ProgrammeLine | None, content: dict[str, Any]) -> None:
    """What was adopted as the account of its year changes only with words that say why: not those that were there."""
    adopted = _adopted_account(current)
    if adopted is None or content["result"] not in ("", adopted.line.result):
        return
    if any(getattr(adopted.line, name) != content.get(name, False) for name in ACCOUNTED):
        raise ActionRefused(
            f"‘{adopted.line.title}’ is vastgesteld in editie {adopted.edition}. "
            "Schrijf bij het resultaat waarom dit wijzigt."
        )


def _adopted_account(row: ProgrammeLine | None) -> EditionLine | None:
    while row is not None:
        held = EditionLine.objects.select_related("edition", "line").filter(line=row).first()
        if held is not None:
            return held if held.edition.year == row.year else None
        row = row.replaces
    return None


def _checked(entry: LineEntry) -> dict[str, Any]:
    """The columns that hold the content, tidied; ActionRefused for what does not fit."""
    if entry.year not in entry.priority.kadernota.years:
        raise ActionRefused(f"{entry.year} is geen jaar van deze kadernota.")
    if (entry.state is None) == (entry.kind is LineKind.ACTIVITY):
        raise ActionRefused(
            "Kies hoe de activiteit ervoor staat." if entry.state is None else "Een bedrag heeft geen stand."
        )
    texts = {name: _line(getattr(entry, name)) for name in LABELS if name != "result"} | {
        "result": _lines(entry.result)
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
    return abs(amount.quantize(CENT))  # there is no -0


def _line(text: str) -> str:
    """As it is stored: on one line, without double spaces."""
    return " ".join(clean_text(text).split())


def _lines(text: str) -> str:
    """As it is stored: one kind of line end, nothing around it."""
    return clean_text(text).strip()
