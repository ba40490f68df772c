"""The forms of a decision on a version, and of sending it back."""

from datetime import date
from typing import Any

from django import forms

from indicators.actions.versions import LONGEST_REASON
from indicators.models import LONGEST_REFERENCE
from indicators.pages.adoption.forms import DATE_QUESTIONS
from indicators.pages.fields import DayField


class DecisionForm(forms.Form):
    """Date and reference of a decision, with the questions about the date that were answered with yes."""

    on = DayField(label="Datum van het besluit")
    reference = forms.CharField(
        label="Verwijzing naar het besluit",
        help_text="Wie besloot, en onder welk nummer. Bijvoorbeeld: raad 14 maart 2019, besluit 2019.0012.",
        max_length=LONGEST_REFERENCE,
        error_messages={
            "required": "Noem het besluit.",
            "max_length": f"Houd de verwijzing korter dan {LONGEST_REFERENCE} tekens.",
        },
    )
    questions = forms.MultipleChoiceField(required=False, choices=[(code, code) for code in DATE_QUESTIONS])
    confirm = forms.BooleanField(error_messages={"required": "Vink aan dat u dit hebt bekeken."})

    def __init__(self, *args: Any, today: date, confirmation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.fields["confirm"].label = confirmation


class SendBackForm(forms.Form):
    """The reason for sending a version back to its editors."""

    reason = forms.CharField(
        label="Waarom stuurt u deze versie terug?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Schrijf waarom u deze versie terugstuurt.",
            "max_length": f"Houd de reden korter dan {LONGEST_REASON} tekens.",
        },
    )
