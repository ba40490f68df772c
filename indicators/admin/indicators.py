"""Admin of indicators: change one, and add one with its components at once."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest

from indicators.actions import add_indicator, audit
from indicators.admin.indicator_forms import IndicatorForm, NewComponentForm, NewComponents, NewIndicatorForm
from indicators.admin.policy import never, read_only_after_creation, save_and_log
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
    """The indicators."""

    form = IndicatorForm
    list_display = ("code", "name", "priority", "source", "role", "cadence", "first_year", "last_year")
    list_display_links = ("code", "name")
    list_filter = ("priority__kadernota", "source", "role", "cadence")
    list_select_related = ("priority", "source")
    search_fields = ("code", "name", "definition")
    get_readonly_fields = read_only_after_creation("code")
    formfield_for_foreignkey = with_organisation
    has_delete_permission = never

    def get_form(self, request: HttpRequest, obj: Indicator | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return another form for a new indicator, without the fields that follow from others."""
        return super().get_form(request, obj, change, **kwargs | ({} if obj else {"form": NewIndicatorForm}))

    def get_inlines(self, request: HttpRequest, obj: Indicator | None) -> Any:
        """Return the components of a new indicator only; existing ones have pages of their own."""
        return [] if obj else [NewComponentInline]

    def save_model(self, request: HttpRequest, obj: Indicator, form: Any, change: bool) -> None:
        """Save an existing indicator; `save_related` adds a new one with its components."""
        if change:
            save_and_log(self, request, obj, form, change)
            if "change_reason" in form.changed_data:
                # The next reason replaces this one; the log has them all.
                audit.log_event(
                    audit.STRUCTURE,
                    by=request.user,
                    kadernota_id=obj.priority.kadernota_id,
                    subject=f"{obj.code}, reden: {obj.change_reason}",
                )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Add a new indicator with the components below it."""
        if change:
            super().save_related(request, form, formsets, change)
            return
        components = [component.as_new() for formset in formsets for component in formset.filled]
        user = cast(User, request.user)  # the admin is for users only
        indicator = add_indicator(components=components, by=user, now=clock.now(), **form.cleaned_data)
        form.instance.pk = indicator.pk
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
