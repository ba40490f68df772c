"""A nota as a sheet that is filled in as people do: other orders, spaces, empty rows, numbers of Excel."""

from decimal import Decimal

import pytest

from indicators.domain.nota import Break, FocusPoint, write_nota
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, Reason, Role, UnitKind
from indicators.intake.nota_sheets.layout import FIELDS, LAYOUTS
from tests.intake.nota_sheet_files import FORMATS, Percent, edited_sheets, filled_in, findings_of, read

pytestmark = pytest.mark.engine_free

P, T, I, O = "Kadernota", "Onderwerpen", "Indicatoren", "Onderdelen"  # noqa: E741


@pytest.mark.parametrize("extension", FORMATS)
def test_what_is_not_filled_in_is_derived(extension):
    nota = read(extension, filled_in()).nota()
    assert (nota.slug, nota.organisation.slug) == ("voorbeeld-2027-2030", "voorbeeld")
    assert (nota.printed_organisation, nota.area.code, nota.area.name) == (
        "Voorbeeld",
        "gemeente",
        "Gemeente Voorbeeld",
    )
    assert (nota.baseline_year, nota.first_year, nota.first_target_year, nota.last_year) == (2026, 2027, 2027, 2030)
    assert not nota.is_practice and nota.predecessor is None
    assert [(topic.key, topic.number) for topic in nota.topics] == [
        ("prioriteit-1", 1),
        ("prioriteit-2", 2),
        ("thema-1", 1),
        ("vth", 1),
    ]
    first, second, third, fourth = nota.indicators
    assert (first.role, first.cadence, first.planned_years) == (Role.EFFECT, "jaarlijks", None)
    assert second.planned_years == (2028, 2030)
    (component,) = first.components
    assert (component.key, component.name, component.noun) == ("v1", "", "Inbraken")
    assert (component.quantity, component.decimals, component.direction) == (UnitKind.COUNT, 0, Direction.LOWER)
    assert component.baseline and (component.baseline.year, component.baseline.value) == (2026, Exact(Decimal(565)))
    assert component.targets == {
        2027: TargetRule(Decimal(550)),
        2028: TargetRule(bound=Bound(Sign.BELOW, Decimal(500))),
        2029: TargetRule(Decimal(450)),
        2030: TargetRule(Decimal(0), Bound(Sign.BELOW, Decimal(400))),
    }
    (share,) = second.components
    assert share.noun == "%" and share.baseline and share.baseline.year == 2025
    assert share.targets[2027] == share.targets[2028] == TargetRule(Decimal(20))
    assert third.components[0].decimals == 1
    assert [part.key for part in fourth.components] == ["v4-absoluut", "v4-deel"]
    assert fourth.components[1].baseline and fourth.components[1].baseline.value == NoValue(Reason.PM)


def same(*edits, **own):
    """Return whether the edits change nothing, in both formats."""
    expected = read("ods", filled_in()).nota()
    for extension in FORMATS:
        data = read(extension, edited_sheets(*edits), **own)
        assert findings_of(data) == []
        assert data.nota() == expected
    return True


def reverse_columns(sheets):
    for name, rows in sheets.items():
        width = max(map(len, rows))
        sheets[name] = [(row + [None] * (width - len(row)))[::-1] for row in rows]


def blank_rows(sheets):
    for rows in sheets.values():
        rows[2:2] = [[], [None, "  "]]
        rows[:0] = [[]]


def reverse_sheets(sheets):
    for name in [*sheets][::-1]:
        sheets[name] = sheets.pop(name)


@pytest.mark.parametrize(
    "edits",
    [
        [reverse_columns],
        [blank_rows],
        [reverse_sheets],
        [lambda sheets: sheets.update({"Blad1": [], "Uitleg": [["Wat u wilt."]]})],
        [lambda sheets: sheets.update({"KADERNOTA ": sheets.pop(P), "indicatoren": sheets.pop(I)})],
        [(I, "A1", " CODE "), (I, "B1", "naam *"), (I, "D1", "Bron:"), (O, "A1", "Code"), (O, "B1", "onderdeel")],
        [(I, "H1", None), (I, "I1", " ")],
        [(I, "A2", " V1 "), (I, "B2", " Inbraken\u00a0"), (O, "A2", "v1"), (O, "C2", " Aantal"), (O, "D2", "LAGER ")],
        [(I, "C2", "Veilige buurt"), (I, "C3", 1), (I, "C4", "PRIORITEIT 2"), (I, "C5", "prioriteit-2")],
        [(P, "B4", "2027"), (P, "B5", 2030.0), (O, "G1", "2027"), (O, "H1", "Streefwaarde 2028"), (O, "I1", " 2029 ")],
        [(I, "E3", "2028;2030"), (I, "E2", "elk jaar")],
        [(I, "E3", "2028 en 2030"), (I, "E4", "")],
        [(O, "E2", "565"), (O, "G2", "550"), (O, "H2", " <500 "), (O, "I2", 450.0), (O, "J2", "0 <400")],
        [(O, "E3", "22%"), (O, "G3", 20), (O, "H3", Percent(0.2)), (O, "I3", "19%"), (O, "J3", "<18")],
        [(O, "E4", 6.2), (O, "G4", 6.300000000000001), (O, "H4", "6,40")],
        [(O, "E5", 5000), (O, "J5", "< 4500"), (O, "E6", "p.m.")],
        [(O, "C3", "%"), (O, "C4", "cijfer"), (O, "D4", "hoger is beter"), (O, "D3", "minder")],
        [(P, "A6", "Samenvatting"), (P, "B6", None), (P, "A7", "om te oefenen"), (P, "B7", False)],
        [(T, "A2", "Prioriteit"), (T, "A5", "vth"), (T, "D1", "Nummer"), (T, "D2", 1), (T, "D3", "2")],
    ],
)  # fmt: skip
def test_the_same_nota_filled_in_otherwise(edits):
    assert same(*edits)


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(
    ("edits", "decimals", "first"),
    [
        ([(O, "E3", "22,5%")], 1, "20%"),
        ([(O, "E3", Percent(0.225)), (O, "G3", Percent(0.2025))], 2, "20,25%"),
        ([(O, "G3", "<20,5 %")], 1, "<20,5%"),
        ([(O, "K1", "decimalen"), (O, "K3", 2), (O, "G3", "20,25")], 2, "20,25%"),
    ],
)
def test_percentages_have_the_decimals_of_figures_with_a_sign(extension, edits, decimals, first):
    nota = read(extension, edited_sheets(*edits)).nota()
    share = write_nota(nota)["topics"][0]["indicators"][1]["components"][0]
    assert (share["decimals"], share["targets"]["2027"].replace(",00", "").replace(",0", "")) == (decimals, first)


@pytest.mark.parametrize("extension", FORMATS)
def test_lists_texts_and_other_sheets(extension):
    def edit(sheets):
        sheets["Focuspunten"] = [["onderwerp", "naam", "tekst"], ["prioriteit 1", "Sloten", "Eerste.\nTweede."]]
        sheets["Methodebreuken"] = [
            ["indicator", "onderdeel", "jaar", "reden"],
            ["V4", "deel", 2029, "Later."],
            ["V4", "deel", 2028, "Eerder."],
            ["V1", None, "2028", "Anders."],
        ]
        sheets["Cellen zoals gedrukt"] = [["indicator", 2026, 2027], ["V1", "565 *)", 550]]
        sheets["Leeswijzen"] = [
            [
                "indicator", "plaats", "vraag", "leeswijze", "beslist door", "verandert", "onderdeel", "jaren",
                "gelezen als",
            ],
            ["V1", "a", "a?", "a", "wij", "streefwaarde", "(zonder naam)", "2028", "<600"],
            ["V4", "a", "b?", "a", "wij", "nulmeting", "absoluut", None, 5500],
            ["V1", "a", "c?", "a", "wij", "jaar nulmeting", None, 2025, None],
            ["V1", "a", "d?", "a", "wij", "richting", None, None, "hoger"],
            ["V1", "a", "e?", "a", "wij", "geplande jaren", None, "2027-2029", None],
            ["V4", "a", "f?", "a", "wij", "optellen", None, None, None],
            [None, "a", "g?", "a", "wij", None, None, None, None],
        ]  # fmt: skip

    data = read(
        extension, edited_sheets(edit, (T, "D1", "doelen"), (T, "D2", "Een doel.\n\n Nog een. \n"), (T, "C2", "A\nB"))
    )
    assert findings_of(data) == []
    nota = data.nota()
    assert nota.topics[0].goals == ("Een doel.", "Nog een.") and nota.topics[0].goal == "A\nB"
    assert nota.topics[0].focus_points == (FocusPoint("Sloten", "Eerste.\nTweede."),)
    parts = {part.key: part for part in nota.components}
    assert parts["v4-deel"].breaks == (Break(2028, "Eerder."), Break(2029, "Later."))
    assert parts["v1"].breaks == (Break(2028, "Anders."),)
    assert next(nota.indicators).printed == {2026: "565 *)", 2027: "550"}
    assert [reading["alternative"] for reading in write_nota(nota)["readings"]] == [
        {"changes": "target", "component": "", "years": [2028], "read_as": "<600"},
        {"changes": "baseline", "component": "absoluut", "read_as": "5500"},
        {"changes": "baseline_year", "year": 2025},
        {"changes": "direction", "direction": "higher"},
        {"changes": "planned_years", "years": [2027, 2028, 2029]},
        {"changes": "combination", "how": "total"},
        None,
    ]


def test_headings_are_unique_and_explained():
    for columns in (FIELDS, *(layout.columns for layout in LAYOUTS)):
        headings = [heading.casefold() for column in columns for heading in (column.heading, *column.also)]
        assert len(set(headings)) == len(headings)
        assert all(column.meaning.strip() for column in columns)
