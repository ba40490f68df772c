"""The edition and year that a command is called with."""

from django.core.management.base import CommandError, CommandParser

from indicators.management.arguments import MISTAKE, find_edition, find_kadernota, find_year
from indicators.models import Edition
from priorities.models import Kadernota


def add_edition_arguments(parser: CommandParser) -> None:
    """Add kadernota, year and edition, as text: `read_edition` reports mistakes in Dutch."""
    parser.add_argument("slug")
    parser.add_argument("year", metavar="jaar")
    parser.add_argument("--edition", metavar="N", help="Het nummer van de editie; zonder dit de nieuwste.")


def read_year(slug: str, year: str) -> tuple[Kadernota, int]:
    """Return the kadernota and the year. Raises CommandError when either does not exist."""
    kadernota = find_kadernota(slug)
    return kadernota, find_year(kadernota, _number(year, "jaar"))


def read_numbered_edition(kadernota: Kadernota, year: int, number: str) -> Edition:
    """Return the edition with this number. Raises CommandError."""
    return find_edition(kadernota, year, _number(number, "nummer van een editie"))


def read_edition(slug: str, year: str, number: str | None) -> Edition:
    """Return the edition with this number, or the newest of the year. Raises CommandError when there is none."""
    kadernota, parsed_year = read_year(slug, year)
    if number is not None:
        return read_numbered_edition(kadernota, parsed_year, number)
    newest: Edition | None = Edition.objects.of(kadernota).filter(year=parsed_year).last()
    if newest is None:
        raise CommandError(f"Over {parsed_year} is nog niets vastgesteld.")
    return newest


def _number(text: str, what: str) -> int:
    text = str(text)  # a number when it comes from call_command
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise CommandError(f"‘{text}’ is geen {what}.", returncode=MISTAKE)
    return int(text)
