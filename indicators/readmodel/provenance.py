"""The sources of a row of the read model: revisions of figures, decisions on targets, readings of the nota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indicators.domain.targets import TargetRule
from indicators.domain.values import Value
from indicators.readmodel.chain import EditionInfo


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision of a figure of the whole municipality; `edition` is None for a draft.

    `by` and `at`, who recorded it and when, and `adopter` are only for users who may see drafts; empty for the public.
    """

    pk: int
    series: int
    year: int
    value: Value
    sample: int | None
    explanation: str
    source_note: str
    edition: EditionInfo | None = None
    by: str = ""
    at: datetime | None = None
    adopter: str = ""

    @property
    def sequence(self) -> int:
        """The place in the chain of the decision that adopted it; 0 for a draft."""
        return self.edition.sequence if self.edition else 0


@dataclass(frozen=True, kw_only=True)
class TargetDecision:
    """A target of a year set by a later version of the kadernota; `was` is the target that it replaced, if any."""

    year: int
    rule: TargetRule | None
    was: TargetRule | None
    decision: str
    on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """An ambiguous place in the nota about an indicator, and how it is read; `alternative`: see readings.py.

    `version` is the number of the version that introduced it, so as it is now.
    """

    order: int
    place: str
    question: str
    reading: str
    other: str
    alternative: Mapping[str, Any] | None
    decided_by: str
    version: int = 1

    @property
    def origin(self) -> str:
        """Who reads it so, and since which version (domain.md: never that a council decided it)."""
        return f"gelezen door {self.decided_by}, met versie {self.version}"

    def says_the_same(self, other: "ReadingRow") -> bool:
        """Return whether a reading of another version has the same texts."""
        own, others = ((row.place, row.question, row.reading, row.other, row.decided_by) for row in (self, other))
        return own == others
