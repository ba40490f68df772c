"""Every write is a verb here: keyword-only, atomic, with `by` whom and `now`."""

from .adopting import adopt, content_hash, take_over
from .recording import (
    CHANGED,
    NEW,
    SAME,
    Conflict,
    Entry,
    needs_reason,
    outcome_of,
    record_measurements,
    standing_figures,
)
from .refused import ActionRefused

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "ActionRefused",
    "Conflict",
    "Entry",
    "adopt",
    "content_hash",
    "needs_reason",
    "outcome_of",
    "record_measurements",
    "standing_figures",
    "take_over",
]
