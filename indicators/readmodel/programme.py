"""The read model of the annual programme: activities and amounts of a kadernota.

It holds adopted lines up to and including an edition; the caller checks that the user may see drafts. Lines that were
withdrawn are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.models import Edition, ProgrammeLine
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.revisions import load_editions, name_from
from priorities.models import Kadernota, Priority, PriorityKind

FIELDS = (
    "pk",
    "replaces_id",
    "priority_id",
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
    "entry__edition_id",
)
PEOPLE_FIELDS = (
    "recorded_at",
    "recorded_by_id",
    "recorded_by__first_name",
    "recorded_by__last_name",
    "recorded_by__username",
)
PART_FIELDS = (
    "pk",
    "kind",
    "number",
    "name",
    "goal",
    "summary",
    "goals",
    "focus_points",
    "approach",
    "partners",
    "budget",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the programme, in its current revision.

    `first` is the key of its first revision, which identifies the line. `edition` is None for a draft. `recorded_by`
    and `recorded_at` are only for users who may see drafts.
    """

    pk: int
    first: int
    priority: int
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


@dataclass(frozen=True, kw_only=True)
class Part:
    """A priority, a theme or the cycle of permits, with its texts and its lines of all years.

    In a theme `partners` are the actors, `approach` the efforts, and `budget` the programmes of the budget; in the
    cycle `focus_points` are the steps.
    """

    pk: int
    kind: PriorityKind
    number: int
    name: str
    goal: str
    summary: str
    goals: tuple[str, ...]
    focus_points: tuple[dict[str, str], ...]
    approach: tuple[str, ...]
    partners: tuple[str, ...]
    budget: str
    lines: tuple[Line, ...] = ()

    def activities(self, year: int) -> list[Line]:
        """Return its activities of a year, in the order of their efforts."""
        return [line for _, lines in self.by_effort(year) for line in lines]

    def finances(self, year: int) -> list[Line]:
        """Return its amounts of a year, in the order in which they were first recorded."""
        return [line for line in self.lines if line.year == year and not line.is_activity]

    def by_effort(self, year: int) -> list[tuple[str, list[Line]]]:
        """Return its activities of a year by effort, in the order of the nota; those without an effort come last."""
        efforts: dict[str, list[Line]] = {effort: [] for effort in self.approach}
        for line in sorted(self.lines, key=lambda line: not line.effort):
            if line.year == year and line.is_activity:
                efforts.setdefault(line.effort, []).append(line)
        return [(effort, lines) for effort, lines in efforts.items() if lines]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The parts of a kadernota with their lines, as of an edition or with drafts."""

    slug: str
    years: range
    finances: str
    edition: EditionInfo | None
    with_drafts: bool
    parts: tuple[Part, ...]

    @property
    def priorities(self) -> tuple[Part, ...]:
        """The priorities."""
        return self._of(PriorityKind.PRIORITY)

    @property
    def themes(self) -> tuple[Part, ...]:
        """The other safety themes."""
        return self._of(PriorityKind.THEME)

    @property
    def vth(self) -> Part | None:
        """The cycle of permits, supervision and enforcement, where the kadernota has one."""
        return next(iter(self._of(PriorityKind.VTH)), None)

    def part(self, pk: int) -> Part:
        """Return the part with this key. Raises KeyError for a part of another kadernota."""
        return {part.pk: part for part in self.parts}[pk]

    def lines(self, year: int) -> list[Line]:
        """Return all lines of a year, in the order of the parts."""
        return [line for part in self.parts for line in (*part.activities(year), *part.finances(year))]

    def _of(self, kind: PriorityKind) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind is kind)


def load_programme(
    kadernota: Kadernota,
    *,
    edition: Edition | EditionInfo | None = None,
    drafts: bool = False,
    editions: Iterable[EditionInfo] | None = None,
    parts: Iterable[Part] | None = None,
    only: int | None = None,
) -> Programme:
    """Load the programme as of `edition` (default: the newest), or with the newest drafts.

    `editions` and `parts` are loaded unless given. `only` is the key of a part: load the lines of no other part. One
    query for the lines, and one for editions and parts each.
    """
    known = {info.pk: info for info in (load_editions(kadernota) if editions is None else editions)}
    history = History(load_revisions(kadernota, known, people=drafts, only=only))
    lines = history.newest() if drafts else history.adopted(edition.pk if edition else None)
    current = known.get(edition.pk) if edition else None
    parts = load_parts(kadernota) if parts is None else parts
    return make_programme(kadernota, parts, lines, current, drafts=drafts)


@dataclass(frozen=True)
class History:
    """Every revision of every line of a kadernota, drafts included, in the order of recording."""

    revisions: tuple[Line, ...]
    _newest: dict[int, Line] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_newest", {line.first: line for line in self.revisions})

    def newest(self) -> dict[int, Line]:
        """Return the newest revision of each line, withdrawn or not, by its first revision."""
        return dict(self._newest)

    def adopted(self, up_to: int | None = None) -> dict[int, Line]:
        """Return the last adopted revision of each line, up to and including the edition with this key."""
        adopted = [line for line in self.revisions if line.edition and (up_to is None or line.edition.pk <= up_to)]
        # Of two revisions of a line the later one comes in the later edition.
        return {line.first: line for line in adopted}


def load_revisions(
    kadernota: Kadernota, editions: dict[int, EditionInfo], *, people: bool, only: int | None = None
) -> tuple[Line, ...]:
    """Load every revision of every line (of the part `only`), oldest first; with who recorded it if `people`.

    One query.
    """
    rows = ProgrammeLine.objects.of(kadernota)
    rows = rows if only is None else rows.filter(priority=only)
    fields = FIELDS + PEOPLE_FIELDS if people else FIELDS
    firsts: dict[int, int] = {}
    lines = []
    for values in rows.order_by("pk").values_list(*fields):
        row = dict(zip(fields, values, strict=True))
        # A revision comes after the row that it replaces, so that the first revision of that row is known.
        firsts[row["pk"]] = firsts[row["replaces_id"]] if row["replaces_id"] else row["pk"]
        lines.append(_line(row, firsts[row["pk"]], editions))
    return tuple(lines)


def load_parts(kadernota: Kadernota) -> tuple[Part, ...]:
    """Load the parts of a kadernota, without their lines. One query."""
    rows = Priority.objects.filter(kadernota=kadernota).order_by("kind", "number").values_list(*PART_FIELDS)
    return tuple(make_part(*row) for row in rows)


def make_programme(
    kadernota: Kadernota, parts: Iterable[Part], lines: dict[int, Line], edition: EditionInfo | None, *, drafts: bool
) -> Programme:
    """Return the programme of these parts and lines (by first revision), without the lines that were withdrawn."""
    by_part: dict[int, list[Line]] = {}
    for _, line in sorted(lines.items()):
        if not line.withdrawn:
            by_part.setdefault(line.priority, []).append(line)
    filled = tuple(replace(part, lines=tuple(by_part.get(part.pk, ()))) for part in parts)
    return Programme(
        slug=kadernota.slug,
        years=kadernota.years,
        finances=kadernota.finances,
        edition=edition,
        with_drafts=drafts,
        parts=filled,
    )


def make_part(*values: Any) -> Part:
    """Return a part without its lines, from the values of its PART_FIELDS."""
    row = dict(zip(PART_FIELDS, values, strict=True))
    lists = {name: tuple(row[name]) for name in ("goals", "focus_points", "approach", "partners")}
    return Part(**row | lists | {"kind": PriorityKind(row["kind"])})


def _line(row: dict[str, Any], first: int, editions: dict[int, EditionInfo]) -> Line:
    people: dict[str, Any] = {}
    if "recorded_by_id" in row:
        names = (row[f"recorded_by__{name}"] for name in ("first_name", "last_name", "username"))
        people = {"recorder": row["recorded_by_id"], "recorded_by": name_from(*names)}
        people["recorded_at"] = row["recorded_at"]
    return Line(
        pk=row["pk"],
        first=first,
        priority=row["priority_id"],
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
        edition=editions.get(row["entry__edition_id"]),
        **people,
    )
