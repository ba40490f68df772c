"""Plotly figures for JSON: the traces, annotations and layout that the charts share.

Only scatter traces and shapes, which the basic bundle of plotly.js has. Plotly checks every property when the figure is
built. Each trace has its role in `meta`, each shape and annotation in `name`: static/js/charts.js gives every role the
colour of the page.
"""

from decimal import Decimal
from typing import Any

from indicators.charts.component import DataPoint
from indicators.charts.svg import GRID, INK, LINE, MUTED, PAPER, TARGET

Properties = dict[str, Any]  # of a trace, a shape, an annotation or an axis, by Plotly's names
FONT_SIZE = 14  # pixels
HEADING_WIDTH = 320.0  # user units: the width of the narrowest screen, without its margins
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "locale": "nl",
    "modeBarButtons": [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}


def figure_json(
    name: str, *, data: list[Properties], top: int, xaxis: Properties, yaxis: Properties, **layout: Any
) -> dict[str, Any]:
    """Build a figure for JSON: `data`, `layout` and the `config` of plotly.js.

    `name` is the base of the file name of a saved picture, `top` the top margin in pixels. Raises ValueError for a
    property that Plotly does not know.
    """
    from plotly.graph_objects import Figure  # imported late: it takes 0.1 s and 16 MB, and few processes need it

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
    figure.layout.template = None  # 6 kB of styles that the page sets itself
    file_name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    image = {"format": "png", "scale": 2, "filename": "-".join(filter(None, file_name.split("-")))}
    properties: dict[str, Any] = figure.to_plotly_json()
    return properties | {"config": CONFIG | {"toImageButtonOptions": image}}


def escape_text(text: str) -> str:
    """Escape a text of a user, which Plotly would read as its pseudo-HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number(value: Decimal) -> int | float:
    """Return a Decimal as a JSON number: 565, 6.2.

    Figures become int or float only here, in the last step; a float of at most fifteen digits keeps its digits.
    """
    return int(value) if value == value.to_integral_value() else float(value)


def annotation(role: str, text: str, **properties: Any) -> Properties:
    """Return a text in the colour of its role; `properties` say where."""
    font = {"size": FONT_SIZE - 2, "color": {"value": LINE, "target": TARGET}.get(role, MUTED)}
    return {"name": role, "text": text, "showarrow": False, "font": font} | properties


def scatter(role: str, **properties: Any) -> Properties:
    """Return a trace; without `hovertext` it ignores the pointer."""
    # Not clipped at the axes: a point at the edge stays whole.
    hover = "text" if "hovertext" in properties else "skip"
    return {"type": "scatter", "meta": role, "cliponaxis": False, "hoverinfo": hover} | properties


def marker(symbol: str | list[str], size: int | list[int], colour: str, width: float = 2) -> Properties:
    """Return the style of points; of an open symbol only the outline is drawn."""
    return {"symbol": symbol, "size": size, "color": colour, "opacity": 1, "line": {"width": width, "color": colour}}


def symbol_of(point: DataPoint, shape: str = "circle") -> str:
    """Return the symbol of a measurement: filled, open when provisional, open with a dot when it is a draft."""
    if point.is_draft:
        return f"{shape}-open-dot"
    return f"{shape}-open" if point.is_provisional else shape
