"""The database refuses lines of the programme in the wrong place, also without the actions."""

import pytest

from indicators.models import Edition, EditionEntry, ProgrammeLine, SentBack
from priorities.models import Topic
from tests.actions.versions import NOW
from tests.models.valid_rows import FREE_YEAR, ValidRows, assert_refused, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    return ValidRows()


@pytest.fixture
def line(rows):
    """Return a draft of a line."""
    return rows.saved(ProgrammeLine)


def test_a_line_belongs_to_a_topic_of_its_own_kadernota(rows):
    topic = Topic.objects.filter(kadernota=rows.elsewhere).first()
    row = rows.row(ProgrammeLine, topic=topic)
    assert_refused(row)
    without_triggers()
    assert ProgrammeLine.objects.bulk_create([row])


def test_a_line_belongs_to_an_adopted_kadernota(rows):
    other = rows.saved(type(rows.kadernota))
    topic = Topic.objects.create(kadernota=other, key="een")
    assert_refused(rows.row(ProgrammeLine, kadernota=other, topic=topic))


@pytest.mark.parametrize("wrong", ["year", "kind", "topic", "itself"])
def test_a_revision_replaces_one_of_the_same_topic_year_and_kind(rows, line, wrong):
    facts = {
        "year": {"year": FREE_YEAR + 1},
        "kind": {"kind": "finance", "state": ""},
        "topic": {"topic": Topic.objects.get(kadernota=rows.kadernota, key="vth")},
        "itself": {"pk": 999_999_999, "replaces_id": 999_999_999},
    }[wrong]
    row = rows.row(ProgrammeLine, **({} if wrong == "itself" else {"replaces": line}) | facts)
    assert_refused(row)
    if wrong != "itself":
        without_triggers()
        assert ProgrammeLine.objects.bulk_create([row])


def edition(rows, year=FREE_YEAR, **facts):
    return rows.saved(Edition, year=year, number=1, **facts)


@pytest.mark.parametrize("year", [FREE_YEAR, FREE_YEAR - 1])
def test_an_edition_holds_lines_of_its_year_and_the_next(rows, line, year):
    EditionEntry.objects.create(edition=edition(rows, year), line=line)


@pytest.mark.parametrize("year", [FREE_YEAR - 2, FREE_YEAR + 1, FREE_YEAR + 2])
def test_an_edition_holds_no_lines_of_another_year(rows, line, year):
    of = edition(rows, year)
    assert_refused(EditionEntry(edition=of, line=line))
    without_triggers()
    assert EditionEntry.objects.create(edition=of, line=line)


def test_an_edition_holds_lines_of_its_own_kadernota(rows, line):
    of = edition(rows, kadernota=rows.elsewhere, version=rows.elsewhere.version)
    assert_refused(EditionEntry(edition=of, line=line))


def test_an_edition_holds_the_newest_revision(rows, line):
    newer = rows.saved(ProgrammeLine, replaces=line, result="Klaar.")
    of = edition(rows)
    assert_refused(EditionEntry(edition=of, line=line))
    EditionEntry.objects.create(edition=of, line=newer)


def test_an_edition_holds_no_line_that_was_taken_back_or_sent_back(rows, line):
    of = edition(rows)
    retracted = rows.saved(ProgrammeLine, replaces=line, retracted=True)
    assert_refused(EditionEntry(edition=of, line=retracted))
    other = rows.saved(ProgrammeLine, title="Ander")
    SentBack.objects.create(line=other, reason="welke?", sent_by=rows.adopter, sent_at=NOW)
    assert_refused(EditionEntry(edition=of, line=other))
