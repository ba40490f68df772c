"""The alphabet of the static drawings: elements, colours and the few marks that charts share.

Every default is a presentation attribute, so that the drawing also stands in a document without a style sheet; the
classes are for static/css/monitor.css. Colours differ in lightness and marks in shape: it reads in black and white.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from indicators.charts.labels import FONT, text_width

INK, MUTED, PAPER = "#1b1b1b", "#565656", "#ffffff"
GRID, LINE, TARGET = "#d4d4d4", "#1d4f7c", "#9a4a00"
MET, UNPLANNED = "#dcebdc", "#efefef"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, *children: Any, **attributes: Any) -> SafeString:
    """An SVG element; text is escaped, `class_` and `stroke_width` become class and stroke-width."""
    written = "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])
    inside = "".join([_text(child) for child in children])
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def _attribute(key: str, value: Any) -> str:
    # Most are names of classes and colours, the same in every drawing; texts of people stand in children.
    return _fixed(key, value) if type(value) is str else f' {_name(key)}="{_text(value)}"'


@lru_cache(maxsize=2000)
def _fixed(key: str, value: str) -> str:
    return f' {_name(key)}="{_text(value)}"'


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: Any) -> str:
    if isinstance(value, SafeString):
        return value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    # Not Django's own escape, which asks of each text whether it is a lazy one.
    return escape(NOT_IN_XML.sub("", value)) if isinstance(value, str) else str(value)


def group(children: Iterable[SafeString], **attributes: Any) -> SafeString:
    """Elements under one `g`."""
    return tag("g", *children, **attributes)


def drawing(identity: str, title: str, description: str, width: float, height: float, *parts: SafeString) -> SafeString:
    """The whole drawing, named by its title and described in words. `identity` must be unique on a page."""
    return tag(
        "svg",
        tag("title", title, id=f"{identity}-title"),
        tag("desc", description, id=f"{identity}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_text(float(width))} {_text(float(height))}",
        width=float(width),
        height=float(height),
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-desc",
        class_="chart-picture",
        font_family="sans-serif",
        font_size=FONT,
        fill=INK,
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    class_: str = "chart-text",
    fill: str = INK,
    weight: str | None = None,
    halo: bool = False,
) -> SafeString:
    """A line of text; with `halo` a rim in the colour of the paper keeps it legible on a line."""
    rim = {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"} if halo else {}
    class_ = f"{class_} chart-halo" if halo else class_
    anchored = anchor if anchor != "start" else None
    return tag("text", words, x=x, y=y, class_=class_, fill=fill, text_anchor=anchored, font_weight=weight, **rim)


def line(
    x1: float, y1: float, x2: float, y2: float, class_: str, stroke: str, width: float = 1.0, **more: Any
) -> SafeString:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_, stroke=stroke, stroke_width=width, **more)


def point(x: float, y: float, *, radius: float = 4.5, hollow: bool = False, draft: bool = False) -> SafeString:
    """A measurement: full; hollow when provisional; with a dashed rim when it is a draft."""
    dashes = "2.2 1.8" if draft else None
    kind = "chart-point-hollow" if hollow or draft else "chart-point"
    fill = PAPER if hollow or draft else LINE
    return tag(
        "circle", cx=x, cy=y, r=radius, class_=kind, fill=fill, stroke=LINE, stroke_width=2, stroke_dasharray=dashes
    )


def polyline(places: Sequence[tuple[float, float]], width: float) -> list[SafeString]:
    """A line through at least two places; through fewer there is none."""
    if len(places) < 2:
        return []
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    look = {"class_": "chart-line", "fill": "none", "stroke": LINE, "stroke_width": width, "stroke_linejoin": "round"}
    return [tag("polyline", points=way, **look)]


def baseline_mark(x: float, y: float) -> SafeString:
    """The baseline: a small square on its corner."""
    corners = f"M{x - 5.5:.1f} {y:.1f}L{x:.1f} {y - 5.5:.1f}L{x + 5.5:.1f} {y:.1f}L{x:.1f} {y + 5.5:.1f}Z"
    return tag("path", d=corners, class_="chart-baseline-mark", fill=MUTED)


def withheld_range(x: float, low: float, high: float) -> SafeString:
    """A withheld count: a bracket from the lowest to the highest value that it can be."""
    caps = "".join(f"M{x - 7:.1f} {y:.1f}H{x + 7:.1f}" for y in (low, high))
    return tag(
        "path", d=f"M{x:.1f} {low:.1f}V{high:.1f}{caps}", class_="chart-range", fill="none", stroke=LINE, stroke_width=2
    )


def target_mark(x1: float, x2: float, y: float) -> SafeString:
    """A target: a short heavy stroke."""
    return line(x1, y, x2, y, "chart-target", TARGET, 3.0)


def key(items: Iterable[tuple[str, str]], width: float, top: float) -> tuple[list[SafeString], float]:
    """Sign and word of what no label names, in rows within `width`; gives the elements and where they end.

    Signs: point, hollow, draft, range, baseline, target, line-target, met.
    """
    drawn: list[SafeString] = []
    x, y = 0.0, top + FONT
    for sign, words in items:
        needed = 22 + text_width(words) * 0.9 + 12
        if x and x + needed > width:
            x, y = 0.0, y + FONT * 1.4
        drawn += [_sign(sign, x, y - FONT * 0.35), text(x + 22, y, words, class_="chart-muted", fill=MUTED)]
        x += needed
    return drawn, y + FONT * 0.4


def _sign(sign: str, x: float, y: float) -> SafeString:
    middle = x + 9
    match sign:
        case "point":
            return point(middle, y)
        case "hollow":
            return point(middle, y, hollow=True)
        case "draft":
            return point(middle, y, draft=True)
        case "range":
            return withheld_range(middle, y + 6, y - 6)
        case "baseline":
            return baseline_mark(middle, y)
        case "target":
            return target_mark(x, x + 18, y)
        case "line-target":
            return line(middle, y - 7, middle, y + 7, "chart-target", TARGET, 3.0)
        case "met":
            return tag("rect", x=x, y=y - 6, width=18, height=12, class_="chart-met", fill=MET)
        case _:
            raise ValueError(sign)
