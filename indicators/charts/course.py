"""What a chart of one component shows, apart from how it is drawn: years, line pieces, breaks, words."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.scale import Axis, axis_for
from indicators.domain.notation import format_in_unit
from indicators.domain.values import Direction, Exact, NoValue, UnitKind, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.statuses import FOLLOWED_WORDS


@dataclass(frozen=True)
class Course:
    """One component's course: its columns (the baseline's year and the years), its axis, and its line in pieces."""

    part: ComponentRow
    years: tuple[int, ...]
    axis: Axis
    pieces: tuple[tuple[Figure, ...], ...]
    breaks: tuple[int, ...]

    def column(self, year: int) -> int:
        """The place of a year among the columns, from 0."""
        return self.years.index(year)

    @property
    def figures(self) -> list[Figure]:
        """The figures in the order of the years; the baseline's own year has none, unless it is measured too."""
        return [self.part.figures[year] for year in self.years if year in self.part.figures]

    @property
    def withheld(self) -> list[tuple[Figure, Withheld]]:
        """The figures of which only a range is known."""
        return [(figure, figure.value) for figure in self.figures if isinstance(figure.value, Withheld)]

    @property
    def baseline_end(self) -> int:
        """The column before which the baseline stops to be a measure: the first break after it, else the end."""
        since = self.column(self.part.baseline_year) if self.part.baseline_year else 0
        return min((column for column in self.breaks if column > since), default=len(self.years))


def course_of(overview: Overview, part: ComponentRow) -> Course:
    """The course of a component over the overview's years and its baseline's year."""
    years = tuple(sorted({*overview.years} | ({part.baseline_year} if part.baseline_year else set())))
    # A break stands before the first column that it holds for, also where its own year has no column.
    columns = {next((n for n, year in enumerate(years) if year >= start), 0) for start in part.break_years}
    breaks = tuple(sorted(columns - {0}))
    return Course(part, years, axis_for(_numbers(part), part.unit), line_pieces(part), breaks)


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


def is_unplanned(figure: Figure) -> bool:
    """A year in which nothing was planned and nothing came."""
    return figure.value is None and not figure.planned


def is_provisional(value: Value | None) -> bool:
    """A whole year that may still be revised."""
    return isinstance(value, Exact | Withheld) and value.provisional


def baseline_words(part: ComponentRow) -> str:
    """The label of the baseline: "nulmeting 2017: 565"."""
    return f"nulmeting {part.baseline_year}: {part.baseline_printed}" if part.baseline_year else ""


def figure_words(part: ComponentRow, figure: Figure) -> str:
    """One year in words: "2020: 281, streefwaarde <500"."""
    words = [figure.printed or gap_words(figure)]
    if isinstance(figure.value, Withheld):
        low, high = (format_in_unit(end, part.unit) for end in (figure.value.lowest, figure.value.highest))
        words.append(f"afgeschermd: ergens van {low} tot en met {high}")
    if is_provisional(figure.value):
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


def full_name(row: IndicatorRow, part: ComponentRow) -> str:
    """An indicator's code and name, with its component's where it has a name of its own."""
    return f"{row.code} {row.name}" + (f": {part.name}" if part.name else "")


def component_sentence(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> str:
    """The chart of a component in words, every number of it: for a caption and for a document's alternative text."""
    course = course_of(overview, part)
    sentences = [f"{full_name(row, part)}, {direction_words(part.direction)}."]
    if part.baseline_year:
        sentences.append(baseline_words(part).capitalize() + ".")
    for figure in course.figures:
        if course.column(figure.year) in course.breaks:
            sentences.append(f"Vanaf {figure.year} anders gemeten, niet te vergelijken met eerder.")
        sentences.append(figure_words(part, figure) + ".")
    return " ".join(sentences)
