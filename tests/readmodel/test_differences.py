"""What differs between two states: each change gives exactly one entry, and the same state gives none."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.assessment import Status
from indicators.domain.programme import ActivityState
from indicators.domain.targets import TargetRule
from indicators.domain.values import Direction, NoValue, Reason
from indicators.readmodel.differences import (
    Cause,
    Change,
    Differences,
    LineEvent,
    Subject,
    differences,
)
from indicators.readmodel.drafts import lay_over
from indicators.readmodel.overview import Prefix, make_overview, shorten
from tests.readmodel.prefixes import (
    BURGLARIES,
    COHESION,
    FIRST,
    PART,
    PLAIN,
    SECOND,
    V1,
    V2,
    base_prefix,
    below,
    component,
    decision,
    edition,
    exact,
    extended,
    indicator,
    line,
    revision,
    structure,
    with_version,
)

pytestmark = pytest.mark.engine_free


def between(before: Prefix, after: Prefix) -> Differences:
    return differences(make_overview(before), make_overview(after))


def count(changes: Differences) -> int:
    """Count the entries besides the decisions."""
    parts = (changes.figures, changes.verdicts, changes.changes, changes.lines)
    return sum(map(len, parts))


def next_edition(year: int, number: int, **facts: Any) -> Callable[[Prefix], Prefix]:
    """Return a function that adopts a year again with `facts`: functions of the edition that give rows."""

    def extend(prefix: Prefix) -> Prefix:
        sequence = len(prefix.chain.decisions) + 1
        adopted = edition(sequence, year, number)
        rows = {name: make(adopted) for name, make in facts.items()}
        return extended(prefix, decision(adopted, sequence), **rows)

    return extend


def changed(**facts: Any) -> Callable[[Prefix], Prefix]:
    """Return a function that adopts a version in which the first component has these facts."""
    return lambda prefix: with_version(
        prefix, structure(component(BURGLARIES, FIRST, **facts), component(COHESION, SECOND))
    )


FIGURES = {
    "erratum": (2019, exact(410), {"explanation": "Nageteld."}, Change.ERRATUM, ("390", "410", "Nageteld.")),
    "provisional": (2019, replace(exact(390), provisional=True), {}, Change.ERRATUM, ("390", "390*", "")),
    "no value": (2019, NoValue(Reason.PM), {}, Change.ERRATUM, ("390", "pm", "")),
    "explanation": (2019, exact(390), {"explanation": "Zo."}, Change.EXPLANATION, ("390", "390", "Zo.")),
    "source": (2019, exact(390), {"source_note": "CBS"}, Change.EXPLANATION, ("390", "390", "CBS")),
    "addition": (2019, exact(7), {"series": COHESION}, Change.ADDITION, ("", "7", "")),
}


@pytest.mark.parametrize("case", FIGURES.values(), ids=FIGURES)
def test_a_figure(case: Any) -> None:
    year, value, facts, change, texts = case
    extend = next_edition(year, 2, revisions=lambda adopted: [revision(9, year, value, adopted, **facts)])
    changes = between(base_prefix(), extend(base_prefix()))
    (figure,) = changes.figures
    assert count(changes) == 1 and [info.label for info in changes.editions] == ["2019-2"]
    assert (figure.change, figure.number, figure.year) == (change, 1, year)
    assert (figure.old_printed, figure.new_printed, figure.reason) == texts
    assert changes.of(change) == (figure,)


def test_words_are_those_of_both_verdicts() -> None:
    extend = next_edition(2019, 2, revisions=lambda adopted: [revision(9, 2019, exact(600), adopted)])
    (figure,) = between(base_prefix(), extend(base_prefix())).figures
    assert figure.verdict_differs and figure.old_words != figure.new_words
    assert (figure.old.status, figure.new.status) == (Status.ON_TRACK, Status.OFF_TRACK)
    assert figure.name == "Indicator V1"


def test_numbers_count_within_kind_and_year() -> None:
    def rows(adopted: Any) -> list[Any]:
        both = [revision(9, 2019, exact(410), adopted), revision(10, 2018, exact(481), adopted)]
        return [*both, revision(11, 2019, exact(7), adopted, series=COHESION)]

    figures = between(base_prefix(), next_edition(2019, 2, revisions=rows)(base_prefix())).figures
    numbered = [(figure.change, figure.year, figure.code, figure.number) for figure in figures]
    assert numbered == [
        (Change.ERRATUM, 2018, "V1", 1),
        (Change.ERRATUM, 2019, "V1", 1),
        (Change.ADDITION, 2019, "V2", 1),
    ]


VERSIONS = {
    "target of an open year": (
        {"targets": {2019: below(400), 2020: below(250)}},
        (Subject.TARGET, 2020, "<300", "<250"),
    ),
    "target of an adopted year": (
        {"targets": {2019: below(350), 2020: below(300)}},
        (Subject.TARGET, 2019, "<400", "<350"),
    ),
    "baseline": ({"baseline": exact(510)}, (Subject.BASELINE, None, "500 (2017)", "510 (2017)")),
    "year of the baseline": ({"baseline_year": 2016}, (Subject.BASELINE, None, "500 (2017)", "500 (2016)")),
    "break": ({"breaks": {2020: "Nieuwe telling."}}, (Subject.BREAK, None, "", "2020: Nieuwe telling.")),
    "direction": (
        {"direction": Direction.HIGHER},
        (Subject.DIRECTION, None, "minder is beter", "meer is beter"),
    ),
    "component": ({"name": "totaal"}, (Subject.COMPONENT, None, "", "totaal")),
    "indicator": ({"indicator": indicator("V1", name="Braak")}, (Subject.INDICATOR, None, "Indicator V1", "Braak")),
}


@pytest.mark.parametrize("case", VERSIONS.values(), ids=VERSIONS)
def test_a_version_changes_one_thing(case: Any) -> None:
    facts, expected = case
    extend = (
        changed(**facts)
        if "indicator" not in facts
        else lambda prefix: with_version(
            prefix, structure(component(BURGLARIES, facts["indicator"]), component(COHESION, SECOND))
        )
    )
    changes = between(base_prefix(), extend(base_prefix()))
    (change,) = changes.changes
    assert count(changes) == 1 and [info.number for info in changes.versions] == [2]
    assert (change.subject, change.year, change.old, change.new) == expected
    assert (change.code, change.decision, change.reason) == ("V1", "raad 4", "Scherper.")
    assert change.on is not None and change.on.day == 4


def test_a_code_a_topic_and_a_title() -> None:
    renamed = structure(component(BURGLARIES, indicator("V7", name="Indicator V1")), component(COHESION, SECOND))
    for after, subject in [
        (with_version(base_prefix(), renamed), Subject.CODE),
        (with_version(base_prefix(), replace(PLAIN, parts=(replace(PART, name="Heel"),))), Subject.TOPIC),
        (with_version(base_prefix(), PLAIN, title="Nota"), Subject.TITLE),
    ]:
        changes = between(base_prefix(), after)
        assert [change.subject for change in changes.changes] == [subject] and count(changes) == 1


INDICATORS = {
    "added": (
        structure(*PLAIN.components.values(), component(3, indicator("V3", change_reason="Gevraagd."))),
        (Subject.ADDED, "V3", "V3 Indicator V3", None, "Gevraagd."),
    ),
    "component added": (
        structure(*PLAIN.components.values(), component(3, SECOND, name="per wijk")),
        (Subject.ADDED, "V2", "V2 Indicator V2: per wijk", None, "Scherper."),
    ),
    "ended": (
        structure(PLAIN.components[BURGLARIES], component(COHESION, indicator("V2", last_year=2019), targets={})),
        (Subject.ENDED, "V2", "V2 Indicator V2", 2019, "Scherper."),
    ),
    "removed": (
        structure(PLAIN.components[BURGLARIES]),
        (Subject.REMOVED, "V2", "V2 Indicator V2", None, "Scherper."),
    ),
}


@pytest.mark.parametrize("case", INDICATORS.values(), ids=INDICATORS)
def test_an_indicator_comes_or_goes(case: Any) -> None:
    changed_structure, expected = case
    changes = between(base_prefix(), with_version(base_prefix(), changed_structure))
    change = changes.changes[0]
    assert {item.subject for item in changes.changes[1:]} <= {Subject.TARGET}  # of the indicator that ends
    assert (change.subject, change.code, change.label, change.year, change.reason) == expected
    assert not changes.figures and not changes.lines


def test_an_indicator_that_is_followed_longer() -> None:
    ended = INDICATORS["ended"][0]
    before = with_version(base_prefix(), ended)
    again = replace(before.chain.versions[-1], pk=103, number=3, sequence=5)
    after = extended(before, decision(again, 5), structures={103: PLAIN})
    change = between(before, after).changes[0]
    assert (change.subject, change.label, change.year) == (Subject.CONTINUED, "V2 Indicator V2", None)


def test_an_indicator_that_is_added_with_a_figure_of_an_adopted_year() -> None:
    new = structure(*PLAIN.components.values(), component(3, indicator("V3")))
    prefix = with_version(base_prefix(), new)
    after = next_edition(2020, 1, revisions=lambda adopted: [revision(9, 2020, exact(3), adopted, series=3)])(prefix)
    (figure,) = between(base_prefix(), after).figures
    assert (figure.change, figure.old.value, figure.old.target) == (Change.ADDITION, None, figure.new.target)


def rejudged(prefix: Prefix) -> Prefix:
    """Return a prefix in which 2019 is judged again, under version 2."""
    sequence = len(prefix.chain.decisions) + 1
    return extended(prefix, decision(edition(sequence, 2019, 2, under=V2, rejudges=True), sequence))


def test_a_year_that_is_judged_again() -> None:
    before = changed(targets={2019: below(350), 2020: below(300)})(base_prefix())
    changes = between(before, rejudged(before))
    (verdict,) = changes.verdicts
    assert count(changes) == 1 and verdict.rejudged and verdict.causes == (Cause.TARGET,)
    assert (verdict.version.number, verdict.reason, verdict.year) == (2, "Scherper.", 2019)
    assert (verdict.old.status, verdict.new.status) == (Status.ON_TRACK, Status.AT_RISK)
    assert verdict.old.revision == verdict.new.revision


def test_a_direction_changes_a_verdict_by_an_aim() -> None:
    aims = {year: TargetRule(aim=Decimal(400)) for year in (2019, 2020)}
    plain = structure(component(BURGLARIES, FIRST, targets=aims), component(COHESION, SECOND))
    before = changed(targets=aims, direction=Direction.HIGHER)(replace(base_prefix(), structures={V1: plain}))
    (verdict,) = between(before, rejudged(before)).verdicts
    assert verdict.causes == (Cause.DIRECTION,) and verdict.new.status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("facts", "cause"), [({"baseline": exact(380)}, Cause.BASELINE), ({"breaks": {2019: "Anders."}}, Cause.BREAK)]
)
def test_a_baseline_or_break_changes_a_verdict_that_depends_on_it(facts: dict[str, Any], cause: Cause) -> None:
    # 420 misses the target of 400 and is better than 500.
    missed = next_edition(2019, 2, revisions=lambda adopted: [revision(9, 2019, exact(420), adopted)])(base_prefix())
    before = changed(**facts)(missed)
    sequence = len(before.chain.decisions) + 1
    again = extended(before, decision(edition(sequence, 2019, 3, under=V2, rejudges=True), sequence))
    (verdict,) = between(before, again).verdicts
    assert verdict.causes == (cause,)
    assert (verdict.old.status, verdict.new.status) == (Status.AT_RISK, Status.OFF_TRACK)


def test_a_version_leaves_the_verdicts_of_adopted_years() -> None:
    after = changed(targets={2019: below(1), 2020: below(1)}, baseline=exact(1))(base_prefix())
    changes = between(base_prefix(), after)
    assert not changes.verdicts and {judgement.year for judgement in changes.judgements} == {2020}


LINES = {
    "added": (lambda adopted: line(9, adopted), LineEvent.ADDED, ()),
    "changed": (
        lambda adopted: line(9, adopted, first=1, title="Activiteit 1", state=ActivityState.DONE, result="Klaar."),
        LineEvent.CHANGED,
        ("state", "result"),
    ),
    "amount": (
        lambda adopted: line(9, adopted, first=1, title="Activiteit 1", budget=Decimal(5)),
        LineEvent.CHANGED,
        ("budget",),
    ),
    "withdrawn": (
        lambda adopted: line(9, adopted, first=1, title="Activiteit 1", withdrawn=True),
        LineEvent.WITHDRAWN,
        (),
    ),
}


@pytest.mark.parametrize("case", LINES.values(), ids=LINES)
def test_a_line(case: Any) -> None:
    make, event, fields = case
    changes = between(base_prefix(), next_edition(2019, 2, lines=lambda adopted: [make(adopted)])(base_prefix()))
    (change,) = changes.lines
    assert count(changes) == 1
    assert (change.event, change.fields, change.new.pk) == (event, fields, 9)
    assert (change.old is None) == (event is LineEvent.ADDED)


def test_a_line_that_returns_and_one_that_never_was() -> None:
    gone = next_edition(2019, 2, lines=lambda adopted: [line(8, adopted, first=1, withdrawn=True)])(base_prefix())
    back = next_edition(2019, 3, lines=lambda adopted: [line(9, adopted, first=1)])(gone)
    (change,) = between(gone, back).lines
    assert change.event is LineEvent.ADDED and change.old is not None
    never = next_edition(2019, 2, lines=lambda adopted: [line(9, adopted, withdrawn=True)])(base_prefix())
    assert between(base_prefix(), never).lines == ()


def test_a_correction_changes_nothing_else() -> None:
    changes = between(base_prefix(), extended(base_prefix(), decision(None, 4)))
    assert [info.sequence for info in changes.corrections] == [4] and count(changes) == 0


def test_drafts_over_the_public_state() -> None:
    public = make_overview(base_prefix())
    drafts = lay_over(public, [revision(9, 2020, exact(200), None), revision(10, 2019, exact(380), None)])
    drafts = replace(drafts, lines=(*public.lines, line(9, None)))
    changes = differences(public, drafts)
    assert [(figure.change, figure.year) for figure in changes.figures] == [
        (Change.ERRATUM, 2019),
        (Change.ADDITION, 2020),
    ]
    assert [change.event for change in changes.lines] == [LineEvent.ADDED] and not changes.decisions


def test_a_draft_that_was_taken_back_is_no_difference() -> None:
    public = make_overview(base_prefix())
    taken_back = (line(8, None, first=1, title="Anders"), line(9, None, first=1, title="Anders", retracted=True))
    assert differences(public, replace(public, lines=(*public.lines, *taken_back))) == Differences()


def test_the_earlier_state_comes_first() -> None:
    with pytest.raises(ValueError, match="earlier one first"):
        between(changed()(base_prefix()), base_prefix())
    with pytest.raises(ValueError, match="one kadernota"):
        between(replace(base_prefix(), slug="andere"), base_prefix())


def test_changes_of_several_versions_name_all_that_may_have_made_them() -> None:
    two = changed(baseline=exact(510))(base_prefix())
    text = decision(replace(two.chain.versions[-1], pk=103, number=3, sequence=5, kind="editorial"), 5)
    three = extended(two, text, structures={103: two.structures[V2]})
    (change,) = between(base_prefix(), three).changes
    assert change.decision == "raad 4"  # an editorial version changes texts only
    other = decision(replace(two.chain.versions[-1], pk=103, number=3, sequence=5), 5)
    (change,) = between(base_prefix(), extended(two, other, structures={103: two.structures[V2]})).changes
    assert change.decision == "raad 4 en raad 5"


figures = st.tuples(
    st.sampled_from([BURGLARIES, COHESION]),
    st.sampled_from([2018, 2019, 2020]),
    st.integers(0, 3).map(lambda step: 300 + 100 * step),
    st.sampled_from(["", "Zo."]),
)
steps = st.lists(st.one_of(figures, st.integers(250, 450).map(below), st.just(None)), max_size=6)


def built(changes: list[Any]) -> Prefix:
    """Return a chain with a decision for each step: an edition with one figure, a version, or a correction."""
    prefix = base_prefix()
    for place, step in enumerate(changes, start=100):
        sequence = len(prefix.chain.decisions) + 1
        if step is None:
            prefix = extended(prefix, decision(None, sequence))
        elif isinstance(step, tuple):
            series, year, number, text = step
            adopted = edition(sequence, year, sequence, under=prefix.chain.versions[-1].pk)
            row = revision(place, year, exact(number), adopted, series=series, explanation=text)
            prefix = extended(prefix, decision(adopted, sequence), revisions=[row])
        else:
            newest = prefix.chain.versions[-1]
            added = replace(newest, pk=place + 1000, number=newest.number + 1, sequence=sequence)
            target = component(BURGLARIES, FIRST, targets={2019: step, 2020: below(300)})
            structures = {added.pk: structure(target, component(COHESION, SECOND))}
            prefix = extended(prefix, decision(added, sequence), structures=structures)
    return prefix


@given(steps)
def test_a_state_does_not_differ_from_itself(changes: list[Any]) -> None:
    overview = make_overview(built(changes))
    assert differences(overview, overview) == Differences()


@given(steps, st.data())
def test_figures_that_differ_are_those_with_another_revision(changes: list[Any], data: st.DataObject) -> None:
    whole = built(changes)
    length = len(whole.chain.decisions)
    before = make_overview(shorten(whole, data.draw(st.integers(1, length))))
    after = make_overview(whole)
    found = differences(before, after)
    pairs = [
        (old_part.figures[year], new_part.figures[year])
        for old_row, new_row in zip(before.all_rows, after.all_rows, strict=True)
        for old_part, new_part in zip(old_row.components, new_row.components, strict=True)
        for year in new_part.figures
    ]
    assert len(found.figures) == sum(old.revision != new.revision for old, new in pairs)
    assert len(found.verdicts) == sum(
        old.revision == new.revision and old.status is not new.status for old, new in pairs
    )
    assert all(verdict.causes for verdict in found.verdicts)
    assert len(found.decisions) == length - len(before.chain.decisions)
