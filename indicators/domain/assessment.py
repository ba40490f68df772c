"""The assessment of one component in one year: three separate answers, and how certain they are.

1. Is this year's target met? The first rule that applies, from top to bottom, gives the status.

    rule  when                                                                    status
    1     no target for this year                                                 no_target
    2     no measurement, and none planned this year                              not_due
    3     no measurement, or one without a value                                  no_data
    4     all possible values of the measurement meet the target                  on_track
    5     some possible values meet the target, others do not                     uncertain
    6     target not met; all possible values are better than the baseline        at_risk
    7     target not met; otherwise (equal, worse, no baseline, not comparable)   off_track

2. Is the figure better or worse than the baseline?   3. How far is it from the target of the last target year?

A withheld measurement (<5) has several possible values; any other has one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from indicators.domain.chance import SIGNIFICANT, poisson_at_most, poisson_p_value, wilson_interval
from indicators.domain.targets import Sign, TargetRule, Verdict
from indicators.domain.values import Direction, Exact, Known, NoValue, Reason, Role, Unit, UnitKind, Value


class Status(Enum):
    """The status of a component in a year. The status of an indicator is that of its worst component."""

    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"
    UNCERTAIN = "uncertain"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    ON_TRACK = "on_track"
    NO_TARGET = "no_target"


# The members are declared from worst to best. NO_TARGET counts only when all components have it: see worst_of().
WORST_FIRST = tuple(Status)


class Development(Enum):
    """The change since the baseline, by the component's direction."""

    BETTER = "better"
    EQUAL = "equal"
    WORSE = "worse"


class Certainty(Enum):
    """Whether a difference from the baseline can be chance. For an effort chance plays no part."""

    CLEAR = "clear"
    CHANCE = "chance"
    EFFORT = "effort"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that the assessment of one component in one year depends on.

    `planned`: a measurement is due this year. `comparable`: no break in method since the baseline.
    `last_target`: the target of the last target year. `sample`: the number of persons in the survey.
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


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The answers for one component in one year; None for an answer that cannot be given.

    `rule` is the number of the rule that gave the status. `difference` is measurement minus baseline in the unit,
    `percent` the same as a percentage of the baseline. `needed_in_all`: see the function of that name. `p_value` is for
    a count, `interval` (in percent) for a survey. `unchanged_chance` (0 to 1) is the chance that an unchanged level
    meets the target. `aim_reached`: see TargetRule.
    """

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
    """Assess one component in one year by the rules of this module."""
    status, rule = status_and_rule(facts)
    measurement = facts.measurement if isinstance(facts.measurement, Exact) else None
    baseline = facts.baseline if isinstance(facts.baseline, Exact) and facts.comparable else None
    development = difference = percent = certainty = p_value = interval = None
    if measurement and baseline:
        development = _development(measurement.number, baseline.number, facts.direction)
        difference = measurement.number - baseline.number
        percent = difference / baseline.number * 100 if baseline.number else None
        certainty, p_value, interval = _certainty(facts, measurement.number, baseline.number)
    aim_reached = None
    if facts.target and isinstance(facts.measurement, Known):
        aim_reached = facts.target.aim_reached(facts.measurement, facts.direction)
    return Assessment(
        status=status,
        rule=rule,
        development=development,
        difference=difference,
        percent=percent,
        needed_in_all=needed_in_all(facts),
        certainty=certainty,
        p_value=p_value,
        interval=interval,
        unchanged_chance=_unchanged_chance(facts, baseline),
        aim_reached=aim_reached,
    )


def status_and_rule(facts: Facts) -> tuple[Status, int]:
    """Return the status and the number of the rule that gives it."""
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
    """Return the distance from the figure to the nearest value that meets the last target; 0 when it meets it.

    In the component's unit; None without a last target or an exact figure.
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
    """Return the chance that a count meets this target when its true level is still the baseline; None at level 0."""
    is_effect_count = facts.role is Role.EFFECT and facts.unit.kind is UnitKind.COUNT
    if not is_effect_count or facts.target is None or baseline is None or not baseline.number:
        return None
    limit = int(facts.target.nearest(facts.unit, facts.direction))
    level = float(baseline.number)
    if facts.target.deciding(facts.direction).sign in (Sign.BELOW, Sign.AT_MOST):
        return poisson_at_most(limit, level)
    return 1.0 - poisson_at_most(limit - 1, level)


def worst_of(components: Iterable[tuple[Status, Value | None]]) -> Status:
    """Return the status of an indicator, given the status and the measurement of each of its components.

    It is the worst status of the components with a target and a measurement other than "n.v.t.".
    """
    with_target = [(status, value) for status, value in components if status is not Status.NO_TARGET]
    if not with_target:
        return Status.NO_TARGET
    applicable = [status for status, value in with_target if value != NoValue(Reason.NOT_APPLICABLE)]
    return min(applicable or [Status.NO_DATA], key=WORST_FIRST.index)
