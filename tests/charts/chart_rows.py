"""Build rows of the read model for the tests of charts, and read the elements and texts of a chart."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from indicators.domain.assessment import Facts
from indicators.domain.formatting import format_value
from indicators.domain.notation import read_typed
from indicators.domain.targets import parse_target, split_printed
from indicators.domain.values import Direction, Role, Unit, UnitKind, Value
from indicators.readmodel.chain import Chain
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from tests.nota import ROWS, direction_of, names_of, role_of, unit_of
from tests.nota import YEARS as TARGET_YEARS
from tests.readmodel.prefixes import V1, decision, edition, version
from tests.repository.tree import ROOT

SVG = "{http://www.w3.org/2000/svg}"
COUNT, GRADE = Unit(UnitKind.COUNT), Unit(UnitKind.GRADE, 1)
YEARS = range(2018, 2023)
VERSION = version(V1, 1, 1, last_year=2022, title="Proef", printed_organisation="Proefgemeente")
EDITION = edition(2, 2022)
CHAIN = Chain((decision(VERSION, 1), decision(EDITION, 2)))


def value_of(typed: str, unit: Unit) -> Value | None:
    """Return the value that a text means; None for an empty one."""
    input_value = read_typed(typed, unit)
    return input_value.value if input_value else None


def component(
    measured: Mapping[int, str],
    targets: Mapping[int, str] | None = None,
    *,
    baseline: str = "",
    unit: Unit = COUNT,
    direction: Direction = Direction.LOWER,
    role: Role = Role.EFFECT,
    baseline_year: int | None = 2017,
    planned: tuple[int, ...] | None = None,
    breaks: tuple[int, ...] = (),
    drafts: tuple[int, ...] = (),
    name: str = "",
    noun: str = "meldingen",
    pk: int = 1,
) -> ComponentRow:
    """Return a component with figures as they are typed; those of the years in `drafts` are not adopted."""
    start = value_of(baseline, unit)
    rules = {year: parse_target(cell, unit) for year, cell in (targets or {}).items() if cell}
    figures = {}
    for year in YEARS:
        value = value_of(measured.get(year, ""), unit)
        comparable = not any((baseline_year or 0) < since <= year for since in breaks)
        facts = Facts(
            unit=unit,
            direction=direction,
            role=role,
            baseline=start,
            target=rules.get(year),
            last_target=rules.get(2022),
            measurement=value,
            planned=planned is None or year in planned,
            comparable=comparable,
        )
        figures[year] = Figure(
            year=year,
            facts=facts,
            revision=year if value else None,
            edition=EDITION if value and year not in drafts else None,
        )
    printed = format_value(start, unit) if start else ""
    return ComponentRow(
        series=pk,
        key=f"series-{pk}",
        name=name,
        short_name="",
        noun=noun,
        unit=unit,
        direction=direction,
        baseline=start,
        baseline_printed=printed,
        baseline_year=baseline_year if start else None,
        breaks=tuple((since, "andere telling") for since in breaks),
        figures=figures,
    )


def indicator(*parts: ComponentRow, code: str = "V1", name: str = "Meldingen", number: int = 1) -> IndicatorRow:
    """Return an indicator with these components."""
    pk = int(code.removeprefix("V") or 0)
    return IndicatorRow(
        pk=pk,
        code=code,
        name=name,
        source="Politie",
        role=Role.EFFECT,
        definition="",
        synonyms=(),
        cadence="jaarlijks",
        planned_years=None,
        printed_cells={},
        priority_number=number,
        components=parts,
    )


def overview(*rows: IndicatorRow, with_drafts: bool = False) -> Overview:
    """Return the overview of a kadernota with these indicators, by priority."""
    numbers = sorted({row.priority_number for row in rows})
    priorities = tuple(
        PriorityRow(
            pk=n,
            number=n,
            name=f"Prioriteit {n}",
            goal="doel",
            rows=tuple(row for row in rows if row.priority_number == n),
        )
        for n in numbers
    )
    return Overview(
        slug="proef",
        is_practice=True,
        chain=CHAIN,
        version=VERSION,
        versions_by_year=dict.fromkeys(YEARS, VERSION),
        parts=(),
        readings=(),
        lines=(),
        edition=None,
        with_drafts=with_drafts,
        priorities=priorities,
    )


def single(part: ComponentRow, *, with_drafts: bool = False) -> tuple[Overview, IndicatorRow, ComponentRow]:
    """Return the arguments of the chart functions for a single component."""
    row = indicator(part)
    return overview(row, with_drafts=with_drafts), row, part


def practice_overview() -> Overview:
    """Return all 21 indicators of the nota with the figures of the practice municipality, corrections included."""
    data = json.loads((ROOT / "fixtures/oefencijfers_2018_2022.json").read_text())
    typed: dict[tuple[str, str], dict[int, str]] = {}
    for item in data["editions"]:
        for figure in item["figures"]:
            typed.setdefault((figure["indicator"], figure["component"]), {})[item["year"]] = figure["value"]
    rows = []
    for code, number, name, _, *cells in ROWS:
        names = names_of(code)
        split = [split_printed(cell, names) for cell in cells]
        parts = [
            component(
                typed.get((code, part), {}),
                {year: split[n + 1][place] for n, year in enumerate(TARGET_YEARS)},
                baseline=split[0][place],
                unit=unit_of(code, part),
                direction=direction_of(code),
                role=role_of(code),
                baseline_year=2016 if code in ("V1", "V2") else 2017,
                planned=(2018, 2020, 2022) if code in ("V1", "V2") else None,
                name=part,
                noun="gevallen",
                pk=int(code[1:]) * 10 + place,
            )
            for place, part in enumerate(names)
        ]
        rows.append(indicator(*parts, code=code, name=name, number=int(number)))
    return overview(*rows)


def renamed(part: ComponentRow, **facts) -> ComponentRow:
    """Return the component with other texts."""
    return replace(part, **facts)


LOWER = component(
    {2018: "430", 2019: "441", 2020: "281", 2022: "305*"},
    {2019: "500", 2020: "<500", 2021: "<500", 2022: "<500"},
    baseline="565",
)


def elements(svg: str, name: str, class_: str = "") -> list[ElementTree.Element]:
    """Return the elements of an SVG with this name and, when given, this class."""
    all_elements = ElementTree.fromstring(svg).iter(f"{SVG}{name}")
    return [element for element in all_elements if class_ in (element.get("class") or "").split() or not class_]


def texts(svg: str) -> list[str]:
    """Return the texts of an SVG, without its title and description."""
    return ["".join(element.itertext()) for element in elements(svg, "text")]


def words_in(figure: Any) -> Iterator[str]:
    """Yield every text of a Plotly figure, unescaped."""
    if isinstance(figure, str):
        yield figure.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    elif isinstance(figure, dict):
        for value in figure.values():
            yield from words_in(value)
    elif isinstance(figure, list):
        for value in figure:
            yield from words_in(value)


def labels(figure: dict[str, Any], role: str) -> list[str]:
    """Return the annotations of a Plotly figure with this role."""
    return [label["text"] for label in figure["layout"]["annotations"] if label["name"] == role]


def measured(figure: dict[str, Any]) -> dict[str, Any]:
    """Return the trace of the measurements."""
    return next(trace for trace in figure["data"] if trace["meta"] == "measured")
