"""Statistics, compared with their definitions in exact fractions, and at their limits."""

from decimal import Decimal
from fractions import Fraction
from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.chance import EXACT_UP_TO, poisson_at_most, poisson_p_value, wilson_interval, words_for_chance

pytestmark = pytest.mark.engine_free


def p_by_definition(one, other):
    """Return the probability of all outcomes no likelier than this one, of a binomial(1/2)."""
    total = one + other
    seen = comb(total, one)
    return float(Fraction(sum(comb(total, k) for k in range(total + 1) if comb(total, k) <= seen), 2**total))


@given(st.integers(0, 300), st.integers(0, 300))
def test_p_value_is_the_definition(one, other):
    assert poisson_p_value(one, other) == pytest.approx(p_by_definition(one, other), rel=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "p"), [(0, 0, 1.0), (5, 5, 1.0), (0, 6, 2 / 64), (0, 5, 2 / 32), (6, 0, 2 / 64)]
)
def test_p_value_of_small_counts(one, other, p):
    assert poisson_p_value(one, other) == pytest.approx(p)


def test_a_clear_change_and_one_that_may_be_chance():
    assert poisson_p_value(281, 565) < 1e-20
    assert poisson_p_value(6611, 6756) == pytest.approx(0.2129446, abs=1e-6)


def test_p_value_beyond_the_exact_range_joins_on():
    inside = poisson_p_value(EXACT_UP_TO // 2 - 200, EXACT_UP_TO // 2 + 200)
    outside = poisson_p_value(EXACT_UP_TO // 2 - 200, EXACT_UP_TO // 2 + 202)
    assert outside == pytest.approx(inside, rel=0.02)


@given(st.integers(0, 60), st.integers(1, 40))
def test_at_most_is_the_sum_of_its_terms(count, level):
    by_terms = exp(-level) * sum(Fraction(level**k, factorial(k)) for k in range(count + 1))
    assert poisson_at_most(count, float(level)) == pytest.approx(float(by_terms), rel=1e-9, abs=1e-12)


def test_at_most_at_its_borders():
    assert poisson_at_most(-1, 3.0) == 0
    assert poisson_at_most(10**6, 3.0) == 1
    assert 0.49 < poisson_at_most(10**9, float(10**9)) < 0.51


def test_wilson_leaves_room_at_the_edges():
    low, high = wilson_interval(Decimal(0), 100)
    assert low == pytest.approx(0, abs=1e-9)
    assert high == pytest.approx(3.6995, abs=1e-3)
    low, high = wilson_interval(Decimal(22), 1850)
    assert (low, high) == (pytest.approx(20.171, abs=1e-3), pytest.approx(23.944, abs=1e-3))


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.3405, "ongeveer 1 op de 3 jaren"),
        (0.5, "ongeveer 1 op de 2 jaren"),
        (0.66, "ongeveer 2 op de 3 jaren"),
        (0.005, "minder dan 1 op de 100 jaren"),
        (0.0, "minder dan 1 op de 100 jaren"),
        (0.97, "vrijwel elk jaar"),
    ],
)
def test_words(chance, words):
    assert words_for_chance(chance) == words
