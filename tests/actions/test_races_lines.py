"""Concurrent changes of a line: one wins, the other gets an error; a double click adds one line."""

import time

import pytest

from indicators.actions import ActionRefused, LineConflict, record_line
from indicators.actions import recording_lines as programme
from indicators.domain.programme import ActivityState
from indicators.models import Edition, ProgrammeLine
from tests.actions.test_races import at_once
from tests.cast import NOW, adopt_year, line_of, load_real, make_user, record_activity

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return [make_user("anna", "beleidsmedewerker"), make_user("bram", "beleidsmedewerker")]


@pytest.fixture(autouse=True)
def slowly(monkeypatch):
    """Wait between reading and writing, so that the two transactions overlap."""
    check = programme._check_reason

    def slow_check(*args):
        check(*args)
        time.sleep(0.1)

    monkeypatch.setattr(programme, "_check_reason", slow_check)


def recorder(entry, by, seen=None):
    return lambda: record_line(entry=entry, by=by, now=NOW, seen=seen)


def test_two_change_the_same_line(people):
    real = load_real()
    line = record_activity(real, "Schouw", 2020, by=people[0])
    entries = [line_of(real, "Schouw", 2020, planned=when) for when in ("mei", "juni")]
    results = at_once(*(recorder(entry, by, line.pk) for entry, by in zip(entries, people, strict=True)))
    (conflict,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(conflict, LineConflict), repr(conflict)
    (row,) = ProgrammeLine.objects.current()
    assert conflict.newer == row and row.replaces == line and ProgrammeLine.objects.count() == 2


def test_the_same_new_line_sent_twice(people):
    real = load_real()
    entry = line_of(real, "Schouw", 2020)
    results = at_once(recorder(entry, people[0]), recorder(entry, people[0]))
    assert sorted(outcome for _, outcome in results) == ["new", "same"]
    assert ProgrammeLine.objects.count() == 1


def test_two_new_lines_of_one_name(people):
    real = load_real()
    entries = [line_of(real, "Schouw", 2020, planned=when) for when in ("mei", "juni")]
    results = at_once(*(recorder(entry, by) for entry, by in zip(entries, people, strict=True)))
    assert [type(result) for result in results if isinstance(result, Exception)] == [ActionRefused]
    assert ProgrammeLine.objects.count() == 1


def test_a_line_is_not_adopted_while_its_change_is_weighed(people):
    """The edition holds the change, or the change is a draft for the next: it never holds a line that nobody saw."""
    real, adopter = load_real(), make_user("carla", "vaststeller")
    line = record_activity(real, "Schouw", 2020, by=people[0])
    entry = line_of(real, "Schouw", 2020, state=ActivityState.DONE, result="Vier.")
    results = at_once(recorder(entry, people[0], line.pk), lambda: adopt_year(real, 2020, by=adopter))
    assert not [result for result in results if isinstance(result, Exception)], results
    edition = Edition.objects.get(kadernota=real, kind="adopted")
    held = edition.lines.get().line
    newest = ProgrammeLine.objects.current().get()
    assert held in (line, newest) and newest.result == "Vier."
