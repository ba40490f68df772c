"""Put the figure V3 of 2021 in each state it can have, with the actions that the pages call."""

from collections.abc import Callable

from django.contrib.auth.models import User

from indicators.actions.workflow import send_back
from indicators.models import Measurement
from priorities.models import Kadernota
from tests.cast import NOW, adopt_year, record, revision_of

CODE, YEAR, EDITION = "V3", 2021, "2021-2"  # 2021-1 holds the figures imported from open data
SetUp = Callable[[Kadernota, User, User], None]


def no_figure(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """Record no figure."""


def draft(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """Record a draft of the figure."""
    record(kadernota, CODE, YEAR, "4.600", explanation="Meer meldingen.", by=officer)


def sent_back(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """Record a draft that the adopter sends back."""
    draft(kadernota, officer, adopter)
    revision = revision_of(kadernota, CODE, YEAR)
    assert revision is not None
    send_back(model=Measurement, revision=revision.pk, kadernota=kadernota, by=adopter, reason="Welke bron?", now=NOW)


def adopted(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """Record the figure and adopt it in edition 2021-2."""
    draft(kadernota, officer, adopter)
    adopt_year(kadernota, YEAR, by=adopter)


def corrected(kadernota: Kadernota, officer: User, adopter: User) -> None:
    """Record a draft that corrects the adopted figure."""
    adopted(kadernota, officer, adopter)
    record(kadernota, CODE, YEAR, "4.700", explanation="Dubbel geteld.", by=officer)


# The function that brings about each state, for a kadernota, an officer and an adopter.
STATES: dict[str, SetUp] = {
    "none": no_figure, "draft": draft, "sent back": sent_back, "adopted": adopted, "corrected draft": corrected
}  # fmt: skip
