"""Charts from the read model: descriptions, which are drawn as static SVG and built as Plotly figures. No ORM."""

from indicators.charts.plotly_component import component_figure
from indicators.charts.plotly_priority import priority_figure
from indicators.charts.priority import priority_sentence
from indicators.charts.svg_component import component_svg, sparkline_svg
from indicators.charts.svg_priority import PRIORITY_CHART, priority_svg

__all__ = [
    "PRIORITY_CHART",
    "component_figure",
    "component_svg",
    "priority_figure",
    "priority_sentence",
    "priority_svg",
    "sparkline_svg",
]
