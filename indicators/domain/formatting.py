"""Write values in Dutch notation, with the decimals of the unit."""

from decimal import Decimal

from indicators.domain.values import NoValue, Reason, Unit, UnitKind, Value, Withheld

WRITTEN_REASON = {Reason.PM: "pm", Reason.UNKNOWN: "n.b.", Reason.NOT_APPLICABLE: "n.v.t."}


def format_number(number: Decimal, decimals: int) -> str:
    """Return a number in Dutch notation with `decimals` decimals, or more if it has more: 4.521; 6,20."""
    places = max(decimals, -int(number.normalize().as_tuple().exponent))
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def format_in_unit(number: Decimal, unit: Unit) -> str:
    """Return a number with the unit's decimals, and a % sign if it is a percentage."""
    return format_number(number, unit.decimals) + ("%" if unit.kind is UnitKind.PERCENTAGE else "")


def format_value(value: Value, unit: Unit) -> str:
    """Return a value as printed; `read_typed` gives the same value back."""
    if isinstance(value, NoValue):
        return WRITTEN_REASON[value.reason]
    mark = "*" if value.provisional else ""
    if isinstance(value, Withheld):
        return ("≤" if value.inclusive else "<") + format_number(value.limit, 0) + mark
    return format_in_unit(value.number, unit) + mark
