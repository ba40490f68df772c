"""Attempts to change an adopted figure by the actions, the pages and the administration.

Each attack is a function of a `Case` that tries one way; test_immutability.py lists them with the expected outcome.
"""

from dataclasses import replace

from django.urls import reverse

from indicators.actions.adopting import adopt, take_over
from indicators.actions.workflow import send_back
from indicators.models import Measurement
from tests.access.attacks import Attack, Case
from tests.access.states import CODE, EDITION, YEAR
from tests.cast import NOW, REAL, adopt_year, entry_of, record, whole_area
from tests.pages.entry_form import fields_of

# -- By an action


def record_without_a_reason(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer)


def record_without_seen_revision(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer, seen=None, explanation="reden")


def adopt_again(case: Case) -> None:
    adopt_year(case.kadernota, YEAR, by=case.adopter)


def adopt_an_adopted_revision(case: Case) -> None:
    facts = {"decision": "B", "on": NOW.date(), "now": NOW, "seen": [case.measurement.pk]}
    adopt(kadernota=case.kadernota, year=YEAR, by=case.adopter, **facts)


def adopt_as_officer(case: Case) -> None:
    adopt_year(case.kadernota, YEAR, by=case.officer)


def adopt_own_figure(case: Case) -> None:
    record(case.kadernota, CODE, YEAR, "4.000", by=case.superuser, explanation="reden")
    adopt_year(case.kadernota, YEAR, by=case.superuser)


def send_back_the_adopted_figure(case: Case) -> None:
    facts = {"model": Measurement, "revision": case.measurement.pk, "kadernota": case.kadernota}
    send_back(by=case.adopter, reason="nee", now=NOW, **facts)


def take_over_the_same(case: Case) -> None:
    entry = replace(entry_of(case.kadernota, CODE, YEAR, "1"), area=whole_area(case.kadernota))
    facts = {"source": "x", "retrieved_on": NOW.date(), "figures": [(entry, "x")], "now": NOW}
    take_over(kadernota=case.kadernota, year=YEAR, **facts)


# -- By a page


def enter_without_a_reason(case: Case) -> None:
    client, path = case.client(case.officer), reverse("invoeren", args=[REAL, YEAR])
    fields = fields_of(client.get(path))
    response = client.post(path, fields | {f"figure-{case.measurement.series_id}": "4.000"})
    assert response.status_code == 422


def paste_without_a_reason(case: Case) -> None:
    client, block = case.client(case.officer), f"indicator;onderdeel;jaar;meting;toelichting\n{CODE};;{YEAR};4.000;"
    preview = client.post(reverse("uit-bestand", args=[REAL, YEAR]), {"block": block})
    assert preview.status_code == 200 and not preview.context["may_confirm"]
    payload = {"payload": preview.context["payload"], "confirm_all": "1"}
    assert client.post(reverse("uit-bestand-vastleggen", args=[REAL, YEAR]), payload).status_code == 422


def press_adopt_again(case: Case) -> None:
    client, path = case.client(case.adopter), reverse("vaststellen", args=[REAL, YEAR])
    data = {"seen": str(case.measurement.pk), "on": "2021-03-02", "decision": "B-2", "confirm": "on"}
    response = client.post(path, data)
    assert response.headers["Location"] == reverse("verzegelen", args=[REAL, EDITION]) + "?begin=1"


def press_send_back(case: Case) -> None:
    path = reverse("terugsturen", args=[REAL, YEAR])
    case.client(case.adopter).post(path, {"revision": case.measurement.pk, "reason": "nee"})


def admin_page(model: str, action: str) -> Attack:
    """Return the attack that posts to a page that the administration once had."""

    def attack(case: Case) -> None:
        path = f"/beheer/{model}/{case.measurement.pk}/{action}/"
        assert case.client(case.superuser).post(path, {"post": "yes", "_save": "x"}).status_code == 404

    return attack


def admin_deletes_the_recorder(case: Case) -> None:
    path = reverse("admin:auth_user_delete", args=[case.officer.pk])
    assert case.client(case.superuser).post(path, {"post": "yes"}).status_code in (200, 403)
