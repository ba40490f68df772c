"""HTTP caching of public pages: ETags, 304, the page cache; a page of one user is never served to another."""

import gzip
import logging

import pytest
from django.contrib import messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Edition
from indicators.pages import http_cache
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.public import front_slug
from kadernota.version import code_version
from tests.cast import PRACTICE, REAL, adopt_year, record

pytestmark = pytest.mark.django_db
START = f"/{PRACTICE}/"
ADDRESSES = [
    "/", START, f"/{PRACTICE}/prioriteit/1/", f"/{PRACTICE}/indicator/V5/", f"/{PRACTICE}/indicator/V5/geschiedenis/",
    f"/{PRACTICE}/editie/2020-1/", f"/{PRACTICE}/bijlage/2020/", f"/{PRACTICE}/indicator/V5/grafiek.json",
    f"/{PRACTICE}/prioriteit/1/grafiek.json",
]  # fmt: skip


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    clear_cache()
    caches["pages"].clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_an_etag_and_answers_not_modified(client: Client, practice, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Encoding"} <= {word.strip() for word in response["Vary"].split(",")}
    assert response["ETag"].startswith('W/"')
    assert not response.cookies
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == response["ETag"] and again["Cache-Control"] == "public, no-cache"


def cost_of(address: str) -> int:
    """Return the queries of a page that is cached: the head of the chain; of the front page first whose head."""
    return 2 if address == "/" else 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_not_modified_costs_one_query(client: Client, practice, address: str) -> None:
    tag = client.get(address)["ETag"]
    clear_cache()
    front_slug()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert len(queries) == cost_of(address), "the overview is not loaded"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_cached_page_costs_one_query_and_is_the_same(client: Client, practice, address: str) -> None:
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        cached = client.get(address)
    assert len(queries) == cost_of(address)
    assert cached.content == first.content
    assert cached["Content-Type"] == first["Content-Type"]
    zipped = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == first.content
    assert client.head(address).status_code == 200


def test_the_etag_differs_by_address_query_host_and_version(client: Client, practice, monkeypatch) -> None:
    tags = [client.get(address)["ETag"] for address in ADDRESSES]
    tags += [client.get(START, {"jaar": year})["ETag"] for year in (2019, 2020)]
    tags.append(client.get(START, headers={"Host": "localhost"})["ETag"])
    monkeypatch.setattr(http_cache, "code_version", lambda: "another")
    tags.append(client.get(START)["ETag"])
    assert len(set(tags)) == len(tags)


def test_the_version_follows_the_code_and_the_settings(settings) -> None:
    settings.SECRET_KEY = "x" * 60
    before = code_version.__wrapped__()
    settings.SECRET_KEY = "y" * 60
    assert code_version.__wrapped__() == before, "a secret is no part of it"
    settings.SITE_URL = "https://elders.example"
    assert code_version.__wrapped__() != before


def test_an_edition_gives_every_page_another_etag(client: Client, practice, officer, adopter) -> None:
    before = {address: client.get(address)["ETag"] for address in ADDRESSES}
    record(practice, "V3", 2021, "4.100", explanation="geteld", by=officer)
    assert {address: client.get(address)["ETag"] for address in ADDRESSES} == before, "a draft does not"
    newest = Edition.objects.last()
    adopt_year(practice, 2021, by=adopter)
    assert Edition.objects.last() != newest
    assert not set(before.values()) & {client.get(address)["ETag"] for address in ADDRESSES}


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_logged_in_users_are_not_cached(client: Client, practice, officer, address) -> None:
    record(practice, "V5", 2020, "299", "absoluut", explanation="alleen een concept", by=officer)
    insider = Client()
    insider.force_login(officer)
    tag = client.get(address)["ETag"]
    mine = insider.get(address, headers={"If-None-Match": tag})
    assert mine.status_code == 200
    assert mine["Cache-Control"] == "no-store, private" and "ETag" not in mine
    caches["pages"].clear()
    insider.get(address)
    assert not caches["pages"]._cache, "no page of an officer is cached"
    assert "alleen een concept" not in client.get(address).content.decode()


def test_a_page_with_a_draft_stays_with_the_officer(client: Client, practice, officer) -> None:
    """Check what the test above rests on: the officer sees the draft, and the public page was cached in between."""
    record(practice, "V5", 2022, "299", "absoluut", explanation="alleen een concept", by=officer)
    insider = Client()
    insider.force_login(officer)
    address = reverse("indicator", args=[PRACTICE, "V5"]) + "?jaar=2022"
    for _ in range(2):
        assert "alleen een concept" in insider.get(address).content.decode()
        assert "alleen een concept" not in client.get(address).content.decode()


def test_a_visitor_with_a_session_gets_a_fresh_page(client: Client, practice) -> None:
    client.cookies["sessionid"] = "vanvroeger"
    response = client.get(START)
    assert response["Cache-Control"] == "private, no-cache" and "ETag" not in response
    assert not caches["pages"]._cache


def test_pages_with_unknown_parameters_are_not_cached(client: Client, practice) -> None:
    assert client.get(START, {"jaar": 2020, "x": "1"})["ETag"]
    assert client.get(f"{START}?jaar=2020&jaar=2020")["ETag"]
    assert not caches["pages"]._cache
    client.get(START, {"jaar": 2020})
    assert len(caches["pages"]._cache) == 1


def test_not_found_has_no_etag(client: Client, practice) -> None:
    response = client.get(START, {"jaar": 1066})
    assert response.status_code == 404
    assert "ETag" not in response and response["Cache-Control"] == "no-cache"


def form(request) -> HttpResponse:
    return HttpResponse(get_token(request))


def cookie(request) -> HttpResponse:
    response = HttpResponse("hallo")
    response.set_cookie("wie", "anna")
    return response


@pytest.mark.parametrize("view", [form, cookie])
def test_a_personal_page_is_not_cached_by_mistake(rf: RequestFactory, view, caplog, django_user_model) -> None:
    request = rf.get("/", SERVER_NAME="localhost")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    with caplog.at_level(logging.ERROR):
        response = http_cache.public_page(view)(request)
    assert response["Cache-Control"] == "private, no-store" and "ETag" not in response
    assert "holds something of one reader" in caplog.text
    assert not caches["pages"]._cache


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_public_page_holds_a_token(client: Client, practice, address: str) -> None:
    content = client.get(address).content.decode()
    assert "csrfmiddlewaretoken" not in content
    if not address.endswith(".json"):
        assert f"/inloggen/?next={address}" in content


def test_messages_wait_for_the_page_of_their_reader() -> None:
    """Messages are in the session, and with a session a page is not cached."""
    assert messages.api.get_messages.__module__ == "django.contrib.messages.api"
    from django.conf import settings

    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


def test_charts_follow_the_rules_of_their_page(client: Client, practice, officer) -> None:
    record(practice, "V5", 2022, "298", "absoluut", explanation="concept", by=officer)
    address = reverse("indicator-grafiek", args=[PRACTICE, "V5"])
    insider = Client()
    insider.force_login(officer)
    public_answer = client.get(address, {"jaar": 2022})
    assert public_answer["Content-Type"] == "application/json"
    assert "298" not in public_answer.content.decode()
    assert "298" in insider.get(address, {"jaar": 2022}).content.decode()
    assert "298" not in insider.get(address, {"jaar": 2022, "editie": "2022-1"}).content.decode()
    assert client.get(reverse("indicator-grafiek", args=[PRACTICE, "V99"])).status_code == 404
    assert client.get(reverse("prioriteit-grafiek", args=[PRACTICE, 9])).status_code == 404


def test_every_chart_of_a_page_has_its_data(client: Client, practice) -> None:
    for path, chart in [(f"/{PRACTICE}/indicator/V14/", "indicator-grafiek"), (f"/{PRACTICE}/prioriteit/3/", "")]:
        content = client.get(path).content.decode()
        address = path + "grafiek.json"
        assert content.count(f'data-chart-url="{address}?jaar=2022"') == (2 if chart else 1)
        for name, figure in client.get(address).json().items():
            assert f'data-chart="{name}"' in content
            assert set(figure) == {"data", "layout", "config"}


def test_the_real_kadernota_has_an_etag_too(client: Client, real) -> None:
    assert client.get(f"/{REAL}/")["ETag"]
