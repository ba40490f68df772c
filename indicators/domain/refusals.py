"""The refusal of a typed text, and a table of texts that resemble a figure, each with the reason for its refusal.

The cases are in tests/domain/test_notation.py.
"""

import re
import unicodedata
from collections.abc import Callable

from indicators.domain.values import Unit, UnitKind

LONGEST = 100
LONGEST_QUOTE = 40
FIGURE = r"[0-9][0-9.,\u00a0\u2009\u202f]*%?"
DIGITS_LIKE_LETTERS = str.maketrans("OoLlIi|", "0011111")


class Refusal(Exception):
    """A text that cannot be read as a figure: what was typed, why not, and a suggestion ("" for none)."""

    def __init__(self, typed: str, why: str, suggestion: str = "") -> None:
        super().__init__(typed, why, suggestion)
        self.typed = typed
        self.why = why
        self.suggestion = suggestion

    def __str__(self) -> str:
        quote = self.typed.strip()
        if len(quote) > LONGEST_QUOTE:
            quote = quote[:LONGEST_QUOTE] + "…"
        question = f" Bedoelt u {self.suggestion}?" if self.suggestion else ""
        return f"‘{quote}’: {self.why.removesuffix('.')}.{question}"


def _group(match: re.Match[str], unit: Unit) -> str:
    return match[1].strip() if match.re.groups else ""


def _zero(match: re.Match[str], unit: Unit) -> str:
    return "0%" if unit.kind is UnitKind.PERCENTAGE else "0"


def _digits(match: re.Match[str], unit: Unit) -> str:
    return match[0].translate(DIGITS_LIKE_LETTERS)


def _percent(match: re.Match[str], unit: Unit) -> str:
    return f"{match[1].strip()}%" if unit.kind is UnitKind.PERCENTAGE else ""


# Pattern, sentence, and the function that gives the suggestion; the first match counts.
Suggest = Callable[[re.Match[str], Unit], str]
ODD_TEXTS: list[tuple[str, str, Suggest]] = [
    (r"#.*", "dit is een foutmelding van het spreadsheetprogramma", _group),
    (r"[-–—−‐]+", "een streepje kan nul of ‘geen cijfer’ betekenen: schrijf 0 of n.b.", _group),
    (r"\*+", "er staat alleen een voetnootteken, geen cijfer", _group),
    (r"[=@].*|\+\s*[^0-9\s].*|-\s*[a-z].*\(.*", "dit is een formule; schrijf de uitkomst zelf", _group),
    (r".*(?:€|\$|£|\beuro\b|\beur\b).*", "dit is een geldbedrag, geen meting", _group),
    (
        r"[+-]?(?:nan|inf|infinity|oneindig)|[+-]?[0-9.,]+e[+-]?[0-9]+|[0-9]+(?:_[0-9]+)+|0[xob][0-9a-f]+",
        "dit is computerschrift; schrijf het getal uit",
        _group,
    ),
    (r"geen|nul|geen enkele|niets", "schrijf het cijfer 0 als er niets was, of n.b. als het niet bekend is", _zero),
    (
        rf"(?:ca\.?|circa|ongeveer|plm\.?|±|~|≈|\+/-|ruim|bijna|rond(?: de)?)\s*({FIGURE})",
        "schrijf het cijfer zelf; dat het een schatting is, hoort in de toelichting",
        _group,
    ),
    (r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}", "dit is een datum", _group),
    (rf"{FIGURE}\s*(?:-|–|—|à|a|t/m|tot(?: en met)?|/)\s*{FIGURE}", "dit is een reeks; schrijf één cijfer", _group),
    (rf"({FIGURE})\s*\(.*\)", "schrijf alleen het nieuwe cijfer; het oude blijft in de geschiedenis staan", _group),
    (r".*[0-9].*(?:\ben\b|[+;&]).*[0-9].*", "dit zijn twee cijfers; vul elk onderdeel apart in", _group),
    (r"(?:>=|>|≥|meer dan|minstens|ten minste).*", "een meting is een cijfer, geen grens", _group),
    (r"\+.*|.*(?:%-?\s?punt|procentpunt)(?:en)?", "dit lijkt een verandering; schrijf het cijfer zelf", _group),
    (r"[-−–]\s*[0-9].*", "een meting is niet kleiner dan nul", _group),
    (r"[0-9OolI|.]*[OolI|][0-9OolI|.]*", "er staat een letter op de plaats van een cijfer", _digits),
    (rf"({FIGURE})\s*(?:procent|pct)\.?", "schrijf een %-teken in plaats van het woord", _percent),
    (rf"({FIGURE})\s*[^\W\d_][^0-9]*", "schrijf alleen het cijfer; de eenheid staat er al bij", _group),
]
COMPILED = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), why, suggest) for pattern, why, suggest in ODD_TEXTS]


def refuse_odd_text(typed: str, text: str, unit: Unit) -> None:
    """Raise Refusal (which quotes `typed`) when the stripped `text` is one of the odd texts."""
    if len(text) > LONGEST:
        raise Refusal(typed, "deze tekst is te lang voor een cijfer; een verhaal hoort in de toelichting")
    odd = next((char for char in text if char.isnumeric() and char not in "0123456789"), None)
    if odd is not None:
        plain = "".join(_ascii_digit(char) for char in text)
        suggestion = plain if re.fullmatch(r"[0-9.,%]+", plain) else ""
        raise Refusal(typed, "alleen de cijfers 0 tot en met 9 worden gelezen", suggestion)
    for pattern, why, suggest in COMPILED:
        if match := pattern.fullmatch(text):
            raise Refusal(typed, why, suggest(match, unit))


def _ascii_digit(char: str) -> str:
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)
