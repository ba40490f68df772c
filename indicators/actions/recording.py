"""Recording adds a revision and names the one that it replaces; who comes second is told who was first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.domain.followed import Followed, followed
from indicators.domain.notation import format_value
from indicators.domain.text_input import clean_text
from indicators.domain.values import NO_SAMPLE, Value
from indicators.models import LONGEST_EXPLANATION, Area, Component, Indicator, Measurement
from indicators.models.value_columns import columns_of
from priorities.models import Kadernota
from priorities.permissions import check_record

NEW, CHANGED, SAME = "new", "changed", "same"


class Conflict(Exception):
    """Others recorded figures since: `newer` holds the revisions that now stand where one was to be replaced."""

    def __init__(self, newer: Sequence[Measurement]) -> None:
        super().__init__("Een collega was eerder.")
        self.newer = list(newer)


@dataclass(frozen=True)
class Entry:
    """One figure to record. `seen` is the revision that the writer had before them (None: there was none).

    An `explanation` of None leaves what is there as it is; so does a `sample` of None beside the same figure.
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

    Raises NotAllowed, ActionRefused (a correction without its reason, a figure that is there twice) and Conflict
    (someone else was first).
    """
    check_record(by)
    entries = list(entries)
    if len({_key(entry) for entry in entries}) < len(entries):
        raise ActionRefused("Hetzelfde cijfer staat er twee keer in.")
    try:
        return _record(entries, by=by, now=now)
    except IntegrityError:
        # The unique index is the trip-wire: another transaction was first. Read what it wrote: the same, or a conflict.
        return _record(entries, by=by, now=now)


@transaction.atomic
def _record(entries: Sequence[Entry], *, by, now: datetime) -> list[str]:
    _hold(entries)
    standing = _standing(entries)
    rows = [(entry, *standing.get(_key(entry), (None, None))) for entry in entries]
    outcomes = [outcome_of(entry, current) for entry, current, _ in rows]
    changes = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome != SAME]
    late = [current for entry, current, _ in changes if entry.seen != (current.pk if current else None)]
    if late:
        raise Conflict([current for current in late if current])
    for entry, _, adopted in changes:
        _check_followed(entry)
        _check_sample(entry)
        _check_reason(entry, adopted)
    # Always in the same order: two who record the same figures at once never wait for each other.
    for entry, current, _ in sorted(changes, key=lambda row: _key(row[0])):
        _insert(entry, current, by=by, now=now)
    if changes:
        _note([entry for entry, *_ in changes], by)
    return outcomes


def _hold(entries: Sequence[Entry]) -> None:
    """One at a time, as adopting does: a figure is not adopted while its correction is being weighed."""
    list(Kadernota.objects.select_for_update().filter(pk__in={entry.area.kadernota_id for entry in entries}))


def _note(entries: Sequence[Entry], by) -> None:
    years = ", ".join(str(year) for year in sorted({entry.year for entry in entries}))
    named = audit.listed(str(entry.component) for entry in entries)
    audit.note(audit.RECORD, by=by, kadernota_id=entries[0].area.kadernota_id, subject=f"{years}: {named}")


def outcome_of(entry: Entry, current: Measurement | None) -> str:
    """Whether recording this would be new, a change, or the same as what stands there."""
    if current is None:
        return NEW
    same = (
        current.value == entry.value
        and (entry.explanation is None or _tidy(entry.explanation) == current.explanation)
        and entry.sample in (None, current.sample)
    )
    return SAME if same else CHANGED


def needs_reason(entry: Entry, adopted: Measurement | None) -> bool:
    """Whether this corrects an adopted figure, so that the explanation must say why."""
    if adopted is None:
        return False
    return adopted.value != entry.value or entry.sample not in (None, adopted.sample)


def _tidy(explanation: str) -> str:
    """As it is stored: one kind of line end (forms send another than sheets), nothing around it."""
    return clean_text(explanation).strip()


def not_followed(indicator: Indicator, year: int) -> str:
    """Why there is no figure of this indicator to record over this year; "" when there is."""
    span = followed(year, indicator.first_year, indicator.last_year)
    if span is Followed.NOT_YET:
        return f"{indicator.code} wordt pas gevolgd vanaf {indicator.first_year}"
    return f"{indicator.code} is na {indicator.last_year} vervallen" if span is Followed.ENDED else ""


def _check_followed(entry: Entry) -> None:
    if outside := not_followed(entry.component.indicator, entry.year):
        raise ActionRefused(f"{entry.component} {entry.year}: {outside}.")


def _check_sample(entry: Entry) -> None:
    if entry.sample is not None and not entry.component.indicator.takes_sample:
        raise ActionRefused(f"{entry.component} {entry.year}: {NO_SAMPLE}.")


def _check_reason(entry: Entry, adopted: Measurement | None) -> None:
    if needs_reason(entry, adopted) and not _tidy(entry.explanation or ""):
        was = format_value(adopted.value, entry.component.unit)
        raise ActionRefused(
            f"{entry.component} {entry.year} is vastgesteld als {was}. "
            "Geef in de toelichting de reden van de correctie."
        )
    if len(_tidy(entry.explanation or "")) > LONGEST_EXPLANATION:
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
    # A sample size belongs to its figure: another figure does not inherit it.
    kept = current.sample if current and current.value == entry.value else None
    sample = entry.sample if entry.sample is not None else kept
    Measurement.objects.create(
        component=entry.component,
        area=entry.area,
        year=entry.year,
        **columns_of(entry.value),
        explanation=_tidy(explanation),
        sample=sample,
        recorded_by=by,
        recorded_at=now,
        replaces=current,
    )
