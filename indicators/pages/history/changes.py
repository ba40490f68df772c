"""The changes of figures: of one indicator over the years, or of all indicators in one year.

The public sees adopted revisions, with roles for names. Staff see every revision, with names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.contrib.auth.models import User

from indicators.domain.formatting import format_value
from indicators.domain.naming import component_label
from indicators.models import Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.readmodel.revisions import name_of


class State(Enum):
    """The state of a revision; the value is its word on the page."""

    ADOPTED = "vastgesteld"
    DRAFT = "concept"
    RETURNED = "teruggestuurd"
    REPLACED = "vervangen"


@dataclass(frozen=True, kw_only=True)
class FigureChange:
    """A revision of a figure. For the public `by` and `adopted_by` are roles, and `returned_…` are empty.

    `before` is the figure that it replaced: for the public the one adopted before, for staff the revision before.
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
    by: str
    at: datetime
    edition: str
    decided_on: date | None
    decision: str
    adopted_by: str
    returned_reason: str
    returned_by: str
    returned_at: datetime | None

    @property
    def label(self) -> str:
        """The component as pages name it: V14 Sluitingen."""
        return component_label(self.code, self.component)


def figure_changes(rows: MeasurementQuerySet, *, names: bool) -> list[FigureChange]:
    """Return the changes among these revisions, the newest first; `names` for users who may see drafts. One query."""
    rows = rows if names else rows.adopted()
    rows = rows.select_related("component__indicator", "recorded_by", "entry__edition__adopted_by")
    if names:  # the public page must not depend on tables about drafts
        rows = rows.select_related("sent_back__sent_by", "replaced_by")
    return list(_changes(rows.order_by("pk"), names=names))[::-1]


def state_of(row: Measurement) -> State:
    """Return the state of this revision."""
    if hasattr(row, "entry"):
        return State.ADOPTED
    if hasattr(row, "sent_back"):
        return State.RETURNED
    return State.REPLACED if hasattr(row, "replaced_by") else State.DRAFT


def _changes(rows: Iterable[Measurement], *, names: bool) -> Iterator[FigureChange]:
    """Yield the changes in the order of recording, which gives each the figure before it."""
    latest: dict[tuple[int, int, int], str] = {}
    for row in rows:
        key = (row.component_id, row.area_id, row.year)
        change = _change(row, latest.get(key, ""), names=names)
        latest[key] = change.printed
        yield change


def _change(row: Measurement, before: str, *, names: bool) -> FigureChange:
    indicator = row.component.indicator
    edition = row.entry.edition if hasattr(row, "entry") else None
    returned = row.sent_back if names and hasattr(row, "sent_back") else None
    return FigureChange(
        revision=row.pk,
        code=indicator.code,
        indicator=indicator.name,
        component=row.component.name,
        year=row.year,
        before=before,
        printed=format_value(row.value, row.component.unit),
        sample=row.sample,
        explanation=row.explanation or row.source_note,
        state=state_of(row),
        by=_name(row.recorded_by, "een beleidsmedewerker", names=names) or "overgenomen uit open data",
        at=row.recorded_at,
        edition=str(edition) if edition else "",
        decided_on=(edition.adopted_on or edition.retrieved_on) if edition else None,
        decision=edition.decision if edition else "",
        adopted_by=_name(edition.adopted_by, "een vaststeller", names=names) if edition else "",
        returned_reason=returned.reason if returned else "",
        returned_by=name_of(returned.sent_by) if returned else "",
        returned_at=returned.sent_at if returned else None,
    )


def _name(user: User | None, role: str, *, names: bool) -> str:
    """Return the name of a user, or the role instead; "" without a user."""
    return (name_of(user) if names else role) if user else ""
