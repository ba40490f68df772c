"""The rules for the status, by number and at their limits, and the other answers."""

from decimal import Decimal

import pytest

from indicators.domain.assessment import Certainty, Development, Facts, Status, assess, worst_of
from indicators.domain.notation import read_typed
from indicators.domain.targets import parse_target, split_printed
from indicators.domain.values import Direction, Exact, NoValue, Reason, Role, Unit, UnitKind
from tests.nota import COUNT, ROWS, YEARS, direction_of, names_of, role_of, unit_of

pytestmark = pytest.mark.engine_free

LOWER, HIGHER = Direction.LOWER, Direction.HIGHER
PERCENTAGE = Unit(UnitKind.PERCENTAGE)
GRADE = Unit(UnitKind.GRADE, 1)


def facts(measurement, target, baseline="11", *, last=None, unit=COUNT, direction=LOWER, role=Role.EFFECT, **more):
    return Facts(
        unit=unit,
        direction=direction,
        role=role,
        baseline=read_typed(baseline, unit).value if baseline else None,
        target=parse_target(target, unit) if target else None,
        last_target=parse_target(last or target, unit) if (last or target) else None,
        measurement=read_typed(measurement, unit).value if measurement else None,
        **more,
    )


RULES = [
    # 1: no target for this year, whatever was measured
    (1, "no_target", facts("10", None)),
    (1, "no_target", facts(None, None)),
    (1, "no_target", facts("n.b.", None)),
    # 2: nothing measured and nothing planned; a figure that comes all the same counts
    (2, "not_due", facts(None, "10", planned=False)),
    (4, "on_track", facts("10", "10", planned=False)),
    (3, "no_data", facts("pm", "10", planned=False)),
    # 3: nothing, or a reason in its place
    (3, "no_data", facts(None, "10")),
    (3, "no_data", facts("pm", "10")),
    (3, "no_data", facts("n.b.", "10")),
    (3, "no_data", facts("n.v.t.", "10")),
    # 4: exactly on an aim, under a bound, zero, withheld but surely under it
    (4, "on_track", facts("10", "10")),
    (4, "on_track", facts("499", "<500", "565")),
    (4, "on_track", facts("0", "0", "0")),
    (4, "on_track", facts("<4", "<4", "4")),
    (4, "on_track", facts("3", "0 <4", "4")),
    (4, "on_track", facts("6,4", ">6,3", "6,2", unit=GRADE, direction=HIGHER)),
    (4, "on_track", facts("9*", "10")),
    # 5: withheld, on both sides of the target
    (5, "uncertain", facts("<5", "<4", "4")),
    (5, "uncertain", facts("<5", "0", "0")),
    (5, "uncertain", facts("≤10", "<10")),
    # 6: not met, better than the baseline
    (6, "at_risk", facts("500", "<500", "565")),
    (6, "at_risk", facts("564", "<500", "565")),
    (6, "at_risk", facts("8", "24", "7", direction=HIGHER)),
    (6, "at_risk", facts("4.500", "<4.500", "4.714")),
    # 7: equal, worse, no baseline, across a break, withheld and surely not met but not surely better
    (7, "off_track", facts("565", "<500", "565")),
    (7, "off_track", facts("566", "<500", "565")),
    (7, "off_track", facts("7", "24", "7", direction=HIGHER)),
    (7, "off_track", facts("500", "<500", None)),
    (7, "off_track", facts("500", "<500", "pm")),
    (7, "off_track", facts("500", "<500", "565", comparable=False)),
    (7, "off_track", facts("1", "0", "0")),
    (7, "off_track", facts("<5", "24", "4", direction=HIGHER)),
    (7, "off_track", facts("4", "0 <4", "4")),
]


@pytest.mark.parametrize(("rule", "status", "case"), RULES)
def test_rule(rule, status, case):
    assessment = assess(case)
    assert (assessment.rule, assessment.status.value) == (rule, status)


def cells():
    for row in ROWS:
        code, names = row[0], names_of(row[0])
        baselines = split_printed(row[4], names)
        for year, cell in zip(YEARS, row[5:], strict=True):
            for name, baseline, target in zip(names, baselines, split_printed(cell, names), strict=True):
                yield pytest.param(code, name, baseline, target, id=f"{code}-{name}-{year}")


@pytest.mark.parametrize(("code", "name", "baseline", "target"), list(cells()))
def test_no_component_is_on_track_by_standing_still(code, name, baseline, target):
    """A figure equal to the baseline is on track exactly when the baseline meets the target."""
    unit, direction = unit_of(code, name), direction_of(code)
    case = facts(baseline, target or None, baseline, unit=unit, direction=direction, role=role_of(code))
    status = assess(case).status
    if not target:
        assert status is Status.NO_TARGET
        return
    number, rule = read_typed(baseline, unit).value.number, parse_target(target, unit)
    meets = rule.deciding(direction).admits(number)
    assert status is (Status.ON_TRACK if meets else Status.OFF_TRACK)


def test_development_and_difference():
    lower = assess(facts("281", "<500", "565"))
    assert (lower.development, lower.difference) == (Development.BETTER, Decimal(-284))
    assert round(lower.percent) == -50
    assert assess(facts("11", "10")).development is Development.EQUAL
    assert assess(facts("8", "24", "7", direction=HIGHER)).development is Development.BETTER
    assert assess(facts("6", "24", "7", direction=HIGHER)).development is Development.WORSE
    zero = assess(facts("1", "0", "0"))
    assert (zero.development, zero.percent) == (Development.WORSE, None)


@pytest.mark.parametrize(
    "case",
    [
        facts("<5", "<4", "4"),
        facts("pm", "<4", "4"),
        facts(None, "<4", "4"),
        facts("3", "<4", None),
        facts("3", "<4", "pm"),
        facts("3", "<4", "4", comparable=False),
    ],
)
def test_no_development_without_two_exact_comparable_figures(case):
    assessment = assess(case)
    assert assessment.development is assessment.certainty is assessment.difference is None


@pytest.mark.parametrize(
    ("case", "needed"),
    [
        (facts("281", "<500", "565"), 0),
        (facts("500", "<500", "565"), 1),
        (facts("565", "500", "565", last="<500"), 66),
        (facts("6,2", "6,2", "6,2", last=">6,3", unit=GRADE, direction=HIGHER), "0.2"),
        (facts("4", "0 <4", "4"), 1),
        (facts("3", "0 <4", "4"), 0),
        (facts("22%", "22%", "22%", last="<20%", unit=PERCENTAGE), 3),
        (facts("<5", "<4", "4"), None),
        (facts("pm", "<4", "4"), None),
        (facts("10", None), None),
    ],
)
def test_needed_in_all(case, needed):
    assert assess(case).needed_in_all == (None if needed is None else Decimal(needed))


@pytest.mark.parametrize(
    ("case", "certainty"),
    [
        (facts("281", "<500", "565"), Certainty.CLEAR),
        (facts("9", "<10", "11"), Certainty.CHANCE),
        (facts("0", "0", "0"), Certainty.CHANCE),
        (facts("6", "0", "0"), Certainty.CLEAR),
        (facts("5", "0", "0"), Certainty.CHANCE),
        (facts("24", "24", "7", direction=HIGHER, role=Role.EFFORT), Certainty.EFFORT),
        (facts("19%", "20%", "22%", unit=PERCENTAGE), Certainty.UNKNOWN),
        (facts("19%", "20%", "22%", unit=PERCENTAGE, sample=1850), Certainty.CLEAR),
        (facts("21%", "20%", "22%", unit=PERCENTAGE, sample=400), Certainty.CHANCE),
        (facts("6,4", ">6,3", "6,2", unit=GRADE, direction=HIGHER, sample=400), Certainty.UNKNOWN),
    ],
)
def test_certainty(case, certainty):
    assert assess(case).certainty is certainty


def test_chance_that_an_unchanged_level_meets_the_target():
    assert assess(facts("9", "<10", "11")).unchanged_chance == pytest.approx(0.3405, abs=1e-4)
    assert assess(facts("9", "≥12", "11", direction=HIGHER)).unchanged_chance == pytest.approx(0.4207, abs=1e-4)
    assert assess(facts("0", "0", "0")).unchanged_chance is None
    assert assess(facts("9", "12", "11", role=Role.EFFORT)).unchanged_chance is None
    assert assess(facts("9", "<10", "11", comparable=False)).unchanged_chance is None


ANY, NVT = Exact(Decimal(1)), NoValue(Reason.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([(Status.ON_TRACK, ANY), (Status.OFF_TRACK, ANY)], Status.OFF_TRACK),
        ([(Status.ON_TRACK, ANY), (Status.AT_RISK, ANY)], Status.AT_RISK),
        ([(Status.AT_RISK, ANY), (Status.UNCERTAIN, ANY)], Status.AT_RISK),
        ([(Status.UNCERTAIN, ANY), (Status.NO_DATA, None)], Status.UNCERTAIN),
        ([(Status.NO_DATA, None), (Status.NOT_DUE, None)], Status.NO_DATA),
        ([(Status.NOT_DUE, None), (Status.ON_TRACK, ANY)], Status.NOT_DUE),
        ([(Status.ON_TRACK, ANY), (Status.NO_TARGET, ANY)], Status.ON_TRACK),
        ([(Status.NO_TARGET, ANY), (Status.NO_TARGET, None)], Status.NO_TARGET),
        ([(Status.ON_TRACK, ANY), (Status.NO_DATA, NVT)], Status.ON_TRACK),
        ([(Status.NO_TARGET, ANY), (Status.NO_DATA, NVT)], Status.NO_DATA),
        ([(Status.NO_DATA, NVT)], Status.NO_DATA),
    ],
)
def test_an_indicator_stands_as_its_worst_component(parts, status):
    assert worst_of(parts) is status
