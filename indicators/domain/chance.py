"""Statistics shown beside the verdicts; they never change a verdict.

Counts: the exact two-sided conditional test of two Poisson counts over equal exposure, and the chance that an
unchanged level meets a target. Percentages of a survey: the 95% Wilson interval.
Real incidents cluster, so that the true uncertainty is larger; the page about the method says so.
"""

import math
from decimal import Decimal
from functools import lru_cache
from statistics import NormalDist

SIGNIFICANT = 0.05
Z_95 = NormalDist().inv_cdf(0.975)
# Above this total the exact sum is slow and the normal approximation differs from it by less than 1e-4.
EXACT_UP_TO = 100_000
FRACTIONS = [(1, n) for n in (*range(2, 11), 15, 20, 30, 50, 100)] + [(2, 3), (3, 4), (4, 5), (9, 10)]


@lru_cache(maxsize=4096)
def poisson_p_value(first: int, second: int) -> float:
    """Return the two-sided p-value of two counts (0 or more) over equal exposure.

    It is the probability of all outcomes no likelier than this one; given the total, either count is binomial(1/2).
    """
    total = first + second
    if total == 0 or first == second:
        return 1.0
    smaller = min(first, second)
    if total > EXACT_UP_TO:
        return math.erfc((total - 2 * smaller - 1) / math.sqrt(2 * total))
    # Twice the lower tail, as this binomial is symmetric. The largest term is exact, the others relative to it.
    tail = factor = 1.0
    for successes in range(smaller, 0, -1):
        factor *= successes / (total - successes + 1)
        tail += factor
        if factor < 1e-18:
            break
    return min(1.0, 2 * tail * _ratio(math.comb(total, smaller), total))


def _ratio(numerator: int, power_of_two: int) -> float:
    """Return numerator / 2**power_of_two, also where neither fits a float."""
    shift = max(0, numerator.bit_length() - 64)
    return math.ldexp(float(numerator >> shift), shift - power_of_two)


@lru_cache(maxsize=4096)
def poisson_at_most(count: int, level: float) -> float:
    """Return the probability of at most `count` events in a year, of a Poisson distribution with mean `level` > 0."""
    if count < 0:
        return 0.0
    if level > EXACT_UP_TO:
        return NormalDist(level, math.sqrt(level)).cdf(count + 0.5)
    log_term = count * math.log(level) - level - math.lgamma(count + 1)
    if count <= level:
        # Sum down from `count`: each term is smaller by a factor of count/level or less.
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
    """Return the 95% Wilson interval, in percent, of a percentage `share` (0 to 100) of `sample` persons."""
    p, z2 = float(share) / 100, Z_95**2
    centre = (p + z2 / (2 * sample)) / (1 + z2 / sample)
    half = Z_95 * math.sqrt(p * (1 - p) / sample + z2 / (4 * sample**2)) / (1 + z2 / sample)
    return 100 * (centre - half), 100 * (centre + half)


def words_for_chance(chance: float) -> str:
    """Return a chance (0 to 1) in words that follow "dit komt voor in": ongeveer 1 op de 3 jaren."""
    if chance < 0.01:
        return "minder dan 1 op de 100 jaren"
    if chance > 0.95:
        return "vrijwel elk jaar"
    top, bottom = min(FRACTIONS, key=lambda fraction: abs(math.log(fraction[0] / fraction[1] / chance)))
    return f"ongeveer {top} op de {bottom} jaren"
