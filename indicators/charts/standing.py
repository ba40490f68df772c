"""The chart of a priority, apart from how it is drawn: the SVG and the Plotly figure are made from this alone.

Each row has a scale of its own: of baseline and target the worse one is 0, the better one is 1. So right is better in
every row, whichever way the figures run.
"""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.course import Mark, baseline_words, direction_words, mark_of
from indicators.domain.assessment import Status
from indicators.domain.values import Direction, Exact, NoValue
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import standing_words


@dataclass(frozen=True)
class Places:
    """Where the numbers of a row lie on its scale; of a withheld measurement both ends, of another twice the same."""

    baseline: Decimal
    target: Decimal
    measured: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A row: a component in one year. Without a baseline or a target it has no scale, so no places.

    `facts` are its numbers in words, `better` which way is better; `no_value` is printed where a measurement has none.
    """

    name: str
    status: Status
    verdict: str
    facts: tuple[str, ...]
    better: str
    mark: Mark | None
    no_value: str
    is_draft: bool
    baseline_printed: str
    baseline_words: str
    target_printed: str
    target_words: str
    places: Places | None


@dataclass(frozen=True, kw_only=True)
class PriorityChart:
    """How the components of a priority stand in a year, in the order of the nota."""

    identity: str
    file_name: str
    title: str
    sentence: str
    rows: tuple[Standing, ...]

    @property
    def has_scale(self) -> bool:
        """Whether any row has one."""
        return any(row.places for row in self.rows)


def priority_chart(overview: Overview, priority: PriorityRow, year: int) -> PriorityChart:
    """Describe the chart of a priority in a year."""
    final = year == overview.last_year
    rows = tuple(
        _standing(row, part, figure, final=final) for row in priority.rows for part, figure in row.figures(year)
    )
    told = [f"{row.name}: {row.verdict} ({'; '.join([*row.facts, row.better])})." for row in rows]
    return PriorityChart(
        identity=f"chart-priority-{priority.pk}-{year}",
        file_name=f"prioriteit-{priority.number}-{year}",
        title=f"{priority.label} in {year}: nulmeting, meting en streefwaarde",
        sentence=" ".join([f"{priority.label}, {priority.name}, in {year}.", *told]),
        rows=rows,
    )


def priority_sentence(overview: Overview, priority: PriorityRow, year: int) -> str:
    """The chart of a priority in words, every number of it."""
    return priority_chart(overview, priority, year).sentence


def _standing(row: IndicatorRow, part: ComponentRow, figure: Figure, *, final: bool) -> Standing:
    printed = figure.printed + (" (concept)" if figure.is_draft else "") if figure.printed else ""
    target = f"streefwaarde {figure.year}: {figure.target_printed}" if figure.target_printed else ""
    facts = (baseline_words(part), f"meting {figure.year}: {printed}" if printed else "", target)
    return Standing(
        name=row.title_of(part),
        status=figure.status,
        verdict=standing_words(figure, final=final),
        facts=tuple(filter(None, facts)),
        better=direction_words(part.direction),
        mark=mark_of(part, figure),
        no_value=figure.printed if isinstance(figure.value, NoValue) else "",
        is_draft=figure.is_draft,
        baseline_printed=part.baseline_printed,
        baseline_words=baseline_words(part),
        target_printed=figure.target_printed,
        target_words=target,
        places=_places(part, figure),
    )


def _places(part: ComponentRow, figure: Figure) -> Places | None:
    if not isinstance(part.baseline, Exact) or figure.target is None:
        return None
    start, aim = part.baseline.number, figure.target.deciding(part.direction).number
    sign = -1 if part.direction is Direction.LOWER else 1
    worse, better = sorted((start * sign, aim * sign))
    # Where both are equal, a step of the unit is the distance from 0 to 1, and both stand on the right.
    span = better - worse or part.unit.step

    def place(number: Decimal) -> Decimal:
        return (number * sign - better) / span + 1

    measured = None
    if mark := mark_of(part, figure):
        measured = min(ends := (place(mark.low), place(mark.high))), max(ends)
    return Places(place(start), place(aim), measured)
