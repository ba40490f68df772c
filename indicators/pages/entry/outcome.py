"""The message after saving, and both figures of a conflict with a colleague."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from indicators.actions.workflow import Conflict, Outcome
from indicators.domain.dutch import plural
from indicators.domain.formatting import format_value
from indicators.domain.values import Unit
from indicators.models import Measurement
from indicators.pages.entry.forms import ItemResult
from indicators.pages.entry.items import EntryYear
from indicators.readmodel.revisions import name_of


@dataclass(frozen=True)
class Side:
    """One of the two figures in a conflict."""

    name: str
    at: datetime
    figure: str
    explanation: str


@dataclass(frozen=True)
class Clash:
    """Both figures of one component; `rival` is the key of the colleague's revision."""

    rival: int
    colleague: Side
    mine: Side


def saved_sentence(outcomes: Sequence[str]) -> str:
    """Return how many figures are new, changed or the same."""
    new, changed, same, retracted = (outcomes.count(outcome) for outcome in Outcome)
    if not outcomes:
        return "U hebt niets veranderd. Er is niets bewaard."
    if same == len(outcomes):
        return "Dit stond er al; er is niets veranderd."
    counts = [
        (new, "nieuw"),
        (changed, "gewijzigd"),
        (retracted, plural(retracted, "concept teruggenomen", "concepten teruggenomen")),
        (same, plural(same, "stond er al", "stonden er al")),
    ]
    return "Bewaard: " + ", ".join(f"{number} {words}" for number, words in counts if number) + "."


def find_clashes(
    entry_year: EntryYear,
    results: Mapping[str, ItemResult],
    conflict: Conflict[Measurement],
    *,
    by: User,
    now: datetime,
) -> dict[str, Clash]:
    """Return both figures of the components that a colleague recorded meanwhile, by the key of their fields."""
    newer = {str(row.series_id): row for row in conflict.newer}
    names = person_names([by.pk, *(row.recorded_by_id for row in newer.values())])
    clashes = {}
    for key, row in newer.items():
        entry, unit = results[key].entry, entry_year.items[key].part.unit
        if entry is None:
            continue
        clashes[key] = Clash(
            row.pk,
            _colleague(row, names.get(row.recorded_by_id, ""), unit),
            Side(names[by.pk], now, format_value(entry.value, unit), entry.explanation or ""),
        )
    return clashes


def _colleague(row: Measurement, name: str, unit: Unit) -> Side:
    """Return the colleague's side; of a draft that was taken back its explanation does not count either."""
    if row.retracted:
        return Side(name, row.recorded_at, "teruggenomen", "")
    return Side(name, row.recorded_at, format_value(row.value, unit), row.explanation)


def person_names(pks: Iterable[int | None]) -> dict[int | None, str]:
    """Return full name and roles by key: Oefen Collega (beleidsmedewerker). Two queries."""
    people = User.objects.filter(pk__in={pk for pk in pks if pk}).prefetch_related("groups")
    names: dict[int | None, str] = {}
    for person in people:
        roles = ", ".join(sorted(group.name for group in person.groups.all()))
        names[person.pk] = f"{name_of(person)}{f' ({roles})' if roles else ''}"
    return names
