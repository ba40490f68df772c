"""The configuration of the app: triggers after migrations, and the audit log of Django's signals."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import m2m_changed, post_migrate, pre_migrate, pre_save


def lock_tables(*, using: str, **_: object) -> None:
    """Create the triggers again: a migration that rebuilds a table on SQLite drops them."""
    from indicators.models.guards import create_triggers

    connection = connections[using]
    if "indicators_measurement" in connection.introspection.table_names():
        create_triggers(connection)


def unlock_tables(*, using: str, plan: list[tuple[object, bool]] | None = None, **_: object) -> None:
    """Drop the triggers before a migration on SQLite, which cannot rename a table that another trigger names.

    PostgreSQL can, and keeps them.
    """
    from indicators.models.guards import drop_triggers

    if plan and connections[using].vendor == "sqlite":
        drop_triggers(connections[using])


def connect_audit_log() -> None:
    """Connect the audit log to Django's signals of log-in, log-out and changes of rights."""
    from django.contrib.auth import signals
    from django.contrib.auth.models import Group, User

    from indicators.actions import audit

    signals.user_logged_in.connect(audit.log_log_in)
    signals.user_login_failed.connect(audit.log_failed_log_in)
    signals.user_logged_out.connect(audit.log_log_out)
    pre_save.connect(audit.log_account_change, sender=User)
    for relation in (User.groups, User.user_permissions, Group.permissions):
        m2m_changed.connect(audit.log_rights_change, sender=relation.through)


class IndicatorsConfig(AppConfig):
    """The app `indicators`."""

    name = "indicators"
    verbose_name = "Indicatoren en metingen"

    def ready(self) -> None:
        """Connect the triggers to migrations and the audit log to its signals."""
        pre_migrate.connect(unlock_tables, sender=self)
        post_migrate.connect(lock_tables, sender=self)
        connect_audit_log()
