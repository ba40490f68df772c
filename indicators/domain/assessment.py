"""The assessment: three answers, never mixed into one, and how sure they are.

1. Is this year's target met? One component, one year; the first rule that fits, from top to bottom.

    rule  when                                                                    status
    1     no target for this year                                                 no_target
    2     no measurement and none planned this year                               not_due
    3     no measurement, or a "no value"                                         no_data
    4     every value that the measurement can be meets the target                on_track
    5     some values that it can be do, some do not                              uncertain
    6     not met; every value that it can be is better than the baseline         at_risk
    7     not met; otherwise (equal, worse, no baseline, not comparable)          off_track

2. Which way since the baseline?   3. How far to the last target year?   And beside 1 and 2: how sure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from indicators.domain.chance import SIGNIFICANT, poisson_at_most, poisson_p_value, wilson_interval
from indicators.domain.targets import Sign, TargetRule, Verdict
from indicators.domain.values import Direction, Exact, Known, NoValue, Reason, Role, Unit, UnitKind, Value


class Status(Enum):
    """How a component, and by its worst component an indicator, stands in a year."""

    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"
    UNCERTAIN = "uncertain"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    ON_TRACK = "on_track"
    NO_TARGET = "no_target"


# The order in which the worst component speaks for its indicator; no_target counts only where all are.
WORST_FIRST = tuple(Status)


class Development(Enum):
    """Which way a figure went since the baseline, by the component's direction."""

    BETTER = "better"
    EQUAL = "equal"
    WORSE = "worse"


class Certainty(Enum):
    """Whether a difference from the baseline is more than chance."""

    CLEAR = "clear"
    CHANCE = "chance"
    EFFORT = "effort"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Facts:
    """All that is known of one component in one year, and all that the verdict depends on.

    `planned`: a measurement is due this year. `comparable`: no break in method since the baseline.
    `last_target`: the target of the last target year. `sample`: persons asked, for a percentage of a survey.
    """

    unit: Unit
    direction: Direction
    role: Role
    baseline: Value | None
    target: TargetRule | None
    last_target: TargetRule | None
    measurement: Value | None
    planned: bool = True
    comparable: bool = True
    sample: int | None = None


@dataclass(frozen=True)
class Assessment:
    """The answers for one component in one year. Differences are measurement minus baseline, in the unit."""

    status: Status
    rule: int
    development: Development | None = None
    difference: Decimal | None = None
    percent: Decimal | None = None
    needed_in_all: Decimal | None = None
    certainty: Certainty | None = None
    p_value: float | None = None
    interval: tuple[float, float] | None = None
    unchanged_chance: float | None = None
    aim_reached: bool | None = None


def assess(facts: Facts) -> Assessment:
    """Judge one component in one year by the rule table at the head of this module."""
    status, rule = status_and_rule(facts)
    known = facts.measurement if isinstance(facts.measurement, Exact) else None
    baseline = facts.baseline if isinstance(facts.baseline, Exact) and facts.comparable else None
    development = difference = percent = certainty = p_value = interval = None
    if known and baseline:
        development = _development(known.number, baseline.number, facts.direction)
        difference = known.number - baseline.number
        percent = difference / baseline.number * 100 if baseline.number else None
        certainty, p_value, interval = _certainty(facts, known.number, baseline.number)
    aim_reached = None
    if facts.target and isinstance(facts.measurement, Known):
        aim_reached = facts.target.aim_reached(facts.measurement, facts.direction)
    return Assessment(
        status,
        rule,
        development,
        difference,
        percent,
        needed_in_all(facts),
        certainty,
        p_value,
        interval,
        _unchanged_chance(facts, baseline),
        aim_reached,
    )


def status_and_rule(facts: Facts) -> tuple[Status, int]:
    """The first answer alone: the status, and the number of the rule that gave it."""
    measurement, target = facts.measurement, facts.target
    if target is None:
        return Status.NO_TARGET, 1
    if measurement is None and not facts.planned:
        return Status.NOT_DUE, 2
    if measurement is None or isinstance(measurement, NoValue):
        return Status.NO_DATA, 3
    verdict = target.verdict(measurement, facts.direction)
    if verdict is Verdict.MET:
        return Status.ON_TRACK, 4
    if verdict is Verdict.EITHER:
        return Status.UNCERTAIN, 5
    if facts.comparable and _better_than_baseline(measurement, facts.baseline, facts.direction):
        return Status.AT_RISK, 6
    return Status.OFF_TRACK, 7


def _better_than_baseline(measurement: Known, baseline: Value | None, direction: Direction) -> bool:
    if baseline is None or isinstance(baseline, NoValue):
        return False
    if direction is Direction.LOWER:
        return measurement.highest < baseline.lowest
    return measurement.lowest > baseline.highest


def _development(number: Decimal, baseline: Decimal, direction: Direction) -> Development:
    if number == baseline:
        return Development.EQUAL
    better = number < baseline if direction is Direction.LOWER else number > baseline
    return Development.BETTER if better else Development.WORSE


def needed_in_all(facts: Facts) -> Decimal | None:
    """The distance from an exact figure to the nearest value that meets the last target; 0 when already there.

    In the component's unit. None without a last target or an exact figure. No extrapolation.
    """
    if facts.last_target is None or not isinstance(facts.measurement, Exact):
        return None
    if facts.last_target.verdict(facts.measurement, facts.direction) is Verdict.MET:
        return Decimal(0)
    return abs(facts.last_target.nearest(facts.unit, facts.direction) - facts.measurement.number)


def _certainty(
    facts: Facts, number: Decimal, baseline: Decimal
) -> tuple[Certainty, float | None, tuple[float, float] | None]:
    if facts.role is Role.EFFORT:
        return Certainty.EFFORT, None, None
    if facts.unit.kind is UnitKind.COUNT:
        p_value = poisson_p_value(int(number), int(baseline))
        return (Certainty.CLEAR if p_value < SIGNIFICANT else Certainty.CHANCE), p_value, None
    if facts.unit.kind is UnitKind.PERCENTAGE and facts.sample:
        low, high = wilson_interval(number, facts.sample)
        outside = not low <= float(baseline) <= high
        return (Certainty.CLEAR if outside else Certainty.CHANCE), None, (low, high)
    return Certainty.UNKNOWN, None, None


def _unchanged_chance(facts: Facts, baseline: Exact | None) -> float | None:
    """The chance that a level unchanged since the baseline meets this target; counts of effects only, not from 0."""
    counted = facts.role is Role.EFFECT and facts.unit.kind is UnitKind.COUNT
    if not counted or facts.target is None or baseline is None or not baseline.number:
        return None
    edge = int(facts.target.nearest(facts.unit, facts.direction))
    level = float(baseline.number)
    if facts.target.deciding(facts.direction).sign in (Sign.BELOW, Sign.AT_MOST):
        return poisson_at_most(edge, level)
    return 1.0 - poisson_at_most(edge - 1, level)


def worst_of(parts: Iterable[tuple[Status, Value | None]]) -> Status:
    """How an indicator stands: as its worst component. Each part is a component's status with its measurement.

    Components without a target do not count unless all are; "n.v.t." does not count unless nothing else is left.
    """
    parts = list(parts)
    with_target = [part for part in parts if part[0] is not Status.NO_TARGET]
    if not with_target:
        return Status.NO_TARGET
    counting = [status for status, value in with_target if value != NoValue(Reason.NOT_APPLICABLE)]
    return min(counting or [Status.NO_DATA], key=WORST_FIRST.index)
