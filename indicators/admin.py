"""The Django admin: accounts (Django's own) and the audit log, read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from indicators.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """The audit log."""

    list_display = ("at", "actor_name", "action", "subject", "result", "kadernota", "origin")
    list_filter = ("action", "result")
    search_fields = ("actor_name", "subject")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: rows come from actions only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: rows are never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: rows are never deleted."""
        return False
