"""One component in one year: the smallest row of the read model, judged, with its texts ready."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property  # without the lock of the standard one

from indicators.domain.assessment import Assessment, Facts, Status, assess, status_and_rule
from indicators.domain.followed import Followed
from indicators.domain.notation import format_value
from indicators.domain.targets import TargetRule, format_target
from indicators.domain.values import NoValue, Value
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.provenance import TargetDecision


@dataclass(frozen=True)
class Figure:
    """One component in one year: what was measured, what was the target, and the verdict.

    `value` is None where there is no row; `edition` is None for a draft. `recorded_by` and `recorded_at` are for
    officers' eyes only. Words and verdicts are made when they are asked for: most pages ask for few of them.
    """

    year: int
    facts: Facts
    decided: TargetDecision | None = None
    explanation: str = ""
    source_note: str = ""
    revision: int | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    edition: EditionInfo | None = None
    followed: Followed = Followed.YES

    @property
    def value(self) -> Value | None:
        """What was measured; None where there is no row."""
        return self.facts.measurement

    @property
    def target(self) -> TargetRule | None:
        """What this year should bring."""
        return self.facts.target

    @property
    def sample(self) -> int | None:
        """The number of persons asked, where the figure comes from a survey."""
        return self.facts.sample

    @property
    def planned(self) -> bool:
        """Whether a measurement is due this year."""
        return self.facts.planned

    @property
    def comparable(self) -> bool:
        """Whether no break in method lies between the baseline and this year."""
        return self.facts.comparable

    @cached_property
    def printed(self) -> str:
        """The measurement as it is printed everywhere; "" where there is none."""
        return format_value(self.value, self.facts.unit) if self.value else ""

    @cached_property
    def target_printed(self) -> str:
        """This component's part of the target as the nota prints it; "" where there is none."""
        return format_target(self.target, self.facts.unit) if self.target else ""

    @property
    def target_decision(self) -> str:
        """The decision that changed this target; "" for the nota's own."""
        return self.decided.decision if self.decided else ""

    @property
    def target_was(self) -> str:
        """The target that a decision replaced, as the nota prints it; "" where it replaced none."""
        return format_target(self.decided.was, self.facts.unit) if self.decided and self.decided.was else ""

    @cached_property
    def status(self) -> Status:
        """How this component stands this year."""
        return status_and_rule(self.facts)[0]

    @cached_property
    def assessment(self) -> Assessment:
        """All answers about this figure."""
        return assess(self.facts)

    @property
    def is_draft(self) -> bool:
        """Recorded, not adopted."""
        return self.revision is not None and self.edition is None

    @property
    def misses_explanation(self) -> bool:
        """A figure that misses its target, cannot be judged, or is no value, and has no word of explanation."""
        judged_badly = self.status in (Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN)
        return (judged_badly or isinstance(self.value, NoValue)) and not self.explanation
