"""Whether an indicator is followed in a year: one that came later or ended earlier says nothing of other years."""

from enum import Enum


class Followed(Enum):
    """How a year lies to the years in which an indicator is followed."""

    YES = "yes"
    NOT_YET = "not_yet"
    ENDED = "ended"


def followed(year: int, first_year: int | None, last_year: int | None) -> Followed:
    """How `year` lies to the years from `first_year` up to and including `last_year`; None: no limit."""
    if first_year is not None and year < first_year:
        return Followed.NOT_YET
    if last_year is not None and year > last_year:
        return Followed.ENDED
    return Followed.YES
