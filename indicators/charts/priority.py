"""The static picture of a priority: a row for each component, where baseline, measurement and target stand.

On each track the row's 0 (the worse of baseline and target) and 1 (the better) stand at fixed places.
"""

from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.charts.course import Mark
from indicators.charts.drawing import LINE, MUTED, TARGET, baseline_mark, drawing, group, key, line, point, tag, text
from indicators.charts.labels import FONT, Box, Field, Spot, wrap
from indicators.charts.standing import Places, PriorityChart, Standing, priority_chart
from indicators.domain.assessment import Status
from indicators.domain.statuses import STATUSES
from indicators.readmodel.rows import Overview, PriorityRow

WIDTH, LEFT, RIGHT, EDGE = 440.0, 138.0, 438.0, 14.0
LINE_HEIGHT = FONT * 1.25
# Where the scale's 0 (the worse of baseline and target) and 1 (the better) lie, as shares of the track.
ZERO, ONE = 0.3, 0.7
# By which name the picture of a priority is known on its page and in its data.
PRIORITY_CHART = "beeld-data"


def priority_svg(overview: Overview, priority: PriorityRow, year: int) -> SafeString:
    """How all components of a priority stand in a year, as a drawing."""
    chart = priority_chart(overview, priority, year)
    drawn, y = [], 0.0
    if chart.has_scale:
        keys, y = key(_key_items(chart), WIDTH, 0.0)
        drawn.append(group(keys))
        y += LINE_HEIGHT
        drawn.append(
            group(
                [
                    text(LEFT, y, "← slechter", class_="chart-muted", fill=MUTED),
                    text(RIGHT, y, "beter →", anchor="end", class_="chart-muted", fill=MUTED),
                    text(0.0, y, "eigen schaal per rij", class_="chart-muted", fill=MUTED),
                ]
            )
        )
        y += 8
    for standing in chart.rows:
        block, y = _block(standing, y + 8)
        drawn.append(group(block))
    return drawing(chart.identity, chart.title, chart.sentence, WIDTH, y + 4, *drawn)


def _key_items(chart: PriorityChart) -> list[tuple[str, str]]:
    marks = [row.mark for row in chart.rows if row.mark]
    items = [
        ("baseline", "nulmeting", True),
        ("point", "meting", True),
        ("line-target", "streefwaarde", any(row.target_printed for row in chart.rows)),
        ("hollow", "voorlopig", any(mark.is_provisional for mark in marks)),
        ("draft", "concept", any(row.is_draft for row in chart.rows)),
        ("range", "afgeschermd: ligt hiertussen", any(mark.is_withheld for mark in marks)),
    ]
    return [(sign, words) for sign, words, present in items if present]


def _block(standing: Standing, top: float) -> tuple[list[SafeString], float]:
    """One row: the name over the whole width, under it the status in words and the track."""
    drawn = [line(0.0, top, WIDTH, top, "chart-grid", MUTED, 0.5)]
    y = top
    for words in wrap(standing.name, WIDTH * 1.02):
        y += LINE_HEIGHT
        drawn.append(text(0.0, y, words, weight="bold"))
    class_ = f"chart-status {_class(standing.status)}"
    lines = wrap(standing.verdict, LEFT - 34)
    for n, words in enumerate(lines):
        drawn.append(text(18.0, y + LINE_HEIGHT * (n + 1) + 3, words, class_=class_))
    drawn.append(text(0.0, y + LINE_HEIGHT + 3, STATUSES[standing.status].sign, class_=class_, weight="bold"))
    drawn += _track(standing, standing.places, y) if standing.places else _numbers_only(standing, y + LINE_HEIGHT + 3)
    return drawn, y + max(LINE_HEIGHT * len(lines) + 10, 56 if standing.places else LINE_HEIGHT * 2 + 10)


def _class(status: Status) -> str:
    return f"chart-{status.value.replace('_', '-')}"


def _x(place: Decimal) -> float:
    return LEFT + (RIGHT - LEFT) * (ZERO + (ONE - ZERO) * float(place))


def _track(standing: Standing, places: Places, y: float) -> list[SafeString]:
    middle = y + 28
    drawn = [line(LEFT, middle, RIGHT, middle, "chart-axis", MUTED)]
    baseline, target = _x(places.baseline), _x(places.target)
    drawn += [
        baseline_mark(baseline, middle),
        line(target, middle - 10, target, middle + 10, "chart-target", TARGET, 3.0),
    ]
    texts = Field(Box(LEFT - 4, y + 4, RIGHT + 4, y + 60))
    texts.mark(target, middle, 3, 11)
    if standing.mark and places.measured:
        drawn += _measured(standing.mark, places.measured, middle)
        low, high = _within(places.measured)
        drawn.append(
            _label(texts, standing.mark.printed, (low + high) / 2, (middle - 10,), "chart-value", LINE, "bold")
        )
    below = (middle + 22, middle - 10)
    drawn.append(_label(texts, standing.target_printed, target, below, "chart-target-text", TARGET))
    drawn.append(_label(texts, standing.baseline_printed, baseline, below, "chart-muted", MUTED))
    if standing.no_value:
        drawn.append(_label(texts, standing.no_value, RIGHT - 20, (middle - 10,), "chart-muted", MUTED))
    return drawn


def _label(
    texts: Field, words: str, x: float, heights: tuple[float, ...], class_: str, fill: str, weight: str | None = None
) -> SafeString:
    sides = ((x, "middle"), (x - 9, "end"), (x + 9, "start"), (x - 22, "end"), (x + 22, "start"))
    spots = [Spot(place, height, anchor) for height in heights for place, anchor in sides]
    spot = texts.place(words, spots)
    return text(spot.x, spot.y, words, anchor=spot.anchor, class_=class_, fill=fill, weight=weight, halo=True)


def _within(places: tuple[Decimal, Decimal]) -> tuple[float, float]:
    """Both ends of a measurement on the track, held back from its edges."""
    low, high = (min(max(_x(place), LEFT + EDGE), RIGHT - EDGE) for place in places)
    return low, high


def _measured(mark: Mark, places: tuple[Decimal, Decimal], y: float) -> list[SafeString]:
    """The measurement: a point, a range, or an arrow at the edge where it lies beyond the track."""
    low, high = _within(places)
    if mark.is_withheld:
        ends = zip((low, high), places, strict=True)
        caps = "".join(f"M{x:.1f} {y - 7:.1f}V{y + 7:.1f}" for x, place in ends if x == _x(place))
        way = f"M{low:.1f} {y:.1f}H{high:.1f}{caps}"
        return [tag("path", d=way, class_="chart-range", fill="none", stroke=LINE, stroke_width=2)]
    drawn = [point(low, y, radius=5.0, hollow=mark.is_provisional, draft=mark.is_draft)]
    beyond = _x(places[0]) - low
    if beyond:
        side = 1 if beyond > 0 else -1
        tip, back = low + side * 13, low + side * 8
        arrow = f"M{back:.1f} {y - 5:.1f}L{tip:.1f} {y:.1f}L{back:.1f} {y + 5:.1f}Z"
        drawn.append(tag("path", d=arrow, class_="chart-point", fill=LINE))
    return drawn


def _numbers_only(standing: Standing, y: float) -> list[SafeString]:
    """A row without a scale, in words."""
    return [
        text(LEFT, y + LINE_HEIGHT * n, words, class_="chart-muted", fill=MUTED)
        for n, words in enumerate(standing.facts)
    ]
