"""Administration of the policy document: kadernota, priorities, themes, permits. Nothing is ever deleted here."""

from typing import Any

from django import forms
from django.contrib import admin

from indicators.actions import audit
from indicators.admin.line_fields import LinesField, NamedLinesField
from priorities.models import Kadernota, Priority, PriorityKind


def never(*_: object, **__: object) -> bool:
    """Nobody may: the answer of every admin of ours to "delete?"; of those of figures also to "add?" and "change?"."""
    return False


def fixed_once_made(*names: str):
    """A `get_readonly_fields` by which these fields are chosen once: addresses and codes that people cite."""

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return names if obj else ()

    return get_readonly_fields


def save_and_note(self, request, obj, form, change: bool) -> None:
    """A `save_model` that also writes the log: who added or changed what, and which fields; no figures, no texts."""
    admin.ModelAdmin.save_model(self, request, obj, form, change)
    if change and not form.changed_data:
        return
    labels = ", ".join(str(form.fields[name].label or name).lower() for name in form.changed_data)
    what = f"{obj._meta.verbose_name} {name_of(obj)}: {labels if change else 'nieuw'}"
    audit.note(audit.STRUCTURE, by=request.user, subject=what, kadernota_id=kadernota_of(obj))


def name_of(row: Any) -> str:
    """How the log names a row: a row that holds a figure by what it is the figure of."""
    component = getattr(row, "component", None)
    return f"{component} {row.year}" if component is not None else str(row)


def kadernota_of(row: Any) -> int | None:
    """The kadernota that a row of the structure belongs to; None for what all of them share."""
    if isinstance(row, Kadernota):
        return row.pk
    for step in ("component", "indicator", "priority"):
        if hasattr(row, "kadernota_id"):
            break
        row = getattr(row, step, row)
    return getattr(row, "kadernota_id", None)


# What would hide adopted figures, judge them otherwise, or take invented ones for real.
FIXED_BY_EDITIONS = ("first_year", "last_year", "baseline_year", "first_target_year", "is_practice")


@admin.register(Kadernota)
class KadernotaAdmin(admin.ModelAdmin):
    """The document with its period."""

    list_display = ("title", "organisation", "first_year", "last_year", "is_practice")
    list_filter = ("is_practice",)
    search_fields = ("title", "organisation", "slug")
    save_model = save_and_note
    has_delete_permission = never

    def get_readonly_fields(self, request, obj: Kadernota | None = None) -> tuple[str, ...]:
        """With an edition the period stays: pages show its years alone, and its last year gives other verdicts."""
        if obj is None:
            return ()
        return ("slug", *FIXED_BY_EDITIONS) if obj.editions.exists() else ("slug",)


class PriorityForm(forms.ModelForm):
    """A priority, a theme or the cycle of permits, its lists as lines."""

    goals = LinesField(label="doelen", required=False, help_text="Eén doel per regel.")
    focus_points = NamedLinesField(
        label="focuspunten", required=False, help_text="Eén focuspunt per regel: naam | tekst."
    )
    approach = LinesField(label="aanpak", required=False, help_text="Eén onderdeel van de aanpak per regel.")
    partners = LinesField(label="partners", required=False, help_text="Eén partner per regel.")

    class Meta:
        model = Priority
        fields = "__all__"
        help_texts = {
            "kind": "Ligt daarna vast. Een thema heeft geen indicatoren; bij partners staan de actoren, bij aanpak de "
            "inzet en bij financiën de programma's van de begroting. Van de VTH-cyclus is er hoogstens één; bij "
            "focuspunten staan de stappen.",
        }

    def clean(self) -> dict[str, Any]:
        """A priority says what it is for."""
        cleaned = super().clean() or self.cleaned_data
        kind = self.instance.kind if self.instance.pk else cleaned.get("kind")
        if kind == PriorityKind.PRIORITY and not cleaned.get("goal"):
            self.add_error("goal", "Schrijf het doel van deze prioriteit.")
        return cleaned


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):
    """A priority, a theme or the cycle of permits, with the texts of its page."""

    form = PriorityForm
    list_display = ("number", "name", "kind", "kadernota")
    list_display_links = ("name",)
    list_filter = ("kadernota", "kind")
    list_select_related = ("kadernota",)
    search_fields = ("name", "goal")
    get_readonly_fields = fixed_once_made("kadernota", "kind")
    save_model = save_and_note
    has_delete_permission = never
