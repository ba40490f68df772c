"""The lines of the programme in an edition: what of adopting is theirs, and sending one back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.domain.text_input import clean_text
from indicators.models import Edition, EditionLine, LineSentBack, Measurement, ProgrammeLine
from indicators.readmodel.tasks import Tasks
from priorities.models import Kadernota
from priorities.permissions import check_adopt

LONGEST_REASON = 1000


def checked_reason(reason: str, what: str) -> str:
    """The reason for sending `what` back as it is stored; ActionRefused without one, or with one too long."""
    reason = clean_text(reason).strip()
    if not reason:
        raise ActionRefused(f"Schrijf waarom u {what} terugstuurt.")
    if len(reason) > LONGEST_REASON:
        raise ActionRefused(f"De reden is langer dan {LONGEST_REASON} tekens.")
    return reason


def check_waits(draft: Measurement | ProgrammeLine, name: str, advice: str) -> None:
    """Raise ActionRefused when the draft was adopted, replaced or sent back; `advice` is for what was replaced."""
    if hasattr(draft, "entry"):
        raise ActionRefused(f"{name} is al vastgesteld, in editie {draft.entry.edition}. Verbeteren kan alleen nog.")
    if hasattr(draft, "replaced_by"):
        raise ActionRefused(f"{name} is intussen gewijzigd. {advice}")
    if hasattr(draft, "sent_back"):
        raise ActionRefused(f"{name} was al teruggestuurd.")


def lines_to_adopt(work: Tasks, year: int) -> list[ProgrammeLine]:
    """The revisions that an edition of this year takes: of the year itself, and of the next."""
    pks = [draft.new.pk for draft in work.lines.adoptable(year)]
    found = ProgrammeLine.objects.select_related("priority", "recorded_by").in_bulk(pks)
    return [found[pk] for pk in pks]


def unexplained_lines(work: Tasks, year: int) -> list[str]:
    """The sentence on the lines that lack what the account, or the look ahead, asks of them."""
    lacking = [f"{label} {why}" for label, why in work.lines.unexplained(year)]
    return [f"Het programma is nog niet compleet: {'; '.join(lacking)}."] if lacking else []


def check_not_own_lines(lines: Iterable[ProgrammeLine], by) -> None:
    """Raise ActionRefused when `by` recorded the latest revision of some line; superusers are no exception."""
    own = [f"‘{line.title}’" for line in lines if line.recorded_by_id == by.pk]
    if own:
        raise ActionRefused(
            "Wie een regel vastlegde, stelt hem niet zelf vast. "
            f"{by.get_username()} legde deze regels vast: {', '.join(own)}. Vraag een andere vaststeller."
        )


def put_in_edition(edition: Edition, lines: Sequence[ProgrammeLine]) -> None:
    """Let the edition hold these lines."""
    EditionLine.objects.bulk_create(EditionLine(edition=edition, line=line) for line in lines)


def written_lines(lines: Iterable[ProgrammeLine]) -> list[list]:
    """The lines in one fixed written form, for the hash of an edition."""
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


def _amount(amount) -> str:
    return "" if amount is None else f"{amount:.2f}"


def send_back_line(*, revision: int, kadernota: Kadernota, by, reason: str, now: datetime) -> LineSentBack:
    """Send a drafted line back to who recorded it, with a reason. It is not adopted until a next revision answers it.

    Raises NotAllowed, and ActionRefused without a reason, or when the revision is adopted, replaced or sent back.
    """
    check_adopt(by)
    reason = checked_reason(reason, "deze regel")
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        line = _draft(kadernota, revision)
        sent = LineSentBack.objects.create(line=line, reason=reason, sent_by=by, sent_at=now)
        audit.note(audit.SEND_BACK, by=by, kadernota_id=kadernota.pk, subject=str(line))
        return sent


def _draft(kadernota: Kadernota, revision: int) -> ProgrammeLine:
    rows = ProgrammeLine.objects.of(kadernota).select_related("entry__edition", "replaced_by", "sent_back")
    line = rows.filter(pk=revision).first()
    if line is None:
        raise ActionRefused("Deze regel is er niet.")
    name = f"‘{line.title}’ over {line.year}"
    check_waits(line, name, "Bekijk de nieuwe regel.")
    return line
