"""Prepare the database for the stress test, and check it afterwards for lost or invented edits."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.urls import reverse

from indicators.models import AuditEvent, Component, Measurement
from priorities.models import Kadernota
from tests.cast import load_real, make_user

PASSWORD = "veel-tegelijk-invoeren"
YEAR = 2021
CODES = ("V3", "V4", "V6", "V7", "V8", "V9")  # counts without figures of this year; few, so that clients conflict


def prepare(officers: int) -> dict[str, Any]:
    """Load the real kadernota and create `officers` users; return the arguments of `Person`."""
    kadernota = load_real()
    names = [f"invoerder{number}" for number in range(officers)]
    for name in names:
        make_user(name, "beleidsmedewerker", password=PASSWORD)
    rows = Component.objects.filter(indicator__version=kadernota.version, indicator__code__in=CODES)
    return {
        "path": reverse("invoeren", args=[kadernota.slug, YEAR]),
        "components": list(rows.order_by("pk").values_list("series", flat=True)),
        "people": names,
        "password": PASSWORD,
    }


def losses(edits: Iterable[dict[str, Any]]) -> list[str]:
    """Return a sentence for each fault; an empty list when nothing was lost or invented."""
    kadernota = Kadernota.objects.get(is_practice=False)
    rows = list(Measurement.objects.of(kadernota).filter(year=YEAR, source_note="").order_by("pk"))
    return [*_wrong_edits(list(edits), rows), *_wrong_chains(rows), *_wrong_counts(rows), *_broken_file()]


def _wrong_edits(edits: list[dict[str, Any]], rows: list[Measurement]) -> list[str]:
    """Check that each row is an edit, and that each edit has the rows that its outcome promises."""
    by_text = defaultdict(list)
    for row in rows:
        by_text[row.explanation].append(row)
    faults = []
    for edit in edits:
        saved, outcome = by_text[edit["text"]], edit["outcome"]
        right = [row for row in saved if (row.series_id, row.number) == (edit["component"], edit["figure"])]
        if outcome == "saved" and (len(saved), len(right)) != (1, 1):
            faults.append(f"LOST: {edit}: {len(saved)} rows")
        if outcome == "saved" and right and right[0].replaces_id != edit["seen"]:
            faults.append(f"LOST UPDATE: {edit} replaced {right[0].replaces_id}")
        if outcome in ("yielded", "given up") and saved:
            faults.append(f"MADE UP: {edit} was not acknowledged as saved")
        if outcome == "unanswered" and len(saved) > 1:
            faults.append(f"TWICE: {edit}")
    known = {edit["text"] for edit in edits}
    return faults + [f"UNKNOWN: {text!r}" for text, saved in by_text.items() if saved and text not in known]


def _wrong_chains(rows: list[Measurement]) -> list[str]:
    """Check that each figure is one chain: one first and one current revision, each replaced by a later one."""
    faults, of_figure = [], defaultdict(list)
    for row in rows:
        of_figure[row.series_id, row.area_id].append(row)
    for figure, revisions in of_figure.items():
        replaced = {row.replaces_id for row in revisions if row.replaces_id}
        first = [row for row in revisions if row.replaces_id is None]
        current = [row for row in revisions if row.pk not in replaced]
        backwards = [row for row in revisions if row.replaces_id and row.replaces_id >= row.pk]
        if (len(first), len(current), len(replaced)) != (1, 1, len(revisions) - 1) or backwards:
            faults.append(f"BROKEN CHAIN: {figure}: {len(first)} first, {len(current)} current of {len(revisions)}")
    return faults


def _wrong_counts(rows: list[Measurement]) -> list[str]:
    """Check that the log has one row for each save; each save was of one figure."""
    logged = Counter(AuditEvent.objects.filter(action="vastleggen").values_list("result", flat=True))
    return [] if logged["done"] == len(rows) else [f"COUNTS: {len(rows)} revisions, {logged['done']} in the log"]


def _broken_file() -> list[str]:
    """Check the constraints, and the file of SQLite."""
    connection.check_constraints()
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [f"BROKEN FILE: {text}" for (text,) in cursor.fetchall() if text != "ok"]
