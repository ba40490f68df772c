"""The question "klopt dit?" about a figure that may be a typing error."""

from decimal import Decimal

from indicators.domain.formatting import format_number, format_value
from indicators.domain.values import Exact, NoValue, Unit, UnitKind, Value


def question_about(
    value: Value, unit: Unit, *, last: Decimal | None, year: int | None, percent_signed: bool = False
) -> str:
    """Return a question when `value` is over ten times or under a tenth of `last`, or equals its own year, else "".

    A percentage under 1 without a % sign, when `last` is 1 or more, may be a fraction: the question is then whether
    the hundredfold is meant. With a `last` of None or 0, only the year is compared.
    """
    if isinstance(value, NoValue):
        return ""
    written = format_value(value, unit)
    if isinstance(value, Exact) and unit.kind is UnitKind.COUNT and value.number == year:
        return f"{written} is ook het jaartal. Klopt dit cijfer?"
    if not last:
        return ""
    before = format_value(Exact(last), unit)
    if unit.kind is UnitKind.PERCENTAGE and not percent_signed and 0 < value.highest < 1 <= last:
        hundredfold = format_number((value.highest * 100).normalize(), 0)
        return f"Het vorige cijfer was {before}. Klopt {written}, of bedoelt u {hundredfold}%?"
    if value.lowest > 10 * last:
        return f"{written} is meer dan tien keer het vorige cijfer ({before}). Klopt dit?"
    if value.highest * 10 < last:
        return f"{written} is minder dan een tiende van het vorige cijfer ({before}). Klopt dit?"
    return ""
