"""The static picture of a priority: a row for each component, where baseline, measurement and target stand.

Each row has a scale of its own: of baseline and target the worse one stands at a fixed place on the left, the better
one at a fixed place on the right. So right is better in every row, whichever way the figures run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.charts.course import baseline_words, direction_words, full_name, is_provisional
from indicators.charts.drawing import LINE, MUTED, TARGET, baseline_mark, drawing, group, key, line, point, tag, text
from indicators.charts.labels import FONT, Box, Field, Spot, wrap
from indicators.domain.assessment import Status
from indicators.domain.values import Direction, Exact, NoValue, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.statuses import STATUS_SIGNS, standing_words

WIDTH, LEFT, RIGHT, EDGE = 440.0, 138.0, 438.0, 14.0
LINE_HEIGHT = FONT * 1.25
# Where the scale's 0 (the worse of baseline and target) and 1 (the better) lie, as shares of the track.
ZERO, ONE = 0.3, 0.7
# By which name the picture of a priority is known on its page and in its data.
PRIORITY_CHART = "beeld-data"


@dataclass(frozen=True)
class Standing:
    """One row: a component in one year, with places on its scale (0 worse, 1 better) for what has one."""

    row: IndicatorRow
    part: ComponentRow
    figure: Figure
    baseline: Decimal | None
    target: Decimal | None
    measured: tuple[Decimal, Decimal] | None

    @property
    def has_scale(self) -> bool:
        """Whether anything can be placed: that takes a baseline and a target."""
        return self.baseline is not None


def standings(priority: PriorityRow, year: int) -> Iterator[Standing]:
    """The components of a priority in the order of the nota, each on its own scale."""
    for row in priority.rows:
        for part, figure in row.figures(year):
            yield _standing(row, part, figure)


def _standing(row: IndicatorRow, part: ComponentRow, figure: Figure) -> Standing:
    if not isinstance(part.baseline, Exact) or figure.target is None:
        return Standing(row, part, figure, None, None, None)
    start, aim = part.baseline.number, figure.target.deciding(part.direction).number
    sign = -1 if part.direction is Direction.LOWER else 1
    worse, better = sorted((start * sign, aim * sign))
    # Where both are equal, a step of the unit is the distance from 0 to 1, and both stand on the right.
    span = better - worse or part.unit.step

    def place(number: Decimal) -> Decimal:
        return (number * sign - better) / span + 1

    measured = None
    if isinstance(figure.value, Exact | Withheld):
        measured = min(ends := (place(figure.value.lowest), place(figure.value.highest))), max(ends)
    return Standing(row, part, figure, place(start), place(aim), measured)


def priority_svg(overview: Overview, priority: PriorityRow, year: int) -> SafeString:
    """How all components of a priority stand in a year, as a drawing."""
    rows = list(standings(priority, year))
    drawn, y = [], 0.0
    if any(standing.has_scale for standing in rows):
        keys, y = key(_key_items(rows), WIDTH, 0.0)
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
    for standing in rows:
        block, y = _block(standing, y + 8, final=year == overview.last_year)
        drawn.append(group(block))
    title = f"{priority.label} in {year}: nulmeting, meting en streefwaarde"
    words = priority_sentence(overview, priority, year)
    return drawing(f"chart-priority-{priority.pk}-{year}", title, words, WIDTH, y + 4, *drawn)


def _key_items(rows: list[Standing]) -> list[tuple[str, str]]:
    figures = [standing.figure for standing in rows]
    items = [
        ("baseline", "nulmeting", True),
        ("point", "meting", True),
        ("line-target", "streefwaarde", any(figure.target for figure in figures)),
        ("hollow", "voorlopig", any(is_provisional(figure.value) for figure in figures)),
        ("draft", "concept", any(figure.is_draft for figure in figures)),
        ("range", "afgeschermd: ligt hiertussen", any(isinstance(figure.value, Withheld) for figure in figures)),
    ]
    return [(sign, words) for sign, words, present in items if present]


def _block(standing: Standing, top: float, *, final: bool) -> tuple[list[SafeString], float]:
    """One row: the name over the whole width, under it the status in words and the track."""
    drawn = [line(0.0, top, WIDTH, top, "chart-grid", MUTED, 0.5)]
    y = top
    for words in wrap(full_name(standing.row, standing.part), WIDTH * 1.02):
        y += LINE_HEIGHT
        drawn.append(text(0.0, y, words, weight="bold"))
    figure = standing.figure
    lines = wrap(standing_words(figure, final=final), LEFT - 34)
    for n, words in enumerate(lines):
        drawn.append(text(18.0, y + LINE_HEIGHT * (n + 1) + 3, words, class_=f"chart-status {_class(figure.status)}"))
    drawn.append(
        text(
            0.0,
            y + LINE_HEIGHT + 3,
            STATUS_SIGNS[figure.status],
            class_=f"chart-status {_class(figure.status)}",
            weight="bold",
        )
    )
    drawn += _track(standing, y) if standing.has_scale else _numbers_only(standing, y + LINE_HEIGHT + 3)
    return drawn, y + max(LINE_HEIGHT * len(lines) + 10, 56 if standing.has_scale else LINE_HEIGHT * 2 + 10)


def _class(status: Status) -> str:
    return f"chart-{status.value.replace('_', '-')}"


def _x(place: Decimal) -> float:
    return LEFT + (RIGHT - LEFT) * (ZERO + (ONE - ZERO) * float(place))


def _track(standing: Standing, y: float) -> list[SafeString]:
    middle = y + 28
    drawn = [line(LEFT, middle, RIGHT, middle, "chart-axis", MUTED)]
    baseline, target = _x(standing.baseline), _x(standing.target)
    drawn += [
        baseline_mark(baseline, middle),
        line(target, middle - 10, target, middle + 10, "chart-target", TARGET, 3.0),
    ]
    texts = Field(Box(LEFT - 4, y + 4, RIGHT + 4, y + 60))
    texts.mark(target, middle, 3, 11)
    if standing.measured:
        drawn += _measured(standing, middle)
        low, high = _within(standing.measured)
        drawn.append(
            _label(texts, standing.figure.printed, (low + high) / 2, (middle - 10,), "chart-value", LINE, "bold")
        )
    below = (middle + 22, middle - 10)
    drawn.append(_label(texts, standing.figure.target_printed, target, below, "chart-target-text", TARGET))
    drawn.append(_label(texts, standing.part.baseline_printed, baseline, below, "chart-muted", MUTED))
    if isinstance(standing.figure.value, NoValue):
        drawn.append(_label(texts, standing.figure.printed, RIGHT - 20, (middle - 10,), "chart-muted", MUTED))
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


def _measured(standing: Standing, y: float) -> list[SafeString]:
    """The measurement: a point, a range, or an arrow at the edge where it lies beyond the track."""
    figure, (low, high) = standing.figure, _within(standing.measured)
    if isinstance(figure.value, Withheld):
        ends = zip((low, high), standing.measured, strict=True)
        caps = "".join(f"M{x:.1f} {y - 7:.1f}V{y + 7:.1f}" for x, place in ends if x == _x(place))
        return [
            tag(
                "path",
                d=f"M{low:.1f} {y:.1f}H{high:.1f}{caps}",
                class_="chart-range",
                fill="none",
                stroke=LINE,
                stroke_width=2,
            )
        ]
    drawn = [point(low, y, radius=5.0, hollow=is_provisional(figure.value), draft=figure.is_draft)]
    beyond = _x(standing.measured[0]) - low
    if beyond:
        way = 1 if beyond > 0 else -1
        tip, back = low + way * 13, low + way * 8
        drawn.append(
            tag(
                "path",
                d=f"M{back:.1f} {y - 5:.1f}L{tip:.1f} {y:.1f}L{back:.1f} {y + 5:.1f}Z",
                class_="chart-point",
                fill=LINE,
            )
        )
    return drawn


def _numbers_only(standing: Standing, y: float) -> list[SafeString]:
    """A row without a scale, in words."""
    return [
        text(LEFT, y + LINE_HEIGHT * n, words, class_="chart-muted", fill=MUTED)
        for n, words in enumerate(facts_of(standing))
    ]


def facts_of(standing: Standing) -> list[str]:
    """The numbers of a row in words: baseline, measurement, target; each only where there is one."""
    part, figure = standing.part, standing.figure
    facts = [baseline_words(part), f"meting {figure.year}: {_printed(figure)}" if figure.printed else ""]
    facts.append(f"streefwaarde {figure.year}: {figure.target_printed}" if figure.target_printed else "")
    return [words for words in facts if words]


def _printed(figure: Figure) -> str:
    return figure.printed + (" (concept)" if figure.is_draft else "")


def priority_sentence(overview: Overview, priority: PriorityRow, year: int) -> str:
    """The picture of a priority in words, every number of it."""
    sentences = [f"{priority.label}, {priority.name}, in {year}."]
    for standing in standings(priority, year):
        figure = standing.figure
        verdict = standing_words(figure, final=year == overview.last_year)
        facts = "; ".join([*facts_of(standing), direction_words(standing.part.direction)])
        sentences.append(f"{full_name(standing.row, standing.part)}: {verdict} ({facts}).")
    return " ".join(sentences)
