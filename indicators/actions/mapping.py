"""Map rows of open data to series."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions.errors import ActionRefused, adopted_version
from indicators.actions.workflow import lock_kadernota
from indicators.models import Component, OpenDataRow
from priorities.models import Kadernota
from priorities.permissions import check_record


def map_series(*, kadernota: Kadernota, chosen: Mapping[tuple[str, str], int | None], by: User) -> int:
    """Store the series of each row and column of open data, by key or None; return how many have one.

    Raises NotAllowed, and ActionRefused for a series that the newest version of the kadernota does not measure.
    """
    check_record(by)
    with transaction.atomic():
        kadernota = lock_kadernota(kadernota.pk)
        components = Component.objects.filter(indicator__version=adopted_version(kadernota))
        own = set(components.values_list("series", flat=True))
        for (row_name, column_name), series in chosen.items():
            row: dict[str, Any] = {"kadernota": kadernota, "row_name": row_name, "column_name": column_name}
            if series is None:
                OpenDataRow.objects.filter(**row).delete()
            elif series in own:
                OpenDataRow.objects.update_or_create(defaults={"series_id": series}, **row)
            else:
                raise ActionRefused("Dit onderdeel hoort niet bij deze kadernota. Kies er een uit de lijst.")
    return sum(series is not None for series in chosen.values())
