"""Merge two notas that were made from the same one, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.domain.nota.differences import Change, differences
from indicators.domain.nota.facts import ChangePath
from indicators.domain.nota.reading import read_nota
from indicators.domain.nota.structure import Nota
from indicators.domain.nota.writing import write_nota

OURS, THEIRS = "ours", "theirs"
Table = dict[str, dict[ChangePath, Any]]  # the fields of each part by its identity, in order
BY_YEAR = ("printed", "targets", "breaks")


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A place that both changed, in another way: its path, its Dutch label, and its text in each of the three."""

    path: ChangePath
    label: str
    base: str
    ours: str
    theirs: str

    @property
    def code(self) -> str:
        """The text by which the conflict is settled."""
        return "/".join(map(str, self.path))


@dataclass(frozen=True)
class Tables:
    """A nota as tables: itself, topics, indicators, components and readings, each part with its parent as a field."""

    nota: dict[ChangePath, Any]
    topics: Table
    indicators: Table
    components: Table
    readings: Table


class Merge:
    """A merge of `ours` and `theirs`, both made from `base`.

    `settled` has OURS or THEIRS by the code of a conflict. `conflicts` are those that are not settled.
    """

    def __init__(self, base: Nota, ours: Nota, theirs: Nota, settled: Mapping[str, str]) -> None:
        self.settled = settled
        self.conflicts: list[Conflict] = []
        self._changes = {OURS: _by_path(base, ours), THEIRS: _by_path(base, theirs)}
        codes = {component.key: indicator.code for indicator in base.indicators for component in indicator.components}
        self._tables = [_tables(nota, _identities(nota, codes)) for nota in (base, ours, theirs)]

    def nota(self) -> Nota | None:
        """Return the merged nota; None with open conflicts. Raises NotaRefused when it breaks a rule as a whole."""
        nota = self._fields((), *(tables.nota for tables in self._tables))
        topics, readings = self._table("topics"), self._table("readings")
        indicators = self._table("indicators", within=("topics", topics, "topic"))
        components = self._table("components", within=("indicators", indicators, "indicator"))
        self._keep_parents("indicators", indicators, components, "indicator")
        self._keep_parents("topics", topics, indicators, "topic")
        if self.conflicts:
            return None
        return read_nota(_nested(nota, topics, indicators, components, readings))

    def _table(self, name: str, within: tuple[str, Table, str] | None = None) -> Table:
        """Return a merged table. `within` has the name of the table of parents, its merged rows, and the field.

        A part that one side removed with its parent comes back when that parent was kept.
        """
        base, ours, theirs = (getattr(tables, name) for tables in self._tables)
        merged: Table = {}
        for key in _merged_order(list(base), list(ours), list(theirs)):
            path = tuple(key.split("\n", 2)) if name == "readings" else (key,)
            fields = self._kept_with_parent(ours.get(key), theirs.get(key), within)
            if fields is None:
                fields = self._part((name, *path), base.get(key), ours.get(key), theirs.get(key))
            if fields is not None:
                merged[key] = fields
        return merged

    def _kept_with_parent(
        self,
        ours: dict[ChangePath, Any] | None,
        theirs: dict[ChangePath, Any] | None,
        within: tuple[str, Table, str] | None,
    ) -> dict[ChangePath, Any] | None:
        if within is None or (ours is None) == (theirs is None):
            return None
        name, parents, field = within
        fields, other = (ours, self._tables[2]) if ours is not None else (theirs, self._tables[1])
        assert fields is not None
        parent = fields[field,]
        is_removed_with_parent = parent in getattr(self._tables[0], name) and parent not in getattr(other, name)
        return fields if is_removed_with_parent and parent in parents else None

    def _part(
        self,
        path: ChangePath,
        base: dict[ChangePath, Any] | None,
        ours: dict[ChangePath, Any] | None,
        theirs: dict[ChangePath, Any] | None,
    ) -> dict[ChangePath, Any] | None:
        if ours is None or theirs is None:
            if base in (ours, theirs):  # added or removed by one, and not changed by the other
                return theirs if ours == base else ours
            chosen: dict[ChangePath, Any] | None = self._choose(path, base, ours, theirs)
            return chosen
        return self._fields(path, base or {}, ours, theirs)

    def _fields(
        self, path: ChangePath, base: dict[ChangePath, Any], ours: dict[ChangePath, Any], theirs: dict[ChangePath, Any]
    ) -> dict[ChangePath, Any]:
        merged = {}
        for end in dict.fromkeys((*ours, *theirs)):
            before, own, other = base.get(end), ours.get(end), theirs.get(end)
            if own in (before, other):
                value = other
            elif other == before:
                value = own
            else:
                value = self._choose((*path, *end), before, own, other)
            if value is not None or end[0] not in BY_YEAR:
                merged[end] = value
        return merged

    def _choose(self, path: ChangePath, base: Any, ours: Any, theirs: Any) -> Any:
        """Return what was chosen at this place; without a choice, note the conflict."""
        own, other = (self._changes[side].get(path) for side in (OURS, THEIRS))
        named = own or other
        conflict = Conflict(
            path=path,
            label=named.label if named else " ".join(map(str, path[1:])),
            base=named.old if named else _text(base),
            ours=own.new if own else _text(ours),
            theirs=other.new if other else _text(theirs),
        )
        if (choice := self.settled.get(conflict.code)) is None:
            self.conflicts.append(conflict)
        return theirs if choice == THEIRS else ours

    def _keep_parents(self, name: str, parents: Table, children: Table, field: str) -> None:
        """Put back a part that one side removed while the other side placed something in it."""
        for fields in children.values():
            key = fields[field,]
            if key not in parents:
                parents[key] = next(
                    table[key] for tables in reversed(self._tables) if key in (table := getattr(tables, name))
                )


def _by_path(base: Nota, changed: Nota) -> dict[ChangePath, Change]:
    return {change.path: change for change in differences(base, changed)}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get(("name",), value.get(("question",), value.get("value", ""))))
    return "" if value is None else str(value)


def _identities(nota: Nota, codes: Mapping[str, str]) -> dict[str, str]:
    """Return the identity of each indicator: its code in the base by one of its series, else its own code."""
    identities: dict[str, str] = {}
    for indicator in nota.indicators:
        known = [codes[component.key] for component in indicator.components if component.key in codes]
        identity = next((code for code in known if code not in identities.values()), indicator.code)
        while identity in identities.values():
            identity += "~"
        identities[indicator.code] = identity
    return identities


def _tables(nota: Nota, identities: Mapping[str, str]) -> Tables:
    data = write_nota(nota)
    topics: Table = {}
    indicators: Table = {}
    components: Table = {}
    for topic in data.pop("topics"):
        for indicator in topic.pop("indicators"):
            identity = identities[indicator["code"]]
            for component in indicator.pop("components"):
                component["breaks"] = {str(item["year"]): item["reason"] for item in component["breaks"]}
                components[component["key"]] = {("indicator",): identity, **_flat(component, ("targets", "breaks"))}
            indicators[identity] = {("topic",): topic["key"], **_flat(indicator, ("printed",))}
        topics[topic["key"]] = _flat(topic)
    readings = {}
    for item in data.pop("readings"):
        item["indicator"] = identities.get(item["indicator"], item["indicator"])
        readings["\n".join((item["indicator"] or "", item["place"], item["question"]))] = _flat(item)
    return Tables(_flat(data, ("organisation", "area")), topics, indicators, components, readings)


def _flat(data: Mapping[str, Any], deep: Sequence[str] = ()) -> dict[ChangePath, Any]:
    """Return the fields of a part by the end of their path; the fields in `deep` are taken apart."""
    fields: dict[ChangePath, Any] = {}
    for name, value in data.items():
        if name in deep:
            fields[name,] = {}
            for key, item in value.items():
                fields[name, int(key) if key.isdigit() else key] = item
        else:
            fields[name,] = value
    return fields


def _unflat(fields: Mapping[ChangePath, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path, value in fields.items():
        match path:
            case (str(name),):
                data[name] = dict(value) if value == {} else value
            case (str(name), key) if value is not None:
                data[name][str(key)] = value
    return data


def _nested(
    nota: dict[ChangePath, Any], topics: Table, indicators: Table, components: Table, readings: Table
) -> dict[str, Any]:
    parts = {
        name: {key: _unflat(fields) for key, fields in table.items()}
        for name, table in (
            ("topics", topics),
            ("indicators", indicators),
            ("components", components),
            ("readings", readings),
        )
    }
    codes = {identity: indicator["code"] for identity, indicator in parts["indicators"].items()}
    for topic in parts["topics"].values():
        topic["indicators"] = []
    for indicator in parts["indicators"].values():
        indicator["components"] = []
        parts["topics"][indicator.pop("topic")]["indicators"].append(indicator)
    for component in parts["components"].values():
        component["breaks"] = [
            {"year": int(year), "reason": reason} for year, reason in sorted(component["breaks"].items())
        ]
        parts["indicators"][component.pop("indicator")]["components"].append(component)
    for reading in parts["readings"].values():
        reading["indicator"] = codes.get(reading["indicator"], reading["indicator"])
    return {
        **_unflat(nota),
        "topics": list(parts["topics"].values()),
        "readings": list(parts["readings"].values()),
    }


def _merged_order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return all items: in our order when we changed that of the base, else in theirs."""
    common = [key for key in base if key in ours]
    is_ours = [key for key in ours if key in base] != common
    first, second = (ours, theirs) if is_ours else (theirs, ours)
    merged = list(first)
    for index, key in enumerate(second):
        if key not in merged:
            merged.insert(merged.index(second[index - 1]) + 1 if index else 0, key)
    return merged


def merge(
    base: Nota, ours: Nota, theirs: Nota, *, settled: Mapping[str, str] | None = None
) -> tuple[Nota | None, list[Conflict]]:
    """Return the nota with the changes of both, and the conflicts that are left; no nota when there are any.

    `settled` has OURS or THEIRS by the code of a conflict. Raises NotaRefused when the result breaks a rule as a whole,
    for example when both added an indicator with the same code.
    """
    merging = Merge(base, ours, theirs, settled or {})
    return merging.nota(), merging.conflicts
