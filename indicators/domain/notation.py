"""Dutch notation: read typed texts as values.

A text is a value, a value with a question, empty, or refused with a sentence and a suggestion; nothing is guessed or
rounded. The cases are in tests/domain/test_notation.py.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.formatting import format_in_unit, format_number
from indicators.domain.plausibility import question_about
from indicators.domain.refusals import Refusal, refuse_odd_text
from indicators.domain.values import MAX_DIGITS, Exact, NoValue, Reason, Unit, UnitKind, Value, Withheld

LARGEST_SAMPLE = 2_000_000_000  # below what a 32-bit integer column holds

SPACES = " \u00a0\u2009\u202f"
INVISIBLE = "\ufeff\u200b"
GROUPED = re.compile(rf"[0-9]{{1,3}}(?:(?:\.[0-9]{{3}})+|(?:[{SPACES}][0-9]{{3}})+)")
NUMBER = re.compile(rf"({GROUPED.pattern}|[0-9]+)(?:,([0-9]+))?")
WITHHELD = re.compile(rf"(<=|≤|<|minder dan(?=[{SPACES}]))[{SPACES}]*(.*)", re.IGNORECASE | re.DOTALL)
NO_VALUE_WORDS = {
    "pm": Reason.PM,
    "volgt": Reason.PM,
    "nb": Reason.UNKNOWN,
    "nnb": Reason.UNKNOWN,
    "onbekend": Reason.UNKNOWN,
    "x": Reason.UNKNOWN,
    "nvt": Reason.NOT_APPLICABLE,
}


@dataclass(frozen=True)
class InputValue:
    """The value of a typed text or a cell, with the question "klopt dit?" when it may be a typing error."""

    value: Value
    question: str = ""


def read_typed(typed: str, unit: Unit, *, last: Decimal | None = None, year: int | None = None) -> InputValue | None:
    """Return a typed measurement in `unit`; None when nothing was typed.

    `last` is the latest exact figure of an earlier year, else the baseline; `year` the year of the figure.
    Both only serve the question. Raises Refusal, and nothing else, for every text that is not a figure.
    """
    text = typed.strip().strip(INVISIBLE).strip().removeprefix("'").strip()
    if not text:
        return None
    reason = _no_value(text)
    if reason is not None:
        return InputValue(NoValue(reason))
    try:
        refuse_odd_text(typed, text, unit)
    except Refusal as refusal:
        raise Refusal(typed, refusal.why, _if_readable(refusal.suggestion, unit)) from None
    bare = text.rstrip("*").rstrip()
    stars = text[len(bare) :].strip()
    if len(stars) > 2:
        raise Refusal(typed, "er staan te veel sterretjes achter; één is genoeg voor een voorlopig cijfer")
    value: Value
    if match := WITHHELD.fullmatch(bare):
        value = _withheld(typed, match, unit, provisional=bool(stars))
        signed = False
    else:
        number, signed = read_number(typed, bare, unit)
        value = Exact(number, provisional=bool(stars))
    return InputValue(value, question_about(value, unit, last=last, year=year, percent_signed=signed))


def read_sample(typed: str) -> int | None:
    """Return the typed number of persons in a survey, or None when nothing was typed.

    A sample size is written as a count is. Raises Refusal for every text that is not a whole number over 0.
    """
    if not typed.strip():
        return None
    not_a_number = Refusal(typed, "schrijf het aantal ondervraagde personen als heel getal")
    try:
        input_value = read_typed(typed, Unit(UnitKind.COUNT))
    except Refusal as refusal:
        # A sample size is never pm or n.b.: advice to write that would be refused in its turn.
        raise (not_a_number if "n.b." in refusal.why else refusal) from None
    value = input_value.value if input_value else None
    if not isinstance(value, Exact) or value.provisional or not 0 < value.number <= LARGEST_SAMPLE:
        raise not_a_number
    return int(value.number)


def read_number(typed: str, text: str, unit: Unit) -> tuple[Decimal, bool]:
    """Return the plain number in `text`, in `unit`, and whether it has a % sign.

    Raises Refusal (which quotes `typed`) for wrong grouping, too many decimals, a value outside the unit's range,
    leading zeros, or over fifteen digits.
    """
    signed = text.endswith("%")
    if signed and unit.kind is not UnitKind.PERCENTAGE:
        raise Refusal(typed, "dit is geen percentage: schrijf het getal zonder %-teken")
    bare = text[:-1].rstrip() if signed else text
    match = NUMBER.fullmatch(bare)
    if match is None:
        raise _misplaced_sign(typed, bare, unit)
    whole = re.sub(rf"[.{SPACES}]", "", match[1])
    decimals = (match[2] or "").rstrip("0")
    if len(whole) > 1 and whole.startswith("0"):
        suggestion = bare.replace(".", ",") if "." in bare else whole.lstrip("0") or "0"
        raise Refusal(typed, "een getal begint niet met een nul", _if_readable(suggestion, unit))
    if len(decimals) > unit.decimals:
        raise _too_many_decimals(typed, match, unit)
    if len(whole) + unit.decimals > MAX_DIGITS:
        raise Refusal(typed, f"een cijfer heeft hier hoogstens {MAX_DIGITS - unit.decimals} posities voor de komma")
    number = Decimal(f"{whole}.{decimals or '0'}").quantize(unit.step)
    if unit.highest is not None and number > unit.highest:
        raise _too_high(typed, bare, unit)
    return number, signed


def _no_value(text: str) -> Reason | None:
    if text == ".":
        return Reason.UNKNOWN
    return NO_VALUE_WORDS.get(text.casefold().replace(".", ""))


def _withheld(typed: str, match: re.Match[str], unit: Unit, *, provisional: bool) -> Withheld:
    if unit.kind is not UnitKind.COUNT:
        raise Refusal(typed, "alleen een aantal kan als ‘minder dan’ worden opgegeven")
    limit, _ = read_number(typed, match[2], unit)
    inclusive = match[1] in ("<=", "≤")
    if limit == 0 and not inclusive:
        raise Refusal(typed, "minder dan 0 bestaat niet", "0")
    return Withheld(limit, inclusive, provisional)


def _misplaced_sign(typed: str, bare: str, unit: Unit) -> Refusal:
    point = re.fullmatch(r"([0-9]+)\.([0-9]+)", bare)
    if point and unit.kind is not UnitKind.COUNT:
        suggestion = f"{point[1]},{point[2]}" + ("%" if unit.kind is UnitKind.PERCENTAGE else "")
        if _if_readable(suggestion, unit):
            return Refusal(typed, "voor de decimalen staat een komma, geen punt", suggestion)
        return Refusal(typed, f"voor de decimalen staat een komma ({suggestion}), en hier {_decimals_allowed(unit)}")
    if re.fullmatch(rf"[0-9.{SPACES}]*[0-9](,[0-9]+)?", bare):
        return Refusal(typed, "een punt of spatie staat alleen voor precies drie cijfers, zoals in 1.177")
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", bare):
        suggestion = bare.partition(".")[0].replace(",", ".")
        return Refusal(typed, "duizendtallen krijgen een punt, geen komma", _if_readable(suggestion, unit))
    return Refusal(typed, "dit is geen getal dat hier past; schrijf alleen het cijfer, pm, n.b. of n.v.t.")


def _too_many_decimals(typed: str, match: re.Match[str], unit: Unit) -> Refusal:
    if unit.kind is UnitKind.COUNT:
        thousands = len(match[2]) == 3 and len(match[1]) <= 3 and match[1] != "0"
        suggestion = f"{match[1]}.{match[2]}" if thousands else ""
        return Refusal(typed, "dit moet een heel getal zijn", suggestion)
    if unit.decimals == 0:
        fraction = Decimal(f"{re.sub(rf'[.{SPACES}]', '', match[1])}.{match[2]}") * 100
        suggestion = f"{format_number(fraction.normalize(), 0)}%" if fraction <= 100 and fraction % 1 == 0 else ""
        return Refusal(typed, f"hier {_decimals_allowed(unit)}", suggestion)
    return Refusal(typed, f"hier {_decimals_allowed(unit)}")


def _decimals_allowed(unit: Unit) -> str:
    if unit.decimals == 0:
        return "hoort een heel percentage"
    return "hoort hoogstens één decimaal" if unit.decimals == 1 else f"horen hoogstens {unit.decimals} decimalen"


def _too_high(typed: str, bare: str, unit: Unit) -> Refusal:
    if bare.count(".") == 1:  # with more of them it can only have been grouping
        suggestion = _if_readable(bare.replace(".", ","), unit)
    elif re.fullmatch(r"[0-9]{2}", bare) and unit.kind is UnitKind.GRADE and unit.decimals:
        suggestion = f"{bare[0]},{bare[1]}"
    else:
        suggestion = ""
    limit = "100%" if unit.kind is UnitKind.PERCENTAGE else "10"
    return Refusal(typed, f"dit is meer dan {limit}", suggestion)


def _if_readable(suggestion: str, unit: Unit) -> str:
    """Return a suggestion as printed, or "" when it could not be read itself."""
    try:
        number, _ = read_number(suggestion, suggestion, unit)
    except Refusal:
        return ""
    return format_in_unit(number, unit)
