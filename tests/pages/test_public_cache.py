"""Public data is cached until a decision: every decision, by whatever process, shows at the next request."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from indicators.domain.nota import Baseline, Break, Indicator, Nota, Reading
from indicators.domain.values import Exact
from indicators.readmodel.cache import cached, clear_cache
from indicators.readmodel.public import find_head
from tests.cast import PRACTICE, REAL, adopt_version_of, adopt_year, record, with_component, with_indicator

pytestmark = pytest.mark.django_db


def indicator_facts(**facts: Any) -> Callable[[Nota], Nota]:
    """Return a change of V3."""
    return lambda nota: with_indicator(nota, "V3", lambda indicator: replace(indicator, **facts))


def component_facts(**facts: Any) -> Callable[[Nota], Nota]:
    """Return a change of the only component of V3."""
    return lambda nota: with_component(nota, "V3", **facts)


def with_goal(nota: Nota) -> Nota:
    return replace(nota, topics=tuple(replace(topic, goal="Nieuw doel") for topic in nota.topics))


def with_reading(nota: Nota) -> Nota:
    reading = Reading(indicator="V3", place="blz. 1", question="welke?", reading="deze", decided_by="de beheerder")
    return replace(nota, readings=(*nota.readings, reading))


def with_baseline(nota: Nota) -> Nota:
    return without_printed(with_component(nota, "V3", baseline=Baseline(2017, Exact(Decimal(4715)))))


def without_printed(nota: Nota) -> Nota:
    """Return the nota without the printed baseline of V3."""

    def change(indicator: Indicator) -> Indicator:
        return replace(indicator, printed={year: cell for year, cell in indicator.printed.items() if year != 2017})

    return with_indicator(nota, "V3", change)


INDICATOR, PRIORITY = f"/{REAL}/indicator/V3/", f"/{REAL}/prioriteit/1/"
CHANGES: dict[str, tuple[str, Callable[[Nota], Nota]]] = {
    "title": (INDICATOR, lambda nota: replace(nota, title="Nieuwe titel")),
    "goal": (PRIORITY, with_goal),
    "name": (INDICATOR, indicator_facts(name="Nieuwe naam")),
    "name on the page of the priority": (PRIORITY, indicator_facts(name="Nieuwe naam")),
    "source": (INDICATOR, indicator_facts(source="Politie")),
    "noun": (INDICATOR, component_facts(noun="klachten")),
    "baseline": (INDICATOR, with_baseline),
    "no baseline": (PRIORITY, lambda nota: without_printed(with_component(nota, "V3", baseline=None))),
    "break": (INDICATOR, component_facts(breaks=(Break(year=2020, reason="andere telling"),))),
    "reading": (INDICATOR, with_reading),
    "target": (PRIORITY, component_facts(targets={2020: "<4.321"})),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_at_the_next_request(client: Client, real, keeper, adopter, change: str) -> None:
    address, make = CHANGES[change]
    before = client.get(address, {"jaar": 2020})
    again = client.get(address, {"jaar": 2020}, headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    adopt_version_of(real, make, by=adopter, editor=keeper)
    after = client.get(address, {"jaar": 2020}, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content
    assert after["ETag"] != before["ETag"]
    clear_cache()
    caches["pages"].clear()
    assert client.get(address, {"jaar": 2020}).content == after.content, "what was cached is what is there"


def test_an_edition_shows_and_a_draft_does_not(client: Client, real, officer, adopter) -> None:
    address = reverse("indicator", args=[REAL, "V3"])
    empty = client.get(address, {"jaar": 2020})
    record(real, "V3", 2020, "4.567", explanation="geteld", by=officer)
    same = client.get(address, {"jaar": 2020})
    assert same["ETag"] == empty["ETag"] and "4.567" not in same.content.decode()
    adopt_year(real, 2020, by=adopter)
    shown = client.get(address, {"jaar": 2020})
    assert shown["ETag"] != empty["ETag"] and "4.567" in shown.content.decode()


def test_a_rolled_back_change_never_shows(client: Client, real, keeper, adopter) -> None:
    def name(text: str) -> None:
        adopt_version_of(real, indicator_facts(name=text), by=adopter, editor=keeper)

    before = find_head(REAL).key
    with pytest.raises(RuntimeError), transaction.atomic():
        name("Teruggedraaid")
        inside = find_head(REAL).key
        assert inside != before
        assert "Teruggedraaid" in client.get(reverse("kadernota", args=[REAL])).content.decode()
        raise RuntimeError
    real.__dict__.pop("version", None)
    assert find_head(REAL).key == before
    assert "Teruggedraaid" not in client.get(reverse("kadernota", args=[REAL])).content.decode()
    name("Blijvend")
    assert find_head(REAL).key not in (before, inside), "a hash never comes back"


FACTS = {"slug": PRACTICE, "number": 1, "code": "V5", "year": 2020, "label": "2020-1", "extension": "ods"}
# What no decision fixes: it may change while the hash of the last decision stays.
CHANGING = ("deadline", "proposal", "reminder", "sentback", "versionedit", "auditevent")
NOT_FIXED = {f"indicators_{name}" for name in CHANGING}


def public_addresses(resolver: URLResolver | None = None, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield an address of every public view, in the practice municipality; `names` are arguments of the path so far."""
    for pattern in (resolver or get_resolver()).url_patterns:
        arguments = names | pattern.pattern.converters.keys()
        if isinstance(pattern, URLResolver):
            yield from public_addresses(pattern, arguments)
        elif getattr(pattern.callback, "is_public", False):
            yield reverse(pattern.name, kwargs={name: FACTS[name] for name in arguments})


def test_every_page_for_everybody_is_declared_public(client: Client, practice) -> None:
    assert len(list(public_addresses())) >= 9
    for address in public_addresses():
        assert client.get(address, {"naar": "2020-2", "q": "woning"})["ETag"].startswith('W/"'), address


def test_no_public_page_reads_a_table_that_no_decision_fixes(client: Client, practice) -> None:
    """A page that reads such a table would be cached too long. No page shows the name of a person."""
    tables = set(connection.introspection.table_names())
    assert tables >= NOT_FIXED
    for address in public_addresses():
        clear_cache()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, {"naar": "2020-2", "q": "woning"}).status_code == 200, address
        read = {name for query in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])} & tables
        assert not read & NOT_FIXED, address


def test_what_fails_is_not_cached() -> None:
    def fail() -> None:
        raise ValueError

    clear_cache()
    with pytest.raises(ValueError):
        cached(("hash", "key"), fail)
    assert cached(("hash", "key"), lambda: 1) == 1
    assert cached(("hash", "key"), lambda: 2) == 1
    assert cached(("other", "key"), lambda: 2) == 2
    clear_cache()
    assert cached(("hash", "key"), lambda: 2) == 2
