"""The exception that every action raises when it cannot be done, and the refusal of a year."""

from priorities.models import Kadernota, Version


class ActionRefused(Exception):
    """The action cannot be done; the message, in Dutch, gives the reason and what is possible."""


def adopted_version(kadernota: Kadernota) -> Version:
    """Return the newest adopted version; raise ActionRefused when there is none (rule 12)."""
    try:
        return kadernota.version
    except Version.DoesNotExist:
        raise ActionRefused(
            "Deze kadernota is nog niet vastgesteld. Cijfers en regels horen bij een vastgestelde kadernota."
        ) from None


def year_refusal(version: Version, year: int, *, programme: bool = False) -> str:
    """Return the sentence that refuses a year outside the period of the version; "" for a year of it.

    The `programme` starts a year earlier: the first plan is made before the period (rule 14).
    """
    if version.first_year - programme <= year <= version.last_year:
        return ""
    period = f"{version.first_year} tot en met {version.last_year}"
    if programme:
        period += f", en het programma van {version.first_year - 1}"
    return f"{year} is geen jaar van deze kadernota ({period})."


def check_year(version: Version, year: int, *, programme: bool = False) -> None:
    """Raise ActionRefused for a year outside the period of the version."""
    if refusal := year_refusal(version, year, programme=programme):
        raise ActionRefused(refusal)
