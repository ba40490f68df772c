"""Record figures as revisions that name the row they replace. Concurrent changes raise Conflict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.domain.followed import Followed, followed
from indicators.domain.formatting import format_value
from indicators.domain.text_input import clean_text
from indicators.domain.values import NO_SAMPLE, Value
from indicators.models import LONGEST_EXPLANATION, Area, Component, Indicator, Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.models.value_columns import columns_of
from priorities.models import Kadernota
from priorities.permissions import check_record

# A figure by its component, area and year, as keys.
Key = tuple[int, int, int]
# The current revision of a figure, and the last adopted one.
Revisions = dict[Key, tuple[Measurement, Measurement | None]]


class Outcome(StrEnum):
    """What recording a figure or a line does to its current revision."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Conflict(Exception):
    """Someone else recorded figures in the meantime: `newer` holds their revisions, which were to be replaced."""

    def __init__(self, newer: Sequence[Measurement]) -> None:
        super().__init__("Een collega was eerder.")
        self.newer = list(newer)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One figure to record. `seen` is the key of the revision that the user saw; None when there was none.

    An `explanation` of None keeps the current one; so does a `sample` of None with an unchanged figure.
    """

    component: Component
    area: Area
    year: int
    value: Value
    explanation: str | None = None
    sample: int | None = None
    seen: int | None = None


def record_measurements(*, entries: Iterable[Entry], by: User, now: datetime) -> list[Outcome]:
    """Record figures, all or none; return the outcome of each.

    Raises NotAllowed; ActionRefused for a correction without its reason, a figure that is there twice, a year in which
    the indicator is not followed, an explanation that is too long; and Conflict.
    """
    check_record(by)
    entries = list(entries)
    if len({_key(entry) for entry in entries}) < len(entries):
        raise ActionRefused("Hetzelfde cijfer staat er twee keer in.")
    try:
        return _record(entries, by=by, now=now)
    except IntegrityError:
        # The unique index on `replaces` shows that another transaction was first. Read what it wrote and try again.
        return _record(entries, by=by, now=now)


@transaction.atomic
def _record(entries: Sequence[Entry], *, by: User, now: datetime) -> list[Outcome]:
    _lock_kadernotas(entries)
    revisions = _revisions_of(entries)
    rows = [(entry, *revisions.get(_key(entry), (None, None))) for entry in entries]
    outcomes = [outcome_of(entry, current) for entry, current, _ in rows]
    changes = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome is not Outcome.SAME]
    conflicts = [current for entry, current, _ in changes if entry.seen != (current.pk if current else None)]
    if conflicts:
        raise Conflict([current for current in conflicts if current])
    for entry, _, adopted in changes:
        _check_followed(entry)
        _check_sample(entry)
        _check_reason(entry, adopted)
    # A fixed order keeps two users who record the same figures from a deadlock.
    for entry, current, _ in sorted(changes, key=lambda row: _key(row[0])):
        _insert(entry, current, by=by, now=now)
    if changes:
        _log([entry for entry, *_ in changes], by)
    return outcomes


def _lock_kadernotas(entries: Sequence[Entry]) -> None:
    """Lock as adopting does: a figure is not adopted while its correction is recorded."""
    list(Kadernota.objects.select_for_update().filter(pk__in={entry.area.kadernota_id for entry in entries}))


def _log(entries: Sequence[Entry], by: User) -> None:
    years = ", ".join(str(year) for year in sorted({entry.year for entry in entries}))
    names = ", ".join(dict.fromkeys(str(entry.component) for entry in entries))
    audit.log_event(audit.RECORD, by=by, kadernota_id=entries[0].area.kadernota_id, subject=f"{years}: {names}")


def outcome_of(entry: Entry, current: Measurement | None) -> Outcome:
    """Return what recording this entry does to the current revision."""
    if current is None:
        return Outcome.NEW
    is_same = (
        current.value == entry.value
        and (entry.explanation is None or _clean(entry.explanation) == current.explanation)
        and entry.sample in (None, current.sample)
    )
    return Outcome.SAME if is_same else Outcome.CHANGED


def needs_reason(entry: Entry, adopted: Measurement | None) -> bool:
    """Return whether this corrects an adopted figure, so that the explanation must give the reason."""
    if adopted is None:
        return False
    return adopted.value != entry.value or entry.sample not in (None, adopted.sample)


def _clean(explanation: str) -> str:
    """Return the explanation as it is stored: line feeds only (forms send other line ends than sheets), stripped."""
    return clean_text(explanation).strip()


def not_followed(indicator: Indicator, year: int) -> str:
    """Return why the indicator has no figure for this year; "" when it is followed then."""
    span = followed(year, indicator.first_year, indicator.last_year)
    if span is Followed.NOT_YET:
        return f"{indicator.code} wordt pas gevolgd vanaf {indicator.first_year}"
    return f"{indicator.code} is na {indicator.last_year} vervallen" if span is Followed.ENDED else ""


def _check_followed(entry: Entry) -> None:
    if refusal := not_followed(entry.component.indicator, entry.year):
        raise ActionRefused(f"{entry.component} {entry.year}: {refusal}.")


def _check_sample(entry: Entry) -> None:
    if entry.sample is not None and not entry.component.indicator.takes_sample:
        raise ActionRefused(f"{entry.component} {entry.year}: {NO_SAMPLE}.")


def _check_reason(entry: Entry, adopted: Measurement | None) -> None:
    explanation = _clean(entry.explanation or "")
    if adopted is not None and needs_reason(entry, adopted) and not explanation:
        was = format_value(adopted.value, entry.component.unit)
        raise ActionRefused(
            f"{entry.component} {entry.year} is vastgesteld als {was}. "
            "Geef in de toelichting de reden van de correctie."
        )
    if len(explanation) > LONGEST_EXPLANATION:
        raise ActionRefused(
            f"{entry.component} {entry.year}: de toelichting is langer dan {LONGEST_EXPLANATION} tekens."
        )


def current_figures(kadernota: Kadernota, years: Iterable[int]) -> Revisions:
    """Return the current and the last adopted revision by component, area and year. Two queries."""
    return _revisions(Measurement.objects.of(kadernota).filter(year__in=list(years)))


def _revisions_of(entries: Sequence[Entry]) -> Revisions:
    components = {entry.component.pk for entry in entries}
    years = {entry.year for entry in entries}
    return _revisions(Measurement.objects.filter(component_id__in=components, year__in=years))


def _revisions(rows: MeasurementQuerySet) -> Revisions:
    """Return current and last adopted revisions. Two plain queries: their cost does not grow with the history."""
    pairs: Revisions = {}
    for row in rows.current().select_related("recorded_by", "component__indicator"):
        pairs[row.component_id, row.area_id, row.year] = (row, None)
    for row in rows.adopted():
        key = (row.component_id, row.area_id, row.year)
        pairs[key] = (pairs[key][0], row)
    return pairs


def _key(entry: Entry) -> Key:
    return entry.component.pk, entry.area.pk, entry.year


def _insert(entry: Entry, current: Measurement | None, *, by: User, now: datetime) -> None:
    explanation = entry.explanation if entry.explanation is not None else (current.explanation if current else "")
    # A sample size belongs to its figure: a changed figure does not inherit it.
    inherited = current.sample if current and current.value == entry.value else None
    Measurement.objects.create(
        component=entry.component,
        area=entry.area,
        year=entry.year,
        **columns_of(entry.value),
        explanation=_clean(explanation),
        sample=entry.sample if entry.sample is not None else inherited,
        recorded_by=by,
        recorded_at=now,
        replaces=current,
    )
