"""Attempts to change an adopted figure by the ORM, SQL and commands.

Each attack is a function of a `Case` that tries one way; test_immutability.py lists them with the expected outcome.
"""

import json
from collections.abc import Callable
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


@dataclass(kw_only=True)
class Case:
    """An adopted figure with its edition, the users who could try to change it, and a folder for files."""

    kadernota: Kadernota
    measurement: Measurement
    edition: Edition
    officer: User
    adopter: User
    keeper: User
    superuser: User
    folder: Path

    def client(self, user: User) -> Client:
        """Return a test client logged in as this user."""
        client = Client()
        client.force_login(user)
        return client


Attack = Callable[[Case], None]


def execute(statement: str, *values: Any) -> None:
    """Run an SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- By the ORM and SQL


def save_one_field(case: Case) -> None:
    case.measurement.explanation = "anders"
    case.measurement.save(update_fields=["explanation"])


def update_through_the_component(case: Case) -> None:
    case.measurement.component.measurements.update(number=1)


def update_or_create(case: Case) -> None:
    Measurement.objects.update_or_create(pk=case.measurement.pk, defaults={"number": 1})


def update_over_a_join(case: Case) -> None:
    Measurement.objects.filter(entry__edition=case.edition).update(provisional=True)


def replace_another_measurement(case: Case) -> None:
    """Make the figure a revision of another figure."""
    other = Measurement.objects.exclude(pk=case.measurement.pk).first()
    Measurement.objects.filter(pk=case.measurement.pk).update(replaces=other)


def change_hash_of_the_edition(case: Case) -> None:
    Edition.objects.filter(pk=case.edition.pk).update(content_hash="0" * 64)


def change_day_of_the_edition(case: Case) -> None:
    case.edition.adopted_on = case.edition.adopted_on.replace(year=2020)
    case.edition.save()


def swap_the_entry(case: Case) -> None:
    draft = record_other_draft(case)
    EditionEntry.objects.filter(measurement=case.measurement).update(measurement=draft)


def delete_the_edition(case: Case) -> None:
    case.edition.delete()


def delete_the_entries(case: Case) -> None:
    execute("DELETE FROM indicators_editionentry WHERE edition_id = %s", case.edition.pk)


def record_other_draft(case: Case) -> Measurement:
    """Record a draft of V4, another figure of the same year."""
    record(case.kadernota, "V4", YEAR, "99", explanation="x", by=case.officer)
    return Measurement.objects.latest("pk")


def copy_of(measurement: Measurement, **changes: Any) -> Measurement:
    """Return a copy as a new row, not saved."""
    values = {field.attname: getattr(measurement, field.attname) for field in measurement._meta.concrete_fields}
    return Measurement(**values | changes | {"id": None})


def add_a_second_first_revision(case: Case) -> None:
    copy_of(case.measurement, number=1).save()


def fork_the_chain(case: Case) -> None:
    copy_of(case.measurement, number=1, replaces_id=case.measurement.pk).save()
    copy_of(case.measurement, number=2, replaces_id=case.measurement.pk).save()


def create_ignoring_conflicts(case: Case) -> None:
    case.measurement.number = 1
    Measurement.objects.bulk_create([case.measurement], ignore_conflicts=True)


def catch_the_refusal_and_go_on(case: Case) -> None:
    for _ in range(3):
        try:
            with transaction.atomic():
                Measurement.objects.update(number=1)
        except IntegrityError:
            continue


def with_constraints_off(case: Case) -> None:
    with connection.constraint_checks_disabled():
        execute("DELETE FROM indicators_measurement WHERE id = %s", case.measurement.pk)


def update_in_a_cte(case: Case) -> None:
    execute("WITH cte AS (SELECT 1 AS n) UPDATE indicators_measurement SET number = (SELECT n FROM cte)")


def update_or_ignore(case: Case) -> None:
    """Update the rows that are not refused (SQLite only)."""
    execute("UPDATE OR IGNORE indicators_measurement SET number = 1")


def update_through_a_view(case: Case) -> None:
    """Update through an updatable view (PostgreSQL only)."""
    execute("CREATE VIEW figures AS SELECT * FROM indicators_measurement")
    execute("UPDATE figures SET number = 1")


def delete_all_rows_of(table: str) -> Attack:
    """Return the attack that empties a table that has no trigger, but whose rows the figure refers to."""

    def attack(case: Case) -> None:
        execute(f"DELETE FROM {table}")

    return attack


def delete_by_orm(name: str) -> Attack:
    """Return the attack that deletes an object from which a cascade could reach the figure."""

    def attack(case: Case) -> None:
        indicator = case.measurement.component.indicator
        objects = {
            "component": case.measurement.component,
            "area": case.measurement.area,
            "indicator": indicator,
            "priority": indicator.priority,
            "source": indicator.source,
            "kadernota": case.kadernota,
            "officer": case.officer,
            "adopter": case.adopter,
            "measurement": case.measurement,
        }
        objects[name].delete()

    return attack


# -- By a command


def loaddata(case: Case) -> None:
    data = json.loads(serializers.serialize("json", [case.measurement]))
    data[0]["fields"]["number"] = "1"
    path = case.folder / "changed.json"
    path.write_text(json.dumps(data))
    call_command("loaddata", path, verbosity=0)


def flush(case: Case) -> None:
    call_command("flush", interactive=False, verbosity=0)


def load_the_nota_again(case: Case) -> None:
    """Load the kadernota again from a file in which every figure is 1."""
    data = read_fixture("kadernota_2018_2022")
    for edition in data["taken_over"]:
        for figure in edition["figures"]:
            figure["value"] = "1"
    load_kadernota(data=data, now=NOW)


def import_without_a_reason(case: Case) -> None:
    path = case.folder / "cijfers.csv"
    path.write_text(f"indicator;onderdeel;jaar;meting;toelichting\n{CODE};;{YEAR};4.000;\n")
    call_command("import_measurements", path, "--kadernota", REAL, "--by", case.officer.username, "--confirm")
