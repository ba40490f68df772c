"""Map series of open data to components."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions.errors import ActionRefused
from indicators.models import Component, OpenDataRow
from priorities.models import Kadernota
from priorities.permissions import check_record


def map_series(*, kadernota: Kadernota, chosen: Mapping[tuple[str, str], int | None], by: User) -> int:
    """Store the component of each series, by key or None; return the number of series with a component.

    Raises NotAllowed, and ActionRefused for a component of another kadernota.
    """
    check_record(by)
    own = set(Component.objects.filter(indicator__priority__kadernota=kadernota).values_list("pk", flat=True))
    with transaction.atomic():
        for (row_name, column_name), component in chosen.items():
            series: dict[str, Any] = {"kadernota": kadernota, "row_name": row_name, "column_name": column_name}
            if component is None:
                OpenDataRow.objects.filter(**series).delete()
            elif component in own:
                OpenDataRow.objects.update_or_create(defaults={"component_id": component}, **series)
            else:
                raise ActionRefused("Dit onderdeel hoort niet bij deze kadernota. Kies er een uit de lijst.")
    return sum(component is not None for component in chosen.values())
