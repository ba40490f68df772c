"""Adopting puts revisions in an edition; nobody adopts a revision that they recorded themselves."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from indicators.columns import columns_of
from indicators.domain.notation import format_value
from indicators.models import Edition, EditionEntry, Measurement
from indicators.permissions import check_adopt
from priorities.models import Kadernota

from .recording import Entry
from .refused import ActionRefused


def adopt(*, kadernota: Kadernota, year: int, by, decision: str, on: date, now: datetime) -> Edition:
    """Adopt all drafts of a year as the next edition of that year.

    Raises NotAllowed, and ActionRefused when there is nothing to adopt, when the decision is not named, when the
    date lies after `now`, or when the latest revision of some figure was recorded by `by`.
    """
    check_adopt(by)
    if not decision.strip():
        raise ActionRefused("Noem het besluit waarmee het college de cijfers vaststelde.")
    if on > now.date():
        raise ActionRefused("De datum van vaststellen ligt in de toekomst.")
    with transaction.atomic():
        # One adopts at a time: the number of the edition and its place in the order depend on it.
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        drafts = _drafts(kadernota, year)
        if not drafts:
            raise ActionRefused(f"Voor {year} is er niets vast te stellen: er zijn geen nieuwe of gewijzigde cijfers.")
        own = [str(row.component) for row in drafts if row.recorded_by_id == by.pk]
        if own:
            raise ActionRefused(
                "Wie een cijfer vastlegde, stelt het niet zelf vast. "
                f"{by.get_username()} legde deze cijfers vast: {', '.join(own)}. Vraag een andere vaststeller."
            )
        facts = {"kind": "adopted", "adopted_on": on, "adopted_by": by, "decision": decision.strip()}
        return _seal(kadernota, year, drafts, now, **facts)


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
                component=entry.component, area=entry.area, year=year, **columns_of(entry.value),
                explanation=entry.explanation or "", source_note=note, recorded_at=now,
            )
            for entry, note in figures
        ]  # fmt: skip
        return _seal(kadernota, year, rows, now, kind="taken_over", source=source, retrieved_on=retrieved_on)


def _drafts(kadernota: Kadernota, year: int) -> list[Measurement]:
    rows = Measurement.objects.of(kadernota).filter(year=year).drafts()
    rows = rows.select_related("component__indicator", "area", "recorded_by")
    return list(
        rows.order_by("component__indicator__priority__number", "component__indicator__order", "component__order")
    )


def _seal(kadernota: Kadernota, year: int, rows: Sequence[Measurement], now: datetime, **facts) -> Edition:
    numbers = Edition.objects.of(kadernota).filter(year=year).values_list("number", flat=True)
    edition = Edition.objects.create(
        kadernota=kadernota, year=year, number=max(numbers, default=0) + 1,
        content_hash=content_hash(kadernota, year, rows), recorded_at=now, **facts,
    )  # fmt: skip
    EditionEntry.objects.bulk_create(EditionEntry(edition=edition, measurement=row) for row in rows)
    return edition


def content_hash(kadernota: Kadernota, year: int, rows: Iterable[Measurement]) -> str:
    """The SHA-256 of an edition's figures in one fixed written form."""
    lines = sorted(
        [
            row.component.indicator.code, row.component.name, row.area.code, year,
            format_value(row.value, row.component.unit), row.sample, row.explanation, row.source_note,
        ]
        for row in rows
    )  # fmt: skip
    written = json.dumps([kadernota.slug, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
