"""The charts: everything that the rows say is in them, and nothing that they do not say."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects
import pytest
import typst

from indicators.charts import (
    component_figure,
    component_svg,
    priority_figure,
    priority_sentence,
    priority_svg,
    sparkline_svg,
)
from indicators.charts.component import component_chart
from indicators.charts.plotly import figure_json, scatter
from tests.charts.chart_rows import (
    LOWER,
    SVG,
    indicator,
    labels,
    overview,
    practice_overview,
    renamed,
    single,
    texts,
    words_in,
)

pytestmark = pytest.mark.engine_free

PRACTICE = practice_overview()
EACH = [
    pytest.param(row, part, id=f"{row.code} {part.name}".strip()) for row in PRACTICE.rows for part in row.components
]


# -- Everything is there


@pytest.mark.parametrize(("row", "part"), EACH)
def test_every_number_and_target_is_a_text_of_the_drawing_and_of_the_figure(row, part) -> None:
    svg_texts = texts(component_svg(PRACTICE, row, part, 2020))
    chart = component_figure(PRACTICE, row, part, 2020)
    sentence = component_chart(PRACTICE, row, part, 2020).sentence
    for year, figure in part.figures.items():
        assert str(year) in svg_texts
        if figure.printed:
            assert figure.printed in svg_texts
            assert figure.printed in labels(chart, "value") + labels(chart, "gap")
        if figure.target_printed:
            assert figure.target_printed in svg_texts
            assert figure.target_printed in labels(chart, "target")
            assert f"streefwaarde {figure.target_printed}" in sentence
    baseline = f"nulmeting {part.baseline_year}: {part.baseline_printed}"
    assert baseline in svg_texts
    assert labels(chart, "baseline") == [baseline]
    assert baseline in sentence.lower()


@pytest.mark.parametrize("year", [2018, 2020, 2022])
@pytest.mark.parametrize("priority", PRACTICE.priorities, ids=lambda priority: f"priority {priority.number}")
def test_a_priority_shows_every_number_of_its_year(priority, year: int) -> None:
    svg_texts = " | ".join(texts(priority_svg(PRACTICE, priority, year)))
    chart = priority_figure(PRACTICE, priority, year)
    trace_texts = [words for trace in chart["data"] for words in trace.get("text", [])]
    figure_texts = " | ".join([*words_in(chart["layout"]["annotations"]), *trace_texts])
    sentence = priority_sentence(PRACTICE, priority, year)
    for row in priority.rows:
        for part, figure in row.figures(year):
            for words in filter(None, [part.baseline_printed, figure.printed, figure.target_printed]):
                assert words in svg_texts
                assert words in figure_texts
                assert words in sentence


def test_the_text_equivalent_says_what_is_drawn() -> None:
    assert component_chart(*single(LOWER), 2020).sentence == (
        "V1 Meldingen, lager is beter. Nulmeting 2017: 565. 2018: 430. 2019: 441, streefwaarde 500. "
        "2020: 281, streefwaarde <500. 2021: nog geen meting, streefwaarde <500. "
        "2022: 305*, voorlopig, streefwaarde <500."
    )


# -- Well made


def drawings() -> Iterator[str]:
    """Every kind of drawing, of all of the practice municipality."""
    for row in PRACTICE.rows:
        for part in row.components:
            yield component_svg(PRACTICE, row, part, 2021)
            yield sparkline_svg(part, 2021)
    yield from (priority_svg(PRACTICE, priority, 2020) for priority in PRACTICE.priorities)


def test_drawings_are_well_formed_and_hold_nothing_that_the_policy_refuses() -> None:
    for svg in drawings():
        for element in ElementTree.fromstring(svg).iter():
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
            assert element.tag.removeprefix(SVG) not in ("style", "script", "image", "use", "a")


def test_drawings_have_a_name_and_ids_of_their_own() -> None:
    ids = [
        element.get("id") for svg in drawings() for element in ElementTree.fromstring(svg).iter() if element.get("id")
    ]
    assert len(ids) == len(set(ids)) > 40
    root = ElementTree.fromstring(component_svg(*single(LOWER), 2020))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.find(f"{SVG}title").text == "V1 Meldingen, 2017-2022"


def test_a_sparkline_is_hidden_from_screen_readers_and_says_the_years() -> None:
    root = ElementTree.fromstring(sparkline_svg(LOWER, 2020))
    assert root.get("aria-hidden") == "true"
    assert root.find(f"{SVG}title").text == "2018: 430, 2019: 441, 2020: 281, 2021: nog geen meting, 2022: 305*"
    assert len(root.findall(f"{SVG}circle[@r='3']")) == 1
    assert not ElementTree.fromstring(sparkline_svg(LOWER, 2021)).findall(f"{SVG}circle[@r='3']")


def test_drawings_stand_in_a_document_without_a_warning(tmp_path) -> None:
    (tmp_path / "a.svg").write_text(component_svg(*single(LOWER), 2020))
    (tmp_path / "b.svg").write_text(priority_svg(PRACTICE, PRACTICE.priorities[3], 2020))
    source = tmp_path / "page.typ"
    source.write_text('#image("a.svg", alt: "a")\n#image("b.svg", alt: "b")')
    pdf, warnings = typst.compile_with_warnings(source)
    assert pdf.startswith(b"%PDF")
    assert not warnings


def figures() -> Iterator[dict[str, Any]]:
    """Every figure of the practice municipality."""
    for year in PRACTICE.years:
        yield from (priority_figure(PRACTICE, priority, year) for priority in PRACTICE.priorities)
    for row in PRACTICE.rows:
        yield from (component_figure(PRACTICE, row, part, 2020) for part in row.components)


def test_figures_are_valid_and_fit_the_basic_bundle() -> None:
    for figure in figures():
        plotly.graph_objects.Figure(data=figure["data"], layout=figure["layout"])
        assert {trace["type"] for trace in figure["data"]} <= {"scatter"}
        assert set(figure) == {"data", "layout", "config"}
        assert "template" not in figure["layout"]
        assert figure["layout"]["separators"] == ",."
        assert figure["config"]["showSendToCloud"] is False
        assert figure["config"]["displaylogo"] is False


def test_the_validation_sees_a_fault() -> None:
    with pytest.raises(ValueError, match="dragmode"):
        plotly.graph_objects.Figure(data=[], layout={"dragmode": "nonsense"})
    with pytest.raises(ValueError, match="mode"):
        figure_json("name", data=[scatter("measured", mode="nonsense")], top=0, xaxis={}, yaxis={})


def test_numbers_are_plain_lists() -> None:
    assert "bdata" not in json.dumps([*figures()])


def test_plotly_is_imported_for_a_figure_only() -> None:
    code = "import django, sys; django.setup(); import kadernota.urls; sys.exit('plotly' in sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": "kadernota.settings", "SECRET_KEY": "x" * 50}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_years_are_categories_in_order() -> None:
    axis = component_figure(*single(LOWER), 2020)["layout"]["xaxis"]
    assert axis["type"] == "category"
    assert axis["categoryarray"] == ["2017", "2018", "2019", "2020", "2021", "2022"]


def test_no_float_noise() -> None:
    for figure in figures():
        assert not re.findall(r"\d\.\d{5,}|\de-", json.dumps(figure))
    for svg in drawings():
        attributes = [value for e in ElementTree.fromstring(svg).iter() for value in e.attrib.values()]
        assert not re.findall(r"\d\.\d{3,}(?!\d*[.-])", " ".join(a for a in attributes if not a.startswith("chart-")))


def test_the_same_rows_give_the_same_chart() -> None:
    again = practice_overview()
    for row, other in zip(PRACTICE.rows, again.rows, strict=True):
        for part, twin in zip(row.components, other.components, strict=True):
            assert component_svg(PRACTICE, row, part, 2020) == component_svg(again, other, twin, 2020)
            assert component_figure(PRACTICE, row, part, 2020) == component_figure(again, other, twin, 2020)


HOSTILE = '<b onclick="x()">A & B</b><script>\x00\x0b</script>]]>\'"'


def test_hostile_names_stay_text() -> None:
    part = renamed(LOWER, name=HOSTILE, noun=HOSTILE)
    row = indicator(part, name=HOSTILE)
    shown = overview(row)
    for svg in (component_svg(shown, row, part, 2020), priority_svg(shown, shown.priorities[0], 2020)):
        root = ElementTree.fromstring(svg)
        assert not [e for e in root.iter() if e.tag.removeprefix(SVG) in ("b", "script")]
        assert "<b onclick=" in "".join(root.itertext())
    for figure in (component_figure(shown, row, part, 2020), priority_figure(shown, shown.priorities[0], 2020)):
        assert "&lt;b" in json.dumps(figure)
        assert not re.search(r"<[/a-zA-Z]", json.dumps(figure))
