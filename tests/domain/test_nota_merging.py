"""Merging two notas that were made from the same one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.nota import OURS, THEIRS, NotaRefused, differences, merge, read_nota
from tests.domain.notas import component, edited, indicator, notas, small, topic

pytestmark = pytest.mark.engine_free

BASE = read_nota(small())
A1 = ("topics", 0, "indicators", 0)
PART = (*A1, "components", 0)


def nota(*edits):
    return read_nota(edited(small(), *edits))


def texts(nota):
    return [str(change) for change in differences(BASE, nota)]


def target(year, text):
    return ((*PART, "targets", year), text), ((*A1, "printed", year), text)


NEW_INDICATOR = indicator(code="A9", name="Nieuw", printed={}, components=[component(key="a9")])
EDITS = {
    "a text": [(("summary",), "Nieuw.")],
    "a topic": [(("topics", 0, "goal"), "Anders.")],
    "a name": [((*A1, "name"), "Woninginbraken")],
    "a code": [((*A1, "code"), "B1"), (("readings", 0, "indicator"), "B1")],
    "a target": target("2025", "480"),
    "another target": target("2026", "<400"),
    "a break": [((*PART, "breaks"), [{"year": 2024, "reason": "Anders geteld."}])],
    "no baseline": [((*PART, "baseline"), None), ((*A1, "printed"), {"2024": "500", "2026": "<500"})],
    "a new indicator": [(("topics", 0, "indicators"), [indicator(), *topic()["indicators"][1:], NEW_INDICATOR])],
    "a new topic": [(("topics",), [*small()["topics"], topic(key="p2", number=2, name="Twee", indicators=[])])],
    "no readings": [(("readings",), [])],
    "an order": [(("topics", 0, "indicators"), list(reversed(topic()["indicators"])))],
    "a period": [(("last_year",), 2027)],
    "a predecessor": [(("predecessor",), None)],
}


@pytest.mark.parametrize("name", EDITS)
def test_a_change_of_one_side_is_kept(name):
    changed = nota(*EDITS[name])
    for ours, theirs in ((changed, BASE), (BASE, changed), (changed, changed)):
        merged, conflicts = merge(BASE, ours, theirs)
        assert conflicts == [] and merged is not None
        assert differences(changed, merged) == []


PAIRS = [(one, other) for index, one in enumerate(EDITS) for other in list(EDITS)[index + 1 :]]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_changes_of_different_places_are_merged(one, other):
    ours, theirs = nota(*EDITS[one]), nota(*EDITS[other])
    merged, conflicts = merge(BASE, ours, theirs)
    assert conflicts == [] and merged is not None
    changes = {change.path for change in differences(BASE, merged)}
    assert {change.path for change in differences(BASE, ours)} | {
        change.path for change in differences(BASE, theirs)
    } >= {path for path in changes if path[0] not in ("indicators", "readings")}
    assert changes


def test_a_place_that_both_changed_is_a_conflict():
    ours, theirs = nota(*target("2025", "480")), nota(*target("2025", "470"))
    merged, conflicts = merge(BASE, ours, theirs)
    assert merged is None
    facts = {conflict.path: (conflict.base, conflict.ours, conflict.theirs) for conflict in conflicts}
    assert facts == {
        ("components", "a1", "targets", 2025): ("", "480", "470"),
        ("indicators", "A1", "printed", 2025): ("", "480", "470"),
    }
    assert "A1 Inbraken: streefwaarde 2025" in {conflict.label for conflict in conflicts}


@pytest.mark.parametrize(("choice", "text"), [(OURS, "480"), (THEIRS, "470")])
def test_a_conflict_is_settled(choice, text):
    ours, theirs = nota(*target("2025", "480")), nota(*target("2025", "470"))
    _, conflicts = merge(BASE, ours, theirs)
    merged, conflicts = merge(BASE, ours, theirs, settled={conflict.code: choice for conflict in conflicts})
    assert conflicts == [] and differences(merged, nota(*target("2025", text))) == []


@pytest.mark.parametrize("choice", [OURS, THEIRS])
def test_removed_by_one_and_changed_by_the_other(choice):
    gone = nota(
        (("topics", 0, "indicators"), topic()["indicators"][1:]),
        (("readings",), []),
    )
    changed = nota(((*A1, "name"), "Woninginbraken"))
    merged, conflicts = merge(BASE, gone, changed)
    assert merged is None and ("indicators", "A1") in {conflict.path for conflict in conflicts}
    settled = {conflict.code: choice for conflict in conflicts}
    merged, conflicts = merge(BASE, gone, changed, settled=settled)
    assert merged is not None
    assert ("A1" in {row.code for row in merged.indicators}) == (choice == THEIRS)


def test_a_topic_that_one_removed_stays_when_the_other_placed_something_in_it():
    base = nota((("topics", 2, "indicators"), [NEW_INDICATOR]))
    gone = nota((("topics",), small()["topics"][:2]))
    more = indicator(code="A8", name="Meer", printed={}, components=[component(key="a8")])
    changed = nota((("topics", 2, "indicators"), [NEW_INDICATOR, more]))
    merged, conflicts = merge(base, gone, changed)
    assert conflicts == [] and merged is not None
    assert [row.code for row in merged.topics[-1].indicators] == ["A8"] and merged.topics[-1].key == "vth"


def test_what_breaks_a_rule_together_is_refused():
    ours = nota((("topics", 0, "indicators"), [*topic()["indicators"], NEW_INDICATOR]))
    other = indicator(code="A9", name="Ook nieuw", printed={}, components=[component(key="b9")])
    theirs = nota((("topics", 0, "indicators"), [*topic()["indicators"], other]))
    merged, conflicts = merge(BASE, ours, theirs)
    assert merged is None and {conflict.path for conflict in conflicts} == {("indicators", "A9", "name")}
    other = indicator(code="a9", name="Ook nieuw", printed={}, components=[component(key="b9")])
    theirs = nota((("topics", 0, "indicators"), [*topic()["indicators"], other]))
    with pytest.raises(NotaRefused):
        merge(BASE, ours, theirs)


@given(nota=notas(), summary=st.sampled_from(["", "Een.", "Twee."]))
def test_merging_with_oneself_changes_nothing(nota, summary):
    changed = replace(nota, summary=summary)
    for ours, theirs in ((nota, changed), (changed, nota), (changed, changed)):
        merged, conflicts = merge(nota, ours, theirs)
        assert conflicts == [] and merged is not None and differences(changed, merged) == []


@given(base=notas(), ours=notas())
def test_whatever_one_side_did_is_kept(base, ours):
    ours = replace(ours, slug=base.slug)
    for one, other in ((ours, base), (base, ours)):
        merged, conflicts = merge(base, one, other)
        assert conflicts == [] and merged is not None and differences(ours, merged) == []
