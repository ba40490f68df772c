"""Targets as the nota prints them: an aim, a bound, or both.

    target := aim | bound | aim bound
    bound  := ("<" | "<=" | "≤" | ">" | ">=" | "≥") number

An aim is met by every value at least as good; a bound is strict unless it says otherwise. Where there are both,
the bound decides and the aim is what one hopes for. Values are compared unrounded.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum

from indicators.domain.notation import format_in_unit, read_number
from indicators.domain.refusals import Refusal
from indicators.domain.values import Direction, Known, Unit

TARGET = re.compile(r"(?P<aim>[^<>≤≥=]*)(?:(?P<sign><=|>=|<|>|≤|≥)(?P<bound>[^<>≤≥=]+))?")
REPEATED = re.compile(r"(?P<number>[0-9.]+) keer (?P<what>\w+)")
FOOTNOTE = re.compile(r"\s*\*+\)$")
SECOND_IN_BRACKETS = re.compile(r"(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)")


class Sign(Enum):
    """The comparison of a bound."""

    BELOW = "<"
    AT_MOST = "≤"
    ABOVE = ">"
    AT_LEAST = "≥"


SIGNS = {"<=": Sign.AT_MOST, ">=": Sign.AT_LEAST, **{sign.value: sign for sign in Sign}}


class Verdict(Enum):
    """Whether a measurement meets a target; EITHER when only some of the values that it can be do."""

    MET = "met"
    NOT_MET = "not met"
    EITHER = "either"


@dataclass(frozen=True)
class Bound:
    """A limit with its sign, in the component's unit."""

    sign: Sign
    number: Decimal

    def admits(self, number: Decimal) -> bool:
        """Whether the number, unrounded, lies on the right side of the limit."""
        match self.sign:
            case Sign.BELOW:
                return number < self.number
            case Sign.AT_MOST:
                return number <= self.number
            case Sign.ABOVE:
                return number > self.number
            case Sign.AT_LEAST:
                return number >= self.number


@dataclass(frozen=True)
class TargetRule:
    """What one component should bring in one year; at least one of `aim` and `bound`."""

    aim: Decimal | None = None
    bound: Bound | None = None

    def __post_init__(self) -> None:
        if self.aim is None and self.bound is None:
            raise ValueError("a target has an aim, a bound, or both")

    def deciding(self, direction: Direction) -> Bound:
        """The bound that decides: the written one, else the aim as "at least as good as"."""
        if self.bound is not None:
            return self.bound
        assert self.aim is not None
        return Bound(Sign.AT_MOST if direction is Direction.LOWER else Sign.AT_LEAST, self.aim)

    def verdict(self, value: Known, direction: Direction) -> Verdict:
        """Whether every value that `value` can be meets this target, none does, or some do."""
        bound = self.deciding(direction)
        lowest, highest = bound.admits(value.lowest), bound.admits(value.highest)
        if lowest and highest:
            return Verdict.MET
        return Verdict.EITHER if lowest or highest else Verdict.NOT_MET

    def aim_reached(self, value: Known, direction: Direction) -> bool | None:
        """Beside a bound: whether the hoped-for aim is reached as well; None where there is no such pair."""
        if self.aim is None or self.bound is None:
            return None
        return TargetRule(aim=self.aim).verdict(value, direction) is Verdict.MET

    def nearest(self, unit: Unit, direction: Direction) -> Decimal:
        """The value closest to the wrong side that meets this target, at the unit's precision: <500 gives 499."""
        bound = self.deciding(direction)
        upward = bound.sign in (Sign.ABOVE, Sign.AT_LEAST)
        edge = bound.number.quantize(unit.step, rounding=ROUND_CEILING if upward else ROUND_FLOOR)
        if bound.admits(edge):
            return edge
        return edge + unit.step if upward else edge - unit.step


def parse_target(text: str, unit: Unit) -> TargetRule:
    """Read a target as printed: `4.500`, `<4.500`, `0 <4`, `<20%`. Raises Refusal for anything else."""
    match = TARGET.fullmatch(text.strip())
    if match is None or not text.strip():
        raise Refusal(text, "dit is geen streefwaarde: schrijf een streven (4.500), een grens (<4.500) of beide (0 <4)")
    aim_text = match["aim"].strip()
    aim = read_number(text, aim_text, unit)[0] if aim_text else None
    bound = None
    if match["sign"]:
        bound = Bound(SIGNS[match["sign"]], read_number(text, match["bound"].strip(), unit)[0])
        _check_reachable(text, bound, unit)
    return TargetRule(aim, bound)


def format_target(rule: TargetRule, unit: Unit) -> str:
    """Write a target as the nota prints it; reading it gives the same rule back."""
    parts = []
    if rule.aim is not None:
        parts.append(format_in_unit(rule.aim, unit))
    if rule.bound is not None:
        parts.append(rule.bound.sign.value + format_in_unit(rule.bound.number, unit))
    return " ".join(parts)


def split_printed(cell: str, names: list[str]) -> list[str]:
    """Split a cell of the nota's table over the components `names`: one text for each, "" where it says nothing.

    `30 keer waarschuwing en 15 keer sluiting` gives 30 and 15; `565 (pm%)` gives 565 and pm; a single figure is
    the first component's. A footnote mark `*)` is no part of the figure. Raises Refusal when a part fits no component.
    """
    figure = FOOTNOTE.sub("", cell.strip())
    if len(names) == 1:
        return [figure]
    repeated = list(REPEATED.finditer(figure))
    if repeated:
        found = dict.fromkeys(names, "")
        for match in repeated:
            fits = [name for name in names if name.casefold().startswith(match["what"].casefold().removesuffix("en"))]
            if len(fits) != 1 or found[fits[0]]:
                raise Refusal(cell, f"‘{match['what']}’ past niet bij één onderdeel")
            found[fits[0]] = match["number"]
        return list(found.values())
    if in_brackets := SECOND_IN_BRACKETS.fullmatch(figure):
        return [in_brackets["first"], in_brackets["second"].replace("pm%", "pm")]
    return [figure] + [""] * (len(names) - 1)


def _check_reachable(text: str, bound: Bound, unit: Unit) -> None:
    too_low = bound.sign is Sign.BELOW and bound.number == 0
    too_high = bound.sign is Sign.ABOVE and bound.number == unit.highest
    if too_low or too_high:
        raise Refusal(text, "geen enkel cijfer kan aan deze grens voldoen")
