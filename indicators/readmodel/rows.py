"""The read model's rows: frozen, judged, with their texts ready. Table, chart, appendix and API all read these."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property  # without the lock of the standard one

from indicators.domain.assessment import Status, worst_of
from indicators.domain.followed import Followed, followed
from indicators.domain.naming import component_label, component_title
from indicators.domain.notation import format_in_unit, format_number
from indicators.domain.values import Direction, Exact, NoValue, Role, Unit, Value
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow, Recorded, TargetDecision


@dataclass(frozen=True)
class ComponentRow:
    """A component with all its years. Texts are Dutch, numbers in the component's unit.

    `breaks`: from which year on, and why. `decisions`: all that changed a target and count here. `revisions`: what
    was adopted up to what is shown, in that order; loaded with drafts, only the newest of each figure.
    """

    pk: int
    name: str
    noun: str
    unit: Unit
    direction: Direction
    baseline: Value | None
    baseline_printed: str
    baseline_year: int | None
    breaks: tuple[tuple[int, str], ...]
    figures: dict[int, Figure]
    decisions: tuple[TargetDecision, ...] = ()
    revisions: tuple[Recorded, ...] = ()

    @property
    def break_years(self) -> tuple[int, ...]:
        """From which years on figures do not compare with earlier ones."""
        return tuple(year for year, _ in self.breaks)

    @property
    def has_targets(self) -> bool:
        """Whether any year has a target; without, the component is informative."""
        return any(figure.target for figure in self.figures.values())

    def last_known(self, before: int) -> Figure | None:
        """The newest figure with a value of a year earlier than `before`; shown beside a gap, never carried over."""
        known = [f for f in self.figures.values() if f.year < before and f.value and not isinstance(f.value, NoValue)]
        return max(known, key=lambda figure: figure.year, default=None)

    def last_exact(self, before: int) -> Decimal | None:
        """The newest exact figure of a year before `before`, else the baseline: what "klopt dit?" compares with."""
        exact = [f for f in self.figures.values() if f.year < before and isinstance(f.value, Exact)]
        value = max(exact, key=lambda figure: figure.year).value if exact else self.baseline
        return value.number if isinstance(value, Exact) else None

    def difference_printed(self, year: int) -> str:
        """This year's difference from the baseline, without a sign, in the unit: 284; 0,2."""
        difference = self.figures[year].assessment.difference
        return "" if difference is None else format_in_unit(abs(difference), self.unit)

    def needed_printed(self, year: int) -> str | None:
        """What is still needed in all until the last target year, as a Dutch number; "0" when already there."""
        needed = self.figures[year].assessment.needed_in_all
        if needed is None:
            return None
        return format_number(needed, self.unit.decimals) if needed else "0"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its components; it stands as its worst one."""

    pk: int
    code: str
    name: str
    source: str
    role: Role
    definition: str
    cadence: str
    planned_years: tuple[int, ...] | None
    printed_cells: dict[int, str]
    priority_number: int
    components: tuple[ComponentRow, ...]
    first_year: int | None = None
    last_year: int | None = None
    change_reason: str = ""
    readings: tuple[ReadingRow, ...] = ()

    @property
    def title(self) -> str:
        """Code and name: V5 Woninginbraken."""
        return f"{self.code} {self.name}"

    def label_of(self, part: ComponentRow) -> str:
        """Return the short name of one of its components: V5 absoluut."""
        return component_label(self.code, part.name)

    def title_of(self, part: ComponentRow, separator: str = ": ") -> str:
        """Return the full name of one of its components: V5 Woninginbraken: absoluut."""
        return component_title(self.title, part.name, separator)

    @cached_property
    def statuses(self) -> dict[int, Status]:
        """How it stands each year: as the worst of its components."""
        years = self.components[0].figures if self.components else {}
        return {
            year: worst_of((part.figures[year].status, part.figures[year].value) for part in self.components)
            for year in years
        }

    def followed(self, year: int) -> Followed:
        """Whether this indicator is followed this year, not yet, or no more."""
        return followed(year, self.first_year, self.last_year)

    def counts_in(self, year: int) -> bool:
        """Whether this indicator is one of those of this year: outside its years it is not counted or asked for."""
        return self.followed(year) is Followed.YES

    def figures(self, year: int) -> list[tuple[ComponentRow, Figure]]:
        """Each component with its figure of this year."""
        return [(part, part.figures[year]) for part in self.components]

    def target_cell(self, year: int) -> str:
        """The target as the nota prints it; the parts as they stand now where a decision has changed one."""
        if not self.counts_in(year):
            return ""
        parts = [part.figures[year] for part in self.components]
        if year in self.printed_cells and not any(figure.target_decision for figure in parts):
            return self.printed_cells[year]
        return " / ".join(
            f"{figure.target_printed} {part.name}".strip()
            for part, figure in self.figures(year)
            if figure.target_printed
        )

    def has_draft(self, year: int) -> bool:
        """Whether any component shows a draft this year."""
        return any(part.figures[year].is_draft for part in self.components)


@dataclass(frozen=True)
class PriorityRow:
    """A priority with its indicators. It has no colour of its own: it shows how many stand where."""

    pk: int
    number: int
    name: str
    goal: str
    rows: tuple[IndicatorRow, ...]
    kind: str = "priority"

    @property
    def is_vth(self) -> bool:
        """The cycle of permits, supervision and enforcement: with indicators, but none of the priorities."""
        return self.kind == "vth"

    @property
    def label(self) -> str:
        """How titles and sentences call it, before its name."""
        return "VTH" if self.is_vth else f"Prioriteit {self.number}"

    def counts(self, year: int) -> dict[Status, int]:
        """How many indicators have each status this year, worst first; those that none has are left out."""
        standing = [row.statuses[year] for row in self.rows if row.counts_in(year)]
        return {status: standing.count(status) for status in Status if status in standing}


@dataclass(frozen=True)
class Overview:
    """A kadernota as of an edition (or with drafts), loaded once and judged once."""

    slug: str
    title: str
    organisation: str
    is_practice: bool
    baseline_year: int
    years: range
    target_years: range
    edition: EditionInfo | None
    editions: tuple[EditionInfo, ...]
    with_drafts: bool
    priorities: tuple[PriorityRow, ...]
    vth: PriorityRow | None = None

    @cached_property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """The indicators of the priorities, in the order of the nota: those that the council counts."""
        return tuple(row for priority in self.priorities for row in priority.rows)

    @property
    def groups(self) -> tuple[PriorityRow, ...]:
        """All that indicators hang under: the priorities, and the cycle of permits where it has any."""
        return (*self.priorities, self.vth) if self.vth else self.priorities

    @cached_property
    def all_rows(self) -> tuple[IndicatorRow, ...]:
        """All indicators that figures are recorded of."""
        return tuple(row for group in self.groups for row in group.rows)

    def group_of(self, row: IndicatorRow) -> PriorityRow:
        """What this indicator hangs under."""
        return next(group for group in self.groups if any(other.pk == row.pk for other in group.rows))

    @property
    def last_year(self) -> int:
        """The last target year."""
        return self.target_years[-1]

    def counts(self, year: int) -> dict[Status, int]:
        """How many indicators have each status this year, worst first."""
        standing = [row.statuses[year] for row in self.rows if row.counts_in(year)]
        return {status: standing.count(status) for status in Status if status in standing}

    def row(self, code: str) -> IndicatorRow | None:
        """The indicator with this code."""
        return next((row for row in self.all_rows if row.code == code), None)

    def edition_of(self, year: int) -> EditionInfo | None:
        """The newest edition of this year among those shown."""
        return next((edition for edition in reversed(self.shown_editions) if edition.year == year), None)

    @property
    def shown_editions(self) -> tuple[EditionInfo, ...]:
        """The editions up to and including the one that is shown, in the order of adoption."""
        if self.edition is None:
            return self.editions
        return tuple(edition for edition in self.editions if edition.pk <= self.edition.pk)
