"""The chart of one component, apart from how it is drawn: the SVG and the Plotly figure are made from this alone."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.scale import Axis, axis_for
from indicators.domain.notation import format_in_unit
from indicators.domain.statuses import FOLLOWED_WORDS
from indicators.domain.targets import Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, UnitKind, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A value in a year, in the component's unit; of a withheld count the least and the most that it can be.

    `printed` is its label; `words` tell all of the year, for whoever points at it.
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
class Target:
    """What a year should bring: the number that decides, met above it or below it.

    `aim` is the number hoped for, where that is not the one that decides.
    """

    year: int
    number: Decimal
    is_met_above: bool
    aim: Decimal | None
    printed: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """The course of a component: everything that its chart shows.

    The columns are the baseline's year and the years of the kadernota; `year` is the one that the page is about.
    `pieces` are the exact measurements in runs without a gap or a break, `ranges` the withheld ones; `gaps` say of the
    other years why they have none. A break stands before its column. A baseline without a value has words only.
    """

    identity: str
    file_name: str
    title: str
    sentence: str
    quantity: str
    year: int
    years: tuple[int, ...]
    axis: Axis
    pieces: tuple[tuple[Mark, ...], ...]
    ranges: tuple[Mark, ...]
    targets: tuple[Target, ...]
    baseline: Mark | None
    baseline_year: int | None
    baseline_words: str
    breaks: tuple[int, ...]
    gaps: dict[int, str]
    unplanned: tuple[int, ...]

    def column(self, year: int) -> int:
        """The place of a year among the columns, from 0."""
        return self.years.index(year)

    @property
    def points(self) -> list[Mark]:
        """The exact measurements, in the order of the years."""
        return [mark for piece in self.pieces for mark in piece]

    @property
    def marks(self) -> list[Mark]:
        """All measurements, in the order of the years."""
        return sorted([*self.points, *self.ranges], key=lambda mark: mark.year)

    @property
    def baseline_end(self) -> int:
        """The column before which the baseline stops to be a measure: the first break after it, else the end."""
        since = self.column(self.baseline_year) if self.baseline_year else 0
        return min((column for column in self.breaks if column > since), default=len(self.years))


def course_of(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> Course:
    """Describe the chart of a component for the page about `year`."""
    years = tuple(sorted({*overview.years} | ({part.baseline_year} if part.baseline_year else set())))
    # A break stands before the first column that it holds for, also where its own year has no column.
    columns = {next((n for n, other in enumerate(years) if other >= start), 0) for start in part.break_years}
    breaks = tuple(sorted(columns - {0}))
    figures = [part.figures[other] for other in years if other in part.figures]
    marks = {figure.year: mark for figure in figures if (mark := mark_of(part, figure))}
    return Course(
        identity=f"chart-{row.pk}-{part.pk}-{year}",
        file_name=f"{row.code}-{part.name}-{year}",
        title=f"{row.title_of(part)}, {years[0]}-{years[-1]}",
        sentence=_sentence(row, part, figures, {years[column] for column in breaks}),
        quantity=quantity_words(part),
        year=year,
        years=years,
        axis=axis_for(_numbers(part), part.unit),
        pieces=tuple(tuple(marks[figure.year] for figure in piece) for piece in line_pieces(part)),
        ranges=tuple(mark for mark in marks.values() if mark.is_withheld),
        targets=tuple(_target(part, figure, target) for figure in figures if (target := figure.target)),
        baseline=_baseline(part),
        baseline_year=part.baseline_year,
        baseline_words=baseline_words(part),
        breaks=breaks,
        gaps={figure.year: words for figure in figures if (words := gap_words(figure))},
        unplanned=tuple(figure.year for figure in figures if figure.value is None and not figure.planned),
    )


def mark_of(part: ComponentRow, figure: Figure) -> Mark | None:
    """The measurement of a year; None where there is no value."""
    words = figure_words(part, figure)
    return _mark(figure.value, year=figure.year, printed=figure.printed, words=words, is_draft=figure.is_draft)


def _baseline(part: ComponentRow) -> Mark | None:
    if not part.baseline_year:
        return None
    return _mark(part.baseline, year=part.baseline_year, printed=part.baseline_printed, words=baseline_words(part))


def _mark(value: Value | None, *, year: int, printed: str, words: str, is_draft: bool = False) -> Mark | None:
    if not isinstance(value, Exact | Withheld):
        return None
    return Mark(
        year=year,
        low=value.lowest,
        high=value.highest,
        printed=printed,
        words=words,
        is_withheld=isinstance(value, Withheld),
        is_provisional=value.provisional,
        is_draft=is_draft,
    )


def _target(part: ComponentRow, figure: Figure, target: TargetRule) -> Target:
    bound = target.deciding(part.direction)
    return Target(
        year=figure.year,
        number=bound.number,
        is_met_above=bound.sign in (Sign.ABOVE, Sign.AT_LEAST),
        aim=target.aim if target.bound else None,
        printed=figure.target_printed,
    )


def line_pieces(part: ComponentRow) -> tuple[tuple[Figure, ...], ...]:
    """Runs of exact figures of consecutive years: a gap, a withheld count and a break each end a run."""
    pieces: list[list[Figure]] = []
    for figure in sorted(part.figures.values(), key=lambda figure: figure.year):
        if not isinstance(figure.value, Exact):
            continue
        follows = pieces and pieces[-1][-1].year == figure.year - 1 and figure.year not in part.break_years
        if follows:
            pieces[-1].append(figure)
        else:
            pieces.append([figure])
    return tuple(tuple(piece) for piece in pieces)


def _numbers(part: ComponentRow) -> list[Decimal]:
    """Every number that must find a place on the axis."""
    values: list[Value | None] = [part.baseline, *(figure.value for figure in part.figures.values())]
    known = [value for value in values if isinstance(value, Exact | Withheld)]
    targets = [figure.target for figure in part.figures.values() if figure.target]
    return [
        *(value.lowest for value in known),
        *(value.highest for value in known),
        *(target.deciding(part.direction).number for target in targets),
        *(target.aim for target in targets if target.aim is not None),
    ]


def gap_words(figure: Figure) -> str:
    """What stands in the column of a year without a figure: its reason; "" where there is a figure."""
    if isinstance(figure.value, NoValue):
        return figure.printed
    if figure.value is None and figure.followed in FOLLOWED_WORDS:
        return FOLLOWED_WORDS[figure.followed].lower()
    if figure.value is None:
        return "nog geen meting" if figure.planned else "niet gepland"
    return ""


def baseline_words(part: ComponentRow) -> str:
    """The label of the baseline: "nulmeting 2017: 565"."""
    return f"nulmeting {part.baseline_year}: {part.baseline_printed}" if part.baseline_year else ""


def figure_words(part: ComponentRow, figure: Figure) -> str:
    """One year in words: "2020: 281, streefwaarde <500"."""
    words = [figure.printed or gap_words(figure)]
    if isinstance(figure.value, Withheld):
        low, high = (format_in_unit(end, part.unit) for end in (figure.value.lowest, figure.value.highest))
        words.append(f"afgeschermd: ergens van {low} tot en met {high}")
    if isinstance(figure.value, Exact | Withheld) and figure.value.provisional:
        words.append("voorlopig")
    if figure.is_draft:
        words.append("concept")
    if figure.target_printed:
        words.append(f"streefwaarde {figure.target_printed}")
    return f"{figure.year}: {', '.join(words)}"


def direction_words(direction: Direction) -> str:
    """Which way is better."""
    return "lager is beter" if direction is Direction.LOWER else "hoger is beter"


def quantity_words(part: ComponentRow) -> str:
    """What the axis measures: "Aantal woninginbraken"."""
    if part.unit.kind is UnitKind.COUNT:
        return f"Aantal {part.noun}".strip()
    if part.unit.kind is UnitKind.GRADE:
        return "Rapportcijfer (0 tot en met 10)"
    return part.name or "Percentage"


def _sentence(row: IndicatorRow, part: ComponentRow, figures: list[Figure], break_years: set[int]) -> str:
    """The chart in words, every number of it: for a caption and for a document's alternative text."""
    sentences = [f"{row.title_of(part)}, {direction_words(part.direction)}."]
    if part.baseline_year:
        sentences.append(baseline_words(part).capitalize() + ".")
    for figure in figures:
        if figure.year in break_years:
            sentences.append(f"Vanaf {figure.year} anders gemeten, niet te vergelijken met eerder.")
        sentences.append(figure_words(part, figure) + ".")
    return " ".join(sentences)


def component_sentence(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> str:
    """The chart of a component in words."""
    return course_of(overview, row, part, year).sentence
