"""What the page shows on which a decision of the council changes a target, and the form on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from indicators.actions import ActionRefused, read_target
from indicators.actions.structuring import LONGEST_DECISION, LONGEST_REASON
from indicators.domain.assessment import Status, worst_of
from indicators.domain.statuses import status_words
from indicators.domain.targets import TargetRule, format_target
from indicators.models import Component, Target
from indicators.pages.badges import mark
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import IndicatorRow, Overview
from indicators.readmodel.sentences import decision_sentence, row_words, standing_words


@dataclass(frozen=True)
class AskedLine:
    """What is asked of a component now, and how it stands by that."""

    name: str
    target: str
    decided: str
    measured: str
    mark: SafeString


@dataclass(frozen=True)
class Effect:
    """What the new target would do to a verdict of this year: of the component, or of the indicator as a whole."""

    what: str
    before: SafeString
    after: SafeString
    is_same: bool


@dataclass(frozen=True)
class Preview:
    """The change as it would be recorded; `viewed` is what a form sends along to say that this was looked at."""

    label: str
    before: str
    after: str
    effects: tuple[Effect, ...]
    viewed: str


@dataclass(frozen=True)
class TargetPage:
    """What the nota prints for an indicator in a year, and what is asked of each component now."""

    row: IndicatorRow
    printed: str
    lines: tuple[AskedLine, ...]


def build_target_page(overview: Overview, row: IndicatorRow, year: int) -> TargetPage:
    """Build the page for an indicator in a year. No queries."""
    final = year == overview.last_year
    lines = tuple(
        AskedLine(
            part.name,
            figure.target_printed or "–",
            decision_sentence(figure),
            figure.printed or "–",
            mark(figure.status, standing_words(figure, final=final)),
        )
        for part, figure in row.figures(year)
    )
    return TargetPage(row, row.printed_cells.get(year, ""), lines)


def preview(overview: Overview, row: IndicatorRow, year: int, component: int, rule: TargetRule) -> Preview:
    """What this target would do to the verdicts of this year, by the figures of `overview`. No queries."""
    final = year == overview.last_year
    part = next(part for part in row.components if part.pk == component)
    old = part.figures[year]
    new = replace(old, facts=replace(old.facts, target=rule, last_target=rule if final else old.facts.last_target))
    effects = [_effect(part.name or row.name, old.status, new.status, _words(old, final), _words(new, final))]
    if len(row.components) > 1:
        parts = [(new if other is part else other.figures[year]) for other in row.components]
        whole = worst_of((figure.status, figure.value) for figure in parts)
        words = status_words(whole, final=final)
        effects.append(
            _effect(
                "De indicator als geheel",
                row.statuses[year],
                whole,
                row_words(row, year, final=final),
                words if whole is not row.statuses[year] else row_words(row, year, final=final),
            )
        )
    after = format_target(rule, part.unit)
    return Preview(row.label_of(part), old.target_printed, after, tuple(effects), f"{component}|{after}")


def _words(figure: Figure, final: bool) -> str:
    return standing_words(figure, final=final)


def _effect(what: str, old: Status, new: Status, old_words: str, new_words: str) -> Effect:
    return Effect(what, mark(old, old_words), mark(new, new_words), old is new)


def standing_targets(row: IndicatorRow, year: int) -> dict[int, int]:
    """Of each component the target that stands for this year, as keys; without one it is left out. One query."""
    rows = Target.objects.current().filter(component__indicator_id=row.pk, area__is_whole=True, year=year)
    return dict(rows.values_list("component_id", "pk"))


class SeenTargetsField(forms.CharField):
    """The targets that the page showed, hidden in the form, as component=target; what cannot be read is left out."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        """As the form carries it."""
        return ",".join(f"{one}={two}" for one, two in value.items()) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> dict[int, int]:
        """By component."""
        pairs = [pair.partition("=")[::2] for pair in str(value or "").split(",")]
        return {int(one): int(two) for one, two in pairs if _is_key(one) and _is_key(two)}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class TargetForm(forms.Form):
    """The new target with the decision behind it."""

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
    decided_on = forms.DateField(
        label="Datum van het besluit",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul de datum van het besluit in.",
            "invalid": "Vul een datum in: dag, maand, jaar.",
        },
    )
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
    seen = SeenTargetsField(required=False)

    def __init__(self, *args: Any, components: Mapping[int, Component], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.components = components
        self.rule: TargetRule | None = None
        self.fields["component"].choices = [(pk, component.name) for pk, component in components.items()]
        if len(components) == 1:
            self.fields["component"].widget = forms.HiddenInput()
            self.initial["component"] = next(iter(components))
        self.fields["decided_on"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Read the target in the unit of its component."""
        cleaned = super().clean() or self.cleaned_data
        if {"component", "text"} <= set(cleaned):
            try:
                self.rule = read_target(cleaned["text"], self.components[cleaned["component"]].unit)
            except ActionRefused as refused:
                self.add_error("text", str(refused))
        return cleaned
