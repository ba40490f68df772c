"""The period in which an indicator is followed: it may start later or end earlier than the kadernota."""

from enum import Enum


class Followed(Enum):
    """The position of a year relative to the period in which an indicator is followed."""

    YES = "yes"
    NOT_YET = "not_yet"
    ENDED = "ended"
    ADDED_LATER = "added_later"  # its year was judged before a version of the kadernota added the indicator


def followed(year: int, first_year: int | None, last_year: int | None) -> Followed:
    """Return the position of `year` relative to `first_year` up to and including `last_year`; None is no limit."""
    if first_year is not None and year < first_year:
        return Followed.NOT_YET
    if last_year is not None and year > last_year:
        return Followed.ENDED
    return Followed.YES
