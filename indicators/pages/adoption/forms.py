"""The forms on the page of adopting: the decision, and sending a draft back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from indicators.actions.deciding import BEFORE_YEAR_END, EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO
from indicators.actions.workflow import LONGEST_REASON
from indicators.models import LONGEST_REFERENCE
from indicators.pages.fields import DayField, parse_key

DATE_QUESTIONS = (BEFORE_YEAR_END, EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO)


class RevisionsField(forms.Field):
    """The keys of the revisions that the page offered, separated by commas. Cleans to a set of them.

    What cannot be parsed was not on any page and is left out.
    """

    widget = forms.HiddenInput

    @staticmethod
    def join(keys: Iterable[int]) -> str:
        """Return the text for the hidden input."""
        return ",".join(map(str, keys))

    def to_python(self, value: str | None) -> set[int]:
        """Parse the keys."""
        return {key for text in (value or "").split(",") if (key := parse_key(text)) is not None}


class AdoptForm(forms.Form):
    """The decision that adopts what the page shows; `judged` is the number of the version of its verdicts."""

    on = DayField(label="Datum van het besluit", help_text="De dag waarop het college de cijfers vaststelde.")
    decision = forms.CharField(
        label="Verwijzing naar het besluit",
        help_text="Bijvoorbeeld het zaaknummer of het nummer van het collegebesluit.",
        max_length=LONGEST_REFERENCE,
        error_messages={
            "required": "Noem het besluit waarmee het college de cijfers vaststelde.",
            "max_length": f"Houd de verwijzing korter dan {LONGEST_REFERENCE} tekens.",
        },
    )
    version = forms.ChoiceField(
        label="Volgens welke versie van de kadernota wordt dit jaar beoordeeld?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Kies een van de versies."},
    )
    judged = forms.IntegerField(required=False, widget=forms.HiddenInput)
    questions = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    confirm = forms.BooleanField(error_messages={"required": "Vink aan dat u dit hebt bekeken."})
    seen = RevisionsField(required=False)
    seen_lines = RevisionsField(required=False)

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["version"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = versions
        if not versions:
            del self.fields["version"]
        # What is asked depends on the date; a code that was not asked confirms nothing.
        questions = self.fields["questions"]
        assert isinstance(questions, forms.MultipleChoiceField)
        questions.choices = [(code, code) for code in DATE_QUESTIONS]
        self.label_suffix = ""
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    @property
    def day(self) -> date | None:
        """The typed date; None while there is none that can be read."""
        return self.cleaned_data.get("on") if self.is_bound else None

    @property
    def number(self) -> int | None:
        """The number of the version that the adopter takes; None for the proposed one."""
        number = self.cleaned_data.get("version") if self.is_bound else ""
        return int(number) if number else None


class SendBackForm(forms.Form):
    """The reason for sending back one figure or one line of the programme."""

    revision = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Waarom stuurt u dit terug?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf waarom u dit terugstuurt.",
            "max_length": f"Houd de reden korter dan {LONGEST_REASON} tekens.",
        },
    )
