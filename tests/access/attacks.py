"""Ways round the immutability of adopted figures, by the ORM, SQL and commands. Each takes the case and tries."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from indicators.actions.loading import load_kadernota
from indicators.models import Edition, EditionEntry, Measurement
from priorities.models import Kadernota
from tests.access.states import CODE, YEAR
from tests.cast import NOW, REAL, read_fixture, record


@dataclass
class Case:
    """An adopted figure with its edition, and everybody who could want to change it."""

    kadernota: Kadernota
    row: Measurement
    edition: Edition
    officer: User
    adopter: User
    keeper: User
    superuser: User
    folder: Path

    def client(self, user: User) -> Client:
        """The browser of this person."""
        client = Client()
        client.force_login(user)
        return client


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- Past the ORM's manners


def save_one_field(case: Case) -> None:
    case.row.explanation = "anders"
    case.row.save(update_fields=["explanation"])


def update_through_the_component(case: Case) -> None:
    case.row.component.measurements.update(number=1)


def update_or_create(case: Case) -> None:
    Measurement.objects.update_or_create(pk=case.row.pk, defaults={"number": 1})


def update_over_a_join(case: Case) -> None:
    Measurement.objects.filter(entry__edition=case.edition).update(provisional=True)


def unreplace(case: Case) -> None:
    """Make the figure the successor of another, so that it is no longer the first."""
    other = Measurement.objects.exclude(pk=case.row.pk).first()
    Measurement.objects.filter(pk=case.row.pk).update(replaces=other)


def hash_of_the_edition(case: Case) -> None:
    Edition.objects.filter(pk=case.edition.pk).update(content_hash="0" * 64)


def another_day(case: Case) -> None:
    case.edition.adopted_on = case.edition.adopted_on.replace(year=2020)
    case.edition.save()


def swap_the_entry(case: Case) -> None:
    draft = record_another(case)
    EditionEntry.objects.filter(measurement=case.row).update(measurement=draft)


def delete_the_edition(case: Case) -> None:
    case.edition.delete()


def delete_entries_then_the_edition(case: Case) -> None:
    EditionEntry.objects.filter(edition=case.edition)._raw_delete(using="default")


def record_another(case: Case) -> Measurement:
    record(case.kadernota, "V4", YEAR, "99", explanation="x", by=case.officer)
    return Measurement.objects.latest("pk")


def copy_of(row: Measurement, **changes: Any) -> Measurement:
    """The same figure as a new row."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | changes
    return Measurement(**values | {"id": None})


def a_second_first_revision(case: Case) -> None:
    copy_of(case.row, number=1).save()


def a_fork_of_the_chain(case: Case) -> None:
    copy_of(case.row, number=1, replaces_id=case.row.pk).save()
    copy_of(case.row, number=2, replaces_id=case.row.pk).save()


def create_ignoring_conflicts(case: Case) -> None:
    case.row.number = 1
    Measurement.objects.bulk_create([case.row], ignore_conflicts=True)


def catch_the_refusal_and_go_on(case: Case) -> None:
    for _ in range(3):
        try:
            with transaction.atomic():
                Measurement.objects.update(number=1)
        except IntegrityError:
            continue


def with_constraints_off(case: Case) -> None:
    with connection.constraint_checks_disabled():
        sql("DELETE FROM indicators_measurement WHERE id = %s", case.row.pk)


def update_in_a_cte(case: Case) -> None:
    sql("WITH one AS (SELECT 1 AS n) UPDATE indicators_measurement SET number = (SELECT n FROM one)")


def update_or_ignore(case: Case) -> None:
    """SQLite only: skip the rows that are refused."""
    sql("UPDATE OR IGNORE indicators_measurement SET number = 1")


def update_through_a_view(case: Case) -> None:
    """PostgreSQL only: a view that can be written."""
    sql("CREATE VIEW figures AS SELECT * FROM indicators_measurement")
    sql("UPDATE figures SET number = 1")


def delete_what_it_hangs_on(table: str):
    """Plain SQL on a table without a trigger; its foreign keys are checked at the end of the transaction."""

    def attack(case: Case) -> None:
        sql(f"DELETE FROM {table}")

    return attack


def delete_through_the_orm(which: str):
    """What a cascade could take along."""

    def attack(case: Case) -> None:
        indicator = case.row.component.indicator
        parts = {
            "component": case.row.component,
            "area": case.row.area,
            "indicator": indicator,
            "priority": indicator.priority,
            "source": indicator.source,
            "kadernota": case.kadernota,
            "officer": case.officer,
            "adopter": case.adopter,
            "measurement": case.row,
        }
        parts[which].delete()

    return attack


# -- By a command


def loaddata(case: Case) -> None:
    data = json.loads(serializers.serialize("json", [case.row]))
    data[0]["fields"]["number"] = "1"
    path = case.folder / "changed.json"
    path.write_text(json.dumps(data))
    call_command("loaddata", path, verbosity=0)


def flush(case: Case) -> None:
    call_command("flush", interactive=False, verbosity=0)


def load_the_nota_again(case: Case) -> None:
    data = read_fixture("kadernota_2018_2022")
    for edition in data["taken_over"]:
        for figure in edition["figures"]:
            figure["value"] = "1"
    load_kadernota(data=data, now=NOW)


def import_without_a_reason(case: Case) -> None:
    path = case.folder / "cijfers.csv"
    path.write_text(f"indicator;onderdeel;jaar;meting;toelichting\n{CODE};;{YEAR};4.000;\n")
    call_command("import_measurements", path, "--kadernota", REAL, "--by", case.officer.username, "--confirm")
