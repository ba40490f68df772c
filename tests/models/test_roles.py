"""The roles of PostgreSQL: the application role cannot change what was decided, and can do its work."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from indicators.models import Decision, Measurement
from priorities.models import Kadernota
from tests.cast import NOW, adopt_year, record

OWNER, APPLICATION = "test_owner_of_roles", "test_application_of_roles"
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")


@pytest.fixture
def roles(practice: Kadernota) -> Iterator[None]:
    """Make the roles in the transaction of the test, and act as the application."""
    call_command("database_roles", owner=OWNER, application=APPLICATION, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_sqlite_has_no_roles(db: None) -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="alleen in PostgreSQL"):
            call_command("database_roles")


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE indicators_measurement SET number = 1",
        "DELETE FROM indicators_decision",
        "UPDATE indicators_decision SET reference = 'x'",
        "UPDATE indicators_witness SET content = 'x'",
        "DELETE FROM indicators_auditevent",
        "TRUNCATE indicators_sealeddocument",
        "ALTER TABLE indicators_decision DISABLE TRIGGER ALL",
        "DROP TRIGGER guard_indicators_decision_update ON indicators_decision",
        "CREATE OR REPLACE FUNCTION guard_indicators_decision_update_check() RETURNS trigger AS "
        "$$BEGIN RETURN NEW; END$$ LANGUAGE plpgsql",
        "DROP TABLE indicators_witness CASCADE",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ],
)
def test_the_application_may_not(roles: None, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@on_postgresql
def test_the_application_records_and_adopts(roles: None, practice: Kadernota, officer, adopter) -> None:
    """The guards lock rows that the application may not update: they run with the rights of the owner."""
    record(practice, "V3", 2021, "4.444", explanation="nageteld", by=officer)
    adopt_year(practice, 2021, by=adopter)
    assert Measurement.objects.of(practice).adopted().filter(number=4444).exists()
    assert Decision.objects.of(practice).last().decided_on > date(2021, 1, 1)
    assert Decision.objects.of(practice).last().recorded_at == NOW


@on_postgresql
def test_a_second_run_changes_nothing(practice: Kadernota) -> None:
    for _ in range(2):
        call_command("database_roles", owner=OWNER, application=APPLICATION, verbosity=0)
