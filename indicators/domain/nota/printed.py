"""The printed cells of a nota: what they say for each component."""

from collections.abc import Sequence

from indicators.domain.formatting import format_value
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import TargetRule, format_target, parse_target, split_printed
from indicators.domain.values import Unit, Value


def split_cell(cell: str, names: list[str]) -> list[str]:
    """Split a cell over the components `names`, "" for none. Raises Refusal when that cannot be done."""
    parts = split_printed(cell, names)
    if len(parts) != len(names):
        raise Refusal(cell, f"in deze cel staan {len(parts)} cijfers, de indicator heeft {len(names)} onderdelen")
    return parts


def read_baseline(text: str, unit: Unit) -> Value | None:
    """Return the baseline in a text as printed, None for no text. Raises Refusal for any other text."""
    typed = read_typed(text, unit)
    return typed.value if typed else None


def read_target(text: str, unit: Unit) -> TargetRule | None:
    """Return the target in a text as printed, None for no text. Raises Refusal for any other text."""
    return parse_target(text, unit) if text else None


def says(text: str, content: Value | TargetRule | None, unit: Unit) -> bool:
    """Return whether a part of a printed cell says this baseline or target; "" says None."""
    read = read_target if isinstance(content, TargetRule) else read_baseline
    try:
        return (read(text, unit) if text else None) == content
    except Refusal:
        return False


def written(content: Value | TargetRule | None, unit: Unit) -> str:
    """Return a baseline or target as it is printed, "" for None."""
    if content is None:
        return ""
    return format_target(content, unit) if isinstance(content, TargetRule) else format_value(content, unit)


def listed_parts(texts: Sequence[str]) -> str:
    """Return the texts of the components of a cell, for a sentence."""
    return ", ".join(text or "niets" for text in texts)
