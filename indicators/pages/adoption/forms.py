"""The forms on the page of adopting: the decision, and sending a draft back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from indicators.actions.adopting import LONGEST_DECISION
from indicators.actions.adopting_lines import LONGEST_REASON
from indicators.pages.adoption.page import AdoptionPage
from indicators.pages.fields import DayField, parse_key


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
    """The decision that adopts what the page shows."""

    on = DayField(label="Datum van het besluit", help_text="De dag waarop het college de cijfers vaststelde.")
    decision = forms.CharField(
        label="Verwijzing naar het besluit",
        help_text="Bijvoorbeeld het zaaknummer of het nummer van het collegebesluit.",
        max_length=LONGEST_DECISION,
        error_messages={
            "required": "Noem het besluit waarmee het college de cijfers vaststelde.",
            "max_length": f"Houd de verwijzing korter dan {LONGEST_DECISION} tekens.",
        },
    )
    confirm = forms.BooleanField(error_messages={"required": "Vink aan dat u dit hebt bekeken."})
    seen = RevisionsField(required=False)
    seen_lines = RevisionsField(required=False)

    def __init__(self, *args: Any, page: AdoptionPage, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.update(seen=RevisionsField.join(page.seen), seen_lines=RevisionsField.join(page.seen_lines))
        self.fields["confirm"].label = page.confirmation
        self.fields["on"].widget.attrs["max"] = today.isoformat()


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
