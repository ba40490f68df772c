"""The value axis: its range, its ticks, and a note when it does not start at 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from indicators.domain.formatting import format_in_unit
from indicators.domain.values import Unit, UnitKind

MAX_STEPS = 5
# On an axis from 0, small differences between large figures are invisible: such an axis starts higher, with a note.
# The axis of small figures always starts at 0: otherwise one more incident would look like a wave.
CLOSE_TOGETHER = Decimal("0.75")
LARGE_IN_STEPS = 100
MIN_SPAN = Decimal("0.2")


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A value axis in the component's unit. `note` says in Dutch when it does not start at 0."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1)
    ticks: tuple[Decimal, ...] = ()
    labels: tuple[str, ...] = ()
    note: str = ""

    def fraction(self, number: Decimal) -> float:
        """Return how far up the axis a number lies: 0 at the bottom, 1 at the top."""
        return float((number - self.low) / (self.high - self.low))


def axis_for(numbers: Iterable[Decimal], unit: Unit) -> Axis:
    """Return an axis that holds all these numbers; without ticks when there are none."""
    numbers = list(numbers)
    if not numbers:
        return Axis()
    lowest, highest = min(numbers), max(numbers)
    if unit.kind is UnitKind.GRADE:
        half = Decimal("0.5")
        low = max((lowest - half).to_integral_value(ROUND_FLOOR), Decimal(0))
        high = min((highest + half).to_integral_value(ROUND_CEILING), Decimal(10))
        return _axis(low, high, unit, has_note=True)
    low = Decimal(0)
    if highest >= LARGE_IN_STEPS * unit.step and lowest >= highest * CLOSE_TOGETHER:
        low = max(min(lowest - (highest - lowest) / 2, highest * (1 - MIN_SPAN)), Decimal(0))
    return _axis(low, highest, unit)


def _axis(low: Decimal, high: Decimal, unit: Unit, *, has_note: bool = False) -> Axis:
    high = max(high, low + unit.step)
    step = nice_step((high - low) / MAX_STEPS, unit.step)
    first, last = _round_outwards(low, high, step)
    if (last - first) / step > MAX_STEPS:  # rounding outwards added a step at either end
        step = nice_step(step + unit.step, unit.step)
        first, last = _round_outwards(low, high, step)
    ticks = tuple(first + step * n for n in range(int((last - first) / step) + 1))
    labels = tuple(format_in_unit(tick.quantize(unit.step), unit) for tick in ticks)
    note = ""
    if has_note:
        note = f"De as loopt van {labels[0]} tot {labels[-1]}."
    elif first > 0:
        note = f"De as begint bij {labels[0]}, niet bij 0."
    return Axis(low=first, high=last, ticks=ticks, labels=labels, note=note)


def _round_outwards(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    return (low / step).to_integral_value(ROUND_FLOOR) * step, (high / step).to_integral_value(ROUND_CEILING) * step


def nice_step(minimum: Decimal, unit_step: Decimal) -> Decimal:
    """Return the smallest of 1, 2 or 5 times a power of ten, in steps of the unit, that is at least `minimum`."""
    step = unit_step
    while True:
        for factor in (1, 2, 5):
            if step * factor >= minimum:
                return step * factor
        step *= 10
