"""The database refuses lines and parts of the nota in the wrong place, also without the actions."""

import pytest
from django.db import IntegrityError, transaction

from indicators.models import EditionLine, Indicator, ProgrammeLine
from priorities.models import Priority
from tests.cast import NOW, component_of, priority_of, record_activity
from tests.models.valid_rows import assert_refused, new_edition, other_kadernota, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(real, officer):
    """Return a draft of a line of 2020."""
    return record_activity(real, "Wijkschouw", 2020, by=officer)


def row(line, **facts):
    values = {"priority": line.priority, "kind": "activity", "year": 2020, "title": "Anders", "state": "loopt"}
    return ProgrammeLine(**values | {"recorded_by": line.recorded_by, "recorded_at": NOW} | facts)


@pytest.mark.parametrize("year", [2017, 2023])
def test_a_line_is_of_a_year_of_its_kadernota(line, year):
    assert_refused(row(line, year=year))
    without_triggers()
    assert ProgrammeLine.objects.bulk_create([row(line, year=year)])


@pytest.mark.parametrize("wrong", ["year", "kind", "priority", "theme", "itself"])
def test_a_revision_replaces_one_of_the_same_part_year_and_kind(real, line, wrong):
    facts = {
        "year": {"year": 2021},
        "kind": {"kind": "finance", "state": ""},
        "priority": {"priority": priority_of(real, "priority", 2)},
        "theme": {"priority": priority_of(real, "theme", 1)},
        "itself": {"pk": 999_999_999, "replaces": None, "replaces_id": 999_999_999},
    }[wrong]
    facts = {"replaces": line} | facts
    if "pk" in facts:
        facts.pop("replaces")
    assert_refused(row(line, **facts))
    if wrong != "itself":
        without_triggers()
        assert ProgrammeLine.objects.bulk_create([row(line, **facts)])


@pytest.mark.parametrize("year", [2020, 2019])
def test_an_edition_holds_lines_of_its_year_and_the_next(real, line, adopter, year):
    EditionLine.objects.create(edition=new_edition(real, year, adopter, size=0, line_count=1), line=line)


@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_an_edition_holds_no_lines_of_another_year(real, line, adopter, year):
    of = new_edition(real, year, adopter, size=0, line_count=1)
    assert_refused(EditionLine(edition=of, line=line))
    without_triggers()
    assert EditionLine.objects.create(edition=of, line=line)


def test_an_edition_holds_lines_of_its_own_kadernota(line, adopter):
    assert_refused(EditionLine(edition=new_edition(other_kadernota(), 2020, adopter, size=0, line_count=1), line=line))


def test_an_edition_holds_the_newest_revision(real, line, officer, adopter):
    newer = record_activity(real, "Wijkschouw", 2020, seen=line, result="Klaar.", by=officer)
    of = new_edition(real, 2020, adopter, size=0, line_count=1)
    assert_refused(EditionLine(edition=of, line=line))
    EditionLine.objects.create(edition=of, line=newer)


def test_nothing_is_added_to_an_older_edition(real, line, adopter):
    older = new_edition(real, 2020, adopter, size=0, line_count=1)
    new_edition(real, 2020, adopter, number=8, size=0, line_count=1)
    assert_refused(EditionLine(edition=older, line=line))


def test_an_edition_holds_no_more_lines_than_it_says(real, line, officer, adopter):
    other = record_activity(real, "Campagne", 2020, by=officer)
    of = new_edition(real, 2020, adopter, size=0, line_count=1)
    assert_refused(EditionLine(edition=of, line=line), EditionLine(edition=of, line=other))
    EditionLine.objects.create(edition=of, line=line)
    assert_refused(EditionLine(edition=of, line=other))


def new_indicator(real, priority):
    there = component_of(real, "V3").indicator
    return Indicator(priority=priority, code="X1", order=99, name="Proef", source=there.source, role="effect")


def test_no_indicator_hangs_under_a_theme(real):
    theme, vth = priority_of(real, "theme", 3), priority_of(real, "vth")
    assert_refused(new_indicator(real, theme))
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        Indicator.objects.filter(code="V3", priority__kadernota=real).update(priority=theme)
    new_indicator(real, vth).save()
    without_triggers()
    assert Indicator.objects.filter(code="V3", priority__kadernota=real).update(priority=theme)


@pytest.mark.parametrize("kind", ["theme", "vth"])
def test_a_part_stays_what_it_is(real, kind):
    """Else a priority with its indicators would no longer be counted."""
    Priority.objects.filter(kadernota=real, kind="vth").delete()
    rows = Priority.objects.filter(kadernota=real, kind="priority", number=4)
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        rows.update(kind=kind, number=99)
    assert rows.update(name="Anders genoemd") == 1
    without_triggers()
    assert rows.update(kind=kind, number=99) == 1
