"""Charts from the read model: one description of each, drawn as static SVG and as a Plotly figure. No ORM."""

from .course import component_sentence
from .plotly import component_figure
from .priority import PRIORITY_CHART, priority_svg
from .priority_plotly import priority_figure
from .sparkline import sparkline_svg
from .standing import priority_sentence
from .svg import component_svg

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
