"""The canonical nota: what is read, what is written, and that both agree."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from indicators.domain.nota import (
    NotaRefused,
    TopicKind,
    canonical_bytes,
    find_questions,
    find_refusals,
    read_file,
    read_json,
    read_nota,
    write_nota,
)
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Exact, NoValue, Reason
from tests.domain.notas import (
    GONE,
    SHIPPED,
    component,
    edited,
    indicator,
    notas,
    shipped,
    small,
    topic,
    two_components,
)
from tests.nota import ROWS, YEARS

pytestmark = pytest.mark.engine_free

PART = ("topics", 0, "indicators", 0, "components", 0)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_nota_is_in_canonical_form(name):
    data = shipped(name)
    content = read_file(data)
    assert write_nota(content.nota) == {key: value for key, value in data.items() if key != "taken_over"}
    assert list(data)[: len(write_nota(content.nota))] == list(write_nota(content.nota))
    assert find_questions(content.nota) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_nota_has_the_printed_tables(name):
    by_code = {item.code: item for item in read_file(shipped(name)).nota.indicators}
    for code, _, title, source, *cells in ROWS:
        assert (by_code[code].name, by_code[code].source) == (title, source)
        assert by_code[code].printed == dict(zip((2017, *YEARS), cells, strict=True))


def test_the_real_nota_measured_two_baselines_a_year_earlier():
    nota = read_file(shipped(SHIPPED[0])).nota
    years = {item.code: item.components[0].baseline.year for item in nota.indicators}
    assert {code for code, year in years.items() if year == 2016} == {"V1", "V2"}
    assert set(years.values()) == {2016, 2017}


def test_published_figures_stand_beside_the_nota():
    taken_over = read_file(shipped(SHIPPED[0])).taken_over
    assert [year.year for year in taken_over] == [2018, 2019, 2020, 2021, 2022]
    assert taken_over[0].retrieved_on == date(2026, 11, 24)
    assert taken_over[0].figures[1].value == Exact(Decimal("0.28"))


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("year",), 2017, "year-outside"),
        (("retrieved_on",), "gisteren", "not-a-date"),
        (("figures", 0, "component"), "deel", "component-unknown"),
        (("figures", 0, "value"), "veel", "value-not-read"),
        (("figures", 0, "value"), "", "value-not-read"),
        (("figures", 0, "note"), GONE, "missing-key"),
        (("figures", 0, "colour"), "rood", "unknown-key"),
    ],
)
def test_published_figures_are_checked(path, value, code):
    with pytest.raises(NotaRefused) as refused:
        read_file(edited(shipped(SHIPPED[0]), (("taken_over", 0, *path), value)))
    assert [(finding.code, finding.path) for finding in refused.value.findings] == [(code, ("taken_over", 0, *path))]


def test_published_figures_are_no_part_of_the_nota():
    with pytest.raises(NotaRefused) as refused:
        read_nota(shipped(SHIPPED[0]))
    assert [finding.code for finding in refused.value.findings] == ["unknown-key"]


@given(notas())
def test_what_is_written_is_read_back(nota):
    assert find_refusals(nota) == []
    data = write_nota(nota)
    assert read_nota(data) == nota
    assert read_nota(json.loads(canonical_bytes(nota))) == nota
    assert write_nota(read_nota(data)) == data


def test_topics_are_in_order_of_kind_and_number():
    data = small()
    data["topics"] = [*reversed(data["topics"]), topic(key="prioriteit-2", number=2, indicators=[])]
    nota = read_nota(data)
    assert [(item.kind, item.number) for item in nota.topics] == [
        (TopicKind.PRIORITY, 1),
        (TopicKind.PRIORITY, 2),
        (TopicKind.THEME, 1),
        (TopicKind.VTH, 1),
    ]


def test_a_refusal_has_the_index_of_the_data():
    data = small()
    data["topics"].reverse()
    with pytest.raises(NotaRefused) as refused:
        read_nota(edited(data, (("topics", 2, "goal"), "")))
    assert [finding.path for finding in refused.value.findings] == [("topics", 2, "goal")]


def test_topics_and_components_without_a_key_are_given_one():
    data = small()
    for item in data["topics"]:
        del item["key"]
        for row in item["indicators"]:
            for part in row["components"]:
                del part["key"]
    data["topics"][0]["indicators"].append(
        indicator(code="A.2", components=[component(name="Aantal", key=""), component(name="élk % (deel)", key="")])
        | {"printed": {}}
    )
    nota = read_nota(data)
    assert [item.key for item in nota.topics] == ["prioriteit-1", "thema-1", "vth"]
    keys = [part.key for part in nota.components]
    assert keys == ["a1", "a2-aantal", "a2-deel", "a-2-aantal", "a-2-elk-deel"]


def test_a_derived_key_is_unique():
    data = small()
    rows = [indicator(code="A.1"), indicator(code="A-1"), indicator(code="B1", components=[component(key="a-1")])]
    for row in rows[:2]:
        del row["components"][0]["key"]
    data["topics"][0]["indicators"] = rows
    data["readings"] = []
    assert [part.key for part in read_nota(data).components] == ["a-1-2", "a-1-3", "a-1"]


def test_baselines_and_targets_are_derived_from_printed_cells():
    row = indicator(printed={"2022": "22% *)", "2024": "20%", "2026": "<20%"})
    row["components"] = [component(quantity="percentage", noun="%")]
    del row["components"][0]["targets"], row["components"][0]["baseline"]
    part = next(read_nota(edited(small(), (("topics", 0, "indicators", 0), row), (("readings",), []))).components)
    assert (part.baseline.year, part.baseline.value) == (2022, Exact(Decimal(22)))
    assert part.targets == {
        2024: TargetRule(Decimal(20)),
        2026: TargetRule(bound=Bound(Sign.BELOW, Decimal(20))),
    }


def test_printed_cells_are_split_over_the_components():
    row = two_components() | {"printed": {"2022": "565 (pm%)", "2024": "500"}}
    for part in row["components"]:
        del part["targets"], part["baseline"]
    parts = list(read_nota(edited(small(), (("topics", 0, "indicators", 1), row))).components)[1:]
    assert [part.baseline.value for part in parts] == [Exact(Decimal(565)), NoValue(Reason.PM)]
    assert [part.targets for part in parts] == [{2024: TargetRule(Decimal(500))}, {}]


def test_without_printed_cells_baseline_and_targets_are_required():
    data = edited(small(), (("topics", 0, "indicators", 0, "printed"), {}), ((*PART, "targets"), GONE))
    with pytest.raises(NotaRefused) as refused:
        read_nota(edited(data, ((*PART, "baseline"), GONE)))
    assert {(item.code, item.path[-1]) for item in refused.value.findings} == {
        ("missing-key", "baseline"),
        ("missing-key", "targets"),
    }


@pytest.mark.parametrize(
    ("typed", "written"),
    [("<= 500", "≤500"), ("0 < 4", "0 <4"), ("4500", "4.500"), ("4 500", "4.500")],
)
def test_figures_are_written_as_the_formatter_prints_them(typed, written):
    edits = [(("topics", 0, "indicators", 0, "printed"), {}), ((*PART, "targets"), {"2024": typed})]
    data = write_nota(read_nota(edited(small(), *edits)))
    assert data["topics"][0]["indicators"][0]["components"][0]["targets"] == {"2024": written}


@pytest.mark.parametrize(
    ("path", "typed", "canonical"),
    [
        (("title",), "  Veilig\r\nVoorbeeld ", "Veilig Voorbeeld"),
        (("summary",), " Eerst.\r\nDan.\u2028Toen. ", "Eerst.\nDan.\nToen."),
        (("area", "name"), "Cafe\u0301\x00", "Café"),
        (("topics", 0, "goals"), [" Minder. "], ["Minder."]),
        (("topics", 0, "indicators", 0, "printed", "2024"), " 500 ", "500"),
        (("readings", 0, "alternative", "read_as"), " <500 ", "<500"),
    ],
)
def test_texts_are_read_into_canonical_form(path, typed, canonical):
    data = write_nota(read_nota(edited(small(), (path, typed))))
    for step in path:
        data = data[step]
    assert data == canonical


def test_the_order_of_keys_does_not_matter():
    backwards = json.loads(json.dumps(small()), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert canonical_bytes(read_nota(backwards)) == canonical_bytes(read_nota(small()))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "not-json"),
        (b"\xff", "not-json"),
        ("[" * 100_000, "not-json"),
        ('{"slug": "a", "slug": "b"}', "key-repeated"),
    ],
)
def test_text_that_is_no_json_is_refused(content, code):
    with pytest.raises(NotaRefused) as refused:
        read_json(content)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(
    "data", [None, [], 3, "nota", {}, {"slug": "a"}, small() | {"format": 2}, small() | {"format": "1"}]
)
def test_data_of_another_form_is_refused_once(data):
    for read in (read_nota, read_file):
        with pytest.raises(NotaRefused) as refused:
            read(data)
        assert len(refused.value.findings) == 1
