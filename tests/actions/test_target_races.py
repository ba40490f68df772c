"""Concurrent changes of the same target in real transactions: one chain of revisions, no silent overwriting."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from indicators.actions import ActionRefused, adopt, change_target
from indicators.models import Target
from indicators.readmodel.overview import load_overview
from tests.actions.test_races import at_once
from tests.cast import NOW, component_of, load_real, make_user, record

pytestmark = pytest.mark.django_db(transaction=True)
DECIDED = date(2021, 1, 5)


@pytest.fixture
def kadernota():
    return load_real()


@pytest.fixture
def keepers():
    return [make_user("dirk", "beheerder"), make_user("dora", "beheerder")]


def changer(kadernota, by, text, **facts):
    component = component_of(kadernota, "V3")
    facts |= {"decision": "R-1", "decided_on": DECIDED, "reason": "Anders.", "now": NOW}
    return lambda: change_target(component=component, year=2021, text=text, by=by, **facts)


def chain_of(kadernota) -> list[Target]:
    return list(Target.objects.filter(component=component_of(kadernota, "V3"), year=2021).order_by("pk"))


def test_who_saw_the_old_target_does_not_overrule_the_other(kadernota, keepers):
    seen = chain_of(kadernota)[0].pk
    calls = [changer(kadernota, by, text, seen=seen) for by, text in zip(keepers, ("<4.000", "<3.900"), strict=True)]
    results = at_once(*calls)
    (refused,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(refused, ActionRefused) and "Een ander was eerder" in str(refused)
    assert len(chain_of(kadernota)) == 2


def test_a_component_without_a_target_gets_one_once(kadernota, keepers):
    component = component_of(kadernota, "V5", "% van inwoners")
    facts = {"decision": "R-1", "decided_on": DECIDED, "reason": "Nieuw.", "now": NOW, "seen": None}
    results = at_once(
        *(
            lambda by=by, text=text: change_target(component=component, year=2021, text=text, by=by, **facts)
            for by, text in zip(keepers, ("0,3%", "0,2%"), strict=True)
        )
    )
    assert sum(isinstance(result, ActionRefused) for result in results) == 1, results
    assert Target.objects.filter(component=component, year=2021).count() == 1


def test_the_same_decision_sent_twice_at_once_is_one_row(kadernota, keepers):
    results = at_once(changer(kadernota, keepers[0], "<4.000"), changer(kadernota, keepers[0], "<4.000"))
    assert sum(isinstance(result, ActionRefused) for result in results) == 1, results
    assert len(chain_of(kadernota)) == 2


def test_the_database_keeps_the_chain_whole(kadernota, keepers):
    """The unique index stops writes without the action: no two replacements of a row, no second first row."""
    first = changer(kadernota, keepers[0], "<4.000")().replaces
    columns = {"component": first.component, "area": first.area, "year": 2021, "aim": 1, "recorded_at": NOW}
    facts = {"decision": "R-1", "decided_on": DECIDED, "reason": "Anders."}
    for wrong in ({"replaces": first, **facts}, {}, {"replaces": first, **facts, "year": 2022}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**columns | wrong)
    assert len(chain_of(kadernota)) == 2


def test_adopting_and_changing_at_once_leave_an_edition_that_never_changes(kadernota, keepers):
    officer = make_user("anna", "beleidsmedewerker")
    record(kadernota, "V3", 2021, "4.400", by=officer, explanation="Zie het jaarverslag.")
    adopter = make_user("carla", "vaststeller")
    facts = {"kadernota": kadernota, "year": 2021, "decision": "B-1", "on": date(2021, 3, 2), "now": NOW}
    edition, changed = at_once(lambda: adopt(by=adopter, **facts), changer(kadernota, keepers[0], "<4.000"))
    counted = changed.recorded_at <= edition.recorded_at
    printed = load_overview(kadernota, edition=edition).row("V3").components[0].figures[2021].target_printed
    assert printed == ("<4.000" if counted else "4.500")
