"""The sources of a row of the read model: revisions of figures, decisions on targets, readings of the nota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indicators.domain.targets import TargetRule
from indicators.domain.values import Value
from indicators.readmodel.editions import EditionInfo


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision of a figure of the whole municipality; `edition` is None for a draft.

    `by` and `at`, who recorded it and when, are only for users who may see drafts; empty for the public.
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


@dataclass(frozen=True, kw_only=True)
class TargetDecision:
    """A target of a year set by a decision; `was` is the target that it replaced, if any."""

    year: int
    rule: TargetRule
    was: TargetRule | None
    decision: str
    on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """An ambiguous place in the nota about an indicator, and how it is read; `alternative`: see readings.py."""

    place: str
    question: str
    reading: str
    other: str
    alternative: Mapping[str, Any] | None
    decided_by: str
