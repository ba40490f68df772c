"""The programme of the practice municipality: invented activities and amounts, recorded as a colleague would."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from indicators.actions import LineEntry, record_line
from indicators.domain.euros import read_euros
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import ProgrammeLine
from priorities.models import Kadernota, Priority


def record_programme(
    kadernota: Kadernota, programme: list[dict[str, Any]], year: int, *, by: User, now: datetime
) -> None:
    """Record what an edition of this year tells: how each line of it went, and what is planned for the next."""
    for item in programme:
        if item["year"] == year:
            _record(kadernota, item, item["account"], by=by, now=now)
        if item["year"] == year + 1 and item["is_planned"]:
            state = "gepland" if item["kind"] == LineKind.ACTIVITY.value else ""
            _record(kadernota, item, {"state": state, "result": "", "spent": ""}, by=by, now=now)


def record_changes(kadernota: Kadernota, changes: list[dict[str, Any]], *, by: User, now: datetime) -> None:
    """Record another account of lines that are there already."""
    for item in changes:
        _record(kadernota, item, item["account"], by=by, now=now)


def _record(kadernota: Kadernota, item: dict[str, Any], told: dict[str, str], *, by: User, now: datetime) -> None:
    kind, number = item["part"]
    priority = Priority.objects.select_related("kadernota").get(kadernota=kadernota, kind=kind, number=number)
    standing = ProgrammeLine.objects.current().filter(
        priority=priority, kind=item["kind"], year=item["year"], title=item["title"]
    )
    current = standing.first()
    entry = LineEntry(
        priority,
        LineKind(item["kind"]),
        item["year"],
        item["title"],
        effort=priority.approach[item["effort"] - 1] if item["effort"] else "",
        partners=item["partners"],
        planned=item["planned"],
        state=ActivityState(told["state"]) if told["state"] else None,
        result=told["result"],
        budget=read_euros(item["budget"]),
        spent=read_euros(told["spent"]),
    )
    record_line(entry=entry, by=by, now=now, seen=current.pk if current else None)
