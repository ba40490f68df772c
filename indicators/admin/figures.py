"""Read-only admin of figures, targets, editions and the log, also for superusers. Only actions write these."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from indicators.admin.policy import never
from indicators.domain.formatting import format_value
from indicators.domain.targets import format_target
from indicators.models import AuditEvent, Baseline, Edition, EditionEntry, Measurement, SentBack, Target

OF_COMPONENT = "component__indicator__priority__kadernota"
COMPONENT_SEARCH = ("component__indicator__code", "component__indicator__name", "component__name")


@admin.display(description="cijfer")
def value_printed(row: Baseline | Measurement) -> str:
    """Return the value in Dutch notation."""
    return format_value(row.value, row.component.unit)


@admin.display(description="streefwaarde")
def target_printed(row: Target) -> str:
    """Return the target as the nota prints it."""
    return format_target(row.rule, row.component.unit)


@admin.display(description="editie")
def edition_of(row: Measurement) -> str:
    """Return the edition that holds this revision; "concept" for a draft."""
    return str(row.entry.edition) if hasattr(row, "entry") else "concept"


@admin.display(description="nu geldig", boolean=True)
def is_current(row: Measurement | Target) -> bool:
    """Return whether no later revision replaces it."""
    return not hasattr(row, "replaced_by")


class AdoptedFilter(admin.SimpleListFilter):
    """Measurements by whether an edition holds them."""

    title = "vastgesteld"
    parameter_name = "vastgesteld"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two choices."""
        return [("ja", "in een editie"), ("nee", "concept")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Measurement]) -> QuerySet[Measurement]:
        """Return the rows with the chosen answer; all rows without a valid choice."""
        if self.value() not in ("ja", "nee"):
            return queryset
        return queryset.filter(entry__isnull=self.value() == "nee")


@admin.register(Measurement)
class MeasurementAdmin(admin.ModelAdmin):
    """Every revision of every figure."""

    list_display = ("component", "year", value_printed, is_current, edition_of, "recorded_by", "recorded_at")
    list_filter = (OF_COMPONENT, "year", AdoptedFilter, "component__indicator__source")
    list_select_related = ("component__indicator", "entry__edition", "replaced_by", "recorded_by")
    search_fields = (*COMPONENT_SEARCH, "explanation", "source_note")
    ordering = ("-recorded_at", "-pk")
    fields = (  # type: ignore[assignment]  # Django also takes callables
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
    readonly_fields = fields  # type: ignore[assignment]  # Django also takes callables
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
    fields = (  # type: ignore[assignment]  # Django also takes callables
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
    readonly_fields = fields  # type: ignore[assignment]  # Django also takes callables
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """The editions, adopted or taken over."""

    list_display = ("__str__", "kadernota", "kind", "adopted_on", "decision", "adopted_by", "retrieved_on")
    list_filter = ("kadernota", "year", "kind")
    list_select_related = ("kadernota", "adopted_by")
    search_fields = ("decision", "source")
    ordering = ("-recorded_at", "-pk")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.display(description="meting")
def measurement_of(entry: EditionEntry) -> str:
    """Return the figure in this edition, with component and year."""
    row = entry.measurement
    return f"{row.component} {row.year}: {value_printed(row)}"


@admin.register(EditionEntry)
class EditionEntryAdmin(admin.ModelAdmin):
    """The revisions that each edition holds."""

    list_display = ("edition", measurement_of)
    list_display_links = (measurement_of,)
    list_filter = ("edition__kadernota", "edition__year")
    list_select_related = ("edition", "measurement__component__indicator")
    search_fields = ("measurement__component__indicator__code", "measurement__component__indicator__name")
    ordering = ("-pk",)
    fields = readonly_fields = ("edition", measurement_of)  # type: ignore[assignment]  # Django also takes callables
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(SentBack)
class SentBackAdmin(admin.ModelAdmin):
    """The drafts that were sent back, with the reason."""

    list_display = ("reason", "sent_by", "sent_at")
    list_select_related = ("sent_by",)
    search_fields = ("reason", "measurement__component__indicator__code")
    ordering = ("-sent_at",)
    fields = readonly_fields = ("reason", "sent_by", "sent_at")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """The audit log."""

    list_display = ("at", "actor_name", "action", "subject", "result", "origin", "kadernota")
    list_filter = ("result", "action", "kadernota")
    list_select_related = ("kadernota",)
    search_fields = ("actor_name", "subject")
    actions = None
    has_add_permission = has_change_permission = has_delete_permission = never
