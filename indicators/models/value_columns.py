"""The columns that store a value or a target of the domain, and their check constraints."""

from decimal import Decimal
from typing import Any, TypedDict

from django.db.models import CheckConstraint, Q

from indicators.domain.targets import TargetRule
from indicators.domain.values import Exact, NoValue, Reason, Value, Withheld


class DecimalSize(TypedDict):
    """The size of a DecimalField."""

    max_digits: int
    decimal_places: int


LARGEST = Decimal(10) ** 15
NUMBER: DecimalSize = {"max_digits": 19, "decimal_places": 4}
WITHHELD = [("", "nee"), ("<", "minder dan"), ("≤", "hoogstens")]
NO_VALUE = [("", "er is een cijfer"), ("pm", "pm"), ("nb", "n.b."), ("nvt", "n.v.t.")]


def columns_of(value: Value) -> dict[str, Any]:
    """Return the columns `number`, `withheld`, `no_value` and `provisional` that store `value`."""
    if isinstance(value, NoValue):
        return {"number": None, "withheld": "", "no_value": value.reason.value, "provisional": False}
    if isinstance(value, Withheld):
        sign = "≤" if value.inclusive else "<"
        return {"number": value.limit, "withheld": sign, "no_value": "", "provisional": value.provisional}
    return {"number": value.number, "withheld": "", "no_value": "", "provisional": value.provisional}


def value_of(number: Decimal | None, withheld: str, no_value: str, provisional: bool = False) -> Value:
    """Return the value that these columns store: the inverse of `columns_of`."""
    if number is None:
        return NoValue(Reason(no_value))
    if withheld:
        return Withheld(number, withheld == "≤", provisional)
    return Exact(number, provisional)


def value_checks(table: str) -> list[CheckConstraint]:
    """Return the constraints of a table with a value: a possible number, or a reason why there is none."""
    number = Q(number__isnull=False, no_value="")
    reason = Q(number__isnull=True, no_value__in=["pm", "nb", "nvt"], withheld="", provisional=False)
    return [
        CheckConstraint(name=f"{table}_number_or_reason", condition=number | reason),
        CheckConstraint(
            name=f"{table}_number_in_range",
            condition=Q(number__isnull=True) | Q(number__gte=0, number__lt=LARGEST),
        ),
        CheckConstraint(
            name=f"{table}_withheld_leaves_a_value",
            condition=Q(withheld="") | Q(withheld="<", number__gt=0) | Q(withheld="≤", number__gte=0),
        ),
    ]


def columns_of_target(rule: TargetRule) -> dict[str, Any]:
    """Return the columns that store a target."""
    if rule.bound is None:
        return {"aim": rule.aim}
    return {"aim": rule.aim, "sign": rule.bound.sign.value, "bound": rule.bound.number}
