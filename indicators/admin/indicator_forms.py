"""Forms of an indicator: of an existing one, and of a new one with its components."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from indicators.actions import ActionRefused, NewComponent, check_followed_years, year_refusal
from indicators.actions.new_indicator import check_code, check_components, refusals
from indicators.admin.line_fields import PrintedCellsField, YearsField
from indicators.models import Component, Indicator
from priorities.models import Kadernota, Priority

# The fields that decide in which years an indicator is followed and measured.
YEARS = ("planned_years", "first_year", "last_year")


class IndicatorForm(forms.ModelForm):
    """An existing indicator, with years and printed cells as lines of text. A change of years needs a reason."""

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
        """Refuse another kadernota or kind of part, years outside the period, and changes of settled years."""
        cleaned = super().clean() or self.cleaned_data
        priority: Priority | None = cleaned.get("priority")
        if priority is None:
            return cleaned
        if self.instance.pk and self.instance.priority.kadernota_id != priority.kadernota_id:
            self.add_error("priority", "Een indicator blijft bij zijn eigen kadernota.")
        elif self.instance.pk and self.instance.priority.kind != priority.kind:
            # What the council counts in years that were adopted would change.
            self.add_error("priority", "Een indicator blijft bij de prioriteiten, of bij de VTH-cyclus.")
        check_years(self, priority.kadernota)
        self._check_change(priority.kadernota)
        return cleaned

    def _check_change(self, kadernota: Kadernota) -> None:
        changed = [name for name in YEARS if name in self.changed_data]
        if not changed or self.errors:
            return
        if not self.cleaned_data["change_reason"] or "change_reason" not in self.changed_data:
            labels = " en ".join(str(self.fields[name].label).lower() for name in changed)
            self.add_error("change_reason", f"Schrijf waarom dit verandert: {labels}.")
            return
        if set(changed) & {"first_year", "last_year"}:
            first, last = self.cleaned_data["first_year"], self.cleaned_data["last_year"]
            try:
                check_followed_years(Indicator.objects.get(pk=self.instance.pk), kadernota, first, last)
            except ActionRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal


class NewIndicatorForm(forms.ModelForm):
    """A new indicator, last of its priority. Its components are in the formset below."""

    planned_years = YearsField(
        label="geplande jaren", required=False, help_text="Eén jaar per regel. Leeg: er wordt elk jaar gemeten."
    )

    class Meta:
        model = Indicator
        fields = (
            "priority",
            "code",
            "name",
            "source",
            "role",
            "definition",
            "cadence",
            "planned_years",
            "first_year",
            "last_year",
            "change_reason",
        )
        help_texts = {
            "first_year": "Het eerste jaar waarvan er een cijfer komt. Leeg: van begin af.",
            "change_reason": "Verplicht bij ‘vanaf jaar’ of ‘tot en met jaar’. Iedereen kan dit lezen.",
        }

    def clean(self) -> dict[str, Any]:
        """Refuse years outside the period, a missing reason, a code that is taken, and settled years."""
        cleaned = super().clean() or self.cleaned_data
        priority: Priority | None = cleaned.get("priority")
        if priority is None:
            return cleaned
        check_years(self, priority.kadernota)
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if (first or last) and not cleaned.get("change_reason"):
            self.add_error("change_reason", "Schrijf waarom deze indicator niet alle jaren wordt gevolgd.")
        try:
            check_code(priority.kadernota, cleaned.get("code", ""))
        except ActionRefused as refusal:
            self.add_error("code", str(refusal))
        try:
            check_followed_years(None, priority.kadernota, first, last)
        except ActionRefused as refusal:
            self.add_error(None, str(refusal))
        return cleaned


def check_years(form: forms.ModelForm, kadernota: Kadernota) -> None:
    """Add an error for each year outside the kadernota, and for a last year before the first."""
    period = f"{kadernota.first_year} tot en met {kadernota.last_year}"
    planned, first, last = (form.cleaned_data.get(name) for name in YEARS)
    outside = [str(year) for year in planned or [] if year not in kadernota.years]
    if outside:
        form.add_error("planned_years", f"Niet in de periode van de kadernota ({period}): {', '.join(outside)}.")
    for name, year in (("first_year", first), ("last_year", last)):
        if year and (refusal := year_refusal(kadernota, year)):
            form.add_error(name, refusal)
    if first and last and first > last:
        form.add_error("last_year", "‘Tot en met jaar’ komt niet voor ‘vanaf jaar’.")


class NewComponentForm(forms.ModelForm):
    """A component of a new indicator, with its baseline and targets."""

    baseline = forms.CharField(
        label="nulmeting",
        required=False,
        max_length=100,
        help_text="Zoals overal: 4.714 of 22% of 6,2; pm of n.b. zonder cijfer. Leeg: er is geen nulmeting.",
    )
    baseline_year = forms.IntegerField(
        label="jaar van de nulmeting",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="Leeg: het jaar van de kadernota.",
    )
    targets = PrintedCellsField(
        label="streefwaarden", required=False, initial=dict, help_text="Eén per regel, met het jaar ervoor: 2021: <500."
    )

    class Meta:
        model = Component
        fields = ("name", "unit_kind", "decimals", "noun", "direction")
        help_texts = {"name": "Leeg als de indicator één onderdeel heeft."}

    def clean(self) -> dict[str, Any]:
        """Refuse decimals that the unit does not have."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not self.has_changed():
            return cleaned
        if cleaned["unit_kind"] == "count" and cleaned["decimals"]:
            self.add_error("decimals", "Een aantal heeft geen decimalen.")
        elif cleaned["decimals"] > 2:
            self.add_error("decimals", "Ten hoogste twee decimalen.")
        return cleaned

    def as_new(self) -> NewComponent:
        """Return the component for the action add_indicator."""
        cleaned = self.cleaned_data
        targets = {int(year): text for year, text in cleaned["targets"].items()}
        names = ("name", "unit_kind", "decimals", "noun", "direction", "baseline", "baseline_year")
        return NewComponent(**{name: cleaned[name] for name in names}, targets=targets)


class NewComponents(BaseInlineFormSet):
    """The components of a new indicator: at least one, with different names."""

    def clean(self) -> None:
        """Refuse what the action refuses, as an error of the field."""
        super().clean()
        if any(self.errors) or self.instance.priority_id is None:
            return
        indicator, components = self.instance, [form.as_new() for form in self.filled]
        try:
            check_components(components)
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        for form, new in zip(self.filled, components, strict=True):
            for name, sentence in refusals(
                new, indicator.priority.kadernota, (indicator.first_year, indicator.last_year)
            ):
                form.add_error(name, sentence)

    @property
    def filled(self) -> list[NewComponentForm]:
        """The forms with input."""
        forms = [form for form in self.forms if isinstance(form, NewComponentForm)]
        return [form for form in forms if form.has_changed() and hasattr(form, "cleaned_data")]
