"""The tables of the monitor: structure, figures, programme, the chain of decisions, and workflow."""

from indicators.models.decisions import (
    LONGEST_REFERENCE,
    Correction,
    Decision,
    Edition,
    EditionEntry,
    Witness,
)
from indicators.models.drafts import Proposal, VersionEdit
from indicators.models.figures import LONGEST_EXPLANATION, Measurement
from indicators.models.programme import LONGEST_LINE, ProgrammeLine
from indicators.models.sealing import Manifest, SealedDocument
from indicators.models.structure import Area, Baseline, Break, Component, Indicator, Reading, Series, Source, Target
from indicators.models.workflow import AuditEvent, Deadline, OpenDataRow, Reminder, SentBack

__all__ = [
    "LONGEST_EXPLANATION",
    "LONGEST_LINE",
    "LONGEST_REFERENCE",
    "Area",
    "AuditEvent",
    "Baseline",
    "Break",
    "Component",
    "Correction",
    "Deadline",
    "Decision",
    "Edition",
    "EditionEntry",
    "Indicator",
    "Manifest",
    "Measurement",
    "OpenDataRow",
    "Proposal",
    "ProgrammeLine",
    "Reading",
    "Reminder",
    "SealedDocument",
    "SentBack",
    "Series",
    "Source",
    "Target",
    "VersionEdit",
    "Witness",
]
