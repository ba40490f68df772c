"""What of the structure stays as it is once figures are adopted: a change would make another verdict of them."""

from collections.abc import Mapping
from typing import Any

from indicators.actions import ActionRefused
from indicators.models import Baseline, Component, EditionEntry
from priorities.models import Kadernota

# By these fields a figure is judged, or, as for the name, an edition's contents are recognised.
FIXED = {
    Component: ("indicator_id", "name", "unit_kind", "decimals", "direction"),
    Baseline: ("component_id", "year", "number", "withheld", "no_value", "provisional"),
}


def check_structure_change(row: Component | Baseline, new: Mapping[str, Any]) -> None:
    """Raise ActionRefused when `new` (by column) changes `row` and figures of its component stand in an edition.

    A first baseline is a change too. Call it inside the transaction that makes the change: it keeps anyone from
    adopting figures of the same kadernota in the meantime.
    """
    changed = [name for name in FIXED[type(row)] if name in new and new[name] != getattr(row, name)]
    pks = {row.pk} if isinstance(row, Component) else {row.component_id, new.get("component_id")}
    components = Component.objects.filter(pk__in=pks - {None}).select_related("indicator__priority")
    if not changed or not components:
        return
    kadernotas = {component.indicator.priority.kadernota_id for component in components}
    list(Kadernota.objects.select_for_update().filter(pk__in=kadernotas).order_by("pk"))
    for component in components:
        if EditionEntry.objects.filter(measurement__component=component).exists():
            labels = ", ".join(str(row._meta.get_field(name).verbose_name) for name in changed)
            raise ActionRefused(
                f"Van {component} zijn al cijfers vastgesteld of overgenomen. "
                f"Daarom verandert dit niet meer: {labels}. Anders zou een ander oordeel gelden dan is vastgesteld."
            )
