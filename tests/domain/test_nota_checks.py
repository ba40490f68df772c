"""The rules of the nota: each edit of a valid nota gives exactly the refusals or questions that go with it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.nota import (
    Baseline,
    Finding,
    NotaRefused,
    confirmation_code,
    find_questions,
    find_refusals,
    read_nota,
)
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Exact, UnitKind, Withheld
from tests.domain.notas import GONE, SHIPPED, component, edited, indicator, paths_in, reading, shipped, small, topic

pytestmark = pytest.mark.engine_free

ROW = ("topics", 0, "indicators", 0)
PART = (*ROW, "components", 0)
TWO = ("topics", 0, "indicators", 1)
NO_CELLS = ((*ROW, "printed"), {})
RESERVED = {"beheer"}


def refusals(data):
    """Return the refusals of reading the data."""
    try:
        read_nota(data, reserved_slugs=RESERVED)
    except NotaRefused as refused:
        return refused.findings
    return ()


def at(path):
    """Return a path with its years as numbers, as findings have them."""
    return tuple(int(step) if isinstance(step, str) and step.isdecimal() and len(step) == 4 else step for step in path)


def test_the_small_nota_is_valid():
    assert refusals(small()) == ()
    assert find_questions(read_nota(small())) == []


# The path and value of an edit, and the code and path of the only refusal (None: that of the edit).
REFUSED = [
    # addresses and keys
    (("slug",), "Voorbeeld", "slug-signs", None),
    (("slug",), "a" * 61, "slug-signs", None),
    (("slug",), "", "slug-signs", None),
    (("slug",), "beheer", "slug-reserved", None),
    (("predecessor",), "voorbeeld-2023-2026", "predecessor-self", None),
    (("predecessor",), "De vorige", "slug-signs", None),
    (("organisation", "slug"), "a--b", "slug-signs", None),
    (("organisation", "cbs_code"), "0394", "cbs-code", None),
    (("area", "code"), "Hele gemeente", "key-signs", None),
    (("topics", 0, "key"), "Prioriteit 1", "key-signs", None),
    (("topics", 0, "key"), "a" * 61, "key-signs", None),
    (("topics", 1, "key"), "prioriteit-1", "key-twice", None),
    ((*TWO, "components", 0, "key"), "a1", "key-twice", None),
    ((*PART, "key"), "vth", "key-twice", None),
    # texts
    (("title",), "", "text-empty", None),
    (("title",), " \n", "text-empty", None),
    (("title",), "a" * 201, "text-long", None),
    (("printed_organisation",), "a" * 101, "text-long", None),
    (("organisation", "name"), "", "text-empty", None),
    (("area", "name"), "", "text-empty", None),
    (("document",), "a" * 301, "text-long", None),
    (("summary",), "a" * 20_001, "text-long", None),
    (("topics", 0, "name"), "", "text-empty", None),
    (("topics", 0, "name"), "a" * 201, "text-long", None),
    (("topics", 0, "goals", 0), "", "text-empty", None),
    (("topics", 0, "focus_points", 0, "name"), "", "text-empty", None),
    ((*ROW, "name"), "", "text-empty", None),
    ((*ROW, "source"), "", "text-empty", None),
    ((*ROW, "source"), "a" * 61, "text-long", None),
    ((*ROW, "cadence"), "", "text-empty", None),
    ((*ROW, "synonyms"), ["a" * 61], "text-long", (*ROW, "synonyms", 0)),
    ((*PART, "noun"), "", "text-empty", None),
    ((*PART, "short_name"), "a" * 28, "text-long", None),
    (("readings", 0, "place"), "", "text-empty", None),
    # the period
    (("baseline_year",), 2023, "period-order", None),
    (("first_target_year",), 2027, "period-order", ("last_year",)),
    (("first_target_year",), 2022, "period-order", None),
    # topics
    (("topics", 0, "goal"), "", "priority-without-goal", None),
    (("topics", 0, "number"), 0, "number-range", None),
    (
        ("topics", 1, "indicators"),
        [indicator(code="T1", components=[component(key="t1")])],
        "theme-with-indicators",
        None,
    ),
    # indicators
    ((*TWO, "code"), "A_1", "code-signs", None),
    ((*TWO, "code"), "a1", "code-twice", None),
    ((*ROW, "planned_years"), [2022, 2024], "planned-year-outside", (*ROW, "planned_years", 0)),
    ((*ROW, "planned_years"), [], "years-order", None),
    ((*ROW, "planned_years"), [2024, 2024], "years-order", None),
    ((*ROW, "planned_years"), [2024, 2023], "years-order", None),
    ((*ROW, "first_year"), 2024, "no-change-reason", (*ROW, "change_reason")),
    ((*ROW, "components"), [], "no-component", None),
    ((*TWO, "components", 1, "name"), "", "component-unnamed", None),
    ((*TWO, "components", 1, "name"), "Aantal", "component-twice", None),
    # figures
    ((*PART, "decimals"), 1, "decimals-range", None),
    ((*TWO, "components", 1, "decimals"), 3, "decimals-range", None),
    ((*PART, "baseline", "value"), "veel", "baseline-not-read", None),
    ((*PART, "baseline", "value"), "", "baseline-not-read", None),
    ((*PART, "baseline", "year"), 2023, "baseline-year", None),
    ((*PART, "baseline", "year"), 1899, "baseline-year", None),
    ((*PART, "targets", "2024"), "dalend", "target-not-read", None),
    ((*PART, "targets", "2024"), "", "target-not-read", None),
    ((*PART, "targets", "2024"), "<0", "target-not-read", None),
    ((*PART, "targets", "2024"), "1" * 16, "target-not-read", None),
    ((*TWO, "components", 1, "targets", "2025"), "101%", "target-not-read", None),
    ((*TWO, "components", 1, "targets", "2025"), ">100%", "target-not-read", None),
    ((*TWO, "components", 1, "targets", "2025"), "2,55%", "target-not-read", None),
    ((*TWO, "components", 1, "targets", "2023"), "2,6%", "target-before-first-year", None),
    ((*TWO, "components", 1, "targets", "2101"), "2,4%", "year-range", None),
    ((*PART, "breaks"), [{"year": 2027, "reason": "Andere telling."}], "break-outside", (*PART, "breaks", 0, "year")),
    ((*PART, "breaks"), [{"year": 2025, "reason": ""}], "text-empty", (*PART, "breaks", 0, "reason")),
    ((*PART, "breaks"), [{"year": 2025, "reason": "a"}, {"year": 2024, "reason": "b"}], "years-order", None),
    # printed cells
    ((*ROW, "printed", "2024"), "501", "printed-differs", None),
    ((*ROW, "printed", "2025"), "500", "printed-differs", None),
    ((*ROW, "printed", "2022"), "566 *)", "printed-differs", None),
    ((*ROW, "printed", "2023"), "500", "cell-without-year", None),
    ((*ROW, "printed", "2024"), "", "text-empty", None),
    ((*TWO, "printed"), {"2024": "30 keer raam en 15 keer deur"}, "cell-not-read", (*TWO, "printed", "2024")),
    # the predecessor
    (("predecessor",), None, None, None),
    ((*PART, "continues"), "Oude reeks", "key-signs", None),
    (
        (*PART, "baseline", "from"),
        {"key": "a1", "year": 2022, "decision": 0},
        "number-range",
        (*PART, "baseline", "from", "decision"),
    ),
    (
        (*PART, "baseline", "from"),
        {"key": "a1", "year": 2023, "decision": 2},
        "baseline-year",
        (*PART, "baseline", "from", "year"),
    ),
    # readings
    (("readings", 0, "indicator"), "A9", "indicator-unknown", None),
    (("readings", 0, "indicator"), None, "alternative-without-indicator", ("readings", 0, "alternative")),
    (("readings", 0, "alternative", "changes"), "colour", "alternative-changes", None),
    (("readings", 0, "alternative", "years"), [], "alternative-value", None),
    (("readings", 0, "alternative", "years"), [True], "alternative-value", None),
    (("readings", 0, "alternative", "years"), GONE, "missing-key", None),
    (("readings", 0, "alternative", "year"), 2024, "unknown-key", None),
    (("readings", 0, "alternative", "read_as"), "veel", "alternative-value", None),
    (("readings", 0, "alternative", "component"), "deel", "component-unknown", None),
    (
        ("readings", 0, "alternative"),
        {"changes": "direction", "direction": "up"},
        "alternative-value",
        ("readings", 0, "alternative", "direction"),
    ),
    (
        ("readings", 0, "alternative"),
        {"changes": "combination", "how": "mean"},
        "alternative-value",
        ("readings", 0, "alternative", "how"),
    ),
    # the form of the data
    (("title",), GONE, "missing-key", None),
    (("title",), 2023, "not-text", None),
    (("title",), None, "not-text", None),
    (("is_practice",), 1, "not-a-flag", None),
    (("first_year",), "2023", "not-a-number", None),
    (("first_year",), 2023.0, "not-a-number", None),
    (("last_year",), True, "not-a-number", None),
    (("organisation",), "Voorbeeld", "not-an-object", None),
    (("organisation",), GONE, "missing-key", None),
    (("topics",), {}, "not-a-list", None),
    (("topics", 0, "goals"), "Minder.", "not-a-list", None),
    (("topics", 0, "goals", 0), 3, "not-text", None),
    (("topics", 0, "kind"), "goal", "unknown-value", None),
    (("topics", 1), "Verkeer", "not-an-object", None),
    (("colour",), "rood", "unknown-key", None),
    ((*ROW, "role"), "prestatie", "unknown-value", None),
    ((*ROW, "printed", "24"), "500", "not-a-year", None),
    ((*ROW, "printed", "2024"), 500, "not-text", None),
    ((*ROW, "planned_years"), ["2024"], "not-a-number", (*ROW, "planned_years", 0)),
    ((*PART, "quantity"), GONE, "no-unit", None),
    ((*PART, "quantity"), "", "no-unit", None),
    ((*PART, "quantity"), "aantal", "unknown-value", None),
    ((*PART, "direction"), None, "no-direction", None),
    ((*PART, "direction"), "lager", "unknown-value", None),
    ((*PART, "targets"), ["500"], "not-an-object", None),
    ((*PART, "targets", "2024"), 500, "not-text", None),
    ((*PART, "baseline"), "565", "not-an-object", None),
    ((*PART, "baseline", "value"), 565, "not-text", None),
]


@pytest.mark.parametrize(("path", "value", "code", "place"), REFUSED)
def test_an_edit_is_refused(path, value, code, place):
    found = refusals(edited(small(), (path, value)))
    assert [(item.code, item.path) for item in found] == ([(code, at(place or path))] if code else [])
    assert all(item.sentence.endswith(".") for item in found)


# Several edits, and all refusals.
REFUSED_TOGETHER = [
    ([(("predecessor",), None), ((*PART, "continues"), "a1")], ["no-predecessor"]),
    ([((*PART, "continues"), "b"), ((*TWO, "components", 0, "continues"), "b")], ["continues-twice"]),
    ([((*ROW, "first_year"), 2022), ((*ROW, "change_reason"), "Nieuw.")], ["indicator-year-outside"]),
    (
        [((*ROW, "first_year"), 2025), ((*ROW, "last_year"), 2024), ((*ROW, "change_reason"), "Kort.")],
        ["indicator-years-order"],
    ),
    ([(("topics", 1, "kind"), "priority"), (("topics", 1, "goal"), "Doel.")], ["topic-twice"]),
    ([(("topics", 1, "kind"), "vth"), (("topics", 1, "number"), 2)], ["vth-twice"]),
    ([(("readings",), [reading(), reading(reading="Nee.")])], ["reading-twice"]),
    ([(("first_year",), 1899), (("baseline_year",), 1898)], ["year-range", "year-range"]),
    ([(("title",), ""), (("slug",), "A B"), ((*TWO, "code"), "A 1!")], ["slug-signs", "text-empty", "code-signs"]),
    (
        [((*PART, "key"), "A"), ((*PART, "noun"), ""), ((*PART, "targets", "2024"), "x")],
        ["target-not-read", "text-empty", "key-signs"],
    ),
    # what only follows from another refusal is left out
    ([((*ROW, "cells"), {}), ((*ROW, "printed"), GONE)], ["unknown-key", "missing-key"]),
    ([((*ROW, "printd"), {}), ((*ROW, "printed"), GONE)], ["unknown-key"]),
    ([((*ROW, "code"), 5)], ["not-text"]),
    ([((*PART, "quantity"), GONE), ((*PART, "decimals"), 1)], ["no-unit"]),
    ([((*PART, "targets", "2024"), "x"), ((*ROW, "printed", "2024"), "y")], ["target-not-read"]),
    ([((*PART, "targets", "2024"), "x"), ((*ROW, "printed", "2026"), "5")], ["target-not-read", "printed-differs"]),
    ([((*PART, "direction"), GONE), ((*ROW, "printed", "2024"), "400")], ["no-direction", "printed-differs"]),
    ([((*ROW, "colour"), "rood"), ((*ROW, "printed", "2024"), "400")], ["unknown-key", "printed-differs"]),
    (
        [((*TWO, "components", 1), 3), (("title",), ""), (("readings", 0, "other"), None)],
        ["not-an-object", "not-text", "text-empty"],
    ),
    ([(("first_target_year",), None)], ["not-a-number"]),
]


@pytest.mark.parametrize(("edits", "codes"), REFUSED_TOGETHER)
def test_all_refusals_are_returned(edits, codes):
    assert [item.code for item in refusals(edited(small(), *edits))] == codes


@pytest.mark.parametrize(
    ("path", "value", "meant"),
    [
        ((*PART, "directon"), "lower", ""),
        (("titel",), "Veilig", "title"),
        ((*PART, "quantity"), "aantal", "count"),
        ((*PART, "direction"), "Hoger", "higher"),
        ((*PART, "direction"), "lowr", "lower"),
        ((*TWO, "code"), "V 1", "V1"),
        ((*ROW, "code"), 7, "7"),
        (("first_year",), "2023", "2023"),
        ((*TWO, "components", 1, "targets", "2025"), "2.5%", "2,5%"),
    ],
)
def test_a_refusal_says_what_was_probably_meant(path, value, meant):
    edits = [((path), value)] + ([(("title",), GONE)] if path == ("titel",) else [])
    (finding,) = refusals(edited(small(), *edits))
    assert finding.meant == meant
    assert str(finding) == finding.sentence + (f" Bedoelt u {meant}?" if meant else "")


def typed_nota(**own):
    """Return the small nota with other content of its first component, as forms and rows give it."""
    nota = read_nota(edited(small(), NO_CELLS))
    row = nota.topics[0].indicators[0]
    row = replace(row, components=(replace(row.components[0], **own),))
    return replace(nota, topics=(replace(nota.topics[0], indicators=(row, *nota.topics[0].indicators[1:])),))


@pytest.mark.parametrize(
    ("own", "code", "path"),
    [
        ({"noun": "inbraken "}, "text-unclean", (*PART, "noun")),
        ({"noun": "inbra\u202eken"}, "text-unclean", (*PART, "noun")),
        ({"noun": "in\nbraken"}, "text-unclean", (*PART, "noun")),
        ({"targets": {2024: TargetRule(Decimal("4.5"))}}, "target-not-read", (*PART, "targets", 2024)),
        ({"targets": {2024: TargetRule(Decimal(-4))}}, "target-not-read", (*PART, "targets", 2024)),
        (
            {"targets": {2024: TargetRule(bound=Bound(Sign.BELOW, Decimal(0)))}},
            "target-not-read",
            (*PART, "targets", 2024),
        ),
        ({"baseline": Baseline(2022, Exact(Decimal("0.5")))}, "baseline-not-read", (*PART, "baseline", "value")),
    ],
)
def test_content_that_does_not_come_from_the_reader_is_checked_too(own, code, path):
    found = [(item.code, item.path) for item in find_refusals(typed_nota(**own))]
    assert found == [(code, path)]


def test_a_withheld_baseline_must_be_a_count():
    nota = typed_nota(baseline=Baseline(2022, Withheld(Decimal(5))), quantity=UnitKind.GRADE, targets={})
    found = find_refusals(replace(nota, readings=()))
    assert [(item.code, item.path) for item in found] == [("baseline-not-read", (*PART, "baseline", "value"))]


@pytest.mark.parametrize(
    ("cells", "code", "path"),
    [
        ({"2022": "veel", "2024": "500"}, "baseline-not-read", (*PART, "baseline", "value")),
        ({"2022": "565", "2024": "dalend"}, "target-not-read", (*PART, "targets", 2024)),
        ({"2022": "565", "2023": "500"}, "cell-without-year", (*ROW, "printed", 2023)),
    ],
)
def test_a_cell_from_which_nothing_can_be_derived_is_refused(cells, code, path):
    edits = [((*ROW, "printed"), cells), ((*PART, "baseline"), GONE), ((*PART, "targets"), GONE)]
    assert [(item.code, item.path) for item in refusals(edited(small(), *edits))] == [(code, path)]


def test_a_cell_that_cannot_be_split_is_refused_once():
    edits = [((*TWO, "printed"), {"2024": "30 keer raam en 15 keer deur"})]
    edits += [((*TWO, "components", index, "targets"), GONE) for index in (0, 1)]
    found = refusals(edited(small(), *edits))
    assert [(item.code, item.path) for item in found] == [("cell-not-read", (*TWO, "printed", 2024))]


def test_a_cell_with_another_number_of_figures_than_components_is_refused():
    third = component(key="a2-derde", name="derde", baseline=None, targets={})
    row = small()["topics"][0]["indicators"][1]
    edits = [((*TWO, "components"), [*row["components"], third]), ((*TWO, "printed"), {"2024": "500 (2%)"})]
    (finding,) = refusals(edited(small(), *edits))
    assert (finding.code, finding.path) == ("cell-not-read", (*TWO, "printed", 2024))


def test_a_target_after_the_period_is_allowed():
    assert refusals(edited(small(), ((*PART, "targets", "2030"), "<400"))) == ()


def test_a_cell_may_be_printed_in_another_notation():
    assert refusals(edited(small(), ((*ROW, "printed", "2026"), "< 500"))) == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from([path for path in paths_in(small()) if path]), json_values | st.just(GONE))
def test_any_damage_gives_a_nota_or_refusals_at_its_place(path, value):
    assert all(isinstance(item, Finding) for item in refusals(edited(small(), (path, value))))


@given(json_values)
def test_any_data_gives_refusals(data):
    assert refusals(data)


# The edits, and the code and year of the questions.
ASKED = [
    ([((*PART, "targets"), {"2024": ">1.000"})], ["target-against-direction:a1:2024"]),
    ([((*PART, "targets"), {"2024": "500", "2025": "≥400"})], ["target-against-direction:a1:2025"]),
    ([((*PART, "targets"), {"2024": "500", "2026": "540"})], ["target-against-direction:a1:2026"]),
    ([((*PART, "targets"), {"2024": "500", "2025": "490", "2026": "500"})], []),
    ([((*PART, "targets"), {"2024": "500", "2025": "<500", "2026": "500"})], []),
    ([((*PART, "targets"), {"2024": "565"})], []),
    ([((*PART, "targets"), {"2024": "600", "2026": "500"})], ["target-met-by-baseline:a1:2024"]),
    ([((*PART, "targets"), {"2024": "600", "2026": "590"})], ["target-met-by-baseline:a1:2024"]),
    ([((*PART, "targets"), {"2024": "600"}), ((*PART, "baseline", "value"), "pm")], []),
    ([((*PART, "targets"), {"2024": "<5"}), ((*PART, "baseline", "value"), "<5")], []),
    ([((*PART, "targets"), {"2024": "<6"}), ((*PART, "baseline", "value"), "<5")], ["target-met-by-baseline:a1:2024"]),
    ([((*PART, "targets"), {"2024": "50"})], ["jump-of-ten:a1:2024"]),
    ([((*PART, "targets"), {"2024": "57"})], []),
    ([((*PART, "targets"), {"2024": "500", "2025": "45", "2026": "430"})], ["jump-of-ten:a1:2025"]),
    ([((*PART, "targets"), {"2024": "500", "2025": "45", "2026": "43"})], ["jump-of-ten:a1:2025"]),
    ([((*PART, "targets"), {"2024": "0"})], []),
    ([((*PART, "targets"), {"2024": "5 <4"})], ["jump-of-ten:a1:2024", "aim-outside-bound:a1:2024"]),
    ([((*PART, "targets"), {"2024": "2.024"}), ((*PART, "baseline"), None)], ["target-is-year:a1:2024"]),
    ([((*PART, "direction"), "higher")], ["target-against-direction:a1:2026"]),
    ([((*PART, "direction"), "higher"), ((*PART, "targets"), {"2024": "500"})], ["target-met-by-baseline:a1:2024"]),
]


@pytest.mark.parametrize(("edits", "codes"), ASKED)
def test_a_probable_mistake_is_asked_about(edits, codes):
    nota = read_nota(edited(small(), NO_CELLS, *edits))
    found = find_questions(nota)
    assert [confirmation_code(nota, question) for question in found] == codes
    assert all(question.sentence.endswith("Klopt dit?") for question in found)


def test_a_question_has_the_path_of_the_figure():
    nota = read_nota(edited(small(), NO_CELLS, ((*PART, "targets"), {"2024": ">1.000"})))
    (question,) = find_questions(nota)
    assert question.path == (*PART, "targets", 2024)
    assert question.typed == ">1.000"
    assert question.sentence == "A1 Inbraken: lager is beter, maar de streefwaarde van 2024 is >1.000. Klopt dit?"


def test_a_confirmation_does_not_depend_on_the_order():
    first = edited(small(), NO_CELLS, ((*PART, "targets"), {"2024": ">1.000"}))
    second = edited(first, (("topics",), [topic(key="nul", number=1, indicators=[]), *first["topics"]]))
    second["topics"][1]["number"] = 2
    second["topics"][1]["indicators"].reverse()
    codes = []
    for data in (first, second):
        nota = read_nota(data)
        codes.append([confirmation_code(nota, question) for question in find_questions(nota)])
    assert codes[0] == codes[1] == ["target-against-direction:a1:2024"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_opposite_direction_is_asked_about(name):
    """Each component of the shipped notas whose targets move is asked about when its direction is reversed."""
    data = {key: value for key, value in shipped(name).items() if key != "taken_over"}
    for item in data["topics"]:
        for row in item["indicators"]:
            for part in row["components"]:
                part["direction"] = "higher" if part["direction"] == "lower" else "lower"
    nota = read_nota(data)
    asked = {question.path[:6] for question in find_questions(nota)}
    silent = {
        part.key
        for number, item in enumerate(nota.topics)
        for index, row in enumerate(item.indicators)
        for place, part in enumerate(row.components)
        if ("topics", number, "indicators", index, "components", place) not in asked
    }
    assert silent == {"v5-van-inwoners", "v18", "v21"}
