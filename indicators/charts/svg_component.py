"""SVG of a component: the chart with targets, baseline and measurements, and the sparkline in a table."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.charts import svg
from indicators.charts.component import ComponentChart, TargetMark, component_chart, gap_words, line_segments
from indicators.charts.component_layout import LINE_HEIGHT, LabelKind, PlotArea, place_labels, plot_area
from indicators.charts.label_placement import FONT_SIZE
from indicators.domain.values import Exact
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

LABEL_STYLES = {LabelKind.VALUE: svg.VALUE, LabelKind.TARGET: svg.TARGET_VALUE}  # others are svg.SOFT


def component_svg(overview: Overview, row: IndicatorRow, component: ComponentRow, year: int) -> SafeString:
    """Draw the chart of a component for the page about `year`."""
    chart = component_chart(overview, row, component, year)
    plot = plot_area(chart)
    legend_elements, height = svg.legend(_legend_items(chart), plot.right, plot.bottom + 28)
    return svg.document(
        svg.group(_heading(plot)),
        svg.group(_bands(plot)),
        svg.group(_axes(plot)),
        svg.group(_marks(plot)),
        svg.group(_labels(plot)),
        svg.group(legend_elements),
        identity=chart.identity,
        title=chart.title,
        description=chart.sentence,
        width=plot.right,
        height=height,
    )


def _legend_items(chart: ComponentChart) -> list[tuple[svg.Symbol, str]]:
    items: list[tuple[svg.Symbol, str, bool]] = [
        ("point", "meting", any(not point.is_provisional and not point.is_draft for point in chart.points)),
        ("hollow", "voorlopig", any(point.is_provisional and not point.is_draft for point in chart.points)),
        ("draft", "concept", any(point.is_draft for point in chart.measurements)),
        ("range", "afgeschermd: ligt hiertussen", bool(chart.ranges)),
        ("target", "streefwaarde", bool(chart.targets)),
        ("met", "gehaald", bool(chart.targets)),
    ]
    return [(symbol, words) for symbol, words, is_present in items if is_present]


def _heading(plot: PlotArea) -> Iterator[SafeString]:
    """Draw what the axis measures, and the note of the axis under it."""
    for n, words in enumerate(plot.heading):
        style = svg.SOFT if words == plot.chart.axis.note else svg.PLAIN
        yield svg.text(0.0, FONT_SIZE + LINE_HEIGHT * n, words, style)


def _bands(plot: PlotArea) -> Iterator[SafeString]:
    """Draw the background: columns without a planned measurement, and the side where each target is met."""
    chart, ceiling = plot.chart, plot.top - 12
    for year in chart.unplanned:
        yield svg.element(
            "rect",
            y=ceiling,
            height=plot.bottom - ceiling,
            x=plot.edge(chart.column(year)) + 1,
            width=plot.column_width - 2,
            class_="chart-unplanned",
            fill=svg.UNPLANNED,
        )
    for target in chart.targets:
        x, half, edge = plot.target(target)
        top, bottom = (ceiling, edge) if target.is_met_above else (edge, plot.bottom)
        area = {"x": x - half, "y": top, "width": half * 2, "height": bottom - top}
        yield svg.element("rect", class_="chart-met", fill=svg.MET, **area)


def _axes(plot: PlotArea) -> Iterator[SafeString]:
    chart, bottom = plot.chart, plot.bottom
    for tick, label in zip(chart.axis.ticks, chart.axis.labels, strict=True):
        y = plot.y(tick)
        yield svg.line(plot.left, y, plot.right, y, class_="chart-grid", stroke=svg.GRID, width=0.75)
        yield svg.text(plot.left - 6, y + FONT_SIZE * 0.35, label, svg.SOFT, anchor="end")
    yield svg.line(plot.left, bottom, plot.right, bottom, class_="chart-axis")
    for year in chart.years:
        style = svg.BOLD if year == chart.year else svg.SOFT
        yield svg.text(plot.x(year), bottom + FONT_SIZE * 1.35, str(year), style, anchor="middle")
    for before, after in zip(chart.years, chart.years[1:], strict=False):
        if after - before > 1:  # two short strokes across the axis: years are skipped here
            x = plot.edge(chart.column(after))
            for offset in (-2.5, 2.5):
                yield svg.line(x + offset - 2, bottom + 5, x + offset + 2, bottom - 5, class_="chart-axis")
    for column in chart.breaks:
        x = plot.edge(column)
        yield svg.line(x, plot.top - 12, x, bottom, class_="chart-break", width=1.5, dashes="5 4")


def _marks(plot: PlotArea) -> Iterator[SafeString]:
    for target in plot.chart.targets:
        yield from _target(plot, target)
    yield from _baseline(plot)
    for segment in plot.chart.segments:
        positions = [(plot.x(point.year), plot.y(point.low)) for point in segment]
        yield from svg.polyline(positions, 2.0)
        for (x, y), point in zip(positions, segment, strict=True):
            radius = plot.radius(point)
            yield svg.point(x, y, radius=radius, is_provisional=point.is_provisional, is_draft=point.is_draft)
    for point in plot.chart.ranges:
        yield svg.range_mark(plot.x(point.year), plot.y(point.low), plot.y(point.high))


def _target(plot: PlotArea, target: TargetMark) -> Iterator[SafeString]:
    """Draw the number that decides, and a thinner stroke at the aim beside it."""
    x, half, y = plot.target(target)
    yield svg.target_mark(x - half, y, x + half, y)
    if target.aim is not None:
        aim = plot.y(target.aim)
        yield svg.line(x - half / 2, aim, x + half / 2, aim, class_="chart-target", stroke=svg.TARGET, width=1.5)


def _baseline(plot: PlotArea) -> Iterator[SafeString]:
    """Draw the baseline as a line up to the first break; a withheld baseline as a range."""
    baseline = plot.chart.baseline
    if baseline is None:
        return
    x, y = plot.x(baseline.year), plot.y(baseline.low)
    if baseline.is_withheld:
        yield svg.range_mark(x, y, plot.y(baseline.high))
    else:
        yield svg.line(x, y, plot.edge(plot.chart.baseline_end), y, class_="chart-baseline", width=1.25)
        yield svg.baseline_mark(x, y)


def _labels(plot: PlotArea) -> Iterator[SafeString]:
    for label in place_labels(plot):
        x, y, anchor = label.position.x, label.position.y, label.position.anchor
        yield svg.text(x, y, label.text, LABEL_STYLES.get(label.kind, svg.SOFT), anchor=anchor, halo=True)


def sparkline_svg(component: ComponentRow, year: int) -> SafeString:
    """Draw a small line of all years with a dot at `year`; hidden from screen readers, as the table has the numbers."""
    figures = component.figures
    years = sorted(figures)
    numbers = {figure.year: figure.value.number for figure in figures.values() if isinstance(figure.value, Exact)}
    low, high = min(numbers.values(), default=Decimal(0)), max(numbers.values(), default=Decimal(0))
    step = 72 / max(len(years) - 1, 1)

    def position(year: int) -> tuple[float, float]:
        fraction = float((numbers[year] - low) / (high - low)) if high > low else 0.5
        return 4 + step * years.index(year), 16 - 12 * fraction

    elements = []
    for segment in line_segments(component):
        positions = [position(figure.year) for figure in segment]
        elements += svg.polyline(positions, 1.5)
        if len(positions) == 1 and segment[0].year != year:  # a year between two gaps has no line
            elements.append(_dot(positions[0], 1.5))
    if year in numbers:
        elements.append(_dot(position(year), 3))
    title = ", ".join(f"{year}: {figures[year].printed or gap_words(figures[year])}" for year in years)
    return svg.element(
        "svg",
        svg.element("title", title),
        *elements,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 80 20",
        width=80,
        height=20,
        class_="sparkline",
        aria_hidden="true",
        focusable="false",
    )


def _dot(position: tuple[float, float], radius: float) -> SafeString:
    return svg.element("circle", cx=position[0], cy=position[1], r=radius, class_="chart-point", fill=svg.LINE)
