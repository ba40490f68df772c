"""Which edition a command is about: the one with this number, or the newest of the year."""

from django.core.management.base import CommandError

from indicators.management.arguments import MISTAKE, find_edition
from indicators.models import Edition
from priorities.models import Kadernota


def number_of(text: str, what: str) -> int:
    """The number that was typed; CommandError for anything else."""
    text = str(text)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise CommandError(f"‘{text}’ is geen {what}.", returncode=MISTAKE)
    return int(text)


def pick_edition(kadernota: Kadernota, year: int, number: str | None) -> Edition:
    """The edition with this number, else the newest of the year; CommandError when there is none."""
    if number is not None:
        return find_edition(kadernota, year, number_of(number, "nummer van een editie"))
    newest = Edition.objects.of(kadernota).filter(year=year).last()
    if newest is None:
        raise CommandError(f"Over {year} is nog niets vastgesteld.")
    return newest
