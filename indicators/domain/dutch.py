"""Dutch grammar: plural forms, lists, dates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def plural(count: int | Decimal, singular: str, plural_form: str) -> str:
    """Return the form that goes with `count`: "cijfer" for 1, else "cijfers"."""
    return singular if count == 1 else plural_form


def counted(count: int, singular: str, plural_form: str) -> str:
    """Return the count with its word: "1 cijfer", "3 cijfers"."""
    return f"{count} {plural(count, singular, plural_form)}"


def listed(items: Sequence[str]) -> str:
    """Join words as a sentence does: "a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} en {items[-1]}"


def date_words(day: date) -> str:
    """Return a date in full: "2 maart 2021"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
