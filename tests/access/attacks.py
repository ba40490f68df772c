"""Attempts to change an adopted figure by the ORM, SQL and commands.

Each attack is a function of a `Case` that tries one way; test_immutability.py lists them with the expected outcome.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test import Client

from indicators.actions.loading import load_kadernota
from indicators.actions.versions import discard, start_draft
from indicators.models import (
    Area,
    Break,
    Component,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Measurement,
    Proposal,
    Series,
    Source,
    Target,
    VersionEdit,
    Witness,
)
from priorities.models import Kadernota, Organisation, Priority, Topic, Version
from tests.access.states import CODE, YEAR
from tests.cast import NOW, REAL, component_of, read_fixture, record


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

    @property
    def decision(self) -> Decision:
        """The decision that fixes the figure."""
        return self.edition.decision

    @property
    def component(self) -> Component:
        """The component that the figure belongs to, in the adopted version."""
        return component_of(self.kadernota, CODE)

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


def update_through_the_series(case: Case) -> None:
    case.measurement.series.measurements.update(number=1)


def update_or_create(case: Case) -> None:
    Measurement.objects.update_or_create(pk=case.measurement.pk, defaults={"number": 1})


def update_over_a_join(case: Case) -> None:
    Measurement.objects.filter(entry__edition=case.edition).update(provisional=True)


def replace_another_measurement(case: Case) -> None:
    """Make the figure a revision of another figure."""
    other = Measurement.objects.exclude(pk=case.measurement.pk).first()
    Measurement.objects.filter(pk=case.measurement.pk).update(replaces=other)


def change_hash_of_the_decision(case: Case) -> None:
    Decision.objects.filter(pk=case.decision.pk).update(content_hash="0" * 64)


def change_day_of_the_decision(case: Case) -> None:
    decision = Decision.objects.get(pk=case.decision.pk)
    decision.decided_on = date(2019, 1, 1)
    decision.save()


def change_the_edition(case: Case) -> None:
    Edition.objects.filter(pk=case.edition.pk).update(rejudges=True, proposed_by=case.officer)


def delete_the_decision(case: Case) -> None:
    Decision.objects.filter(pk=case.decision.pk)._raw_delete(using="default")


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


def replace_the_target(case: Case) -> None:
    """Replace the row with the same key by another (SQLite only)."""
    row = target_of(case).get()
    execute(
        "REPLACE INTO indicators_target (id, component_id, year, aim, sign) VALUES (%s, %s, %s, 1, '')",
        row.pk, row.component_id, row.year,
    )  # fmt: skip


def replace_the_decision(case: Case) -> None:
    """Replace a decision by a copy with another reference (SQLite only)."""
    columns = [field.column for field in Decision._meta.concrete_fields]
    chosen = ", ".join("'anders'" if name == "reference" else name for name in columns)
    table = Decision._meta.db_table
    execute(
        f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = %s",
        case.decision.pk,
    )


def update_or_replace(case: Case) -> None:
    """Give another figure the key of this one, which then goes (SQLite only)."""
    other = Measurement.objects.exclude(pk=case.measurement.pk).first()
    execute("UPDATE OR REPLACE indicators_measurement SET id = %s WHERE id = %s", case.measurement.pk, other.pk)


def update_or_replace_the_target(case: Case) -> None:
    """Move the target of another year to this one, which then goes (SQLite only)."""
    other = Target.objects.filter(component=case.component).exclude(year=YEAR).first()
    execute("UPDATE OR REPLACE indicators_target SET year = %s WHERE id = %s", YEAR, other.pk)


def truncate(case: Case) -> None:
    """Empty the decisions, with all that refers to them (PostgreSQL only)."""
    execute("TRUNCATE indicators_decision CASCADE")


def merge_the_target(case: Case) -> None:
    """Update by MERGE (PostgreSQL only)."""
    execute(
        "MERGE INTO indicators_target t USING (SELECT %s AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET aim = 1",
        target_of(case).get().pk,
    )


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
    """Return the attack that deletes an object from which a cascade could reach the figure or its version."""

    def attack(case: Case) -> None:
        indicator = case.component.indicator
        objects = {
            "component": case.component,
            "series": case.measurement.series,
            "area": case.measurement.area,
            "indicator": indicator,
            "priority": indicator.priority,
            "topic": indicator.priority.topic,
            "source": indicator.source,
            "version": case.edition.version,
            "kadernota": case.kadernota,
            "organisation": case.kadernota.organisation,
            "officer": case.officer,
            "adopter": case.adopter,
            "measurement": case.measurement,
            "decision": case.decision,
            "witness": case.decision.witness,
        }
        objects[name].delete()

    return attack


# -- What the version says


def target_of(case: Case) -> QuerySet[Target]:
    """Return the adopted target of the figure's year."""
    return Target.objects.filter(component=case.component, year=YEAR)


def update_the_target(case: Case) -> None:
    target_of(case).update(aim=1)


def update_the_target_by_sql(case: Case) -> None:
    execute("UPDATE indicators_target SET aim = 1 WHERE id = %s", target_of(case).get().pk)


def upsert_the_target(case: Case) -> None:
    target = target_of(case).get()
    target.aim = 1
    Target.objects.bulk_create([target], update_conflicts=True, update_fields=["aim"], unique_fields=["id"])


def upsert_the_target_by_its_year(case: Case) -> None:
    target = Target(component=case.component, year=YEAR, aim=1)
    Target.objects.bulk_create(
        [target], update_conflicts=True, update_fields=["aim"], unique_fields=["component", "year"]
    )


def delete_the_target(case: Case) -> None:
    target_of(case).delete()


def delete_and_insert_the_target(case: Case) -> None:
    target = target_of(case).get()
    execute("DELETE FROM indicators_target WHERE id = %s", target.pk)
    target.aim = 1
    target.save(force_insert=True)


def add_a_target(case: Case) -> None:
    Target.objects.create(component=case.component, year=2030, aim=1)


def add_a_break(case: Case) -> None:
    Break.objects.create(component=case.component, year=YEAR, reason="andere telling")


def change_a_break_into_the_version(case: Case) -> None:
    """Move a row of a draft into the adopted version."""
    draft = draft_of(case)
    component = Component.objects.get(indicator__version=draft, indicator__code=CODE)
    Break.objects.create(component=component, year=YEAR, reason="andere telling")
    Break.objects.filter(component=component).update(component=case.component)


def move_the_target_to_a_draft(case: Case) -> None:
    component = Component.objects.get(indicator__version=draft_of(case), indicator__code=CODE)
    target_of(case).update(component=component, year=2030)


def move_the_component_to_a_draft(case: Case) -> None:
    indicator = Indicator.objects.get(version=draft_of(case), code="V4")
    Component.objects.filter(pk=case.component.pk).update(indicator=indicator, name="erbij", order=9)


def move_the_indicator_to_a_draft(case: Case) -> None:
    draft = draft_of(case)
    priority = Priority.objects.get(version=draft, kind="priority", number=1)
    columns = {"version": draft, "priority": priority, "code": "V99", "order": 99}
    Indicator.objects.filter(pk=case.component.indicator_id).update(**columns)


def draft_of(case: Case) -> Version:
    """Start a draft of the next version."""
    return start_draft(kadernota=case.kadernota, by=case.keeper, now=NOW, reason="Bijstelling.")


def edit_an_offered_draft(case: Case) -> None:
    draft = draft_of(case)
    Version.objects.filter(pk=draft.pk).update(title="Bijgesteld")
    Proposal.objects.filter(version=draft).update(state="offered", content_hash="0" * 64)
    Target.objects.filter(component__indicator__version=draft).update(aim=1)


def forget_an_edit(case: Case) -> None:
    """Remove who edited a draft, to adopt it oneself."""
    draft = draft_of(case)
    VersionEdit.objects.create(version=draft, path="x", label="x", edited_by=case.adopter, edited_at=NOW)
    VersionEdit.objects.filter(version=draft).delete()


def sign_an_edit_by_another(case: Case) -> None:
    draft = draft_of(case)
    VersionEdit.objects.create(version=draft, path="x", label="x", edited_by=case.adopter, edited_at=NOW)
    VersionEdit.objects.filter(version=draft).update(edited_by=case.officer)


def adopt_own_version(case: Case) -> None:
    """Insert the decision on an offered version that the adopter edited."""
    draft = draft_of(case)
    VersionEdit.objects.create(version=draft, path="x", label="x", edited_by=case.adopter, edited_at=NOW)
    Proposal.objects.filter(version=draft).update(state="offered", content_hash="0" * 64)
    insert_decision(case, kind="nota", edition=None, version=draft)


def adopt_a_version_that_nobody_offered(case: Case) -> None:
    insert_decision(case, kind="nota", edition=None, version=draft_of(case))


def insert_decision(case: Case, **columns: Any) -> None:
    """Insert a decision after the last one of the chain, with these columns."""
    last = Decision.objects.of(case.kadernota).latest("sequence")
    values = {field.attname: getattr(last, field.attname) for field in last._meta.concrete_fields}
    witness = Witness.objects.create(kadernota=case.kadernota, content="{}")
    values |= {"id": None, "sequence": last.sequence + 1, "previous": last.chain_hash, "witness_id": witness.pk}
    Decision(**values | {f"{name}_id" if name in ("edition", "version") else name: getattr(value, "pk", value)
                         for name, value in columns.items()}).save(force_insert=True)  # fmt: skip


def new_edition(case: Case, **columns: Any) -> Edition:
    """Insert an edition of the year without entries."""
    number = Edition.objects.filter(kadernota=case.kadernota, year=YEAR).count() + 1
    facts = {"kadernota": case.kadernota, "year": YEAR, "number": number, "version": case.edition.version}
    return Edition.objects.create(**facts | columns)


def decide_on_nothing(case: Case) -> None:
    insert_decision(case, edition=new_edition(case))


def decide_on_own_figure(case: Case) -> None:
    draft, edition = record_other_draft(case), new_edition(case)
    EditionEntry.objects.create(edition=edition, measurement=draft)
    insert_decision(case, edition=edition, adopted_by_id=case.officer.pk)


def decide_twice(case: Case) -> None:
    insert_decision(case)


def decide_out_of_turn(case: Case) -> None:
    draft, edition = record_other_draft(case), new_edition(case)
    EditionEntry.objects.create(edition=edition, measurement=draft)
    insert_decision(case, edition=edition, sequence=99)


def decide_on_another_link(case: Case) -> None:
    draft, edition = record_other_draft(case), new_edition(case)
    EditionEntry.objects.create(edition=edition, measurement=draft)
    insert_decision(case, edition=edition, previous="0" * 64)


def judge_under_a_draft(case: Case) -> None:
    new_edition(case, version=draft_of(case))


def rejudge_on_own_proposal(case: Case) -> None:
    insert_decision(case, edition=new_edition(case, rejudges=True, proposed_by=case.adopter))


def change_the_witness(case: Case) -> None:
    Witness.objects.filter(pk=case.decision.witness_id).update(content="{}")


def change_a_proposal(case: Case) -> None:
    Proposal.objects.filter(pk=adopted_proposal(case).pk).update(proposed_by=case.officer)


def adopted_proposal(case: Case) -> Proposal:
    """Return a proposal that is done with."""
    version = draft_of(case)
    discard(version=version, by=case.keeper, now=NOW)
    return Proposal.objects.get(kadernota=case.kadernota)


def rename(model: str, **columns: Any) -> Attack:
    """Return the attack that changes an identity that decisions stand on."""

    def attack(case: Case) -> None:
        rows = {
            "series": Series.objects.filter(pk=case.measurement.series_id),
            "topic": Topic.objects.filter(pk=case.component.indicator.priority.topic_id),
            "source": Source.objects.filter(pk=case.component.indicator.source_id),
            "area": Area.objects.filter(pk=case.measurement.area_id),
            "kadernota": Kadernota.objects.filter(pk=case.kadernota.pk),
            "organisation": Organisation.objects.filter(pk=case.kadernota.organisation_id),
            "version": Version.objects.filter(pk=case.edition.version_id),
            "priority": Priority.objects.filter(pk=case.component.indicator.priority_id),
            "indicator": Indicator.objects.filter(pk=case.component.indicator_id),
            "component": Component.objects.filter(pk=case.component.pk),
        }
        rows[model].update(**columns)

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
