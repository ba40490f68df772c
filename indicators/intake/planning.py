"""Plan what each row of a sheet would change in a kadernota, and record the plan."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from django.contrib.auth.models import User

from indicators.actions.recording import (
    Entry,
    current_figures,
    needs_reason,
    not_followed,
    outcome_of,
    record_measurements,
)
from indicators.actions.workflow import Outcome, RevisionChain
from indicators.domain.cells import Cell, cell_text
from indicators.domain.formatting import format_value
from indicators.domain.notation import InputValue
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, Role, Value, takes_sample
from indicators.intake.row_parser import (
    CellRefused,
    RowRefusal,
    normalised,
    read_component,
    read_explanation,
    read_figure,
    read_sample,
    read_year,
)
from indicators.intake.sheets import SheetRow
from indicators.models import Area, Baseline, Component, Indicator, Measurement
from priorities.models import Kadernota

MAX_DUPLICATES_NAMED = 5  # other rows with the same figure in a refusal
Parsed = TypeVar("Parsed")


class Skipped(StrEnum):
    """Why a row records nothing."""

    EMPTY = "empty"
    REFUSED = "refused"


OUTCOMES = (*Outcome, Skipped.EMPTY)


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """What one row would change. `current` is the revision that it replaces, `question` what the user must confirm.

    `refusal` is the first reason why the row is refused, `more_refusals` are the others.
    """

    number: int
    outcome: Outcome | Skipped
    entry: Entry | None = None
    current: Measurement | None = None
    question: str = ""
    refusal: RowRefusal | None = None
    more_refusals: tuple[RowRefusal, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a whole sheet would change; it can be recorded only when no row is refused."""

    rows: tuple[PlannedRow, ...]

    @property
    def refusals(self) -> list[RowRefusal]:
        """All refusals, in the order of the rows."""
        return [refusal for row in self.rows if row.refusal for refusal in (row.refusal, *row.more_refusals)]

    @property
    def questions(self) -> list[PlannedRow]:
        """The rows with a question to confirm."""
        return [row for row in self.rows if row.question]

    def count(self, outcome: str) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def plan_import(kadernota: Kadernota, rows: list[SheetRow]) -> Plan:
    """Compare every row with the current figures of `kadernota`; records nothing.

    A row is refused with every reason; two rows with the same figure of the same year are both refused.
    """
    state = _State(kadernota)
    parsed = [_parse_subject(state, row) for row in rows]
    _refuse_duplicates(parsed)
    planned: dict[int, PlannedRow] = {}
    # Earlier years first: a figure in the sheet counts as the last known figure of the years after it.
    for index in sorted(range(len(rows)), key=lambda index: parsed[index].year or 0):
        planned[index] = _plan_row(state, parsed[index])
    return Plan(tuple(planned[index] for index in range(len(rows))))


def apply_import(plan: Plan, *, by: User, now: datetime) -> list[Outcome]:
    """Record the whole plan in one transaction; return the outcome of each figure.

    Raises Conflict when a figure has changed since the plan was made, NotAllowed when `by` may not record figures, and
    ValueError for a plan with refusals.
    """
    if plan.refusals:
        raise ValueError("a plan with refusals cannot be recorded")
    entries = [row.entry for row in plan.rows if row.entry is not None]
    return record_measurements(entries=entries, by=by, now=now)


class _State:
    """The components of a kadernota by name and code, and its current figures with those planned so far."""

    def __init__(self, kadernota: Kadernota) -> None:
        self.kadernota = kadernota
        self.area = Area.objects.get(kadernota=kadernota, is_whole=True)
        self.by_indicator: dict[str, list[Component]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.years = kadernota.version.years
        components = Component.objects.of(kadernota).select_related("baseline")
        for component in components.order_by("indicator__order", "order"):
            for name in (component.indicator.code, component.indicator.name):
                self.by_indicator[normalised(name)].append(component)
                self.names[normalised(name)] = name
        self.figures = current_figures(kadernota, self.years)
        self.numbers: dict[tuple[int, int], Decimal] = {}
        for (series, area, year), chain in self.figures.items():
            if area == self.area.pk and chain.current and isinstance(chain.current.value, Exact):
                self.numbers[series, year] = chain.current.value.number

    def is_survey(self, indicator: Indicator) -> bool:
        """Return whether figures of this indicator may have a sample size."""
        components = self.by_indicator[normalised(indicator.code)]
        return takes_sample(Role(indicator.role), (component.unit for component in components))

    def last_number(self, component: Component, year: int) -> Decimal | None:
        """Return the latest exact figure before `year`, else the exact baseline."""
        for earlier in range(year - 1, self.years[0] - 1, -1):
            if (component.series_id, earlier) in self.numbers:
                return self.numbers[component.series_id, earlier]
        baseline: Baseline | None = getattr(component, "baseline", None)
        return baseline.value.number if baseline and isinstance(baseline.value, Exact) else None

    def add_planned(self, component: Component, year: int, value: Value) -> None:
        """Count a figure of the sheet as the current one."""
        self.numbers.pop((component.series_id, year), None)
        if isinstance(value, Exact):
            self.numbers[component.series_id, year] = value.number


@dataclass
class _ParsedRow:
    """A row with its component and year, None when refused, and all its refusals."""

    row: SheetRow
    component: Component | None = None
    year: int | None = None
    refusals: list[RowRefusal] = field(default_factory=list)

    def parse(self, parser: Callable[[], Parsed]) -> Parsed | None:
        """Return the result of `parser`; collect its refusal, so that the other cells are parsed too."""
        try:
            return parser()
        except CellRefused as error:
            self.refusals.append(error.refusal)
            return None

    def refuse(self, column: str, refusal: Refusal) -> None:
        """Refuse the row because of the cell in this column."""
        self.refusals.append(CellRefused(self.row, column, refusal).refusal)


def _parse_subject(state: _State, row: SheetRow) -> _ParsedRow:
    parsed = _ParsedRow(row)
    parsed.component = parsed.parse(lambda: read_component(row, state.by_indicator, state.names))
    parsed.year = parsed.parse(lambda: read_year(row, state.years))
    if parsed.component and parsed.year:
        outside = not_followed(parsed.component.indicator, parsed.year)
        if outside:
            parsed.refuse("jaar", Refusal(str(parsed.year), outside))
    return parsed


def _refuse_duplicates(rows: list[_ParsedRow]) -> None:
    """Refuse rows with the same component and year, equal figures included; empty rows do not count."""
    groups: dict[tuple[int, int], list[_ParsedRow]] = defaultdict(list)
    for parsed in rows:
        cells = (parsed.row.cells.get(column, Cell("empty")) for column in ("meting", "toelichting", "steekproef"))
        if parsed.component and parsed.year and any(cell.kind != "empty" for cell in cells):
            groups[parsed.component.series_id, parsed.year].append(parsed)
    for group in groups.values():
        for parsed in group if len(group) > 1 else ():
            # Limited: in a sheet of one figure, each refusal would name all rows.
            duplicates = (str(other.row.number) for other in group if other is not parsed)
            others = list(islice(duplicates, MAX_DUPLICATES_NAMED))
            more = f" en nog {len(group) - 1 - len(others)} rijen" if len(group) - 1 > len(others) else ""
            why = f"dit cijfer staat ook in rij {' en '.join(others)}{more}; laat er één staan"
            parsed.refuse("meting", Refusal(cell_text(parsed.row.cells["meting"]), why))


def _plan_row(state: _State, parsed: _ParsedRow) -> PlannedRow:
    row, component, year = parsed.row, parsed.component, parsed.year
    explanation = parsed.parse(lambda: read_explanation(row))
    sample = input_value = None
    if component is not None:
        last = state.last_number(component, year or state.years[-1] + 1)
        sample = parsed.parse(lambda: read_sample(row, is_survey=state.is_survey(component.indicator)))
        input_value = parsed.parse(lambda: read_figure(row, component.unit, last=last, year=year))
    if component is None or year is None or parsed.refusals:
        return _refused(parsed)
    chain: RevisionChain[Measurement] = state.figures.get((component.series_id, state.area.pk, year), RevisionChain())
    current, adopted = chain.current, chain.adopted
    if input_value is None:
        if explanation is None and sample is None:
            return PlannedRow(number=row.number, outcome=Skipped.EMPTY)
        if current is None:
            why = "er staat wel een toelichting of steekproef, maar geen cijfer; schrijf het cijfer, pm of n.b."
            parsed.refuse("meting", Refusal("", why))
            return _refused(parsed)
        input_value = InputValue(current.value)
    entry = Entry(
        component=component,
        area=state.area,
        year=year,
        value=input_value.value,
        explanation=explanation,
        sample=sample,
        seen=current.pk if current else None,
    )
    outcome = outcome_of(entry, chain)
    if adopted and outcome == Outcome.CHANGED and needs_reason(entry, adopted) and not explanation:
        was = format_value(adopted.value, component.unit)
        why = f"dit verschilt van het vastgestelde cijfer {was}; geef de reden van de correctie in de toelichting"
        parsed.refuse("toelichting", Refusal(format_value(entry.value, component.unit), why))
        return _refused(parsed)
    state.add_planned(component, year, input_value.value)
    question = "" if outcome in (Outcome.SAME, Outcome.RETRACTED) else input_value.question
    return PlannedRow(number=row.number, outcome=outcome, entry=entry, current=current, question=question)


def _refused(parsed: _ParsedRow) -> PlannedRow:
    first, *more = parsed.refusals
    return PlannedRow(number=parsed.row.number, outcome=Skipped.REFUSED, refusal=first, more_refusals=tuple(more))
