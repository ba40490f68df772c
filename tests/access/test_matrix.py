"""The response to every route, for every role, in every state of a figure. A route that is not in the table fails.

The words of the table (matrix.txt):
    200 …    this status
    in       redirect to the login page, with this address as `next`
    admin    redirect to the login page of the administration, with this address as `next`
    ed       200 if edition 2021-2 exists (the figure is adopted), otherwise 404
    to       302 to the page of the indicator in that edition, otherwise 404
    done     303 to the page of that edition, which seals every document, otherwise 404
A row with a question mark requests the route with a query string. POST sends an empty form.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from indicators.actions.versions import start_draft
from indicators.models import Edition, EditionEntry, Measurement, ProgrammeLine, SentBack, Target
from priorities.models import Kadernota
from tests.access.header_rules import policy_faults
from tests.access.states import CODE, EDITION, STATES, YEAR
from tests.cast import NOW, make_user, record_activity

# A row for each route and method, a column for each role.
TABLE = Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8")
ROLES = TABLE.split("\n")[0].split()[2:]
ROWS = [line.split() for line in TABLE.strip().split("\n")[1:]]
ARGUMENTS: dict[str, Any] = {
    "year": YEAR, "code": CODE, "number": 1, "label": EDITION, "key": "csv", "extension": "xlsx",
    "name": "cijfers-veiligheid-2021-editie-2.json",
    "part": "prioriteit-1", "kind": "activiteit",
    "version_kind": "substantive", "topic": "prioriteit-1", "proposal": 0,
    "revision": 0,  # no draft: tests/pages/test_retracting.py takes drafts back
}  # fmt: skip

# Pages do not depend on the database engine; test_immutability.py tests on both what the database refuses.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_free, pytest.mark.unmeasured]


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, before: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Yield every route of the URLconf with the names of its arguments; the administration counts as one.

    `before` are the arguments in the part of the path that an `include` has in common.
    """
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        arguments = (*before, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern), list(arguments)
        elif pattern.app_name == "admin":
            yield "admin:index", []
        else:
            yield from routes(pattern.url_patterns, arguments)


ARGUMENTS_OF = dict(routes())


@pytest.mark.engine_free
def test_every_route_is_in_the_table_and_the_other_way_round() -> None:
    names = {route.partition("?")[0] for route, *_ in ROWS}
    assert set(ARGUMENTS_OF) <= names, "a route without its row"
    assert {route for route in names if not route.startswith("admin:")} <= set(ARGUMENTS_OF), "a row without its route"
    requests = {(route, method) for route, method, *_ in ROWS}
    missing = {(route, method) for route in ARGUMENTS_OF for method in ("GET", "POST")} - requests
    assert not missing, "each route by GET and by POST"


@pytest.mark.engine_free
def test_the_table_is_whole() -> None:
    assert all(len(row) == 2 + len(ROLES) for row in ROWS)
    assert len({(route, method) for route, method, *_ in ROWS}) == len(ROWS)


def address(kadernota: Kadernota, route: str) -> str:
    """Return the address of the route of a row."""
    name, _, query = route.partition("?")
    names = ARGUMENTS_OF.get(name, [])
    arguments = ARGUMENTS | {"slug": kadernota.slug}
    if "line" in names:  # of the year; if there is none, an address without a page
        line = ProgrammeLine.objects.of(kadernota).filter(year=YEAR, replaces=None).first()
        arguments["line"] = line.pk if line else 0
    path = reverse(name, kwargs={n: arguments[n] for n in names})
    return f"{path}?{query}" if query else path


@pytest.fixture
def people(officer: User, adopter: User, keeper: User, superuser: User) -> dict[str, User | None]:
    """Return the user of each role; None is an anonymous visitor."""
    nobody = make_user("eva")
    users = {"anonymous": None, "nobody": nobody, "officer": officer, "adopter": adopter, "keeper": keeper}
    return users | {"superuser": superuser}


def client_of(user: User | None) -> Client:
    """Return a test client, logged in unless the user is None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def word_of(response: HttpResponse, path: str) -> str:
    """Return the response in the words of the table."""
    if response.status_code == 302:
        query = f"?next={quote(path)}"
        if response.headers["Location"] == reverse("inloggen") + query:
            return "in"
        if response.headers["Location"] == reverse("admin:login") + query:
            return "admin"
    return str(response.status_code)


def expected(word: str, state: str) -> str:
    """Translate a word of the table for this state of the figure into one that `word_of` returns."""
    if word in ("ed", "to", "done") and state not in ("adopted", "corrected draft"):
        return "404"
    return {"ed": "200", "to": "302", "done": "303"}.get(word, word)


def header_faults(response: HttpResponse, user: User | None) -> list[str]:
    """Return what is wrong with the headers of a response."""
    headers = response.headers
    faults = policy_faults(headers)
    cache = headers.get("Cache-Control", "")
    if user is not None and "no-store" not in cache:
        faults.append(f"kept in a cache: {cache!r}")
    if user is None and not ("no-cache" in cache or "no-store" in cache):
        faults.append(f"a cache may give this without asking: {cache!r}")
    if "no-store" not in cache and "Cookie" not in headers.get("Vary", ""):
        faults.append("the same for everybody, says Vary")
    return faults


@pytest.mark.parametrize("state", STATES)
def test_matrix(state: str, real: Kadernota, people: dict[str, User | None], officer: User, adopter: User) -> None:
    """Test one state of the figure: every cell of the table, and the headers of every response."""
    STATES[state](real, officer, adopter)
    record_activity(real, "Wijkschouw", YEAR, by=officer)
    start_draft(kadernota=real, by=make_user("frank", "beheerder"), now=NOW)
    clients = {role: client_of(user) for role, user in people.items()}
    before, wrong = [list(model.objects.order_by("pk").values()) for model in (Measurement, ProgrammeLine)], []
    for route, method, *words in ROWS:
        path = address(real, route)
        for role, word in zip(ROLES, words, strict=True):
            client = client_of(people[role]) if route == "uitloggen" else clients[role]
            response = client.post(path) if method == "POST" else client.get(path)
            actual = word_of(response, path)
            faults = header_faults(response, people[role])
            if actual != expected(word, state):
                faults.insert(0, f"{actual} instead of {expected(word, state)}")
            wrong += [f"{method:5} {route:35} {role:10} {fault}" for fault in faults]
    assert not wrong, "\n" + "\n".join(wrong)
    after = [list(model.objects.order_by("pk").values()) for model in (Measurement, ProgrammeLine)]
    assert after == before, "an empty form changed a figure, or a line of the programme"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_other_methods_do_nothing(method: str, real: Kadernota, superuser: User) -> None:
    client, models = Client(), (Measurement, Target, Edition, EditionEntry, SentBack, ProgrammeLine)
    client.force_login(superuser)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for route in set(ARGUMENTS_OF) - {"uitloggen"}:
        assert getattr(client, method)(address(real, route)).status_code in (200, 302, 404, 405), route
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_a_post_from_another_site_is_refused_everywhere(real: Kadernota, superuser: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser)
    for route, method, *words in ROWS:
        if method == "POST" and words[-1] != "405":
            assert client.post(address(real, route)).status_code == 403, route
