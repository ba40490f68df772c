"""Targets: every cell of the nota's tables is split, read and written back as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.formatting import format_value
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import Bound, Sign, TargetRule, Verdict, format_target, parse_target, split_printed
from indicators.domain.values import Direction, Exact, Unit, UnitKind, Withheld
from tests.nota import COUNT, ROWS, YEARS, names_of, unit_of

pytestmark = pytest.mark.engine_free

LOWER, HIGHER = Direction.LOWER, Direction.HIGHER
GRADE = Unit(UnitKind.GRADE, 1)
TARGET_CELLS = [(row[0], year, cell) for row in ROWS for year, cell in zip(YEARS, row[5:], strict=True)]


def test_the_tables_are_whole():
    assert len(ROWS) == 21
    assert len(TARGET_CELLS) == 84
    assert sum(len(names_of(row[0])) for row in ROWS) == 23


@pytest.mark.parametrize(("code", "year", "cell"), TARGET_CELLS)
def test_target_cell_formats_back(code, year, cell):
    names = names_of(code)
    parts = split_printed(cell, names)
    written = [
        format_target(parse_target(part, unit_of(code, name)), unit_of(code, name)) if part else ""
        for name, part in zip(names, parts, strict=True)
    ]
    assert written == parts
    if code == "V14":
        assert f"{written[0]} keer waarschuwing en {written[1]} keer sluiting" == cell
    elif code == "V5":
        assert written == [cell, ""]
    else:
        assert written == [cell]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_baseline_cell_formats_back(row):
    code, cell = row[0], row[4]
    parts = split_printed(cell, names_of(code))
    written = [
        format_value(read_typed(part, unit_of(code, name)).value, unit_of(code, name))
        for name, part in zip(names_of(code), parts, strict=True)
    ]
    assert written == parts
    if code == "V14":
        assert written == ["23", "10"]
    elif code == "V5":
        assert written == ["565", "pm"]
    else:
        assert written[0] == cell.removesuffix(" *)")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("4.500", TargetRule(aim=Decimal(4500))),
        ("<4.500", TargetRule(bound=Bound(Sign.BELOW, Decimal(4500)))),
        ("<=5", TargetRule(bound=Bound(Sign.AT_MOST, Decimal(5)))),
        ("≤ 5", TargetRule(bound=Bound(Sign.AT_MOST, Decimal(5)))),
        (">=5", TargetRule(bound=Bound(Sign.AT_LEAST, Decimal(5)))),
        ("≥5", TargetRule(bound=Bound(Sign.AT_LEAST, Decimal(5)))),
        ("0 <4", TargetRule(Decimal(0), Bound(Sign.BELOW, Decimal(4)))),
        ("0<4", TargetRule(Decimal(0), Bound(Sign.BELOW, Decimal(4)))),
    ],
)
def test_parse(text, rule):
    assert parse_target(text, COUNT) == rule


@pytest.mark.parametrize(
    "text", ["", " ", "<", "4 5 <", "<4 <5", "pm", "=4", "1,177", "<0", "4,5", "ongeveer 4", "<4\n<5"]
)
def test_no_target(text):
    with pytest.raises(Refusal):
        parse_target(text, COUNT)


@given(st.text(alphabet="0123456789<>=≤≥., %", max_size=20))
def test_what_parses_formats_back(text):
    try:
        rule = parse_target(text, COUNT)
    except Refusal:
        return
    assert parse_target(format_target(rule, COUNT), COUNT) == rule


# text, direction, unit: one unit short of the border, on it, one unit past it
BORDERS = [
    ("4.500", LOWER, COUNT, "4499", "4500", "4501", "met met not"),
    ("24", HIGHER, COUNT, "23", "24", "25", "not met met"),
    ("<4.500", LOWER, COUNT, "4499", "4500", "4501", "met not not"),
    ("≤4.500", LOWER, COUNT, "4499", "4500", "4501", "met met not"),
    (">45", HIGHER, COUNT, "44", "45", "46", "not not met"),
    ("≥45", HIGHER, COUNT, "44", "45", "46", "not met met"),
    ("0 <4", LOWER, COUNT, "3", "4", "5", "met not not"),
    ("0", LOWER, COUNT, "0", "0", "1", "met met not"),
    (">6,3", HIGHER, GRADE, "6.2", "6.3", "6.4", "not not met"),
]


@pytest.mark.parametrize(("text", "direction", "unit", "short", "on", "past", "expected"), BORDERS)
def test_border(text, direction, unit, short, on, past, expected):
    rule = parse_target(text, unit)
    met = [rule.verdict(Exact(Decimal(number)), direction) is Verdict.MET for number in (short, on, past)]
    assert met == [word == "met" for word in expected.split()]


@pytest.mark.parametrize(
    ("text", "value", "verdict"),
    [
        ("<4", Withheld(Decimal(4)), Verdict.MET),
        ("<4", Withheld(Decimal(5)), Verdict.EITHER),
        ("0", Withheld(Decimal(5)), Verdict.EITHER),
        ("0", Withheld(Decimal(1)), Verdict.MET),
        ("4", Withheld(Decimal(5)), Verdict.MET),
        ("4", Withheld(Decimal(5), inclusive=True), Verdict.EITHER),
        (">45", Withheld(Decimal(5)), Verdict.NOT_MET),
    ],
)
def test_a_withheld_count(text, value, verdict):
    assert parse_target(text, COUNT).verdict(value, LOWER) is verdict


def test_the_aim_is_reported_and_costs_nothing():
    rule = parse_target("0 <4", COUNT)
    assert rule.verdict(Exact(Decimal(3)), LOWER) is Verdict.MET
    assert rule.aim_reached(Exact(Decimal(3)), LOWER) is False
    assert rule.aim_reached(Exact(Decimal(0)), LOWER) is True
    assert parse_target("4", COUNT).aim_reached(Exact(Decimal(0)), LOWER) is None


@pytest.mark.parametrize(
    ("text", "unit", "direction", "nearest"),
    [
        ("<500", COUNT, LOWER, "499"),
        (">6,3", GRADE, HIGHER, "6.4"),
        ("4.500", COUNT, LOWER, "4500"),
        ("0 <4", COUNT, LOWER, "3"),
        ("≥45", COUNT, HIGHER, "45"),
        (">45", COUNT, HIGHER, "46"),
        ("≤5", COUNT, LOWER, "5"),
        ("<20%", Unit(UnitKind.PERCENTAGE), LOWER, "19"),
    ],
)
def test_nearest(text, unit, direction, nearest):
    assert parse_target(text, unit).nearest(unit, direction) == Decimal(nearest)


def test_a_part_that_fits_no_component_is_refused():
    with pytest.raises(Refusal):
        split_printed("30 keer boete en 15 keer sluiting", ["Waarschuwingen", "Sluitingen"])
