"""Where the course of a component lies on the paper, and where its labels go so that they cover as little as can be."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.course import Course, baseline_words, gap_words, quantity_words
from indicators.charts.labels import FONT, Box, Field, Spot, text_width, wrap
from indicators.domain.values import Exact, Withheld
from indicators.readmodel.figure import Figure

WIDTH, COLUMN, PLOT_HEIGHT = 440.0, 62.0, 200.0
LINE_HEIGHT = FONT * 1.3
BELOW_ZERO = 8.0  # so that a point at the bottom is whole
ABOVE = 22.0  # room over the highest tick, for the label of a point that lies there
RADIUS, RADIUS_NOW = 4.5, 6.0


@dataclass(frozen=True)
class Label:
    """A text at its place. Kinds: gap, break, value, target, baseline; `mark` is the height of what it belongs to."""

    kind: str
    year: int
    words: str
    spot: Spot
    mark: Decimal | None = None


@dataclass(frozen=True)
class Plot:
    """The paper of a course: `heading` above, then the columns of the years from `left` to `right`."""

    course: Course
    year: int
    heading: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def column(self) -> float:
        """The width of a year's column."""
        return (self.right - self.left) / len(self.course.years)

    def edge(self, column: int) -> float:
        """The left edge of a column."""
        return self.left + self.column * column

    def x(self, year: int) -> float:
        """The middle of a year's column."""
        return self.edge(self.course.column(year)) + self.column / 2

    def y(self, number: Decimal) -> float:
        """The height of a number, in whole tenths so that equal numbers lie equally high."""
        zero = self.bottom - BELOW_ZERO
        return round(zero - self.course.axis.share(number) * (zero - self.top), 1)

    def target(self, figure: Figure) -> tuple[float, float, float]:
        """The mark of a target: its middle, half its width, its height."""
        return self.x(figure.year), self.column / 2 - 4, self.y(self.deciding(figure))

    def deciding(self, figure: Figure) -> Decimal:
        """The number that decides whether the figure's target is met."""
        return figure.target.deciding(self.course.part.direction).number

    def radius(self, figure: Figure) -> float:
        """Of a point: larger in the year that the page is about."""
        return RADIUS_NOW if figure.year == self.year else RADIUS


def plot_of(course: Course, year: int) -> Plot:
    """The paper for a course; wider than usual where there are many years."""
    heading = (*wrap(quantity_words(course.part), WIDTH), *filter(None, [course.axis.note]))
    top = len(heading) * LINE_HEIGHT + 26
    left = max((text_width(label) for label in course.axis.labels), default=0.0) + 8
    width = max(WIDTH, left + COLUMN * len(course.years))
    return Plot(course, year, heading, left, width, top, top + PLOT_HEIGHT)


def labels_of(plot: Plot) -> list[Label]:
    """All labels, placed; those with little choice first."""
    course, part = plot.course, plot.course.part
    field = Field(Box(plot.left, plot.top - ABOVE, plot.right, plot.bottom - 2))
    _note_marks(plot, field)
    labels = [label for figure in course.figures for label in _gap(plot, figure, field)]
    for column in course.breaks:
        x, y = plot.edge(column), plot.top - 4
        spot = field.place("methodebreuk", [Spot(x + 4, y, "start"), Spot(x - 4, y, "end")])
        labels.append(Label("break", course.years[column], "methodebreuk", spot))
    for figure in course.figures:
        if isinstance(figure.value, Exact | Withheld):
            spot = field.place(figure.printed, _around(plot, figure))
            labels.append(Label("value", figure.year, figure.printed, spot, figure.value.highest))
    for figure in course.figures:
        if figure.target:
            spot = field.place(figure.target_printed, _beside(plot, figure))
            labels.append(Label("target", figure.year, figure.target_printed, spot, plot.deciding(figure)))
    if part.baseline_year:
        words, known = baseline_words(part), isinstance(part.baseline, Exact | Withheld)
        mark = part.baseline.highest if known else None
        labels.append(Label("baseline", part.baseline_year, words, field.place(words, _along(plot)), mark))
    return labels


def _note_marks(plot: Plot, field: Field) -> None:
    course, baseline = plot.course, plot.course.part.baseline
    for column in course.breaks:
        field.line(plot.edge(column), plot.top - 12, plot.edge(column), plot.bottom)
    for figure in course.figures:
        if figure.target:
            x, half, y = plot.target(figure)
            field.line(x - half, y, x + half, y)
    if isinstance(baseline, Exact) and course.part.baseline_year:
        x, y = plot.x(course.part.baseline_year), plot.y(baseline.number)
        field.line(x, y, plot.edge(course.baseline_end), y)
        field.mark(x, y, 6, 6)
    for piece in course.pieces:
        places = [(plot.x(figure.year), plot.y(figure.value.number)) for figure in piece]
        for (x1, y1), (x2, y2) in zip(places, places[1:], strict=False):
            field.line(x1, y1, x2, y2)
        for (x, y), figure in zip(places, piece, strict=True):
            field.mark(x, y, plot.radius(figure) + 3, plot.radius(figure) + 2)
    for figure, value in course.withheld:
        low, high = plot.y(value.lowest), plot.y(value.highest)
        field.mark(plot.x(figure.year), (low + high) / 2, 8, (low - high) / 2 + 1)


def _gap(plot: Plot, figure: Figure, field: Field) -> list[Label]:
    """At the bottom of a column without a figure: why."""
    if not gap_words(figure):
        return []
    lines = wrap(gap_words(figure), plot.column)
    spots = [Spot(plot.x(figure.year), plot.bottom - 8 - FONT * 1.1 * n) for n in reversed(range(len(lines)))]
    return [
        Label("gap", figure.year, words, field.place(words, [spot])) for words, spot in zip(lines, spots, strict=True)
    ]


def _around(plot: Plot, figure: Figure) -> list[Spot]:
    """Above a point, below it, or a little aside."""
    x, high, low = plot.x(figure.year), plot.y(figure.value.highest), plot.y(figure.value.lowest)
    aside = text_width(figure.printed) / 2
    heights = (high - 10, low + 21, high - 16, low + 27)
    return [*(Spot(x, y) for y in heights), *(Spot(x + side, y) for side in (-aside, aside) for y in heights[:2])]


def _beside(plot: Plot, figure: Figure) -> list[Spot]:
    """Along a target's mark: at its middle or its ends, above or below it, or further off."""
    x, half, y = plot.target(figure)
    heights = (y - 5, y + 15, y - 20, y + 30, y - 35, y + 45)
    ends = ((x, "middle"), (x + half, "end"), (x - half, "start"))
    return [Spot(place, height, anchor) for height in heights for place, anchor in ends]


def _along(plot: Plot) -> list[Spot]:
    """Along the baseline, from its start or at its end; at the bottom where there is no line to follow."""
    part, course = plot.course.part, plot.course
    start, end = plot.edge(course.column(part.baseline_year)) + 2, plot.edge(course.baseline_end) - 2
    if not isinstance(part.baseline, Exact | Withheld):
        return [Spot(start, plot.bottom - 8, "start")]
    y, middle = plot.y(part.baseline.highest), (start + end) / 2
    if isinstance(part.baseline, Withheld):
        return [Spot(start, height, "start") for height in (y - 9, y - 22)]
    places = ((start, "start"), (end, "end"), (middle, "middle"), (middle + 30, "middle"))
    heights = (y - 9, y + 19, y - 22, y + 32, y - 36, y + 46)
    return [Spot(x, height, anchor) for height in heights for x, anchor in places]
