"""Rules that refuse changes of the structure which would alter the verdict on adopted figures."""

from collections.abc import Mapping
from typing import Any

from indicators.actions.errors import ActionRefused
from indicators.domain.dutch import plural
from indicators.domain.followed import Followed, followed
from indicators.models import Baseline, Component, Edition, EditionEntry, Indicator
from priorities.models import Kadernota

# Fields that decide the verdict on a figure, or, like the name, identify what an edition holds.
FIXED: dict[type[Component | Baseline], tuple[str, ...]] = {
    Component: ("indicator_id", "name", "unit_kind", "decimals", "direction"),
    Baseline: ("component_id", "year", "number", "withheld", "no_value", "provisional"),
}


def check_structure_change(row: Component | Baseline, new: Mapping[str, Any]) -> None:
    """Raise ActionRefused when `new` (by column) changes `row` and an edition holds figures of its component.

    A first baseline is a change too. Call it inside the transaction that makes the change: it locks the kadernota, so
    that nobody adopts figures in the meantime.
    """
    changed = [name for name in FIXED[type(row)] if name in new and new[name] != getattr(row, name)]
    pks = {row.pk} if isinstance(row, Component) else {row.component_id, new.get("component_id")}
    components = Component.objects.filter(pk__in=[pk for pk in pks if pk]).select_related("indicator__priority")
    if not changed or not components:
        return
    kadernotas = {component.indicator.priority.kadernota_id for component in components}
    list(Kadernota.objects.select_for_update().filter(pk__in=kadernotas).order_by("pk"))
    for component in components:
        if EditionEntry.objects.filter(measurement__component=component).exists():
            columns = {column.attname: column for column in row._meta.concrete_fields}
            labels = ", ".join(str(columns[name].verbose_name) for name in changed)
            raise ActionRefused(
                f"Van {component} zijn al cijfers vastgesteld of overgenomen. "
                f"Daarom verandert dit niet meer: {labels}. Anders zou een ander oordeel gelden dan is vastgesteld."
            )


def check_followed_years(
    indicator: Indicator | None, kadernota: Kadernota, first_year: int | None, last_year: int | None
) -> None:
    """Raise ActionRefused when these years change whether the indicator counts in a settled year.

    A year is settled when figures of it were adopted by a decision, or when an edition holds a figure of this
    indicator for it. `indicator` has its current years; None for a new one. Call it inside the transaction that makes
    the change: it locks the kadernota, so that nobody adopts figures in the meantime.
    """
    list(Kadernota.objects.select_for_update().filter(pk=kadernota.pk))
    settled = set(Edition.objects.of(kadernota).filter(kind="adopted").values_list("year", flat=True))
    if indicator is not None:
        entries = EditionEntry.objects.filter(measurement__component__indicator=indicator)
        settled |= set(entries.values_list("measurement__year", flat=True))
    changed = sorted(
        year
        for year in settled
        if (indicator is not None and followed(year, indicator.first_year, indicator.last_year) is Followed.YES)
        != (followed(year, first_year, last_year) is Followed.YES)
    )
    if changed:
        years, such = ", ".join(map(str, changed)), plural(len(changed), "dat jaar", "die jaren")
        raise ActionRefused(
            f"Over {years} zijn al cijfers vastgesteld of overgenomen. Of een indicator in {such} meetelt, "
            f"verandert niet meer. Dat kan pas vanaf {max(settled) + 1}."
        )
