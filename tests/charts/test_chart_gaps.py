"""What is not known is not drawn: gaps, breaks in method, withheld counts, drafts."""

import re

import pytest

from indicators.charts import component_figure, component_svg
from indicators.charts.component import component_chart
from indicators.domain.values import Direction
from tests.charts.chart_rows import GRADE, LOWER, component, elements, labels, measured, single, texts

pytestmark = pytest.mark.engine_free


def test_gaps_break_the_line() -> None:
    svg = component_svg(*single(LOWER), 2020)
    lines = elements(svg, "polyline")
    assert [len(line.get("points").split()) for line in lines] == [3]
    trace = measured(component_figure(*single(LOWER), 2020))
    assert (trace["x"], trace["y"]) == (["2018", "2019", "2020", None, "2022"], [430, 441, 281, None, 305])
    assert trace["connectgaps"] is False


@pytest.mark.parametrize("typed", ["", "pm", "n.b.", "n.v.t.", "<5"])
def test_what_is_not_known_is_never_bridged(typed: str) -> None:
    part = component({2018: "8", 2019: "9", 2020: typed, 2021: "7", 2022: "6"}, baseline="9")
    segments = component_chart(*single(part), 2020).segments
    assert [[point.year for point in segment] for segment in segments] == [[2018, 2019], [2021, 2022]]
    assert None in measured(component_figure(*single(part), 2020))["y"]


def test_a_break_in_method_breaks_the_line_and_ends_the_baseline() -> None:
    part = component({year: "400" for year in range(2018, 2023)}, baseline="410", breaks=(2021,))
    svg, figure = component_svg(*single(part), 2021), component_figure(*single(part), 2021)
    assert [len(line.get("points").split()) for line in elements(svg, "polyline")] == [3, 2]
    (line,) = elements(svg, "line", "chart-break")
    assert line.get("stroke-dasharray")
    assert "methodebreuk" in texts(svg)
    (baseline,) = elements(svg, "line", "chart-baseline")
    assert baseline.get("x2") == line.get("x1")
    shapes = {shape["name"]: shape for shape in figure["layout"]["shapes"]}
    assert shapes["break"]["x0"] == shapes["baseline"]["x1"] == 3.5
    assert labels(figure, "break") == ["methodebreuk"]


def test_a_withheld_count_is_a_range_and_no_point() -> None:
    part = component({2018: "3", 2020: "<5"}, {2020: "0 <4"}, baseline="4")
    svg, figure = component_svg(*single(part), 2020), component_figure(*single(part), 2020)
    assert len(elements(svg, "path", "chart-range")) == 2  # the mark and its sign in the key
    (trace,) = [trace for trace in figure["data"] if trace["meta"] == "range"]
    assert (trace["x"], trace["y"]) == (["2020", "2020"], [0, 4])
    assert "ergens van 0 tot en met 4" in trace["hovertext"][0]
    assert measured(figure)["x"] == ["2018"]
    assert not re.search("polyline", svg)


def test_a_provisional_figure_is_hollow() -> None:
    svg = component_svg(*single(LOWER), 2020)
    assert len(elements(svg, "circle", "chart-point-hollow")) == 2  # the mark and its sign in the key
    assert "voorlopig" in texts(svg)
    assert measured(component_figure(*single(LOWER), 2020))["marker"]["symbol"] == ["circle"] * 4 + ["circle-open"]


def test_a_year_without_a_planned_measurement_is_a_pale_column() -> None:
    part = component({2018: "6,2"}, {2020: "6,3"}, unit=GRADE, planned=(2018, 2020), baseline="6,2")
    svg, figure = component_svg(*single(part), 2020), component_figure(*single(part), 2020)
    assert len(elements(svg, "rect", "chart-unplanned")) == 3
    assert [shape["name"] for shape in figure["layout"]["shapes"]].count("unplanned") == 3
    assert texts(svg).count("gepland") == 3
    assert texts(svg).count("nog geen") == 1


@pytest.mark.parametrize(
    ("direction", "target", "met"),
    [(Direction.LOWER, "10", (10, 0)), (Direction.LOWER, "<10", (10, 0)), (Direction.HIGHER, ">10", (10, 20))],
)
def test_the_side_where_the_target_is_met_is_shaded(direction: Direction, target: str, met: tuple[int, int]) -> None:
    part = component({2018: "20"}, {2020: target}, baseline="0", direction=direction)
    (shape,) = [s for s in component_figure(*single(part), 2020)["layout"]["shapes"] if s["name"] == "met"]
    assert shape["y0"] == met[0]
    assert (shape["y1"] - met[0]) * (met[1] - met[0]) > 0
    svg = component_svg(*single(part), 2020)
    shade, mark = elements(svg, "rect", "chart-met")[0], elements(svg, "line", "chart-target")[0]
    top, height, edge = (float(v) for v in (shade.get("y"), shade.get("height"), mark.get("y1")))
    assert edge == pytest.approx(top + height if met[1] > met[0] else top, abs=0.1)


def test_no_figures_at_all_is_a_chart_of_targets() -> None:
    part = component({}, {2020: "480"}, baseline="576")
    svg, figure = component_svg(*single(part), 2020), component_figure(*single(part), 2020)
    assert not elements(svg, "circle")
    assert not [trace for trace in figure["data"] if trace["meta"] == "measured"]
    empty = component({}, baseline_year=None)
    assert not elements(component_svg(*single(empty), 2020), "circle")
    assert component_figure(*single(empty), 2020)["data"] == []


def test_drafts_are_marked() -> None:
    part = component({2021: "6", 2022: "7"}, baseline="9", drafts=(2022,))
    svg = component_svg(*single(part, with_drafts=True), 2022)
    assert len([c for c in elements(svg, "circle") if c.get("stroke-dasharray")]) == 2  # the mark and its sign
    assert "concept" in texts(svg)
    assert "2022: 7, concept" in component_chart(*single(part, with_drafts=True), 2022).sentence
    assert (
        measured(component_figure(*single(part, with_drafts=True), 2022))["marker"]["symbol"][-1] == "circle-open-dot"
    )
