"""Plotly figure of a priority: the chart of priority_svg, with hover texts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.charts import plotly
from indicators.charts.component import DataPoint
from indicators.charts.label_placement import wrap
from indicators.charts.priority import ChartRow, ScalePositions, priority_chart
from indicators.charts.svg import GRID, LINE, MUTED, TARGET
from indicators.domain.statuses import STATUSES
from indicators.readmodel.rows import Overview, PriorityRow

ROW_HEIGHT, TOP = 104, 40  # pixels
LINE_HEIGHT = 16
TRACK = 0.32  # the start of the tracks, as a fraction of the width
# The ends of the track on the scale from 0 (the worse of baseline and target) to 1 (the better), as in the drawing.
WORST, BEST = Decimal("-0.65"), Decimal("1.65")


def priority_figure(overview: Overview, priority: PriorityRow, year: int) -> dict[str, Any]:
    """Build the chart of a priority in a year; a measurement beyond the track is an arrow at its edge."""
    chart = priority_chart(overview, priority, year)
    rows = list(enumerate(chart.rows))
    scaled = [(n, row, row.positions) for n, row in rows if row.positions]
    bare = {"type": "linear", "fixedrange": True, "showgrid": False, "zeroline": False, "showticklabels": False}
    return plotly.figure_json(
        chart.file_name,
        data=list(_traces(scaled)) if scaled else [],
        top=TOP,
        height=TOP + ROW_HEIGHT * len(rows),
        shapes=[_separator(n) for n, _ in rows],
        annotations=[*(words for n, row in rows for words in _words(n, row)), *(_directions() if scaled else [])],
        xaxis={"domain": [TRACK, 1], "range": [-0.75, 1.75], "showline": False} | bare,
        yaxis={"range": [len(rows) - 0.35, -0.65]} | bare,
    )


def _separator(n: int) -> plotly.Properties:
    y = round(n - 0.62, 2)
    ends = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y}
    return {"type": "line", "name": "grid", "line": {"color": GRID, "width": 1}} | ends


def _directions() -> list[plotly.Properties]:
    above = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return [
        plotly.annotation("words", "← slechter", x=TRACK, xanchor="left", **above),
        plotly.annotation("words", "beter →", x=1, xanchor="right", **above),
    ]


def _words(n: int, row: ChartRow) -> Iterator[plotly.Properties]:
    """Yield the name and status of a row, and its numbers when it has no scale."""
    names = wrap(row.name, plotly.HEADING_WIDTH)
    verdict = wrap(row.verdict, 104)
    verdict[0] = f"{STATUSES[row.status].sign} {verdict[0]}"
    lines: list[tuple[str, float, int]] = []
    lines += [(words, 0, LINE_HEIGHT * (len(names) + 1 - k) - 4) for k, words in enumerate(names)]
    lines += [(words, 0, -LINE_HEIGHT * k) for k, words in enumerate(verdict)]
    if not row.positions:
        lines += [(words, TRACK, -LINE_HEIGHT * k) for k, words in enumerate(row.facts)]
    for words, x, shift in lines:
        place = {"xref": "paper", "xanchor": "left", "yref": "y", "x": x, "y": n, "yshift": shift}
        yield plotly.annotation("words", plotly.escape_text(words), **place)
    if row.positions and row.no_value:
        yield plotly.annotation("gap", row.no_value, x=float(BEST), y=n, xref="x", yref="y", yshift=12)


def _traces(rows: list[tuple[int, ChartRow, ScalePositions]]) -> Iterator[plotly.Properties]:
    """Yield the traces of the tracks, baselines, targets and measurements of the rows that have a scale."""
    track = {"x": [float(WORST), float(BEST), None] * len(rows), "y": [y for n, _, _ in rows for y in (n, n, None)]}
    style = {"mode": "lines", "connectgaps": False, "line": {"color": MUTED, "width": 1}}
    yield plotly.scatter("axis", name="schaal", **track, **style)
    labelled = [(n, row) for n, row, _ in rows]
    yield _points(
        "baseline",
        labelled,
        name="nulmeting",
        x=[_within_track(positions.baseline) for _, _, positions in rows],
        text=[row.baseline_printed for _, row in labelled],
        words=[row.baseline_words for _, row in labelled],
        textposition="bottom left",
        textfont={"color": MUTED},
        marker=plotly.marker("diamond", 11, MUTED, 0),
    )
    yield _points(
        "target",
        labelled,
        name="streefwaarde",
        x=[_within_track(positions.target) for _, _, positions in rows],
        text=[row.target_printed for _, row in labelled],
        words=[row.target_words for _, row in labelled],
        textposition="bottom right",
        textfont={"color": TARGET},
        marker=plotly.marker("line-ns-open", 20, TARGET, 3),
    )
    yield from _measurements(rows)


def _measurements(rows: list[tuple[int, ChartRow, ScalePositions]]) -> Iterator[plotly.Properties]:
    """Yield one trace of the exact measurements, and one of each withheld measurement."""
    measured = [
        (n, row, row.point, positions.measurement) for n, row, positions in rows if row.point and positions.measurement
    ]
    exact = [(n, row, point, ends[0]) for n, row, point, ends in measured if not point.is_withheld]
    if exact:
        yield _points(
            "measured",
            [(n, row) for n, row, _, _ in exact],
            name="meting",
            x=[_within_track(position) for _, _, _, position in exact],
            text=[point.printed for _, _, point, _ in exact],
            words=[point.words for _, _, point, _ in exact],
            textposition="top center",
            textfont={"color": LINE},
            marker=plotly.marker(
                [plotly.symbol_of(point, _shape(position)) for _, _, point, position in exact], 12, LINE
            ),
        )
    for n, _, point, ends in measured:
        if point.is_withheld:
            yield _range(n, point, ends)


def _points(role: str, rows: list[tuple[int, ChartRow]], *, words: list[str], **properties: Any) -> plotly.Properties:
    """Return a trace with a labelled point in each row; its hover text is the row's name and `words`."""
    hover = [f"{plotly.escape_text(row.name)}, {text}" for (_, row), text in zip(rows, words, strict=True)]
    return plotly.scatter(role, y=[n for n, _ in rows], mode="markers+text", hovertext=hover, **properties)


def _range(n: int, point: DataPoint, ends: tuple[Decimal, Decimal]) -> plotly.Properties:
    """Return the trace of a withheld count: a bracket from its lowest to its highest possible value."""
    return plotly.scatter(
        "range",
        name="afgeschermd",
        x=[_within_track(position) for position in ends],
        y=[n, n],
        mode="lines+markers+text",
        text=["", point.printed],
        textposition="top left",
        textfont={"color": LINE},
        hovertext=[point.words, point.words],
        marker=plotly.marker("line-ns-open", 14, LINE),
        line={"color": LINE, "width": 2},
    )


def _within_track(position: Decimal) -> float:
    """Return a position limited to the track, in thousandths of the scale."""
    return float(round(min(max(position, WORST), BEST), 3))


def _shape(position: Decimal) -> str:
    """Return the shape of a measurement: an arrow when it lies beyond the track."""
    if position < WORST:
        return "triangle-left"
    return "triangle-right" if position > BEST else "circle"
