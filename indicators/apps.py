"""How Django knows this app."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import m2m_changed, post_migrate, pre_migrate, pre_save


def lock_tables(*, using: str, **_: object) -> None:
    """Make the triggers again: a migration that rebuilds a table on SQLite drops them."""
    from indicators.models.guards import create_triggers

    connection = connections[using]
    if "indicators_measurement" in connection.introspection.table_names():
        create_triggers(connection)


def unlock_tables(*, using: str, plan: list | None = None, **_: object) -> None:
    """Take the triggers away before a migration on SQLite: it cannot rename a table that a trigger of another names.

    PostgreSQL can, and keeps them.
    """
    from indicators.models.guards import drop_triggers

    if plan and connections[using].vendor == "sqlite":
        drop_triggers(connections[using])


def connect_the_log() -> None:
    """Let the log hear what Django itself does: log-in, log-out, and changes of rights in the admin or in code."""
    from django.contrib.auth import signals
    from django.contrib.auth.models import Group, User

    from indicators.actions import audit

    signals.user_logged_in.connect(audit.logged_in)
    signals.user_login_failed.connect(audit.log_in_failed)
    signals.user_logged_out.connect(audit.logged_out)
    pre_save.connect(audit.user_saved, sender=User)
    for relation in (User.groups, User.user_permissions, Group.permissions):
        m2m_changed.connect(audit.rights_given, sender=relation.through)


class IndicatorsConfig(AppConfig):
    """The app `indicators`."""

    name = "indicators"
    verbose_name = "Indicatoren en metingen"

    def ready(self) -> None:
        """Hang the locks behind every migration, and the log behind log-in and rights: only signals reach these."""
        pre_migrate.connect(unlock_tables, sender=self)
        post_migrate.connect(lock_tables, sender=self)
        connect_the_log()
