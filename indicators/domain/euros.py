"""Read and write amounts in euros.

As in notation.py, a text is an amount, empty, or refused with a sentence and a suggestion. The cases are in
tests/domain/test_euros.py.
"""

import re
from decimal import Decimal

from indicators.domain.formatting import format_number
from indicators.domain.refusals import LONGEST, Refusal

SPACES = " \u00a0\u2009\u202f"
INVISIBLE = "\ufeff\u200b"
CENT = Decimal("0.01")
MAX_WHOLE = 12
GROUPED = rf"[0-9]{{1,3}}(?:(?:\.[0-9]{{3}})+|(?:[{SPACES}][0-9]{{3}})+)"
AMOUNT = re.compile(rf"({GROUPED}|[0-9]+)(?:,([0-9]+|[-–—]{{1,2}}|=))?")
SIGN = re.compile(rf"(?:€|\beuro\b|\beur\b)[{SPACES}]*", re.IGNORECASE)
TIMES = {"k": 3, "dzd": 3, "duizend": 3, "m": 6, "mln": 6, "miljoen": 6, "mld": 9, "miljard": 9}
SHORTENED = re.compile(
    rf"(?:ruim|bijna|circa|ca\.?|ongeveer)?[{SPACES}]*([0-9]+)(?:,([0-9]+))?[{SPACES}]*({'|'.join(TIMES)})\.?",
    re.IGNORECASE,
)
ABOUT = r"(?:ca\.?|circa|ongeveer|plm\.?|±|~|≈|\+/-|ruim|bijna|rond(?: de)?|minder dan|meer dan|max\.?|[<>≤≥]=?)"
FIGURE = rf"[0-9][0-9.,{SPACES}]*"
# Pattern and sentence; the first match counts. A group in the pattern is the suggestion.
ODD_TEXTS = [
    (r"#.*", "dit is een foutmelding van het spreadsheetprogramma"),
    (r"[-–—−‐]+", "een streepje kan nul of ‘geen bedrag’ betekenen: schrijf 0 of laat het vak leeg"),
    (r"[=@].*|\+.*", "dit is een formule; schrijf de uitkomst zelf"),
    (
        r"(?:p\.?m|n\.?b|n\.?v\.?t|n\.?n\.?b)\.?|onbekend|volgt|geen|x|\?",
        "laat het vak leeg als er geen bedrag is, en schrijf de reden in de toelichting",
    ),
    (r".*[$£¥].*", "een bedrag is hier in euro's"),
    (r"[-−–]\s*[0-9].*|\(.*\)", "een bedrag is hier niet kleiner dan nul"),
    (rf"{ABOUT}\s*({FIGURE})", "schrijf het bedrag zelf; dat het een schatting is, hoort in de toelichting"),
    (rf"{FIGURE}(?:-|–|—|à|t/m|tot(?: en met)?|/|\ben\b|[+;&])\s*{FIGURE}", "dit zijn twee bedragen; schrijf er één"),
    (rf"({FIGURE})\*+", "een sterretje hoort bij een cijfer, niet bij een bedrag"),
    (rf"{FIGURE}%", "dit is een percentage, geen bedrag"),
    (rf"({FIGURE})per .*", "schrijf alleen het bedrag van het hele jaar"),
]
COMPILED = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), why) for pattern, why in ODD_TEXTS]


def read_euros(typed: str) -> Decimal | None:
    """Return a typed amount in euros, to the cent; None when nothing was typed.

    Raises Refusal, and nothing else, for every text that is not one amount of 0 or more: for wrong grouping, cents
    that are not two digits, a word for thousands or millions, leading zeros, or over twelve digits before the comma.
    """
    text = typed.strip().strip(INVISIBLE).strip().removeprefix("'").strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise Refusal(typed, "deze tekst is te lang voor een bedrag; een verhaal hoort in de toelichting")
    if any(char.isnumeric() and char not in "0123456789" for char in text):
        raise Refusal(typed, "alleen de cijfers 0 tot en met 9 worden gelezen")
    bare = _without_sign(typed, text)
    for pattern, why in COMPILED:
        if match := pattern.fullmatch(bare):
            raise Refusal(typed, why, _if_readable(match[1]) if pattern.groups else "")
    if match := SHORTENED.fullmatch(bare):
        number = Decimal(f"{match[1]}.{match[2] or 0}") * 10 ** TIMES[match[3].casefold()]
        raise Refusal(typed, "schrijf het bedrag voluit", _if_readable(format_number(number, 0)))
    return _amount(typed, bare)


def format_euros(amount: Decimal) -> str:
    """Return an amount as printed: € 50.000; € 1.204,50. `read_euros` gives the same amount back."""
    return f"€ {format_number(amount, 0 if amount == amount.to_integral_value() else 2)}"


def _without_sign(typed: str, text: str) -> str:
    bare, times = SIGN.subn("", text)
    if times > 1:
        raise Refusal(typed, "het euroteken staat er meer dan één keer")
    if not bare.strip():
        raise Refusal(typed, "er staat alleen een euroteken, geen bedrag")
    return bare.strip()


def _amount(typed: str, text: str) -> Decimal:
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise _misplaced_sign(typed, text)
    whole = re.sub(rf"[.{SPACES}]", "", match[1])
    cents = match[2] if match[2] and match[2].isdigit() else ""
    if len(whole) > 1 and whole.startswith("0"):
        raise Refusal(typed, "een bedrag begint niet met een nul", _if_readable(whole.lstrip("0") or "0"))
    if cents and len(cents) != 2:
        raise _wrong_cents(typed, match[1], whole, cents)
    if len(whole) > MAX_WHOLE:
        raise Refusal(typed, f"een bedrag heeft hier hoogstens {MAX_WHOLE} posities voor de komma")
    return Decimal(f"{whole}.{cents or '00'}").quantize(CENT)


def _wrong_cents(typed: str, written: str, whole: str, cents: str) -> Refusal:
    why = "achter de komma staan twee cijfers: de centen"
    if len(cents) == 3 and len(whole) <= 3 and whole != "0":
        return Refusal(typed, f"{why}; duizendtallen krijgen een punt", _if_readable(f"{written}.{cents}"))
    return Refusal(typed, why, _if_readable(f"{written},{cents}0") if len(cents) == 1 else "")


def _misplaced_sign(typed: str, text: str) -> Refusal:
    if re.fullmatch(r"[0-9]+\.[0-9]{2}", text):
        return Refusal(typed, "voor de centen staat een komma, geen punt", _if_readable(text.replace(".", ",")))
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{2})?", text):
        suggestion = text.translate(str.maketrans(",.", ".,"))
        return Refusal(typed, "duizendtallen krijgen een punt en centen een komma", _if_readable(suggestion))
    if re.fullmatch(rf"[0-9.{SPACES}]*[0-9](,[0-9]+)?", text):
        return Refusal(typed, "een punt of spatie staat alleen voor precies drie cijfers, zoals in 50.000")
    return Refusal(typed, "dit is geen bedrag; schrijf het zoals 50.000 of 1.204,50")


def _if_readable(suggestion: str) -> str:
    """Return a suggestion as printed, or "" when it could not be read itself."""
    try:
        return format_euros(_amount(suggestion, suggestion.strip()))
    except Refusal:
        return ""
