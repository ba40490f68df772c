"""The history of an indicator: the revisions of its figures and the changes of its targets.

The public sees adopted revisions only, without names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from indicators.domain.dutch import date_words
from indicators.domain.formatting import format_value
from indicators.domain.targets import format_target
from indicators.models import Measurement
from indicators.readmodel.provenance import Revision
from indicators.readmodel.revisions import load_with_names
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview


@dataclass(frozen=True, kw_only=True)
class RevisionLine:
    """A revision of a figure. `by` and `adopter` are "" for the public; `edition` is "" for a draft."""

    pk: int
    year: int
    component: str
    printed: str
    edition: str
    on: str
    by: str
    adopter: str
    explanation: str
    is_correction: bool


@dataclass(frozen=True, kw_only=True)
class TargetChange:
    """A target that a decision gave or changed; `before` is "" where there was none."""

    year: int
    component: str
    before: str
    after: str
    decision: str
    on: str
    reason: str


def revisions(overview: Overview, row: IndicatorRow, *, names: bool) -> list[RevisionLine]:
    """Return the revisions of an indicator, the newest year and revision first. No query; one with `names`."""
    recorded = _load_with_names(overview, row) if names else [r for part in row.components for r in part.revisions]
    # For the public a correction of a draft that was never adopted is the first figure.
    first_keys: dict[tuple[int, int], int] = {}
    for revision in sorted(recorded, key=lambda revision: revision.pk):
        first_keys.setdefault((revision.series, revision.year), revision.pk)
    positions = {part.series: position for position, part in enumerate(row.components)}
    return [
        _revision(
            revision,
            row.components[positions[revision.series]],
            is_correction=first_keys[revision.series, revision.year] != revision.pk,
        )
        for revision in sorted(recorded, key=lambda r: (-r.year, positions[r.series], -r.pk))
    ]


def _load_with_names(overview: Overview, row: IndicatorRow) -> Sequence[Revision]:
    rows = Measurement.objects.filter(series__in=[part.series for part in row.components]).whole_area()
    if not overview.with_drafts:
        rows = rows.filter(entry__edition__in=[edition.pk for edition in overview.editions])
    return load_with_names(rows, overview.editions)


def _revision(revision: Revision, part: ComponentRow, *, is_correction: bool) -> RevisionLine:
    return RevisionLine(
        pk=revision.pk,
        year=revision.year,
        component=part.name,
        printed=format_value(revision.value, part.unit),
        edition=revision.edition.label if revision.edition else "",
        on=date_words(_day(revision)),
        by=revision.by,
        adopter=revision.adopter,
        explanation=revision.explanation,
        is_correction=is_correction,
    )


def _day(revision: Revision) -> date:
    """Return the day of recording if it is loaded, else the day of the edition."""
    if revision.at:
        return localtime(revision.at).date()
    day = (revision.edition.adopted_on or revision.edition.retrieved_on) if revision.edition else None
    assert day is not None  # loaded without the moment of recording: adopted, and each edition has a day
    return day


def target_changes(row: IndicatorRow) -> list[TargetChange]:
    """Return the targets of an indicator that decisions gave or changed, by year."""
    changes = [
        TargetChange(
            year=decision.year,
            component=part.name,
            before=format_target(decision.was, part.unit) if decision.was else "",
            after=format_target(decision.rule, part.unit) if decision.rule else "",
            decision=decision.decision,
            on=date_words(decision.on) if decision.on else "",
            reason=decision.reason,
        )
        for part in row.components
        for decision in part.decisions
    ]
    return sorted(changes, key=lambda change: change.year)
