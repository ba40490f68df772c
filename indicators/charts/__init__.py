"""Charts from the read model: one description of each, drawn as static SVG and as a Plotly figure. No ORM."""

from indicators.charts.course import component_sentence
from indicators.charts.plotly import component_figure
from indicators.charts.priority import PRIORITY_CHART, priority_svg
from indicators.charts.priority_plotly import priority_figure
from indicators.charts.sparkline import sparkline_svg
from indicators.charts.standing import priority_sentence
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
