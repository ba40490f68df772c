"""Adopt drafts as an edition, and send drafts back. Nobody adopts a revision that they recorded themselves.

The gate comes first: a draft without a required explanation or a figure past its deadline stops the adoption.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.actions import audit
from indicators.actions.adopting_lines import (
    check_is_open,
    check_not_own_lines,
    checked_reason,
    lines_to_adopt,
    serialized_lines,
    unexplained_lines,
)
from indicators.actions.errors import ActionRefused, check_year
from indicators.actions.recording import Entry
from indicators.domain.formatting import format_value
from indicators.domain.text_input import clean_line
from indicators.models import Edition, EditionEntry, EditionLine, Measurement, ProgrammeLine, SentBack
from indicators.models.value_columns import columns_of
from indicators.readmodel.tasks import Tasks, load_tasks
from priorities.models import Kadernota
from priorities.permissions import NotAllowed, check_adopt

LONGEST_DECISION = 100


class AlreadyAdopted(ActionRefused):
    """Everything that the user saw was adopted before, in `edition`: the button was clicked twice."""

    def __init__(self, edition: Edition) -> None:
        what = "Deze cijfers zijn" if edition.size else "Dit programma is"
        super().__init__(f"{what} al vastgesteld, in editie {edition}. Er is niets veranderd.")
        self.edition = edition


def adopt(
    *,
    kadernota: Kadernota,
    year: int,
    by: User,
    decision: str,
    on: date,
    now: datetime,
    seen: Collection[int] | None = None,
    seen_lines: Collection[int] | None = None,
) -> Edition:
    """Adopt the drafts of a year that are not sent back, as the next edition of that year.

    The edition takes the figures of the year, the lines of the programme of that year (the account) and those of the
    next (the look ahead). `seen` and `seen_lines` are the keys of the revisions that the user saw; all drafts when both
    are None. With `seen` alone no line is adopted. Raises NotAllowed, AlreadyAdopted, and ActionRefused when there is
    nothing to adopt, when the drafts differ from those seen, without a decision, for a date after `now`, when `by`
    recorded the latest revision of any figure or line, or when the gate stops it (`gate`).
    """
    try:
        check_adopt(by)
        decision = _checked_decision(decision, on, now)
        with transaction.atomic():
            edition = _adopt(kadernota, year, (seen, seen_lines), now=now, by=by, decision=decision, on=on)
            subject = f"editie {edition}, cijfers: {edition.size}"
            subject += f", regels van het programma: {edition.line_count}" if edition.line_count else ""
            audit.log_event(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=subject)
            return edition
    except AlreadyAdopted:
        raise
    except (NotAllowed, ActionRefused):
        audit.log_event(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=f"jaar {year}", result=audit.REFUSED)
        raise


Seen = tuple[Collection[int] | None, Collection[int] | None]  # keys of figures, and of lines


def _adopt(kadernota: Kadernota, year: int, seen: Seen, *, now: datetime, by: User, decision: str, on: date) -> Edition:
    check_year(kadernota, year)
    # One adoption at a time: the number of the edition and its place in the order depend on it.
    Kadernota.objects.select_for_update().get(pk=kadernota.pk)
    tasks = load_tasks(kadernota)
    assessed = {draft.new.revision for draft in tasks.adoptable(year)}
    # Figures of smaller areas have no verdict. For the whole municipality, adopt only what the gate assessed.
    rows = [row for row in _drafts(kadernota, year) if row.pk in assessed or not row.area.is_whole]
    # Only what the user saw is adopted.
    lines = [] if seen[0] is not None and seen[1] is None else lines_to_adopt(tasks, year)
    check_seen(seen, kadernota, year, rows=rows, lines=lines)
    if not rows and not lines:
        raise ActionRefused(_nothing_to_adopt(tasks, year))
    check_not_own(rows, by)
    check_not_own_lines(lines, by)
    if sentences := gate(tasks, year, on=on):
        raise ActionRefused(" ".join(sentences))
    return _create_edition(
        kadernota, year, rows, now=now, lines=lines, kind="adopted", adopted_on=on, adopted_by=by, decision=decision
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


def _nothing_to_adopt(tasks: Tasks, year: int) -> str:
    sent_back = [draft.label for draft in tasks.drafts(year) if draft.rejection]
    sent_back += [draft.label for draft in tasks.lines.drafts(year) if draft.rejection]
    if sent_back:
        return f"Voor {year} is er niets vast te stellen: alles wat er ligt, is teruggestuurd ({', '.join(sent_back)})."
    return f"Voor {year} is er niets vast te stellen: er zijn geen nieuwe of gewijzigde cijfers of regels."


def check_seen(
    seen: Seen, kadernota: Kadernota, year: int, *, rows: Sequence[Measurement], lines: Sequence[ProgrammeLine]
) -> None:
    """Raise AlreadyAdopted when an edition holds all that was seen; ActionRefused when other drafts are open now."""
    drafts = ({row.pk for row in rows if row.area.is_whole}, {line.pk for line in lines})
    if all(keys is None or set(keys) == current for keys, current in zip(seen, drafts, strict=True)):
        return
    figures, programme = (set(keys or ()) for keys in seen)
    entries = EditionEntry.objects.filter(edition__kadernota=kadernota, edition__year=year, measurement__in=figures)
    entry_lines = EditionLine.objects.filter(edition__kadernota=kadernota, edition__year=year, line__in=programme)
    editions = [entry.edition for entry in entries.select_related("edition")]
    editions += [entry.edition for entry in entry_lines.select_related("edition")]
    if editions and len(editions) == len(figures) + len(programme):
        raise AlreadyAdopted(max(editions, key=lambda edition: edition.pk))
    raise ActionRefused(
        "Sinds u deze pagina opende, is er iets bijgekomen, gewijzigd of teruggestuurd. "
        "Bekijk de lijst opnieuw. Er is niets vastgesteld."
    )


def check_not_own(rows: Iterable[Measurement], by: User) -> None:
    """Raise ActionRefused when `by` recorded the latest revision of any figure; this holds for superusers too."""
    own = [str(row.component) for row in rows if row.recorded_by_id == by.pk]
    if own:
        raise ActionRefused(
            "Wie een cijfer vastlegde, stelt het niet zelf vast. "
            f"{by.get_username()} legde deze cijfers vast: {', '.join(own)}. Vraag een andere vaststeller."
        )


def gate(tasks: Tasks, year: int, *, on: date) -> list[str]:
    """Return the sentences on what stops the adoption of a year on this day, naming each figure and line."""
    return [*unexplained(tasks, year), *unexplained_lines(tasks, year), *overdue(tasks, year, on=on)]


def unexplained(tasks: Tasks, year: int) -> list[str]:
    """Return a sentence on the drafts without a required explanation, if any; drafts that were sent back excepted."""
    labels = [
        f"{draft.label} ({draft.explanation_reason})" for draft in tasks.adoptable(year) if draft.lacks_explanation
    ]
    return [f"Zonder toelichting kan dit niet worden vastgesteld: {'; '.join(labels)}."] if labels else []


def overdue(tasks: Tasks, year: int, *, on: date) -> list[str]:
    """Return a sentence on the planned figures that were not recorded by the deadline of their source, if any."""
    late = [gap for gap in tasks.missing(year) if gap.is_overdue(on)]
    labels = "; ".join(f"{gap.label} ({gap.row.source}, uiterlijk {gap.due_on:%d-%m-%Y})" for gap in late)
    if not late:
        return []
    return [
        f"Van dit is niets vastgelegd, terwijl de termijn voorbij is: {labels}. "
        "Leg het eerst vast als pm of n.b., met een toelichting."
    ]


def send_back(*, revision: int, kadernota: Kadernota, by: User, reason: str, now: datetime) -> SentBack:
    """Send a draft back to its author, with a reason. Only a next revision can be adopted.

    Raises NotAllowed, and ActionRefused without a reason, or when the revision is adopted, replaced or sent back.
    """
    check_adopt(by)
    reason = checked_reason(reason, "dit cijfer")
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        row = _draft(kadernota, revision)
        rejection = SentBack.objects.create(measurement=row, reason=reason, sent_by=by, sent_at=now)
        audit.log_event(audit.SEND_BACK, by=by, kadernota_id=kadernota.pk, subject=f"{row.component}, {row.year}")
        return rejection


def _draft(kadernota: Kadernota, revision: int) -> Measurement:
    rows = Measurement.objects.of(kadernota).select_related("component__indicator", "entry__edition", "replaced_by")
    row: Measurement | None = rows.select_related("sent_back").filter(pk=revision).first()
    if row is None:
        raise ActionRefused("Dit cijfer is er niet.")
    check_is_open(row, f"{row.component} over {row.year}", "Bekijk het nieuwe cijfer.")
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
    """Store published figures, each with a note on its source, as an edition without a decision or an adopter."""
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
        return _create_edition(
            kadernota, year, rows, now=now, kind="taken_over", source=source, retrieved_on=retrieved_on
        )


def _drafts(kadernota: Kadernota, year: int) -> list[Measurement]:
    rows = Measurement.objects.of(kadernota).filter(year=year).drafts().filter(sent_back__isnull=True)
    rows = rows.select_related("component__indicator", "area", "recorded_by")
    priority = "component__indicator__priority"
    return list(
        rows.order_by(f"{priority}__kind", f"{priority}__number", "component__indicator__order", "component__order")
    )


def _create_edition(
    kadernota: Kadernota,
    year: int,
    rows: Sequence[Measurement],
    *,
    now: datetime,
    lines: Sequence[ProgrammeLine] = (),
    **facts: Any,
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
    EditionLine.objects.bulk_create(EditionLine(edition=edition, line=line) for line in lines)
    return edition


def content_hash(
    kadernota: Kadernota, year: int, rows: Iterable[Measurement], lines: Iterable[ProgrammeLine] = ()
) -> str:
    """Return the SHA-256, in hexadecimal, of the contents of an edition in a fixed JSON form; lines only if any."""
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
    content = [kadernota.slug, figures, *([programme] if (programme := serialized_lines(lines)) else [])]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
