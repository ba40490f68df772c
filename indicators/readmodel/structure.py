"""Load the structure of a kadernota: components with indicator and priority, targets, breaks and readings."""

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
READING_NAMES = ("place", "question", "reading", "other", "alternative", "decided_by")
READING_FIELDS = ("indicator__readings__pk", *(f"indicator__readings__{name}" for name in READING_NAMES))
ORDER = (
    "indicator__priority__kind",
    "indicator__priority__number",
    "indicator__order",
    "order",
    "targets__pk",
    "breaks__year",
    "indicator__readings__order",
)
# Where the columns of each group start in a row.
TARGETS = len(COMPONENT_FIELDS)
BREAKS = TARGETS + len(TARGET_FIELDS)
READINGS = BREAKS + len(BREAK_FIELDS)


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """One revision of the target of a year; without a decision it is the target of the nota."""

    year: int
    rule: TargetRule
    decision: str
    decided_on: date | None
    reason: str
    recorded_at: datetime

    def is_in_force_for(self, edition: Edition) -> bool:
        """Return whether it was in force for this edition; the last one in force is the target of its year.

        A decision is in force when it was taken on or before the day of the edition and recorded before it. A later
        decision changes nothing in an edition. A target of the nota has no decision and is always in force.
        """
        day = edition.adopted_on or edition.retrieved_on
        assert day is not None  # a constraint of the table: every edition has one of the two
        return self.decided_on is None or (self.decided_on <= day and self.recorded_at <= edition.recorded_at)


@dataclass(frozen=True)
class ComponentStructure:
    """A component (`row`, by COMPONENT_FIELDS) with its targets, breaks (by year) and readings, oldest first."""

    row: dict[str, Any]
    targets: dict[int, TargetRow] = field(default_factory=dict)
    breaks: dict[int, str] = field(default_factory=dict)
    readings: dict[int, ReadingRow] = field(default_factory=dict)

    def targets_as_of(self, edition: Edition | None) -> tuple[dict[int, TargetRule], tuple[TargetDecision, ...]]:
        """Return the target of each year as of `edition` (None: now), and all decisions in force."""
        rules: dict[int, TargetRule] = {}
        decisions = []
        for row in self.targets.values():
            if edition is not None and not row.is_in_force_for(edition):
                continue
            if row.decision:
                decision = TargetDecision(
                    year=row.year,
                    rule=row.rule,
                    was=rules.get(row.year),
                    decision=row.decision,
                    on=row.decided_on,
                    reason=row.reason,
                )
                decisions.append(decision)
            rules[row.year] = row.rule
        return rules, tuple(decisions)


def load_structure(kadernota: Kadernota) -> Iterable[ComponentStructure]:
    """Load the components of a kadernota in the order of the nota. One query.

    The join gives a row for each target of a component, times its breaks, times the readings of its indicator: a few
    hundred rows in all (docs/adr/0013 has the cost). It repeats targets, breaks and readings; each is read once.
    """
    components: dict[int, ComponentStructure] = {}
    rows = Component.objects.filter(indicator__priority__kadernota=kadernota).order_by(*ORDER)
    for values in rows.values_list(*COMPONENT_FIELDS, *TARGET_FIELDS, *BREAK_FIELDS, *READING_FIELDS):
        component = components.get(values[0])
        if component is None:
            component = components[values[0]] = ComponentStructure(
                dict(zip(COMPONENT_FIELDS, values[:TARGETS], strict=True))
            )
        is_whole, target, *columns = values[TARGETS:BREAKS]
        if is_whole and target not in component.targets:
            component.targets[target] = _target(columns)
        since, reason = values[BREAKS:READINGS]
        if since is not None:
            component.breaks[since] = reason
        reading, *texts = values[READINGS:]
        if reading is not None and reading not in component.readings:
            component.readings[reading] = ReadingRow(**dict(zip(READING_NAMES, texts, strict=True)))
    return tuple(components.values())


def _target(columns: list[Any]) -> TargetRow:
    year, aim, sign, bound, decision, decided_on, reason, recorded_at = columns
    return TargetRow(
        year=year,
        rule=TargetRule(aim, Bound(SIGNS[sign], bound) if bound is not None else None),
        decision=decision,
        decided_on=decided_on,
        reason=reason,
        recorded_at=recorded_at,
    )
