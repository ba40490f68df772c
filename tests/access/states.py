"""The states that a figure can be in, made by the same actions as the pages use. The figure: V3 over 2021."""

from collections.abc import Callable

from django.contrib.auth.models import User

from indicators.actions import send_back
from priorities.models import Kadernota
from tests.cast import NOW, adopt_year, record, standing

CODE, YEAR, EDITION = "V3", 2021, "2021-2"  # 2021-1 holds what was taken over from open data
Make = Callable[[Kadernota, User, User], None]


def nothing(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """No figure."""


def draft(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """A figure that waits to be adopted."""
    record(kadernota, CODE, YEAR, "4.600", explanation="Meer meldingen.", by=officer)


def sent_back(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """A draft that the adopter sent back."""
    draft(kadernota, officer, adopter)
    revision = standing(kadernota, CODE, YEAR)
    assert revision is not None
    send_back(revision=revision.pk, kadernota=kadernota, by=adopter, reason="Welke bron?", now=NOW)


def adopted(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """A figure in an edition."""
    draft(kadernota, officer, adopter)
    adopt_year(kadernota, YEAR, by=adopter)


def corrected(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """An adopted figure with a draft over it."""
    adopted(kadernota, officer, adopter)
    record(kadernota, CODE, YEAR, "4.700", explanation="Dubbel geteld.", by=officer)


STATES: dict[str, Make] = {
    "none": nothing, "draft": draft, "sent back": sent_back, "adopted": adopted, "corrected draft": corrected
}  # fmt: skip
