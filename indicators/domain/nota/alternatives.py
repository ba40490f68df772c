"""The alternative of a reading: what it changes in the facts of a year, and into what.

    {"changes": "target", "years": [2021], "read_as": "<4.500"}          the nota's own target of these years
    {"changes": "baseline", "component": "absoluut", "read_as": "566"}   the value of the baseline
    {"changes": "baseline_year", "year": 2017}                           the year of the baseline
    {"changes": "direction", "direction": "higher"}                      which way is better
    {"changes": "planned_years", "years": [2019, 2021]}                  the years in which a measurement is due
    {"changes": "combination", "how": "total"}                           only the sum of the components counts

`component` is the name of a component; without it, the change is to every component.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from indicators.domain.nota import limits
from indicators.domain.nota.findings import Finding, Path
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import parse_target
from indicators.domain.values import Direction, Unit

# What an alternative can change, with the keys that it needs.
NEEDED = {
    "target": ("years", "read_as"),
    "baseline": ("read_as",),
    "baseline_year": ("year",),
    "direction": ("direction",),
    "planned_years": ("years",),
    "combination": ("how",),
}
KEYS = ("changes", "component", "years", "year", "direction", "how", "read_as")


def check_alternative(data: Mapping[str, Any], units: Mapping[str, Unit], path: Path) -> Iterator[Finding]:
    """Yield the refusals of an alternative for an indicator with these components (units by name)."""
    changes = data.get("changes")
    if not isinstance(changes, str) or changes not in NEEDED:
        sentence = f"Een andere lezing verandert een van deze: {', '.join(NEEDED)}."
        yield _refused("alternative-changes", (*path, "changes"), changes, sentence)
        return
    for name in NEEDED[changes]:
        if name not in data:
            yield _refused("missing-key", (*path, name), "", f"Bij een andere lezing ‘{changes}’ hoort ‘{name}’.")
        elif sentence := _fault(name, data[name]):
            yield _refused("alternative-value", (*path, name), data[name], sentence)
        elif name == "read_as":
            yield from _check_read_as(data, units, (*path, name))
    for name in data:
        if name not in (*NEEDED[changes], "changes", "component"):
            sentence = f"Bij een andere lezing ‘{changes}’ hoort geen ‘{name}’."
            yield _refused("unknown-key", (*path, name), name, sentence)
    component = data.get("component", "")
    if "component" in data and (not isinstance(component, str) or component not in units):
        sentence = f"De indicator heeft geen onderdeel ‘{component}’."
        yield _refused("component-unknown", (*path, "component"), component, sentence)


def _refused(code: str, path: Path, typed: object, sentence: str, meant: str = "") -> Finding:
    typed = typed if isinstance(typed, str) else str(typed)
    return Finding(code=code, path=path, typed=typed, sentence=sentence, meant=meant)


def _fault(name: str, value: object) -> str:
    """Return why `value` is not valid for this key, "" if it is."""
    match name:
        case "years":
            is_valid = isinstance(value, (list, tuple)) and bool(value) and all(map(_is_year, value))
            return "" if is_valid else "Hier hoort een lijst van jaren, zoals [2019, 2021]."
        case "year":
            return "" if _is_year(value) else "Hier hoort een jaar."
        case "direction":
            is_valid = value in [direction.value for direction in Direction]
            return "" if is_valid else "De richting is ‘lower’ of ‘higher’."
        case "how":
            return "" if value == "total" else "Onderdelen worden opgeteld: schrijf ‘total’."
        case _:
            return "" if isinstance(value, str) and value.strip() else "Hier hoort een streefwaarde of een nulmeting."


def _is_year(value: object) -> bool:
    """Return whether `value` is a whole number that can be a year; a boolean is not."""
    return type(value) is int and limits.EARLIEST_YEAR <= value <= limits.LATEST_YEAR


def _check_read_as(data: Mapping[str, Any], units: Mapping[str, Unit], path: Path) -> Iterator[Finding]:
    read = parse_target if data["changes"] == "target" else read_typed
    text = data["read_as"]
    for name, unit in units.items():
        if data.get("component") in (None, name):
            try:
                read(text, unit)
            except Refusal as refusal:
                yield _refused("alternative-value", path, text, str(refusal), refusal.suggestion)
