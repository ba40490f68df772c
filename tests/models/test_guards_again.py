"""The triggers exist after every migration, also after one that drops them. These tests flush the database."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, migrations, models

from indicators.models import Measurement
from indicators.models.guards import drop_triggers, expected_triggers, missing_triggers
from priorities.models import Kadernota
from tests.cast import load_real, make_user, record

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


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
    record(load_real(), "V3", 2019, "4.600", by=make_user("anna", "beleidsmedewerker"))
    emit_pre_migrate_signal(0, False, "default", plan=[(migrations.Migration("0099_altered", "indicators"), False)])
    with connection.schema_editor() as editor:
        alter_a_column(editor)
    assert missing_triggers(connection) == (expected_triggers(connection) if ON_SQLITE else set())
    if not ON_SQLITE:
        drop_triggers(connection)
    assert Measurement.objects.update(number=1, no_value=""), "without them the fault appears"
    emit_post_migrate_signal(0, False, "default")
    assert missing_triggers(connection) == set()
    with pytest.raises(IntegrityError, match="never changed"):
        Measurement.objects.update(number=2)


def test_a_migration_without_anything_to_do_leaves_them_alone():
    emit_pre_migrate_signal(0, False, "default", plan=[])
    assert missing_triggers(connection) == set()


def test_after_migrating_back_and_forth():
    call_command("migrate", "indicators", "0001", verbosity=0)
    assert missing_triggers(connection) == set()
    call_command("migrate", verbosity=0)
    assert missing_triggers(connection) == set()
