"""Take typed values from parsed JSON data, and note everything that is not as the format says."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from indicators.domain.nota.findings import Finding, Path
from indicators.domain.nota.texts import TextField, TextFields, canonical_text

Choice = TypeVar("Choice", bound=Enum)
Content = TypeVar("Content")
YEAR = re.compile(r"[0-9]{4}")
# Dutch words for stored values, to say what was probably meant.
DUTCH_WORDS = {
    "aantal": "count",
    "rapportcijfer": "grade",
    "cijfer": "grade",
    "procent": "percentage",
    "lager": "lower",
    "hoger": "higher",
    "prestatie": "effort",
    "prioriteit": "priority",
    "thema": "theme",
}
CODES_OF_MISSING = {"quantity": "no-unit", "direction": "no-direction"}


@dataclass
class Findings:
    """The refusals while reading, and the paths whose content is therefore unknown."""

    refusals: list[Finding] = field(default_factory=list)
    unknown: set[Path] = field(default_factory=set)

    def add(self, code: str, path: Path, typed: object, sentence: str, *, meant: str = "") -> None:
        """Add a refusal; the content at `path` is unknown."""
        text = typed if isinstance(typed, str) else str(typed) if isinstance(typed, (int, float)) else ""
        self.refusals.append(Finding(code=code, path=path, typed=text, sentence=sentence, meant=meant))
        self.unknown.add(path)


class JsonObject:
    """A JSON object at a path. Each method takes the value of one key; `close` refuses the keys that are left.

    A value of another type is refused and a neutral value is returned, so that reading goes on.
    """

    def __init__(self, data: object, path: Path, findings: Findings) -> None:
        self.path, self.findings = path, findings
        self.data: dict[Any, Any] = data if isinstance(data, dict) else {}
        self.keys: set[str] = set()
        self.missing: list[str] = []
        self.is_object = isinstance(data, dict)
        if not self.is_object:
            findings.add("not-an-object", path, data, "Hier hoort een object met sleutels.")

    def has(self, name: str) -> bool:
        """Return whether the key is there; it may then be taken, and is no unknown key."""
        self.keys.add(name)
        return name in self.data

    def value(self, name: str) -> object:
        """Take any value; None for a missing key, which is refused."""
        if not self.has(name) and self.is_object:
            self.missing.append(name)
            self.findings.unknown.add((*self.path, name))
        return self.data.get(name)

    def refuse(self, code: str, name: str, sentence: str, *, meant: str = "") -> None:
        """Refuse the value of a key; a missing key is refused by `close`."""
        if name in self.data:
            self.findings.add(code, (*self.path, name), self.data[name], sentence, meant=meant)

    def text(self, name: str, rules: TextField) -> str:
        """Take a text, in its canonical form."""
        value = self.value(name)
        if isinstance(value, str):
            return canonical_text(value, rules)
        meant = str(value) if type(value) is int else ""
        self.refuse("not-text", name, f"Bij ‘{name}’ hoort een tekst tussen aanhalingstekens.", meant=meant)
        return ""

    def optional_text(self, name: str, rules: TextField) -> str | None:
        """Take a text or null."""
        value = self.value(name)
        return None if value is None else self.text(name, rules)

    def texts(self, fields: TextFields) -> dict[str, Any]:
        """Take all texts of `fields`, with their names."""
        return {
            name: tuple(self.texts_in(name, rules)) if rules.is_list else self.text(name, rules)
            for name, rules in fields.items()
        }

    def texts_in(self, name: str, rules: TextField) -> Iterator[str]:
        """Take a list of texts."""
        for index, item in enumerate(self.items(name)):
            if not isinstance(item, str):
                self.findings.add("not-text", (*self.path, name, index), item, "Hier hoort een tekst.")
            yield canonical_text(item, rules) if isinstance(item, str) else ""

    def items(self, name: str) -> list[object]:
        """Take a list."""
        value = self.value(name)
        if isinstance(value, list):
            return value
        self.refuse("not-a-list", name, f"Bij ‘{name}’ hoort een lijst tussen rechte haken.")
        return []

    def child(self, name: str) -> "JsonObject":
        """Take an object."""
        value = self.value(name)
        if name in self.data:
            return JsonObject(value, (*self.path, name), self.findings)
        child = JsonObject({}, (*self.path, name), self.findings)
        child.is_object = False
        return child

    def optional_child(self, name: str, read: Callable[["JsonObject"], Content]) -> Content | None:
        """Take an object or null, read by `read`."""
        value = self.value(name)
        return None if value is None else read(JsonObject(value, (*self.path, name), self.findings))

    def children(self, name: str, read: Callable[["JsonObject"], Content]) -> tuple[Content, ...]:
        """Take a list of objects, each read by `read`."""
        path = (*self.path, name)
        return tuple(
            read(JsonObject(item, (*path, index), self.findings)) for index, item in enumerate(self.items(name))
        )

    def number(self, name: str) -> int:
        """Take a whole number; a boolean, a float and a text are none."""
        value = self.value(name)
        if type(value) is int:
            return value
        meant = value.strip() if isinstance(value, str) and value.strip().isdecimal() else ""
        self.refuse("not-a-number", name, f"Bij ‘{name}’ hoort een heel getal, zonder aanhalingstekens.", meant=meant)
        return 0

    def optional_number(self, name: str) -> int | None:
        """Take a whole number or null."""
        value = self.value(name)
        return None if value is None else self.number(name)

    def optional_years(self, name: str) -> tuple[int, ...] | None:
        """Take a list of whole numbers or null."""
        if self.value(name) is None:
            return None
        years = self.items(name)
        for index, year in enumerate(years):
            if type(year) is not int:
                self.findings.add("not-a-number", (*self.path, name, index), year, "Hier hoort een jaar.")
                self.findings.unknown.add((*self.path, name))
        return tuple(year for year in years if type(year) is int)

    def flag(self, name: str) -> bool:
        """Take true or false."""
        value = self.value(name)
        if isinstance(value, bool):
            return value
        self.refuse("not-a-flag", name, f"Bij ‘{name}’ hoort true of false.")
        return False

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """Take one of the values of an enumeration."""
        value = self.value(name)
        for choice in choices:
            if value == choice.value:
                return choice
        words = [str(choice.value) for choice in choices]
        typed = value.strip().casefold() if isinstance(value, str) else ""
        meant = DUTCH_WORDS.get(typed, "")
        if not meant and (near := difflib.get_close_matches(typed, words, 1)):
            meant = near[0]
        code = CODES_OF_MISSING.get(name, "unknown-value") if not typed else "unknown-value"
        sentence = f"Bij ‘{name}’ hoort een van deze: {', '.join(words)}."
        self.refuse(code, name, sentence, meant=meant if meant in words else "")
        return next(iter(choices))

    def by_year(self, name: str, rules: TextField) -> dict[int, str]:
        """Take an object with a text for each year, in order of year."""
        child = self.child(name)
        texts = {}
        for year in child.data:
            if not isinstance(year, str) or not YEAR.fullmatch(year):
                sentence = f"‘{year}’ is geen jaar van vier cijfers."
                self.findings.add("not-a-year", (*child.path, str(year)), year, sentence)
            elif not isinstance(child.data[year], str):
                sentence = f"Bij {year} hoort een tekst tussen aanhalingstekens."
                self.findings.add("not-text", (*child.path, int(year)), child.data[year], sentence)
            else:
                texts[int(year)] = canonical_text(child.data[year], rules)
        return dict(sorted(texts.items()))

    def close(self) -> None:
        """Refuse unknown keys, with the missing key that was probably meant, and the other missing keys."""
        for name in self.data:
            if name not in self.keys:
                near = difflib.get_close_matches(str(name), self.missing, 1)
                sentence = f"De sleutel ‘{name}’ hoort hier niet."
                path = (*self.path, str(name))
                self.findings.add("unknown-key", path, name, sentence, meant=near[0] if near else "")
                self.missing = [key for key in self.missing if key not in near]
        for name in self.missing:
            code = CODES_OF_MISSING.get(name, "missing-key")
            self.findings.add(code, (*self.path, name), "", f"De sleutel ‘{name}’ ontbreekt.")
