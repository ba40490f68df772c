"""The value axis: from where to where, with which few ticks, and what to say when it does not start at 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from indicators.domain.notation import format_in_unit
from indicators.domain.values import Unit, UnitKind

MOST_STEPS = 5
# From 0 the differences of large figures that lie close together cannot be seen: then the axis starts higher, and
# says so. Not for small figures: one incident more would look like a wave.
CLOSE_TOGETHER = Decimal("0.75")
LARGE_IN_STEPS = 100
LEAST_SPAN = Decimal("0.2")


@dataclass(frozen=True)
class Axis:
    """A value axis in the component's unit. `note` says in Dutch when it does not start at 0."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    labels: tuple[str, ...]
    note: str = ""

    def share(self, number: Decimal) -> float:
        """How far up the axis a number lies: 0 at the bottom, 1 at the top."""
        return float((number - self.low) / (self.high - self.low))


def axis_for(numbers: Iterable[Decimal], unit: Unit) -> Axis:
    """The axis on which all these numbers fit; without ticks where there are none."""
    numbers = list(numbers)
    if not numbers:
        return Axis(Decimal(0), Decimal(1), (), ())
    least, most = min(numbers), max(numbers)
    if unit.kind is UnitKind.GRADE:
        half = Decimal("0.5")
        low = max((least - half).to_integral_value(ROUND_FLOOR), Decimal(0))
        high = min((most + half).to_integral_value(ROUND_CEILING), Decimal(10))
        return _axis(low, high, unit, always_say=True)
    low = Decimal(0)
    if most >= LARGE_IN_STEPS * unit.step and least >= most * CLOSE_TOGETHER:
        low = max(min(least - (most - least) / 2, most * (1 - LEAST_SPAN)), Decimal(0))
    return _axis(low, most, unit)


def _axis(low: Decimal, high: Decimal, unit: Unit, *, always_say: bool = False) -> Axis:
    high = max(high, low + unit.step)
    step = nice_step((high - low) / MOST_STEPS, unit.step)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    if (last - first) / step > MOST_STEPS:  # rounding outwards added a step at either end
        step = nice_step(step + unit.step, unit.step)
        first = (low / step).to_integral_value(ROUND_FLOOR) * step
        last = (high / step).to_integral_value(ROUND_CEILING) * step
    ticks = tuple(first + step * n for n in range(int((last - first) / step) + 1))
    labels = tuple(format_in_unit(tick.quantize(unit.step), unit) for tick in ticks)
    note = ""
    if always_say:
        note = f"De as loopt van {labels[0]} tot {labels[-1]}."
    elif first > 0:
        note = f"De as begint bij {labels[0]}, niet bij 0."
    return Axis(first, last, ticks, labels, note)


def nice_step(least: Decimal, unit_step: Decimal) -> Decimal:
    """The smallest of 1, 2 or 5 times a power of ten that is at least `least` and that the unit can show."""
    step = unit_step
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10
