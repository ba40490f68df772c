"""The read model of the annual programme: activities and money of a kadernota, as of an edition, frozen.

What it shows is what is adopted, up to and including an edition; with drafts only for those who may see them, which
the caller has checked. A line that was withdrawn is not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.models import Edition, ProgrammeLine
from indicators.readmodel.revisions import load_editions, name_from
from indicators.readmodel.rows import EditionInfo
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
PEOPLE = (
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


@dataclass(frozen=True)
class Line:
    """One line of the programme, in the revision that counts.

    `first` is the revision that the line began with: by it a line is recognised through all its revisions. `edition`
    is None for a draft. `recorded_by` and `recorded_at` are for officers' eyes only.
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
        """Recorded, and not adopted yet."""
        return self.edition is None

    @property
    def is_activity(self) -> bool:
        """An activity; otherwise an amount with what it is for."""
        return self.kind is LineKind.ACTIVITY

    @property
    def budget_printed(self) -> str:
        """The budget as it is printed everywhere; "" where there is none."""
        return "" if self.budget is None else format_euros(self.budget)

    @property
    def spent_printed(self) -> str:
        """What was spent, as it is printed everywhere; "" where that is not known."""
        return "" if self.spent is None else format_euros(self.spent)

    def asked(self, edition_year: int) -> str:
        """What is still to be told of it before an edition of this year can hold it; "" when nothing is."""
        return missing_account(
            kind=self.kind, state=self.state, result=self.result, spent=self.spent, in_account=self.year == edition_year
        )


@dataclass(frozen=True)
class Part:
    """A priority, a theme or the cycle of permits, with its texts and its lines of all years.

    Of a theme `partners` are the actors, `approach` the efforts, and `budget` the programmes of the budget; of the
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
        """Its activities of a year, in the order of the efforts that they hang under."""
        return [line for _, lines in self.by_effort(year) for line in lines]

    def finances(self, year: int) -> list[Line]:
        """Its amounts of a year, in the order in which they were first recorded."""
        return [line for line in self.lines if line.year == year and not line.is_activity]

    def by_effort(self, year: int) -> list[tuple[str, list[Line]]]:
        """Its activities of a year under the effort they belong to, as the nota orders those; "" comes last."""
        found: dict[str, list[Line]] = {effort: [] for effort in self.approach}
        for line in sorted(self.lines, key=lambda line: not line.effort):
            if line.year == year and line.is_activity:
                found.setdefault(line.effort, []).append(line)
        return [(effort, lines) for effort, lines in found.items() if lines]


@dataclass(frozen=True)
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
        """The part with this key; KeyError when it is of another kadernota."""
        return {part.pk: part for part in self.parts}[pk]

    def lines(self, year: int) -> list[Line]:
        """All lines of a year, in the order of the parts."""
        return [line for part in self.parts for line in (*part.activities(year), *part.finances(year))]

    def find(self, pk: int) -> Line | None:
        """The line that counts with this revision."""
        return next((line for part in self.parts for line in part.lines if line.pk == pk), None)

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
    """Load the programme: as of `edition` (default: the newest), or with every draft counted too.

    `editions` and `parts`: what was loaded before, by an Overview and by `all_kadernotas`. One query for the lines,
    and one for each of these that is not given. `only`: the lines of the part with this key, and no others.
    """
    known = {info.pk: info for info in (load_editions(kadernota) if editions is None else editions)}
    history = History(load_revisions(kadernota, known, people=drafts, only=only))
    counting = history.newest() if drafts else history.adopted(edition.pk if edition else None)
    shown = known.get(edition.pk) if edition else None
    return make_programme(kadernota, load_parts(kadernota) if parts is None else parts, counting, shown, drafts=drafts)


@dataclass(frozen=True)
class History:
    """Every revision of every line of a kadernota, drafts too, in the order in which they were recorded."""

    revisions: tuple[Line, ...]
    _newest: dict[int, Line] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_newest", {line.first: line for line in self.revisions})

    def newest(self) -> dict[int, Line]:
        """Of each line the newest revision, withdrawn or not."""
        return dict(self._newest)

    def adopted(self, up_to: int | None = None) -> dict[int, Line]:
        """Of each line the last revision adopted, up to and including the edition with this key."""
        held = [line for line in self.revisions if line.edition and (up_to is None or line.edition.pk <= up_to)]
        # Of two revisions of a line the later one comes in the later edition.
        return {line.first: line for line in held}

    def of(self, first: int) -> list[Line]:
        """The revisions of one line, the oldest first."""
        return [line for line in self.revisions if line.first == first]


def load_revisions(
    kadernota: Kadernota, editions: dict[int, EditionInfo], *, people: bool, only: int | None = None
) -> tuple[Line, ...]:
    """Every revision of every line (of the part `only`), the oldest first, with who recorded it when `people`.

    One query.
    """
    rows = ProgrammeLine.objects.of(kadernota)
    rows = rows if only is None else rows.filter(priority=only)
    fields = FIELDS + PEOPLE if people else FIELDS
    firsts: dict[int, int] = {}
    found = []
    for values in rows.order_by("pk").values_list(*fields):
        row = dict(zip(fields, values, strict=True))
        # A revision comes after the one that it replaces, so what that one began with is known.
        firsts[row["pk"]] = firsts[row["replaces_id"]] if row["replaces_id"] else row["pk"]
        found.append(_line(row, firsts[row["pk"]], editions))
    return tuple(found)


def load_parts(kadernota: Kadernota) -> tuple[Part, ...]:
    """The parts of a kadernota, without their lines. One query."""
    rows = Priority.objects.filter(kadernota=kadernota).order_by("kind", "number").values_list(*PART_FIELDS)
    return tuple(make_part(*row) for row in rows)


def make_programme(
    kadernota: Kadernota, parts: Iterable[Part], lines: dict[int, Line], edition: EditionInfo | None, *, drafts: bool
) -> Programme:
    """The parts of the kadernota with these lines, by what each began with; those withdrawn are left out."""
    of: dict[int, list[Line]] = {}
    for _, line in sorted(lines.items()):
        if not line.withdrawn:
            of.setdefault(line.priority, []).append(line)
    filled = tuple(replace(part, lines=tuple(of.get(part.pk, ()))) for part in parts)
    return Programme(kadernota.slug, kadernota.years, kadernota.finances, edition, drafts, filled)


def make_part(pk: int, kind: str, *texts: Any) -> Part:
    """A part without its lines, from its PART_FIELDS."""
    number, name, goal, summary, *lists, budget = texts
    return Part(pk, PriorityKind(kind), number, name, goal, summary, *map(tuple, lists), budget)


def _line(row: dict[str, Any], first: int, editions: dict[int, EditionInfo]) -> Line:
    who = tuple(_people(row)) if "recorded_by_id" in row else ()
    return Line(
        row["pk"],
        first,
        row["priority_id"],
        LineKind(row["kind"]),
        row["year"],
        row["effort"],
        row["title"],
        row["partners"],
        row["planned"],
        ActivityState(row["state"]) if row["state"] else None,
        row["result"],
        row["budget"],
        row["spent"],
        row["withdrawn"],
        editions.get(row["entry__edition_id"]),
        *who,
    )


def _people(row: dict[str, Any]) -> Iterator[Any]:
    yield row["recorded_at"]
    yield row["recorded_by_id"]
    yield name_from(*(row[f"recorded_by__{name}"] for name in ("first_name", "last_name", "username")))
