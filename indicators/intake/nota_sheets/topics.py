"""Read the sheets of topics, focus points and indicators."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indicators.domain.nota import TopicKind
from indicators.intake.nota_data import DataPath
from indicators.intake.nota_sheets.cells import CellRefused, is_filled, plain_text, read_as
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import TOPICS
from indicators.intake.nota_sheets.tables import Row, Table
from indicators.intake.nota_sheets.taking import UNREAD, Taker
from indicators.intake.nota_sheets.words import KIND_WORDS

Data = dict[str, Any]
NUMBER = re.compile(r"[-\s0-9]+")
KINDS = [kind.value for kind in TopicKind]


@dataclass(kw_only=True)
class Topics:
    """The data of the topics in order, and their numbers by each name that other sheets may give them."""

    data: list[Data] = field(default_factory=list)
    by_name: dict[str, int] = field(default_factory=dict)

    def find(self, taker: Taker, key: str) -> int | None:
        """Return the number of the topic in a cell; None, and a refusal, for none."""
        typed = plain_text(taker.row.cell(key))
        with_indicators = [number for number, topic in enumerate(self.data) if topic["kind"] != TopicKind.THEME.value]
        if not typed and len(with_indicators) == 1:
            return with_indicators[0]
        number = self.by_name.get(" ".join(typed.split()).casefold())
        if number is not None:
            return number
        if not typed:
            taker.refuse("topic-missing", key, "Vul in bij welk onderwerp dit hoort, zoals prioriteit 1.")
        elif all(topic["kind"] is not UNREAD for topic in self.data):
            sentence = f"Er is geen onderwerp ‘{typed}’ in het werkblad ‘{TOPICS.name}’."
            # Another number is no typing error: any number would be as close.
            stem = NUMBER.sub("", typed.casefold())
            names = (name for name in self.by_name if NUMBER.sub("", name) != stem)
            taker.refuse("topic-unknown", key, sentence, meant=taker.findings.closest(typed, names))
        return None


def read_topics(table: Table, findings: SheetFindings) -> Topics:
    """Return the topics in the order of a nota: by kind and number."""
    topics = Topics()
    numbered = _numbered(table)
    for index, (row, default) in enumerate(sorted(numbered, key=lambda item: _order(*item))):
        taker = Taker(row, ("topics", index), findings)
        kind = taker.take("kind", None)
        if kind is None:
            kind = taker.refuse("no-kind", "kind", f"Kies een soort: {', '.join(TOPICS.column('kind').words)}.")
        data: Data = {
            "key": taker.take("key"),
            "kind": kind,
            "number": taker.take("number", default),
            **{name: taker.take(name) for name in ("name", "goal", "summary", "budget")},
            **{name: taker.take(name, []) for name in ("goals", "approach", "partners")},
            "focus_points": [],
            "indicators": [],
        }
        if not data["key"]:
            del data["key"]  # made by the reader of format 1
        topics.data.append(data)
    if any(data["kind"] is UNREAD for data in topics.data):
        # Whether two topics have one number, and whether one needs a goal, follows from their kinds.
        findings.unread |= {("topics", index, key) for index in range(len(topics.data)) for key in ("number", "goal")}
    for index, data in enumerate(topics.data):
        for name in _names(data):
            topics.by_name.setdefault(name.casefold(), index)
    return topics


def read_points(table: Table, topics: Topics, findings: SheetFindings) -> None:
    """Add the focus points to their topics."""
    for row in table.rows:
        index = topics.find(Taker(row, ("focus_points", row.number), findings), "topic")
        if index is not None:
            points = topics.data[index]["focus_points"]
            taker = Taker(row, ("topics", index, "focus_points", len(points)), findings)
            points.append({"name": taker.take("name"), "text": taker.take("text")})


@dataclass(frozen=True)
class IndicatorData:
    """The data of an indicator with its path, which is that of its row when it has no place in the data."""

    data: Data
    path: DataPath

    @property
    def is_placed(self) -> bool:
        """Whether it has a place in the data."""
        return self.path[0] == "topics"

    @classmethod
    def of_row(cls, row: Row, code: str) -> "IndicatorData":
        """Return an indicator that has no place, because of a refusal; so its other cells are checked all the same."""
        return cls({"code": code, "name": code, "components": [], "printed": {}}, (row.table.name, row.number))


def fold_code(code: str) -> str:
    """Return a code as codes are compared: without spaces, which are refused, and without case."""
    return "".join(code.split()).casefold()


def read_indicators(table: Table, topics: Topics, findings: SheetFindings) -> dict[str, IndicatorData]:
    """Add the indicators to their topics and return them by code, folded; the first of equal codes."""
    by_code: dict[str, IndicatorData] = {}
    fallback = next((number for number, topic in enumerate(topics.data) if topic["kind"] != "theme"), None)
    for row in table.rows:
        index = topics.find(Taker(row, ("indicators", row.number), findings), "topic")
        if index is None:
            index = fallback  # so that its other cells are checked
        if index is None:
            code = plain_text(row.cell("code"))
            by_code.setdefault(fold_code(code), IndicatorData.of_row(row, code))
            continue
        indicators = topics.data[index]["indicators"]
        path = ("topics", index, "indicators", len(indicators))
        findings.places.setdefault(path[:3], row.place("topic"))
        indicators.append(data := _indicator(Taker(row, path, findings)))
        code = data["code"] if isinstance(data["code"], str) else plain_text(row.cell("code"))
        if code and fold_code(code) in by_code:
            # Which of the two its components belong to is unknown.
            findings.unread |= {(*path, "components"), (*path, "printed")}
        elif code:
            by_code[fold_code(code)] = IndicatorData(data, path)
        else:
            findings.unread.add((*path, "components"))
    return by_code


def _indicator(taker: Taker) -> Data:
    return {
        **{name: taker.take(name) for name in ("code", "name", "source", "change_reason", "definition", "contact")},
        "role": taker.take("role", "effect"),
        "cadence": taker.take("cadence", "jaarlijks"),
        **{name: taker.take(name, None) for name in ("planned_years", "first_year", "last_year")},
        "synonyms": taker.take("synonyms", []),
        "printed": {},
        "components": [],
    }


def _numbered(table: Table) -> list[tuple[Row, int]]:
    """Return the rows with the number of each topic: its own, else the next one of its kind."""
    last: dict[object, int] = {}
    numbered = []
    for row in table.rows:
        kind, number = _read(row, "kind"), _read(row, "number")
        last[kind] = number if isinstance(number, int) else last.get(kind, 0) + 1
        numbered.append((row, last[kind]))
    return numbered


def _read(row: Row, key: str) -> object:
    """Return the content of a cell; None for none, and for one that is refused when it is taken."""
    try:
        return read_as(row.cell(key), TOPICS.column(key)) if is_filled(row.cell(key)) else None
    except CellRefused:
        return None


def _order(row: Row, number: int) -> tuple[int, int]:
    kind = _read(row, "kind")
    return KINDS.index(kind) if kind in KINDS else len(KINDS), number


def _names(data: Mapping[str, Any]) -> list[str]:
    """Return the names of a topic: its key, kind and number, the number of a priority alone, its name."""
    kind, number, name = data["kind"], data["number"], data["name"]
    names = [data.get("key"), name]
    if kind is not UNREAD:
        word = TOPICS.column("kind").word(kind)
        names += [f"{word} {number}", f"{word}-{number}"]
        if kind == TopicKind.PRIORITY.value:
            names.append(str(number))
        if kind == TopicKind.VTH.value:
            names += [word for word, value in KIND_WORDS.items() if value == kind]
    return [name for name in names if isinstance(name, str) and name]
