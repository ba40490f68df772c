"""Of every row of a sheet what it would do against what stands in a kadernota; and doing it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from indicators.actions import (
    CHANGED,
    NEW,
    SAME,
    Entry,
    needs_reason,
    not_followed,
    outcome_of,
    record_measurements,
    standing_figures,
)
from indicators.domain.cells import Cell, cell_text
from indicators.domain.notation import InputValue, format_value
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, Role, Value, takes_sample
from indicators.intake.rows import (
    Refused,
    RowRefusal,
    folded,
    read_component,
    read_explanation,
    read_figure,
    read_sample,
    read_year,
)
from indicators.intake.sheets import SheetRow
from indicators.models import Area, Component, Indicator, Measurement
from priorities.models import Kadernota

EMPTY, REFUSED = "empty", "refused"
MOST_NAMED = 5  # other rows with the same figure
OUTCOMES = (NEW, CHANGED, SAME, EMPTY)
Read = TypeVar("Read")


@dataclass(frozen=True)
class PlannedRow:
    """What one row would do. `was` is the figure that stands there now; `question` asks to look again.

    `refusal` is the first reason why it is refused, `more` the others.
    """

    number: int
    outcome: str
    entry: Entry | None = None
    was: Measurement | None = None
    question: str = ""
    refusal: RowRefusal | None = None
    more: tuple[RowRefusal, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a whole sheet would do; it can be taken only when no row is refused."""

    rows: tuple[PlannedRow, ...]

    @property
    def refusals(self) -> list[RowRefusal]:
        """Every refusal, in the order of the rows."""
        return [refusal for row in self.rows if row.refusal for refusal in (row.refusal, *row.more)]

    @property
    def questions(self) -> list[PlannedRow]:
        """The rows that ask "klopt dit?"."""
        return [row for row in self.rows if row.question]

    def count(self, outcome: str) -> int:
        """How many rows have this outcome; over all outcomes they add up to the rows read."""
        return sum(row.outcome == outcome for row in self.rows)


def plan_import(kadernota: Kadernota, rows: list[SheetRow]) -> Plan:
    """Read every row against what stands in `kadernota`; records nothing.

    A row is refused with its place and every reason; the same figure of the same year twice refuses both rows.
    """
    book = _Book(kadernota)
    readings = [_keyed(book, row) for row in rows]
    _refuse_doubles(readings)
    planned: dict[int, PlannedRow] = {}
    # Earlier years first: a figure of this very sheet is the last figure of the years after it.
    for index in sorted(range(len(rows)), key=lambda index: readings[index].year or 0):
        planned[index] = _plan_row(book, readings[index])
    return Plan(tuple(planned[index] for index in range(len(rows))))


def apply_import(plan: Plan, *, by, now: datetime) -> list[str]:
    """Record the whole plan in one transaction.

    Raises Conflict when a figure changed since the plan was made, NotAllowed when `by` may not record, and
    ValueError for a plan with refusals.
    """
    if plan.refusals:
        raise ValueError("a plan with refusals cannot be taken")
    entries = [row.entry for row in plan.rows if row.entry is not None]
    return record_measurements(entries=entries, by=by, now=now)


class _Book:
    """What stands in a kadernota: its components by name and code, its figures, and those read so far."""

    def __init__(self, kadernota: Kadernota) -> None:
        self.kadernota = kadernota
        self.area = Area.objects.get(kadernota=kadernota, is_whole=True)
        self.by_indicator: dict[str, list[Component]] = defaultdict(list)
        self.names: dict[str, str] = {}
        components = Component.objects.filter(indicator__priority__kadernota=kadernota)
        for component in components.select_related("indicator", "baseline").order_by("indicator__order", "order"):
            for name in (component.indicator.code, component.indicator.name):
                self.by_indicator[folded(name)].append(component)
                self.names[folded(name)] = name
        self.standing = standing_figures(kadernota, kadernota.years)
        self.exact = {
            (component, year): current.number
            for (component, area, year), (current, _) in self.standing.items()
            if area == self.area.pk and isinstance(current.value, Exact)
        }

    def is_survey(self, indicator: Indicator) -> bool:
        """Return whether figures of this indicator may have a sample size."""
        return takes_sample(Role(indicator.role), (part.unit for part in self.by_indicator[folded(indicator.code)]))

    def last(self, component: Component, year: int) -> Decimal | None:
        """The newest exact figure of an earlier year, else the exact baseline."""
        for earlier in range(year - 1, self.kadernota.first_year - 1, -1):
            if (component.pk, earlier) in self.exact:
                return self.exact[component.pk, earlier]
        baseline = getattr(component, "baseline", None)
        return baseline.number if baseline and isinstance(baseline.value, Exact) else None

    def note(self, component: Component, year: int, value: Value) -> None:
        """Remember a figure of this sheet as it will stand."""
        self.exact.pop((component.pk, year), None)
        if isinstance(value, Exact):
            self.exact[component.pk, year] = value.number


@dataclass
class _Reading:
    """A row with the component and the year that it is about, as far as they can be read, and all that is refused."""

    row: SheetRow
    component: Component | None = None
    year: int | None = None
    refusals: list[RowRefusal] = field(default_factory=list)

    def attempt(self, read: Callable[[], Read]) -> Read | None:
        """What `read` gives; its refusal is kept, so that the next cell is read as well."""
        try:
            return read()
        except Refused as refused:
            self.refusals.append(refused.refusal)
            return None

    def refuse(self, column: str, refusal: Refusal) -> None:
        """Refuse the row for what stands in this column."""
        self.refusals.append(Refused(self.row, column, refusal).refusal)


def _keyed(book: _Book, row: SheetRow) -> _Reading:
    reading = _Reading(row)
    reading.component = reading.attempt(lambda: read_component(row, book.by_indicator, book.names))
    reading.year = reading.attempt(lambda: read_year(row, book.kadernota.years))
    if reading.component and reading.year:
        outside = not_followed(reading.component.indicator, reading.year)
        if outside:
            reading.refuse("jaar", Refusal(str(reading.year), outside))
    return reading


def _refuse_doubles(readings: list[_Reading]) -> None:
    """Rows about the same component and year: refused both, whether they agree or not. Empty rows do not count."""
    groups: dict[tuple[int, int], list[_Reading]] = defaultdict(list)
    for reading in readings:
        cells = (reading.row.cells.get(column, Cell("empty")) for column in ("meting", "toelichting", "steekproef"))
        if reading.component and reading.year and any(cell.kind != "empty" for cell in cells):
            groups[reading.component.pk, reading.year].append(reading)
    for group in groups.values():
        for reading in group if len(group) > 1 else ():
            # A whole sheet about one figure would else name all its rows in each of them.
            others = [str(other.row.number) for other in group[: MOST_NAMED + 1] if other is not reading][:MOST_NAMED]
            more = f" en nog {len(group) - 1 - len(others)} rijen" if len(group) - 1 > len(others) else ""
            why = f"dit cijfer staat ook in rij {' en '.join(others)}{more}; laat er één staan"
            reading.refuse("meting", Refusal(cell_text(reading.row.cells["meting"]), why))


def _plan_row(book: _Book, reading: _Reading) -> PlannedRow:
    row, component, year = reading.row, reading.component, reading.year
    explanation = reading.attempt(lambda: read_explanation(row))
    sample = understood = None
    if component is not None:
        last = book.last(component, year or book.kadernota.last_year + 1)
        sample = reading.attempt(lambda: read_sample(row, is_survey=book.is_survey(component.indicator)))
        understood = reading.attempt(lambda: read_figure(row, component.unit, last=last, year=year))
    if component is None or year is None or reading.refusals:
        return _refused(reading)
    current, adopted = book.standing.get((component.pk, book.area.pk, year), (None, None))
    if understood is None:
        if explanation is None and sample is None:
            return PlannedRow(row.number, EMPTY)
        if current is None:
            why = "er staat wel een toelichting of steekproef, maar geen cijfer; schrijf het cijfer, pm of n.b."
            reading.refuse("meting", Refusal("", why))
            return _refused(reading)
        understood = InputValue(current.value)
    seen = current.pk if current else None
    entry = Entry(component, book.area, year, understood.value, explanation, sample, seen)
    outcome = outcome_of(entry, current)
    if outcome == CHANGED and needs_reason(entry, adopted) and not explanation:
        was = format_value(adopted.value, component.unit)
        why = f"dit verschilt van het vastgestelde cijfer {was}; geef de reden van de correctie in de toelichting"
        reading.refuse("toelichting", Refusal(format_value(entry.value, component.unit), why))
        return _refused(reading)
    book.note(component, year, understood.value)
    question = "" if outcome == SAME else understood.question
    return PlannedRow(row.number, outcome, entry, current, question)


def _refused(reading: _Reading) -> PlannedRow:
    first, *more = reading.refusals
    return PlannedRow(reading.row.number, REFUSED, refusal=first, more=tuple(more))
