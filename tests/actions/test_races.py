"""Concurrent recording and adopting in real transactions: one wins, the other gets an error, nothing is lost."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from indicators.actions import workflow
from indicators.actions.errors import ActionRefused
from indicators.actions.recording import record_measurements
from indicators.actions.workflow import Conflict, retract, send_back
from indicators.models import Measurement
from indicators.models.guards import create_triggers, drop_triggers
from priorities.models import Kadernota
from tests.actions.rows import NOW, entry_of, make_kadernota, make_user, record, revision_of, revisions_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kadernota():
    return make_kadernota()


@pytest.fixture
def people():
    return [make_user("anna", "beleidsmedewerker"), make_user("bram", "beleidsmedewerker")]


def at_once(*calls):
    """Run the calls at the same moment in threads; return the result or the exception of each."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def recorder(entries, by):
    return lambda: record_measurements(entries=entries, by=by, now=NOW)


@pytest.fixture
def slowly(monkeypatch):
    """Wait between reading and writing, so that the two transactions overlap."""
    insert = workflow._insert

    def slow_insert(*args, **kwargs):
        time.sleep(0.1)
        return insert(*args, **kwargs)

    monkeypatch.setattr(workflow, "_insert", slow_insert)


@pytest.fixture
def without_lock(monkeypatch):
    """Read the row of the kadernota without locking it."""
    monkeypatch.setattr(workflow, "lock_kadernota", lambda pk: Kadernota.objects.get(pk=pk))


def assert_one_won(results):
    (conflict,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(conflict, Conflict), repr(conflict)
    return conflict


def test_two_record_a_first_figure(kadernota, people, slowly):
    forms = [[entry_of(kadernota, "V3", 2019, typed)] for typed in ("4.521", "4.600")]
    results = at_once(*(recorder(form, by) for form, by in zip(forms, people, strict=True)))
    conflict = assert_one_won(results)
    row = revision_of(kadernota, "V3", 2019)
    assert revisions_of(kadernota, "V3", 2019).count() == 1
    assert [newer.pk for newer in conflict.newer] == [row.pk]
    assert row.recorded_by == people[[isinstance(result, list) for result in results].index(True)]


def test_two_correct_the_same_figure(kadernota, people, slowly):
    record(kadernota, "V3", 2019, "4.500", by=people[0])
    forms = [[entry_of(kadernota, "V3", 2019, typed)] for typed in ("4.521", "4.600")]
    conflict = assert_one_won(at_once(*(recorder(form, by) for form, by in zip(forms, people, strict=True))))
    row = revision_of(kadernota, "V3", 2019)
    assert [newer.pk for newer in conflict.newer] == [row.pk]
    assert revisions_of(kadernota, "V3", 2019).count() == 2


def test_two_forms_with_the_same_figures_in_another_order_never_wait_for_each_other(kadernota, people, slowly):
    """Without the lock on the kadernota PostgreSQL ends one of the two with a deadlock."""
    one = [entry_of(kadernota, code, 2019, "12") for code in ("V6", "V7", "V13")]
    other = [entry_of(kadernota, code, 2019, "13") for code in ("V13", "V7", "V6")]
    assert_one_won(at_once(recorder(one, people[0]), recorder(other, people[1])))
    values = {int(revision_of(kadernota, code, 2019).number) for code in ("V6", "V7", "V13")}
    assert len(values) == 1, "all of one form and nothing of the other"


def test_the_unique_index_alone_stops_the_second(kadernota, people, slowly, without_lock):
    forms = [[entry_of(kadernota, "V3", 2019, typed)] for typed in ("4.521", "4.600")]
    assert_one_won(at_once(*(recorder(form, by) for form, by in zip(forms, people, strict=True))))


def test_the_same_form_sent_twice_at_once_is_one_row_and_two_friendly_answers(kadernota, people, slowly):
    form = [entry_of(kadernota, "V3", 2019, "4.521")]
    assert sorted(at_once(recorder(form, people[0]), recorder(form, people[0]))) == [["new"], ["same"]]
    assert revisions_of(kadernota, "V3", 2019).count() == 1


def test_eight_clients_lose_nothing(kadernota, people):
    codes = ("V3", "V4", "V6", "V7", "V8", "V9", "V10", "V11")
    forms = [[entry_of(kadernota, code, 2019, "5")] for code in codes]
    results = at_once(*(recorder(form, people[0]) for form in forms))
    assert results == [["new"]] * len(codes)
    assert Measurement.objects.filter(year=2019, recorded_by=people[0]).count() == len(codes)


def test_a_draft_is_taken_back_or_sent_back_or_changed(kadernota, people, slowly):
    """Of three who act on one draft at once, the first wins; only a change may follow what sends a draft back."""
    record(kadernota, "V3", 2019, "4.400", by=people[0])
    draft = revision_of(kadernota, "V3", 2019)
    facts = {"model": Measurement, "revision": draft.pk, "kadernota": kadernota, "now": NOW}
    adopter = make_user("carla", "vaststeller")
    results = at_once(
        lambda: retract(by=people[0], **facts),
        lambda: send_back(by=adopter, reason="Klopt dit?", **facts),
        recorder([entry_of(kadernota, "V3", 2019, "4.600")], people[1]),
    )
    assert all(isinstance(error, ActionRefused | Conflict) for error in results if isinstance(error, Exception)), (
        results
    )
    newest = revisions_of(kadernota, "V3", 2019).get(replaced_by__isnull=True)
    assert newest.replaces == draft and revisions_of(kadernota, "V3", 2019).count() == 2
    assert newest.retracted is not isinstance(results[0], Exception)
    assert newest.retracted is isinstance(results[2], Exception)


def test_a_draft_is_taken_back_once(kadernota, people, slowly):
    record(kadernota, "V3", 2019, "4.400", by=people[0])
    draft = revision_of(kadernota, "V3", 2019)
    facts = {"model": Measurement, "revision": draft.pk, "kadernota": kadernota, "now": NOW}
    results = at_once(*(lambda by=by: retract(by=by, **facts) for by in people))
    assert [str(error) for error in results if isinstance(error, Exception)] == ["V3 over 2019 is al teruggenomen."]
    assert revisions_of(kadernota, "V3", 2019).count() == 2


def test_negative_control_without_lock_and_unique_index_both_are_kept(kadernota, people, slowly, without_lock):
    """The lock makes the second wait and the unique index stops it; without both it is stored."""
    if connection.vendor == "sqlite":
        # SQLite lets one write at a time: the second reads after the first, and sees that its `seen` is old.
        record(kadernota, "V3", 2019, "4.521", by=people[0])
        stale = entry_of(kadernota, "V3", 2019, "4.600", seen=None)
        with pytest.raises(Conflict):
            record_measurements(entries=[stale], by=people[1], now=NOW)
        return
    index = next(c for c in Measurement._meta.constraints if c.name == "measurement_first_unique")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Measurement, index)
    try:
        forms = [[entry_of(kadernota, "V3", 2019, typed)] for typed in ("4.521", "4.600")]
        results = at_once(*(recorder(form, by) for form, by in zip(forms, people, strict=True)))
        assert results == [["new"], ["new"]]
    finally:
        drop_triggers(connection)
        Measurement.objects.filter(year=2019, source_note="").delete()
        create_triggers(connection)
        with connection.schema_editor() as editor:
            editor.add_constraint(Measurement, index)
