"""Form fields that give values of the domain."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from indicators.domain.euros import format_euros, read_euros
from indicators.domain.notation import InputValue, read_sample, read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit


class NotationField(forms.Field):
    """A measurement as Dutch people write it. Cleans to `InputValue`, or None where nothing was typed.

    `last` and `year` only serve the question "klopt dit?"; see `read_typed`. A refusal is the error, word for word.
    """

    def __init__(self, unit: Unit, *, last: Decimal | None = None, year: int | None = None, **kwargs) -> None:
        super().__init__(required=False, **kwargs)
        self.unit = unit
        self.last = last
        self.year = year

    def clean(self, value: str | None) -> InputValue | None:
        """Read what was typed; ValidationError with the sentence of the refusal."""
        try:
            return read_typed(value or "", self.unit, last=self.last, year=self.year)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="notation") from refusal


class SampleField(forms.Field):
    """The number of persons in a survey; None where empty. A refusal is the error, word for word."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: str | None) -> int | None:
        """Read what was typed; ValidationError with the sentence of the refusal."""
        try:
            return read_sample(value or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="sample") from refusal


class EurosField(forms.Field):
    """An amount in euros as Dutch people write it; None where empty. A refusal is the error, word for word."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Decimal | str | None) -> str | None:
        """As the field shows it: what was typed, or the amount as it is printed."""
        return format_euros(value) if isinstance(value, Decimal) else value

    def clean(self, value: str | None) -> Decimal | None:
        """Read what was typed; ValidationError with the sentence of the refusal."""
        try:
            return read_euros(value or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="euros") from refusal
