"""The facts of a nota, each with its Dutch label and its text: what two notas are compared by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.domain.naming import component_title
from indicators.domain.nota.printed import written
from indicators.domain.nota.structure import Baseline, Component, Indicator, Nota, Reading, Topic, TopicKind
from indicators.domain.nota.texts import (
    COMPONENT_TEXTS,
    INDICATOR_TEXTS,
    NOTA_TEXTS,
    READING_TEXTS,
    TOPIC_TEXTS,
    TextFields,
)
from indicators.domain.values import Direction, Role, UnitKind

ChangePath = tuple[str | int, ...]
# The identity of an indicator by its code; both notas of a comparison use the same identities.
Identities = Mapping[str, str]
TOPIC_WORDS = {TopicKind.PRIORITY: "prioriteit", TopicKind.THEME: "thema", TopicKind.VTH: "VTH-cyclus"}
UNIT_WORDS = {UnitKind.COUNT: "aantal", UnitKind.PERCENTAGE: "percentage", UnitKind.GRADE: "rapportcijfer"}
DIRECTION_WORDS = {Direction.LOWER: "lager is beter", Direction.HIGHER: "hoger is beter"}
ROLE_WORDS = {Role.EFFORT: "prestatie", Role.EFFECT: "effect"}


@dataclass(frozen=True)
class Fact:
    """A fact: its label, the value that is compared, and the text that is shown."""

    label: str
    value: object
    text: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a nota that may be added or removed as a whole: its facts by the end of their path.

    `parent` is the path of the part that it belongs to; a new part in a new parent is not listed apart.
    """

    label: str
    name: str = ""
    parent: ChangePath | None = None
    facts: dict[ChangePath, Fact] = field(default_factory=dict)


def parts_of(nota: Nota, identities: Identities) -> dict[ChangePath, Part]:
    """Return the parts of a nota by path: the kadernota itself, topics, indicators, components, readings."""
    parts: dict[ChangePath, Part] = {(): Part(label="Kadernota", facts=_nota_facts(nota))}
    for topic in nota.topics:
        parts["topics", topic.key] = Part(label=topic_label(topic), name=topic.name, facts=_topic_facts(topic))
        for indicator in topic.indicators:
            identity = identities[indicator.code]
            path = ("indicators", identity)
            label = f"{indicator.code} {indicator.name}"
            parts[path] = Part(label=label, name=indicator.name, facts=_indicator_facts(indicator, topic))
            for component in indicator.components:
                parts["components", component.key] = Part(
                    label=component_title(label, component.name, ", "),
                    name=component_title(indicator.name, component.name, ", "),
                    parent=path,
                    facts=_component_facts(component, label, identity),
                )
    for reading in nota.readings:
        label = f"Leeswijze {reading.indicator or 'van de nota'}, {reading.place}"
        parts[reading_path(reading, identities)] = Part(
            label=label, name=reading.question, facts=_reading_facts(reading)
        )
    return parts


def topic_label(topic: Topic) -> str:
    """Return the label of a topic: "Prioriteit 1 Veilige buurt"."""
    word = TOPIC_WORDS[topic.kind]
    number = "" if topic.kind is TopicKind.VTH else f" {topic.number}"
    return f"{word[0].upper()}{word[1:]}{number} {topic.name}"


def reading_path(reading: Reading, identities: Identities) -> ChangePath:
    """Return the path of a reading: the indicator's identity, place and question."""
    code = reading.indicator or ""
    return ("readings", identities.get(code, code), reading.place, reading.question)


def _texts(content: object, fields: TextFields) -> dict[ChangePath, Fact]:
    """Return the facts of all texts; a list has an item on each line."""
    facts: dict[ChangePath, Fact] = {}
    for name, rules in fields.items():
        value = getattr(content, name)
        facts[name,] = Fact(rules.label, value, "\n".join(value) if rules.is_list else value)
    return facts


def _nota_facts(nota: Nota) -> dict[ChangePath, Fact]:
    organisation, area = nota.organisation, nota.area
    return {
        ("slug",): _plain("adres", nota.slug),
        ("organisation", "slug"): _plain("adres van de organisatie", organisation.slug),
        ("organisation", "name"): _plain("naam van de organisatie", organisation.name),
        ("organisation", "cbs_code"): _plain("CBS-code", organisation.cbs_code),
        ("is_practice",): Fact("om te oefenen", nota.is_practice, "ja" if nota.is_practice else "nee"),
        ("predecessor",): _plain("voorganger", nota.predecessor),
        ("area", "code"): _plain("code van het gebied", area.code),
        ("area", "name"): _plain("naam van het gebied", area.name),
        **_texts(nota, NOTA_TEXTS),
        ("first_year",): _plain("eerste jaar", nota.first_year),
        ("last_year",): _plain("laatste jaar", nota.last_year),
        ("baseline_year",): _plain("jaar van de nulmeting", nota.baseline_year),
        ("first_target_year",): _plain("eerste streefjaar", nota.first_target_year),
    }


def _plain(label: str, value: str | int | None) -> Fact:
    return Fact(label, value, "" if value is None else str(value))


def _topic_facts(topic: Topic) -> dict[ChangePath, Fact]:
    points = "\n".join(f"{point.name}: {point.text}" for point in topic.focus_points)
    return {
        ("kind",): Fact("soort", topic.kind, TOPIC_WORDS[topic.kind]),
        ("number",): _plain("nummer", topic.number),
        **_texts(topic, TOPIC_TEXTS),
        ("focus_points",): Fact("focuspunten", topic.focus_points, points),
    }


def _indicator_facts(indicator: Indicator, topic: Topic) -> dict[ChangePath, Fact]:
    planned = indicator.planned_years
    return {
        ("topic",): Fact("onderwerp", topic.key, topic_label(topic)),
        **_texts(indicator, INDICATOR_TEXTS),
        ("role",): Fact("soort", indicator.role, ROLE_WORDS[indicator.role]),
        ("planned_years",): Fact("geplande jaren", planned, ", ".join(map(str, planned or ("elk jaar",)))),
        ("first_year",): _plain("vanaf jaar", indicator.first_year),
        ("last_year",): _plain("tot en met jaar", indicator.last_year),
        **{("printed", year): _plain(f"gedrukte cel {year}", cell) for year, cell in sorted(indicator.printed.items())},
    }


def _component_facts(component: Component, indicator: str, identity: str) -> dict[ChangePath, Fact]:
    unit = component.unit
    facts: dict[ChangePath, Fact] = {
        ("indicator",): Fact("indicator", identity, indicator),
        **_texts(component, COMPONENT_TEXTS),
        ("quantity",): Fact("eenheid", component.quantity, UNIT_WORDS[component.quantity]),
        ("decimals",): _plain("decimalen", component.decimals),
        ("direction",): Fact("richting", component.direction, DIRECTION_WORDS[component.direction]),
        ("continues",): _plain("vervolg van de reeks", component.continues),
        ("baseline",): Fact("nulmeting", component.baseline, _baseline_text(component.baseline, component)),
    }
    for year, rule in sorted(component.targets.items()):
        facts["targets", year] = Fact(f"streefwaarde {year}", rule, written(rule, unit))
    for item in component.breaks:
        facts["breaks", item.year] = _plain(f"methodebreuk {item.year}", item.reason)
    return facts


def _baseline_text(baseline: Baseline | None, component: Component) -> str:
    """Return a baseline with its year, and where it comes from: "371 (2017), cijfer van v3 2017, besluit 4"."""
    if baseline is None:
        return ""
    text = f"{written(baseline.value, component.unit)} ({baseline.year})"
    origin = baseline.origin
    return text + (f", cijfer van {origin.key} {origin.year}, besluit {origin.decision}" if origin else "")


def _reading_facts(reading: Reading) -> dict[ChangePath, Fact]:
    facts = _texts(reading, READING_TEXTS)
    data = reading.alternative
    text = "; ".join(f"{name}: {value}" for name, value in sorted((data or {}).items()))
    facts["alternative",] = Fact("andere lezing om mee te rekenen", data, text)
    return facts
