"""Admin of the policy document: kadernota, priorities, themes and the cycle of permits. Nothing can be deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from indicators.actions import audit
from indicators.admin.line_fields import LinesField, NamedLinesField
from priorities.models import Kadernota, Priority, PriorityKind


def never(*_: object, **__: object) -> bool:
    """Return False: the permission to delete in every admin, and to add or change in those of figures."""
    return False


def read_only_after_creation(*names: str) -> Any:
    """Return a `get_readonly_fields` that fixes these fields after creation: people cite addresses and codes."""

    def get_readonly_fields(self: Any, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return names if obj else ()

    return get_readonly_fields


def save_and_log(self: Any, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
    """Save a row as `save_model`, and log who added or changed it and which fields; no figures, no texts."""
    admin.ModelAdmin.save_model(self, request, obj, form, change)
    if change and not form.changed_data:
        return
    labels = ", ".join(str(form.fields[name].label or name).lower() for name in form.changed_data)
    what = f"{obj._meta.verbose_name} {log_name(obj)}: {labels if change else 'nieuw'}"
    audit.log_event(audit.STRUCTURE, by=request.user, subject=what, kadernota_id=kadernota_of(obj))


def log_name(row: Any) -> str:
    """Return the name of a row in the log: component and year for a row with a figure."""
    component = getattr(row, "component", None)
    return f"{component} {row.year}" if component is not None else str(row)


def kadernota_of(row: Any) -> int | None:
    """Return the key of the kadernota of a row of the structure; None for rows that all of them share."""
    if isinstance(row, Kadernota):
        return row.pk
    for step in ("component", "indicator", "priority"):
        if hasattr(row, "kadernota_id"):
            break
        row = getattr(row, step, row)
    return getattr(row, "kadernota_id", None)


# A change of these would hide adopted figures, change their verdict, or show invented figures as real.
FIXED_BY_EDITIONS = ("first_year", "last_year", "baseline_year", "first_target_year", "is_practice")


@admin.register(Kadernota)
class KadernotaAdmin(admin.ModelAdmin):
    """The document with its period."""

    list_display = ("title", "organisation", "first_year", "last_year", "is_practice")
    list_filter = ("is_practice",)
    search_fields = ("title", "organisation", "slug")
    save_model = save_and_log
    has_delete_permission = never

    def get_readonly_fields(self, request: HttpRequest, obj: Kadernota | None = None) -> tuple[str, ...]:
        """Fix the address, and with an edition also the period: it decides what pages show and the last verdicts."""
        if obj is None:
            return ()
        return ("slug", *FIXED_BY_EDITIONS) if obj.editions.exists() else ("slug",)


class PriorityForm(forms.ModelForm):
    """A priority, a theme or the cycle of permits, with its lists as lines of text."""

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
        """Require the goal of a priority."""
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
    get_readonly_fields = read_only_after_creation("kadernota", "kind")
    save_model = save_and_log
    has_delete_permission = never
