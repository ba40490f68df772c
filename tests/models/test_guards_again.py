"""The triggers exist after every migration, also after one that drops them. These tests flush the database."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, migrations, models

from indicators.models import Measurement
from indicators.models.guards import (
    APPEND_ONLY,
    IDENTITIES,
    UNDER_VERSION,
    drop_triggers,
    existing_triggers,
    missing_triggers,
)
from priorities.models import Kadernota
from tests.cast import load_real, make_user, record

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


def all_triggers() -> set[tuple[str, str]]:
    """Return the triggers of a complete database, by name and table: every guarded table has some."""
    triggers = set(existing_triggers(connection))
    assert {table for _, table in triggers} >= {*APPEND_ONLY, *UNDER_VERSION, *IDENTITIES}
    return triggers


def alter_a_column(editor):
    """Alter a column and back as a migration does; SQLite rebuilds the table for each."""
    old = Measurement._meta.get_field("source_note")
    wider = models.CharField("herkomst", max_length=301, blank=True)
    wider.set_attributes_from_name("source_note")
    if ON_SQLITE:
        editor._remake_table(Measurement)
        editor._remake_table(Kadernota)
    else:
        editor.alter_field(Measurement, old, wider)
        editor.alter_field(Measurement, wider, old)


def test_after_a_migration_that_rebuilds_a_table():
    complete = all_triggers()
    record(load_real(), "V3", 2019, "4.600", by=make_user("anna", "beleidsmedewerker"))
    emit_pre_migrate_signal(0, False, "default", plan=[(migrations.Migration("0099_altered", "indicators"), False)])
    with connection.schema_editor() as editor:
        alter_a_column(editor)
    assert set(existing_triggers(connection)) == (set() if ON_SQLITE else complete)
    if not ON_SQLITE:
        drop_triggers(connection)
    assert Measurement.objects.update(number=1, no_value=""), "without them the fault appears"
    emit_post_migrate_signal(0, False, "default")
    assert set(existing_triggers(connection)) == complete
    with pytest.raises(IntegrityError, match="never changed"):
        Measurement.objects.update(number=2)


def test_a_migration_without_anything_to_do_leaves_them_alone():
    complete = all_triggers()
    emit_pre_migrate_signal(0, False, "default", plan=[])
    assert set(existing_triggers(connection)) == complete


def test_after_migrating_back_and_forth():
    complete = all_triggers()
    call_command("migrate", "indicators", "0001", verbosity=0)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    assert set(existing_triggers(connection)) == {(name, table) for name, table in complete if table in tables}
    call_command("migrate", verbosity=0)
    assert set(existing_triggers(connection)) == complete


@pytest.mark.parametrize("change", ["dropped", "disabled", "rewritten"])
def test_a_guard_that_is_missing_disabled_or_changed_is_noticed(change):
    assert missing_triggers(connection) == []
    name, table = "guard_indicators_decision_insert", "indicators_decision"
    body = "BEGIN SELECT 1; END"
    if change == "disabled" and ON_SQLITE:
        pytest.skip("SQLite cannot disable a trigger")
    with connection.cursor() as cursor:
        if change == "disabled":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        elif change == "rewritten" and not ON_SQLITE:
            body = "BEGIN RETURN NEW; END"
            cursor.execute(f"CREATE OR REPLACE FUNCTION {name}_check() RETURNS trigger AS $${body}$$ LANGUAGE plpgsql")
        else:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if ON_SQLITE else f" ON {table}"))
        if change == "rewritten" and ON_SQLITE:
            cursor.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {body}")
    assert missing_triggers(connection) == [name]
    emit_post_migrate_signal(0, False, "default")
    assert missing_triggers(connection) == []
