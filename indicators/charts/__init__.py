"""Charts from the read model: static SVG (pages at first view, print, documents) and Plotly figures (dicts). No ORM."""

from indicators.charts.course import component_sentence
from indicators.charts.plotly import component_figure
from indicators.charts.priority import PRIORITY_CHART, priority_sentence, priority_svg
from indicators.charts.priority_plotly import priority_figure
from indicators.charts.sparkline import sparkline_svg
from indicators.charts.svg import component_svg

__all__ = [
    "PRIORITY_CHART",
    "component_figure",
    "component_sentence",
    "component_svg",
    "priority_figure",
    "priority_sentence",
    "priority_svg",
    "sparkline_svg",
]
