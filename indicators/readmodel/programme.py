"""The annual programme of a kadernota: its parts with their activities and amounts.

Lines that were withdrawn are left out. The caller checks that the user may see drafts.
"""

from dataclasses import dataclass

from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.lines import History, Line, adopted_lines, load_line_revisions
from indicators.readmodel.rows import Overview
from indicators.readmodel.structure import Part
from priorities.models import Kadernota, PriorityKind


@dataclass(frozen=True, kw_only=True)
class ProgrammePart(Part):
    """A priority, a theme or the cycle of permits, with its texts and its lines of all years."""

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
    """The parts of a kadernota with their lines: the adopted ones, or the newest, drafts included."""

    slug: str
    years: range
    finances: str
    edition: EditionInfo | None
    with_drafts: bool
    parts: tuple[ProgrammePart, ...]

    @property
    def priorities(self) -> tuple[ProgrammePart, ...]:
        """The priorities."""
        return self._of(PriorityKind.PRIORITY)

    @property
    def themes(self) -> tuple[ProgrammePart, ...]:
        """The other safety themes."""
        return self._of(PriorityKind.THEME)

    @property
    def vth(self) -> ProgrammePart | None:
        """The cycle of permits, supervision and enforcement, where the kadernota has one."""
        return next(iter(self._of(PriorityKind.VTH)), None)

    def part(self, pk: int) -> ProgrammePart:
        """Return the part of the topic with this key. Raises KeyError for a topic of another kadernota."""
        return {part.pk: part for part in self.parts}[pk]

    def lines(self, year: int) -> list[Line]:
        """Return all lines of a year, in the order of the parts."""
        return [line for part in self.parts for line in (*part.activities(year), *part.finances(year))]

    def _of(self, kind: PriorityKind) -> tuple[ProgrammePart, ...]:
        return tuple(part for part in self.parts if part.kind is kind)


def make_programme(overview: Overview, lines: dict[int, Line], *, drafts: bool = False) -> Programme:
    """Return the programme of an overview with these lines (by first revision), without those that were withdrawn."""
    by_topic: dict[int, list[Line]] = {}
    for _, line in sorted(lines.items()):
        if not line.withdrawn:
            by_topic.setdefault(line.topic, []).append(line)
    return Programme(
        slug=overview.slug,
        years=overview.years,
        finances=overview.version.finances,
        edition=overview.edition,
        with_drafts=drafts,
        parts=tuple(ProgrammePart(**vars(part), lines=tuple(by_topic.get(part.pk, ()))) for part in overview.parts),
    )


def adopted_programme(overview: Overview) -> Programme:
    """Return the programme that the decisions of an overview adopted."""
    return make_programme(overview, adopted_lines(overview.lines))


def load_recorded_programme(kadernota: Kadernota, overview: Overview) -> Programme:
    """Load the programme with its drafts. One query."""
    return make_programme(overview, load_recorded_lines(kadernota, overview), drafts=True)


def load_recorded_lines(kadernota: Kadernota, overview: Overview) -> dict[int, Line]:
    """Load the newest revision of each line, drafts included, by its first revision. One query."""
    return History(load_line_revisions(kadernota, overview.chain, people=True)).newest()
