"""What a figure can be: an exact value, a withheld small count, or no value with its reason.

Source of the rules: the words and the paragraph on numbers in docs/begrippen.md.
Figures are Decimal, never float; at most fifteen digits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

MAX_DIGITS = 15


class UnitKind(Enum):
    """What kind of quantity a component measures."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    GRADE = "grade"


class Direction(Enum):
    """Which way is better. Explicit on each component, never inferred from figures."""

    LOWER = "lower"
    HIGHER = "higher"


class Role(Enum):
    """Effort is what the partners do themselves; effect is what happens in the municipality."""

    EFFORT = "effort"
    EFFECT = "effect"


class Reason(Enum):
    """Why there is no value."""

    PM = "pm"
    UNKNOWN = "nb"
    NOT_APPLICABLE = "nvt"


@dataclass(frozen=True)
class Unit:
    """The unit of a component: its kind and the number of decimals that belong to it."""

    kind: UnitKind
    decimals: int = 0

    @property
    def step(self) -> Decimal:
        """The smallest difference that this unit can show: 1 for counts, 0.1 for a grade with one decimal."""
        return Decimal(1).scaleb(-self.decimals)

    @property
    def highest(self) -> Decimal | None:
        """The largest value that exists in this unit; None for counts."""
        return {UnitKind.PERCENTAGE: Decimal(100), UnitKind.GRADE: Decimal(10)}.get(self.kind)


NO_SAMPLE = "een steekproef hoort alleen bij een percentage of cijfer uit een enquête"


def takes_sample(role: Role, units: Iterable[Unit]) -> bool:
    """Return whether an indicator with these units comes from a survey, so that its figures may have a sample size.

    It does when it is an effect without counts: a percentage beside a count is a share of that count.
    """
    return role is Role.EFFECT and all(unit.kind is not UnitKind.COUNT for unit in units)


@dataclass(frozen=True)
class Exact:
    """One known figure; `provisional` when it covers the whole year but may still be revised (`*`)."""

    number: Decimal
    provisional: bool = False

    @property
    def lowest(self) -> Decimal:
        """The smallest value that this can be."""
        return self.number

    @property
    def highest(self) -> Decimal:
        """The largest value that this can be."""
        return self.number


@dataclass(frozen=True)
class Withheld:
    """A small count that the source withholds: every whole number from 0 up to `limit`.

    `inclusive` tells whether the limit itself is one of them. At least one value is always left.
    """

    limit: Decimal
    inclusive: bool = False
    provisional: bool = False

    def __post_init__(self) -> None:
        if self.highest < 0:
            raise ValueError("a withheld count must leave at least one value")

    @property
    def lowest(self) -> Decimal:
        """Zero: withheld counts start there."""
        return Decimal(0)

    @property
    def highest(self) -> Decimal:
        """The largest whole number that this can be."""
        return self.limit if self.inclusive else self.limit - 1


@dataclass(frozen=True)
class NoValue:
    """There is a row but no figure: pm (follows), n.b. (not known) or n.v.t. (does not apply)."""

    reason: Reason


Known = Exact | Withheld
Value = Exact | Withheld | NoValue
