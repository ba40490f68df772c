"""Every change of figures: of one indicator over the years, or of all indicators in one year.

The public sees the revisions that were adopted, with roles for names; officers see every revision with names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from indicators.domain.formatting import format_value
from indicators.models import Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.readmodel.tasks import name_of


class State(Enum):
    """What became of a revision; the value is the word for it."""

    ADOPTED = "vastgesteld"
    DRAFT = "concept"
    RETURNED = "teruggestuurd"
    REPLACED = "vervangen"


@dataclass(frozen=True)
class ChangeLine:
    """One revision of a figure. For the public `by` and `adopted_by` are roles, and nothing is said of sending back.

    `before` is the figure that it replaced: for the public the one adopted before, for officers the revision before.
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
    edition: str = ""
    decided_on: date | None = None
    decision: str = ""
    adopted_by: str = ""
    returned_reason: str = ""
    returned_by: str = ""
    returned_at: datetime | None = None

    @property
    def label(self) -> str:
        """How pages call the component: V14 Sluitingen."""
        return f"{self.code} {self.component}".strip()


def changes_of(rows: MeasurementQuerySet, *, names: bool) -> list[ChangeLine]:
    """The changes among these revisions, the newest first; with `names` for who may see drafts. One query."""
    rows = rows if names else rows.adopted()
    rows = rows.select_related("component__indicator", "recorded_by", "entry__edition__adopted_by")
    if names:  # the page of the public rests on nothing that tells of drafts
        rows = rows.select_related("sent_back__sent_by", "replaced_by")
    return list(_lines(rows.order_by("pk"), names=names))[::-1]


def state_of(row: Measurement) -> State:
    """What became of this revision."""
    if hasattr(row, "entry"):
        return State.ADOPTED
    if hasattr(row, "sent_back"):
        return State.RETURNED
    return State.REPLACED if hasattr(row, "replaced_by") else State.DRAFT


def _lines(rows: Iterable[Measurement], *, names: bool) -> Iterator[ChangeLine]:
    """In the order of recording, so that each line knows what stood there before it."""
    before: dict[tuple[int, int, int], str] = {}
    for row in rows:
        key = (row.component_id, row.area_id, row.year)
        line = _line(row, before.get(key, ""), names=names)
        before[key] = line.printed
        yield line


def _line(row: Measurement, before: str, *, names: bool) -> ChangeLine:
    indicator = row.component.indicator
    adopted = _adoption(row, names=names)
    returned = _returning(row) if names else {}
    return ChangeLine(
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
        by=_recorder(row, names=names),
        at=row.recorded_at,
        **adopted,
        **returned,
    )


def _recorder(row: Measurement, *, names: bool) -> str:
    if row.recorded_by is None:
        return "overgenomen uit open data"
    return name_of(row.recorded_by) if names else "een beleidsmedewerker"


def _adoption(row: Measurement, *, names: bool) -> dict:
    if not hasattr(row, "entry"):
        return {}
    edition = row.entry.edition
    adopter = (name_of(edition.adopted_by) if names else "een vaststeller") if edition.adopted_by else ""
    return {
        "edition": str(edition),
        "decided_on": edition.adopted_on or edition.retrieved_on,
        "decision": edition.decision,
        "adopted_by": adopter,
    }


def _returning(row: Measurement) -> dict:
    if not hasattr(row, "sent_back"):
        return {}
    sent = row.sent_back
    return {"returned_reason": sent.reason, "returned_by": name_of(sent.sent_by), "returned_at": sent.sent_at}
