"""Description of the chart of a priority, from which both the SVG and the Plotly figure are made.

Each row has its own scale: of baseline and target, the worse one is 0 and the better one is 1. So right is better in
every row, in either direction.
"""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.component import DataPoint, baseline_words, data_point
from indicators.domain.assessment import Status
from indicators.domain.values import Direction, Exact, NoValue
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import SCORE_DIRECTION_WORDS, figure_status_words


@dataclass(frozen=True)
class ScalePositions:
    """The positions of a row's numbers on its scale; the measurement as (low, high), equal unless it is withheld."""

    baseline: Decimal
    target: Decimal
    measurement: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """A component in one year; `positions` is None without a baseline or a target.

    `facts` are its numbers in words, `better` says which direction is better; `no_value` is printed instead of a
    measurement without a value.
    """

    name: str
    status: Status
    verdict: str
    facts: tuple[str, ...]
    better: str
    point: DataPoint | None
    no_value: str
    is_draft: bool
    baseline_printed: str
    baseline_words: str
    target_printed: str
    target_words: str
    positions: ScalePositions | None


@dataclass(frozen=True, kw_only=True)
class PriorityChart:
    """The components of a priority in one year, in the order of the nota."""

    identity: str
    file_name: str
    title: str
    sentence: str
    rows: tuple[ChartRow, ...]

    @property
    def has_scale(self) -> bool:
        """Whether any row has a scale."""
        return any(row.positions for row in self.rows)


def priority_chart(overview: Overview, priority: PriorityRow, year: int) -> PriorityChart:
    """Describe the chart of a priority in a year."""
    final = year == overview.last_year
    rows = tuple(
        _chart_row(row, component, figure, final=final)
        for row in priority.rows
        for component, figure in row.figures(year)
    )
    row_sentences = [f"{row.name}: {row.verdict} ({'; '.join([*row.facts, row.better])})." for row in rows]
    return PriorityChart(
        identity=f"chart-priority-{priority.pk}-{year}",
        file_name=f"prioriteit-{priority.number}-{year}",
        title=f"{priority.label} in {year}: nulmeting, meting en streefwaarde",
        sentence=" ".join([f"{priority.label}, {priority.name}, in {year}.", *row_sentences]),
        rows=rows,
    )


def priority_sentence(overview: Overview, priority: PriorityRow, year: int) -> str:
    """Return the whole chart of a priority in words."""
    return priority_chart(overview, priority, year).sentence


def _chart_row(row: IndicatorRow, component: ComponentRow, figure: Figure, *, final: bool) -> ChartRow:
    printed = figure.printed + (" (concept)" if figure.is_draft else "") if figure.printed else ""
    target = f"streefwaarde {figure.year}: {figure.target_printed}" if figure.target_printed else ""
    facts = (baseline_words(component), f"meting {figure.year}: {printed}" if printed else "", target)
    return ChartRow(
        name=row.title_of(component),
        status=figure.status,
        verdict=figure_status_words(figure, final=final),
        facts=tuple(filter(None, facts)),
        better=SCORE_DIRECTION_WORDS[component.direction],
        point=data_point(component, figure),
        no_value=figure.printed if isinstance(figure.value, NoValue) else "",
        is_draft=figure.is_draft,
        baseline_printed=component.baseline_printed,
        baseline_words=baseline_words(component),
        target_printed=figure.target_printed,
        target_words=target,
        positions=_positions(component, figure),
    )


def _positions(component: ComponentRow, figure: Figure) -> ScalePositions | None:
    if not isinstance(component.baseline, Exact) or figure.target is None:
        return None
    baseline, target = component.baseline.number, figure.target.deciding(component.direction).number
    sign = -1 if component.direction is Direction.LOWER else 1
    worse, better = sorted((baseline * sign, target * sign))
    # When both are equal, one step of the unit is the distance from 0 to 1, and both lie at 1.
    span = better - worse or component.unit.step

    def position(number: Decimal) -> Decimal:
        return (number * sign - better) / span + 1

    measurement = None
    if point := data_point(component, figure):
        measurement = min(ends := (position(point.low), position(point.high))), max(ends)
    return ScalePositions(position(baseline), position(target), measurement)
