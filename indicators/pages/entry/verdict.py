"""How a typed figure would stand: what is understood, and the verdict of this year. Page and save both ask here."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from indicators.domain.assessment import Facts, Status, assess
from indicators.domain.formatting import format_in_unit, format_number, format_value
from indicators.domain.notation import InputValue
from indicators.domain.statuses import NO_VALUE_WORDS, STATUSES, status_words
from indicators.domain.values import NoValue, Value, Withheld
from indicators.pages.entry.lines import Line
from indicators.pages.fields import NotationField, SampleField


@dataclass(frozen=True)
class Judged:
    """What is said beside a field. With a `refusal` there is no verdict. `value` is the figure as it is written."""

    understood: str = ""
    value: str = ""
    status: Status | None = None
    words: str = ""
    question: str = ""
    refusal: str = ""

    @property
    def sign(self) -> str:
        """The sign that stands before the words."""
        return STATUSES[self.status].sign if self.status else ""


def read_figure(line: Line, typed: str) -> InputValue | None:
    """The typed figure as a value of the domain; None where nothing was typed. Raises ValidationError."""
    return NotationField(line.part.unit, last=line.last, year=line.year).clean(typed)


def judge(line: Line, figure: str, sample: str = "") -> Judged:
    """Judge what is typed; where nothing is, what stands."""
    try:
        understood = read_figure(line, figure)
        asked = SampleField().clean(sample) if line.asks_sample else None
    except ValidationError as refusal:
        return Judged(refusal=refusal.messages[0])
    value = understood.value if understood else line.figure.value
    # What already stands there was answered for when it was recorded.
    asks = understood is not None and understood.value != line.figure.value
    status = assess(_facts(line, value, asked)).status
    return Judged(
        understood_words(line, value) if value else "",
        format_value(value, line.part.unit) if value else "",
        status,
        status_words(status, final=line.year == line.last_year, value=value),
        understood.question if understood and asks else "",
    )


def understood_words(line: Line, value: Value) -> str:
    """A value in words, with what it counts: 4.521 meldingen; 0 tot en met 4 meldingen; niet bekend."""
    if isinstance(value, NoValue):
        return NO_VALUE_WORDS[value.reason].lower()
    noun = line.part.noun.removeprefix("%").strip()
    if isinstance(value, Withheld):
        number = f"{format_number(value.lowest, 0)} tot en met {format_number(value.highest, 0)}"
    else:
        number = format_in_unit(value.number, line.part.unit)
    return f"{number} {noun}".strip() + (", voorlopig" if value.provisional else "")


def _facts(line: Line, value: Value | None, sample: int | None) -> Facts:
    part, figure = line.part, line.figure
    return Facts(
        unit=part.unit,
        direction=part.direction,
        role=line.row.role,
        baseline=part.baseline,
        target=figure.target,
        last_target=part.figures[line.last_year].target,
        measurement=value,
        planned=figure.planned,
        comparable=figure.comparable,
        sample=sample,
    )
