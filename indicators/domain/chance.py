"""How sure: what chance alone can do. Beside the verdicts, never changing them.

Counts: the exact two-sided conditional test of two Poisson counts over equal exposure, and the chance that an
unchanged level meets a target. Percentages of a survey: the 95% Wilson interval.
Real incidents cluster, so true uncertainty is larger than this; the page on the method says so once.
"""

import math
from decimal import Decimal
from functools import lru_cache
from statistics import NormalDist

SIGNIFICANT = 0.05
Z_95 = NormalDist().inv_cdf(0.975)
# Above this total the exact sum is slow and the normal approximation differs from it by less than 1e-4.
EXACT_UP_TO = 100_000


@lru_cache(maxsize=4096)
def poisson_p_value(one: int, other: int) -> float:
    """The two-sided p-value for two counts over equal exposure: all outcomes no likelier than the one seen.

    Given the total, either count is binomial with chance one half. Both counts are 0 or more.
    """
    total = one + other
    if total == 0 or one == other:
        return 1.0
    smaller = min(one, other)
    if total > EXACT_UP_TO:
        return math.erfc((total - 2 * smaller - 1) / math.sqrt(2 * total))
    # Twice the lower tail, as this binomial is symmetric: its largest term exactly, the rest relative to it.
    tail = factor = 1.0
    for successes in range(smaller, 0, -1):
        factor *= successes / (total - successes + 1)
        tail += factor
        if factor < 1e-18:
            break
    return min(1.0, 2 * tail * _ratio(math.comb(total, smaller), total))


def _ratio(numerator: int, power_of_two: int) -> float:
    """numerator / 2**power_of_two, also where neither fits a float."""
    shift = max(0, numerator.bit_length() - 64)
    return math.ldexp(float(numerator >> shift), shift - power_of_two)


@lru_cache(maxsize=4096)
def poisson_at_most(count: int, level: float) -> float:
    """The chance that a year with expected `level` (over 0) brings at most `count`."""
    if count < 0:
        return 0.0
    if level > EXACT_UP_TO:
        return NormalDist(level, math.sqrt(level)).cdf(count + 0.5)
    log_term = count * math.log(level) - level - math.lgamma(count + 1)
    if count <= level:
        # Downwards from `count`: terms shrink by count/level, then faster.
        total, factor, number = 0.0, 1.0, count
        while number >= 0 and factor > 1e-18:
            total += factor
            factor *= number / level
            number -= 1
        return min(1.0, total * math.exp(log_term))
    factor, number, upper = level / (count + 1), count + 1, 0.0
    while factor > 1e-18 * max(upper, 1e-300):
        upper += factor
        number += 1
        factor *= level / number
        if factor == 0.0:
            break
    return max(0.0, 1.0 - upper * math.exp(log_term))


def wilson_interval(share: Decimal, sample: int) -> tuple[float, float]:
    """The 95% Wilson interval of a percentage `share` (0 to 100) of `sample` persons, in percent."""
    p, z2 = float(share) / 100, Z_95**2
    centre = (p + z2 / (2 * sample)) / (1 + z2 / sample)
    half = Z_95 * math.sqrt(p * (1 - p) / sample + z2 / (4 * sample**2)) / (1 + z2 / sample)
    return 100 * (centre - half), 100 * (centre + half)


def words_for_chance(chance: float) -> str:
    """How often a year would bring this, in words that follow "dit komt voor in": ongeveer 1 op de 3 jaren."""
    if chance < 0.01:
        return "minder dan 1 op de 100 jaren"
    if chance > 0.95:
        return "vrijwel elk jaar"
    top, bottom = min(
        ((top, bottom) for top, bottom in _PLAIN_FRACTIONS),
        key=lambda pair: abs(math.log(pair[0] / pair[1] / chance)),
    )
    return f"ongeveer {top} op de {bottom} jaren"


_PLAIN_FRACTIONS = [(1, n) for n in (*range(2, 11), 15, 20, 30, 50, 100)] + [(2, 3), (3, 4), (4, 5), (9, 10)]
