"""Copy the activities of the previous year that continue."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions.errors import adopted_version, check_year
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.actions.workflow import lock_kadernota
from indicators.readmodel.line_tasks import CONTINUED_STATES, load_line_tasks
from indicators.readmodel.public import public_overview
from priorities.models import Kadernota, Priority
from priorities.permissions import check_record


def copy_activities(*, kadernota: Kadernota, year: int, by: User, now: datetime) -> int:
    """Record the activities of the previous year that continue as drafts of this year; return how many.

    Planning, result and amounts are not copied. Skipped are an activity that this year has, or that was withdrawn from
    it, and one of a part that the newest version lacks. Raises NotAllowed, and ActionRefused for a year outside the
    kadernota.
    """
    check_record(by)
    with transaction.atomic():
        kadernota = lock_kadernota(kadernota.pk)
        version = adopted_version(kadernota)
        check_year(version, year)
        parts = Priority.objects.select_related("topic").filter(version=version)
        topics = {part.topic_id: part.topic for part in parts}
        tasks = load_line_tasks(kadernota, public_overview(kadernota))
        lines = [line for line in tasks.copyable(year) if line.topic in topics]
        for line in lines:
            entry = LineEntry(
                topic=topics[line.topic],
                kind=line.kind,
                year=year,
                title=line.title,
                effort=line.effort,
                partners=line.partners,
                state=CONTINUED_STATES[line.state] if line.state else None,
            )
            record_line(entry=entry, by=by, now=now)
    return len(lines)
