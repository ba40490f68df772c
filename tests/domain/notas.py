"""A small nota in format 1, edits of it by path, and arbitrary notas for properties."""

import copy
import json
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from indicators.domain.nota import (
    Area,
    Baseline,
    BaselineOrigin,
    Break,
    Component,
    FocusPoint,
    Indicator,
    Nota,
    Organisation,
    Reading,
    Topic,
    TopicKind,
)
from indicators.domain.nota.texts import TextField, canonical_text
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, Reason, Role, UnitKind, Withheld

FORMAT_1 = Path(__file__).parents[2] / "fixtures"
SHIPPED = ["kadernota_2018_2022.json", "oefengemeente_2018_2022.json"]
GONE = object()


def shipped(name):
    """Return the data of a shipped file."""
    return json.loads((FORMAT_1 / name).read_text(encoding="utf-8"))


def component(**own):
    """Return the data of a component that counts, with a baseline and two targets."""
    return {
        "key": "a1",
        "name": "",
        "short_name": "",
        "unit_word": "",
        "noun": "inbraken",
        "quantity": "count",
        "decimals": 0,
        "direction": "lower",
        "continues": None,
        "baseline": {"year": 2022, "value": "565", "from": None},
        "targets": {"2024": "500", "2026": "<500"},
        "breaks": [],
    } | own


def indicator(**own):
    """Return the data of an indicator with one component."""
    return {
        "code": "A1",
        "name": "Inbraken",
        "source": "Politie",
        "role": "effect",
        "cadence": "jaarlijks",
        "planned_years": None,
        "first_year": None,
        "last_year": None,
        "change_reason": "",
        "definition": "",
        "synonyms": [],
        "contact": "",
        "printed": {"2022": "565", "2024": "500", "2026": "<500"},
        "components": [component()],
    } | own


def two_components():
    """Return the data of an indicator with two components: a count and its share."""
    share = component(key="a2-deel", name="deel", noun="%", quantity="percentage", decimals=1, targets={"2025": "2,5%"})
    parts = [component(key="a2-aantal", name="aantal"), share | {"baseline": None}]
    return indicator(code="A2", name="Diefstal", printed={}, components=parts)


def topic(**own):
    """Return the data of a priority."""
    return {
        "key": "prioriteit-1",
        "kind": "priority",
        "number": 1,
        "name": "Veilige buurt",
        "goal": "De buurt is veilig.",
        "summary": "",
        "goals": ["Minder inbraken."],
        "focus_points": [{"name": "Sloten", "text": "Goede sloten."}],
        "approach": ["Voorlichting."],
        "partners": ["Politie"],
        "budget": "",
        "indicators": [indicator(), two_components()],
    } | own


def reading(**own):
    """Return the data of a reading of the first indicator."""
    return {
        "indicator": "A1",
        "place": "tabel 1",
        "question": "Telt een poging mee?",
        "reading": "Ja.",
        "other": "",
        "alternative": {"changes": "target", "years": [2024], "read_as": "<500"},
        "decided_by": "de monitor",
    } | own


def small():
    """Return the data of a small nota without refusals or questions."""
    return {
        "format": 1,
        "slug": "voorbeeld-2023-2026",
        "organisation": {"slug": "voorbeeld", "name": "Voorbeeld", "cbs_code": "GM0001"},
        "is_practice": False,
        "predecessor": "voorbeeld-2019-2022",
        "area": {"code": "gemeente", "name": "Voorbeeld"},
        "title": "Veilig Voorbeeld",
        "printed_organisation": "Voorbeeld",
        "document": "",
        "summary": "",
        "finances": "",
        "first_year": 2023,
        "last_year": 2026,
        "baseline_year": 2022,
        "first_target_year": 2024,
        "topics": [
            topic(),
            topic(key="thema-1", kind="theme", name="Verkeer", goal="", indicators=[]),
            topic(key="vth", kind="vth", name="VTH", goal="", indicators=[]),
        ],
        "readings": [reading()],
    }


def edited(data, *edits):
    """Return the data with each (path, value) put in; the value GONE takes the key away."""
    data = copy.deepcopy(data)
    for path, value in edits:
        place = data
        for step in path[:-1]:
            place = place[step]
        if value is GONE:
            del place[path[-1]]
        else:
            place[path[-1]] = value
    return data


def paths_in(data, path=()):
    """Yield every path in the data."""
    yield path
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from paths_in(inner, (*path, step))


# Arbitrary notas without refusals.

LINE = TextField(label="", longest=60)
TEXT = TextField(label="", longest=60, multiline=True)
words = st.text(max_size=12).map(lambda text: canonical_text(text, LINE))
names = st.text(min_size=1, max_size=12).map(lambda text: canonical_text(f"n{text}", LINE))
texts = st.text(max_size=20).map(lambda text: canonical_text(text, TEXT))
lists = st.lists(names, max_size=3).map(tuple)
years = st.integers(2023, 2026)


def numbers(unit):
    """Return numbers that fit in the unit."""
    highest = 10 ** (15 - unit.decimals) - 1 if unit.highest is None else int(unit.highest)
    return st.integers(0, highest * 10**unit.decimals).map(lambda whole: Decimal(whole).scaleb(-unit.decimals))


@st.composite
def rules(draw, unit):
    """Return a target that some value can meet."""
    sign = draw(st.none() | st.sampled_from(Sign))
    aim = draw(numbers(unit) | st.none()) if sign else draw(numbers(unit))
    if sign is None:
        return TargetRule(aim)
    number = draw(numbers(unit))
    if (sign is Sign.BELOW and number == 0) or (sign is Sign.ABOVE and number == unit.highest):
        sign = Sign.AT_MOST
    return TargetRule(aim, Bound(sign, number))


@st.composite
def values(draw, unit):
    """Return a value of a baseline."""
    if draw(st.booleans()):
        return NoValue(draw(st.sampled_from(Reason)))
    number = draw(numbers(unit))
    if unit.kind is UnitKind.COUNT and draw(st.booleans()):
        inclusive = number == 0 or draw(st.booleans())
        return Withheld(number, inclusive, draw(st.booleans()))
    return Exact(number, draw(st.booleans()))


@st.composite
def components(draw, key, name):
    """Return a component with this key and name."""
    quantity = draw(st.sampled_from(UnitKind))
    part = Component(
        key=key,
        name=name,
        short_name=draw(words),
        unit_word=draw(words),
        noun=draw(names),
        quantity=quantity,
        decimals=0 if quantity is UnitKind.COUNT else draw(st.integers(0, 2)),
        direction=draw(st.sampled_from(Direction)),
        continues=draw(st.none() | st.just(f"oud-{key}")),
        targets={},
        breaks=tuple(Break(year, draw(names)) for year in sorted(draw(st.sets(years, max_size=2)))),
    )
    origin = draw(st.none() | st.just(BaselineOrigin("oud", 2021, 2)))
    baseline = Baseline(draw(st.integers(2015, 2022)), draw(values(part.unit)), origin) if draw(st.booleans()) else None
    targets = draw(st.dictionaries(st.integers(2024, 2031), rules(part.unit), max_size=3))
    return Component(**(vars(part) | {"baseline": baseline, "targets": targets}))


@st.composite
def indicators(draw, code):
    """Return an indicator with this code."""
    count = draw(st.integers(1, 3))
    first = draw(st.none() | st.just(2024))
    return Indicator(
        code=code,
        name=draw(names),
        source=draw(names),
        role=draw(st.sampled_from(Role)),
        cadence=draw(names),
        planned_years=draw(st.none() | st.sets(years, min_size=1).map(lambda found: tuple(sorted(found)))),
        first_year=first,
        change_reason=draw(names if first else texts),
        definition=draw(texts),
        synonyms=draw(lists),
        contact=draw(words),
        printed={},
        components=tuple(
            draw(components(f"{code.lower()}-{index}", f"deel {index}" if count > 1 else "")) for index in range(count)
        ),
    )


@st.composite
def topics(draw, number):
    """Return a priority with this number."""
    points = st.builds(FocusPoint, names, texts)
    return Topic(
        key=f"prioriteit-{number}",
        kind=TopicKind.PRIORITY,
        number=number,
        name=draw(names),
        goal=draw(names),
        summary=draw(texts),
        goals=draw(lists),
        focus_points=tuple(draw(st.lists(points, max_size=2))),
        approach=draw(lists),
        partners=draw(lists),
        budget=draw(texts),
        indicators=tuple(draw(indicators(f"V{number}{index}")) for index in range(draw(st.integers(0, 2)))),
    )


@st.composite
def notas(draw):
    """Return a nota without refusals."""
    items = tuple(draw(topics(number)) for number in range(1, draw(st.integers(1, 3))))
    codes = [item.code for topic in items for item in topic.indicators]
    alternatives = st.none() | st.fixed_dictionaries({"changes": st.just("baseline_year"), "year": years})
    readings = []
    for number in range(draw(st.integers(0, 2))):
        code = draw(st.none() | st.sampled_from(codes)) if codes else None
        readings.append(
            Reading(
                indicator=code,
                place=draw(names),
                question=f"vraag {number}",
                reading=draw(names),
                other=draw(texts),
                alternative=draw(alternatives) if code else None,
                decided_by=draw(names),
            )
        )
    return Nota(
        slug="voorbeeld-2023-2026",
        organisation=Organisation("voorbeeld", draw(names)),
        is_practice=draw(st.booleans()),
        predecessor="voorbeeld-2019-2022",
        area=Area("gemeente", draw(names)),
        title=draw(names),
        printed_organisation=draw(names),
        document=draw(words),
        summary=draw(texts),
        finances=draw(texts),
        first_year=2023,
        last_year=2026,
        baseline_year=2022,
        first_target_year=draw(st.integers(2023, 2024)),
        topics=items,
        readings=tuple(readings),
    )
