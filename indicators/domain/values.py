"""The values of a figure: an exact value, a withheld small count, or no value with its reason.

Numbers are Decimal, never float, of at most fifteen digits. The words and rules are those of docs/begrippen.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

MAX_DIGITS = 15


class UnitKind(Enum):
    """The kind of quantity that a component measures."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    GRADE = "grade"


class Direction(Enum):
    """Whether a lower or a higher value is better. Given for each component, never inferred from figures."""

    LOWER = "lower"
    HIGHER = "higher"


class Role(Enum):
    """Effort: what the partners do themselves. Effect: what happens in the municipality."""

    EFFORT = "effort"
    EFFECT = "effect"


class Reason(Enum):
    """Why there is no value."""

    PM = "pm"
    UNKNOWN = "nb"
    NOT_APPLICABLE = "nvt"


@dataclass(frozen=True)
class Unit:
    """The unit of a component: its kind and its number of decimals."""

    kind: UnitKind
    decimals: int = 0

    @property
    def step(self) -> Decimal:
        """The smallest difference in this unit: 1 for counts, 0.1 for a grade with one decimal."""
        return Decimal(1).scaleb(-self.decimals)

    @property
    def highest(self) -> Decimal | None:
        """The largest value in this unit; None for counts."""
        return {UnitKind.PERCENTAGE: Decimal(100), UnitKind.GRADE: Decimal(10)}.get(self.kind)


NO_SAMPLE = "een steekproef hoort alleen bij een percentage of cijfer uit een enquête"


def takes_sample(role: Role, units: Iterable[Unit]) -> bool:
    """Return whether an indicator with these units comes from a survey, so that its figures may have a sample size.

    A survey measures an effect and no counts: a percentage beside a count is a share of that count.
    """
    return role is Role.EFFECT and all(unit.kind is not UnitKind.COUNT for unit in units)


@dataclass(frozen=True)
class Exact:
    """A known figure; `provisional` (`*`) when it covers the whole year but may still be revised."""

    number: Decimal
    provisional: bool = False

    @property
    def lowest(self) -> Decimal:
        """The smallest possible value."""
        return self.number

    @property
    def highest(self) -> Decimal:
        """The largest possible value."""
        return self.number


@dataclass(frozen=True)
class Withheld:
    """A small count that the source withholds: any whole number from 0 up to `limit`, with `limit` if `inclusive`."""

    limit: Decimal
    inclusive: bool = False
    provisional: bool = False

    def __post_init__(self) -> None:
        if self.highest < 0:
            raise ValueError("a withheld count must leave at least one value")

    @property
    def lowest(self) -> Decimal:
        """The smallest possible value."""
        return Decimal(0)

    @property
    def highest(self) -> Decimal:
        """The largest possible value."""
        return self.limit if self.inclusive else self.limit - 1


@dataclass(frozen=True)
class NoValue:
    """A recorded figure without a value: pm (follows), n.b. (not known) or n.v.t. (not applicable)."""

    reason: Reason


Known = Exact | Withheld
Value = Exact | Withheld | NoValue
