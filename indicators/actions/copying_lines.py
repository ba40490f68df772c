"""Copy the activities of the previous year that continue."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions.errors import check_year
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.readmodel.line_tasks import CONTINUED_STATES, load_line_tasks
from indicators.readmodel.revisions import load_editions
from priorities.models import Kadernota, Priority
from priorities.permissions import check_record


def copy_activities(*, kadernota: Kadernota, year: int, by: User, now: datetime) -> int:
    """Record the activities of the previous year that continue as drafts of this year; return how many.

    Planning, result and amounts are not copied. An activity that this year has, or that was withdrawn from it, is
    skipped. Raises NotAllowed, and ActionRefused for a year outside the kadernota.
    """
    check_record(by)
    check_year(kadernota, year)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        lines = load_line_tasks(kadernota, tuple(load_editions(kadernota))).copyable(year)
        parts = Priority.objects.select_related("kadernota").in_bulk({line.priority for line in lines})
        for line in lines:
            state = CONTINUED_STATES[line.state] if line.state else None
            entry = LineEntry(
                priority=parts[line.priority],
                kind=line.kind,
                year=year,
                title=line.title,
                effort=line.effort,
                partners=line.partners,
                state=state,
            )
            record_line(entry=entry, by=by, now=now)
    return len(lines)
