"""The smallest part of the read model: one component in one year, with its verdict and texts."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property  # faster than the one of functools: no lock

from indicators.domain.assessment import Assessment, Facts, Status, assess, status_and_rule
from indicators.domain.followed import Followed
from indicators.domain.formatting import format_value
from indicators.domain.targets import TargetRule, format_target
from indicators.domain.values import NoValue, Value
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.provenance import TargetDecision


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One component in one year: measurement, target and verdict.

    `target_change` is the change of its target by the version that its year is judged under, or by one before;
    `later_target` one by a newer version, under which the year was not judged. `value` is None without a row; `edition`
    is None for a draft. `recorded_by` and `recorded_at` are only for users who may see drafts. Texts and verdicts are
    computed on first use: most pages need few of them.
    """

    year: int
    facts: Facts
    target_change: TargetDecision | None = None
    later_target: TargetDecision | None = None
    explanation: str = ""
    source_note: str = ""
    revision: int | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    edition: EditionInfo | None = None
    followed: Followed = Followed.YES

    @property
    def value(self) -> Value | None:
        """The measurement; None without a row."""
        return self.facts.measurement

    @property
    def target(self) -> TargetRule | None:
        """The target of this year."""
        return self.facts.target

    @property
    def sample(self) -> int | None:
        """The number of respondents, for a figure from a survey."""
        return self.facts.sample

    @property
    def planned(self) -> bool:
        """Whether a measurement is due this year."""
        return self.facts.planned

    @property
    def comparable(self) -> bool:
        """Whether there is no break in method between the baseline and this year."""
        return self.facts.comparable

    @cached_property
    def printed(self) -> str:
        """The measurement as printed everywhere; "" for none."""
        return format_value(self.value, self.facts.unit) if self.value else ""

    @cached_property
    def target_printed(self) -> str:
        """The target of this component as the nota prints it; "" for none."""
        return format_target(self.target, self.facts.unit) if self.target else ""

    @property
    def target_decision(self) -> str:
        """The decision that changed this target; "" for the target of the nota."""
        return self.target_change.decision if self.target_change else ""

    @property
    def target_was(self) -> str:
        """The target that a decision replaced, as the nota prints it; "" for none."""
        return (
            format_target(self.target_change.was, self.facts.unit)
            if self.target_change and self.target_change.was
            else ""
        )

    @cached_property
    def status(self) -> Status:
        """The status of this component this year."""
        return status_and_rule(self.facts)[0]

    @cached_property
    def assessment(self) -> Assessment:
        """The full assessment: status, development, distance to the last target."""
        return assess(self.facts)

    @property
    def is_draft(self) -> bool:
        """Whether it is recorded and not adopted."""
        return self.revision is not None and self.edition is None

    @property
    def misses_explanation(self) -> bool:
        """Whether it has no explanation and misses its target, cannot be judged, or is a NoValue."""
        needs_explanation = self.status in (Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN)
        return (needs_explanation or isinstance(self.value, NoValue)) and not self.explanation
