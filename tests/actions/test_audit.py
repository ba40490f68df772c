"""The audit log: log-in, rights, refused access; no passwords and no figures."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import RequestFactory
from django.urls import reverse

from indicators.actions import audit
from indicators.models import AuditEvent
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def events(**which):
    return [(e.action, e.subject, e.actor_name, e.result) for e in AuditEvent.objects.filter(**which).order_by("pk")]


@pytest.fixture
def anna(db):
    return make_user("anna", "beleidsmedewerker", password="een lang geheim woord")


def since(count):
    """Return the events after the first `count`: the log cannot be emptied."""
    return events()[count:]


def log_in(client, username, password):
    return client.post(reverse("inloggen"), {"username": username, "password": password}, REMOTE_ADDR="192.0.2.7")


def test_log_in_and_out(client, anna):
    count = len(events())
    assert log_in(client, "anna", "een lang geheim woord").status_code == 302
    client.post(reverse("uitloggen"), REMOTE_ADDR="192.0.2.7")
    assert since(count) == [("inloggen", "", "anna", "done"), ("uitloggen", "", "anna", "done")]
    assert AuditEvent.objects.order_by("pk").last().origin == "192.0.2.7"


@pytest.mark.parametrize(("typed", "noted"), [("anna", "anna"), ("een lang geheim woord", "(onbekende naam)")])
def test_a_failed_log_in_names_an_account_and_never_what_may_be_a_password(client, anna, typed, noted):
    count = len(events())
    log_in(client, typed, "fout")
    assert since(count) == [("inloggen mislukt", "", noted, "refused")]


def test_the_origin_is_the_address_of_the_connection(client, anna):
    client.post(
        reverse("inloggen"),
        {"username": "anna", "password": "x"},
        REMOTE_ADDR="192.0.2.7",
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert AuditEvent.objects.order_by("pk").last().origin == "192.0.2.7"


def test_changes_of_rights_in_code(anna):
    count = len(events())
    anna.is_superuser = True
    anna.save()
    anna.email = "anna@example.org"
    anna.save()
    anna.is_active = False
    anna.save(update_fields=["is_active"])
    anna.groups.add(Group.objects.get(name="vaststeller"))
    anna.groups.add(Group.objects.get(name="vaststeller"))  # nothing changes
    Group.objects.get(name="vaststeller").user_set.remove(anna)
    anna.groups.clear()
    right = Permission.objects.get(codename="adopt")
    anna.user_permissions.add(right)
    Group.objects.get(name="beheerder").permissions.add(right)
    assert since(count) == [
        ("rechten wijzigen", "anna: alle rechten aan", "", "done"),
        ("rechten wijzigen", "anna: actief uit", "", "done"),
        ("rechten wijzigen", "anna: erbij vaststeller", "", "done"),
        ("rechten wijzigen", "groep vaststeller: eraf anna", "", "done"),
        ("rechten wijzigen", "anna: alles eraf", "", "done"),
        ("rechten wijzigen", f"anna: erbij {right}", "", "done"),
        ("rechten wijzigen", f"groep beheerder: erbij {right}", "", "done"),
    ]


def test_a_new_account_is_noted_with_what_it_may(db):
    User.objects.create_superuser("root")
    assert events() == [
        ("rechten wijzigen", "root: nieuw account, actief aan, in het beheer aan, alle rechten aan", "", "done")
    ]


def test_in_the_admin_the_log_names_who_did_it(client, superuser, anna):
    client.force_login(superuser)
    count = len(events())
    page = reverse("admin:auth_user_change", args=[anna.pk])
    fields = {
        "username": "anna",
        "first_name": "",
        "last_name": "",
        "email": "",
        "is_staff": "on",
        "is_active": "on",
        "groups": [str(Group.objects.get(name="beheerder").pk)],
        "date_joined_0": "2026-11-24",
        "date_joined_1": "09:00:00",
        "last_login_0": "",
        "last_login_1": "",
    }
    response = client.post(page, fields)
    assert response.status_code == 302, response.context["adminform"].form.errors
    recent = since(count)
    assert ("rechten wijzigen", "anna: in het beheer aan", "root", "done") in recent
    assert ("rechten wijzigen", "anna: erbij beheerder", "root", "done") in recent
    assert ("rechten wijzigen", "anna: eraf beleidsmedewerker", "root", "done") in recent


def test_refused_gives_a_404_that_says_nothing(anna):
    request = RequestFactory().get("/geheim/", REMOTE_ADDR="192.0.2.7")
    request.user = anna
    count = len(events())
    assert str(audit.denied_404(request, "/geheim/")) == "Deze pagina is er niet."
    assert since(count) == [("toegang", "GET /geheim/", "anna", "refused")]


def test_a_subject_is_as_long_as_its_column():
    audit.log_event("proef", subject="x" * 500, name="y" * 500)
    event = AuditEvent.objects.get(action="proef")
    assert len(event.subject) == 200 and event.subject.endswith("…") and len(event.actor_name) == 150


def test_keepers_look_at_the_log_and_change_nothing(client, keeper):
    client.force_login(keeper)
    audit.log_event("proef", subject="iets")
    page = client.get(reverse("admin:indicators_auditevent_changelist"))
    assert page.status_code == 200 and "iets" in page.content.decode()
    assert client.get(reverse("admin:indicators_auditevent_add")).status_code == 403
    assert events()[-1] == ("toegang", "GET /beheer/indicators/auditevent/add/", "dirk", "refused")
