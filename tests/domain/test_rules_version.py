"""A digest of all answers: a rule that gives another answer needs another version of the rules.

When this fails because a rule was meant to change: raise RULES_VERSION and add the new digest; leave the old ones.
"""

import hashlib
import itertools
from decimal import Decimal

import pytest

from indicators.domain import assessment, chance
from indicators.domain.assessment import Facts, assess, worst_of
from indicators.domain.rules_version import RULES_VERSION
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, Reason, Role, Unit, UnitKind, Withheld

pytestmark = pytest.mark.engine_free

DIGESTS = {1: "f2f2371f258663114bf8bd2b4bb41dc9d313bfeac9427d5ee1da2bd3cda12632"}

UNITS = (Unit(UnitKind.COUNT), Unit(UnitKind.PERCENTAGE, 1), Unit(UnitKind.GRADE, 1))
NUMBERS = tuple(map(Decimal, ("0", "3", "4", "4.5", "5", "9")))
BASELINES = (None, NoValue(Reason.PM), Exact(Decimal(0)), Exact(Decimal(5)), Withheld(Decimal(5)))
TARGETS = (
    None, TargetRule(aim=Decimal(4)), *(TargetRule(bound=Bound(sign, Decimal(4))) for sign in Sign),
    TargetRule(aim=Decimal(0), bound=Bound(Sign.BELOW, Decimal(4))),
)  # fmt: skip
MEASUREMENTS = (
    None, *map(NoValue, Reason), *map(Exact, NUMBERS), Withheld(Decimal(5)), Withheld(Decimal(4), True),
)  # fmt: skip
# Counts that are large, for the sums and the approximation of chance; as (baseline, measurement, target).
LARGE = ((4714, 4521, 4500), (6756, 6611, 6500), (60_000, 59_000, 59_500), (394, 401, 350), (1, 40, 20))


def facts():
    """Generate a grid of everything that a verdict depends on."""
    choices = (UNITS, Direction, Role, BASELINES, TARGETS, MEASUREMENTS)
    for unit, direction, role, baseline, target, measurement in itertools.product(*choices):
        whole = unit.kind is not UnitKind.COUNT or measurement != Exact(Decimal("4.5"))
        if whole:
            yield Facts(
                unit=unit,
                direction=direction,
                role=role,
                baseline=baseline,
                target=target,
                last_target=TARGETS[2],
                measurement=measurement,
            )
    for planned, comparable, sample in itertools.product((True, False), (True, False), (None, 12, 1200)):
        for measurement in MEASUREMENTS[:1] + MEASUREMENTS[5:]:
            yield Facts(
                unit=UNITS[1],
                direction=Direction.LOWER,
                role=Role.EFFECT,
                baseline=Exact(Decimal(5)),
                target=TARGETS[1],
                last_target=None,
                measurement=measurement,
                planned=planned,
                comparable=comparable,
                sample=sample,
            )
    for (baseline, number, target), direction in itertools.product(LARGE, Direction):
        rule = TargetRule(bound=Bound(Sign.BELOW, Decimal(target)))
        yield Facts(
            unit=UNITS[0],
            direction=direction,
            role=Role.EFFECT,
            baseline=Exact(Decimal(baseline)),
            target=rule,
            last_target=rule,
            measurement=Exact(Decimal(number)),
        )


def digest() -> str:
    """Return a hash of every answer on the grid; chances to nine digits, as further ones depend on the machine."""
    answers = hashlib.sha256()
    for case in facts():
        answer = assess(case)
        floats = (answer.p_value, *(answer.interval or ()), answer.unchanged_chance)
        exact = (
            answer.status.value,
            answer.rule,
            answer.development and answer.development.value,
            str(answer.difference),
            str(answer.percent),
            str(answer.needed_in_all),
            answer.certainty and answer.certainty.value,
            answer.aim_reached,
        )
        answers.update(repr((exact, [number if number is None else f"{number:.9g}" for number in floats])).encode())
    pairs = list(itertools.product(assessment.Status, (None, NoValue(Reason.NOT_APPLICABLE))))
    for parts in itertools.product(pairs, repeat=2):
        answers.update(worst_of(parts).value.encode())
    return answers.hexdigest()


def test_the_answers_are_those_of_this_version():
    assert digest() == DIGESTS[RULES_VERSION], "another answer somewhere: raise RULES_VERSION"


def test_each_version_has_its_own_answers():
    assert sorted(DIGESTS) == list(range(1, RULES_VERSION + 1))
    assert len(set(DIGESTS.values())) == len(DIGESTS)


def test_negative_control_every_rule_and_chance_is_on_the_grid(monkeypatch):
    assert {assess(case).rule for case in facts()} == {1, 2, 3, 4, 5, 6, 7}
    assert {assess(case).certainty for case in facts()} == {None, *assessment.Certainty}
    before = digest()
    monkeypatch.setattr(assessment, "SIGNIFICANT", 0.04)
    assert digest() != before
    monkeypatch.undo()
    chance.poisson_p_value.cache_clear()
    monkeypatch.setattr(chance, "EXACT_UP_TO", 10_000)
    assert digest() != before
    monkeypatch.undo()
    chance.poisson_p_value.cache_clear()
    monkeypatch.setattr(assessment, "_better_than_baseline", lambda *_: False)
    assert digest() != before
