"""Read format 1: JSON data to a nota, or all its refusals."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indicators.domain.nota.checks import FOLLOW_FROM_PERIOD, find_refusals
from indicators.domain.nota.findings import Finding, NotaRefused, Path
from indicators.domain.nota.indicator_reading import read_indicator
from indicators.domain.nota.json_object import Findings, JsonObject
from indicators.domain.nota.keys import with_keys
from indicators.domain.nota.structure import (
    FORMAT,
    Area,
    FocusPoint,
    Nota,
    NotaFile,
    Organisation,
    Reading,
    Topic,
    TopicKind,
)
from indicators.domain.nota.taken_over import read_taken_over
from indicators.domain.nota.texts import (
    AREA_TEXTS,
    FOCUS_POINT_TEXTS,
    NOTA_TEXTS,
    ORGANISATION_TEXTS,
    READING_TEXTS,
    TOPIC_TEXTS,
    WORD,
    canonical_text,
)

KIND_ORDER = list(TopicKind)
PERIOD = ("first_year", "last_year", "baseline_year", "first_target_year")
LENGTH_OF_INDICATOR = 4  # steps of the path to an indicator: topics, 0, indicators, 0
# Refusals that may only follow from figures of the same indicator that could not be read, and the keys of those.
FOLLOW_FROM_FIGURES = {"printed-differs", "cell-not-read", "baseline-not-read", "target-not-read", "decimals-range"}
FIGURE_KEYS = {"printed", "components", "name", "quantity", "decimals", "baseline", "value", "targets"}
# Refusals of a reading that may only follow from an indicator that could not be read.
FOLLOW_FROM_INDICATORS = {"indicator-unknown", "component-unknown", "alternative-value"}


def read_json(content: str | bytes) -> object:
    """Return the parsed JSON. Raises NotaRefused for a text that is no JSON, or an object with a key twice."""
    try:
        return json.loads(content, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        sentence = f"Dit is geen JSON: regel {error.lineno}, teken {error.colno}."
        raise NotaRefused([Finding(code="not-json", path=(), typed="", sentence=sentence)]) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise NotaRefused([Finding(code="not-json", path=(), typed="", sentence="Dit is geen JSON.")]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in pairs:
        if name in data:
            sentence = f"De sleutel ‘{name}’ staat twee keer in hetzelfde object."
            raise NotaRefused([Finding(code="key-repeated", path=(), typed=name, sentence=sentence)])
        data[name] = value
    return data


def read_file(data: object, *, reserved_slugs: Collection[str] = ()) -> NotaFile:
    """Return the nota and the published figures of a shipped file. Raises NotaRefused for any other data."""
    if not isinstance(data, Mapping):
        return NotaFile(read_nota(data))
    nota = read_nota({name: data[name] for name in data if name != "taken_over"}, reserved_slugs=reserved_slugs)
    return NotaFile(nota, read_taken_over(data.get("taken_over", []), nota))


def read_nota(data: object, *, reserved_slugs: Collection[str] = ()) -> Nota:
    """Return the nota in parsed JSON data. Raises NotaRefused, with all findings, for any other data.

    `reserved_slugs` are the addresses of the site's own pages.
    """
    findings = Findings()
    item = JsonObject(data, (), findings)
    if item.is_object and item.number("format") != FORMAT:
        raise NotaRefused([_other_format(item)])
    nota = _nota(item)
    order = sorted(range(len(nota.topics)), key=lambda index: _topic_order(nota.topics[index]))
    nota = with_keys(replace(nota, topics=tuple(nota.topics[index] for index in order)))
    rules = [_as_in_data(finding, order) for finding in find_refusals(nota, reserved_slugs=reserved_slugs)]
    unknown = _Unknown(findings.unknown)
    refusals = findings.refusals + [finding for finding in rules if not unknown.explains(finding)]
    if refusals:
        raise NotaRefused(refusals)
    return nota


def _other_format(item: JsonObject) -> Finding:
    typed = str(item.data.get("format", ""))
    sentence = f"Dit is geen nota in formaat {FORMAT}: bij ‘format’ hoort het getal {FORMAT}."
    return Finding(code="format-unknown", path=("format",), typed=typed, sentence=sentence)


def _topic_order(topic: Topic) -> tuple[int, int]:
    return KIND_ORDER.index(topic.kind), topic.number


def _as_in_data(finding: Finding, order: Sequence[int]) -> Finding:
    """Return the finding with the index of its topic in the data, which may have another order than the nota."""
    match finding.path:
        case ("topics", int(index), *rest):
            return replace(finding, path=("topics", order[index], *rest))
    return finding


class _Unknown:
    """The paths whose content could not be read, grouped so that many of them take no more than their number."""

    def __init__(self, paths: set[Path]) -> None:
        keys = {"topics", "indicators", "code", *FIGURE_KEYS}
        self.paths = paths
        self.has_indicators = any(path[:1] == ("topics",) and _last_key(path) in keys for path in paths)
        self.has_period = any((name,) in paths for name in PERIOD)
        self.figures: dict[Path, list[Path]] = {}
        for path in paths:
            if len(path) >= LENGTH_OF_INDICATOR and _last_key(path) in FIGURE_KEYS:
                self.figures.setdefault(path[:LENGTH_OF_INDICATOR], []).append(path)

    def explains(self, finding: Finding) -> bool:
        """Return whether a broken rule only follows from content that could not be read."""
        path = finding.path
        if any(path[:length] in self.paths for length in range(len(path) + 1)):
            return True
        if finding.code in {"period-order", *FOLLOW_FROM_PERIOD} and self.has_period:
            return True
        if finding.code in FOLLOW_FROM_INDICATORS:
            return self.has_indicators
        places = self.figures.get(path[:LENGTH_OF_INDICATOR], [])
        return finding.code in FOLLOW_FROM_FIGURES and any(not _of_another_year(place, path) for place in places)


def _of_another_year(place: Path, path: Path) -> bool:
    """Return whether `place` is a target or cell of another year than the one at the end of `path`."""
    return _last_key(place) in ("targets", "printed") and isinstance(place[-1], int) and place[-1] != path[-1]


def _last_key(path: Path) -> str:
    """Return the last key of a path, without the index or year after it."""
    return [step for step in path if isinstance(step, str)][-1]


def _nota(item: JsonObject) -> Nota:
    nota = Nota(
        slug=item.text("slug", WORD),
        organisation=_organisation(item.child("organisation")),
        is_practice=item.flag("is_practice"),
        predecessor=item.optional_text("predecessor", WORD),
        area=_area(item.child("area")),
        first_year=item.number("first_year"),
        last_year=item.number("last_year"),
        baseline_year=(baseline_year := item.number("baseline_year")),
        first_target_year=(first_target_year := item.number("first_target_year")),
        topics=item.children("topics", lambda topic: _topic(topic, baseline_year, first_target_year)),
        readings=item.children("readings", _reading),
        **item.texts(NOTA_TEXTS),
    )
    item.close()
    return nota


def _organisation(item: JsonObject) -> Organisation:
    texts = item.texts(ORGANISATION_TEXTS)
    organisation = Organisation(slug=item.text("slug", WORD), cbs_code=item.text("cbs_code", WORD), **texts)
    item.close()
    return organisation


def _area(item: JsonObject) -> Area:
    area = Area(code=item.text("code", WORD), **item.texts(AREA_TEXTS))
    item.close()
    return area


def _topic(item: JsonObject, baseline_year: int, first_target_year: int) -> Topic:
    topic = Topic(
        key=item.text("key", WORD) if item.has("key") else "",
        kind=item.choice("kind", TopicKind),
        number=item.number("number"),
        focus_points=item.children("focus_points", _focus_point),
        indicators=item.children(
            "indicators", lambda indicator: read_indicator(indicator, baseline_year, first_target_year)
        ),
        **item.texts(TOPIC_TEXTS),
    )
    item.close()
    return topic


def _focus_point(item: JsonObject) -> FocusPoint:
    point = FocusPoint(**item.texts(FOCUS_POINT_TEXTS))
    item.close()
    return point


def _reading(item: JsonObject) -> Reading:
    reading = Reading(
        indicator=item.optional_text("indicator", WORD),
        alternative=item.optional_child("alternative", _alternative),
        **item.texts(READING_TEXTS),
    )
    item.close()
    return reading


def _alternative(item: JsonObject) -> dict[str, Any]:
    """Take an alternative with its texts in canonical form; its rules are in alternatives.py."""
    return {name: _canonical(value) for name, value in item.data.items()}


def _canonical(value: object) -> object:
    if isinstance(value, str):
        return canonical_text(value, WORD)
    return list(value) if isinstance(value, list) else value
