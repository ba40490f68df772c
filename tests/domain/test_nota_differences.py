"""The difference of two notas: one change for one edit, none for equal content, and what is editorial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.nota import (
    ChangeKind,
    NotaRefused,
    canonical_bytes,
    differences,
    editorial_only,
    read_nota,
    write_nota,
)
from tests.domain.notas import (
    GONE,
    component,
    edited,
    indicator,
    notas,
    paths_in,
    reading,
    small,
    topic,
    two_components,
)

pytestmark = pytest.mark.engine_free

ADDED, REMOVED, CHANGED = ChangeKind
ROW = ("topics", 0, "indicators", 0)
PART = (*ROW, "components", 0)
WITHOUT_CELLS = edited(small(), ((*ROW, "printed"), {}), (("topics", 0, "indicators", 1, "synonyms"), ["Ontvreemding"]))
BREAK = {"year": 2025, "reason": "Andere telling."}
ORIGIN = {"key": "a1", "year": 2022, "decision": 3}

# The path and value of an edit, and the only change: its path, its label, and the old and new text.
CHANGES = [
    (("slug",), "anders", "slug", "Kadernota: adres", "voorbeeld-2023-2026", "anders"),
    (
        ("organisation", "slug"),
        "anders",
        "organisation/slug",
        "Kadernota: adres van de organisatie",
        "voorbeeld",
        "anders",
    ),
    (("organisation", "cbs_code"), "", "organisation/cbs_code", "Kadernota: CBS-code", "GM0001", ""),
    (("is_practice",), True, "is_practice", "Kadernota: om te oefenen", "nee", "ja"),
    (("predecessor",), None, "predecessor", "Kadernota: voorganger", "voorbeeld-2019-2022", ""),
    (("area", "name"), "Dorp", "area/name", "Kadernota: naam van het gebied", "Voorbeeld", "Dorp"),
    (("title",), "Veiliger", "title", "Kadernota: titel", "Veilig Voorbeeld", "Veiliger"),
    (("summary",), "Kort.", "summary", "Kadernota: samenvatting", "", "Kort."),
    (("finances",), "Geld.", "finances", "Kadernota: financiën", "", "Geld."),
    (("last_year",), 2027, "last_year", "Kadernota: laatste jaar", "2026", "2027"),
    (("topics", 0, "name"), "Buurt", "topics/prioriteit-1/name", "Prioriteit 1 Buurt: naam", "Veilige buurt", "Buurt"),
    (("topics", 1, "number"), 2, "topics/thema-1/number", "Thema 2 Verkeer: nummer", "1", "2"),
    (("topics", 2, "budget"), "€ 10", "topics/vth/budget", "VTH-cyclus VTH: financiën", "", "€ 10"),
    (
        ("topics", 0, "goals"),
        ["Minder inbraken.", "Rust."],
        "topics/prioriteit-1/goals",
        "Prioriteit 1 Veilige buurt: doelen",
        "Minder inbraken.",
        "Minder inbraken.\nRust.",
    ),
    (
        ("topics", 0, "focus_points", 0, "text"),
        "Betere.",
        "topics/prioriteit-1/focus_points",
        "Prioriteit 1 Veilige buurt: focuspunten",
        "Sloten: Goede sloten.",
        "Sloten: Betere.",
    ),
    ((*ROW, "code"), "B1", "indicators/B1/code", "B1 Inbraken: code", "A1", "B1"),
    ((*ROW, "name"), "Inbraak", "indicators/A1/name", "A1 Inbraak: naam", "Inbraken", "Inbraak"),
    ((*ROW, "role"), "effort", "indicators/A1/role", "A1 Inbraken: soort", "effect", "prestatie"),
    ((*ROW, "definition"), "Geteld.", "indicators/A1/definition", "A1 Inbraken: definitie", "", "Geteld."),
    ((*ROW, "synonyms"), ["Braak"], "indicators/A1/synonyms", "A1 Inbraken: andere namen", "", "Braak"),
    ((*ROW, "contact"), "Politie", "indicators/A1/contact", "A1 Inbraken: contact", "", "Politie"),
    ((*ROW, "planned_years"), [2024], "indicators/A1/planned_years", "A1 Inbraken: geplande jaren", "elk jaar", "2024"),
    ((*ROW, "printed"), {"2024": "500"}, "indicators/A1/printed/2024", "A1 Inbraken: gedrukte cel 2024", "", "500"),
    ((*PART, "short_name"), "Braak", "components/a1/short_name", "A1 Inbraken: korte naam", "", "Braak"),
    ((*PART, "unit_word"), "keer", "components/a1/unit_word", "A1 Inbraken: woord voor de eenheid", "", "keer"),
    (
        (*PART, "direction"),
        "higher",
        "components/a1/direction",
        "A1 Inbraken: richting",
        "lager is beter",
        "hoger is beter",
    ),
    ((*PART, "continues"), "a1", "components/a1/continues", "A1 Inbraken: vervolg van de reeks", "", "a1"),
    ((*PART, "baseline"), None, "components/a1/baseline", "A1 Inbraken: nulmeting", "565 (2022)", ""),
    ((*PART, "baseline", "year"), 2021, "components/a1/baseline", "A1 Inbraken: nulmeting", "565 (2022)", "565 (2021)"),
    (
        (*PART, "baseline", "from"),
        ORIGIN,
        "components/a1/baseline",
        "A1 Inbraken: nulmeting",
        "565 (2022)",
        "565 (2022), cijfer van a1 2022, besluit 3",
    ),
    ((*PART, "targets", "2024"), "510", "components/a1/targets/2024", "A1 Inbraken: streefwaarde 2024", "500", "510"),
    ((*PART, "targets", "2025"), "<500", "components/a1/targets/2025", "A1 Inbraken: streefwaarde 2025", "", "<500"),
    ((*PART, "targets", "2026"), GONE, "components/a1/targets/2026", "A1 Inbraken: streefwaarde 2026", "<500", ""),
    ((*PART, "breaks"), [BREAK], "components/a1/breaks/2025", "A1 Inbraken: methodebreuk 2025", "", "Andere telling."),
    (
        ("topics", 0, "indicators", 1, "components", 1, "decimals"),
        2,
        "components/a2-deel/decimals",
        "A2 Diefstal, deel: decimalen",
        "1",
        "2",
    ),
    (
        ("readings", 0, "reading"),
        "Nee.",
        "readings/A1/tabel 1/Telt een poging mee?/reading",
        "Leeswijze A1, tabel 1: leeswijze",
        "Ja.",
        "Nee.",
    ),
    (
        ("readings", 0, "alternative"),
        None,
        "readings/A1/tabel 1/Telt een poging mee?/alternative",
        "Leeswijze A1, tabel 1: andere lezing om mee te rekenen",
        "changes: target; read_as: <500; years: [2024]",
        "",
    ),
]
EDITORIAL = {
    "summary",
    "finances",
    "topics/vth/budget",
    "topics/prioriteit-1/goals",
    "topics/prioriteit-1/focus_points",
    "indicators/A1/definition",
    "indicators/A1/synonyms",
    "indicators/A1/contact",
    "components/a1/short_name",
}
KINDS = {(False, True): ADDED, (True, False): REMOVED, (True, True): CHANGED}


def nota(*edits):
    """Return the nota without printed cells after these edits; its readings follow a changed code."""
    data = edited(WITHOUT_CELLS, *edits)
    codes = [row["code"] for row in data["topics"][0]["indicators"]]
    if data["readings"] and data["readings"][0]["indicator"] not in (None, *codes):
        data["readings"][0]["indicator"] = codes[0]
    return read_nota(data)


@pytest.mark.parametrize(("path", "value", "place", "label", "old", "new"), CHANGES)
def test_an_edit_is_one_change(path, value, place, label, old, new):
    (change,) = changes = differences(nota(), nota((path, value)))
    assert ("/".join(map(str, change.path)), change.label, change.old, change.new) == (place, label, old, new)
    assert change.kind is KINDS[bool(old), bool(new)]
    assert editorial_only(changes) == ([] if place in EDITORIAL else changes)
    assert canonical_bytes(nota()) != canonical_bytes(nota((path, value)))
    (back,) = differences(nota((path, value)), nota())
    assert (back.old, back.new) == (new, old)


ROWS = WITHOUT_CELLS["topics"][0]["indicators"]
OTHER_ROW = indicator(code="A3", name="Roof", printed={}, components=[component(key="a3")])
# Edits of parts as a whole, and the path, kind and texts of the changes.
PARTS = [
    (
        [(("topics",), [*WITHOUT_CELLS["topics"], topic(key="p2", number=2, name="Zorg", indicators=[])])],
        [(("topics", "p2"), ADDED, "", "Zorg")],
    ),
    (
        [(("topics", 1), topic(key="thema-9", kind="theme", name="Verkeer", goal="", indicators=[]))],
        [(("topics", "thema-1"), REMOVED, "Verkeer", ""), (("topics", "thema-9"), ADDED, "", "Verkeer")],
    ),
    ([(("topics", 0, "indicators"), [*ROWS, OTHER_ROW])], [(("indicators", "A3"), ADDED, "", "Roof")]),
    ([(("topics", 0, "indicators"), ROWS[:1])], [(("indicators", "A2"), REMOVED, "Diefstal", "")]),
    (
        [(("topics", 0, "indicators"), ROWS[::-1])],
        [(("topics", "prioriteit-1", "indicators"), CHANGED, "A1, A2", "A2, A1")],
    ),
    (
        [(("topics", 0, "indicators"), ROWS[:1]), (("topics", 2, "indicators"), ROWS[1:])],
        [(("indicators", "A2", "topic"), CHANGED, "Prioriteit 1 Veilige buurt", "VTH-cyclus VTH")],
    ),
    (
        [(("topics", 0, "indicators", 1, "components"), ROWS[1]["components"][:1])],
        [(("components", "a2-deel"), REMOVED, "Diefstal, deel", "")],
    ),
    (
        [(("topics", 0, "indicators", 1, "components"), ROWS[1]["components"][::-1])],
        [(("indicators", "A2", "components"), CHANGED, "aantal, deel", "deel, aantal")],
    ),
    (
        [((*PART, "key"), "b1")],
        [(("components", "b1"), ADDED, "", "Inbraken"), (("components", "a1"), REMOVED, "Inbraken", "")],
    ),
    (
        [(("readings",), [])],
        [(("readings", "A1", "tabel 1", "Telt een poging mee?"), REMOVED, "Telt een poging mee?", "")],
    ),
    (
        [(("readings",), [reading(indicator="A2", place="b", alternative=None), reading()])],
        [(("readings", "A2", "b", "Telt een poging mee?"), ADDED, "", "Telt een poging mee?")],
    ),
]


@pytest.mark.parametrize(("edits", "changes"), PARTS)
def test_a_whole_part_is_one_change(edits, changes):
    found = differences(nota(), nota(*edits))
    assert sorted((item.path, item.kind.value, item.old, item.new) for item in found) == sorted(
        (path, kind.value, old, new) for path, kind, old, new in changes
    )
    assert editorial_only(found) == found


def test_another_order_of_readings_is_a_change():
    readings = [reading(), reading(place="tabel 2", indicator=None, alternative=None)]
    (change,) = differences(nota((("readings",), readings)), nota((("readings",), readings[::-1])))
    assert (change.path, change.label) == (("readings",), "Leeswijzen: volgorde")
    assert (change.old, change.new) == ("tabel 1, tabel 2", "tabel 2, tabel 1")


def test_a_component_that_moves_to_another_indicator_is_one_change():
    rows = [indicator(printed={}), two_components(), OTHER_ROW]
    moved = edited(rows, ((1, "components"), rows[1]["components"][:1]))
    moved[2]["components"] = [*edited(rows[2]["components"], ((0, "name"), "roof")), rows[1]["components"][1]]
    rows[2]["components"][0]["name"] = "roof"
    (change,) = differences(nota((("topics", 0, "indicators"), rows)), nota((("topics", 0, "indicators"), moved)))
    assert change.path == ("components", "a2-deel", "indicator")
    assert (change.old, change.new) == ("A2 Diefstal", "A3 Roof")


def test_two_indicators_that_swap_codes_keep_their_series():
    swapped = nota(((*ROW, "code"), "A2"), (("topics", 0, "indicators", 1, "code"), "A1"), (("readings",), []))
    found = differences(nota((("readings",), [])), swapped)
    assert [(change.path, change.old, change.new) for change in found] == [
        (("indicators", "A2", "code"), "A1", "A2"),
        (("indicators", "A1", "code"), "A2", "A1"),
    ]


def test_another_indicator_may_take_a_code():
    """The indicator that went has the same code as one that kept its series under a new code."""
    old = nota((("readings",), []))
    row = two_components() | {"code": "A1", "synonyms": ["Ontvreemding"]}
    found = differences(old, nota((("topics", 0, "indicators"), [row]), (("readings",), [])))
    assert [(change.path, change.kind) for change in found] == [
        (("indicators", "A1~"), REMOVED),
        (("indicators", "A1", "code"), CHANGED),
    ]


def test_changes_are_in_the_order_of_the_nota():
    edits = [
        (("finances",), "Geld."),
        (("title",), "Veiliger"),
        ((*PART, "targets"), {"2025": "480", "2026": "470"}),
        ((*ROW, "name"), "Inbraak"),
        (("topics", 0, "goal"), "Rust."),
        (("readings", 0, "other"), "Nee."),
    ]
    assert [change.path[-1] for change in differences(nota(), nota(*edits))] == [
        "title",
        "finances",
        "goal",
        "name",
        2024,
        2025,
        2026,
        "other",
    ]


@given(notas())
def test_a_nota_does_not_differ_from_itself(content):
    assert differences(content, content) == []
    assert differences(content, read_nota(write_nota(content))) == []


@given(notas(), notas())
def test_no_differences_is_equal_bytes(old, new):
    assert (differences(old, new) == []) == (canonical_bytes(old) == canonical_bytes(new))
    assert (differences(new, old) == []) == (differences(old, new) == [])


def altered(value):
    """Return values near this one, of the same type where there are any."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [value + "x", value + "1", "", "pm", "5"]
    if isinstance(value, list):
        return [value[::-1], value[1:], value[:-1]]
    return [None, dict(list(value.items())[1:])] if value else ["x", 2024]


@given(notas(), st.data())
def test_any_small_edit_is_a_difference(content, data):
    before = write_nota(content)
    path = data.draw(st.sampled_from([path for path in paths_in(before) if path]))
    value = before
    for step in path:
        value = value[step]
    try:
        after = read_nota(edited(before, (path, data.draw(st.sampled_from(altered(value))))))
    except NotaRefused:
        return
    for one, other in ((content, after), (after, content)):
        assert (differences(one, other) == []) == (canonical_bytes(one) == canonical_bytes(other))
