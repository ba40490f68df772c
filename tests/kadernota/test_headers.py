"""The headers that every answer carries, also where something is refused or missing."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory

from kadernota.middleware import no_store_for_staff, permissions_policy

PATHS = ["/inloggen/", "/bestaat-niet/zeker-niet/", "/beheer/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policies(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_refused_host_gets_the_policies_too(client: Client) -> None:
    response = client.get("/inloggen/", headers={"host": "elders.example"})
    assert response.status_code == 400
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused() -> None:
    response = Client(enforce_csrf_checks=True).post("/inloggen/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


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
