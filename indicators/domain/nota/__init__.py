"""The kadernota as plain data: one reader, one writer, one set of checks, one difference."""

from indicators.domain.nota.checks import find_refusals
from indicators.domain.nota.differences import Change, ChangeKind, differences, editorial_only
from indicators.domain.nota.findings import Finding, NotaRefused
from indicators.domain.nota.merging import OURS, THEIRS, Conflict, merge
from indicators.domain.nota.questions import confirmation_code, find_questions
from indicators.domain.nota.reading import read_file, read_json, read_nota
from indicators.domain.nota.structure import (
    Area,
    Baseline,
    BaselineOrigin,
    Break,
    Component,
    FocusPoint,
    Indicator,
    Nota,
    NotaFile,
    Organisation,
    Reading,
    TakenOverFigure,
    TakenOverYear,
    Topic,
    TopicKind,
)
from indicators.domain.nota.taken_over import read_taken_over
from indicators.domain.nota.writing import canonical_bytes, write_nota

__all__ = [
    "OURS",
    "THEIRS",
    "Area",
    "Baseline",
    "BaselineOrigin",
    "Break",
    "Change",
    "ChangeKind",
    "Component",
    "Conflict",
    "Finding",
    "FocusPoint",
    "Indicator",
    "Nota",
    "NotaFile",
    "NotaRefused",
    "Organisation",
    "Reading",
    "TakenOverFigure",
    "TakenOverYear",
    "Topic",
    "TopicKind",
    "canonical_bytes",
    "confirmation_code",
    "differences",
    "editorial_only",
    "find_questions",
    "find_refusals",
    "merge",
    "read_file",
    "read_json",
    "read_nota",
    "read_taken_over",
    "write_nota",
]
