"""What a row of the read model rests on: revisions of figures, decisions on targets, readings of the nota. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indicators.domain.targets import TargetRule
from indicators.domain.values import Value
from indicators.readmodel.editions import EditionInfo


@dataclass(frozen=True)
class Recorded:
    """One revision of a figure of the whole municipality; `edition` is None for a draft.

    `by` and `at`, who recorded it and when, are for officers' eyes only: what all may see leaves them empty.
    """

    pk: int
    component: int
    year: int
    value: Value
    sample: int | None
    explanation: str
    source_note: str
    edition: EditionInfo | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TargetDecision:
    """A target of a year that is not the nota's own, and by which decision; `was` is what it replaced, if anything."""

    year: int
    rule: TargetRule
    was: TargetRule | None
    decision: str
    on: date | None
    reason: str


@dataclass(frozen=True)
class ReadingRow:
    """An unclear place in the nota about an indicator; `alternative`: see readings.py."""

    place: str
    question: str
    reading: str
    other: str
    alternative: Mapping[str, Any] | None
    decided_by: str
