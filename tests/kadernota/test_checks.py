"""The system checks of a database: guards that are missing, and a database of another version of the monitor."""

import io

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from indicators.models.guards import create_triggers, drop_triggers

pytestmark = pytest.mark.django_db


def messages() -> list[str]:
    """Return what the checks of the database say, by their code."""
    return [message.id for message in run_checks(tags=[Tags.database], databases=["default"])]


def test_a_whole_database_is_fine() -> None:
    assert messages() == []


def test_guards_that_are_missing_are_named() -> None:
    drop_triggers(connection)
    [warning] = run_checks(tags=[Tags.database], databases=["default"])
    assert (warning.id, warning.is_serious()) == ("indicators.W001", False)
    assert "guard_indicators_target_closed_update" in warning.msg and "guard_indicators_decision_insert" in warning.msg
    with pytest.raises(SystemCheckError, match="guard_indicators_measurement_update"):
        call_command("check", databases=["default"], fail_level="WARNING")
    create_triggers(connection)
    assert messages() == []


def test_one_guard_is_named_alone() -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON indicators_witness"
        cursor.execute(f"DROP TRIGGER guard_indicators_witness_update{on}")
    [warning] = run_checks(tags=[Tags.database], databases=["default"])
    assert "guard_indicators_witness_update." in warning.msg and "guard_indicators_decision" not in warning.msg


def test_nothing_is_asked_of_another_database_or_of_none() -> None:
    drop_triggers(connection)
    assert [message.id for message in run_checks()] == []


OLD = [
    ("indicators", "0003_programme"),
    ("indicators", "0001_structure_and_figures"),
    ("priorities", "0002_kinds_and_finances"),
    ("reports", "0001_sealed_documents"),
]


@pytest.mark.parametrize(("app", "name"), OLD)
def test_a_database_of_before_is_recognised(app: str, name: str) -> None:
    MigrationRecorder(connection).record_applied(app, name)
    [error] = run_checks(tags=[Tags.database], databases=["default"])
    assert error.id == "indicators.C001" and f"{app}.{name}" in error.msg
    assert "Bewaar de oude database" in error.hint


def test_migrating_a_database_of_before_changes_nothing() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("indicators", "0003_programme")
    recorder.record_unapplied("indicators", "0002_groups")
    before = set(recorder.applied_migrations()), set(connection.introspection.table_names())
    with pytest.raises(SystemCheckError, match="past niet bij deze. Er is niets veranderd"):
        call_command("migrate", verbosity=0, skip_checks=False, stdout=io.StringIO(), stderr=io.StringIO())
    assert (set(recorder.applied_migrations()), set(connection.introspection.table_names())) == before
    assert messages() == ["indicators.C001"]


def test_migrations_of_other_packages_do_not_count() -> None:
    MigrationRecorder(connection).record_applied("elders", "0001_initial")
    assert messages() == []
