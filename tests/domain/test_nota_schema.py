"""The JSON Schema of format 1 agrees with the reader: the shipped files are valid in it, damaged ones are not."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from indicators.domain.nota import limits, write_nota
from tests.domain.notas import GONE, SHIPPED, edited, notas, shipped, small

pytestmark = pytest.mark.engine_free

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "nota-formaat-1.schema.json").read_text(encoding="utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}
NOTES = {"$schema", "$id", "$defs", "title", "description"}


def faults(data, schema=SCHEMA, path=()):
    """Yield the path and keyword of each fault; knows the keywords of this one schema and no others."""
    for word, rule in schema.items():
        match word:
            case "$ref":
                yield from faults(data, SCHEMA["$defs"][rule.removeprefix("#/$defs/")], path)
            case "type":
                if not isinstance(data, TYPES[rule]) or (rule == "integer" and isinstance(data, bool)):
                    yield path, word
            case "const":
                if data != rule or isinstance(data, bool) is not isinstance(rule, bool):
                    yield path, word
            case "enum":
                if data not in rule:
                    yield path, word
            case "anyOf" | "oneOf":
                valid = sum(not list(faults(data, option, path)) for option in rule)
                if valid == 0 or (word == "oneOf" and valid > 1):
                    yield path, word
            case "required":
                yield from (((*path, name), word) for name in rule if isinstance(data, dict) and name not in data)
            case "properties" | "patternProperties" | "additionalProperties":
                if word != "properties" or not isinstance(data, dict):
                    continue
            case "items":
                if isinstance(data, list):
                    for index, item in enumerate(data):
                        yield from faults(item, rule, (*path, index))
            case "minItems" | "uniqueItems":
                if isinstance(data, list) and (len(data) < rule if word == "minItems" else len({*data}) < len(data)):
                    yield path, word
            case "minLength" | "maxLength":
                if isinstance(data, str) and (len(data) < rule if word == "minLength" else len(data) > rule):
                    yield path, word
            case "minimum" | "maximum":
                if isinstance(data, int) and (data < rule if word == "minimum" else data > rule):
                    yield path, word
            case "pattern":
                if isinstance(data, str) and not re.search(rule, data):
                    yield path, word
            case _:
                assert word in NOTES, word
    if isinstance(data, dict):
        yield from property_faults(data, schema, path)


def property_faults(data, schema, path):
    """Yield the faults of the keys of an object; the rules of named keys, of patterns and of others go together."""
    patterns = schema.get("patternProperties", {})
    for name, value in data.items():
        rules = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        rules += [rule for pattern, rule in patterns.items() if re.search(pattern, name)]
        for rule in rules:
            yield from faults(value, rule, (*path, name))
        if not rules and schema.get("additionalProperties") is False:
            yield (*path, name), "additionalProperties"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_nota_is_valid(name):
    assert list(faults(shipped(name))) == []


@given(notas())
def test_what_is_written_is_valid(nota):
    assert list(faults(write_nota(nota))) == []


PART = ("topics", 0, "indicators", 0, "components", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("format",), True),
        (("title",), GONE),
        (("title",), ""),
        (("title",), "a" * 201),
        (("colour",), "rood"),
        (("slug",), "A b"),
        (("first_year",), "2023"),
        (("first_year",), True),
        (("first_year",), 1899),
        (("organisation", "cbs_code"), "0394"),
        (("topics", 0, "kind"), "goal"),
        (("topics", 0, "indicators", 0, "components"), []),
        (("topics", 0, "indicators", 0, "planned_years"), [2024, 2024]),
        (("topics", 0, "indicators", 0, "printed", "24"), "500"),
        ((*PART, "quantity"), "aantal"),
        ((*PART, "direction"), GONE),
        ((*PART, "targets", "2024"), 500),
        ((*PART, "baseline", "from"), {"key": "a1"}),
        (("readings", 0, "alternative", "changes"), "colour"),
        (("readings", 0, "alternative", "years"), GONE),
    ],
)
def test_a_damaged_nota_is_not_valid(path, value):
    assert list(faults(small())) == []
    assert list(faults(edited(small(), (path, value))))


@pytest.mark.parametrize(
    ("path", "optional"),
    [
        (("topics", 0), {"key"}),
        (("topics", 0, "indicators", 0), set()),
        (PART, {"key", "baseline", "targets"}),
        (("readings", 0), set()),
    ],
)
def test_only_what_the_reader_can_derive_may_be_absent(path, optional):
    place = small()
    for step in path:
        place = place[step]
    absent = {name for name in place if not list(faults(edited(small(), ((*path, name), GONE))))}
    assert absent == optional


def test_the_schema_has_the_limits_of_the_reader():
    parts = SCHEMA["$defs"]
    assert SCHEMA["properties"]["title"]["maxLength"] == limits.LONGEST_TITLE
    assert parts["topic"]["properties"]["name"]["maxLength"] == limits.LONGEST_TOPIC
    assert parts["indicator"]["properties"]["code"]["maxLength"] == limits.LONGEST_CODE
    assert parts["component"]["properties"]["short_name"]["maxLength"] == limits.LONGEST_SHORT_NAME
    assert parts["component"]["properties"]["decimals"]["maximum"] == limits.MOST_DECIMALS
    assert parts["year"] == {"type": "integer", "minimum": limits.EARLIEST_YEAR, "maximum": limits.LATEST_YEAR}
