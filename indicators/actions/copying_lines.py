"""Beginning a year with the activities of the year before that go on."""

from datetime import datetime

from django.db import transaction

from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.readmodel.line_tasks import GOES_ON, load_line_tasks
from indicators.readmodel.overview import load_editions
from priorities.models import Kadernota, Priority
from priorities.permissions import check_record


def copy_activities(*, kadernota: Kadernota, year: int, by, now: datetime) -> int:
    """Record the activities of the year before that go on as drafts of this year; tells how many.

    When, what it brought and what it cost belong to the other year and are left out. What is here already, or was
    withdrawn here, does not come again. Raises NotAllowed, and ActionRefused for a year that is none of the
    kadernota's.
    """
    check_record(by)
    if year not in kadernota.years:
        raise ActionRefused(f"{year} is geen jaar van deze kadernota.")
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        lines = load_line_tasks(kadernota, tuple(load_editions(kadernota))).copyable(year)
        parts = Priority.objects.select_related("kadernota").in_bulk({line.priority for line in lines})
        for line in lines:
            state = GOES_ON[line.state] if line.state else None
            entry = LineEntry(
                parts[line.priority],
                line.kind,
                year,
                line.title,
                effort=line.effort,
                partners=line.partners,
                state=state,
            )
            record_line(entry=entry, by=by, now=now)
    return len(lines)
