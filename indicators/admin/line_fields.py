"""Form fields for lists: one line of a textarea for each item; errors name the line."""

import re
from typing import Any

from django import forms

LINES = forms.Textarea(attrs={"rows": 8, "cols": 100})
YEAR_LINE = re.compile(r"[0-9]{4}")
CELL_LINE = re.compile(r"([0-9]{4})\s*:\s*(\S.*)")
YEARS = range(1900, 2101)


class LinesField(forms.Field):
    """A list of texts, one on each line; empty lines are skipped."""

    widget = LINES

    def prepare_value(self, value: Any) -> Any:
        """Return the stored list as lines; leave submitted text unchanged."""
        return "\n".join(map(_one_line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the lines as a list."""
        return [line for _, line in numbered_lines(value)]


class NamedLinesField(forms.Field):
    """A list of names with a text, `naam | tekst` on each line. Refuses a line without either."""

    widget = LINES

    def prepare_value(self, value: Any) -> Any:
        """Return the stored list as lines; leave submitted text unchanged."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{_one_line(item['name'])} | {_one_line(item['text'])}" for item in value)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Return the lines as a list of `name` and `text`."""
        items = []
        for number, line in numbered_lines(value):
            name, _, text = (part.strip() for part in line.partition("|"))
            if not (name and text):
                raise forms.ValidationError(f"Regel {number}: schrijf de naam, een rechte streep en de tekst.")
            items.append({"name": name, "text": text})
        return items


class YearsField(forms.Field):
    """Years, one on each line; None when empty. Refuses invalid and repeated years."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 20})

    def prepare_value(self, value: Any) -> Any:
        """Return the stored years as lines; leave submitted text unchanged."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int] | None:
        """Return the years in order."""
        years: set[int] = set()
        for number, line in numbered_lines(value):
            if not YEAR_LINE.fullmatch(line) or int(line) not in YEARS:
                raise forms.ValidationError(f"Regel {number}: ‘{line}’ is geen jaar.")
            if int(line) in years:
                raise forms.ValidationError(f"Regel {number}: het jaar {line} staat er twee keer.")
            years.add(int(line))
        return sorted(years) or None


class PrintedCellsField(forms.Field):
    """The cells of a printed row, `2019: 22%` on each line. Refuses a line without a year or text."""

    widget = LINES

    def prepare_value(self, value: Any) -> Any:
        """Return the stored cells as lines; leave submitted text unchanged."""
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{year}: {_one_line(cell)}" for year, cell in value.items())

    def to_python(self, value: Any) -> dict[str, str]:
        """Return the cells by year, as text."""
        cells: dict[str, str] = {}
        for number, line in numbered_lines(value):
            match = CELL_LINE.fullmatch(line)
            if match is None or int(match[1]) not in YEARS:
                raise forms.ValidationError(f"Regel {number}: schrijf het jaar, een dubbele punt en de cel.")
            if match[1] in cells:
                raise forms.ValidationError(f"Regel {number}: het jaar {match[1]} staat er twee keer.")
            cells[match[1]] = match[2]
        return cells


def numbered_lines(typed: Any) -> list[tuple[int, str]]:
    """Return the number and stripped text of each line that is not empty. Refuses NUL characters."""
    if "\x00" in (typed or ""):
        raise forms.ValidationError("Er staat een onleesbaar teken in.")
    lines = enumerate((typed or "").splitlines(), start=1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())
