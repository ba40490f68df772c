"""Ways round the immutability of adopted figures by the front door: the actions, the pages, the administration."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from indicators.actions import adopt, send_back, take_over
from priorities.models import Kadernota
from tests.access.attacks import Case
from tests.access.states import CODE, EDITION, YEAR
from tests.cast import NOW, REAL, adopt_year, entry_of, record, whole
from tests.pages.entry_form import fields_of

# -- By an action


def record_without_a_reason(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer)


def record_without_having_seen(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer, seen=None, explanation="reden")


def adopt_again(case: Case) -> None:
    adopt_year(case.kadernota, YEAR, by=case.adopter)


def adopt_what_was_seen_before(case: Case) -> None:
    facts = {"decision": "B", "on": NOW.date(), "now": NOW, "seen": [case.row.pk]}
    adopt(kadernota=case.kadernota, year=YEAR, by=case.adopter, **facts)


def adopt_as_officer(case: Case) -> None:
    adopt_year(case.kadernota, YEAR, by=case.officer)


def adopt_ones_own(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.superuser, explanation="reden")
    adopt_year(case.kadernota, YEAR, by=case.superuser)


def send_back_what_is_adopted(case: Case) -> None:
    send_back(revision=case.row.pk, kadernota=case.kadernota, by=case.adopter, reason="nee", now=NOW)


def take_over_the_same(case: Case) -> None:
    entry = replace(entry_of(case.kadernota, CODE, YEAR, "1"), area=whole(case.kadernota))
    facts = {"source": "x", "retrieved_on": NOW.date(), "figures": [(entry, "x")], "now": NOW}
    take_over(kadernota=case.kadernota, year=YEAR, **facts)


# -- By a page


def enter_without_a_reason(case: Case) -> None:
    client, path = case.client(case.officer), reverse("invoeren", args=[REAL, YEAR])
    fields = fields_of(client.get(path))
    response = client.post(path, fields | {f"figure-{case.row.component_id}": "4.000"})
    assert response.status_code == 422


def paste_without_a_reason(case: Case) -> None:
    client, block = case.client(case.officer), f"indicator;onderdeel;jaar;meting;toelichting\n{CODE};;{YEAR};4.000;"
    preview = client.post(reverse("uit-bestand", args=[REAL, YEAR]), {"block": block})
    assert preview.status_code == 200 and not preview.context["may_confirm"]
    sealed = {"payload": preview.context["payload"], "confirm_all": "1"}
    assert client.post(reverse("uit-bestand-vastleggen", args=[REAL, YEAR]), sealed).status_code == 422


def press_adopt_again(case: Case) -> None:
    client, path = case.client(case.adopter), reverse("vaststellen", args=[REAL, YEAR])
    sent = {"seen": str(case.row.pk), "on": "2021-03-02", "decision": "B-2", "confirm": "on"}
    response = client.post(path, sent)
    assert response.headers["Location"] == reverse("verzegelen", args=[REAL, EDITION]) + "?begin=1"


def press_send_back(case: Case) -> None:
    path = reverse("terugsturen", args=[REAL, YEAR])
    case.client(case.adopter).post(path, {"revision": case.row.pk, "reason": "nee"})


def admin_page(model: str, verb: str, **sent: Any):
    """Press a button in the administration that is not there."""

    def attack(case: Case) -> None:
        rows = {"edition": case.edition, "editionentry": case.row.entry, "measurement": case.row}
        path = reverse(f"admin:indicators_{model}_{verb}", args=[rows[model].pk])
        assert case.client(case.superuser).post(path, {"post": "yes", "_save": "x", **sent}).status_code == 403

    return attack


def admin_deletes_the_recorder(case: Case) -> None:
    path = reverse("admin:auth_user_delete", args=[case.officer.pk])
    assert case.client(case.superuser).post(path, {"post": "yes"}).status_code in (200, 403)


def admin_form(app: str, model: str, find, **changes: Any):
    """Save the page of a row of the structure with a changed field."""

    def attack(case: Case) -> None:
        client, row = case.client(case.keeper), find(case)
        path = reverse(f"admin:{app}_{model}_change", args=[row.pk])
        form = client.get(path).context["adminform"].form
        sent = {name: form[name].value() for name in form.fields} | changes
        sent = {name: "" if value is None else value for name, value in sent.items() if value is not False}
        client.post(path, sent | {name: value(case) for name, value in sent.items() if callable(value)})

    return attack


def another_kadernota(case: Case) -> int:
    """The key of a kadernota that is not this one."""
    facts = {"title": "E", "organisation": "E", "baseline_year": 2017, "first_year": 2018, "first_target_year": 2019}
    return Kadernota.objects.get_or_create(slug="elders", defaults=facts | {"last_year": 2022})[0].pk
