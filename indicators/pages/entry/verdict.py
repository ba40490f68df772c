"""The verdict on a typed figure: for the page, for saving, and as JSON while the user types."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from indicators.domain.assessment import Status, assess
from indicators.domain.formatting import format_in_unit, format_number, format_value
from indicators.domain.notation import InputValue
from indicators.domain.statuses import NO_VALUE_WORDS, STATUSES, status_words
from indicators.domain.values import NoValue, Value, Withheld
from indicators.pages.entry.items import EntryItem
from indicators.pages.fields import NotationField, SampleField


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The texts beside a figure field. With a `refusal` all else is empty. `value` is the figure in our notation."""

    understood: str = ""
    value: str = ""
    status: Status | None = None
    words: str = ""
    question: str = ""
    refusal: str = ""

    @property
    def sign(self) -> str:
        """The sign before the words."""
        return STATUSES[self.status].sign if self.status else ""


def read_figure(item: EntryItem, text: str) -> InputValue | None:
    """Return the typed figure as a value of the domain; None for an empty field. Raises ValidationError."""
    return NotationField(item.part.unit, last=item.last, year=item.year).clean(text)


def judge(item: EntryItem, figure: str, sample: str = "") -> Verdict:
    """Judge a typed figure; the current figure if the field is empty."""
    try:
        input_value = read_figure(item, figure)
        sample_size = SampleField().clean(sample) if item.asks_sample else None
    except ValidationError as refusal:
        return Verdict(refusal=refusal.messages[0])
    value = input_value.value if input_value else item.figure.value
    # The question about the current figure was answered when it was recorded.
    is_new = input_value is not None and input_value.value != item.figure.value
    status = assess(replace(item.figure.facts, measurement=value, sample=sample_size)).status
    return Verdict(
        understood=understood_words(item, value) if value else "",
        value=format_value(value, item.part.unit) if value else "",
        status=status,
        words=status_words(status, final=item.year == item.last_year, value=value),
        question=input_value.question if input_value and is_new else "",
    )


def understood_words(item: EntryItem, value: Value) -> str:
    """Return a value in words, with what it counts: 4.521 meldingen; 0 tot en met 4 meldingen; niet bekend."""
    if isinstance(value, NoValue):
        return NO_VALUE_WORDS[value.reason].lower()
    noun = item.part.noun.removeprefix("%").strip()
    if isinstance(value, Withheld):
        number = f"{format_number(value.lowest, 0)} tot en met {format_number(value.highest, 0)}"
    else:
        number = format_in_unit(value.number, item.part.unit)
    return f"{number} {noun}".strip() + (", voorlopig" if value.provisional else "")
