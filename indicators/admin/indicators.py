"""Indicators in the administration: changing one, and adding one with all that is measured of it at once."""

from django.contrib import admin

from indicators.actions import add_indicator, audit
from indicators.admin.indicator_forms import IndicatorForm, NewComponentForm, NewComponents, NewIndicatorForm
from indicators.admin.policy import fixed_once_made, never, save_and_note
from indicators.admin.structure import with_organisation
from indicators.models import Component, Indicator
from kadernota import clock


class NewComponentInline(admin.StackedInline):
    """The components of a new indicator."""

    model = Component
    form = NewComponentForm
    formset = NewComponents
    extra = 2
    max_num = 4
    verbose_name_plural = "Wat er wordt gemeten"


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """What is watched."""

    form = IndicatorForm
    list_display = ("code", "name", "priority", "source", "role", "cadence", "first_year", "last_year")
    list_display_links = ("code", "name")
    list_filter = ("priority__kadernota", "source", "role", "cadence")
    list_select_related = ("priority", "source")
    search_fields = ("code", "name", "definition")
    get_readonly_fields = fixed_once_made("code")
    formfield_for_foreignkey = with_organisation
    has_delete_permission = never

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Another form for a new indicator: it asks nothing that follows by itself."""
        return super().get_form(request, obj, change, **kwargs | ({} if obj else {"form": NewIndicatorForm}))

    def get_inlines(self, request, obj):
        """The components only of a new one; those that are there have pages of their own."""
        return [] if obj else [NewComponentInline]

    def save_model(self, request, obj, form, change: bool) -> None:
        """Change what is there; a new one is saved with its components, in `save_related`."""
        if change:
            save_and_note(self, request, obj, form, change)
            if "change_reason" in form.changed_data:
                # The next reason overwrites this one; the log keeps it.
                audit.note(
                    audit.STRUCTURE,
                    by=request.user,
                    kadernota_id=obj.priority.kadernota_id,
                    subject=f"{obj.code}, reden: {obj.change_reason}",
                )

    def save_related(self, request, form, formsets, change: bool) -> None:
        """Save a new indicator with all that was filled in below it."""
        if change:
            super().save_related(request, form, formsets, change)
            return
        components = [one.as_new() for formset in formsets for one in formset.filled]
        made = add_indicator(components=components, by=request.user, now=clock.now(), **form.cleaned_data)
        form.instance.pk = made.pk
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
