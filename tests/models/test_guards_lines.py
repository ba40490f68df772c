"""The database keeps lines of the programme, and the parts of the nota, in their right place; also past the actions."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import Edition, EditionLine, Indicator, ProgrammeLine
from indicators.models.guards import drop_triggers
from priorities.models import Kadernota, Priority
from tests.cast import NOW, component_of, part_of, record_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(real, officer):
    """A drafted line of 2020."""
    return record_activity(real, "Wijkschouw", 2020, by=officer)


def without_triggers():
    connection.check_constraints()  # PostgreSQL drops no trigger of a table with checks still to do
    drop_triggers(connection)


def elsewhere():
    return Kadernota.objects.create(
        slug="elders",
        title="E",
        organisation="E",
        baseline_year=2017,
        first_year=2018,
        first_target_year=2019,
        last_year=2023,
    )


def edition(kadernota, year, user, *, number=7, lines=1):
    return Edition.objects.create(
        kadernota=kadernota,
        year=year,
        number=number,
        kind="adopted",
        adopted_on=date(2021, 3, 2),
        decision="B",
        adopted_by=user,
        size=0,
        line_count=lines,
        content_hash="0" * 64,
        recorded_at=NOW,
    )


def refused(*rows):
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)


def row(line, **facts):
    right = {"priority": line.priority, "kind": "activity", "year": 2020, "title": "Anders", "state": "loopt"}
    return ProgrammeLine(**right | {"recorded_by": line.recorded_by, "recorded_at": NOW} | facts)


@pytest.mark.parametrize("year", [2017, 2023])
def test_a_line_is_of_a_year_of_its_kadernota(line, year):
    refused(row(line, year=year))
    without_triggers()
    assert ProgrammeLine.objects.bulk_create([row(line, year=year)])


@pytest.mark.parametrize("wrong", ["year", "kind", "priority", "theme", "itself"])
def test_a_revision_replaces_one_of_the_same_part_year_and_kind(real, line, wrong):
    facts = {
        "year": {"year": 2021},
        "kind": {"kind": "finance", "state": ""},
        "priority": {"priority": part_of(real, "priority", 2)},
        "theme": {"priority": part_of(real, "theme", 1)},
        "itself": {"pk": 999_999_999, "replaces": None, "replaces_id": 999_999_999},
    }[wrong]
    made = {"replaces": line} | facts
    if "pk" in made:
        made.pop("replaces")
    refused(row(line, **made))
    if wrong != "itself":
        without_triggers()
        assert ProgrammeLine.objects.bulk_create([row(line, **made)])


@pytest.mark.parametrize("year", [2020, 2019])
def test_an_edition_holds_lines_of_its_year_and_the_next(real, line, adopter, year):
    EditionLine.objects.create(edition=edition(real, year, adopter), line=line)


@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_an_edition_holds_no_lines_of_another_year(real, line, adopter, year):
    of = edition(real, year, adopter)
    refused(EditionLine(edition=of, line=line))
    without_triggers()
    assert EditionLine.objects.create(edition=of, line=line)


def test_an_edition_holds_lines_of_its_own_kadernota(line, adopter):
    refused(EditionLine(edition=edition(elsewhere(), 2020, adopter), line=line))


def test_an_edition_holds_the_newest_revision(real, line, officer, adopter):
    newer = record_activity(real, "Wijkschouw", 2020, seen=line, result="Klaar.", by=officer)
    of = edition(real, 2020, adopter)
    refused(EditionLine(edition=of, line=line))
    EditionLine.objects.create(edition=of, line=newer)


def test_nothing_is_added_to_an_older_edition(real, line, adopter):
    older = edition(real, 2020, adopter)
    edition(real, 2020, adopter, number=8)
    refused(EditionLine(edition=older, line=line))


def test_an_edition_holds_no_more_lines_than_it_says(real, line, officer, adopter):
    other = record_activity(real, "Campagne", 2020, by=officer)
    of = edition(real, 2020, adopter)
    refused(EditionLine(edition=of, line=line), EditionLine(edition=of, line=other))
    EditionLine.objects.create(edition=of, line=line)
    refused(EditionLine(edition=of, line=other))


def new_indicator(real, priority):
    there = component_of(real, "V3").indicator
    return Indicator(priority=priority, code="X1", order=99, name="Proef", source=there.source, role="effect")


def test_no_indicator_hangs_under_a_theme(real):
    theme, vth = part_of(real, "theme", 3), part_of(real, "vth")
    refused(new_indicator(real, theme))
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        Indicator.objects.filter(code="V3", priority__kadernota=real).update(priority=theme)
    new_indicator(real, vth).save()
    without_triggers()
    assert Indicator.objects.filter(code="V3", priority__kadernota=real).update(priority=theme)


@pytest.mark.parametrize("kind", ["theme", "vth"])
def test_a_part_stays_what_it_is(real, kind):
    """Else a priority with its indicators would fall out of what the council counts."""
    Priority.objects.filter(kadernota=real, kind="vth").delete()
    rows = Priority.objects.filter(kadernota=real, kind="priority", number=4)
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        rows.update(kind=kind, number=99)
    assert rows.update(name="Anders genoemd") == 1
    without_triggers()
    assert rows.update(kind=kind, number=99) == 1
