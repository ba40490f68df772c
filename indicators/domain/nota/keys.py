"""Keys for topics and components without one: derived from kind and number, or from code and name."""

import re
import unicodedata
from dataclasses import replace

from indicators.domain.nota import limits
from indicators.domain.nota.structure import Component, Indicator, Nota, Topic, TopicKind

KIND_WORDS = {TopicKind.PRIORITY: "prioriteit", TopicKind.THEME: "thema"}


def with_keys(nota: Nota) -> Nota:
    """Return the nota with a key for each topic and component whose key is empty; the others keep theirs."""
    topic_keys = [topic.key for topic in nota.topics]
    used = {key for key in (*topic_keys, *(component.key for component in nota.components)) if key}
    return replace(nota, topics=tuple(_with_keys(topic, used) for topic in nota.topics))


def _with_keys(topic: Topic, used: set[str]) -> Topic:
    word = "vth" if topic.kind is TopicKind.VTH else f"{KIND_WORDS[topic.kind]}-{topic.number}"
    return replace(
        topic,
        key=topic.key or _unused(word, used),
        indicators=tuple(
            replace(indicator, components=tuple(_with_key(indicator, part, used) for part in indicator.components))
            for indicator in topic.indicators
        ),
    )


def _with_key(indicator: Indicator, component: Component, used: set[str]) -> Component:
    return replace(component, key=component.key or _unused(f"{indicator.code} {component.name}", used))


def _unused(text: str, used: set[str]) -> str:
    """Return a key made of `text` that is not in `used`, and add it: v5-absoluut, or v5-absoluut-2."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.casefold()).strip("-") or "onderdeel"
    key, number = stem[: limits.LONGEST_KEY].strip("-"), 2
    while key in used:
        ending = f"-{number}"
        key = stem[: limits.LONGEST_KEY - len(ending)].strip("-") + ending
        number += 1
    used.add(key)
    return key
