"""Load revisions of figures: the adopted ones for the public, all with names for users who may see drafts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User

from indicators.models import Edition
from indicators.models.figures import MeasurementQuerySet
from indicators.models.value_columns import value_of
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.provenance import Revision
from priorities.models import Kadernota

EDITION_FIELDS = (
    "pk",
    "year",
    "number",
    "kind",
    "adopted_on",
    "decision",
    "source",
    "retrieved_on",
    "content_hash",
    "adopted_by__first_name",
    "adopted_by__last_name",
    "adopted_by__username",
)
FIELDS = (
    "pk",
    "component_id",
    "year",
    "sample",
    "explanation",
    "source_note",
    "number",
    "withheld",
    "no_value",
    "provisional",
)
PEOPLE_FIELDS = (
    "entry__edition_id",
    "recorded_at",
    "recorded_by__first_name",
    "recorded_by__last_name",
    "recorded_by__username",
)
ADOPTED_FIELDS = (
    *EDITION_FIELDS,
    "entries__measurement__area__is_whole",
    *(f"entries__measurement__{name}" for name in FIELDS),
)
Adopted = tuple[tuple[EditionInfo, ...], tuple[Revision, ...]]


def load_editions(kadernota: Kadernota) -> Iterable[EditionInfo]:
    """Load the editions of a kadernota, in the order of adoption. One query."""
    for values in Edition.objects.of(kadernota).values_list(*EDITION_FIELDS):
        yield _edition(values)


def load_adopted(kadernota: Kadernota) -> Adopted:
    """Load the editions of a kadernota and every revision they hold, in the order of adoption. One query.

    Of two revisions of one figure the later one is current. An edition may hold only lines of the programme.
    """
    editions: dict[int, EditionInfo] = {}
    revisions = []
    count = len(EDITION_FIELDS)
    rows = Edition.objects.of(kadernota).order_by("pk", "entries__measurement_id")
    for values in rows.values_list(*ADOPTED_FIELDS):
        if values[0] not in editions:
            editions[values[0]] = _edition(values[:count])
        if values[count]:
            revisions.append(_revision(values[count + 1 :], editions[values[0]]))
    return tuple(editions.values()), tuple(revisions)


def load_with_names(rows: MeasurementQuerySet, editions: Iterable[EditionInfo]) -> tuple[Revision, ...]:
    """Load these revisions, drafts included, with who recorded them and when. One query."""
    known = {edition.pk: edition for edition in editions}
    revisions = []
    for values in rows.values_list(*FIELDS, *PEOPLE_FIELDS):
        edition, at, *names = values[len(FIELDS) :]
        revision = _revision(values[: len(FIELDS)], known.get(edition))
        revisions.append(replace(revision, by=name_from(*names), at=at))
    return tuple(revisions)


def name_from(first: str | None, last: str | None, login: str | None) -> str:
    """Return the full name of a user, else the user name, from the columns of the account."""
    return f"{first or ''} {last or ''}".strip() or login or ""


def name_of(user: User) -> str:
    """Return the full name of a user, else the user name. Only for users who may see drafts."""
    return user.get_full_name() or user.get_username()


def _edition(values: tuple[Any, ...]) -> EditionInfo:
    own = len(EDITION_FIELDS) - 3
    return EditionInfo(**dict(zip(EDITION_FIELDS, values[:own], strict=False)), adopted_by=name_from(*values[own:]))


def _revision(values: tuple[Any, ...], edition: EditionInfo | None) -> Revision:
    pk, component, year, sample, explanation, source_note, *columns = values
    return Revision(
        pk=pk,
        component=component,
        year=year,
        value=value_of(*columns),
        sample=sample,
        explanation=explanation,
        source_note=source_note,
        edition=edition,
    )
