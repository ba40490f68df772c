"""The history of an indicator: every revision of its figures, every changed target.

The public sees what was adopted, and no names.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from indicators.domain.notation import format_value
from indicators.domain.targets import format_target
from indicators.models import Edition, Measurement, Target
from indicators.rows import IndicatorRow, Overview
from indicators.sentences import date_words


@dataclass(frozen=True)
class Revision:
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


def revisions(overview: Overview, row: IndicatorRow, *, names: bool) -> list[Revision]:
    """The revisions that this overview may show, the newest first. One query."""
    rows = Measurement.objects.filter(component__indicator_id=row.pk).whole_area()
    if not overview.with_drafts:
        rows = rows.as_of(overview.edition) if overview.edition else rows.adopted()
    rows = list(
        rows.select_related("component", "entry__edition", "recorded_by").order_by("-year", "component__order", "-pk")
    )
    # The first that this reader may see: of a draft that was replaced before adoption the public knows nothing.
    first = {(revision.component_id, revision.year): revision.pk for revision in rows}
    return [_revision(row, is_correction=first[row.component_id, row.year] != row.pk, names=names) for row in rows]


def _revision(row: Measurement, *, is_correction: bool, names: bool) -> Revision:
    edition = row.entry.edition if hasattr(row, "entry") else None
    by = (row.recorded_by.get_full_name() or row.recorded_by.get_username()) if names and row.recorded_by else ""
    return Revision(
        row.pk, row.year, row.component.name, format_value(row.value, row.component.unit), str(edition or ""),
        _on(row, edition, names=names), by, row.explanation, is_correction,
    )  # fmt: skip


def _on(row: Measurement, edition, *, names: bool) -> str:
    """The day that counts for the reader: of the decision; of recording for officers, and for a draft."""
    if edition is not None and not names:
        return date_words(edition.adopted_on or edition.retrieved_on)
    return date_words(localtime(row.recorded_at).date())


def target_changes(overview: Overview, row: IndicatorRow) -> list[TargetChange]:
    """The targets of this indicator that a decision changed, as far as they count here; old beside new."""
    rows = Target.objects.filter(component__indicator_id=row.pk, area__is_whole=True, decided_on__isnull=False)
    if overview.edition:
        rows = rows.as_of(Edition.objects.get(pk=overview.edition.pk))
    return [
        TargetChange(
            target.year, target.component.name,
            format_target(target.replaces.rule, target.component.unit) if target.replaces else "",
            format_target(target.rule, target.component.unit),
            target.decision, date_words(target.decided_on) if target.decided_on else "", target.reason,
        )
        for target in rows.select_related("component", "replaces").order_by("year", "pk")
    ]  # fmt: skip
