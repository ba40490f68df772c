"""Kadernota's that are like the real one: without a decision on any year, or with each indicator ten times."""

import copy
from typing import Any

from indicators.actions.loading import load_kadernota
from indicators.domain.nota import read_file
from indicators.domain.shipped import file_hash
from priorities.models import Kadernota
from tests.cast import NOW, read_fixture


def load_file(data: dict[str, Any]) -> Kadernota:
    """Load a file as if it were shipped with the monitor."""
    return load_kadernota(data=data, now=NOW, known={file_hash(read_file(data))})[0]


def load_empty() -> Kadernota:
    """Load the real kadernota without its published figures."""
    return load_file(read_fixture("kadernota_2018_2022") | {"slug": "leeg", "taken_over": []})


def load_large(times: int = 10) -> Kadernota:
    """Load the real kadernota with each indicator `times` times."""
    data = read_fixture("kadernota_2018_2022") | {"slug": "groot", "readings": []}
    for topic in data["topics"]:
        topic["indicators"] = [
            _copied(item, f"-{number}" if number else "") for number in range(times) for item in topic["indicators"]
        ]
    return load_file(data)


def _copied(indicator: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return a copy of an indicator with another code and other series."""
    result = copy.deepcopy(indicator) | {"code": indicator["code"] + suffix}
    for component in result["components"]:
        component["key"] += suffix
    return result
