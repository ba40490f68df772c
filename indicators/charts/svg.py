"""SVG elements: escaping, colours, text styles and the marks and legend that the static charts share.

Every style is a presentation attribute, so that the drawing also works in a document without a style sheet; the classes
are for static/css/monitor.css. Colours differ in lightness and marks in shape, so the charts are legible in black and
white.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Literal, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from indicators.charts.label_placement import FONT_SIZE, Anchor, text_width
from indicators.domain.assessment import Status

INK, MUTED, PAPER = "#1b1b1b", "#565656", "#ffffff"
GRID, LINE, TARGET = "#d4d4d4", "#1d4f7c", "#9a4a00"
MET, UNPLANNED = "#dcebdc", "#efefef"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Symbol = Literal["point", "hollow", "draft", "range", "baseline", "target", "target-vertical", "met"]


class TextStyle(NamedTuple):
    """The CSS class of a text, with its colour and weight for where no style sheet applies."""

    class_: str
    fill: str
    weight: str | None = None


PLAIN = TextStyle("chart-text", INK)
BOLD = TextStyle("chart-text", INK, "bold")
SOFT = TextStyle("chart-muted", MUTED)
VALUE = TextStyle("chart-value", LINE, "bold")
TARGET_VALUE = TextStyle("chart-target-text", TARGET)


def status_class(status: Status) -> str:
    """Return the CSS class of a status."""
    return f"chart-{status.value.replace('_', '-')}"


def status_style(status: Status, *, fill: str = INK, weight: str | None = None) -> TextStyle:
    """Return the style of the sign or the words of a status."""
    return TextStyle(f"chart-status {status_class(status)}", fill, weight)


def element(name: str, *children: object, **attributes: object) -> SafeString:
    """Return an SVG element. Text is escaped; `class_` and `stroke_width` become class and stroke-width."""
    written = "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])
    content = "".join([_text(child) for child in children])
    return mark_safe(f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>")


def _attribute(key: str, value: object) -> str:
    # Strings in attributes are mostly classes and colours, the same in every drawing; texts of users are in children.
    return _cached_attribute(key, value) if type(value) is str else f' {_name(key)}="{_text(value)}"'


@lru_cache(maxsize=2000)
def _cached_attribute(key: str, value: str) -> str:
    return f' {_name(key)}="{_text(value)}"'


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: object) -> str:
    if isinstance(value, SafeString):
        return value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    # html.escape, not Django's, which also tests each text for laziness.
    return escape(NOT_IN_XML.sub("", value)) if isinstance(value, str) else str(value)


def group(children: Iterable[SafeString]) -> SafeString:
    """Return elements grouped in a `g`."""
    return element("g", *children)


def document(
    *children: SafeString, identity: str, title: str, description: str, width: float, height: float
) -> SafeString:
    """Return the whole drawing, with an accessible name and description. `identity` must be unique on a page."""
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", description, id=f"{identity}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_text(float(width))} {_text(float(height))}",
        width=float(width),
        height=float(height),
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-desc",
        class_="chart-picture",
        font_family="sans-serif",
        font_size=FONT_SIZE,
        fill=INK,
    )


def text(
    x: float, y: float, words: str, style: TextStyle = PLAIN, *, anchor: Anchor = "start", halo: bool = False
) -> SafeString:
    """Return a line of text; `halo` outlines it in the colour of the paper, so that it is legible on a line."""
    outline = {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"} if halo else {}
    return element(
        "text",
        words,
        x=x,
        y=y,
        class_=f"{style.class_} chart-halo" if halo else style.class_,
        fill=style.fill,
        text_anchor=anchor if anchor != "start" else None,
        font_weight=style.weight,
        **outline,
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    class_: str,
    stroke: str = MUTED,
    width: float = 1.0,
    dashes: str | None = None,
) -> SafeString:
    """Return a straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", **ends, class_=class_, stroke=stroke, stroke_width=width, stroke_dasharray=dashes)


def point(
    x: float, y: float, *, radius: float = 4.5, is_provisional: bool = False, is_draft: bool = False
) -> SafeString:
    """Return the mark of a measurement: a disc; hollow when provisional, with a dashed outline when a draft."""
    is_hollow = is_provisional or is_draft
    return element(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        class_="chart-point-hollow" if is_hollow else "chart-point",
        fill=PAPER if is_hollow else LINE,
        stroke=LINE,
        stroke_width=2,
        stroke_dasharray="2.2 1.8" if is_draft else None,
    )


def polyline(points: Sequence[tuple[float, float]], width: float) -> list[SafeString]:
    """Return a polyline through the points; no element for fewer than two."""
    if len(points) < 2:
        return []
    coordinates = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = {"class_": "chart-line", "fill": "none", "stroke": LINE, "stroke_width": width, "stroke_linejoin": "round"}
    return [element("polyline", points=coordinates, **stroke)]


def baseline_mark(x: float, y: float) -> SafeString:
    """Return the mark of the baseline: a small diamond."""
    outline = f"M{x - 5.5:.1f} {y:.1f}L{x:.1f} {y - 5.5:.1f}L{x + 5.5:.1f} {y:.1f}L{x:.1f} {y + 5.5:.1f}Z"
    return element("path", d=outline, class_="chart-baseline-mark", fill=MUTED)


def range_mark(x: float, low: float, high: float) -> SafeString:
    """Return the mark of a withheld count: a bracket from its lowest to its highest possible value."""
    caps = "".join(f"M{x - 7:.1f} {y:.1f}H{x + 7:.1f}" for y in (low, high))
    return range_path(f"M{x:.1f} {low:.1f}V{high:.1f}{caps}")


def range_path(path: str) -> SafeString:
    """Return the path of a range, in its style."""
    return element("path", d=path, class_="chart-range", fill="none", stroke=LINE, stroke_width=2)


def target_mark(x1: float, y1: float, x2: float, y2: float) -> SafeString:
    """Return the mark of a target: a heavy stroke."""
    return line(x1, y1, x2, y2, class_="chart-target", stroke=TARGET, width=3.0)


def legend(items: Iterable[tuple[Symbol, str]], width: float, top: float) -> tuple[list[SafeString], float]:
    """Return the symbols with their words, in rows within `width`, and the y at which they end."""
    elements: list[SafeString] = []
    x, y = 0.0, top + FONT_SIZE
    for symbol, words in items:
        item_width = 22 + text_width(words) * 0.9 + 12
        if x and x + item_width > width:
            x, y = 0.0, y + FONT_SIZE * 1.4
        elements += [_legend_symbol(symbol, x, y - FONT_SIZE * 0.35), text(x + 22, y, words, SOFT)]
        x += item_width
    return elements, y + FONT_SIZE * 0.4


def _legend_symbol(symbol: Symbol, x: float, y: float) -> SafeString:
    middle = x + 9
    match symbol:
        case "point":
            return point(middle, y)
        case "hollow":
            return point(middle, y, is_provisional=True)
        case "draft":
            return point(middle, y, is_draft=True)
        case "range":
            return range_mark(middle, y + 6, y - 6)
        case "baseline":
            return baseline_mark(middle, y)
        case "target":
            return target_mark(x, y, x + 18, y)
        case "target-vertical":
            return target_mark(middle, y - 7, middle, y + 7)
        case "met":
            return element("rect", x=x, y=y - 6, width=18, height=12, class_="chart-met", fill=MET)
