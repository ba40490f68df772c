"""Layout of the chart of a component: the plot area with a column for each year, and the positions of all labels."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from indicators.charts.component import ComponentChart, DataPoint, TargetMark
from indicators.charts.label_placement import FONT_SIZE, Anchor, Box, LabelPlacer, TextPosition, text_width, wrap

WIDTH, COLUMN_WIDTH, PLOT_HEIGHT = 440.0, 62.0, 200.0
LINE_HEIGHT = FONT_SIZE * 1.3
BOTTOM_PADDING = 8.0  # keeps a point at the lowest tick whole
TOP_PADDING = 22.0  # room for the label of a point at the highest tick
RADIUS, CURRENT_RADIUS = 4.5, 6.0


class LabelKind(Enum):
    """What a label belongs to; the values are roles in the Plotly figure."""

    GAP = "gap"
    BREAK = "break"
    VALUE = "value"
    TARGET = "target"
    BASELINE = "baseline"


@dataclass(frozen=True)
class Label:
    """A text at its position; `value` is the number that sets the height of its mark, if any."""

    kind: LabelKind
    text: str
    position: TextPosition
    value: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PlotArea:
    """The plot area of a chart under the lines of its `heading`; the columns of the years run from left to right."""

    chart: ComponentChart
    heading: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def column_width(self) -> float:
        """The width of the column of a year."""
        return (self.right - self.left) / len(self.chart.years)

    def edge(self, column: int) -> float:
        """Return the left edge of a column."""
        return self.left + self.column_width * column

    def x(self, year: int) -> float:
        """Return the middle of the column of a year."""
        return self.edge(self.chart.column(year)) + self.column_width / 2

    def y(self, number: Decimal) -> float:
        """Return the height of a number, rounded to tenths so that equal numbers are drawn equally high."""
        lowest = self.bottom - BOTTOM_PADDING
        return round(lowest - self.chart.axis.fraction(number) * (lowest - self.top), 1)

    def target(self, target: TargetMark) -> tuple[float, float, float]:
        """Return the middle, half the width and the height of the mark of a target."""
        return self.x(target.year), self.column_width / 2 - 4, self.y(target.number)

    def radius(self, point: DataPoint) -> float:
        """Return the radius of a point: larger in the year of the page."""
        return CURRENT_RADIUS if point.year == self.chart.year else RADIUS


def plot_area(chart: ComponentChart) -> PlotArea:
    """Return the plot area of a chart; wider than WIDTH when there are many years."""
    heading = (*wrap(chart.quantity, WIDTH), *filter(None, [chart.axis.note]))
    top = len(heading) * LINE_HEIGHT + 26
    left = max((text_width(label) for label in chart.axis.labels), default=0.0) + 8
    width = max(WIDTH, left + COLUMN_WIDTH * len(chart.years))
    return PlotArea(chart=chart, heading=heading, left=left, right=width, top=top, bottom=top + PLOT_HEIGHT)


def place_labels(plot: PlotArea) -> list[Label]:
    """Return all labels with their positions; labels with few candidate positions are placed first."""
    chart = plot.chart
    placer = LabelPlacer(Box(plot.left, plot.top - TOP_PADDING, plot.right, plot.bottom - 2))
    _avoid_marks(plot, placer)
    labels = [label for year, words in chart.gaps.items() for label in _gap_labels(plot, year, words, placer)]
    for column in chart.breaks:
        x, y = plot.edge(column), plot.top - 4
        position = placer.place("methodebreuk", [TextPosition(x + 4, y, "start"), TextPosition(x - 4, y, "end")])
        labels.append(Label(LabelKind.BREAK, "methodebreuk", position))
    for point in chart.measurements:
        position = placer.place(point.printed, _value_candidates(plot, point))
        labels.append(Label(LabelKind.VALUE, point.printed, position, point.high))
    for target in chart.targets:
        position = placer.place(target.printed, _target_candidates(plot, target))
        labels.append(Label(LabelKind.TARGET, target.printed, position, target.number))
    if chart.baseline_year:
        candidates = _baseline_candidates(plot, chart.column(chart.baseline_year))
        position = placer.place(chart.baseline_words, candidates)
        value = chart.baseline.high if chart.baseline else None
        labels.append(Label(LabelKind.BASELINE, chart.baseline_words, position, value))
    return labels


def _avoid_marks(plot: PlotArea, placer: LabelPlacer) -> None:
    chart, baseline = plot.chart, plot.chart.baseline
    for column in chart.breaks:
        placer.avoid_line(plot.edge(column), plot.top - 12, plot.edge(column), plot.bottom)
    for target in chart.targets:
        x, half, y = plot.target(target)
        placer.avoid_line(x - half, y, x + half, y)
    if baseline and not baseline.is_withheld:
        x, y = plot.x(baseline.year), plot.y(baseline.low)
        placer.avoid_line(x, y, plot.edge(chart.baseline_end), y)
        placer.avoid_box(x, y, 6, 6)
    for segment in chart.segments:
        positions = [(plot.x(point.year), plot.y(point.low)) for point in segment]
        for (x1, y1), (x2, y2) in zip(positions, positions[1:], strict=False):
            placer.avoid_line(x1, y1, x2, y2)
        for (x, y), point in zip(positions, segment, strict=True):
            placer.avoid_box(x, y, plot.radius(point) + 3, plot.radius(point) + 2)
    for point in chart.ranges:
        low, high = plot.y(point.low), plot.y(point.high)
        placer.avoid_box(plot.x(point.year), (low + high) / 2, 8, (low - high) / 2 + 1)


def _gap_labels(plot: PlotArea, year: int, words: str, placer: LabelPlacer) -> list[Label]:
    """Place the reason of a gap at the bottom of its column, a label for each line."""
    lines = wrap(words, plot.column_width)
    heights = [plot.bottom - 8 - FONT_SIZE * 1.1 * n for n in reversed(range(len(lines)))]
    return [
        Label(LabelKind.GAP, line, placer.place(line, [TextPosition(plot.x(year), y)]))
        for line, y in zip(lines, heights, strict=True)
    ]


def _value_candidates(plot: PlotArea, point: DataPoint) -> list[TextPosition]:
    """Return the positions above a point, below it, and beside those."""
    x, high, low = plot.x(point.year), plot.y(point.high), plot.y(point.low)
    side = text_width(point.printed) / 2
    heights = (high - 10, low + 21, high - 16, low + 27)
    beside = [TextPosition(x + offset, y) for offset in (-side, side) for y in heights[:2]]
    return [*(TextPosition(x, y) for y in heights), *beside]


def _target_candidates(plot: PlotArea, target: TargetMark) -> list[TextPosition]:
    """Return the positions at the middle and the ends of a target's mark, above and below it, from near to far."""
    x, half, y = plot.target(target)
    heights = (y - 5, y + 15, y - 20, y + 30, y - 35, y + 45)
    places: list[tuple[float, Anchor]] = [(x, "middle"), (x + half, "end"), (x - half, "start")]
    return [TextPosition(place, height, anchor) for height in heights for place, anchor in places]


def _baseline_candidates(plot: PlotArea, column: int) -> list[TextPosition]:
    """Return the positions along the baseline, which starts in `column`; at the bottom when there is no line."""
    chart, baseline = plot.chart, plot.chart.baseline
    start, end = plot.edge(column) + 2, plot.edge(chart.baseline_end) - 2
    if baseline is None:
        return [TextPosition(start, plot.bottom - 8, "start")]
    y, middle = plot.y(baseline.high), (start + end) / 2
    if baseline.is_withheld:
        return [TextPosition(start, height, "start") for height in (y - 9, y - 22)]
    places: list[tuple[float, Anchor]] = [(start, "start"), (end, "end"), (middle, "middle"), (middle + 30, "middle")]
    heights = (y - 9, y + 19, y - 22, y + 32, y - 36, y + 46)
    return [TextPosition(place, height, anchor) for height in heights for place, anchor in places]
