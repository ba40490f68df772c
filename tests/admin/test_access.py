"""Access to the admin, which can neither delete nor change figures."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest import FixtureRequest

from indicators.models import EditionEntry, Measurement
from tests.admin.pages import LOOKED_AT, STRUCTURE, address, own_admins

pytestmark = pytest.mark.django_db
EVERYTHING = (*STRUCTURE, *LOOKED_AT)


def first_pk(label: str) -> int | None:
    """Return the key of some row of this model, or None."""
    return apps.get_model(label)._default_manager.values_list("pk", flat=True).first()


@pytest.mark.engine_free
def test_the_lists_here_name_every_admin() -> None:
    seen_by_superusers_only = {"indicators.sentback"}
    assert set(own_admins()) == set(EVERYTHING) | seen_by_superusers_only


@pytest.mark.parametrize("label", EVERYTHING)
def test_list_and_change_page_open_for_the_beheerder(as_keeper: Client, label: str) -> None:
    assert as_keeper.get(reverse(address(label, "changelist"))).status_code == 200
    assert as_keeper.get(reverse(address(label, "changelist")), {"q": "V1"}).status_code == 200
    if pk := first_pk(label):
        assert as_keeper.get(reverse(address(label, "change"), args=[pk])).status_code == 200


def test_the_change_pages_were_really_opened(both: None) -> None:
    empty = {label for label in EVERYTHING if first_pk(label) is None}
    assert empty <= {"indicators.break", "indicators.deadline", "indicators.auditevent"}


@pytest.mark.parametrize("who", ["officer", "adopter"])
def test_closed_for_those_who_are_not_staff(client: Client, both: None, request: FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    for label in EVERYTHING:
        for page, args in (("changelist", []), ("add", []), ("change", [first_pk(label) or 1])):
            response = client.get(reverse(address(label, page), args=args))
            assert response.status_code == 302 and response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("who", ["officer", "adopter"])
def test_nothing_to_change_for_officers_as_staff(client: Client, both: None, request: FixtureRequest, who: str) -> None:
    """Even with staff status, ticked by mistake, the groups give no right to change the structure."""
    user = request.getfixturevalue(who)
    user.is_staff = True
    user.save()
    client.force_login(user)
    for label in EVERYTHING:
        assert client.get(reverse(address(label, "add"))).status_code == 403
        pk = first_pk(label)
        if pk is not None:
            assert client.post(reverse(address(label, "change"), args=[pk]), {}).status_code == 403


def test_beheerder_may_add_structure(as_keeper: Client) -> None:
    for label in STRUCTURE:
        assert as_keeper.get(reverse(address(label, "add"))).status_code == 200


@pytest.mark.parametrize("label", LOOKED_AT)
def test_figures_are_read_only_for_superusers_too(as_superuser: Client, label: str) -> None:
    assert as_superuser.get(reverse(address(label, "add"))).status_code == 403
    pk = first_pk(label)
    if pk is not None:
        page = as_superuser.get(reverse(address(label, "change"), args=[pk]))
        assert page.status_code == 200
        assert b'name="_save"' not in page.content
        assert as_superuser.post(reverse(address(label, "change"), args=[pk]), {"year": "2019"}).status_code == 403
    page = as_superuser.get(reverse(address(label, "changelist")))
    assert b'name="action"' not in page.content


def test_nobody_deletes_anything(as_superuser: Client, rf: RequestFactory, everything: User) -> None:
    request = rf.get("/")
    request.user = everything
    for label, admin in own_admins().items():
        assert not admin.has_delete_permission(request)
        assert "delete_selected" not in admin.get_actions(request)
        rows = apps.get_model(label)._default_manager
        before, pk = rows.count(), first_pk(label)
        if pk is not None:
            assert as_superuser.post(reverse(address(label, "delete"), args=[pk]), {"post": "yes"}).status_code == 403
            form = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
            as_superuser.post(reverse(address(label, "changelist")), form)
            # The log itself grows: it notes that this was refused.
            assert rows.filter(pk=pk).exists() and rows.count() >= before


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_a_post_to_an_adopted_measurement_changes_nothing(as_superuser: Client, verb: str) -> None:
    row = EditionEntry.objects.select_related("measurement").first().measurement
    before = list(Measurement.objects.values())
    form = {"number": "1", "year": "2019", "explanation": "anders", "_save": "Opslaan", "post": "yes"}
    response = as_superuser.post(reverse(address("indicators.measurement", verb), args=[row.pk]), form)
    assert response.status_code == 403
    assert list(Measurement.objects.values()) == before


@pytest.mark.parametrize("model", ["user", "group"])
def test_users_and_groups_are_for_superusers_only(as_keeper: Client, superuser: User, model: str) -> None:
    assert not Group.objects.filter(permissions__content_type__app_label="auth").exists()
    assert as_keeper.get(reverse(f"admin:auth_{model}_changelist")).status_code == 403
    as_keeper.force_login(superuser)
    assert as_keeper.get(reverse(f"admin:auth_{model}_changelist")).status_code == 200


@pytest.mark.parametrize("label", EVERYTHING)
def test_lists_ask_no_more_for_more_rows(as_keeper: Client, label: str) -> None:
    """A list of all rows takes as many queries as a list of one."""
    url = reverse(address(label, "changelist"))
    counts = []
    for pks in ([first_pk(label) or 0], None):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = as_keeper.get(url, {"pk__in": ",".join(map(str, pks))} if pks else {})
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
