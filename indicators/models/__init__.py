"""The tables of the monitor: structure, figures, programme and workflow."""

from indicators.models.figures import LONGEST_EXPLANATION, Edition, EditionEntry, Measurement
from indicators.models.programme import LONGEST_LINE, EditionLine, LineSentBack, ProgrammeLine
from indicators.models.stamp import Stamp
from indicators.models.structure import Area, Baseline, Break, Component, Indicator, Reading, Source, Target
from indicators.models.workflow import AuditEvent, Deadline, OpenDataRow, Reminder, SentBack

__all__ = [
    "LONGEST_EXPLANATION",
    "LONGEST_LINE",
    "Area",
    "AuditEvent",
    "Baseline",
    "Break",
    "Component",
    "Deadline",
    "Edition",
    "EditionEntry",
    "EditionLine",
    "Indicator",
    "LineSentBack",
    "Measurement",
    "OpenDataRow",
    "ProgrammeLine",
    "Reading",
    "Reminder",
    "SentBack",
    "Source",
    "Stamp",
    "Target",
]
