"""Targets as printed in the nota: an aim, a bound, or both.

    target := aim | bound | aim bound
    bound  := ("<" | "<=" | "≤" | ">" | ">=" | "≥") number

An aim is met by every value that is as good or better; a bound is met as its sign says. If a target has both, the
bound decides and the aim is an ambition. Values are compared unrounded.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum

from indicators.domain.formatting import format_in_unit
from indicators.domain.notation import read_number
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
    """Whether a measurement meets a target; EITHER when only some of its possible values do."""

    MET = "met"
    NOT_MET = "not met"
    EITHER = "either"


@dataclass(frozen=True)
class Bound:
    """A limit with a comparison sign, in the component's unit."""

    sign: Sign
    number: Decimal

    def admits(self, number: Decimal) -> bool:
        """Return whether the unrounded number is within the limit."""
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
    """The target of one component in one year, with at least one of `aim` and `bound`."""

    aim: Decimal | None = None
    bound: Bound | None = None

    def __post_init__(self) -> None:
        if self.aim is None and self.bound is None:
            raise ValueError("a target has an aim, a bound, or both")

    def deciding(self, direction: Direction) -> Bound:
        """Return the bound that decides: the given one, else the aim as "at most" or "at least"."""
        if self.bound is not None:
            return self.bound
        assert self.aim is not None
        return Bound(Sign.AT_MOST if direction is Direction.LOWER else Sign.AT_LEAST, self.aim)

    def verdict(self, value: Known, direction: Direction) -> Verdict:
        """Return whether all, none or some of the possible values of `value` meet this target."""
        bound = self.deciding(direction)
        lowest, highest = bound.admits(value.lowest), bound.admits(value.highest)
        if lowest and highest:
            return Verdict.MET
        return Verdict.EITHER if lowest or highest else Verdict.NOT_MET

    def aim_reached(self, value: Known, direction: Direction) -> bool | None:
        """Return whether `value` also reaches the aim beside a bound; None without an aim or a bound."""
        if self.aim is None or self.bound is None:
            return None
        return TargetRule(aim=self.aim).verdict(value, direction) is Verdict.MET

    def nearest(self, unit: Unit, direction: Direction) -> Decimal:
        """Return the least ambitious value that meets this target, at the unit's precision: 499 for <500."""
        bound = self.deciding(direction)
        upward = bound.sign in (Sign.ABOVE, Sign.AT_LEAST)
        edge = bound.number.quantize(unit.step, rounding=ROUND_CEILING if upward else ROUND_FLOOR)
        if bound.admits(edge):
            return edge
        return edge + unit.step if upward else edge - unit.step


def parse_target(text: str, unit: Unit) -> TargetRule:
    """Return the target for a text as printed: `4.500`, `<4.500`, `0 <4`, `<20%`. Raises Refusal for other texts."""
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
    """Return a target as the nota prints it; `parse_target` gives the same target back."""
    parts = []
    if rule.aim is not None:
        parts.append(format_in_unit(rule.aim, unit))
    if rule.bound is not None:
        parts.append(rule.bound.sign.value + format_in_unit(rule.bound.number, unit))
    return " ".join(parts)


def split_printed(cell: str, names: list[str]) -> list[str]:
    """Split a cell of the nota's table into one text for each of the components `names`; "" if it has none.

    `30 keer waarschuwing en 15 keer sluiting` gives 30 and 15; `565 (pm%)` gives 565 and pm; a single figure is for
    the first component. A footnote mark `*)` is left out. Raises Refusal when a part belongs to no component.
    """
    figure = FOOTNOTE.sub("", cell.strip())
    if len(names) == 1:
        return [figure]
    repeated = list(REPEATED.finditer(figure))
    if repeated:
        texts = dict.fromkeys(names, "")
        for match in repeated:
            stem = match["what"].casefold().removesuffix("en")
            matching = [name for name in names if name.casefold().startswith(stem)]
            if len(matching) != 1 or texts[matching[0]]:
                raise Refusal(cell, f"‘{match['what']}’ past niet bij één onderdeel")
            texts[matching[0]] = match["number"]
        return list(texts.values())
    if in_brackets := SECOND_IN_BRACKETS.fullmatch(figure):
        return [in_brackets["first"], in_brackets["second"].replace("pm%", "pm")]
    return [figure] + [""] * (len(names) - 1)


def _check_reachable(text: str, bound: Bound, unit: Unit) -> None:
    too_low = bound.sign is Sign.BELOW and bound.number == 0
    too_high = bound.sign is Sign.ABOVE and bound.number == unit.highest
    if too_low or too_high:
        raise Refusal(text, "geen enkel cijfer kan aan deze grens voldoen")
