"""Adopt lines of the programme: the checks on lines, their form in the hash, and sending a line back."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.domain.text_input import clean_text
from indicators.models import LineSentBack, Measurement, ProgrammeLine
from indicators.readmodel.line_tasks import line_label
from indicators.readmodel.tasks import Tasks
from priorities.models import Kadernota
from priorities.permissions import check_adopt

LONGEST_REASON = 1000


def checked_reason(reason: str, what: str) -> str:
    """Return the reason for sending `what` back, cleaned. Raises ActionRefused when it is empty or too long."""
    reason = clean_text(reason).strip()
    if not reason:
        raise ActionRefused(f"Schrijf waarom u {what} terugstuurt.")
    if len(reason) > LONGEST_REASON:
        raise ActionRefused(f"De reden is langer dan {LONGEST_REASON} tekens.")
    return reason


def check_is_open(draft: Measurement | ProgrammeLine, name: str, advice: str) -> None:
    """Raise ActionRefused when the draft was adopted, replaced or sent back. `advice` follows "was replaced"."""
    if hasattr(draft, "entry"):
        raise ActionRefused(f"{name} is al vastgesteld, in editie {draft.entry.edition}. Verbeteren kan alleen nog.")
    if hasattr(draft, "replaced_by"):
        raise ActionRefused(f"{name} is intussen gewijzigd. {advice}")
    if hasattr(draft, "sent_back"):
        raise ActionRefused(f"{name} was al teruggestuurd.")


def lines_to_adopt(tasks: Tasks, year: int) -> list[ProgrammeLine]:
    """Return the revisions that an edition of this year takes: lines of the year itself and of the next."""
    pks = [draft.new.pk for draft in tasks.lines.adoptable(year)]
    lines = ProgrammeLine.objects.select_related("priority", "recorded_by").in_bulk(pks)
    return [lines[pk] for pk in pks]


def unexplained_lines(tasks: Tasks, year: int) -> list[str]:
    """Return a sentence on the lines that are incomplete for an edition of this year, if any."""
    incomplete = [f"{line_label(line)} {why}" for line, why in tasks.lines.incomplete(year)]
    return [f"Het programma is nog niet compleet: {'; '.join(incomplete)}."] if incomplete else []


def check_not_own_lines(lines: Iterable[ProgrammeLine], by: User) -> None:
    """Raise ActionRefused when `by` recorded the latest revision of any line; this holds for superusers too."""
    own = [f"‘{line.title}’" for line in lines if line.recorded_by_id == by.pk]
    if own:
        raise ActionRefused(
            "Wie een regel vastlegde, stelt hem niet zelf vast. "
            f"{by.get_username()} legde deze regels vast: {', '.join(own)}. Vraag een andere vaststeller."
        )


def serialized_lines(lines: Iterable[ProgrammeLine]) -> list[list[Any]]:
    """Return the lines in a fixed form and order, for the hash of an edition."""
    return sorted(
        [
            line.priority.kind,
            line.priority.number,
            line.year,
            line.kind,
            line.effort,
            line.title,
            line.partners,
            line.planned,
            line.state,
            line.result,
            _amount(line.budget),
            _amount(line.spent),
            line.withdrawn,
        ]
        for line in lines
    )


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def send_back_line(*, revision: int, kadernota: Kadernota, by: User, reason: str, now: datetime) -> LineSentBack:
    """Send a draft of a line back to its author, with a reason. Only a next revision can be adopted.

    Raises NotAllowed, and ActionRefused without a reason, or when the revision is adopted, replaced or sent back.
    """
    check_adopt(by)
    reason = checked_reason(reason, "deze regel")
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        line = _draft(kadernota, revision)
        rejection = LineSentBack.objects.create(line=line, reason=reason, sent_by=by, sent_at=now)
        audit.log_event(audit.SEND_BACK, by=by, kadernota_id=kadernota.pk, subject=str(line))
        return rejection


def _draft(kadernota: Kadernota, revision: int) -> ProgrammeLine:
    rows = ProgrammeLine.objects.of(kadernota).select_related("entry__edition", "replaced_by", "sent_back")
    line: ProgrammeLine | None = rows.filter(pk=revision).first()
    if line is None:
        raise ActionRefused("Deze regel is er niet.")
    name = f"‘{line.title}’ over {line.year}"
    check_is_open(line, name, "Bekijk de nieuwe regel.")
    return line
