"""Concurrent changes of a line: one wins, the other gets an error; a double click adds one line."""

import time

import pytest

from indicators.actions import workflow
from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import record_line
from indicators.actions.workflow import Conflict
from indicators.domain.programme import ActivityState
from indicators.models import ProgrammeLine
from tests.actions.rows import NOW, adopt_year, line_of, make_kadernota, make_user, record_activity
from tests.actions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return [make_user("anna", "beleidsmedewerker"), make_user("bram", "beleidsmedewerker")]


@pytest.fixture(autouse=True)
def slowly(monkeypatch):
    """Wait between reading and writing, so that the two transactions overlap."""
    insert = workflow._insert

    def slow_insert(*args, **kwargs):
        time.sleep(0.1)
        return insert(*args, **kwargs)

    monkeypatch.setattr(workflow, "_insert", slow_insert)


def recorder(entry, by, seen=None):
    return lambda: record_line(entry=entry, by=by, now=NOW, seen=seen)


def test_two_change_the_same_line(people):
    kadernota = make_kadernota(figures=False)
    line = record_activity(kadernota, "Schouw", 2020, by=people[0])
    entries = [line_of(kadernota, "Schouw", 2020, planned=when) for when in ("mei", "juni")]
    results = at_once(*(recorder(entry, by, line.pk) for entry, by in zip(entries, people, strict=True)))
    (conflict,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(conflict, Conflict), repr(conflict)
    (row,) = ProgrammeLine.objects.current()
    assert conflict.newer == [row] and row.replaces == line and ProgrammeLine.objects.count() == 2


def test_the_same_new_line_sent_twice(people):
    kadernota = make_kadernota(figures=False)
    entry = line_of(kadernota, "Schouw", 2020)
    results = at_once(recorder(entry, people[0]), recorder(entry, people[0]))
    assert sorted(outcome for _, outcome in results) == ["new", "same"]
    assert ProgrammeLine.objects.count() == 1


def test_two_new_lines_of_one_name(people):
    kadernota = make_kadernota(figures=False)
    entries = [line_of(kadernota, "Schouw", 2020, planned=when) for when in ("mei", "juni")]
    results = at_once(*(recorder(entry, by) for entry, by in zip(entries, people, strict=True)))
    assert [type(result) for result in results if isinstance(result, Exception)] == [ActionRefused]
    assert ProgrammeLine.objects.count() == 1


def test_a_line_is_not_adopted_while_its_change_is_weighed(people):
    """The edition holds the change, or the change is a draft for the next: it never holds a line that nobody saw."""
    kadernota, adopter = make_kadernota(figures=False), make_user("carla", "vaststeller")
    line = record_activity(kadernota, "Schouw", 2020, by=people[0])
    entry = line_of(kadernota, "Schouw", 2020, state=ActivityState.DONE, result="Vier.")
    results = at_once(recorder(entry, people[0], line.pk), lambda: adopt_year(kadernota, 2020, by=adopter))
    assert not [result for result in results if isinstance(result, Exception)], results
    held = kadernota.editions.get().entries.get().line
    newest = ProgrammeLine.objects.current().get()
    assert held in (line, newest) and newest.result == "Vier."
