"""Two who adopt at the same moment: one edition."""

import pytest

from indicators.actions.adopting import adopt
from indicators.actions.errors import ActionRefused
from tests.actions.rows import NOW, make_kadernota, make_user, record
from tests.actions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_adopt_at_once():
    kadernota = make_kadernota()
    record(kadernota, "V3", 2019, "4.400", by=make_user("anna", "beleidsmedewerker"))
    adopters = [make_user("carla", "vaststeller"), make_user("cees", "vaststeller")]
    facts = {"kadernota": kadernota, "year": 2019, "decision": "B-1", "on": NOW.date(), "now": NOW}
    results = at_once(*(lambda by=by: adopt(by=by, **facts) for by in adopters))
    assert [type(result) for result in results if isinstance(result, Exception)] == [ActionRefused], results
    assert kadernota.editions.get(year=2019).entries.count() == 1
