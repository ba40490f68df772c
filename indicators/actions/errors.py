"""The exception that every action raises when it cannot be done, and the refusal of a year."""

from priorities.models import Kadernota


class ActionRefused(Exception):
    """The action cannot be done; the message, in Dutch, gives the reason and what is possible."""


def year_refusal(kadernota: Kadernota, year: int) -> str:
    """Return the sentence that refuses a year outside the kadernota; "" for a year of it."""
    if year in kadernota.years:
        return ""
    return f"{year} is geen jaar van deze kadernota ({kadernota.first_year} tot en met {kadernota.last_year})."


def check_year(kadernota: Kadernota, year: int) -> None:
    """Raise ActionRefused for a year outside the kadernota."""
    if refusal := year_refusal(kadernota, year):
        raise ActionRefused(refusal)
