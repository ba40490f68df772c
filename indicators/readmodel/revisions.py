"""Load revisions of figures of the whole municipality: the adopted ones for the public, drafts with names for users."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User

from indicators.models import Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.models.value_columns import value_of
from indicators.readmodel.chain import Chain, EditionInfo
from indicators.readmodel.provenance import Revision
from priorities.models import Kadernota

FIELDS = (
    "pk",
    "series_id",
    "year",
    "sample",
    "explanation",
    "source_note",
    "number",
    "withheld",
    "no_value",
    "provisional",
)
NAME_FIELDS = ("first_name", "last_name", "username")
PEOPLE_FIELDS = (
    "recorded_at",
    *(f"recorded_by__{name}" for name in NAME_FIELDS),
    *(f"entry__edition__decision__adopted_by__{name}" for name in NAME_FIELDS),
)


def load_adopted(kadernota: Kadernota, chain: Chain) -> tuple[Revision, ...]:
    """Load every revision that the decisions of this chain adopted, in their order. One query.

    Of two revisions of one figure the later one is current.
    """
    editions = {edition.pk: edition for edition in chain.editions}
    rows = Measurement.objects.of(kadernota).whole_area().filter(entry__edition__in=editions)
    revisions = [
        _revision(values[1:], editions[values[0]]) for values in rows.values_list("entry__edition_id", *FIELDS)
    ]
    return tuple(sorted(revisions, key=lambda revision: (revision.sequence, revision.pk)))


def load_drafts(kadernota: Kadernota) -> tuple[Revision, ...]:
    """Load the drafts of a kadernota, with who recorded them and when. One query."""
    return load_with_names(Measurement.objects.of(kadernota).whole_area().drafts(), ())


def load_with_names(rows: MeasurementQuerySet, editions: Iterable[EditionInfo]) -> tuple[Revision, ...]:
    """Load these revisions with who recorded and adopted them, for users who may see drafts. One query."""
    known = {edition.pk: edition for edition in editions}
    revisions = []
    for values in rows.values_list("entry__edition_id", *FIELDS, *PEOPLE_FIELDS):
        edition, columns, (at, *names) = values[0], values[1 : len(FIELDS) + 1], values[len(FIELDS) + 1 :]
        by, adopter = name_from(*names[:3]), name_from(*names[3:])
        revisions.append(replace(_revision(columns, known.get(edition)), by=by, at=at, adopter=adopter))
    return tuple(revisions)


def by_series(revisions: Iterable[Revision]) -> dict[int, list[Revision]]:
    """Return the revisions of each series, in the given order."""
    series: dict[int, list[Revision]] = {}
    for revision in revisions:
        series.setdefault(revision.series, []).append(revision)
    return series


def name_from(first: str | None, last: str | None, login: str | None) -> str:
    """Return the full name of a user, else the user name, from the columns of the account."""
    return f"{first or ''} {last or ''}".strip() or login or ""


def name_of(user: User) -> str:
    """Return the full name of a user, else the user name. Only for users who may see drafts."""
    return user.get_full_name() or user.get_username()


def _revision(values: tuple[Any, ...], edition: EditionInfo | None) -> Revision:
    pk, series, year, sample, explanation, source_note, *columns = values
    return Revision(
        pk=pk,
        series=series,
        year=year,
        value=value_of(*columns),
        sample=sample,
        explanation=explanation,
        source_note=source_note,
        edition=edition,
    )
