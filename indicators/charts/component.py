"""Description of the chart of a component, from which both the SVG and the Plotly figure are made."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.axis import Axis, axis_for
from indicators.domain.formatting import format_in_unit
from indicators.domain.statuses import FOLLOWED_WORDS
from indicators.domain.targets import Sign, TargetRule
from indicators.domain.values import Exact, NoValue, UnitKind, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import SCORE_DIRECTION_WORDS


@dataclass(frozen=True, kw_only=True)
class DataPoint:
    """A value in a year, in the component's unit; `low` and `high` differ for a withheld count only.

    `printed` is its label, `words` its hover text.
    """

    year: int
    low: Decimal
    high: Decimal
    printed: str
    words: str
    is_withheld: bool
    is_provisional: bool
    is_draft: bool


@dataclass(frozen=True, kw_only=True)
class TargetMark:
    """The target of a year: the number that decides, and whether it is met above or below it.

    `aim` is the aim, when a bound decides.
    """

    year: int
    number: Decimal
    is_met_above: bool
    aim: Decimal | None
    printed: str


@dataclass(frozen=True, kw_only=True)
class ComponentChart:
    """The content of the chart of a component.

    The columns are `years`: the baseline's year and those of the kadernota; `year` is the year of the page. `segments`
    are runs of exact measurements without a gap or a break, `ranges` the withheld ones. `gaps` holds the reason for
    each year without a value, `breaks` the columns with a break at their left edge. A baseline without a value has only
    its `baseline_words`.
    """

    identity: str
    file_name: str
    title: str
    sentence: str
    quantity: str
    year: int
    years: tuple[int, ...]
    axis: Axis
    segments: tuple[tuple[DataPoint, ...], ...]
    ranges: tuple[DataPoint, ...]
    targets: tuple[TargetMark, ...]
    baseline: DataPoint | None
    baseline_year: int | None
    baseline_words: str
    breaks: tuple[int, ...]
    gaps: dict[int, str]
    unplanned: tuple[int, ...]

    def column(self, year: int) -> int:
        """Return the index of the column of a year."""
        return self.years.index(year)

    @property
    def points(self) -> list[DataPoint]:
        """The exact measurements, by year."""
        return [point for segment in self.segments for point in segment]

    @property
    def measurements(self) -> list[DataPoint]:
        """All measurements, exact and withheld, by year."""
        return sorted([*self.points, *self.ranges], key=lambda point: point.year)

    @property
    def baseline_end(self) -> int:
        """The column at whose left edge the baseline ends: the first break after it, else past the last column."""
        start = self.column(self.baseline_year) if self.baseline_year else 0
        return min((column for column in self.breaks if column > start), default=len(self.years))


def component_chart(overview: Overview, row: IndicatorRow, component: ComponentRow, year: int) -> ComponentChart:
    """Describe the chart of a component for the page about `year`."""
    years = tuple(sorted({*overview.years} | ({component.baseline_year} if component.baseline_year else set())))
    # A break applies from the first column at or after its year, also when that year has no column itself.
    columns = {next((n for n, later in enumerate(years) if later >= start), 0) for start in component.break_years}
    breaks = tuple(sorted(columns - {0}))
    figures = [component.figures[column_year] for column_year in years if column_year in component.figures]
    points = {figure.year: point for figure in figures if (point := data_point(component, figure))}
    return ComponentChart(
        identity=f"chart-{row.pk}-{component.series}-{year}",
        file_name=f"{row.code}-{component.name}-{year}",
        title=f"{row.title_of(component)}, {years[0]}-{years[-1]}",
        sentence=_sentence(row, component, figures, {years[column] for column in breaks}),
        quantity=quantity_words(component),
        year=year,
        years=years,
        axis=axis_for(_numbers(component), component.unit),
        segments=tuple(tuple(points[figure.year] for figure in segment) for segment in line_segments(component)),
        ranges=tuple(point for point in points.values() if point.is_withheld),
        targets=tuple(_target_mark(component, figure, target) for figure in figures if (target := figure.target)),
        baseline=_baseline(component),
        baseline_year=component.baseline_year,
        baseline_words=baseline_words(component),
        breaks=breaks,
        gaps={figure.year: words for figure in figures if (words := gap_words(figure))},
        unplanned=tuple(figure.year for figure in figures if figure.value is None and not figure.planned),
    )


def data_point(component: ComponentRow, figure: Figure) -> DataPoint | None:
    """Return the measurement of a year; None when it has no value."""
    words = figure_words(component, figure)
    return _point(figure.value, year=figure.year, printed=figure.printed, words=words, is_draft=figure.is_draft)


def _baseline(component: ComponentRow) -> DataPoint | None:
    if not component.baseline_year:
        return None
    return _point(
        component.baseline,
        year=component.baseline_year,
        printed=component.baseline_printed,
        words=baseline_words(component),
    )


def _point(value: Value | None, *, year: int, printed: str, words: str, is_draft: bool = False) -> DataPoint | None:
    if not isinstance(value, Exact | Withheld):
        return None
    return DataPoint(
        year=year,
        low=value.lowest,
        high=value.highest,
        printed=printed,
        words=words,
        is_withheld=isinstance(value, Withheld),
        is_provisional=value.provisional,
        is_draft=is_draft,
    )


def _target_mark(component: ComponentRow, figure: Figure, target: TargetRule) -> TargetMark:
    bound = target.deciding(component.direction)
    return TargetMark(
        year=figure.year,
        number=bound.number,
        is_met_above=bound.sign in (Sign.ABOVE, Sign.AT_LEAST),
        aim=target.aim if target.bound else None,
        printed=figure.target_printed,
    )


def line_segments(component: ComponentRow) -> tuple[tuple[Figure, ...], ...]:
    """Return the runs of exact figures of consecutive years; a gap, a withheld count or a break ends a run."""
    segments: list[list[Figure]] = []
    for figure in sorted(component.figures.values(), key=lambda figure: figure.year):
        if not isinstance(figure.value, Exact):
            continue
        follows = segments and segments[-1][-1].year == figure.year - 1 and figure.year not in component.break_years
        if follows:
            segments[-1].append(figure)
        else:
            segments.append([figure])
    return tuple(tuple(segment) for segment in segments)


def _numbers(component: ComponentRow) -> list[Decimal]:
    """Return every number that the axis must hold."""
    values: list[Value | None] = [component.baseline, *(figure.value for figure in component.figures.values())]
    known = [value for value in values if isinstance(value, Exact | Withheld)]
    targets = [figure.target for figure in component.figures.values() if figure.target]
    return [
        *(value.lowest for value in known),
        *(value.highest for value in known),
        *(target.deciding(component.direction).number for target in targets),
        *(target.aim for target in targets if target.aim is not None),
    ]


def gap_words(figure: Figure) -> str:
    """Return why a year has no value, for its column in the chart; "" when it has one."""
    if isinstance(figure.value, NoValue):
        return figure.printed
    if figure.value is None and figure.followed in FOLLOWED_WORDS:
        return FOLLOWED_WORDS[figure.followed].lower()
    if figure.value is None:
        return "nog geen meting" if figure.planned else "niet gepland"
    return ""


def baseline_words(component: ComponentRow) -> str:
    """Return the label of the baseline: "nulmeting 2017: 565"."""
    return f"nulmeting {component.baseline_year}: {component.baseline_printed}" if component.baseline_year else ""


def figure_words(component: ComponentRow, figure: Figure) -> str:
    """Return one year in words: "2020: 281, streefwaarde <500"."""
    words = [figure.printed or gap_words(figure)]
    if isinstance(figure.value, Withheld):
        low, high = (format_in_unit(end, component.unit) for end in (figure.value.lowest, figure.value.highest))
        words.append(f"afgeschermd: ergens van {low} tot en met {high}")
    if isinstance(figure.value, Exact | Withheld) and figure.value.provisional:
        words.append("voorlopig")
    if figure.is_draft:
        words.append("concept")
    if figure.target_printed:
        words.append(f"streefwaarde {figure.target_printed}")
    return f"{figure.year}: {', '.join(words)}"


def quantity_words(component: ComponentRow) -> str:
    """Return what the axis measures: "Aantal woninginbraken"."""
    if component.unit.kind is UnitKind.COUNT:
        return f"Aantal {component.noun}".strip()
    if component.unit.kind is UnitKind.GRADE:
        return "Rapportcijfer (0 tot en met 10)"
    return component.name or "Percentage"


def _sentence(row: IndicatorRow, component: ComponentRow, figures: list[Figure], break_years: set[int]) -> str:
    """Return the whole chart in words: the description of the drawing."""
    sentences = [f"{row.title_of(component)}, {SCORE_DIRECTION_WORDS[component.direction]}."]
    if component.baseline_year:
        sentences.append(baseline_words(component).capitalize() + ".")
    for figure in figures:
        if figure.year in break_years:
            sentences.append(f"Vanaf {figure.year} anders gemeten, niet te vergelijken met eerder.")
        sentences.append(figure_words(component, figure) + ".")
    return " ".join(sentences)
