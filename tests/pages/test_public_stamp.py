"""Public data is cached until it changes: every change, by whatever program, shows at the next request."""

import re

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from indicators.models import (
    Baseline,
    Break,
    Component,
    Edition,
    EditionEntry,
    EditionLine,
    Indicator,
    LineSentBack,
    Measurement,
    ProgrammeLine,
    Reading,
    SentBack,
    Stamp,
    Target,
)
from indicators.models.cache_triggers import EVENTS
from indicators.models.guards import create_triggers, drop_triggers
from indicators.readmodel.cache import cached, clear_cache, read_version
from priorities.models import Kadernota, Priority
from reports.models import SealedDocument
from tests.cast import NOW, PRACTICE, REAL, adopt_year, component_of, record, record_activity, whole_area
from tests.models.valid_rows import ValidRows

pytestmark = pytest.mark.django_db


def by_sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def add_break(kadernota: Kadernota) -> None:
    Break.objects.create(component=component_of(kadernota, "V3"), year=2020, reason="andere telling")


def add_reading(kadernota: Kadernota) -> None:
    row = component_of(kadernota, "V3").indicator
    texts = {"place": "blz. 1", "question": "welke?", "reading": "deze", "decided_by": "de beheerder"}
    Reading.objects.create(kadernota=kadernota, indicator=row, order=99, **texts)


def decide_target(kadernota: Kadernota) -> None:
    was = Target.objects.get(component=component_of(kadernota, "V3"), year=2020, replaced_by=None)
    Target.objects.create(
        component=was.component,
        area=whole_area(kadernota),
        year=2020,
        sign="<",
        bound=4321,
        replaces=was,
        decision="2020.1",
        decided_on=NOW.date(),
        reason="omdat",
        recorded_at=NOW,
    )


INDICATOR, PRIORITY = f"/{REAL}/indicator/V3/", f"/{REAL}/prioriteit/1/"
CHANGES = {
    "title": (INDICATOR, lambda real: Kadernota.objects.filter(pk=real.pk).update(title="Nieuwe titel")),
    "goal": (PRIORITY, lambda real: Priority.objects.filter(kadernota=real).update(goal="Nieuw doel")),
    "name": (INDICATOR, lambda real: Indicator.objects.filter(code="V3").update(name="Nieuwe naam")),
    "name by SQL": (PRIORITY, lambda real: by_sql("UPDATE indicators_indicator SET name = name || ' (nieuw)'")),
    "source": (INDICATOR, lambda real: by_sql("UPDATE indicators_source SET name = name || ' (nieuw)'")),
    "noun": (INDICATOR, lambda real: Component.objects.filter(indicator__code="V3").update(noun="klachten")),
    "baseline by SQL": (INDICATOR, lambda real: by_sql("UPDATE indicators_baseline SET number = number + 1")),
    "baseline gone": (PRIORITY, lambda real: Baseline.objects.filter(component=component_of(real, "V3")).delete()),
    "break": (INDICATOR, add_break),
    "reading": (INDICATOR, add_reading),
    "target": (PRIORITY, decide_target),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_at_the_next_request(client: Client, real, change: str) -> None:
    address, make = CHANGES[change]
    before = client.get(address, {"jaar": 2020})
    again = client.get(address, {"jaar": 2020}, headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    make(real)
    after = client.get(address, {"jaar": 2020}, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content
    assert after["ETag"] != before["ETag"]
    clear_cache()
    caches["pages"].clear()
    assert client.get(address, {"jaar": 2020}).content == after.content, "what was kept is what is there"


def test_an_edition_shows_and_a_draft_does_not(client: Client, real, officer, adopter) -> None:
    address = reverse("indicator", args=[REAL, "V3"])
    empty = client.get(address, {"jaar": 2020})
    record(real, "V3", 2020, "4.567", explanation="geteld", by=officer)
    same = client.get(address, {"jaar": 2020})
    assert same["ETag"] == empty["ETag"] and "4.567" not in same.content.decode()
    adopt_year(real, 2020, by=adopter)
    shown = client.get(address, {"jaar": 2020})
    assert shown["ETag"] != empty["ETag"] and "4.567" in shown.content.decode()


def test_a_rolled_back_change_never_shows(client: Client, real) -> None:
    before = read_version()
    with pytest.raises(RuntimeError), transaction.atomic():
        Indicator.objects.filter(code="V3").update(name="Teruggedraaid")
        inside = read_version()
        assert inside != before
        assert "Teruggedraaid" in client.get(reverse("kadernota", args=[REAL])).content.decode()
        raise RuntimeError
    assert read_version() == before
    assert "Teruggedraaid" not in client.get(reverse("kadernota", args=[REAL])).content.decode()
    Indicator.objects.filter(code="V3").update(name="Blijvend")
    assert read_version() not in (before, inside), "a token never comes back"


def test_without_the_triggers_the_page_would_be_stale(client: Client, real) -> None:
    """Negative control of the triggers."""
    address = reverse("kadernota", args=[REAL])
    client.get(address)
    connection.check_constraints()
    drop_triggers(connection)
    Indicator.objects.filter(code="V3").update(name="Ongezien")
    assert "Ongezien" not in client.get(address).content.decode()
    create_triggers(connection)
    assert "Ongezien" in client.get(address).content.decode(), "making them renews the stamp"


@pytest.mark.parametrize("table", EVENTS)
def test_every_event_of_every_table_renews_its_token(real, officer, adopter, table: str) -> None:
    """By a statement that changes nothing, for tables whose rows may change."""
    record(real, "V3", 2020, "4.567", explanation="geteld", by=officer)
    record_activity(real, "Wijkschouw", 2020, by=officer)
    adopt_year(real, 2020, by=adopter)
    add_break(real)
    LineSentBack.objects.create(line=ProgrammeLine.objects.last(), reason="welk?", sent_by=adopter, sent_at=NOW)
    SentBack.objects.create(measurement=Measurement.objects.last(), reason="welk?", sent_by=adopter, sent_at=NOW)
    ValidRows(real, officer).row(SealedDocument, edition=Edition.objects.last()).save()
    if "update" in EVENTS[table] and table in UNLOCKED:
        before = Stamp.objects.filter(name=table).first()
        by_sql(f"UPDATE {table} SET id = id")
        after = Stamp.objects.get(name=table)
        assert before is None or after.token != before.token
    elif "insert" in EVENTS[table]:
        assert Stamp.objects.filter(name=table).exists(), "the rows were inserted"
    else:
        assert table in DRAFTED
        assert not Stamp.objects.filter(name=table).exists()


DRAFTED = {model._meta.db_table for model in (Measurement, SentBack, ProgrammeLine, LineSentBack)}
LOCKED_MODELS = (Target, Edition, EditionEntry, EditionLine, SealedDocument)
UNLOCKED = set(EVENTS) - DRAFTED - {model._meta.db_table for model in LOCKED_MODELS}


FACTS = {"slug": PRACTICE, "number": 1, "code": "V5", "year": 2020, "label": "2020-1", "extension": "ods"}


def public_addresses() -> list[str]:
    """Return an address of every public view, in the practice municipality."""
    patterns = [inner for outer in get_resolver().url_patterns for inner in getattr(outer, "url_patterns", [outer])]
    return [
        reverse(one.name, kwargs={name: FACTS[name] for name in one.pattern.converters})
        for one in patterns
        if getattr(one.callback, "is_public", False)
    ]


def test_every_page_for_everybody_is_declared_public(client: Client, practice) -> None:
    assert len(public_addresses()) >= 9
    for address in public_addresses():
        assert client.get(address, {"naar": "2020-2", "q": "woning"})["ETag"].startswith('W/"'), address


def test_no_public_page_reads_a_table_without_a_token(client: Client, practice) -> None:
    """A page that reads a table without a trigger would be cached too long. No page shows the name of a person."""
    tables = set(connection.introspection.table_names())
    for address in public_addresses():
        clear_cache()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, {"naar": "2020-2", "q": "woning"}).status_code == 200, address
        read = {name for query in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])} & tables
        assert read <= {*EVENTS, "auth_user"}, address


def test_what_fails_is_not_kept() -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        cached("stamp", "key", fail)
    assert cached("stamp", "key", lambda: 1) == 1
    assert cached("stamp", "key", lambda: 2) == 1
    assert cached("other", "key", lambda: 2) == 2
    assert cached(None, "key", lambda: 3) == 3
    clear_cache()
    assert cached("stamp", "key", lambda: 2) == 2
