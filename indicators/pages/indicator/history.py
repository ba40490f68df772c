"""The history of an indicator: every revision of its figures, every changed target.

The public sees what was adopted, and no names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from indicators.domain.dutch import date_words
from indicators.domain.notation import format_value
from indicators.domain.targets import format_target
from indicators.models import Measurement
from indicators.readmodel.provenance import Revision
from indicators.readmodel.revisions import load_with_names
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview


@dataclass(frozen=True)
class RevisionLine:
    """One revision of a figure. `by` is empty for who may not see names; `edition` is empty for a draft."""

    pk: int
    year: int
    component: str
    printed: str
    edition: str
    on: str
    by: str
    explanation: str
    is_correction: bool


@dataclass(frozen=True)
class TargetChange:
    """A target that a decision changed: from what (nothing, where there was none) to what, and why."""

    year: int
    component: str
    before: str
    after: str
    decision: str
    on: str
    reason: str


def revisions(overview: Overview, row: IndicatorRow, *, names: bool) -> list[RevisionLine]:
    """The revisions that this overview may show, the newest first. One query for who may see names, else none."""
    recorded = _with_names(overview, row) if names else [one for part in row.components for one in part.revisions]
    # The first that this reader may see: of a draft that was replaced before adoption the public knows nothing.
    first: dict[tuple[int, int], int] = {}
    for one in recorded:
        first[one.component, one.year] = min(one.pk, first.get((one.component, one.year), one.pk))
    parts = {part.pk: (place, part) for place, part in enumerate(row.components)}
    ordered = sorted(recorded, key=lambda one: (-one.year, parts[one.component][0], -one.pk))
    return [
        _revision(one, parts[one.component][1], is_correction=first[one.component, one.year] != one.pk)
        for one in ordered
    ]


def _with_names(overview: Overview, row: IndicatorRow) -> Sequence[Revision]:
    rows = Measurement.objects.filter(component__indicator_id=row.pk).whole_area()
    if not overview.with_drafts:
        rows = rows.as_of(overview.edition) if overview.edition else rows.adopted()
    return load_with_names(rows, overview.editions)


def _revision(one: Revision, part: ComponentRow, *, is_correction: bool) -> RevisionLine:
    return RevisionLine(
        one.pk,
        one.year,
        part.name,
        format_value(one.value, part.unit),
        one.edition.label if one.edition else "",
        date_words(_day(one)),
        one.by,
        one.explanation,
        is_correction,
    )


def _day(one: Revision) -> date:
    """The day that counts for the reader: of recording for who may know it, else of the decision."""
    day = localtime(one.at).date() if one.at else one.edition and (one.edition.adopted_on or one.edition.retrieved_on)
    assert day is not None  # what has no moment of recording here stands in an edition, which has a day
    return day


def target_changes(row: IndicatorRow) -> list[TargetChange]:
    """The targets of this indicator that a decision changed, as far as they count here; old beside new."""
    changes = [
        TargetChange(
            one.year,
            part.name,
            format_target(one.was, part.unit) if one.was else "",
            format_target(one.rule, part.unit),
            one.decision,
            date_words(one.on),
            one.reason,
        )
        for part in row.components
        for one in part.decisions
        if one.on
    ]
    return sorted(changes, key=lambda change: change.year)
