"""The forms of the structure: lists as lines, a baseline in Dutch notation, and what may no longer change."""

from typing import Any

from django import forms

from indicators.actions import ActionRefused
from indicators.columns import columns_of
from indicators.domain.notation import format_value, read_typed
from indicators.domain.refusals import Refusal
from indicators.models import Baseline, Component, Indicator
from indicators.structure_rules import check_structure_change
from priorities.line_fields import PrintedCellsField, YearsField
from priorities.models import Kadernota, Priority


class IndicatorForm(forms.ModelForm):
    """An indicator, its years and printed cells as lines."""

    planned_years = YearsField(
        label="geplande jaren", required=False, help_text="Eén jaar per regel. Leeg: er wordt elk jaar gemeten."
    )
    printed = PrintedCellsField(
        label="cellen zoals gedrukt", required=False, help_text="Eén cel per regel, met het jaar ervoor: 2019: <500."
    )

    class Meta:
        model = Indicator
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Keep an indicator in its kadernota, and its planned years in the period of it."""
        cleaned = super().clean() or self.cleaned_data
        priority: Priority | None = cleaned.get("priority")
        if priority is None:
            return cleaned
        if self.instance.pk and self.instance.priority.kadernota_id != priority.kadernota_id:
            self.add_error("priority", "Een indicator blijft bij zijn eigen kadernota.")
        kadernota: Kadernota = priority.kadernota
        outside = [str(year) for year in cleaned.get("planned_years") or [] if year not in kadernota.years]
        if outside:
            period = f"{kadernota.first_year} tot en met {kadernota.last_year}"
            self.add_error("planned_years", f"Niet in de periode van de kadernota ({period}): {', '.join(outside)}.")
        return cleaned


class ComponentForm(forms.ModelForm):
    """A component; what adopted figures were judged by stays as it is."""

    class Meta:
        model = Component
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Refuse what structure_rules refuses."""
        cleaned = super().clean() or self.cleaned_data
        new = {name: cleaned[name] for name in ("name", "unit_kind", "decimals", "direction") if name in cleaned}
        if "indicator" in cleaned:
            new["indicator_id"] = cleaned["indicator"].pk
        refuse_structure_change(self.instance, new)
        return cleaned


class BaselineForm(forms.ModelForm):
    """A baseline, its value written as everywhere: 4.714, 22%, pm."""

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
        """Read the value in the component's unit; refuse what structure_rules refuses."""
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


def refuse_structure_change(row: Component | Baseline, new: dict[str, Any]) -> None:
    """What structure_rules refuses, as an error above the form."""
    try:
        check_structure_change(row, new)
    except ActionRefused as refused:
        raise forms.ValidationError(str(refused)) from refused
