"""Two at the same moment: a version is adopted once, and no row slips under it while that happens."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from indicators.actions.deciding import decide
from indicators.actions.errors import ActionRefused
from indicators.actions.versions import adopt_version, offer, save_draft, start_draft
from indicators.models import Decision, Proposal, Target, VersionEdit
from indicators.readmodel.nota import nota_of, version_hash
from priorities.models import Kadernota
from tests.actions.test_races import at_once
from tests.actions.versions import NOW, ON, make_people, small_nota, with_target

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_adopt_at_once():
    keeper, _, *adopters = make_people()
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    seen = offer(version=version, by=keeper, now=NOW)
    facts = {"version": version, "content_hash": seen, "reference": "raad", "decided_on": ON, "now": NOW}
    results = at_once(*(lambda by=by: adopt_version(by=by, **facts) for by in adopters))
    assert [type(result) for result in results if isinstance(result, Exception)] == [ActionRefused], results
    assert Decision.objects.count() == 1


def test_two_keepers_save_at_once():
    keeper, second, *_ = make_people()
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    seen = version_hash(version)
    saves = [
        lambda by=by, text=text: save_draft(
            version=version, nota=with_target(small_nota(), text), by=by, now=NOW, seen=seen
        )
        for by, text in ((keeper, "480"), (second, "470"))
    ]
    results = at_once(*saves)
    assert sum(isinstance(result, Exception) for result in results) == 1, results
    [author] = set(
        VersionEdit.objects.filter(version=version, path__contains="2025").values_list("edited_by", flat=True)
    )
    text = "480" if author == keeper.pk else "470"
    assert nota_of(type(version).objects.get()) == with_target(small_nota(), text)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("attack", ["insert", "update", "delete"])
def test_no_row_slips_under_a_version_that_another_transaction_decides(attack):
    keeper, _, adopter, _ = make_people()
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    target = Target.objects.filter(component__indicator__version=version).first()
    decided = threading.Event()
    failures = []

    def slip():
        """Change a row with SQL, without any lock of the application, while the decision is not committed."""
        decided.wait(10)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if attack == "insert":
                    cursor.execute(
                        "INSERT INTO indicators_target (component_id, year, aim, sign) VALUES (%s, 2099, 1, '')",
                        [target.component_id],
                    )
                elif attack == "update":
                    cursor.execute("UPDATE indicators_target SET aim = 1 WHERE id = %s", [target.pk])
                else:
                    cursor.execute("DELETE FROM indicators_target WHERE id = %s", [target.pk])
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=slip)
    thread.start()
    with transaction.atomic():
        Kadernota.objects.select_for_update().get()
        Proposal.objects.filter(version=version).update(state="offered", content_hash="0" * 64)
        decide(fixes=version, content={}, people={}, now=NOW, by=adopter, reference="raad", decided_on=ON)
        decided.set()
        time.sleep(0.5)
    thread.join(10)
    assert len(failures) == 1 and "offered or decided" in str(failures[0])
    assert nota_of(version) == small_nota()
