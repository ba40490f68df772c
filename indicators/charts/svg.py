"""The static picture of one component's course."""

from django.utils.safestring import SafeString

from indicators.charts.course import Course, component_sentence, course_of, full_name, is_provisional, is_unplanned
from indicators.charts.drawing import (
    GRID,
    INK,
    LINE,
    MET,
    MUTED,
    TARGET,
    UNPLANNED,
    baseline_mark,
    drawing,
    group,
    key,
    line,
    point,
    polyline,
    tag,
    target_mark,
    text,
    withheld_range,
)
from indicators.charts.labels import FONT
from indicators.charts.plot import LINE_HEIGHT, Plot, labels_of, plot_of
from indicators.domain.targets import Sign
from indicators.domain.values import Exact, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

# Of each kind of label: class, colour, weight.
LABELS = {
    "gap": ("chart-muted", MUTED, None),
    "break": ("chart-muted", MUTED, None),
    "baseline": ("chart-muted", MUTED, None),
    "value": ("chart-value", LINE, "bold"),
    "target": ("chart-target-text", TARGET, None),
}


def component_svg(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> SafeString:
    """The course of a component as a drawing; `year` is the one that the page is about."""
    course = course_of(overview, part)
    plot = plot_of(course, year)
    keys, height = key(_key_items(course), plot.right, plot.bottom + 28)
    return drawing(
        f"chart-{row.pk}-{part.pk}-{year}",
        f"{full_name(row, part)}, {course.years[0]}-{course.years[-1]}",
        component_sentence(overview, row, part, year),
        plot.right,
        height,
        group(_heading(plot)),
        group(_ground(plot)),
        group(_axes(plot)),
        group(_marks(plot)),
        group(_labels(plot)),
        group(keys),
    )


def _key_items(course: Course) -> list[tuple[str, str]]:
    points = [figure for piece in course.pieces for figure in piece]
    known = [figure for figure in course.figures if isinstance(figure.value, Exact | Withheld)]
    items = [
        ("point", "meting", any(not is_provisional(f.value) and not f.is_draft for f in points)),
        ("hollow", "voorlopig", any(is_provisional(f.value) and not f.is_draft for f in points)),
        ("draft", "concept", any(figure.is_draft for figure in known)),
        ("range", "afgeschermd: ligt hiertussen", bool(course.withheld)),
        ("target", "streefwaarde", course.part.has_targets),
        ("met", "gehaald", course.part.has_targets),
    ]
    return [(sign, words) for sign, words, present in items if present]


def _heading(plot: Plot) -> list[SafeString]:
    """What is measured, and under it what is special about the axis."""
    note = plot.course.axis.note
    return [
        text(
            0.0,
            FONT + LINE_HEIGHT * n,
            words,
            class_="chart-muted" if words == note else "chart-text",
            fill=MUTED if words == note else INK,
        )
        for n, words in enumerate(plot.heading)
    ]


def _ground(plot: Plot) -> list[SafeString]:
    """What lies under everything: columns without a planned measurement, and the side where a target is met."""
    drawn, ceiling = [], plot.top - 12
    for figure in plot.course.figures:
        if is_unplanned(figure):
            place = {"x": plot.edge(plot.course.column(figure.year)) + 1, "width": plot.column - 2}
            look = {"class_": "chart-unplanned", "fill": UNPLANNED}
            drawn.append(tag("rect", y=ceiling, height=plot.bottom - ceiling, **place, **look))
        if figure.target:
            x, half, edge = plot.target(figure)
            sign = figure.target.deciding(plot.course.part.direction).sign
            top, bottom = (ceiling, edge) if sign in (Sign.ABOVE, Sign.AT_LEAST) else (edge, plot.bottom)
            place = {"x": x - half, "y": top, "width": half * 2, "height": bottom - top}
            drawn.append(tag("rect", class_="chart-met", fill=MET, **place))
    return drawn


def _axes(plot: Plot) -> list[SafeString]:
    course, bottom = plot.course, plot.bottom
    drawn = []
    for tick, label in zip(course.axis.ticks, course.axis.labels, strict=True):
        y = plot.y(tick)
        drawn.append(line(plot.left, y, plot.right, y, "chart-grid", GRID, 0.75))
        drawn.append(text(plot.left - 6, y + FONT * 0.35, label, anchor="end", class_="chart-muted", fill=MUTED))
    drawn.append(line(plot.left, bottom, plot.right, bottom, "chart-axis", MUTED))
    for year in course.years:
        class_, fill, weight = ("chart-text", INK, "bold") if year == plot.year else ("chart-muted", MUTED, None)
        place = {"x": plot.x(year), "y": bottom + FONT * 1.35, "anchor": "middle"}
        drawn.append(text(words=str(year), class_=class_, fill=fill, weight=weight, **place))
    for before, after in zip(course.years, course.years[1:], strict=False):
        if after - before > 1:  # two short strokes across the axis: years are left out here
            x = plot.edge(course.column(after))
            drawn += [line(x + n - 2, bottom + 5, x + n + 2, bottom - 5, "chart-axis", MUTED) for n in (-2.5, 2.5)]
    for column in course.breaks:
        x = plot.edge(column)
        drawn.append(line(x, plot.top - 12, x, bottom, "chart-break", MUTED, 1.5, stroke_dasharray="5 4"))
    return drawn


def _marks(plot: Plot) -> list[SafeString]:
    """Targets, baseline, line, points and ranges, in that order."""
    drawn = [mark for figure in plot.course.figures if figure.target for mark in _target(plot, figure)]
    drawn += _baseline(plot)
    for piece in plot.course.pieces:
        places = [(plot.x(figure.year), plot.y(figure.value.number)) for figure in piece]
        drawn += polyline(places, 2.0)
        drawn += [
            point(x, y, radius=plot.radius(figure), hollow=is_provisional(figure.value), draft=figure.is_draft)
            for (x, y), figure in zip(places, piece, strict=True)
        ]
    for figure, value in plot.course.withheld:
        drawn.append(withheld_range(plot.x(figure.year), plot.y(value.lowest), plot.y(value.highest)))
    return drawn


def _target(plot: Plot, figure: Figure) -> list[SafeString]:
    x, half, y = plot.target(figure)
    drawn = [target_mark(x - half, x + half, y)]
    if figure.target.bound and figure.target.aim is not None:  # what one hopes for, beside what decides
        aim = plot.y(figure.target.aim)
        drawn.append(line(x - half / 2, aim, x + half / 2, aim, "chart-target", TARGET, 1.5))
    return drawn


def _baseline(plot: Plot) -> list[SafeString]:
    """The baseline across, up to a break; a withheld one as a range; nothing where there is no value."""
    part = plot.course.part
    if part.baseline_year is None:
        return []
    x = plot.x(part.baseline_year)
    if isinstance(part.baseline, Exact):
        y, end = plot.y(part.baseline.number), plot.edge(plot.course.baseline_end)
        return [line(x, y, end, y, "chart-baseline", MUTED, 1.25), baseline_mark(x, y)]
    if isinstance(part.baseline, Withheld):
        return [withheld_range(x, plot.y(part.baseline.lowest), plot.y(part.baseline.highest))]
    return []


def _labels(plot: Plot) -> list[SafeString]:
    drawn = []
    for label in labels_of(plot):
        class_, fill, weight = LABELS[label.kind]
        place = {"x": label.spot.x, "y": label.spot.y, "anchor": label.spot.anchor}
        drawn.append(text(words=label.words, class_=class_, fill=fill, weight=weight, halo=True, **place))
    return drawn
