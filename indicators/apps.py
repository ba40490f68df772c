"""How Django knows this app."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def lock_tables(*, using: str, **_: object) -> None:
    """Make the triggers again: a migration that rebuilds a table on SQLite drops them."""
    from .triggers import LOCKED, create_triggers

    connection = connections[using]
    if set(LOCKED) <= set(connection.introspection.table_names()):
        create_triggers(connection)


class IndicatorsConfig(AppConfig):
    """The app `indicators`."""

    name = "indicators"
    verbose_name = "Indicatoren en metingen"

    def ready(self) -> None:
        """Hang the locks behind every migration: the one place where Django offers nothing but a signal."""
        post_migrate.connect(lock_tables, sender=self)
