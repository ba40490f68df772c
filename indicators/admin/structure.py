"""Admin of the structure: sources, areas, components, baselines, readings, breaks and deadlines."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import ForeignKey
from django.http import HttpRequest

from indicators.actions import add_break
from indicators.admin.figures import value_printed
from indicators.admin.forms import BaselineForm, BreakForm, ComponentForm, DeadlineForm
from indicators.admin.policy import never, read_only_after_creation, save_and_log
from indicators.models import Area, Baseline, Break, Component, Deadline, Indicator, Reading, Source
from kadernota import clock
from priorities.models import Priority, PriorityKind

PATHS_TO_KADERNOTA = {
    Priority: "kadernota",
    Indicator: "priority__kadernota",
    Component: "indicator__priority__kadernota",
}


def organisation_of(row: Any, path: str) -> str:
    """Return the organisation of the kadernota of this row, to distinguish equal rows of two of them."""
    for step in path.split("__"):
        row = getattr(row, step)
    return str(row.organisation)


def with_organisation(self: Any, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
    """Return the form field, as `formfield_for_foreignkey`, with the organisation in its choices."""
    field: Any = admin.ModelAdmin.formfield_for_foreignkey(self, db_field, request, **kwargs)
    path = PATHS_TO_KADERNOTA.get(db_field.remote_field.model)
    if path and field is not None:
        field.queryset = field.queryset.select_related(path).order_by(path, "pk")
        if field.queryset.model is Priority:  # a theme has no indicators
            field.queryset = field.queryset.exclude(kind=PriorityKind.THEME)
        field.label_from_instance = lambda row: f"{organisation_of(row, path)}: {row}"
    return field


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """The suppliers of figures."""

    search_fields = ("name",)
    save_model = save_and_log
    has_delete_permission = never


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """The areas of figures."""

    list_display = ("name", "code", "kadernota", "is_whole")
    list_filter = ("kadernota", "is_whole")
    list_select_related = ("kadernota",)
    search_fields = ("name", "code")
    get_readonly_fields = read_only_after_creation("kadernota", "code", "is_whole")
    save_model = save_and_log
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
    save_model = save_and_log
    has_delete_permission = never


@admin.register(Baseline)
class BaselineAdmin(admin.ModelAdmin):
    """The baselines of components."""

    form = BaselineForm
    list_display = ("component", "year", value_printed)
    list_filter = ("component__indicator__priority__kadernota", "year")
    list_select_related = ("component__indicator",)
    search_fields = ("component__indicator__code", "component__indicator__name", "component__name")
    formfield_for_foreignkey = with_organisation
    save_model = save_and_log
    has_delete_permission = never


@admin.register(Reading)
class ReadingAdmin(admin.ModelAdmin):
    """Ambiguous places in the nota, and how they are read."""

    list_display = ("order", "question", "indicator", "decided_by", "kadernota")
    list_display_links = ("question",)
    list_filter = ("kadernota", "decided_by")
    list_select_related = ("indicator", "kadernota")
    search_fields = ("place", "question", "reading", "indicator__code")
    formfield_for_foreignkey = with_organisation
    save_model = save_and_log
    has_delete_permission = never


@admin.register(Break)
class BreakAdmin(admin.ModelAdmin):
    """Breaks in method."""

    form = BreakForm
    list_display = ("component", "year", "reason")
    list_filter = ("component__indicator__priority__kadernota", "year")
    list_select_related = ("component__indicator",)
    search_fields = ("component__indicator__code", "component__indicator__name", "reason")
    formfield_for_foreignkey = with_organisation
    get_readonly_fields = read_only_after_creation("component", "year")
    has_delete_permission = never

    def save_model(self, request: HttpRequest, obj: Break, form: Any, change: bool) -> None:
        """Add a break with the action; only the reason of an existing one can change."""
        if change:
            save_and_log(self, request, obj, form, change)
        else:
            user = cast(User, request.user)  # the admin is for users only
            row = add_break(component=obj.component, year=obj.year, reason=obj.reason, by=user, now=clock.now())
            obj.pk = row.pk


@admin.register(Deadline)
class DeadlineAdmin(admin.ModelAdmin):
    """The deadlines of sources."""

    form = DeadlineForm
    list_display = ("source", "year", "due_on", "kadernota")
    list_filter = ("kadernota", "year", "source")
    list_select_related = ("source", "kadernota")
    save_model = save_and_log
    has_delete_permission = never
