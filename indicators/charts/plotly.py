"""The course of a component as a Plotly figure: a plain dict for JSON, scatter and shapes only (basic bundle).

Numbers become int or float only here, in the last step: JSON has no other, and a float of at most fifteen digits is
written back as it was read. All texts, hover texts too, are in Dutch notation and ready-made. Each trace carries its
role in `meta`, each shape in `name`: static/js/charts.js gives every role the colour of the page.
"""

from decimal import Decimal
from typing import Any

from indicators.charts.course import (
    Course,
    baseline_words,
    course_of,
    figure_words,
    is_provisional,
    is_unplanned,
    quantity_words,
)
from indicators.charts.drawing import GRID, INK, LINE, MET, MUTED, PAPER, TARGET, UNPLANNED
from indicators.charts.labels import wrap
from indicators.charts.plot import Plot, labels_of, plot_of
from indicators.domain.targets import Sign
from indicators.domain.values import Exact, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

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


def component_figure(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int) -> dict[str, Any]:
    """The course of a component: what component_svg shows, with hover texts. `year` is the page's own."""
    course = course_of(overview, part)
    axis = course.axis
    heading = _heading(course)
    layout = layout_of(top=LINE_HEIGHT * (len(heading) + 2)) | {
        "shapes": _grounds(course) + _lines(course),
        "annotations": heading + _annotations(plot_of(course, year)),
    }
    layout["xaxis"] |= {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [str(year_) for year_ in course.years],
        "range": [-0.5, len(course.years) - 0.5],
        "fixedrange": True,
        "showgrid": False,
    }
    room = (axis.high - axis.low) / 12
    layout["yaxis"] |= {
        "type": "linear",
        "range": [number(round(axis.low - room / 2, 4)), number(round(axis.high + room, 4))],
        "tickmode": "array",
        "tickvals": [number(tick) for tick in axis.ticks],
        "ticktext": list(axis.labels),
        "zeroline": False,
    }
    data = [*_targets(course), *_baseline(course), *_measured(course, year), *_ranges(course)]
    return {"data": data, "layout": layout, "config": config_of(f"{row.code}-{part.name}-{year}")}


def plain(words: str) -> str:
    """A text of others that Plotly must not read as its pseudo-HTML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number(value: Decimal) -> int | float:
    """A Decimal as a JSON number: 565, 6.2."""
    return int(value) if value == value.to_integral_value() else float(value)


def config_of(name: str) -> dict[str, Any]:
    """The configuration, with the name of a saved picture."""
    file_name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    image = {"format": "png", "scale": 2, "filename": "-".join(filter(None, file_name.split("-")))}
    return CONFIG | {"toImageButtonOptions": image}


def layout_of(*, top: int) -> dict[str, Any]:
    """What the layouts of all charts share; `top` is the room above, in pixels."""
    return {
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "separators": ",.",
        "font": {"size": FONT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"align": "left"},
        "margin": {"l": 8, "r": 8, "t": top, "b": 8},
        "xaxis": {"linecolor": MUTED, "showline": True, "automargin": True, "ticks": ""},
        "yaxis": {"gridcolor": GRID, "automargin": True},
    }


def _grounds(course: Course) -> list[dict[str, Any]]:
    """Columns without a planned measurement, and the side of each year on which the target is met."""
    shapes = []
    for figure in course.figures:
        column = course.column(figure.year)
        if is_unplanned(figure):
            shapes.append(_rect("unplanned", column, 0.5, {"y0": 0, "y1": 1, "yref": "paper"}, UNPLANNED))
        if figure.target:
            bound = figure.target.deciding(course.part.direction)
            room = course.axis.high - course.axis.low
            far = course.axis.high + room if bound.sign in (Sign.ABOVE, Sign.AT_LEAST) else course.axis.low - room
            shapes.append(_rect("met", column, 0.44, {"y0": number(bound.number), "y1": number(far), "yref": "y"}, MET))
    return shapes


def _rect(name: str, column: int, half: float, heights: dict[str, Any], colour: str) -> dict[str, Any]:
    sides = {"x0": round(column - half, 2), "x1": round(column + half, 2), "xref": "x"}
    return {"type": "rect", "name": name, "layer": "below", "fillcolor": colour, "line": {"width": 0}} | sides | heights


def _lines(course: Course) -> list[dict[str, Any]]:
    """The baseline across, up to where it still compares, and each break."""
    shapes = [
        {
            "type": "line",
            "name": "break",
            "x0": column - 0.5,
            "x1": column - 0.5,
            "xref": "x",
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
        }
        for column in course.breaks
    ]
    part = course.part
    if isinstance(part.baseline, Exact) and part.baseline_year:
        height = number(part.baseline.number)
        shapes.append(
            {
                "type": "line",
                "name": "baseline",
                "x0": course.column(part.baseline_year),
                "x1": course.baseline_end - 0.5,
                "xref": "x",
                "y0": height,
                "y1": height,
                "yref": "y",
                "line": {"color": MUTED, "width": 1.25},
            }
        )
    return shapes


def _heading(course: Course) -> list[dict[str, Any]]:
    """What is measured and what is special about the axis, above the chart, under the buttons."""
    lines = [*wrap(quantity_words(course.part), HEADING_WIDTH), *filter(None, [course.axis.note])]
    above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return [
        remark("words", plain(words), yshift=LINE_HEIGHT * (len(lines) - n) - 4, **above)
        for n, words in enumerate(lines)
    ]


def _annotations(plot: Plot) -> list[dict[str, Any]]:
    """The labels of the drawing at the same places: by column and number, and from there in pixels."""
    anchors = {"start": "left", "middle": "center", "end": "right"}
    found = []
    for label in labels_of(plot):
        x = round((label.spot.x - plot.left) / plot.column - 0.5, 3)
        where = {"xref": "x", "xanchor": anchors[label.spot.anchor], "yanchor": "middle"}
        if label.mark is None:
            middle = round(plot.bottom - label.spot.y + FONT_SIZE / 3) if label.kind != "break" else -FONT_SIZE
            where |= {"yref": "paper", "y": 1 if label.kind == "break" else 0, "yshift": middle}
        else:
            shift = round(plot.y(label.mark) - label.spot.y + FONT_SIZE / 3)
            where |= {"yref": "y", "y": number(label.mark), "yshift": shift}
        found.append(remark(label.kind, label.words, x=x, **where))
    return found


def remark(role: str, words: str, **where: Any) -> dict[str, Any]:
    """Words at a place of the chart, in the colour of their role."""
    colour = {"value": LINE, "target": TARGET}.get(role, MUTED)
    return {"name": role, "text": words, "showarrow": False, "font": {"size": FONT_SIZE - 2, "color": colour}} | where


def scatter(role: str, name: str, x: list, y: list, mode: str, **more: Any) -> dict[str, Any]:
    """A trace; without hover texts it does not answer to the pointer."""
    hover = {"hoverinfo": "text", "hovertext": more.pop("hovertext")} if "hovertext" in more else {"hoverinfo": "skip"}
    # Not clipped at the axes, so that a point at the edge is whole.
    return (
        {"type": "scatter", "meta": role, "name": name, "x": x, "y": y, "mode": mode, "cliponaxis": False}
        | hover
        | more
    )


def marker(symbol: str | list[str], size: int | list[int], colour: str, width: float = 2) -> dict[str, Any]:
    """The look of points; an open one is only its rim."""
    return {"symbol": symbol, "size": size, "color": colour, "opacity": 1, "line": {"width": width, "color": colour}}


def _measured(course: Course, year: int) -> list[dict[str, Any]]:
    """All exact figures in one trace; an empty place between the pieces keeps the line broken."""
    points: list[Figure | None] = []
    for piece in course.pieces:
        points += [None, *piece] if points else piece
    if not points:
        return []
    x = [str(figure.year) if figure else None for figure in points]
    y = [number(figure.value.number) if figure else None for figure in points]
    hover = [figure_words(course.part, figure) if figure else "" for figure in points]
    symbols = [_symbol(figure) if figure else "circle" for figure in points]
    sizes = [13 if figure and figure.year == year else 10 for figure in points]
    look = {"marker": marker(symbols, sizes, LINE), "line": {"color": LINE, "width": 2}, "connectgaps": False}
    return [scatter("measured", "meting", x, y, "lines+markers", hovertext=hover, **look)]


def _symbol(figure: Figure) -> str:
    if figure.is_draft:
        return "circle-open-dot"
    return "circle-open" if is_provisional(figure.value) else "circle"


def _ranges(course: Course) -> list[dict[str, Any]]:
    """Withheld counts, and a withheld baseline: a bracket from the lowest to the highest value that it can be."""
    part = course.part
    withheld = [(figure.year, value, figure_words(part, figure)) for figure, value in course.withheld]
    if isinstance(part.baseline, Withheld) and part.baseline_year:
        withheld.append((part.baseline_year, part.baseline, baseline_words(part)))
    look = {"marker": marker("line-ew-open", 14, LINE), "line": {"color": LINE, "width": 2}}
    traces = []
    for year, value, words in withheld:
        x, y = [str(year)] * 2, [number(value.lowest), number(value.highest)]
        traces.append(scatter("range", "afgeschermd", x, y, "lines+markers", hovertext=[words, words], **look))
    return traces


def _targets(course: Course) -> list[dict[str, Any]]:
    """The numbers that decide, and under them what is hoped for where the target has both."""
    figures = [figure for figure in course.figures if figure.target]
    aims = [figure for figure in figures if figure.target.bound and figure.target.aim is not None]
    traces = []
    if figures:
        x = [str(figure.year) for figure in figures]
        y = [number(figure.target.deciding(course.part.direction).number) for figure in figures]
        hover = [f"{figure.year}: streefwaarde {figure.target_printed}" for figure in figures]
        look = marker("line-ew-open", 40, TARGET, 3)
        traces.append(scatter("target", "streefwaarde", x, y, "markers", hovertext=hover, marker=look))
    if aims:
        x, y = [str(figure.year) for figure in aims], [number(figure.target.aim) for figure in aims]
        traces.append(scatter("target", "streven", x, y, "markers", marker=marker("line-ew-open", 22, TARGET, 1.5)))
    return traces


def _baseline(course: Course) -> list[dict[str, Any]]:
    part = course.part
    if not isinstance(part.baseline, Exact) or not part.baseline_year:
        return []
    x, y, hover = [str(part.baseline_year)], [number(part.baseline.number)], [baseline_words(part)]
    return [scatter("baseline", "nulmeting", x, y, "markers", hovertext=hover, marker=marker("diamond", 10, MUTED, 0))]
