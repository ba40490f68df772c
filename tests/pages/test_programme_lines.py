"""Withdrawing a line of the programme, copying from the previous year, and the cost of the list."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.actions.recording_lines import withdraw_line
from indicators.domain.programme import ActivityState
from indicators.readmodel.cache import clear_cache
from priorities.models import Kadernota
from tests.cast import NOW, PRACTICE, REAL, make_user, priority_of, record_activity
from tests.pages.test_programme_form import lines, of, text_of, value_of_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(real: Kadernota) -> User:
    return make_user("anna", "beleidsmedewerker")


@pytest.fixture
def at_work(client: Client, writer: User) -> Client:
    client.force_login(writer)
    return client


def test_withdrawing_asks_why(at_work: Client, real: Kadernota, writer: User) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    path = of(line, "regel-intrekken")
    assert "Gaat een activiteit niet door" in text_of(at_work.get(path))
    response = at_work.post(path, {"seen": str(line.pk), "reason": " "})
    assert response.status_code == 422 and response.content.decode().count("Schrijf waarom deze regel er niet") == 2
    assert at_work.post(path, {"seen": str(line.pk), "reason": "Dubbel."}).status_code == 303
    assert lines().latest("pk").withdrawn
    assert at_work.post(path, {"seen": str(line.pk), "reason": "Dubbel."}).status_code == 303
    assert lines().count() == 2
    assert "heeft nog geen regels" in text_of(at_work.get(f"/{REAL}/programma-invoeren/2021/"))


def test_withdrawing_what_a_colleague_changed_is_asked_again(at_work, real, writer, colleague) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    record_activity(real, "Schouw", 2021, by=colleague, seen=line, partners="Ymere")
    path = of(line, "regel-intrekken")
    response = at_work.post(path, {"seen": str(line.pk), "reason": "Dubbel."})
    assert response.status_code == 409 and "bram heeft deze regel intussen gewijzigd." in text_of(response)
    assert "Dubbel.</textarea>" in response.content.decode(), "the reason stays as it was typed"
    assert at_work.post(path, {"seen": value_of_field(response, "seen"), "reason": "Dubbel."}).status_code == 303


def test_what_goes_on_is_taken_over_once(at_work: Client, real: Kadernota, writer: User) -> None:
    effort = priority_of(real).approach[0]
    for state in ActivityState:
        record_activity(
            real,
            f"Het {state.value}",
            2020,
            by=writer,
            state=state,
            result="Tekst.",
            effort=effort,
            partners="Politie",
            planned="mei",
            budget=Decimal(9),
        )
    record_activity(real, "Een bedrag", 2020, by=writer, state=None, budget=Decimal(9))
    record_activity(real, "het LOOPT", 2021, by=writer, effort=effort)
    path = reverse("regels-overnemen", args=[REAL, 2021])
    assert "Neem 2 activiteiten over uit 2020" in text_of(at_work.get(f"/{REAL}/programma-invoeren/2021/"))
    for _ in range(2):
        response = at_work.post(path)
        assert response.status_code == 303
    page = text_of(at_work.get(response.headers["Location"]))
    assert "2 activiteiten zijn overgenomen uit 2020, als concept." in page
    assert "Uit 2020 is er niets over te nemen." in page
    rows = lines().filter(year=2021).exclude(title="het LOOPT").order_by("pk")
    facts = [(row.title, row.state, row.effort, row.partners, row.planned, row.result, row.budget) for row in rows]
    assert facts == [(f"Het {state}", "gepland", effort, "Politie", "", "", None) for state in ("gepland", "vertraagd")]
    withdraw_line(seen=rows[0].pk, kadernota=real, reason="Niet hier.", by=writer, now=NOW)
    at_work.post(path)
    assert lines().filter(year=2021).count() == 4


def test_the_list_costs_a_fixed_number_of_queries(at_work: Client, practice: Kadernota, real: Kadernota) -> None:
    costs = []
    for slug, year in ((REAL, 2018), (PRACTICE, 2020)):
        clear_cache()
        with CaptureQueriesContext(connection) as captured:
            assert at_work.get(f"/{slug}/programma-invoeren/{year}/").status_code == 200
        costs.append(len(captured))
    # The log-in with its rights (3), the kadernota and its version (2), the head of the chain, the read model (8: the
    # chain, the structure of its version (5), figures, lines), the lines with drafts (2), drafts of figures.
    assert costs == [17, 17]
