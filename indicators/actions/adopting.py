"""Adopting puts revisions in an edition; nobody adopts a revision that they recorded themselves.

Before it stands a gate: what misses its explanation, and what is missing after its deadline, stops the whole.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from indicators.actions import audit
from indicators.actions.adopting_lines import (
    check_not_own_lines,
    check_waits,
    checked_reason,
    lines_to_adopt,
    put_in_edition,
    unexplained_lines,
    written_lines,
)
from indicators.actions.errors import ActionRefused
from indicators.actions.recording import Entry
from indicators.domain.notation import format_value
from indicators.domain.text_input import clean_line
from indicators.models import Edition, EditionEntry, EditionLine, Measurement, ProgrammeLine, SentBack
from indicators.models.value_columns import columns_of
from indicators.readmodel.tasks import Tasks, load_tasks
from priorities.models import Kadernota
from priorities.permissions import NotAllowed, check_adopt

LONGEST_DECISION = 100


class AlreadyAdopted(ActionRefused):
    """All that was seen is adopted already, in `edition`: the second click of the same button."""

    def __init__(self, edition: Edition) -> None:
        what = "Deze cijfers zijn" if edition.size else "Dit programma is"
        super().__init__(f"{what} al vastgesteld, in editie {edition}. Er is niets veranderd.")
        self.edition = edition


def adopt(
    *,
    kadernota: Kadernota,
    year: int,
    by,
    decision: str,
    on: date,
    now: datetime,
    seen: Collection[int] | None = None,
    seen_lines: Collection[int] | None = None,
) -> Edition:
    """Adopt the drafts of a year that are not sent back, as the next edition of that year.

    It takes the figures of the year, the lines of the programme of that year (the account) and those of the next (the
    look ahead). `seen` and `seen_lines` are the revisions that the adopter had before them; without either, all there
    are. A page that shows figures only gives `seen` alone: then no line is taken. Raises NotAllowed, AlreadyAdopted,
    and ActionRefused when there is nothing to adopt, when something else waits than was seen, when the decision is not
    named, when the date lies after `now`, when the latest revision of some figure or line was recorded by `by`, or
    when the gate holds it up (`gate`).
    """
    try:
        check_adopt(by)
        decision = _checked_decision(decision, on, now)
        with transaction.atomic():
            edition = _adopt(kadernota, year, (seen, seen_lines), now, by=by, decision=decision, on=on)
            what = f"editie {edition}, cijfers: {edition.size}"
            what += f", regels van het programma: {edition.line_count}" if edition.line_count else ""
            audit.note(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=what)
            return edition
    except AlreadyAdopted:
        raise
    except (NotAllowed, ActionRefused):
        audit.note(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=f"jaar {year}", result=audit.REFUSED)
        raise


Seen = tuple[Collection[int] | None, Collection[int] | None]  # of the figures, and of the lines


def _adopt(kadernota: Kadernota, year: int, seen: Seen, now: datetime, *, by, decision: str, on: date) -> Edition:
    if year not in kadernota.years:
        raise ActionRefused(f"{year} is geen jaar van deze kadernota.")
    # One adopts or sends back at a time: the number of the edition and its place in the order depend on it.
    Kadernota.objects.select_for_update().get(pk=kadernota.pk)
    work = load_tasks(kadernota)
    checked = {draft.new.revision for draft in work.adoptable(year)}
    # A part of the municipality has no verdict to check; of the whole only what the gate judges is adopted.
    rows = [row for row in _drafts(kadernota, year) if row.pk in checked or not row.area.is_whole]
    # What was not shown is not adopted.
    lines = [] if seen[0] is not None and seen[1] is None else lines_to_adopt(work, year)
    check_seen(seen, rows, lines, kadernota, year)
    if not rows and not lines:
        raise ActionRefused(_nothing_to_adopt(work, year))
    check_not_own(rows, by)
    check_not_own_lines(lines, by)
    check_gate(work, year, on=on)
    return _seal(
        kadernota, year, rows, now, lines=lines, kind="adopted", adopted_on=on, adopted_by=by, decision=decision
    )


def _checked_decision(decision: str, on: date, now: datetime) -> str:
    decision = clean_line(decision).strip()
    if not decision:
        raise ActionRefused("Noem het besluit waarmee het college de cijfers vaststelde.")
    if len(decision) > LONGEST_DECISION:
        raise ActionRefused(f"De verwijzing naar het besluit is langer dan {LONGEST_DECISION} tekens.")
    if on > timezone.localdate(now):
        raise ActionRefused("De datum van vaststellen ligt in de toekomst.")
    return decision


def _nothing_to_adopt(work: Tasks, year: int) -> str:
    sent_back = [draft.label for draft in (*work.drafts(year), *work.lines.drafts(year)) if draft.returned]
    if sent_back:
        return f"Voor {year} is er niets vast te stellen: alles wat er ligt, is teruggestuurd ({', '.join(sent_back)})."
    return f"Voor {year} is er niets vast te stellen: er zijn geen nieuwe of gewijzigde cijfers of regels."


def check_seen(
    seen: Seen, rows: Sequence[Measurement], lines: Sequence[ProgrammeLine], kadernota: Kadernota, year: int
) -> None:
    """Raise AlreadyAdopted when an edition holds all that was seen; ActionRefused when something else waits now."""
    waiting = ({row.pk for row in rows if row.area.is_whole}, {line.pk for line in lines})
    if all(shown is None or set(shown) == there for shown, there in zip(seen, waiting, strict=True)):
        return
    figures, programme = (set(shown or ()) for shown in seen)
    entries = EditionEntry.objects.filter(edition__kadernota=kadernota, edition__year=year, measurement__in=figures)
    held = EditionLine.objects.filter(edition__kadernota=kadernota, edition__year=year, line__in=programme)
    holders = [*entries.select_related("edition"), *held.select_related("edition")]
    if holders and len(holders) == len(figures) + len(programme):
        raise AlreadyAdopted(max((one.edition for one in holders), key=lambda edition: edition.pk))
    raise ActionRefused(
        "Sinds u deze pagina opende, is er iets bijgekomen, gewijzigd of teruggestuurd. "
        "Bekijk de lijst opnieuw. Er is niets vastgesteld."
    )


def check_not_own(rows: Iterable[Measurement], by) -> None:
    """Raise ActionRefused when `by` recorded the latest revision of some figure; superusers are no exception."""
    own = [str(row.component) for row in rows if row.recorded_by_id == by.pk]
    if own:
        raise ActionRefused(
            "Wie een cijfer vastlegde, stelt het niet zelf vast. "
            f"{by.get_username()} legde deze cijfers vast: {', '.join(own)}. Vraag een andere vaststeller."
        )


def check_gate(work: Tasks, year: int, *, on: date) -> None:
    """Raise ActionRefused with every sentence of the gate, when there is any."""
    sentences = gate(work, year, on=on)
    if sentences:
        raise ActionRefused(" ".join(sentences))


def gate(work: Tasks, year: int, *, on: date) -> list[str]:
    """What keeps a year from being adopted on this day, each figure and line by name; empty when nothing does."""
    return [*unexplained(work, year), *unexplained_lines(work, year), *overdue(work, year, on=on)]


def unexplained(work: Tasks, year: int) -> list[str]:
    """The sentence on the drafts that lack the explanation that they need; none for those that were sent back."""
    lacking = [f"{draft.label} ({draft.why_explain})" for draft in work.adoptable(year) if draft.lacks_explanation]
    return [f"Zonder toelichting kan dit niet worden vastgesteld: {'; '.join(lacking)}."] if lacking else []


def overdue(work: Tasks, year: int, *, on: date) -> list[str]:
    """The sentence on planned figures of which nothing is recorded after the deadline of their source."""
    late = [gap for gap in work.missing(year) if gap.is_overdue(on)]
    named = "; ".join(f"{gap.label} ({gap.row.source}, uiterlijk {gap.due_on:%d-%m-%Y})" for gap in late)
    if not late:
        return []
    return [
        f"Van dit is niets vastgelegd, terwijl de termijn voorbij is: {named}. "
        "Leg het eerst vast als pm of n.b., met een toelichting."
    ]


def send_back(*, revision: int, kadernota: Kadernota, by, reason: str, now: datetime) -> SentBack:
    """Send a draft back to who recorded it, with a reason. It is not adopted until a next revision answers it.

    Raises NotAllowed, and ActionRefused without a reason, or when the revision is adopted, replaced or sent back.
    """
    check_adopt(by)
    reason = checked_reason(reason, "dit cijfer")
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        row = _draft(kadernota, revision)
        sent = SentBack.objects.create(measurement=row, reason=reason, sent_by=by, sent_at=now)
        audit.note(audit.SEND_BACK, by=by, kadernota_id=kadernota.pk, subject=f"{row.component}, {row.year}")
        return sent


def _draft(kadernota: Kadernota, revision: int) -> Measurement:
    rows = Measurement.objects.of(kadernota).select_related("component__indicator", "entry__edition", "replaced_by")
    row = rows.select_related("sent_back").filter(pk=revision).first()
    if row is None:
        raise ActionRefused("Dit cijfer is er niet.")
    check_waits(row, f"{row.component} over {row.year}", "Bekijk het nieuwe cijfer.")
    return row


def take_over(
    *,
    kadernota: Kadernota,
    year: int,
    source: str,
    retrieved_on: date,
    figures: Sequence[tuple[Entry, str]],
    now: datetime,
) -> Edition:
    """Store published figures, each with a note on its origin, as an edition without a decision or an adopter."""
    with transaction.atomic():
        rows = [
            Measurement.objects.create(
                component=entry.component,
                area=entry.area,
                year=year,
                **columns_of(entry.value),
                explanation=entry.explanation or "",
                source_note=note,
                recorded_at=now,
            )
            for entry, note in figures
        ]
        return _seal(kadernota, year, rows, now, kind="taken_over", source=source, retrieved_on=retrieved_on)


def _drafts(kadernota: Kadernota, year: int) -> list[Measurement]:
    rows = Measurement.objects.of(kadernota).filter(year=year).drafts().filter(sent_back__isnull=True)
    rows = rows.select_related("component__indicator", "area", "recorded_by")
    place = "component__indicator__priority"
    return list(rows.order_by(f"{place}__kind", f"{place}__number", "component__indicator__order", "component__order"))


def _seal(
    kadernota: Kadernota,
    year: int,
    rows: Sequence[Measurement],
    now: datetime,
    *,
    lines: Sequence[ProgrammeLine] = (),
    **facts,
) -> Edition:
    numbers = Edition.objects.of(kadernota).filter(year=year).values_list("number", flat=True)
    edition = Edition.objects.create(
        kadernota=kadernota,
        year=year,
        number=max(numbers, default=0) + 1,
        size=len(rows),
        line_count=len(lines),
        content_hash=content_hash(kadernota, year, rows, lines),
        recorded_at=now,
        **facts,
    )
    EditionEntry.objects.bulk_create(EditionEntry(edition=edition, measurement=row) for row in rows)
    put_in_edition(edition, lines)
    return edition


def content_hash(
    kadernota: Kadernota, year: int, rows: Iterable[Measurement], lines: Iterable[ProgrammeLine] = ()
) -> str:
    """The SHA-256 of what an edition holds in one fixed written form; without lines it is that of the figures alone."""
    figures = sorted(
        [
            row.component.indicator.code,
            row.component.name,
            row.area.code,
            year,
            format_value(row.value, row.component.unit),
            row.sample,
            row.explanation,
            row.source_note,
        ]
        for row in rows
    )
    content = [kadernota.slug, figures, *([programme] if (programme := written_lines(lines)) else [])]
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
