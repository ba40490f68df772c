"""The writes to the database: keyword-only, atomic functions, with user `by` and time `now`."""

from indicators.actions.adopting import AlreadyAdopted, adopt, content_hash, gate, send_back, take_over
from indicators.actions.adopting_lines import send_back_line, unexplained_lines
from indicators.actions.copying_lines import copy_activities
from indicators.actions.errors import ActionRefused, year_refusal
from indicators.actions.new_indicator import NewComponent, add_indicator
from indicators.actions.next_kadernota import start_next_kadernota
from indicators.actions.recording import (
    Conflict,
    Entry,
    Outcome,
    current_figures,
    needs_reason,
    not_followed,
    outcome_of,
    record_measurements,
)
from indicators.actions.recording_lines import LineConflict, LineEntry, record_line, withdraw_line
from indicators.actions.structure_rules import check_followed_years, check_structure_change
from indicators.actions.structuring import add_break, change_target, check_break, read_target

__all__ = [
    "ActionRefused",
    "AlreadyAdopted",
    "Conflict",
    "Entry",
    "LineConflict",
    "LineEntry",
    "NewComponent",
    "Outcome",
    "add_break",
    "add_indicator",
    "adopt",
    "change_target",
    "check_break",
    "check_followed_years",
    "check_structure_change",
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
    "current_figures",
    "start_next_kadernota",
    "take_over",
    "unexplained_lines",
    "withdraw_line",
    "year_refusal",
]
