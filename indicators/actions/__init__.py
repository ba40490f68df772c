"""Every write is a verb here: keyword-only, atomic, with `by` whom and `now`."""

from indicators.actions.adopting import AlreadyAdopted, adopt, content_hash, gate, send_back, take_over
from indicators.actions.adopting_lines import send_back_line, unexplained_lines
from indicators.actions.copying_lines import copy_activities
from indicators.actions.errors import ActionRefused
from indicators.actions.new_indicator import NewComponent, add_indicator
from indicators.actions.next_kadernota import start_next_kadernota
from indicators.actions.recording import (
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
from indicators.actions.recording_lines import LineConflict, LineEntry, record_line, withdraw_line
from indicators.actions.settled import check_followed_years
from indicators.actions.structuring import add_break, change_target, check_break, read_target

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
