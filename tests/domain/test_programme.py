"""What a line lacks in the annual report, and the words of the states."""

from decimal import Decimal

import pytest

from indicators.domain.assessment import Status
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.readmodel.statuses import STATUS_SIGNS

pytestmark = pytest.mark.engine_free

PLANNED, RUNNING, DONE = ActivityState.PLANNED, ActivityState.RUNNING, ActivityState.DONE
DELAYED, DROPPED = ActivityState.DELAYED, ActivityState.DROPPED
# the state, and whether the account and the look ahead ask for a word
ASKED = [
    (PLANNED, "waarom het niet is begonnen", False),
    (RUNNING, "", False),
    (DONE, "wat het opleverde", False),
    (DELAYED, "waardoor", True),
    (DROPPED, "waarom", True),
]


def asked(state, *, in_account, result="", kind=LineKind.ACTIVITY, spent=None):
    return missing_account(kind=kind, state=state, result=result, spent=spent, in_account=in_account)


@pytest.mark.parametrize(("state", "in_account", "ahead"), ASKED)
def test_an_activity(state, in_account, ahead):
    sentence = asked(state, in_account=True)
    assert in_account in sentence and bool(sentence) == bool(in_account)
    assert bool(asked(state, in_account=False)) == ahead
    for where in (True, False):
        assert asked(state, in_account=where, result="Het kwam er niet van.") == ""
        assert bool(asked(state, in_account=where, result="  \n")) == bool(asked(state, in_account=where))


@pytest.mark.parametrize(
    ("spent", "result", "in_account", "is_asked"),
    [(None, "", True, True), (Decimal(0), "", True, False), (None, "nog geen rekening", True, False),
     (None, "", False, False)],
)  # fmt: skip
def test_an_amount(spent, result, in_account, is_asked):
    sentence = asked(None, kind=LineKind.FINANCE, spent=spent, result=result, in_account=in_account)
    assert bool(sentence) == is_asked


def test_every_state_has_a_word_and_a_sign_of_its_own():
    assert {row[0] for row in ASKED} == set(ActivityState)
    words = [state.word for state in ActivityState]
    assert words == ["Gepland", "Loopt", "Afgerond", "Vertraagd", "Vervallen"]
    signs = {state.symbol for state in ActivityState}
    assert len(signs) == 5 and not signs & {STATUS_SIGNS[status] for status in Status}
    assert [kind.word for kind in LineKind] == ["activiteit", "financiën"]
