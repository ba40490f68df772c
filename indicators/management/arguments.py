"""Look up the arguments of commands. Raise CommandError with a sentence and exit code 2 for a mistake."""

from datetime import date

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from indicators.models import Edition
from priorities.models import Kadernota

MISTAKE = 2


def find_kadernota(slug: str) -> Kadernota:
    """Return the kadernota with this slug; the CommandError names the existing ones."""
    kadernota = Kadernota.objects.filter(slug=slug).first()
    if kadernota is None:
        known = ", ".join(Kadernota.objects.values_list("slug", flat=True)) or "geen"
        raise CommandError(f"Er is geen kadernota ‘{slug}’. Wel: {known}.", returncode=MISTAKE)
    return kadernota


def find_year(kadernota: Kadernota, year: int) -> int:
    """Return the year if it belongs to the kadernota."""
    if year not in kadernota.version.years:
        period = f"{kadernota.version.first_year} tot en met {kadernota.version.last_year}"
        raise CommandError(f"{year} hoort niet bij deze kadernota ({period}).", returncode=MISTAKE)
    return year


def find_user(username: str) -> User:
    """Return the user with this name."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"Er is geen gebruiker ‘{username}’.", returncode=MISTAKE)
    return user


def find_edition(kadernota: Kadernota, year: int, number: int) -> Edition:
    """Return the edition of this year with this number; the CommandError names the existing ones."""
    edition: Edition | None = Edition.objects.of(kadernota).filter(year=year, number=number).first()
    if edition is None:
        labels = [str(other) for other in Edition.objects.of(kadernota).filter(year=year)]
        raise CommandError(
            f"Editie {year}-{number} is er niet. Wel: {', '.join(labels) or 'geen'}.", returncode=MISTAKE
        )
    return edition


def read_date(text: str) -> date:
    """Parse a date written as YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # fromisoformat also reads 2021-W09-2 and 20210302
        raise CommandError(f"‘{text}’ is geen datum; schrijf JJJJ-MM-DD.", returncode=MISTAKE)
    return day
