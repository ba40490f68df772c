"""What the beheerder keeps: sources, areas, indicators, components, baselines, readings, breaks, deadlines."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey

from indicators.actions import add_break
from indicators.admin.figures import value_printed
from indicators.admin.forms import BaselineForm, BreakForm, ComponentForm, DeadlineForm
from indicators.admin.policy import fixed_once_made, never, save_and_note
from indicators.models import Area, Baseline, Break, Component, Deadline, Indicator, Reading, Source
from kadernota import clock
from priorities.models import Priority, PriorityKind

PATHS_TO_KADERNOTA = {
    Priority: "kadernota",
    Indicator: "priority__kadernota",
    Component: "indicator__priority__kadernota",
}


def organisation_of(row: Any, path: str) -> str:
    """The organisation whose kadernota this row belongs to; by it equal rows of two kadernota's are told apart."""
    for step in path.split("__"):
        row = getattr(row, step)
    return row.organisation


def with_organisation(self, db_field: ForeignKey, request, **kwargs):
    """A `formfield_for_foreignkey` whose choices name the organisation: two kadernota's can hold the same code."""
    field = admin.ModelAdmin.formfield_for_foreignkey(self, db_field, request, **kwargs)
    path = PATHS_TO_KADERNOTA.get(db_field.remote_field.model)
    if path and field is not None:
        field.queryset = field.queryset.select_related(path).order_by(path, "pk")
        if field.queryset.model is Priority:  # nothing hangs under a theme
            field.queryset = field.queryset.exclude(kind=PriorityKind.THEME)
        field.label_from_instance = lambda row: f"{organisation_of(row, path)}: {row}"
    return field


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Who delivers figures."""

    search_fields = ("name",)
    save_model = save_and_note
    has_delete_permission = never


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """Where figures are measured."""

    list_display = ("name", "code", "kadernota", "is_whole")
    list_filter = ("kadernota", "is_whole")
    list_select_related = ("kadernota",)
    search_fields = ("name", "code")
    get_readonly_fields = fixed_once_made("kadernota", "code", "is_whole")
    save_model = save_and_note
    has_delete_permission = never


@admin.register(Component)
class ComponentAdmin(admin.ModelAdmin):
    """The measured quantities."""

    form = ComponentForm
    list_display = ("__str__", "indicator", "unit_kind", "decimals", "direction", "noun")
    list_filter = ("indicator__priority__kadernota", "unit_kind", "direction")
    list_select_related = ("indicator",)
    search_fields = ("indicator__code", "indicator__name", "name", "noun")
    formfield_for_foreignkey = with_organisation
    save_model = save_and_note
    has_delete_permission = never


@admin.register(Baseline)
class BaselineAdmin(admin.ModelAdmin):
    """From where the policy starts."""

    form = BaselineForm
    list_display = ("component", "year", value_printed)
    list_filter = ("component__indicator__priority__kadernota", "year")
    list_select_related = ("component__indicator",)
    search_fields = ("component__indicator__code", "component__indicator__name", "component__name")
    formfield_for_foreignkey = with_organisation
    save_model = save_and_note
    has_delete_permission = never


@admin.register(Reading)
class ReadingAdmin(admin.ModelAdmin):
    """Unclear places in the nota."""

    list_display = ("order", "question", "indicator", "decided_by", "kadernota")
    list_display_links = ("question",)
    list_filter = ("kadernota", "decided_by")
    list_select_related = ("indicator", "kadernota")
    search_fields = ("place", "question", "reading", "indicator__code")
    formfield_for_foreignkey = with_organisation
    save_model = save_and_note
    has_delete_permission = never


@admin.register(Break)
class BreakAdmin(admin.ModelAdmin):
    """From which year figures no longer compare."""

    form = BreakForm
    list_display = ("component", "year", "reason")
    list_filter = ("component__indicator__priority__kadernota", "year")
    list_select_related = ("component__indicator",)
    search_fields = ("component__indicator__code", "component__indicator__name", "reason")
    formfield_for_foreignkey = with_organisation
    get_readonly_fields = fixed_once_made("component", "year")
    has_delete_permission = never

    def save_model(self, request, obj, form, change: bool) -> None:
        """Add a break as pages would; of one that is there only the reason can change."""
        if change:
            save_and_note(self, request, obj, form, change)
        else:
            facts = {"component": obj.component, "year": obj.year, "reason": obj.reason}
            obj.pk = add_break(**facts, by=request.user, now=clock.now()).pk


@admin.register(Deadline)
class DeadlineAdmin(admin.ModelAdmin):
    """When a source should have delivered."""

    form = DeadlineForm
    list_display = ("source", "year", "due_on", "kadernota")
    list_filter = ("kadernota", "year", "source")
    list_select_related = ("source", "kadernota")
    save_model = save_and_note
    has_delete_permission = never
