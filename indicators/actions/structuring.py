"""Change targets by decision of the council, and record breaks in method.

A target is a row that the next one replaces; an edition keeps the targets of its own day (readmodel/structure.py).
"""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.actions import audit
from indicators.actions.errors import ActionRefused, check_year
from indicators.actions.recording import not_followed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import TargetRule, format_target, parse_target
from indicators.domain.values import Unit
from indicators.models import Area, Break, Component, Edition, Target
from indicators.models.value_columns import columns_of_target
from priorities.models import Kadernota
from priorities.permissions import check_add_break, check_change_target

LONGEST_DECISION = 100
LONGEST_REASON = 1000
# Default of `seen`: no user saw a target, so the current one is replaced whatever it is.
ANY_TARGET = -1


def change_target(
    *,
    component: Component,
    year: int,
    text: str,
    decision: str,
    decided_on: date,
    reason: str,
    by: User,
    now: datetime,
    seen: int | None = ANY_TARGET,
) -> Target:
    """Record the target that a decision of the council gives a component in a year; return it.

    `text` is the target in the notation of the nota: `4.500`, `<4.500`, `0 <4`. `seen` is the key of the target that
    the user saw (None: there was none). Raises NotAllowed, and ActionRefused for a text that is not a target, a missing
    decision or reason, a date after `now`, a year in which the indicator is not followed, an unchanged target, and a
    target that someone else changed in the meantime.
    """
    check_change_target(by)
    rule = read_target(text, component.unit)
    _check_words(decision, decided_on, reason, now)
    kadernota = component.indicator.priority.kadernota
    _check_year(component, kadernota, year)
    with transaction.atomic():
        # Nobody adopts in the meantime: a decision counts for an edition, or it does not.
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        area = Area.objects.get(kadernota=kadernota, is_whole=True)
        current = Target.objects.current().filter(component=component, area=area, year=year).first()
        _check_current(component, year, rule, current=current, seen=seen)
        target = Target.objects.create(
            component=component,
            area=area,
            year=year,
            **columns_of_target(rule),
            replaces=current,
            decision=decision.strip(),
            decided_on=decided_on,
            reason=reason.strip(),
            recorded_by=by,
            recorded_at=_after_editions(kadernota, now),
        )
        subject = f"{component}, {year}, besluit {target.decision}"
        audit.log_event(audit.TARGET, by=by, kadernota_id=kadernota.pk, subject=subject)
        return target


def read_target(text: str, unit: Unit) -> TargetRule:
    """Return the typed target in this unit. Raises ActionRefused with what is wrong."""
    try:
        return parse_target(text, unit)
    except Refusal as refusal:
        raise ActionRefused(str(refusal)) from refusal


def _check_words(decision: str, decided_on: date, reason: str, now: datetime) -> None:
    if not decision.strip():
        raise ActionRefused("Noem het besluit dat de streefwaarde wijzigt.")
    if len(decision.strip()) > LONGEST_DECISION:
        raise ActionRefused(f"De verwijzing naar het besluit is langer dan {LONGEST_DECISION} tekens.")
    if decided_on > timezone.localdate(now):
        raise ActionRefused("De datum van het besluit ligt in de toekomst.")
    _check_reason(reason, "Schrijf waarom de streefwaarde wijzigt.")


def _check_reason(reason: str, missing: str) -> None:
    if not reason.strip():
        raise ActionRefused(missing)
    if len(reason.strip()) > LONGEST_REASON:
        raise ActionRefused(f"De reden is langer dan {LONGEST_REASON} tekens.")


def _check_year(component: Component, kadernota: Kadernota, year: int) -> None:
    check_year(kadernota, year)
    if refusal := not_followed(component.indicator, year):
        raise ActionRefused(f"{refusal[0].upper()}{refusal[1:]}; {year} heeft dus geen streefwaarde.")


def _check_current(
    component: Component, year: int, rule: TargetRule, *, current: Target | None, seen: int | None
) -> None:
    if current is not None and current.rule == rule:
        printed = format_target(rule, component.unit)
        raise ActionRefused(f"De streefwaarde van {component} voor {year} is al {printed}. Er is niets veranderd.")
    if seen not in (ANY_TARGET, current.pk if current else None):
        printed = format_target(current.rule, component.unit) if current else "leeg"
        raise ActionRefused(
            f"Een ander was eerder: de streefwaarde van {component} voor {year} is intussen {printed}. "
            "Er is niets gewijzigd; bekijk het opnieuw."
        )


def _after_editions(kadernota: Kadernota, now: datetime) -> datetime:
    """Return `now`, or the first moment after the newest edition when that was recorded later than `now`."""
    newest = Edition.objects.of(kadernota).order_by("-recorded_at").first()
    return max(now, newest.recorded_at + timedelta(microseconds=1)) if newest else now


def add_break(*, component: Component, year: int, reason: str, by: User, now: datetime) -> Break:
    """Record a break in method: from this year on the figures of a component do not compare with earlier ones.

    It shows on the chart and the page of the indicator. A figure after the break is no longer compared with the
    baseline, so rule 6 ("Aandacht") does not apply to it. Raises NotAllowed, and ActionRefused without a reason, for a
    year outside the kadernota, and for a year that has a break already.
    """
    check_add_break(by)
    check_break(component, year, reason)
    kadernota = component.indicator.priority.kadernota
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        if Break.objects.filter(component=component, year=year).exists():
            raise ActionRefused(f"Bij {component} staat al een methodebreuk vanaf {year}.")
        row = Break.objects.create(component=component, year=year, reason=reason.strip())
        audit.log_event(audit.BREAK, by=by, kadernota_id=kadernota.pk, subject=str(row))
        return row


def check_break(component: Component, year: int, reason: str) -> None:
    """Raise ActionRefused without a reason, or for a year outside the kadernota."""
    check_year(component.indicator.priority.kadernota, year)
    _check_reason(reason, "Schrijf waarom de cijfers vanaf dit jaar niet te vergelijken zijn.")
