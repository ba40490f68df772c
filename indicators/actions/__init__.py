"""Every write is a verb here: keyword-only, atomic, with `by` whom and `now`."""

from .adopting import AlreadyAdopted, adopt, content_hash, gate, send_back, take_over
from .adopting_lines import send_back_line, unexplained_lines
from .copying_lines import copy_activities
from .new_indicator import NewComponent, add_indicator
from .next_kadernota import start_next_kadernota
from .programme import LineConflict, LineEntry, record_line, withdraw_line
from .recording import (
    CHANGED,
    NEW,
    SAME,
    Conflict,
    Entry,
    needs_reason,
    not_followed,
    outcome_of,
    record_measurements,
    standing_figures,
)
from .refused import ActionRefused
from .settled import check_followed_years
from .structuring import add_break, change_target, check_break, read_target

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "ActionRefused",
    "AlreadyAdopted",
    "Conflict",
    "Entry",
    "LineConflict",
    "LineEntry",
    "NewComponent",
    "add_break",
    "add_indicator",
    "adopt",
    "change_target",
    "check_break",
    "check_followed_years",
    "content_hash",
    "copy_activities",
    "gate",
    "needs_reason",
    "not_followed",
    "outcome_of",
    "read_target",
    "record_line",
    "record_measurements",
    "send_back",
    "send_back_line",
    "standing_figures",
    "start_next_kadernota",
    "take_over",
    "unexplained_lines",
    "withdraw_line",
]
