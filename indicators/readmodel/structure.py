"""What figures are judged by, never a draft: components with all they belong to, targets, breaks, readings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from indicators.domain.targets import SIGNS, Bound, TargetRule
from indicators.models import Component, Edition
from indicators.readmodel.provenance import ReadingRow, TargetDecision
from priorities.models import Kadernota

COMPONENT_FIELDS = (
    "pk",
    "name",
    "noun",
    "unit_kind",
    "decimals",
    "direction",
    "baseline__number",
    "baseline__withheld",
    "baseline__no_value",
    "baseline__provisional",
    "baseline__year",
    "indicator_id",
    "indicator__code",
    "indicator__name",
    "indicator__role",
    "indicator__definition",
    "indicator__cadence",
    "indicator__planned_years",
    "indicator__printed",
    "indicator__source__name",
    "indicator__first_year",
    "indicator__last_year",
    "indicator__change_reason",
    "indicator__priority_id",
    "indicator__priority__number",
    "indicator__priority__name",
    "indicator__priority__goal",
    "indicator__priority__kind",
)
TARGET_FIELDS = (
    "targets__area__is_whole",
    "targets__pk",
    "targets__year",
    "targets__aim",
    "targets__sign",
    "targets__bound",
    "targets__decision",
    "targets__decided_on",
    "targets__reason",
    "targets__recorded_at",
)
BREAK_FIELDS = ("breaks__year", "breaks__reason")
READING_FIELDS = (
    "indicator__readings__pk",
    "indicator__readings__place",
    "indicator__readings__question",
    "indicator__readings__reading",
    "indicator__readings__other",
    "indicator__readings__alternative",
    "indicator__readings__decided_by",
)
ORDER = (
    "indicator__priority__kind",
    "indicator__priority__number",
    "indicator__order",
    "order",
    "targets__pk",
    "breaks__year",
    "indicator__readings__order",
)
TARGETS = len(COMPONENT_FIELDS)
BREAKS = TARGETS + len(TARGET_FIELDS)
READINGS = BREAKS + len(BREAK_FIELDS)


@dataclass(frozen=True)
class TargetRow:
    """One revision of the target of a year; without a decision it is the nota's own."""

    year: int
    rule: TargetRule
    decision: str
    decided_on: date | None
    reason: str
    recorded_at: datetime

    def counts_for(self, edition: Edition) -> bool:
        """Whether it counted for this edition; of each year the last that did is its target.

        A decision counts when it was taken on or before the day of the edition, and was recorded by then: so what is
        decided later changes nothing of an edition. What the nota itself asks has no decision, and always counts.
        """
        day = edition.adopted_on or edition.retrieved_on
        assert day is not None  # an edition has the one or the other
        return self.decided_on is None or (self.decided_on <= day and self.recorded_at <= edition.recorded_at)


@dataclass(frozen=True)
class ComponentGrounds:
    """A component by its COMPONENT_FIELDS, and what its figures are judged by, each by its key, the oldest first."""

    row: dict[str, Any]
    targets: dict[int, TargetRow] = field(default_factory=dict)
    breaks: dict[int, str] = field(default_factory=dict)
    readings: dict[int, ReadingRow] = field(default_factory=dict)

    def asked(self, edition: Edition | None) -> tuple[dict[int, TargetRule], tuple[TargetDecision, ...]]:
        """Of each year the target as of `edition` or as it stands now, and all decisions on them that counted."""
        rules: dict[int, TargetRule] = {}
        decisions = []
        for row in self.targets.values():
            if edition is not None and not row.counts_for(edition):
                continue
            if row.decision:
                was = rules.get(row.year)
                decisions.append(TargetDecision(row.year, row.rule, was, row.decision, row.decided_on, row.reason))
            rules[row.year] = row.rule
        return rules, tuple(decisions)


def load_structure(kadernota: Kadernota) -> Iterable[ComponentGrounds]:
    """The components of a kadernota with their grounds, in the order of the nota. One query.

    One row for each target of a component, times its breaks, times the readings of its indicator. Those are a handful
    each and mostly none, so the whole is some hundred rows (docs/adr/0013: what that costs). Of what comes back in
    several rows, only the first is looked at.
    """
    found: dict[int, ComponentGrounds] = {}
    rows = Component.objects.filter(indicator__priority__kadernota=kadernota).order_by(*ORDER)
    for values in rows.values_list(*COMPONENT_FIELDS, *TARGET_FIELDS, *BREAK_FIELDS, *READING_FIELDS):
        one = found.get(values[0])
        if one is None:
            one = found[values[0]] = ComponentGrounds(dict(zip(COMPONENT_FIELDS, values[:TARGETS], strict=True)))
        is_whole, target, *facts = values[TARGETS:BREAKS]
        if is_whole and target not in one.targets:
            one.targets[target] = _target(*facts)
        since, reason = values[BREAKS:READINGS]
        if since is not None:
            one.breaks[since] = reason
        reading, *texts = values[READINGS:]
        if reading is not None and reading not in one.readings:
            one.readings[reading] = ReadingRow(*texts)
    return tuple(found.values())


def _target(year: int, aim: Any, sign: str, bound: Any, *decided: Any) -> TargetRow:
    return TargetRow(year, TargetRule(aim, Bound(SIGNS[sign], bound) if bound is not None else None), *decided)
