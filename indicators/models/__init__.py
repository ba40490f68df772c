"""The tables: what is watched (structure), what was measured and adopted (figures), and the work on it (workflow)."""

from .figures import LONGEST_EXPLANATION, Edition, EditionEntry, Measurement
from .stamp import Stamp
from .structure import Area, Baseline, Break, Component, Indicator, Reading, Source, Target
from .workflow import AuditEvent, Deadline, OpenDataRow, Reminder, SentBack

__all__ = [
    "LONGEST_EXPLANATION",
    "Area",
    "AuditEvent",
    "Baseline",
    "Break",
    "Component",
    "Deadline",
    "Edition",
    "EditionEntry",
    "Indicator",
    "Measurement",
    "OpenDataRow",
    "Reading",
    "Reminder",
    "SentBack",
    "Source",
    "Stamp",
    "Target",
]
