"""The database refuses to change recorded and adopted rows; without the triggers it does not."""

import contextlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError

from indicators.models import (
    Area,
    AuditEvent,
    Correction,
    Decision,
    Edition,
    EditionEntry,
    Manifest,
    Measurement,
    ProgrammeLine,
    SealedDocument,
    SentBack,
    Series,
    Witness,
)
from indicators.models.guards import APPEND_ONLY, create_triggers, existing_triggers
from tests.actions.versions import NOW
from tests.models.valid_rows import FREE_YEAR, ValidRows, assert_refused, without_triggers

ON_SQLITE = connection.vendor == "sqlite"
# A column of each append-only table that an attacker would change.
WISHES = {
    Measurement: {"number": 1},
    ProgrammeLine: {"result": "anders"},
    SentBack: {"reason": "anders"},
    Edition: {"year": 2025},
    EditionEntry: {"edition_id": 0},
    Correction: {"remark": "anders"},
    Witness: {"content": "anders"},
    Decision: {"reference": "iets anders"},
    SealedDocument: {"content": b"%PDX"},
    Manifest: {"content": "anders"},
    AuditEvent: {"actor_name": "een ander"},
}
TABLES = {model._meta.db_table: model for model in WISHES}

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    """Return valid rows, with one stored in every append-only table."""
    rows = ValidRows()
    rows.saved(Decision)
    for model in (ProgrammeLine, Correction, SealedDocument, Manifest, AuditEvent):
        rows.saved(model)
    back = rows.saved(Measurement, year=FREE_YEAR + 1)
    SentBack.objects.create(measurement=back, reason="welk?", sent_by=rows.adopter, sent_at=NOW)
    return rows


@pytest.fixture(params=TABLES, ids=str)
def row(request, rows):
    """Return a row of each append-only table in turn."""
    WISHES[EditionEntry] = {"edition_id": Edition.objects.first().pk}
    return TABLES[request.param].objects.order_by("-pk").first()


def update_by_save(row):
    for name, value in WISHES[type(row)].items():
        setattr(row, name, value)
    row.save()


def update_in_bulk(row):
    for name, value in WISHES[type(row)].items():
        setattr(row, name, value)
    type(row).objects.bulk_update([row], list(WISHES[type(row)]))


def update_by_queryset(row):
    type(row).objects.filter(pk=row.pk).update(**WISHES[type(row)])


def update_without_change(row):
    type(row).objects.filter(pk=row.pk).update(id=F("id"))


def update_by_sql(row):
    name, value = next(iter(WISHES[type(row)].items()))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", [value, row.pk])


def update_by_upsert(row):
    for name, value in WISHES[type(row)].items():
        setattr(row, name, value)
    fields = [name.removesuffix("_id") for name in WISHES[type(row)]]
    type(row).objects.bulk_create([row], update_conflicts=True, update_fields=fields, unique_fields=["id"])


def delete_all_by_sql(row):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table}")


def delete_past_the_orm(row):
    type(row).objects.filter(pk=row.pk)._raw_delete(using="default")


UPDATES = [update_by_save, update_in_bulk, update_by_queryset, update_without_change, update_by_sql, update_by_upsert]
DELETES = [delete_all_by_sql, delete_past_the_orm]


@pytest.mark.parametrize("attack", UPDATES + DELETES, ids=lambda attack: attack.__name__)
def test_no_change(row, attack):
    before = type(row).objects.values().get(pk=row.pk)
    with pytest.raises(IntegrityError, match="never changed|does not belong|such a row is there"), transaction.atomic():
        attack(row)
    assert type(row).objects.values().get(pk=row.pk) == before


@pytest.mark.parametrize("attack", [update_by_queryset, update_by_upsert], ids=lambda attack: attack.__name__)
def test_negative_control_without_triggers_a_change_is_made(row, attack):
    if isinstance(row, EditionEntry):
        WISHES[EditionEntry] = {"edition_id": Edition.objects.first().pk}
    without_triggers()
    attack(row)
    assert type(row).objects.filter(pk=row.pk, **WISHES[type(row)]).exists()


@pytest.mark.parametrize("model", [EditionEntry, SentBack, AuditEvent, SealedDocument, Manifest])
def test_negative_control_without_triggers_a_row_is_deleted(rows, model):
    row = model.objects.order_by("-pk").first()
    without_triggers()
    delete_past_the_orm(row)
    assert not model.objects.filter(pk=row.pk).exists()


def test_deleting_through_the_orm(rows):
    with pytest.raises(ProtectedError):
        rows.series.delete()
    for model in (AuditEvent, EditionEntry, SentBack, SealedDocument, Manifest):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.first().delete()
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.all().delete()


def copy_with_another_number(verb, row, *, by="id"):
    """Return SQL that writes a copy of a figure with the number 1."""
    columns = [field.column for field in Measurement._meta.concrete_fields if by == "id" or field.column != "id"]
    chosen = ", ".join("1 AS number" if name == "number" else name for name in columns)
    table = Measurement._meta.db_table
    return f"{verb} INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = {row.pk}"


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize("by", ["id", "unique index"])
def test_insert_or_replace(rows, verb, by):
    """SQLite deletes the existing row; delete triggers fire only with `recursive_triggers`."""
    row = Measurement.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy_with_another_number(verb, row, by=by))
    assert Measurement.objects.get(pk=row.pk).number == row.number


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("guarded", [True, False])
def test_insert_or_replace_by_a_program_that_knows_no_recursive_triggers(rows, guarded):
    """The replace trigger refuses it; without that trigger it succeeds (negative control)."""
    row = rows.saved(Measurement, year=FREE_YEAR + 2)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        if not guarded:
            cursor.execute("DROP TRIGGER guard_indicators_measurement_replace")
        with contextlib.suppress(IntegrityError), transaction.atomic():
            cursor.execute(copy_with_another_number("INSERT OR REPLACE", row))
        cursor.execute("PRAGMA recursive_triggers = ON")
    row.refresh_from_db()
    assert row.number == (5 if guarded else 1)


def wrong_chains(rows):
    first = rows.saved(Measurement, year=FREE_YEAR + 2)
    values = {"replaces": first, "year": first.year}
    return [
        values | {"series": rows.new_series()},
        values | {"year": FREE_YEAR + 1},
        values | {"area": rows.saved(Area)},
        values | {"pk": 999_999_999, "replaces_id": 999_999_999},
    ]


@pytest.mark.parametrize("number", range(4), ids=["series", "year", "area", "itself"])
def test_a_revision_replaces_one_of_the_same_figure(rows, number):
    facts = wrong_chains(rows)[number]
    if "pk" in facts:
        facts.pop("replaces")
    assert_refused(rows.row(Measurement, **facts))
    if "pk" not in facts:
        without_triggers()
        assert Measurement.objects.bulk_create([rows.row(Measurement, **facts)])


@pytest.mark.parametrize("name", ["area", "series"])
def test_a_figure_is_of_an_area_and_a_series_of_its_own_kadernota(rows, name):
    """Else figures of another municipality would count as ours."""
    model = {"area": Area, "series": Series}[name]
    facts = {name: model.objects.filter(kadernota=rows.elsewhere).first(), "year": FREE_YEAR + 2}
    assert_refused(rows.row(Measurement, **facts))
    without_triggers()
    assert rows.saved(Measurement, **facts)


def test_an_entry_is_of_the_editions_own_year_and_kadernota(rows):
    draft = rows.saved(Measurement, year=FREE_YEAR + 2)
    elsewhere = {"kadernota": rows.elsewhere, "version": rows.elsewhere.version, "number": 1}
    for facts in ({"year": 2023, "number": 1}, elsewhere | {"year": draft.year}):
        assert_refused(EditionEntry(edition=rows.saved(Edition, **facts), measurement=draft))
    EditionEntry.objects.create(edition=rows.saved(Edition, year=draft.year, number=1), measurement=draft)


def test_an_entry_is_the_newest_revision_and_was_not_sent_or_taken_back(rows):
    first = rows.saved(Measurement, year=FREE_YEAR + 2)
    edition = rows.saved(Edition, year=first.year, number=1)
    second = rows.saved(Measurement, year=first.year, replaces=first)
    assert_refused(EditionEntry(edition=edition, measurement=first))
    SentBack.objects.create(measurement=second, reason="welk?", sent_by=rows.adopter, sent_at=NOW)
    assert_refused(EditionEntry(edition=edition, measurement=second))
    third = rows.saved(Measurement, year=first.year, replaces=second, retracted=True)
    assert_refused(EditionEntry(edition=edition, measurement=third))


def test_all_triggers_stand_and_come_back(rows):
    complete = set(existing_triggers(connection))
    assert {table for _, table in complete} >= set(APPEND_ONLY)
    without_triggers()
    assert not existing_triggers(connection)
    create_triggers(connection)
    assert set(existing_triggers(connection)) == complete


def test_every_model_that_is_only_added_to_is_locked():
    assert set(APPEND_ONLY) == set(TABLES)
