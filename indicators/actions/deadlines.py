"""Set the deadlines of sources by year. They are no part of a version."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions import audit
from indicators.models import Deadline, Reminder, Source
from priorities.models import Kadernota
from priorities.permissions import check_prepare


def set_deadlines(*, kadernota: Kadernota, days: Mapping[tuple[Source, int], date | None], by: User) -> int:
    """Set the day by source and year, None for no deadline; return how many changed. Raises NotAllowed.

    Officers are reminded anew of a deadline that moves.
    """
    check_prepare(by)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        current = {(row.source_id, row.year): row for row in Deadline.objects.filter(kadernota=kadernota)}
        changes = 0
        for (source, year), due_on in days.items():
            row = current.get((source.pk, year))
            if due_on == (row.due_on if row else None):
                continue
            changes += 1
            if row is None:
                assert due_on is not None
                Deadline.objects.create(kadernota=kadernota, source=source, year=year, due_on=due_on)
                continue
            Reminder.objects.filter(deadline=row).delete()
            if due_on is None:
                row.delete()
            else:
                row.due_on = due_on
                row.save(update_fields=["due_on"])
        if changes:
            subject = f"{kadernota.slug}: termijnen gewijzigd, {changes}"
            audit.log_event(audit.PREPARE, by=by, kadernota_id=kadernota.pk, subject=subject)
        return changes
