"""Figures and what was decided on them: to be looked at only, also by superusers. Writing goes through the actions."""

from django.contrib import admin

from indicators.admin.policy import never
from indicators.domain.notation import format_value
from indicators.domain.targets import format_target
from indicators.models import AuditEvent, Baseline, Edition, EditionEntry, Measurement, SentBack, Target

OF_COMPONENT = "component__indicator__priority__kadernota"
COMPONENT_SEARCH = ("component__indicator__code", "component__indicator__name", "component__name")


@admin.display(description="cijfer")
def value_printed(row: Baseline | Measurement) -> str:
    """The value in Dutch notation."""
    return format_value(row.value, row.component.unit)


@admin.display(description="streefwaarde")
def target_printed(row: Target) -> str:
    """The target as the nota writes it."""
    return format_target(row.rule, row.component.unit)


@admin.display(description="editie")
def edition_of(row: Measurement) -> str:
    """The edition that holds this revision; "concept" when none does."""
    return str(row.entry.edition) if hasattr(row, "entry") else "concept"


@admin.display(description="nu geldig", boolean=True)
def is_current(row: Measurement | Target) -> bool:
    """Whether no later revision stands in its place."""
    return not hasattr(row, "replaced_by")


class Adopted(admin.SimpleListFilter):
    """Measurements by whether an edition holds them."""

    title = "vastgesteld"
    parameter_name = "vastgesteld"

    def lookups(self, request, model_admin):
        """The two answers."""
        return [("ja", "in een editie"), ("nee", "concept")]

    def queryset(self, request, queryset):
        """Only those with the answer that was chosen; anything else shows all."""
        if self.value() not in ("ja", "nee"):
            return queryset
        return queryset.filter(entry__isnull=self.value() == "nee")


@admin.register(Measurement)
class MeasurementAdmin(admin.ModelAdmin):
    """Every revision of every figure."""

    list_display = ("component", "year", value_printed, is_current, edition_of, "recorded_by", "recorded_at")
    list_filter = (OF_COMPONENT, "year", Adopted, "component__indicator__source")
    list_select_related = ("component__indicator", "entry__edition", "replaced_by", "recorded_by")
    search_fields = (*COMPONENT_SEARCH, "explanation", "source_note")
    ordering = ("-recorded_at", "-pk")
    fields = (
        "component",
        "area",
        "year",
        value_printed,
        "sample",
        "explanation",
        "source_note",
        "recorded_by",
        "recorded_at",
        is_current,
        edition_of,
    )
    readonly_fields = fields
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    """Every revision of every target."""

    list_display = ("component", "year", target_printed, is_current, "decision", "decided_on")
    list_filter = (OF_COMPONENT, "year", "decided_on")
    list_select_related = ("component__indicator", "replaced_by")
    search_fields = (*COMPONENT_SEARCH, "decision", "reason")
    ordering = ("component", "year", "pk")
    fields = (
        "component",
        "area",
        "year",
        target_printed,
        is_current,
        "decision",
        "decided_on",
        "reason",
        "recorded_by",
        "recorded_at",
    )
    readonly_fields = fields
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """What was adopted or taken over together."""

    list_display = ("__str__", "kadernota", "kind", "adopted_on", "decision", "adopted_by", "retrieved_on")
    list_filter = ("kadernota", "year", "kind")
    list_select_related = ("kadernota", "adopted_by")
    search_fields = ("decision", "source")
    ordering = ("-recorded_at", "-pk")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.display(description="meting")
def measurement_of(entry: EditionEntry) -> str:
    """The figure in this edition, with component and year."""
    row = entry.measurement
    return f"{row.component} {row.year}: {value_printed(row)}"


@admin.register(EditionEntry)
class EditionEntryAdmin(admin.ModelAdmin):
    """Which revision stands in which edition."""

    list_display = ("edition", measurement_of)
    list_display_links = (measurement_of,)
    list_filter = ("edition__kadernota", "edition__year")
    list_select_related = ("edition", "measurement__component__indicator")
    search_fields = ("measurement__component__indicator__code", "measurement__component__indicator__name")
    ordering = ("-pk",)
    fields = readonly_fields = ("edition", measurement_of)
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(SentBack)
class SentBackAdmin(admin.ModelAdmin):
    """Which revision was sent back, and why."""

    list_display = ("reason", "sent_by", "sent_at")
    list_select_related = ("sent_by",)
    search_fields = ("reason", "measurement__component__indicator__code")
    ordering = ("-sent_at",)
    fields = readonly_fields = ("reason", "sent_by", "sent_at")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """Who did what, when, from where."""

    list_display = ("at", "actor_name", "action", "subject", "result", "origin", "kadernota")
    list_filter = ("result", "action", "kadernota")
    list_select_related = ("kadernota",)
    search_fields = ("actor_name", "subject")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never
