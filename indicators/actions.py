"""Every write is a verb here: keyword-only, atomic, with `by` whom and `now`.

Recording adds a revision and names the one that it replaces; who comes second is told who was first. Adopting puts
revisions in an edition; nobody adopts a revision that they recorded themselves.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from priorities.models import Kadernota

from .columns import columns_of
from .domain.notation import format_value
from .domain.values import Value
from .models import LONGEST_EXPLANATION, Area, Component, Edition, EditionEntry, Measurement
from .permissions import check_adopt, check_record

NEW, CHANGED, SAME = "new", "changed", "same"


class ActionRefused(Exception):
    """This cannot be done; the sentence says why and what can."""


class Conflict(Exception):
    """Others recorded figures since: `newer` holds the revisions that now stand where one was to be replaced."""

    def __init__(self, newer: Sequence[Measurement]) -> None:
        super().__init__("Een collega was eerder.")
        self.newer = list(newer)


@dataclass(frozen=True)
class Entry:
    """One figure to record. `seen` is the revision that the writer had before them (None: there was none).

    An `explanation` or `sample` of None leaves what is there as it is.
    """

    component: Component
    area: Area
    year: int
    value: Value
    explanation: str | None = None
    sample: int | None = None
    seen: int | None = None


def record_measurements(*, entries: Iterable[Entry], by, now: datetime) -> list[str]:
    """Record figures, all or none; tells of each whether it was new, changed or the same.

    Raises NotAllowed, ActionRefused (a correction without its reason) and Conflict (someone else was first).
    """
    check_record(by)
    entries = list(entries)
    with transaction.atomic():
        standing = _standing(entries)
        outcomes, newer = [], []
        for entry in entries:
            current, adopted = standing.get(_key(entry), (None, None))
            outcome = outcome_of(entry, current)
            if outcome != SAME and entry.seen != (current.pk if current else None):
                newer.append(current)
            elif outcome != SAME:
                _check_reason(entry, adopted)
                _insert(entry, current, by=by, now=now)
            outcomes.append(outcome)
        if newer:
            raise Conflict(newer)
    return outcomes


def outcome_of(entry: Entry, current: Measurement | None) -> str:
    """Whether recording this would be new, a change, or the same as what stands there."""
    if current is None:
        return NEW
    same = (
        current.value == entry.value
        and entry.explanation in (None, current.explanation)
        and entry.sample in (None, current.sample)
    )
    return SAME if same else CHANGED


def needs_reason(entry: Entry, adopted: Measurement | None) -> bool:
    """Whether this corrects an adopted figure, so that the explanation must say why."""
    if adopted is None:
        return False
    return adopted.value != entry.value or entry.sample not in (None, adopted.sample)


def _check_reason(entry: Entry, adopted: Measurement | None) -> None:
    if needs_reason(entry, adopted) and not (entry.explanation or "").strip():
        was = format_value(adopted.value, entry.component.unit)
        raise ActionRefused(
            f"{entry.component} {entry.year} is vastgesteld als {was}. "
            "Geef in de toelichting de reden van de correctie."
        )
    if len(entry.explanation or "") > LONGEST_EXPLANATION:
        raise ActionRefused(
            f"{entry.component} {entry.year}: de toelichting is langer dan {LONGEST_EXPLANATION} tekens."
        )


def standing_figures(kadernota: Kadernota, years: Iterable[int]) -> dict:
    """Of each (component, area, year): the current revision and the last adopted one, as a pair."""
    rows = Measurement.objects.of(kadernota).filter(year__in=list(years))
    return _pairs(rows)


def _standing(entries: Sequence[Entry]) -> dict:
    components = {entry.component.pk for entry in entries}
    years = {entry.year for entry in entries}
    return _pairs(Measurement.objects.filter(component_id__in=components, year__in=years))


def _pairs(rows) -> dict:
    """Two plain queries, so that the growth of the history costs no query more."""
    pairs: dict = {}
    for row in rows.current().select_related("recorded_by", "component__indicator"):
        pairs[row.component_id, row.area_id, row.year] = (row, None)
    for row in rows.adopted():
        key = (row.component_id, row.area_id, row.year)
        pairs[key] = (pairs[key][0], row)
    return pairs


def _key(entry: Entry) -> tuple[int, int, int]:
    return entry.component.pk, entry.area.pk, entry.year


def _insert(entry: Entry, current: Measurement | None, *, by, now: datetime) -> None:
    explanation = entry.explanation if entry.explanation is not None else (current.explanation if current else "")
    sample = entry.sample if entry.sample is not None else (current.sample if current else None)
    try:
        with transaction.atomic():
            Measurement.objects.create(
                component=entry.component, area=entry.area, year=entry.year, **columns_of(entry.value),
                explanation=explanation.strip(), sample=sample, recorded_by=by, recorded_at=now, replaces=current,
            )  # fmt: skip
    except IntegrityError:
        # The unique index is the trip-wire: another transaction replaced the same revision just now.
        others = Measurement.objects.filter(component=entry.component, area=entry.area, year=entry.year)
        raise Conflict(list(others.current().select_related("recorded_by", "component__indicator"))) from None


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
