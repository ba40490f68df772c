"""The database refuses to change recorded and adopted rows; without the triggers it does not."""

import contextlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError

from indicators.models import (
    Area,
    AuditEvent,
    Edition,
    EditionEntry,
    EditionLine,
    LineSentBack,
    Measurement,
    ProgrammeLine,
    SentBack,
    Target,
)
from indicators.models.cache_triggers import EVENTS
from indicators.models.guards import (
    APPEND_ONLY,
    INVALID_CHANGES,
    INVALID_INSERTS,
    create_triggers,
    existing_triggers,
)
from reports.models import SealedDocument
from tests.cast import NOW, adopt_year, component_of, record, record_activity, revision_of
from tests.models.valid_rows import ValidRows, assert_refused, new_edition, other_kadernota, without_triggers

ON_SQLITE = connection.vendor == "sqlite"
TABLES = {
    model._meta.db_table: model
    for model in (Measurement, Target, Edition, EditionEntry, SentBack, AuditEvent, ProgrammeLine, EditionLine,
                  LineSentBack, SealedDocument)
}  # fmt: skip
# A column of each append-only table that an attacker would change.
WISHES = {
    Measurement: {"number": 1},
    Target: {"aim": 1},
    Edition: {"decision": "iets anders"},
    EditionEntry: {"edition_id": 0},
    SentBack: {"reason": "anders"},
    AuditEvent: {"actor_name": "een ander"},
    ProgrammeLine: {"result": "anders"},
    EditionLine: {"edition_id": 0},
    LineSentBack: {"reason": "anders"},
    SealedDocument: {"content": b"%PDX"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(real, officer, adopter):
    """Return a kadernota with a row in every append-only table."""
    record(real, "V3", 2019, "4.600", explanation="veel wegwerk", by=officer)
    record_activity(real, "Wijkschouw", 2019, by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2020, "4.500", by=officer)
    SentBack.objects.create(measurement=revision_of(real, "V3", 2020), reason="welk?", sent_by=adopter, sent_at=NOW)
    draft = record_activity(real, "Campagne", 2020, by=officer)
    LineSentBack.objects.create(line=draft, reason="welke?", sent_by=adopter, sent_at=NOW)
    AuditEvent.objects.create(at=NOW, actor=officer, action="record")
    ValidRows(real, officer).row(SealedDocument, edition=Edition.objects.last()).save()
    return real


@pytest.fixture(params=TABLES, ids=str)
def row(request, filled):
    """Return a row of each append-only table in turn."""
    WISHES[EditionEntry] = WISHES[EditionLine] = {"edition_id": Edition.objects.first().pk}
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
    with pytest.raises(IntegrityError, match="never changed|does not belong"), transaction.atomic():
        attack(row)
    assert type(row).objects.values().get(pk=row.pk) == before


@pytest.mark.parametrize("attack", [update_by_queryset, update_by_upsert], ids=lambda attack: attack.__name__)
def test_negative_control_without_triggers_a_change_is_made(row, attack):
    without_triggers()
    attack(row)
    assert type(row).objects.filter(pk=row.pk, **WISHES[type(row)]).exists()


@pytest.mark.parametrize(
    "model", [Target, EditionEntry, SentBack, AuditEvent, EditionLine, LineSentBack, SealedDocument]
)
def test_negative_control_without_triggers_a_row_is_deleted(filled, model):
    row = model.objects.order_by("-pk").first()
    without_triggers()
    delete_past_the_orm(row)
    assert not model.objects.filter(pk=row.pk).exists()


def test_deleting_through_the_orm(filled):
    with pytest.raises(ProtectedError):
        revision_of(filled, "V3", 2020).component.delete()
    for model in (AuditEvent, EditionEntry, SentBack, EditionLine, LineSentBack, SealedDocument):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.first().delete()
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.all().delete()


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize("by", ["id", "unique index"])
def test_insert_or_replace(filled, verb, by):
    """SQLite deletes the existing row; delete triggers fire only with `recursive_triggers`."""
    row = revision_of(filled, "V3", 2020)
    columns = [field.column for field in Measurement._meta.concrete_fields if by == "id" or field.column != "id"]
    chosen = ", ".join("1 AS number" if name == "number" else name for name in columns)
    table = Measurement._meta.db_table
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = {row.pk}")
    row.refresh_from_db()
    assert row.value.number == 4500


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("guarded", [True, False])
def test_insert_or_replace_by_a_program_that_knows_no_recursive_triggers(filled, guarded):
    """The replace trigger refuses it; without that trigger it succeeds (negative control)."""
    row, table = revision_of(filled, "V3", 2019), Measurement._meta.db_table
    columns = [field.column for field in Measurement._meta.concrete_fields]
    chosen = ", ".join("1" if name == "number" else name for name in columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        if not guarded:
            cursor.execute(f"DROP TRIGGER locked_{table}_replace")
        with contextlib.suppress(IntegrityError), transaction.atomic():
            same = f"SELECT {chosen} FROM {table} WHERE id = {row.pk}"
            cursor.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) {same}")
        cursor.execute("PRAGMA recursive_triggers = ON")
    row.refresh_from_db()
    assert row.value.number == (4600 if guarded else 1)


@pytest.mark.skipif(ON_SQLITE, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", [*APPEND_ONLY, "indicators_component", "priorities_kadernota"])
def test_truncate(filled, table):
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def wrong_chains(kadernota, user):
    first = revision_of(kadernota, "V3", 2020)
    values = {"component": first.component, "area": first.area, "year": 2020, "number": 1, "replaces": first}
    values |= {"recorded_by": user, "recorded_at": NOW}
    other_area = Area.objects.create(kadernota=kadernota, code="noord", name="Noord")
    return [
        values | {"component": component_of(kadernota, "V6")},
        values | {"year": 2021},
        values | {"area": other_area},
        values | {"pk": 999_999_999, "replaces_id": 999_999_999, "replaces": None},
    ]


@pytest.mark.parametrize("number", range(4), ids=["component", "year", "area", "itself"])
def test_a_revision_replaces_one_of_the_same_figure(filled, officer, number):
    facts = wrong_chains(filled, officer)[number]
    if "pk" in facts:
        facts.pop("replaces")
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        Measurement.objects.bulk_create([Measurement(**facts)])
    if "pk" not in facts:
        without_triggers()
        assert Measurement.objects.bulk_create([Measurement(**facts)])


def test_a_target_replaces_one_of_the_same_component_and_year(filled):
    first = Target.objects.of(filled).get(component__indicator__code="V3", year=2020)
    facts = {"area": first.area, "aim": 1, "replaces": first, "decision": "R-1", "reason": "x", "recorded_at": NOW}
    facts |= {"decided_on": date(2020, 6, 1), "component": first.component}
    for wrong in ({"year": 2021}, {"year": 2020, "component": component_of(filled, "V6")}):
        with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
            Target.objects.create(**facts | wrong)
    Target.objects.create(**facts, year=2020)


@pytest.mark.parametrize("model", [Measurement, Target])
def test_a_figure_is_of_an_area_of_its_own_kadernota(filled, officer, model):
    """Else figures of another municipality would count as ours."""
    area = Area.objects.create(kadernota=other_kadernota(), code="gemeente", name="Elders", is_whole=True)
    facts = {"component": component_of(filled, "V3"), "area": area, "year": 2021, "recorded_at": NOW}
    facts |= {"aim": 5} if model is Target else {"number": 5, "recorded_by": officer}
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        model.objects.create(**facts)
    without_triggers()
    assert model.objects.create(**facts)


def test_an_entry_is_of_the_editions_own_year(filled, adopter):
    draft = revision_of(filled, "V3", 2020)
    assert_refused(EditionEntry(edition=new_edition(filled, 2021, adopter), measurement=draft))
    EditionEntry.objects.create(edition=new_edition(filled, 2020, adopter), measurement=draft)


def test_an_entry_is_of_the_editions_own_kadernota(filled, adopter):
    assert_refused(
        EditionEntry(edition=new_edition(other_kadernota(), 2020, adopter), measurement=revision_of(filled, "V3", 2020))
    )


def test_nothing_is_added_to_an_older_edition(filled, officer, adopter):
    older = new_edition(filled, 2020, adopter)
    new_edition(filled, 2021, adopter)
    draft = revision_of(filled, "V3", 2020)
    assert_refused(EditionEntry(edition=older, measurement=draft))
    without_triggers()
    EditionEntry.objects.create(edition=older, measurement=draft)


def test_all_triggers_stand_and_a_missing_one_is_noticed(real):
    complete = set(existing_triggers(connection))
    locked = {name for name, _ in complete if name.startswith("locked_")}
    # Update and delete, and REPLACE on SQLite or TRUNCATE on PostgreSQL.
    assert len(locked) == 3 * len(APPEND_ONLY) + len(INVALID_INSERTS) + len(INVALID_CHANGES)
    assert {(f"stamped_{table}_{event}", table) for table, events in EVENTS.items() for event in events} <= complete
    without_triggers()
    assert not existing_triggers(connection)
    create_triggers(connection)
    assert set(existing_triggers(connection)) == complete


def test_every_model_that_is_only_added_to_is_locked():
    assert set(APPEND_ONLY) == set(TABLES) == {model._meta.db_table for model in WISHES}
