"""The static picture of one component's course."""

from typing import Any

from django.utils.safestring import SafeString

from indicators.charts.course import Course, Target, course_of
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
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

SOFT = {"class_": "chart-muted", "fill": MUTED}
LABELS: dict[str, dict[str, Any]] = {
    "gap": SOFT,
    "break": SOFT,
    "baseline": SOFT,
    "value": {"class_": "chart-value", "fill": LINE, "weight": "bold"},
    "target": {"class_": "chart-target-text", "fill": TARGET},
}


def component_svg(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> SafeString:
    """The course of a component as a drawing; `year` is the one that the page is about."""
    course = course_of(overview, row, part, year)
    plot = plot_of(course)
    keys, height = key(_key_items(course), plot.right, plot.bottom + 28)
    return drawing(
        course.identity,
        course.title,
        course.sentence,
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
    items = [
        ("point", "meting", any(not mark.is_provisional and not mark.is_draft for mark in course.points)),
        ("hollow", "voorlopig", any(mark.is_provisional and not mark.is_draft for mark in course.points)),
        ("draft", "concept", any(mark.is_draft for mark in course.marks)),
        ("range", "afgeschermd: ligt hiertussen", bool(course.ranges)),
        ("target", "streefwaarde", bool(course.targets)),
        ("met", "gehaald", bool(course.targets)),
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
    course, ceiling = plot.course, plot.top - 12
    drawn = []
    for year in course.unplanned:
        place = {"x": plot.edge(course.column(year)) + 1, "width": plot.column - 2}
        look = {"class_": "chart-unplanned", "fill": UNPLANNED}
        drawn.append(tag("rect", y=ceiling, height=plot.bottom - ceiling, **place, **look))
    for target in course.targets:
        x, half, edge = plot.target(target)
        top, bottom = (ceiling, edge) if target.is_met_above else (edge, plot.bottom)
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
        class_, fill, weight = ("chart-text", INK, "bold") if year == course.year else ("chart-muted", MUTED, None)
        x, y = plot.x(year), bottom + FONT * 1.35
        drawn.append(text(x, y, str(year), anchor="middle", class_=class_, fill=fill, weight=weight))
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
    drawn = [mark for target in plot.course.targets for mark in _target(plot, target)]
    drawn += _baseline(plot)
    for piece in plot.course.pieces:
        places = [(plot.x(mark.year), plot.y(mark.low)) for mark in piece]
        drawn += polyline(places, 2.0)
        drawn += [
            point(x, y, radius=plot.radius(mark), hollow=mark.is_provisional, draft=mark.is_draft)
            for (x, y), mark in zip(places, piece, strict=True)
        ]
    for mark in plot.course.ranges:
        drawn.append(withheld_range(plot.x(mark.year), plot.y(mark.low), plot.y(mark.high)))
    return drawn


def _target(plot: Plot, target: Target) -> list[SafeString]:
    x, half, y = plot.target(target)
    drawn = [target_mark(x - half, x + half, y)]
    if target.aim is not None:  # what one hopes for, beside what decides
        aim = plot.y(target.aim)
        drawn.append(line(x - half / 2, aim, x + half / 2, aim, "chart-target", TARGET, 1.5))
    return drawn


def _baseline(plot: Plot) -> list[SafeString]:
    """The baseline across, up to a break; a withheld one as a range; nothing where there is no value."""
    baseline = plot.course.baseline
    if baseline is None:
        return []
    x, y = plot.x(baseline.year), plot.y(baseline.low)
    if baseline.is_withheld:
        return [withheld_range(x, y, plot.y(baseline.high))]
    end = plot.edge(plot.course.baseline_end)
    return [line(x, y, end, y, "chart-baseline", MUTED, 1.25), baseline_mark(x, y)]


def _labels(plot: Plot) -> list[SafeString]:
    return [
        text(label.spot.x, label.spot.y, label.words, anchor=label.spot.anchor, halo=True, **LABELS[label.kind])
        for label in labels_of(plot)
    ]
