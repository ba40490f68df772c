"""The tables: what is watched (structure) and what was measured and adopted (figures)."""

from .figures import LONGEST_EXPLANATION, Edition, EditionEntry, Measurement
from .structure import Area, Baseline, Break, Component, Indicator, Reading, Source, Target

__all__ = [
    "LONGEST_EXPLANATION",
    "Area",
    "Baseline",
    "Break",
    "Component",
    "Edition",
    "EditionEntry",
    "Indicator",
    "Measurement",
    "Reading",
    "Source",
    "Target",
]
