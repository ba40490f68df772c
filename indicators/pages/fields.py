"""Form fields that clean to values of the domain."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.domain.euros import format_euros, read_euros
from indicators.domain.notation import InputValue, read_sample, read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit

# Stands for a character that could not be decoded, or for a NUL, which no database stores.
UNREADABLE = "\ufffd"


def parse_key(text: str) -> int | None:
    """Return the key of a row, from a hidden input or the name of one; None if it is not a key."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class NotationField(forms.Field):
    """A measurement in Dutch notation. Cleans to `InputValue`, or None for an empty field.

    `last` and `year` only serve the question "klopt dit?"; see `read_typed`. The error is the text of the refusal.
    """

    def __init__(self, unit: Unit, *, last: Decimal | None = None, year: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.unit = unit
        self.last = last
        self.year = year

    def clean(self, value: str | None) -> InputValue | None:
        """Parse the text; raise ValidationError with the text of the refusal."""
        try:
            return read_typed(value or "", self.unit, last=self.last, year=self.year)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="notation") from refusal


class SampleField(forms.Field):
    """The number of respondents of a survey. Cleans to None if empty. The error is the text of the refusal."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: str | None) -> int | None:
        """Parse the text; raise ValidationError with the text of the refusal."""
        try:
            return read_sample(value or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="sample") from refusal


class EurosField(forms.Field):
    """An amount in euros in Dutch notation. Cleans to None if empty. The error is the text of the refusal."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Decimal | str | None) -> str | None:
        """Return the typed text, or the amount in our notation."""
        return format_euros(value) if isinstance(value, Decimal) else value

    def clean(self, value: str | None) -> Decimal | None:
        """Parse the text; raise ValidationError with the text of the refusal."""
        try:
            return read_euros(value or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="euros") from refusal


class DayField(forms.DateField):
    """The day of a decision, from a date input."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {
        "required": "Vul de datum van het besluit in.",
        "invalid": "Vul een datum in: dag, maand, jaar.",
    }
