"""Plotly figure of a component: the chart of component_svg, with hover texts."""

from collections.abc import Iterator
from typing import Any

from indicators.charts import plotly
from indicators.charts.component import ComponentChart, DataPoint, component_chart
from indicators.charts.component_layout import LabelKind, place_labels, plot_area
from indicators.charts.label_placement import wrap
from indicators.charts.svg import LINE, MET, MUTED, TARGET, UNPLANNED
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

LINE_HEIGHT = 18  # pixels
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def component_figure(overview: Overview, row: IndicatorRow, component: ComponentRow, year: int) -> dict[str, Any]:
    """Build the chart of a component for the page about `year`."""
    chart = component_chart(overview, row, component, year)
    heading = [*wrap(chart.quantity, plotly.HEADING_WIDTH), *filter(None, [chart.axis.note])]
    axis = chart.axis
    padding = (axis.high - axis.low) / 12
    return plotly.figure_json(
        chart.file_name,
        data=[*_targets(chart), *_baseline(chart), *_measurements(chart), *_ranges(chart)],
        top=LINE_HEIGHT * (len(heading) + 2),
        shapes=[*_bands(chart), *_lines(chart)],
        annotations=[*_heading(heading), *_labels(chart)],
        xaxis={
            "type": "category",  # as numbers, years would get ticks such as 2.020,5
            "categoryorder": "array",
            "categoryarray": [str(year) for year in chart.years],
            "range": [-0.5, len(chart.years) - 0.5],
            "fixedrange": True,
            "showgrid": False,
            "showline": True,
        },
        yaxis={
            "type": "linear",
            "range": [
                plotly.number(round(axis.low - padding / 2, 4)),
                plotly.number(round(axis.high + padding, 4)),
            ],
            "tickmode": "array",
            "tickvals": [plotly.number(tick) for tick in axis.ticks],
            "ticktext": list(axis.labels),
            "zeroline": False,
        },
    )


def _bands(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield the columns without a planned measurement, and the side of each year where the target is met."""
    style = {"type": "rect", "layer": "below", "line": {"width": 0}, "xref": "x"}
    for year in chart.unplanned:
        x = chart.column(year)
        area = {"x0": x - 0.5, "x1": x + 0.5, "y0": 0, "y1": 1, "yref": "paper"}
        yield {"name": "unplanned", "fillcolor": UNPLANNED} | area | style
    span = chart.axis.high - chart.axis.low
    for target in chart.targets:
        x = chart.column(target.year)
        far = plotly.number(chart.axis.high + span if target.is_met_above else chart.axis.low - span)
        area = {"x0": round(x - 0.44, 2), "x1": round(x + 0.44, 2), "y0": plotly.number(target.number), "y1": far}
        yield {"name": "met", "fillcolor": MET, "yref": "y"} | area | style


def _lines(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield the line of each break, and of the baseline up to the first break."""
    for column in chart.breaks:
        ends = {"x0": column - 0.5, "x1": column - 0.5, "xref": "x", "y0": 0, "y1": 1, "yref": "paper"}
        yield {"type": "line", "name": "break", "line": {"color": MUTED, "width": 1.5, "dash": "dash"}} | ends
    if chart.baseline and not chart.baseline.is_withheld:
        y, end = plotly.number(chart.baseline.low), chart.baseline_end - 0.5
        ends = {"x0": chart.column(chart.baseline.year), "x1": end, "xref": "x", "y0": y, "y1": y, "yref": "y"}
        yield {"type": "line", "name": "baseline", "line": {"color": MUTED, "width": 1.25}} | ends


def _heading(lines: list[str]) -> Iterator[plotly.Properties]:
    """Yield the heading, above the chart and under the buttons."""
    above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    for n, words in enumerate(lines):
        yield plotly.annotation("words", plotly.escape_text(words), yshift=LINE_HEIGHT * (len(lines) - n) - 4, **above)


def _labels(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield the labels of the drawing at the same places: by column and number, and from there in pixels."""
    plot = plot_area(chart)
    for label in place_labels(plot):
        position = label.position
        x = round((position.x - plot.left) / plot.column_width - 0.5, 3)
        height: plotly.Properties
        if label.kind is LabelKind.BREAK:
            height = {"yref": "paper", "y": 1, "yshift": -plotly.FONT_SIZE}
        elif label.value is None:
            height = {"yref": "paper", "y": 0, "yshift": round(plot.bottom - position.y + plotly.FONT_SIZE / 3)}
        else:
            shift = round(plot.y(label.value) - position.y + plotly.FONT_SIZE / 3)
            height = {"yref": "y", "y": plotly.number(label.value), "yshift": shift}
        place = {"x": x, "xref": "x", "xanchor": ANCHORS[position.anchor], "yanchor": "middle"}
        yield plotly.annotation(label.kind.value, label.text, **place, **height)


def _targets(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield a trace of the numbers that decide, and one of the aims beside them."""
    if chart.targets:
        yield plotly.scatter(
            "target",
            name="streefwaarde",
            x=[str(target.year) for target in chart.targets],
            y=[plotly.number(target.number) for target in chart.targets],
            mode="markers",
            hovertext=[f"{target.year}: streefwaarde {target.printed}" for target in chart.targets],
            marker=plotly.marker("line-ew-open", 40, TARGET, 3),
        )
    aims = {str(target.year): plotly.number(target.aim) for target in chart.targets if target.aim is not None}
    if aims:
        style = {"mode": "markers", "marker": plotly.marker("line-ew-open", 22, TARGET, 1.5)}
        yield plotly.scatter("target", name="streven", x=list(aims), y=list(aims.values()), **style)


def _baseline(chart: ComponentChart) -> Iterator[plotly.Properties]:
    baseline = chart.baseline
    if baseline and not baseline.is_withheld:
        style = {"mode": "markers", "hovertext": [baseline.words], "marker": plotly.marker("diamond", 10, MUTED, 0)}
        yield plotly.scatter(
            "baseline", name="nulmeting", x=[str(baseline.year)], y=[plotly.number(baseline.low)], **style
        )


def _measurements(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield one trace of all exact figures; an empty point between two segments interrupts the line."""
    points: list[DataPoint | None] = []
    for segment in chart.segments:
        points += [None, *segment] if points else segment
    if not points:
        return
    yield plotly.scatter(
        "measured",
        name="meting",
        x=[str(point.year) if point else None for point in points],
        y=[plotly.number(point.low) if point else None for point in points],
        mode="lines+markers",
        hovertext=[point.words if point else "" for point in points],
        marker=plotly.marker(
            [plotly.symbol_of(point) if point else "circle" for point in points],
            [13 if point and point.year == chart.year else 10 for point in points],
            LINE,
        ),
        line={"color": LINE, "width": 2},
        connectgaps=False,
    )


def _ranges(chart: ComponentChart) -> Iterator[plotly.Properties]:
    """Yield a bracket for each withheld count, the baseline's included."""
    baseline = [chart.baseline] if chart.baseline and chart.baseline.is_withheld else []
    style = {
        "mode": "lines+markers",
        "marker": plotly.marker("line-ew-open", 14, LINE),
        "line": {"color": LINE, "width": 2},
    }
    for point in [*chart.ranges, *baseline]:
        ends = {"x": [str(point.year)] * 2, "y": [plotly.number(point.low), plotly.number(point.high)]}
        yield plotly.scatter("range", name="afgeschermd", hovertext=[point.words] * 2, **ends, **style)
