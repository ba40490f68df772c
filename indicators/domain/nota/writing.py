"""Write format 1: a nota to canonical JSON data."""

import json
from collections.abc import Mapping
from typing import Any

from indicators.domain.formatting import format_value
from indicators.domain.nota.alternatives import KEYS
from indicators.domain.nota.structure import FORMAT, Baseline, Component, Indicator, Nota, Reading, Topic, TopicKind
from indicators.domain.targets import format_target

KIND_ORDER = list(TopicKind)


def write_nota(nota: Nota) -> dict[str, Any]:
    """Return a nota as JSON data with every key, in the order of the format. `read_nota` gives the same nota back."""
    topics = sorted(nota.topics, key=lambda topic: (KIND_ORDER.index(topic.kind), topic.number))
    organisation, area = nota.organisation, nota.area
    return {
        "format": FORMAT,
        "slug": nota.slug,
        "organisation": {
            "slug": organisation.slug,
            "name": organisation.name,
            "cbs_code": organisation.cbs_code,
        },
        "is_practice": nota.is_practice,
        "predecessor": nota.predecessor,
        "area": {"code": area.code, "name": area.name},
        "title": nota.title,
        "printed_organisation": nota.printed_organisation,
        "document": nota.document,
        "summary": nota.summary,
        "finances": nota.finances,
        "first_year": nota.first_year,
        "last_year": nota.last_year,
        "baseline_year": nota.baseline_year,
        "first_target_year": nota.first_target_year,
        "topics": [_topic(topic) for topic in topics],
        "readings": [_reading(reading) for reading in nota.readings],
    }


def canonical_bytes(nota: Nota) -> bytes:
    """Return the UTF-8 JSON of a nota that hashes are computed from: sorted keys, no spaces."""
    data = write_nota(nota)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "key": topic.key,
        "kind": topic.kind.value,
        "number": topic.number,
        "name": topic.name,
        "goal": topic.goal,
        "summary": topic.summary,
        "goals": list(topic.goals),
        "focus_points": [{"name": point.name, "text": point.text} for point in topic.focus_points],
        "approach": list(topic.approach),
        "partners": list(topic.partners),
        "budget": topic.budget,
        "indicators": [_indicator(indicator) for indicator in topic.indicators],
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "source": indicator.source,
        "role": indicator.role.value,
        "cadence": indicator.cadence,
        "planned_years": None if indicator.planned_years is None else list(indicator.planned_years),
        "first_year": indicator.first_year,
        "last_year": indicator.last_year,
        "change_reason": indicator.change_reason,
        "definition": indicator.definition,
        "synonyms": list(indicator.synonyms),
        "contact": indicator.contact,
        "printed": {str(year): cell for year, cell in sorted(indicator.printed.items())},
        "components": [_component(component) for component in indicator.components],
    }


def _component(component: Component) -> dict[str, Any]:
    return {
        "key": component.key,
        "name": component.name,
        "short_name": component.short_name,
        "unit_word": component.unit_word,
        "noun": component.noun,
        "quantity": component.quantity.value,
        "decimals": component.decimals,
        "direction": component.direction.value,
        "continues": component.continues,
        "baseline": None if component.baseline is None else _baseline(component.baseline, component),
        "targets": {str(year): format_target(rule, component.unit) for year, rule in sorted(component.targets.items())},
        "breaks": [{"year": item.year, "reason": item.reason} for item in component.breaks],
    }


def _baseline(baseline: Baseline, component: Component) -> dict[str, Any]:
    origin = baseline.origin
    return {
        "year": baseline.year,
        "value": format_value(baseline.value, component.unit),
        "from": None if origin is None else {"key": origin.key, "year": origin.year, "decision": origin.decision},
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "indicator": reading.indicator,
        "place": reading.place,
        "question": reading.question,
        "reading": reading.reading,
        "other": reading.other,
        "alternative": None if reading.alternative is None else _alternative(reading.alternative),
        "decided_by": reading.decided_by,
    }


def _alternative(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(data[name]) if name == "years" else data[name] for name in KEYS if name in data}
