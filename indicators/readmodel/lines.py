"""Lines of the annual programme: their revisions, as adopted by a prefix of the chain or with drafts.

The caller checks that the user may see drafts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.models import ProgrammeLine
from indicators.readmodel.chain import Chain, EditionInfo
from indicators.readmodel.revisions import name_from
from priorities.models import Kadernota

FIELDS = (
    "pk",
    "replaces_id",
    "topic_id",
    "kind",
    "year",
    "effort",
    "title",
    "partners",
    "planned",
    "state",
    "result",
    "budget",
    "spent",
    "withdrawn",
    "retracted",
    "entry__edition_id",
)
PEOPLE_FIELDS = (
    "recorded_at",
    "recorded_by_id",
    "recorded_by__first_name",
    "recorded_by__last_name",
    "recorded_by__username",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the programme, in its current revision.

    `first` is the key of its first revision, which identifies the line. `edition` is None for a draft. `recorded_by`
    and `recorded_at` are only for users who may see drafts.
    """

    pk: int
    first: int
    topic: int
    kind: LineKind
    year: int
    effort: str
    title: str
    partners: str
    planned: str
    state: ActivityState | None
    result: str
    budget: Decimal | None
    spent: Decimal | None
    withdrawn: bool = False
    retracted: bool = False
    edition: EditionInfo | None = None
    recorded_at: datetime | None = None
    recorder: int | None = None
    recorded_by: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it is recorded and not adopted."""
        return self.edition is None

    @property
    def is_activity(self) -> bool:
        """Whether it is an activity; otherwise it is an amount with its purpose."""
        return self.kind is LineKind.ACTIVITY

    @property
    def budget_printed(self) -> str:
        """The budget as printed everywhere; "" for none."""
        return "" if self.budget is None else format_euros(self.budget)

    @property
    def spent_printed(self) -> str:
        """The amount spent as printed everywhere; "" for none."""
        return "" if self.spent is None else format_euros(self.spent)

    def missing(self, edition_year: int) -> str:
        """Return in Dutch what it still needs before an edition of this year can hold it; "" for nothing."""
        return missing_account(
            kind=self.kind, state=self.state, result=self.result, spent=self.spent, in_account=self.year == edition_year
        )


@dataclass(frozen=True)
class History:
    """Every revision of every line of a kadernota, drafts included, in the order of recording."""

    revisions: tuple[Line, ...]
    _newest: dict[int, Line] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        newest: dict[int, Line] = {}
        adopted: dict[int, Line] = {}
        for line in self.revisions:
            if line.edition:
                adopted[line.first] = line
            if not line.retracted:
                newest[line.first] = line
            elif line.first in adopted:
                newest[line.first] = adopted[line.first]
            else:
                newest.pop(line.first, None)
        object.__setattr__(self, "_newest", newest)

    def newest(self) -> dict[int, Line]:
        """Return the newest revision of each line that nobody took back, withdrawn or not, by its first revision."""
        return dict(self._newest)

    def adopted(self) -> dict[int, Line]:
        """Return the last adopted revision of each line, by its first revision."""
        return adopted_lines(self.revisions)


def adopted_lines(revisions: Iterable[Line]) -> dict[int, Line]:
    """Return the last adopted revision of each line, by its first revision."""
    # Of two revisions of a line the later one comes in the later edition.
    return {line.first: line for line in revisions if line.edition}


def load_adopted_lines(kadernota: Kadernota, chain: Chain) -> tuple[Line, ...]:
    """Load every revision of every line that the decisions of this chain adopted, oldest first. One query."""
    return tuple(line for line in load_line_revisions(kadernota, chain, people=False) if line.edition)


def load_line_revisions(kadernota: Kadernota, chain: Chain, *, people: bool) -> tuple[Line, ...]:
    """Load every revision of every line, oldest first; with who recorded it if `people`. One query."""
    editions = {edition.pk: edition for edition in chain.editions}
    fields = FIELDS + PEOPLE_FIELDS if people else FIELDS
    firsts: dict[int, int] = {}
    lines = []
    for values in ProgrammeLine.objects.of(kadernota).order_by("pk").values_list(*fields):
        row = dict(zip(fields, values, strict=True))
        # A revision comes after the row that it replaces, so that the first revision of that row is known.
        firsts[row["pk"]] = firsts[row["replaces_id"]] if row["replaces_id"] else row["pk"]
        lines.append(_line(row, firsts[row["pk"]], editions))
    return tuple(lines)


def _line(row: dict[str, Any], first: int, editions: dict[int, EditionInfo]) -> Line:
    people: dict[str, Any] = {}
    if "recorded_by_id" in row:
        names = (row[f"recorded_by__{name}"] for name in ("first_name", "last_name", "username"))
        people = {"recorder": row["recorded_by_id"], "recorded_by": name_from(*names)}
        people["recorded_at"] = row["recorded_at"]
    return Line(
        pk=row["pk"],
        first=first,
        topic=row["topic_id"],
        kind=LineKind(row["kind"]),
        year=row["year"],
        effort=row["effort"],
        title=row["title"],
        partners=row["partners"],
        planned=row["planned"],
        state=ActivityState(row["state"]) if row["state"] else None,
        result=row["result"],
        budget=row["budget"],
        spent=row["spent"],
        withdrawn=row["withdrawn"],
        retracted=row["retracted"],
        edition=editions.get(row["entry__edition_id"]),
        **people,
    )
