"""Where the course of a component lies on the paper, and where its labels go so that they cover as little as can be."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.course import Course, Mark, Target
from indicators.charts.labels import FONT, Box, Field, Spot, text_width, wrap

WIDTH, COLUMN, PLOT_HEIGHT = 440.0, 62.0, 200.0
LINE_HEIGHT = FONT * 1.3
BELOW_ZERO = 8.0  # so that a point at the bottom is whole
ABOVE = 22.0  # room over the highest tick, for the label of a point that lies there
RADIUS, RADIUS_NOW = 4.5, 6.0


@dataclass(frozen=True)
class Label:
    """A text at its place. Kinds: gap, break, value, target, baseline; `mark` is the height of what it belongs to."""

    kind: str
    words: str
    spot: Spot
    mark: Decimal | None = None


@dataclass(frozen=True)
class Plot:
    """The paper of a course: `heading` above, then the columns of the years from `left` to `right`."""

    course: Course
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

    def target(self, target: Target) -> tuple[float, float, float]:
        """The mark of a target: its middle, half its width, its height."""
        return self.x(target.year), self.column / 2 - 4, self.y(target.number)

    def radius(self, mark: Mark) -> float:
        """Of a point: larger in the year that the page is about."""
        return RADIUS_NOW if mark.year == self.course.year else RADIUS


def plot_of(course: Course) -> Plot:
    """The paper for a course; wider than usual where there are many years."""
    heading = (*wrap(course.quantity, WIDTH), *filter(None, [course.axis.note]))
    top = len(heading) * LINE_HEIGHT + 26
    left = max((text_width(label) for label in course.axis.labels), default=0.0) + 8
    width = max(WIDTH, left + COLUMN * len(course.years))
    return Plot(course, heading, left=left, right=width, top=top, bottom=top + PLOT_HEIGHT)


def labels_of(plot: Plot) -> list[Label]:
    """All labels, placed; those with little choice first."""
    course = plot.course
    field = Field(Box(plot.left, plot.top - ABOVE, plot.right, plot.bottom - 2))
    _note_marks(plot, field)
    labels = [label for year, words in course.gaps.items() for label in _gap(plot, year, words, field)]
    for column in course.breaks:
        x, y = plot.edge(column), plot.top - 4
        spot = field.place("methodebreuk", [Spot(x + 4, y, "start"), Spot(x - 4, y, "end")])
        labels.append(Label("break", "methodebreuk", spot))
    for mark in course.marks:
        labels.append(Label("value", mark.printed, field.place(mark.printed, _around(plot, mark)), mark.high))
    for target in course.targets:
        spot = field.place(target.printed, _beside(plot, target))
        labels.append(Label("target", target.printed, spot, target.number))
    if course.baseline_year:
        spot = field.place(course.baseline_words, _along(plot, course.column(course.baseline_year)))
        height = course.baseline.high if course.baseline else None
        labels.append(Label("baseline", course.baseline_words, spot, height))
    return labels


def _note_marks(plot: Plot, field: Field) -> None:
    course, baseline = plot.course, plot.course.baseline
    for column in course.breaks:
        field.line(plot.edge(column), plot.top - 12, plot.edge(column), plot.bottom)
    for target in course.targets:
        x, half, y = plot.target(target)
        field.line(x - half, y, x + half, y)
    if baseline and not baseline.is_withheld:
        x, y = plot.x(baseline.year), plot.y(baseline.low)
        field.line(x, y, plot.edge(course.baseline_end), y)
        field.mark(x, y, 6, 6)
    for piece in course.pieces:
        places = [(plot.x(mark.year), plot.y(mark.low)) for mark in piece]
        for (x1, y1), (x2, y2) in zip(places, places[1:], strict=False):
            field.line(x1, y1, x2, y2)
        for (x, y), mark in zip(places, piece, strict=True):
            field.mark(x, y, plot.radius(mark) + 3, plot.radius(mark) + 2)
    for mark in course.ranges:
        low, high = plot.y(mark.low), plot.y(mark.high)
        field.mark(plot.x(mark.year), (low + high) / 2, 8, (low - high) / 2 + 1)


def _gap(plot: Plot, year: int, words: str, field: Field) -> list[Label]:
    """At the bottom of a column without a figure: why."""
    lines = wrap(words, plot.column)
    spots = [Spot(plot.x(year), plot.bottom - 8 - FONT * 1.1 * n) for n in reversed(range(len(lines)))]
    return [Label("gap", line, field.place(line, [spot])) for line, spot in zip(lines, spots, strict=True)]


def _around(plot: Plot, mark: Mark) -> list[Spot]:
    """Above a point, below it, or a little aside."""
    x, high, low = plot.x(mark.year), plot.y(mark.high), plot.y(mark.low)
    aside = text_width(mark.printed) / 2
    heights = (high - 10, low + 21, high - 16, low + 27)
    return [*(Spot(x, y) for y in heights), *(Spot(x + side, y) for side in (-aside, aside) for y in heights[:2])]


def _beside(plot: Plot, target: Target) -> list[Spot]:
    """Along a target's mark: at its middle or its ends, above or below it, or further off."""
    x, half, y = plot.target(target)
    heights = (y - 5, y + 15, y - 20, y + 30, y - 35, y + 45)
    ends = ((x, "middle"), (x + half, "end"), (x - half, "start"))
    return [Spot(place, height, anchor) for height in heights for place, anchor in ends]


def _along(plot: Plot, column: int) -> list[Spot]:
    """Along the baseline, which starts in `column`: from its start or at its end; at the bottom without a line."""
    course, baseline = plot.course, plot.course.baseline
    start, end = plot.edge(column) + 2, plot.edge(course.baseline_end) - 2
    if baseline is None:
        return [Spot(start, plot.bottom - 8, "start")]
    y, middle = plot.y(baseline.high), (start + end) / 2
    if baseline.is_withheld:
        return [Spot(start, height, "start") for height in (y - 9, y - 22)]
    places = ((start, "start"), (end, "end"), (middle, "middle"), (middle + 30, "middle"))
    heights = (y - 9, y + 19, y - 22, y + 32, y - 36, y + 46)
    return [Spot(x, height, anchor) for height in heights for x, anchor in places]
