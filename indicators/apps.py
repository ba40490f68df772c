"""The configuration of the app: triggers after migrations, system checks of the database, and the audit log."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import m2m_changed, post_migrate, pre_migrate, pre_save

OWN_APPS = ("priorities", "indicators", "reports")
OLD_DATABASE = (
    "Deze database is gemaakt door een andere versie van de monitor en past niet bij deze. Er is niets veranderd."
)
WHAT_TO_DO = (
    "Bewaar de oude database: hernoem het bestand (bij SQLite var/kadernota.sqlite3), of wijs met DATABASE_URL een "
    "lege database aan, en begin opnieuw. Alleen de versie die haar maakte, kan de oude nog lezen."
)


def check_history(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Refuse a database with migrations of ours that this program does not have. `migrate` runs this before it starts.

    The migrations were made anew: Django would take old ones with the same name for its own.
    """
    loaders = [MigrationLoader(connections[alias]) for alias in databases or ()]
    unknown = [
        f"{app}.{name}"
        for loader in loaders
        for app, name in sorted(loader.applied_migrations)
        if app in OWN_APPS and (app, name) not in loader.disk_migrations
    ]
    if not unknown:
        return []
    names = f"Migraties die deze versie niet kent: {', '.join(unknown)}."
    return [checks.Critical(f"{OLD_DATABASE} {names}", hint=WHAT_TO_DO, id="indicators.C001")]


def check_guards(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Name the guards that a database lacks, or has disabled or changed. One without tables needs none yet."""
    from indicators.models.guards import missing_triggers

    missing = []
    for alias in databases or ():
        if "indicators_decision" in connections[alias].introspection.table_names():
            missing += missing_triggers(connections[alias])
    if not missing:
        return []
    # A warning, since `migrate` runs the checks first and then creates the guards anew.
    sentence = f"De bewaking van wat is vastgesteld, ontbreekt in de database of is veranderd: {', '.join(missing)}."
    hint = "Ga na wie dat deed. `manage.py migrate` zet haar terug; `manage.py verify` zoekt wat intussen veranderde."
    return [checks.Warning(sentence, hint=hint, id="indicators.W001")]


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
        """Register the checks, and connect the triggers to migrations and the audit log to its signals."""
        checks.register(check_history, checks.Tags.database)
        checks.register(check_guards, checks.Tags.database)
        pre_migrate.connect(unlock_tables, sender=self)
        post_migrate.connect(lock_tables, sender=self)
        connect_audit_log()
