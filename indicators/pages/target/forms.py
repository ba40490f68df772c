"""The form for a decision of the council that changes a target."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from indicators.actions import ActionRefused, read_target
from indicators.actions.structuring import LONGEST_DECISION, LONGEST_REASON
from indicators.models import Component
from indicators.pages.fields import DayField, parse_key


class TargetKeysField(forms.Field):
    """The targets that the page showed, as component=target separated by commas. Cleans to the targets by component.

    What cannot be parsed is left out.
    """

    widget = forms.HiddenInput

    def prepare_value(self, value: dict[int, int] | str | None) -> str | None:
        """Return the text for the hidden input."""
        return ",".join(f"{component}={key}" for component, key in value.items()) if isinstance(value, dict) else value

    def to_python(self, value: str | None) -> dict[int, int]:
        """Parse the keys."""
        pairs = [map(parse_key, pair.partition("=")[::2]) for pair in (value or "").split(",")]
        return {component: key for component, key in pairs if component is not None and key is not None}


class TargetForm(forms.Form):
    """The new target of a component with the decision behind it."""

    component = forms.TypedChoiceField(
        label="Onderdeel",
        coerce=int,
        error_messages={"required": "Kies een onderdeel.", "invalid_choice": "Kies een van de onderdelen."},
    )
    text = forms.CharField(
        label="Nieuwe streefwaarde",
        help_text="Zoals in de nota: een streven (4.500), een grens (&lt;4.500) of beide (0 &lt;4).",
        max_length=100,
        error_messages={
            "required": "Schrijf de nieuwe streefwaarde.",
            "max_length": "Deze tekst is te lang voor een streefwaarde.",
        },
    )
    decision = forms.CharField(
        label="Verwijzing naar het besluit",
        help_text="Bijvoorbeeld het nummer van het raadsbesluit.",
        max_length=LONGEST_DECISION,
        error_messages={
            "required": "Noem het besluit dat de streefwaarde wijzigt.",
            "max_length": f"Houd de verwijzing korter dan {LONGEST_DECISION} tekens.",
        },
    )
    decided_on = DayField(label="Datum van het besluit")
    reason = forms.CharField(
        label="Waarom wijzigt de streefwaarde?",
        help_text="Iedereen kan dit lezen, bij de indicator.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf waarom de streefwaarde wijzigt.",
            "max_length": f"Houd de reden korter dan {LONGEST_REASON} tekens.",
        },
    )
    seen = TargetKeysField(required=False)

    def __init__(self, *args: Any, components: Mapping[int, Component], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.components = components
        choices = self.fields["component"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(pk, component.name) for pk, component in components.items()]
        if len(components) == 1:
            choices.widget = forms.HiddenInput()
            self.initial["component"] = next(iter(components))
        self.fields["decided_on"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Parse the target in the unit of its component, as `rule`."""
        cleaned = super().clean() or self.cleaned_data
        if {"component", "text"} <= set(cleaned):
            try:
                cleaned["rule"] = read_target(cleaned["text"], self.components[cleaned["component"]].unit)
            except ActionRefused as refusal:
                self.add_error("text", str(refusal))
        return cleaned
