"""The difference between two notas, change by change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from indicators.domain.nota.facts import ChangePath, Fact, Identities, Part, parts_of, reading_path, topic_label
from indicators.domain.nota.structure import Indicator, Nota

Key = TypeVar("Key")
# What an editorial version may change: texts of the kadernota itself (""), and of its parts.
EDITORIAL = {
    "": {"summary", "finances"},
    "topics": {"goal", "summary", "goals", "focus_points", "approach", "partners", "budget"},
    "indicators": {"definition", "synonyms", "contact"},
    "components": {"short_name"},
}


class ChangeKind(Enum):
    """What happened to a place in the nota."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A difference in one place, with the old and the new content as text ("" for none).

    `path` leads there by keys and codes, not by index: ("components", "v3", "targets", 2021). `label` is Dutch:
    "V3 Autokraken: streefwaarde 2021". A part that is added or removed as a whole has its name as content.
    """

    path: ChangePath
    label: str
    kind: ChangeKind
    old: str
    new: str


def differences(old: Nota, new: Nota) -> list[Change]:
    """Return the changes from `old` to `new`; none if and only if both have the same canonical bytes.

    Topics and components are matched by key, indicators by the series that they hold, else by code, readings by
    indicator, place and question. Both notas are without refusals.
    """
    old_identities = _identities(old, new)
    new_identities = {indicator.code: indicator.code for indicator in new.indicators}
    old_parts, new_parts = parts_of(old, old_identities), parts_of(new, new_identities)
    changes: list[Change] = []
    for path in _merged(list(old_parts), list(new_parts)):
        before, after = old_parts.get(path), new_parts.get(path)
        if before and after:
            changes += _changed_facts(path, before, after)
        elif after and after.parent not in new_parts.keys() - old_parts.keys():
            changes.append(_change(path, after.label, "", after.name))
        elif before and before.parent not in old_parts.keys() - new_parts.keys():
            changes.append(_change(path, before.label, before.name, ""))
    return changes + list(_orders((old, old_identities), (new, new_identities)))


def editorial_only(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that an editorial version may not make."""
    return [change for change in changes if not _is_editorial(change.path)]


def _is_editorial(path: ChangePath) -> bool:
    match path:
        case (name,):
            return name in EDITORIAL[""]
        case (str(kind), _, name):
            return name in EDITORIAL.get(kind, set())
    return False


def _identities(old: Nota, new: Nota) -> Identities:
    """Return the identity of each indicator of `old`: the code of the same indicator in `new`, else one of its own."""
    candidates = sorted(
        (
            (-len(_series(before) & _series(after)), before.code != after.code, before.code, after.code)
            for before in old.indicators
            for after in new.indicators
            if before.code == after.code or _series(before) & _series(after)
        ),
    )
    identities: dict[str, str] = {}
    for _, _, before, after in candidates:
        if before not in identities and after not in identities.values():
            identities[before] = after
    new_codes = {indicator.code for indicator in new.indicators}
    for indicator in old.indicators:
        if indicator.code not in identities:  # a sign that no code has, where another indicator took the code
            identities[indicator.code] = indicator.code + ("~" if indicator.code in new_codes else "")
    return identities


def _series(indicator: Indicator) -> set[str]:
    return {component.key for component in indicator.components}


def _merged(old: Sequence[Key], new: Sequence[Key]) -> list[Key]:
    """Return the items of `new`, with each other item of `old` after the item that it follows there."""
    merged = list(new)
    known = set(new)
    for index, item in enumerate(old):
        if item not in known:
            merged.insert(merged.index(old[index - 1]) + 1 if index else 0, item)
            known.add(item)
    return merged


def _changed_facts(path: ChangePath, before: Part, after: Part) -> Iterator[Change]:
    nothing = Fact("", None, "")
    for end in _merged(list(before.facts), list(after.facts)):
        old, new = before.facts.get(end, nothing), after.facts.get(end, nothing)
        if old.value != new.value:
            yield _change((*path, *end), f"{after.label}: {new.label or old.label}", old.text, new.text)


def _change(path: ChangePath, label: str, old: str, new: str) -> Change:
    kind = ChangeKind.CHANGED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
    return Change(path=path, label=label, kind=kind, old=old, new=new)


def _orders(old: tuple[Nota, Identities], new: tuple[Nota, Identities]) -> Iterator[Change]:
    """Yield a change for each list of which the items that both notas have are in another order."""
    before, after = dict(_lists(*old)), dict(_lists(*new))
    for path, (label, items) in after.items():
        _, old_items = before.get(path, ("", {}))
        old_order = [text for key, text in old_items.items() if key in items]
        new_order = [key for key in items if key in old_items]
        if [key for key in old_items if key in items] != new_order:
            yield Change(
                path=path,
                label=f"{label}: volgorde",
                kind=ChangeKind.CHANGED,
                old=", ".join(old_order),
                new=", ".join(items[key] for key in new_order),
            )


def _lists(nota: Nota, identities: Identities) -> Iterator[tuple[ChangePath, tuple[str, dict[object, str]]]]:
    """Yield the lists whose order is content: path, label, and the items by identity."""
    for topic in nota.topics:
        codes: dict[object, str] = {identities[indicator.code]: indicator.code for indicator in topic.indicators}
        yield ("topics", topic.key, "indicators"), (topic_label(topic), codes)
        for indicator in topic.indicators:
            names: dict[object, str] = {component.key: component.name for component in indicator.components}
            path = ("indicators", identities[indicator.code], "components")
            yield path, (f"{indicator.code} {indicator.name}", names)
    readings: dict[object, str] = {reading_path(reading, identities): reading.place for reading in nota.readings}
    yield ("readings",), ("Leeswijzen", readings)
