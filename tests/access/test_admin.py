"""The Django admin has accounts and the audit log only, and the log is read there, never written."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import AuditEvent
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]


def client_of(user: User) -> Client:
    """Return a test client logged in as this user."""
    client = Client()
    client.force_login(user)
    return client


def test_accounts_and_the_audit_log_only() -> None:
    registered = {model._meta.label for model in admin.site._registry}
    assert registered == {"auth.User", "auth.Group", "indicators.AuditEvent"}


@pytest.mark.parametrize(
    "path",
    ["priorities/kadernota/", "indicators/indicator/", "indicators/target/", "indicators/measurement/",
     "indicators/edition/", "indicators/deadline/"],
)  # fmt: skip
def test_the_structure_is_not_there(superuser: User, path: str) -> None:
    client = client_of(superuser)
    for place in (path, f"{path}add/", f"{path}1/change/", f"{path}1/delete/"):
        assert client.get(f"/beheer/{place}").status_code == 404
        assert client.post(f"/beheer/{place}", {"post": "yes"}).status_code == 404


def test_the_audit_log_is_read_only(superuser: User) -> None:
    event = AuditEvent.objects.create(at=NOW, actor=superuser, actor_name="root", action="record", subject="V3, 2019")
    client, path = client_of(superuser), "/beheer/indicators/auditevent/"
    assert "V3, 2019" in client.get(path).content.decode()
    for place in ("add/", f"{event.pk}/delete/"):
        assert client.get(path + place).status_code == 403
        assert client.post(path + place, {"post": "yes"}).status_code == 403
    before = AuditEvent.objects.values().get(pk=event.pk)
    assert client.post(f"{path}{event.pk}/change/", {"subject": "niets"}).status_code == 403
    client.post(path, {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"})
    assert AuditEvent.objects.values().get(pk=event.pk) == before


def test_the_keeper_reads_the_log_and_touches_no_accounts(keeper: User) -> None:
    client = client_of(keeper)
    assert client.get("/beheer/indicators/auditevent/").status_code == 200
    assert client.get("/beheer/auth/user/").status_code == 403
    assert client.get("/beheer/auth/group/").status_code == 403


@pytest.mark.parametrize("who", ["officer", "adopter"])
def test_officers_do_not_come_in(request: pytest.FixtureRequest, who: str) -> None:
    response = client_of(request.getfixturevalue(who)).get("/beheer/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/beheer/login/")
