"""Administration of the policy document: kadernota and priorities. Nothing is ever deleted here."""

from django import forms
from django.contrib import admin

from .line_fields import LinesField, NamedLinesField
from .models import Kadernota, Priority


def never(*_: object, **__: object) -> bool:
    """Nobody may: the answer of every admin of ours to "delete?"; of those of figures also to "add?" and "change?"."""
    return False


def fixed_once_made(*names: str):
    """A `get_readonly_fields` by which these fields are chosen once: addresses and codes that people cite."""

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return names if obj else ()

    return get_readonly_fields


@admin.register(Kadernota)
class KadernotaAdmin(admin.ModelAdmin):
    """The document with its period."""

    list_display = ("title", "organisation", "first_year", "last_year", "is_practice")
    list_filter = ("is_practice",)
    search_fields = ("title", "organisation", "slug")
    get_readonly_fields = fixed_once_made("slug")
    has_delete_permission = never


class PriorityForm(forms.ModelForm):
    """A priority, its lists as lines."""

    goals = LinesField(label="doelen", required=False, help_text="Eén doel per regel.")
    focus_points = NamedLinesField(
        label="focuspunten", required=False, help_text="Eén focuspunt per regel: naam | tekst."
    )
    approach = LinesField(label="aanpak", required=False, help_text="Eén onderdeel van de aanpak per regel.")
    partners = LinesField(label="partners", required=False, help_text="Eén partner per regel.")

    class Meta:
        model = Priority
        fields = "__all__"


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):
    """A priority, with the texts of its page."""

    form = PriorityForm
    list_display = ("number", "name", "kadernota")
    list_display_links = ("name",)
    list_filter = ("kadernota",)
    list_select_related = ("kadernota",)
    search_fields = ("name", "goal")
    get_readonly_fields = fixed_once_made("kadernota")
    has_delete_permission = never
