"""Rows of the read model: frozen, with verdicts and texts. Tables, charts, documents and data all use these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property  # faster than the one of functools: no lock

from indicators.domain.assessment import Status, worst_of
from indicators.domain.followed import Followed
from indicators.domain.formatting import format_in_unit, format_number
from indicators.domain.naming import component_label, component_title
from indicators.domain.values import Direction, Exact, NoValue, Role, Unit, Value
from indicators.readmodel.chain import Chain, EditionInfo, VersionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.lines import Line
from indicators.readmodel.provenance import ReadingRow, Revision, TargetDecision
from indicators.readmodel.structure import Part


@dataclass(frozen=True, kw_only=True)
class ComponentRow:
    """A component with all its years. Texts are Dutch, numbers in the unit of the component.

    `series` identifies it through all versions. Names, baseline and breaks here are those of the newest version; each
    figure has the facts that its own year is judged by. `breaks` has pairs of a first year and a reason. `decisions`
    are the changes of targets by versions. `revisions` are the adopted ones, in order; in an overview with drafts these
    come after them.
    """

    series: int
    key: str
    name: str
    short_name: str
    noun: str
    unit: Unit
    direction: Direction
    baseline: Value | None
    baseline_printed: str
    baseline_year: int | None
    breaks: tuple[tuple[int, str], ...]
    figures: dict[int, Figure]
    decisions: tuple[TargetDecision, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def break_years(self) -> tuple[int, ...]:
        """The years from which on figures do not compare with earlier ones."""
        return tuple(year for year, _ in self.breaks)

    @property
    def has_targets(self) -> bool:
        """Whether any year has a target; a component without one only informs."""
        return any(figure.target for figure in self.figures.values())

    def last_known(self, before: int) -> Figure | None:
        """Return the latest known figure before `before`, or None. Shown next to a gap; never this year's value."""
        known = [f for f in self.figures.values() if f.year < before and f.value and not isinstance(f.value, NoValue)]
        return max(known, key=lambda figure: figure.year, default=None)

    def last_exact(self, before: int) -> Decimal | None:
        """Return the latest exact figure before `before`, else the baseline: what plausibility is checked against."""
        exact = [f for f in self.figures.values() if f.year < before and isinstance(f.value, Exact)]
        value = max(exact, key=lambda figure: figure.year).value if exact else self.baseline
        return value.number if isinstance(value, Exact) else None

    def difference_printed(self, year: int) -> str:
        """Return the absolute difference from the baseline in the unit: 284; 0,2. "" when unknown."""
        difference = self.figures[year].assessment.difference
        return "" if difference is None else format_in_unit(abs(difference), self.unit)

    def needed_printed(self, year: int) -> str | None:
        """Return what is still needed until the last target year, as a Dutch number: "0" or more, None if unknown."""
        needed = self.figures[year].assessment.needed_in_all
        if needed is None:
            return None
        return format_number(needed, self.unit.decimals) if needed else "0"


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """An indicator with its components; its status is the worst of theirs."""

    pk: int
    code: str
    name: str
    source: str
    role: Role
    definition: str
    synonyms: tuple[str, ...]
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
        """Its status by year: the worst of its components."""
        years = self.components[0].figures if self.components else {}
        return {
            year: worst_of((part.figures[year].status, part.figures[year].value) for part in self.components)
            for year in years
        }

    def followed(self, year: int) -> Followed:
        """Return whether this indicator is followed this year, not yet, or no longer, as its year is judged."""
        spans = [part.figures[year].followed for part in self.components]
        return Followed.YES if Followed.YES in spans else spans[0]

    def counts_in(self, year: int) -> bool:
        """Return whether it is followed this year. In other years it is not counted, and no figure is required."""
        return self.followed(year) is Followed.YES

    def figures(self, year: int) -> list[tuple[ComponentRow, Figure]]:
        """Return each component with its figure of this year."""
        return [(part, part.figures[year]) for part in self.components]

    def target_cell(self, year: int) -> str:
        """Return the target as the nota prints it; without a printed cell, the targets of its components."""
        if not self.counts_in(year):
            return ""
        if year in self.printed_cells:
            return self.printed_cells[year]
        return " / ".join(
            f"{figure.target_printed} {part.name}".strip()
            for part, figure in self.figures(year)
            if figure.target_printed
        )

    def has_draft(self, year: int) -> bool:
        """Return whether any component has a draft this year."""
        return any(part.figures[year].is_draft for part in self.components)


def count_statuses(rows: Iterable[IndicatorRow], year: int) -> dict[Status, int]:
    """Return the number of indicators by status this year, worst first, without zeros."""
    statuses = [row.statuses[year] for row in rows if row.counts_in(year)]
    return {status: statuses.count(status) for status in Status if status in statuses}


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    """A priority with its indicators. It has no status, only counts of the statuses of its indicators."""

    pk: int
    number: int
    name: str
    goal: str
    rows: tuple[IndicatorRow, ...]
    kind: str = "priority"

    @property
    def is_vth(self) -> bool:
        """Whether it is the cycle of permits, supervision and enforcement, which is not a priority."""
        return self.kind == "vth"

    @property
    def label(self) -> str:
        """Its kind and number, before its name in titles and sentences: Prioriteit 1; VTH."""
        return "VTH" if self.is_vth else f"Prioriteit {self.number}"

    def counts(self, year: int) -> dict[Status, int]:
        """Return the number of indicators by status this year, worst first, without zeros."""
        return count_statuses(self.rows, year)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The state of a kadernota after the last decision of `chain`; with drafts over it for those who may see them.

    `version` is the newest one: names and texts are its own. `versions_by_year` has the one that each year is judged
    under. `readings` are those of the nota as a whole. `lines` are all adopted revisions of the lines of the programme,
    in the order of adoption.
    """

    slug: str
    is_practice: bool
    chain: Chain
    version: VersionInfo
    versions_by_year: Mapping[int, VersionInfo]
    parts: tuple[Part, ...]
    readings: tuple[ReadingRow, ...]
    lines: tuple[Line, ...]
    with_drafts: bool
    priorities: tuple[PriorityRow, ...]
    vth: PriorityRow | None = None
    edition: EditionInfo | None = None

    @property
    def title(self) -> str:
        """The title of the kadernota."""
        return self.version.title

    @property
    def organisation(self) -> str:
        """The name of the organisation, as the kadernota prints it."""
        return self.version.printed_organisation

    @property
    def baseline_year(self) -> int:
        """The year of the baselines."""
        return self.version.baseline_year

    @property
    def years(self) -> range:
        """The years for which figures are recorded."""
        return self.version.years

    @property
    def target_years(self) -> range:
        """The years with targets."""
        return self.version.target_years

    @property
    def editions(self) -> tuple[EditionInfo, ...]:
        """The editions up to the decision shown, in the order of adoption."""
        return self.chain.editions

    @cached_property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """The indicators of the priorities, which the council counts, in the order of the nota."""
        return tuple(row for priority in self.priorities for row in priority.rows)

    @property
    def groups(self) -> tuple[PriorityRow, ...]:
        """The priorities, and the cycle of permits if it has indicators."""
        return (*self.priorities, self.vth) if self.vth else self.priorities

    @cached_property
    def all_rows(self) -> tuple[IndicatorRow, ...]:
        """All indicators, in the order of the nota; those of the cycle of permits come last."""
        return tuple(row for group in self.groups for row in group.rows)

    def readings_with_codes(self) -> list[tuple[str, ReadingRow]]:
        """Return all readings in the order of the nota, each with the code of its indicator; "" for the whole nota."""
        own = [(row.code, reading) for row in self.all_rows for reading in row.readings]
        return sorted([*(("", reading) for reading in self.readings), *own], key=lambda pair: pair[1].order)

    def group_of(self, row: IndicatorRow) -> PriorityRow:
        """Return the priority (or cycle) of this indicator."""
        return next(group for group in self.groups if any(other.code == row.code for other in group.rows))

    @property
    def last_year(self) -> int:
        """The last target year."""
        return self.target_years[-1]

    def counts(self, year: int) -> dict[Status, int]:
        """Return the number of indicators of the priorities by status this year, worst first, without zeros."""
        return count_statuses(self.rows, year)

    def row(self, code: str) -> IndicatorRow | None:
        """Return the indicator with this code, or None."""
        return next((row for row in self.all_rows if row.code == code), None)

    def edition_of(self, year: int) -> EditionInfo | None:
        """Return the newest edition of this year, or None."""
        return next((edition for edition in reversed(self.editions) if edition.year == year), None)
