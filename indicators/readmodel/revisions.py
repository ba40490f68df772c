"""Revisions of figures as the read model takes them: what is adopted, for everybody; and with names, for officers."""

from collections.abc import Iterable

from indicators.models import Edition
from indicators.models.figures import MeasurementQuerySet
from indicators.models.value_columns import value_of
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.provenance import Recorded
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
Adopted = tuple[tuple[EditionInfo, ...], tuple[Recorded, ...]]


def load_editions(kadernota: Kadernota) -> Iterable[EditionInfo]:
    """The editions of a kadernota, in the order of adoption. One query."""
    for facts in Edition.objects.of(kadernota).values_list(*EDITION_FIELDS):
        yield _edition(*facts)


def load_adopted(kadernota: Kadernota) -> Adopted:
    """The editions of a kadernota and every revision they hold, in the order of adoption; no draft. One query.

    Of two revisions of one figure the later one counts. An edition may hold lines of the programme only.
    """
    editions: dict[int, EditionInfo] = {}
    found = []
    own = len(EDITION_FIELDS)
    rows = Edition.objects.of(kadernota).order_by("pk", "entries__measurement_id")
    for values in rows.values_list(*ADOPTED_FIELDS):
        if values[0] not in editions:
            editions[values[0]] = _edition(*values[:own])
        if values[own]:
            found.append(_recorded(values[own + 1 :], editions[values[0]]))
    return tuple(editions.values()), tuple(found)


def load_recorded(rows: MeasurementQuerySet, editions: Iterable[EditionInfo]) -> tuple[Recorded, ...]:
    """These revisions, drafts among them, with who recorded them and when: for officers' eyes only. One query."""
    known = {edition.pk: edition for edition in editions}
    own = len(FIELDS)
    return tuple(
        _recorded(values[:own], known.get(values[own]), *values[own + 1 :])
        for values in rows.values_list(*FIELDS, *PEOPLE_FIELDS)
    )


def name_from(first: str | None, last: str | None, login: str | None) -> str:
    """How pages call a person, from the columns of the account. For officers' eyes only."""
    return f"{first or ''} {last or ''}".strip() or login or ""


def _edition(*facts) -> EditionInfo:
    *own, first, last, login = facts
    return EditionInfo(*own, adopted_by=name_from(first, last, login))


def _recorded(facts: tuple, edition: EditionInfo | None, at=None, *names: str | None) -> Recorded:
    pk, component, year, sample, explanation, source_note, *value = facts
    by = name_from(*names) if names else ""
    return Recorded(pk, component, year, value_of(*value), sample, explanation, source_note, edition, by, at)
