"""The course of a component as a Plotly figure: scatter and shapes only, which the basic bundle of plotly.js has.

Plotly checks every property as the figure is built. Numbers become int or float only here, in the last step: JSON has
no other, and a float of at most fifteen digits is written back as it was read. All texts are in Dutch notation and
ready-made. Each trace carries its role in `meta`, each shape and annotation in `name`: static/js/charts.js gives every
role the colour of the page.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.charts.course import Course, Mark, course_of
from indicators.charts.drawing import GRID, INK, LINE, MET, MUTED, PAPER, TARGET, UNPLANNED
from indicators.charts.labels import wrap
from indicators.charts.plot import labels_of, plot_of
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

Part = dict[str, Any]  # a trace, a shape or an annotation, by the names of Plotly's properties
FONT_SIZE, LINE_HEIGHT = 14, 18  # pixels
HEADING_WIDTH = 320.0  # of the narrowest screen, less its margins
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "locale": "nl",
    "modeBarButtons": [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def component_figure(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> dict[str, Any]:
    """The course of a component: what component_svg shows, with hover texts. `year` is the page's own."""
    course = course_of(overview, row, part, year)
    heading = [*wrap(course.quantity, HEADING_WIDTH), *filter(None, [course.axis.note])]
    axis = course.axis
    room = (axis.high - axis.low) / 12
    return figure_json(
        course.file_name,
        data=[*_targets(course), *_baseline(course), *_measured(course), *_ranges(course)],
        top=LINE_HEIGHT * (len(heading) + 2),
        shapes=[*_grounds(course), *_lines(course)],
        annotations=[*_heading(heading), *_labels(course)],
        xaxis={
            "type": "category",  # as numbers, years would get ticks such as 2.020,5
            "categoryorder": "array",
            "categoryarray": [str(year) for year in course.years],
            "range": [-0.5, len(course.years) - 0.5],
            "fixedrange": True,
            "showgrid": False,
            "showline": True,
        },
        yaxis={
            "type": "linear",
            "range": [number(round(axis.low - room / 2, 4)), number(round(axis.high + room, 4))],
            "tickmode": "array",
            "tickvals": [number(tick) for tick in axis.ticks],
            "ticktext": list(axis.labels),
            "zeroline": False,
        },
    )


def figure_json(name: str, *, data: list[Part], top: int, xaxis: Part, yaxis: Part, **layout: Any) -> dict[str, Any]:
    """Build the figure for JSON: `data`, `layout` and the `config` of plotly.js.

    `name` is that of a saved picture, `top` the room above in pixels. ValueError for a property that Plotly has not.
    """
    from plotly.graph_objects import Figure  # only here: it takes 0.1 s and 16 MB, which few processes need

    figure = Figure(
        data,
        layout
        | {
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "separators": ",.",
            "font": {"size": FONT_SIZE, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "hoverlabel": {"align": "left"},
            "margin": {"l": 8, "r": 8, "t": top, "b": 8},
            "xaxis": {"linecolor": MUTED, "automargin": True, "ticks": ""} | xaxis,
            "yaxis": {"gridcolor": GRID, "automargin": True} | yaxis,
        },
    )
    figure.layout.template = None  # 6 kB of looks, which are the page's to give
    file_name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    image = {"format": "png", "scale": 2, "filename": "-".join(filter(None, file_name.split("-")))}
    built: dict[str, Any] = figure.to_plotly_json()
    return built | {"config": CONFIG | {"toImageButtonOptions": image}}


def plain(words: str) -> str:
    """A text of others that Plotly must not read as its pseudo-HTML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number(value: Decimal) -> int | float:
    """A Decimal as a JSON number: 565, 6.2."""
    return int(value) if value == value.to_integral_value() else float(value)


def words_at(role: str, words: str, **place: Any) -> Part:
    """Words at a place of the chart, in the colour of their role."""
    font = {"size": FONT_SIZE - 2, "color": {"value": LINE, "target": TARGET}.get(role, MUTED)}
    return {"name": role, "text": words, "showarrow": False, "font": font} | place


def scatter(role: str, **trace: Any) -> Part:
    """A trace; without hover texts it does not answer to the pointer."""
    # Not clipped at the axes, so that a point at the edge is whole.
    hover = "text" if "hovertext" in trace else "skip"
    return {"type": "scatter", "meta": role, "cliponaxis": False, "hoverinfo": hover} | trace


def marker(symbol: str | list[str], size: int | list[int], colour: str, width: float = 2) -> dict[str, Any]:
    """The look of points; an open one is only its rim."""
    return {"symbol": symbol, "size": size, "color": colour, "opacity": 1, "line": {"width": width, "color": colour}}


def symbol_of(mark: Mark, shape: str = "circle") -> str:
    """The symbol of a measurement: full; open when provisional; open with a dot when it is a draft."""
    if mark.is_draft:
        return f"{shape}-open-dot"
    return f"{shape}-open" if mark.is_provisional else shape


def _grounds(course: Course) -> Iterator[Part]:
    """the columns without a planned measurement, and the side of each year on which the target is met."""
    look = {"type": "rect", "layer": "below", "line": {"width": 0}, "xref": "x"}
    for year in course.unplanned:
        x = course.column(year)
        place = {"x0": x - 0.5, "x1": x + 0.5, "y0": 0, "y1": 1, "yref": "paper"}
        yield {"name": "unplanned", "fillcolor": UNPLANNED} | place | look
    room = course.axis.high - course.axis.low
    for target in course.targets:
        x = course.column(target.year)
        far = course.axis.high + room if target.is_met_above else course.axis.low - room
        place = {"x0": round(x - 0.44, 2), "x1": round(x + 0.44, 2), "y0": number(target.number), "y1": number(far)}
        yield {"name": "met", "fillcolor": MET, "yref": "y"} | place | look


def _lines(course: Course) -> Iterator[Part]:
    """Each break, and the baseline across, up to where it still compares."""
    for column in course.breaks:
        place = {"x0": column - 0.5, "x1": column - 0.5, "xref": "x", "y0": 0, "y1": 1, "yref": "paper"}
        yield {"type": "line", "name": "break", "line": {"color": MUTED, "width": 1.5, "dash": "dash"}} | place
    if course.baseline and not course.baseline.is_withheld:
        y, end = number(course.baseline.low), course.baseline_end - 0.5
        place = {"x0": course.column(course.baseline.year), "x1": end, "xref": "x", "y0": y, "y1": y, "yref": "y"}
        yield {"type": "line", "name": "baseline", "line": {"color": MUTED, "width": 1.25}} | place


def _heading(lines: list[str]) -> Iterator[Part]:
    """What is measured and what is special about the axis, above the chart, under the buttons."""
    above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    for n, words in enumerate(lines):
        yield words_at("words", plain(words), yshift=LINE_HEIGHT * (len(lines) - n) - 4, **above)


def _labels(course: Course) -> Iterator[Part]:
    """The labels of the drawing at the same places: by column and number, and from there in pixels."""
    plot = plot_of(course)
    for label in labels_of(plot):
        x = round((label.spot.x - plot.left) / plot.column - 0.5, 3)
        if label.kind == "break":
            height = {"yref": "paper", "y": 1, "yshift": -FONT_SIZE}
        elif label.mark is None:
            height = {"yref": "paper", "y": 0, "yshift": round(plot.bottom - label.spot.y + FONT_SIZE / 3)}
        else:
            shift = round(plot.y(label.mark) - label.spot.y + FONT_SIZE / 3)
            height = {"yref": "y", "y": number(label.mark), "yshift": shift}
        place = {"x": x, "xref": "x", "xanchor": ANCHORS[label.spot.anchor], "yanchor": "middle"} | height
        yield words_at(label.kind, label.words, **place)


def _targets(course: Course) -> Iterator[Part]:
    """the numbers that decide, and what is hoped for where the target has both."""
    if course.targets:
        yield scatter(
            "target",
            name="streefwaarde",
            x=[str(target.year) for target in course.targets],
            y=[number(target.number) for target in course.targets],
            mode="markers",
            hovertext=[f"{target.year}: streefwaarde {target.printed}" for target in course.targets],
            marker=marker("line-ew-open", 40, TARGET, 3),
        )
    aims = {str(target.year): number(target.aim) for target in course.targets if target.aim is not None}
    if aims:
        look = {"mode": "markers", "marker": marker("line-ew-open", 22, TARGET, 1.5)}
        yield scatter("target", name="streven", x=list(aims), y=list(aims.values()), **look)


def _baseline(course: Course) -> Iterator[Part]:
    baseline = course.baseline
    if baseline and not baseline.is_withheld:
        look = {"mode": "markers", "hovertext": [baseline.words], "marker": marker("diamond", 10, MUTED, 0)}
        yield scatter("baseline", name="nulmeting", x=[str(baseline.year)], y=[number(baseline.low)], **look)


def _measured(course: Course) -> Iterator[Part]:
    """all exact figures in one trace; an empty place between the pieces keeps the line broken."""
    points: list[Mark | None] = []
    for piece in course.pieces:
        points += [None, *piece] if points else piece
    if not points:
        return
    yield scatter(
        "measured",
        name="meting",
        x=[str(mark.year) if mark else None for mark in points],
        y=[number(mark.low) if mark else None for mark in points],
        mode="lines+markers",
        hovertext=[mark.words if mark else "" for mark in points],
        marker=marker(
            [symbol_of(mark) if mark else "circle" for mark in points],
            [13 if mark and mark.year == course.year else 10 for mark in points],
            LINE,
        ),
        line={"color": LINE, "width": 2},
        connectgaps=False,
    )


def _ranges(course: Course) -> Iterator[Part]:
    """withheld counts, and a withheld baseline: a bracket from the lowest to the highest value that it can be."""
    baseline = [course.baseline] if course.baseline and course.baseline.is_withheld else []
    look = {"mode": "lines+markers", "marker": marker("line-ew-open", 14, LINE), "line": {"color": LINE, "width": 2}}
    for mark in [*course.ranges, *baseline]:
        place = {"x": [str(mark.year)] * 2, "y": [number(mark.low), number(mark.high)]}
        yield scatter("range", name="afgeschermd", hovertext=[mark.words] * 2, **place, **look)
