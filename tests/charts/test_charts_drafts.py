"""A draft's value is in a chart only when the read model was asked for drafts."""

import json

import pytest

from indicators.charts import component_figure, component_svg, priority_figure, priority_svg
from indicators.charts.component import component_chart
from priorities.models import Kadernota
from tests.cast import overview_of, record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("drafts", [True, False])
def test_a_draft_shows_only_where_drafts_count(real: Kadernota, officer, drafts: bool) -> None:
    record(real, "V3", 2020, "4.321", by=officer)
    overview = overview_of(real, drafts=drafts)
    row, priority = overview.row("V3"), overview.priorities[0]
    part = row.components[0]
    for chart in (
        component_svg(overview, row, part, 2020),
        priority_svg(overview, priority, 2020),
        component_chart(overview, row, part, 2020).sentence,
        json.dumps(component_figure(overview, row, part, 2020)),
        json.dumps(priority_figure(overview, priority, 2020)),
    ):
        assert ("4.321" in chart or "4321" in chart) is drafts
        assert ("concept" in chart or "open-dot" in chart) is drafts


def test_figures_from_the_database_are_written_without_its_extra_decimals(real: Kadernota) -> None:
    overview = overview_of(real)
    row = overview.row("V5")
    figure = component_figure(overview, row, row.components[0], 2020)
    measured = next(trace for trace in figure["data"] if trace["meta"] == "measured")
    assert json.dumps(measured["y"]) == "[430, 441, 281, 241, 305]"
    share = component_figure(overview, row, row.components[1], 2020)
    measured = next(trace for trace in share["data"] if trace["meta"] == "measured")
    assert json.dumps(measured["y"]) == "[0.28, 0.28, 0.18, 0.15, 0.19]"
    assert "0.0000" not in component_chart(overview, row, row.components[0], 2020).sentence
