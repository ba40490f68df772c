"""The headers of every response, error pages included."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory

from kadernota.middleware import no_store_for_staff, permissions_policy
from tests.access.header_rules import policy_faults

SHEET = "/static/css/theme.css"
PATHS = ["/", "/inloggen/", "/bestaat-niet/zeker-niet/", "/beheer/", "/robots.txt", SHEET, "/static/weg.css"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policies(client: Client, path: str) -> None:
    response = client.get(path)
    if response.streaming:  # a file
        response.close()
    assert policy_faults(response.headers) == []
    assert response.status_code == {"/beheer/": 302, "/": 200}.get(path, response.status_code)


@pytest.mark.django_db
def test_so_does_every_refusal(client: Client, monkeypatch: pytest.MonkeyPatch, settings) -> None:
    """Error pages are in Dutch, and without inline styles or scripts."""
    answers = {
        "400 host": client.get("/inloggen/", headers={"host": "elders.example"}),
        "403 token": Client(enforce_csrf_checks=True).post("/inloggen/", {"username": "a", "password": "b"}),
        "405 method": client.post("/robots.txt"),
        "404 static": client.get("/static/weg.css"),
    }
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    answers["400 fields"] = client.post("/inloggen/", {"username": "a", "password": "b"})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1
    answers["413 size"] = client.post("/inloggen/", {"username": "a" * 99}, "application/x-www-form-urlencoded")
    client.force_login(get_user_model().objects.create_user("beheer", is_staff=True))
    answers["403 right"] = client.get("/beheer/auth/user/")
    monkeypatch.setattr("indicators.pages.site.views.front_head", lambda request: 1 / 0)
    client.raise_request_exception = False
    answers["500 fault"] = client.get("/bestaat-niet/")
    for name, response in answers.items():
        assert policy_faults(response.headers) == [], name
        assert response.status_code == int(name[:3]) or name == "413 size" and response.status_code == 400, name
        body = response.content.decode()
        assert "<style" not in body and " style=" not in body and "<script>" not in body, name
        assert not body or 'lang="nl"' in body, name


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/inloggen/", SHEET, "/bestaat-niet/"])
def test_with_https_a_browser_is_told_to_stay_with_it(path: str, settings) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    for secure, expected in ((True, "max-age=31536000"), (False, None)):
        response = Client().get(path, secure=secure)
        if response.streaming:  # a file
            response.close()
        assert response.headers.get("Strict-Transport-Security") == expected


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'"),
        ("Content-Security-Policy", ""),
        ("Server", "server/27.0"),
        ("Access-Control-Allow-Origin", "*"),
        ("Referrer-Policy", "unsafe-url"),
    ],
)
@pytest.mark.django_db
def test_the_rules_find_a_fault(client: Client, name: str, value: str) -> None:
    """Negative control of the rules above."""
    headers = dict(client.get("/inloggen/").headers)
    assert policy_faults(headers) == []
    assert policy_faults(headers | {name: value}) != []


@pytest.mark.django_db
def test_no_source_may_be_unsafe_or_wide(client: Client) -> None:
    headers = dict(client.get("/inloggen/").headers)
    policy = headers["Content-Security-Policy"]
    for source in ("'unsafe-inline'", "'unsafe-eval'", "https:", "*", "data:"):
        wider = policy.replace("script-src 'self'", f"script-src 'self' {source}")
        assert wider != policy and policy_faults(headers | {"Content-Security-Policy": wider}) != [], source


@pytest.mark.django_db
def test_pages_for_people_who_logged_in_are_kept_nowhere(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("ambtenaar"))
    assert client.get("/bestaat-niet/zeker-niet/").headers["Cache-Control"] == "no-store, private"


@pytest.mark.engine_free
def test_no_store_overrules_the_view_for_staff_only(rf: RequestFactory) -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    class Person:
        is_authenticated = True

    request = rf.get("/")
    request.user = Person()
    assert no_store_for_staff(view)(request).headers["Cache-Control"] == "no-store, private"
    Person.is_authenticated = False
    assert no_store_for_staff(view)(request).headers["Cache-Control"] == "max-age=60"


@pytest.mark.engine_free
def test_a_view_may_set_its_own_permissions(rf: RequestFactory) -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse(headers={"Permissions-Policy": "camera=(self)"})

    assert permissions_policy(view)(rf.get("/")).headers["Permissions-Policy"] == "camera=(self)"
