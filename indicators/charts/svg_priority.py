"""SVG of a priority: a row for each component, with baseline, measurement and target on a track.

On each track the 0 of the row's scale (the worse of baseline and target) and its 1 (the better) are at fixed places.
"""

from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.charts import svg
from indicators.charts.component import DataPoint
from indicators.charts.label_placement import FONT_SIZE, Anchor, Box, LabelPlacer, TextPosition, wrap
from indicators.charts.priority import ChartRow, PriorityChart, ScalePositions, priority_chart
from indicators.readmodel.rows import Overview, PriorityRow
from indicators.readmodel.statuses import STATUS_SIGNS

WIDTH, LEFT, RIGHT, EDGE = 440.0, 138.0, 438.0, 14.0
LINE_HEIGHT = FONT_SIZE * 1.25
# The places of 0 and 1 of the scale, as fractions of the track.
ZERO, ONE = 0.3, 0.7
# The id of the chart on its page and the key of its figure in the JSON.
PRIORITY_CHART = "beeld-data"


def priority_svg(overview: Overview, priority: PriorityRow, year: int) -> SafeString:
    """Draw the chart of a priority in a year."""
    chart = priority_chart(overview, priority, year)
    elements, y = [], 0.0
    if chart.has_scale:
        legend_elements, y = svg.legend(_legend_items(chart), WIDTH, 0.0)
        y += LINE_HEIGHT
        directions = [
            svg.text(LEFT, y, "← slechter", svg.SOFT),
            svg.text(RIGHT, y, "beter →", svg.SOFT, anchor="end"),
            svg.text(0.0, y, "eigen schaal per rij", svg.SOFT),
        ]
        elements += [svg.group(legend_elements), svg.group(directions)]
        y += 8
    for row in chart.rows:
        row_elements, y = _row(row, y + 8)
        elements.append(svg.group(row_elements))
    return svg.document(
        *elements,
        identity=chart.identity,
        title=chart.title,
        description=chart.sentence,
        width=WIDTH,
        height=y + 4,
    )


def _legend_items(chart: PriorityChart) -> list[tuple[svg.Symbol, str]]:
    points = [row.point for row in chart.rows if row.point]
    items: list[tuple[svg.Symbol, str, bool]] = [
        ("baseline", "nulmeting", True),
        ("point", "meting", True),
        ("target-vertical", "streefwaarde", any(row.target_printed for row in chart.rows)),
        ("hollow", "voorlopig", any(point.is_provisional for point in points)),
        ("draft", "concept", any(row.is_draft for row in chart.rows)),
        ("range", "afgeschermd: ligt hiertussen", any(point.is_withheld for point in points)),
    ]
    return [(symbol, words) for symbol, words, is_present in items if is_present]


def _row(row: ChartRow, top: float) -> tuple[list[SafeString], float]:
    """Draw a row: the name over the whole width, under it the status in words and the track. Return also its bottom."""
    elements = [svg.line(0.0, top, WIDTH, top, class_="chart-grid", width=0.5)]
    y = top
    for words in wrap(row.name, WIDTH * 1.02):
        y += LINE_HEIGHT
        elements.append(svg.text(0.0, y, words, svg.BOLD))
    lines = wrap(row.verdict, LEFT - 34)
    elements += [
        svg.text(18.0, y + LINE_HEIGHT * (n + 1) + 3, words, svg.status_style(row.status))
        for n, words in enumerate(lines)
    ]
    first_line = y + LINE_HEIGHT + 3
    elements.append(svg.text(0.0, first_line, STATUS_SIGNS[row.status], svg.status_style(row.status, weight="bold")))
    if row.positions:
        elements += _track(row, row.positions, y)
    else:
        elements += [svg.text(LEFT, first_line + LINE_HEIGHT * n, words, svg.SOFT) for n, words in enumerate(row.facts)]
    return elements, y + max(LINE_HEIGHT * len(lines) + 10, 56 if row.positions else LINE_HEIGHT * 2 + 10)


def _x(position: Decimal) -> float:
    return LEFT + (RIGHT - LEFT) * (ZERO + (ONE - ZERO) * float(position))


def _track(row: ChartRow, positions: ScalePositions, top: float) -> list[SafeString]:
    y = top + 28
    baseline, target = _x(positions.baseline), _x(positions.target)
    elements = [
        svg.line(LEFT, y, RIGHT, y, class_="chart-axis"),
        svg.baseline_mark(baseline, y),
        svg.target_mark(target, y - 10, target, y + 10),
    ]
    placer = LabelPlacer(Box(LEFT - 4, top + 4, RIGHT + 4, top + 60))
    placer.avoid_box(target, y, 3, 11)
    above, below = y - 10, y + 22
    if row.point and positions.measurement:
        elements += _measurement(row.point, positions.measurement, y)
        low, high = _within_track(positions.measurement)
        candidates = _candidates((low + high) / 2, above)
        elements.append(_label(placer, row.point.printed, candidates, svg.VALUE))
    elements.append(_label(placer, row.target_printed, _candidates(target, below, above), svg.TARGET_VALUE))
    elements.append(_label(placer, row.baseline_printed, _candidates(baseline, below, above), svg.SOFT))
    if row.no_value:
        elements.append(_label(placer, row.no_value, _candidates(RIGHT - 20, above), svg.SOFT))
    return elements


def _candidates(x: float, *heights: float) -> list[TextPosition]:
    places: list[tuple[float, Anchor]] = [
        (x, "middle"),
        (x - 9, "end"),
        (x + 9, "start"),
        (x - 22, "end"),
        (x + 22, "start"),
    ]
    return [TextPosition(place, height, anchor) for height in heights for place, anchor in places]


def _label(placer: LabelPlacer, words: str, candidates: list[TextPosition], style: svg.TextStyle) -> SafeString:
    position = placer.place(words, candidates)
    return svg.text(position.x, position.y, words, style, anchor=position.anchor, halo=True)


def _within_track(positions: tuple[Decimal, Decimal]) -> tuple[float, float]:
    """Return both ends of a measurement, limited to the track."""
    low, high = (min(max(_x(position), LEFT + EDGE), RIGHT - EDGE) for position in positions)
    return low, high


def _measurement(point: DataPoint, positions: tuple[Decimal, Decimal], y: float) -> list[SafeString]:
    """Draw a measurement: a point, a range, or a point with an arrow where it lies beyond the track."""
    low, high = _within_track(positions)
    if point.is_withheld:
        ends = zip((low, high), positions, strict=True)
        caps = "".join(f"M{x:.1f} {y - 7:.1f}V{y + 7:.1f}" for x, position in ends if x == _x(position))
        return [svg.range_path(f"M{low:.1f} {y:.1f}H{high:.1f}{caps}")]
    elements = [svg.point(low, y, radius=5.0, is_provisional=point.is_provisional, is_draft=point.is_draft)]
    beyond = _x(positions[0]) - low
    if beyond:
        side = 1 if beyond > 0 else -1
        tip, back = low + side * 13, low + side * 8
        arrow = f"M{back:.1f} {y - 5:.1f}L{tip:.1f} {y:.1f}L{back:.1f} {y + 5:.1f}Z"
        elements.append(svg.element("path", d=arrow, class_="chart-point", fill=svg.LINE))
    return elements
