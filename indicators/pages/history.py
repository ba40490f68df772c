"""The history of an indicator: every revision of its figures, every changed target.

The public sees what was adopted, and no names.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from indicators.columns import value_of
from indicators.domain.notation import format_value
from indicators.domain.targets import format_target
from indicators.domain.values import Unit
from indicators.models import Edition, Measurement, Target
from indicators.rows import IndicatorRow, Overview
from indicators.sentences import date_words

REVISION_FIELDS = (
    "pk", "year", "component_id", "component__name", "number", "withheld", "no_value", "provisional", "explanation",
    "recorded_at", "recorded_by__first_name", "recorded_by__last_name", "recorded_by__username",
    "entry__edition__year", "entry__edition__number", "entry__edition__adopted_on", "entry__edition__retrieved_on",
)  # fmt: skip
ORDER = ("-year", "component__order", "-pk")


@dataclass(frozen=True)
class Revision:
    """One revision of a figure. `by` is empty for who may not see names; `edition` is empty for a draft."""

    pk: int
    year: int
    component: str
    printed: str
    edition: str
    on: str
    by: str
    explanation: str
    is_correction: bool


@dataclass(frozen=True)
class TargetChange:
    """A target that a decision changed: from what (nothing, where there was none) to what, and why."""

    year: int
    component: str
    before: str
    after: str
    decision: str
    on: str
    reason: str


def revisions(overview: Overview, row: IndicatorRow, *, names: bool) -> list[Revision]:
    """The revisions that this overview may show, the newest first. One query."""
    rows = Measurement.objects.filter(component__indicator_id=row.pk).whole_area()
    if not overview.with_drafts:
        rows = rows.as_of(overview.edition) if overview.edition else rows.adopted()
    found = list(rows.order_by(*ORDER).values(*REVISION_FIELDS))
    # The first that this reader may see: of a draft that was replaced before adoption the public knows nothing.
    first = {(one["component_id"], one["year"]): one["pk"] for one in found}
    units = {part.pk: part.unit for part in row.components}
    return [
        _revision(
            one, units[one["component_id"]], names=names,
            is_correction=first[one["component_id"], one["year"]] != one["pk"],
        )
        for one in found
    ]  # fmt: skip


def _revision(one: dict[str, Any], unit: Unit, *, is_correction: bool, names: bool) -> Revision:
    value = value_of(one["number"], one["withheld"], one["no_value"], one["provisional"])
    label = f"{one['entry__edition__year']}-{one['entry__edition__number']}" if one["entry__edition__year"] else ""
    first, last, login = (one[f"recorded_by__{name}"] for name in ("first_name", "last_name", "username"))
    by = f"{first or ''} {last or ''}".strip() or login or ""
    return Revision(
        one["pk"], one["year"], one["component__name"], format_value(value, unit), label, _on(one, names=names),
        by if names else "", one["explanation"], is_correction,
    )  # fmt: skip


def _on(one: dict[str, Any], *, names: bool) -> str:
    """The day that counts for the reader: of the decision; of recording for officers, and for a draft."""
    if one["entry__edition__year"] and not names:
        return date_words(one["entry__edition__adopted_on"] or one["entry__edition__retrieved_on"])
    return date_words(localtime(one["recorded_at"]).date())


def target_changes(overview: Overview, row: IndicatorRow) -> list[TargetChange]:
    """The targets of this indicator that a decision changed, as far as they count here; old beside new."""
    rows = Target.objects.filter(component__indicator_id=row.pk, area__is_whole=True, decided_on__isnull=False)
    if overview.edition:
        rows = rows.as_of(Edition.objects.get(pk=overview.edition.pk))
    return [
        TargetChange(
            target.year, target.component.name,
            format_target(target.replaces.rule, target.component.unit) if target.replaces else "",
            format_target(target.rule, target.component.unit),
            target.decision, date_words(target.decided_on) if target.decided_on else "", target.reason,
        )
        for target in rows.select_related("component", "replaces").order_by("year", "pk")
    ]  # fmt: skip
