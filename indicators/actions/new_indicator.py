"""Add an indicator with its components, baselines and targets at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from indicators.actions import audit
from indicators.actions.errors import ActionRefused
from indicators.actions.structure_rules import check_followed_years
from indicators.actions.structuring import read_target
from indicators.domain.followed import Followed, followed
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit, UnitKind
from indicators.models import Area, Baseline, Component, Indicator, Target
from indicators.models.value_columns import columns_of, columns_of_target
from priorities.models import Kadernota, Priority, PriorityKind
from priorities.permissions import check_add_indicator


@dataclass(frozen=True, kw_only=True)
class NewComponent:
    """A component to add: `baseline` as typed ("" for none) with its year, targets as typed by year."""

    name: str
    unit_kind: str
    decimals: int
    noun: str
    direction: str
    baseline: str = ""
    baseline_year: int | None = None
    targets: Mapping[int, str] = field(default_factory=dict)

    @property
    def unit(self) -> Unit:
        """The unit as the domain knows it."""
        return Unit(UnitKind(self.unit_kind), self.decimals)


def add_indicator(
    *, priority: Priority, code: str, components: Sequence[NewComponent], by: User, now: datetime, **facts: Any
) -> Indicator:
    """Add an indicator, last of its priority or of the cycle of permits, with components, baselines and targets.

    `facts` are its other columns (name, source, role, definition, cadence, planned_years, first_year, last_year,
    change_reason). Raises NotAllowed, and ActionRefused for a theme, a code that is taken, no components or two with
    the same name, a figure or target that cannot be read, a target outside the years, and settled years
    (check_followed_years).
    """
    check_add_indicator(by)
    kadernota = priority.kadernota
    span = (facts.get("first_year"), facts.get("last_year"))
    with transaction.atomic():
        check_followed_years(None, kadernota, *span)
        check_place(priority)
        check_code(kadernota, code)
        check_components(components)
        for new in components:
            if sentences := [sentence for _, sentence in refusals(new, kadernota, span)]:
                raise ActionRefused(" ".join(sentences))
        last = priority.indicators.aggregate(last=Max("order"))["last"] or 0
        indicator = Indicator.objects.create(priority=priority, code=code, order=last + 1, **facts)
        area = Area.objects.get(kadernota=kadernota, is_whole=True)
        for order, new in enumerate(components, start=1):
            _add_component(new, indicator, area, order=order, by=by, now=now)
        audit.log_event(audit.NEW_INDICATOR, by=by, kadernota_id=kadernota.pk, subject=str(indicator))
        return indicator


def check_place(priority: Priority) -> None:
    """Raise ActionRefused for a theme: indicators hang under the priorities and the cycle of permits."""
    if priority.kind == PriorityKind.THEME:
        raise ActionRefused(f"‘{priority.name}’ is een overig veiligheidsthema; daar horen geen indicatoren bij.")


def check_code(kadernota: Kadernota, code: str) -> None:
    """Raise ActionRefused for a code that another indicator of this kadernota has."""
    other = Indicator.objects.filter(priority__kadernota=kadernota, code__iexact=code).first()
    if other:
        raise ActionRefused(f"De code {code} is in deze kadernota al van ‘{other.name}’.")


def check_components(components: Sequence[NewComponent]) -> None:
    """Raise ActionRefused for no components, or for several of which one has no name or two have the same."""
    names = [new.name.strip().casefold() for new in components]
    if not components:
        raise ActionRefused("Zeg wat er wordt gemeten: een indicator heeft ten minste één onderdeel.")
    if len(components) > 1 and not all(names):
        raise ActionRefused("Geef elk onderdeel een naam als er meer dan één is.")
    if len(set(names)) < len(names):
        raise ActionRefused("Twee onderdelen hebben dezelfde naam.")


def refusals(new: NewComponent, kadernota: Kadernota, span: tuple[int | None, int | None]) -> list[tuple[str, str]]:
    """Return what is wrong with a component: pairs of a field and a sentence. `span` is its first and last year."""
    errors = []
    try:
        read_typed(new.baseline, new.unit)
    except Refusal as refusal:
        errors.append(("baseline", str(refusal)))
    if new.baseline_year is not None and not 1900 <= new.baseline_year <= kadernota.last_year:
        errors.append(("baseline_year", f"{new.baseline_year} kan niet het jaar van een nulmeting zijn."))
    for year, text in new.targets.items():
        if year not in kadernota.target_years or followed(year, *span) is not Followed.YES:
            errors.append(("targets", f"Voor {year} heeft deze indicator geen streefwaarde: dat jaar valt erbuiten."))
            continue
        try:
            read_target(text, new.unit)
        except ActionRefused as refused:
            errors.append(("targets", f"{year}: {refused}"))
    return errors


def _add_component(new: NewComponent, indicator: Indicator, area: Area, *, order: int, by: User, now: datetime) -> None:
    component = Component.objects.create(
        indicator=indicator,
        name=new.name.strip(),
        order=order,
        unit_kind=new.unit_kind,
        decimals=new.decimals,
        noun=new.noun.strip(),
        direction=new.direction,
    )
    input_value = read_typed(new.baseline, new.unit)
    if input_value is not None:
        year = new.baseline_year or area.kadernota.baseline_year
        Baseline.objects.create(component=component, year=year, **columns_of(input_value.value))
    for year, text in new.targets.items():
        Target.objects.create(
            component=component,
            area=area,
            year=year,
            **columns_of_target(read_target(text, new.unit)),
            recorded_by=by,
            recorded_at=now,
        )
