"""Forms of the structure: components, baselines in Dutch notation, breaks in method and deadlines."""

from typing import Any

from django import forms

from indicators.actions import ActionRefused, check_break, check_structure_change, year_refusal
from indicators.domain.notation import format_value, read_typed
from indicators.domain.refusals import Refusal
from indicators.models import Baseline, Break, Component, Deadline
from indicators.models.value_columns import columns_of


class ComponentForm(forms.ModelForm):
    """A component; a change that would alter an adopted verdict is refused."""

    class Meta:
        model = Component
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Refuse what check_structure_change refuses."""
        cleaned = super().clean() or self.cleaned_data
        new: dict[str, Any] = {
            name: cleaned[name] for name in ("name", "unit_kind", "decimals", "direction") if name in cleaned
        }
        if "indicator" in cleaned:
            new["indicator_id"] = cleaned["indicator"].pk
        refuse_structure_change(self.instance, new)
        return cleaned


class BaselineForm(forms.ModelForm):
    """A baseline, with its value in Dutch notation: 4.714, 22%, pm."""

    typed = forms.CharField(
        label="nulmeting",
        max_length=100,
        help_text="Zoals overal: 4.714 of 22% of 6,2; pm, n.b. of n.v.t. zonder cijfer.",
    )

    class Meta:
        model = Baseline
        fields = ("component", "year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["typed"] = format_value(self.instance.value, self.instance.component.unit)

    def clean(self) -> dict[str, Any]:
        """Read the value in the component's unit; refuse what check_structure_change refuses."""
        cleaned = super().clean() or self.cleaned_data
        if {"component", "year", "typed"} - set(cleaned):
            return cleaned
        try:
            understood = read_typed(cleaned["typed"], cleaned["component"].unit)
        except Refusal as refusal:
            self.add_error("typed", str(refusal))
            return cleaned
        if understood is None:
            self.add_error("typed", "Schrijf een cijfer, pm, n.b. of n.v.t.")
            return cleaned
        columns = columns_of(understood.value)
        new = {"component_id": cleaned["component"].pk, "year": cleaned["year"], **columns}
        refuse_structure_change(self.instance, new)
        for name, value in columns.items():
            setattr(self.instance, name, value)
        return cleaned


class BreakForm(forms.ModelForm):
    """A break in method, with its public reason."""

    class Meta:
        model = Break
        fields = ("component", "year", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse what the action refuses."""
        cleaned = super().clean() or self.cleaned_data
        component = cleaned.get("component", self.instance.component if self.instance.pk else None)
        year = cleaned.get("year", self.instance.year)
        if component is not None and year is not None and "reason" in cleaned:
            try:
                check_break(component, year, cleaned["reason"])
            except ActionRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return cleaned


class DeadlineForm(forms.ModelForm):
    """The deadline of a source for the figures of a year of the kadernota."""

    class Meta:
        model = Deadline
        fields = ("kadernota", "source", "year", "due_on")

    def clean(self) -> dict[str, Any]:
        """Keep the year in the period of the kadernota, and the day after its first of January."""
        cleaned = super().clean() or self.cleaned_data
        kadernota, year, due_on = (cleaned.get(name) for name in ("kadernota", "year", "due_on"))
        if kadernota and year and (refusal := year_refusal(kadernota, year)):
            self.add_error("year", refusal)
        elif year and due_on and due_on.year <= year:
            self.add_error("due_on", f"De cijfers over {year} zijn er pas na dat jaar; kies een dag in {year + 1}.")
        return cleaned


def refuse_structure_change(row: Component | Baseline, new: dict[str, Any]) -> None:
    """Turn a refusal of structure_rules into an error above the form."""
    try:
        check_structure_change(row, new)
    except ActionRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
