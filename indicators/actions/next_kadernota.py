"""Start the next kadernota from the previous one: same priorities and indicators, with new baselines."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.domain.values import Exact, NoValue, Reason, Value
from indicators.models import Area, Baseline, Component, Indicator, Measurement
from indicators.models.value_columns import columns_of
from priorities.models import LONGEST_TITLE, Kadernota, Priority, check_slug
from priorities.permissions import check_start_kadernota

PART_FACTS = ("kind", "number", "name", "goal", "summary", "goals", "focus_points", "approach", "partners", "budget")
INDICATOR_TEXTS = ("code", "order", "name", "source", "role", "definition", "cadence")
COMPONENT_FACTS = ("name", "order", "unit_kind", "decimals", "noun", "direction")


def start_next_kadernota(
    *,
    previous: Kadernota,
    slug: str,
    title: str,
    first_year: int,
    last_year: int,
    baseline_year: int,
    first_target_year: int,
    by: User,
    now: datetime,
) -> Kadernota:
    """Start a kadernota from `previous`: its areas, its parts with their texts, and indicators that did not end.

    Baselines are the adopted exact figures of `baseline_year`; where there is none, pm (it can still come) or n.b.
    Parts are the priorities, the other themes and the cycle of permits. Targets, figures, lines of the programme,
    finances, readings and deadlines belong to the new nota and are not copied. Raises NotAllowed, and ActionRefused for
    an invalid or taken address, a missing title, or years that do not fit.
    """
    check_start_kadernota(by)
    slug, title = slug.strip(), title.strip()
    _check_name(slug, title)
    _check_years(previous, first=first_year, last=last_year, baseline=baseline_year, first_target=first_target_year)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=previous.pk)
        if Kadernota.objects.filter(slug=slug).exists():
            raise ActionRefused(f"Het adres {slug} is al van een andere kadernota.")
        kadernota = Kadernota.objects.create(
            slug=slug,
            title=title,
            organisation=previous.organisation,
            is_practice=previous.is_practice,
            first_year=first_year,
            last_year=last_year,
            baseline_year=baseline_year,
            first_target_year=first_target_year,
        )
        _copy_areas(previous, kadernota)
        adopted = _adopted(previous, baseline_year)
        for priority in previous.priorities.order_by("kind", "number"):
            _copy_priority(priority, kadernota, adopted)
        audit.log_event(audit.NEXT_KADERNOTA, by=by, kadernota_id=kadernota.pk, subject=f"{slug}, na {previous.slug}")
        return kadernota


def _check_name(slug: str, title: str) -> None:
    try:
        check_slug(slug)
    except ValidationError as error:
        raise ActionRefused(error.messages[0]) from error
    if not title or len(title) > LONGEST_TITLE:
        raise ActionRefused(f"Geef de kadernota een titel van ten hoogste {LONGEST_TITLE} tekens.")


def _check_years(previous: Kadernota, *, first: int, last: int, baseline: int, first_target: int) -> None:
    if first <= previous.first_year:
        raise ActionRefused(f"De volgende kadernota begint na {previous.first_year}, het begin van de vorige.")
    if not first <= last <= 2100:
        raise ActionRefused("Het laatste jaar komt niet voor het eerste, en niet na 2100.")
    if not 1900 <= baseline < first:
        raise ActionRefused(f"De nulmeting komt uit een jaar voor {first}.")
    if not first <= first_target <= last:
        raise ActionRefused(f"Het eerste streefjaar ligt van {first} tot en met {last}.")


def _copy_areas(previous: Kadernota, kadernota: Kadernota) -> None:
    Area.objects.bulk_create(
        Area(kadernota=kadernota, code=area.code, name=area.name, is_whole=area.is_whole)
        for area in previous.areas.all()
    )


def _adopted(previous: Kadernota, year: int) -> dict[int, Value]:
    """Return the last adopted figures of this year, by the key of the component."""
    rows = Measurement.objects.of(previous).whole_area().filter(year=year).adopted()
    return {row.component_id: row.value for row in rows}


def _copy_priority(priority: Priority, kadernota: Kadernota, adopted: dict[int, Value]) -> None:
    copied = Priority.objects.create(kadernota=kadernota, **{name: getattr(priority, name) for name in PART_FACTS})
    for indicator in priority.indicators.select_related("priority__kadernota").order_by("order"):
        if indicator.last_year is None or indicator.last_year >= priority.kadernota.last_year:
            _copy_indicator(indicator, copied, adopted)


def _copy_indicator(indicator: Indicator, priority: Priority, adopted: dict[int, Value]) -> None:
    kadernota = priority.kadernota
    copied = Indicator.objects.create(
        priority=priority,
        planned_years=next_planned(indicator.planned_years, kadernota.years),
        **{name: getattr(indicator, name) for name in INDICATOR_TEXTS},
    )
    for component in indicator.components.order_by("order"):
        new = Component.objects.create(indicator=copied, **{name: getattr(component, name) for name in COMPONENT_FACTS})
        baseline = _baseline(adopted.get(component.pk), indicator, kadernota.baseline_year)
        Baseline.objects.create(component=new, year=kadernota.baseline_year, **columns_of(baseline))


def next_planned(planned: list[int] | None, years: range) -> list[int] | None:
    """Continue the planned years with the same step: 2018 and 2020 give 2024 and 2026. None for every year."""
    steps = {later - earlier for earlier, later in zip(planned or [], (planned or [])[1:], strict=False)}
    if not planned or len(steps) != 1:
        return None
    step = steps.pop()
    return [year for year in years if (year - planned[-1]) % step == 0] or None


def _baseline(value: Value | None, indicator: Indicator, year: int) -> Value:
    """Return the baseline: an exact figure itself, pm when it can still come, otherwise n.b."""
    if isinstance(value, Exact):
        return value
    is_planned = indicator.planned_years is None or year in indicator.planned_years
    can_come = value == NoValue(Reason.PM) or (value is None and is_planned)
    return NoValue(Reason.PM if can_come else Reason.UNKNOWN)
