"""The changes of figures: of one indicator over the years, or of all indicators in one year.

The public sees adopted revisions, with their decisions. Who recorded a figure and when, what was replaced or sent back:
only users who may see drafts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from indicators.domain.formatting import format_value
from indicators.domain.naming import component_label
from indicators.models import Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.revisions import name_of
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview


class State(Enum):
    """The state of a revision; the value is its word on the page."""

    ADOPTED = "vastgesteld"
    DRAFT = "concept"
    RETURNED = "teruggestuurd"
    RETRACTED = "teruggenomen"
    REPLACED = "vervangen"


@dataclass(frozen=True, kw_only=True)
class FigureChange:
    """A revision of a figure; `before` is the figure that it replaced.

    For the public that is the one adopted before, and `by`, `at`, `adopted_by` and `returned_…` are empty.
    """

    revision: int
    code: str
    indicator: str
    component: str
    year: int
    before: str
    printed: str
    sample: int | None
    explanation: str
    state: State
    edition: str
    decided_on: date | None
    decision: str
    by: str = ""
    at: datetime | None = None
    adopted_by: str = ""
    returned_reason: str = ""
    returned_by: str = ""
    returned_at: datetime | None = None

    @property
    def label(self) -> str:
        """The component as pages name it: V14 Sluitingen."""
        return component_label(self.code, self.component)


def adopted_changes(row: IndicatorRow) -> list[FigureChange]:
    """Return the adopted changes of an indicator, the newest first. No queries."""
    changes = []
    latest: dict[tuple[int, int], str] = {}
    revisions = [(part, revision) for part in row.components for revision in part.revisions if revision.edition]
    for part, revision in sorted(revisions, key=lambda pair: (pair[1].sequence, pair[1].pk)):
        assert revision.edition is not None
        printed = format_value(revision.value, part.unit)
        changes.append(
            FigureChange(
                revision=revision.pk,
                code=row.code,
                indicator=row.name,
                component=part.name,
                year=revision.year,
                before=latest.get((part.series, revision.year), ""),
                printed=printed,
                sample=revision.sample,
                explanation=revision.explanation or revision.source_note,
                state=State.ADOPTED,
                edition=revision.edition.label,
                decided_on=_day(revision.edition),
                decision=revision.edition.decision,
            )
        )
        latest[part.series, revision.year] = printed
    return changes[::-1]


def load_changes(rows: MeasurementQuerySet, overview: Overview) -> list[FigureChange]:
    """Load the changes among these revisions, with names, the newest first. One query.

    Only for users who may see drafts. Series that are not in the newest version are left out.
    """
    rows = rows.select_related(
        "recorded_by", "entry__edition__decision__adopted_by", "sent_back__sent_by", "replaced_by"
    )
    return list(_changes(rows.order_by("pk"), overview))[::-1]


def state_of(row: Measurement) -> State:
    """Return the state of this revision."""
    if hasattr(row, "entry"):
        return State.ADOPTED
    if row.retracted:
        return State.RETRACTED
    if hasattr(row, "sent_back"):
        return State.RETURNED
    return State.REPLACED if hasattr(row, "replaced_by") else State.DRAFT


def _changes(rows: Iterable[Measurement], overview: Overview) -> Iterator[FigureChange]:
    """Yield the changes in the order of recording, which gives each the figure before it."""
    places = {part.series: (row, part) for row in overview.all_rows for part in row.components}
    editions = {edition.pk: edition for edition in overview.editions}
    latest: dict[tuple[int, int, int], str] = {}
    for row in rows:
        if row.series_id in places:
            key = (row.series_id, row.area_id, row.year)
            edition = editions.get(row.entry.edition_id) if hasattr(row, "entry") else None
            change = _change(row, places[row.series_id], edition, latest.get(key, ""))
            latest[key] = change.printed
            yield change


def _change(
    row: Measurement, place: tuple[IndicatorRow, ComponentRow], edition: EditionInfo | None, before: str
) -> FigureChange:
    indicator, part = place
    returned = row.sent_back if hasattr(row, "sent_back") else None
    adopter = row.entry.edition.decision.adopted_by if edition else None
    return FigureChange(
        revision=row.pk,
        code=indicator.code,
        indicator=indicator.name,
        component=part.name,
        year=row.year,
        before=before,
        printed=format_value(row.value, part.unit),
        sample=row.sample,
        explanation=row.explanation or row.source_note,
        state=state_of(row),
        edition=edition.label if edition else "",
        decided_on=_day(edition) if edition else None,
        decision=edition.decision if edition else "",
        by=name_of(row.recorded_by) if row.recorded_by else "overgenomen uit open data",
        at=row.recorded_at,
        adopted_by=name_of(adopter) if adopter else "",
        returned_reason=returned.reason if returned else "",
        returned_by=name_of(returned.sent_by) if returned else "",
        returned_at=returned.sent_at if returned else None,
    )


def _day(edition: EditionInfo) -> date | None:
    return edition.adopted_on or edition.retrieved_on
