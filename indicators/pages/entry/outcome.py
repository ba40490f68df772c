"""What is said after saving, and who was first when a colleague was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from indicators.actions import CHANGED, NEW, SAME, Conflict
from indicators.domain.dutch import plural
from indicators.domain.formatting import format_value
from indicators.pages.entry.lines import YearBook
from indicators.pages.entry.parsing import LineRead


@dataclass(frozen=True)
class Side:
    """One of two figures that were written at the same time."""

    name: str
    at: datetime
    figure: str
    explanation: str


@dataclass(frozen=True)
class Clash:
    """Both figures of one component; `rival` is the number of the colleague's revision."""

    rival: int
    colleague: Side
    mine: Side


def saved_sentence(outcomes: Sequence[str]) -> str:
    """How many figures are new, changed or the same."""
    new, changed, same = (outcomes.count(word) for word in (NEW, CHANGED, SAME))
    if not outcomes:
        return "U hebt niets veranderd. Er is niets bewaard."
    if same == len(outcomes):
        return "Dit stond er al; er is niets veranderd."
    counts = [(new, "nieuw"), (changed, "gewijzigd"), (same, plural(same, "stond er al", "stonden er al"))]
    return "Bewaard: " + ", ".join(f"{number} {word}" for number, word in counts if number) + "."


def clashes(
    book: YearBook, reads: Mapping[str, LineRead], conflict: Conflict, *, by, now: datetime
) -> dict[str, Clash]:
    """Of each component that a colleague wrote meanwhile: both figures, who, and when."""
    newer = {str(row.component_id): row for row in conflict.newer if row is not None}
    names = person_names([by.pk, *(row.recorded_by_id for row in newer.values())])
    found = {}
    for key, row in newer.items():
        entry, unit = reads[key].entry, book.lines[key].part.unit
        if entry is None:
            continue
        found[key] = Clash(
            row.pk,
            Side(names.get(row.recorded_by_id, ""), row.recorded_at, format_value(row.value, unit), row.explanation),
            Side(names[by.pk], now, format_value(entry.value, unit), entry.explanation or ""),
        )
    return found


def person_names(pks: Iterable[int | None]) -> dict[int | None, str]:
    """Full name and role of each: Oefen Collega (beleidsmedewerker). Two queries."""
    people = get_user_model().objects.filter(pk__in={pk for pk in pks if pk}).prefetch_related("groups")
    found: dict[int | None, str] = {}
    for person in people:
        roles = ", ".join(sorted(group.name for group in person.groups.all()))
        found[person.pk] = f"{person.get_full_name() or person.get_username()}{f' ({roles})' if roles else ''}"
    return found
