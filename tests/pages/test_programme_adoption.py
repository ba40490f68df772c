"""Adopting the programme: what the adopter sees, sends back and adopts, and what the officer sees of it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from indicators.actions.recording_lines import withdraw_line
from indicators.domain.programme import ActivityState
from indicators.models import Edition, ProgrammeLine, SentBack
from priorities.models import Kadernota
from tests.cast import DATE_QUESTIONS, NOW, REAL, adopt_year, record_activity
from tests.pages.reading_html import Page
from tests.pages.test_reading import check

pytestmark = pytest.mark.django_db
WHERE = f"/{REAL}/vaststellen/2021/"


@pytest.fixture
def plan(real: Kadernota, officer: User) -> ProgrammeLine:
    return record_activity(real, "Plan voor straks", 2022, by=officer, state=ActivityState.PLANNED)


@pytest.fixture
def account(real: Kadernota, officer: User) -> ProgrammeLine:
    return record_activity(real, "Wijkschouw", 2021, by=officer, state=ActivityState.DONE, result="Zeven straten.")


@pytest.fixture
def at_work(client: Client, adopter: User) -> Client:
    client.force_login(adopter)
    return client


def text_of(response) -> str:
    read = Page(response.content.decode())
    check(read)
    return read.text


def decision(client: Client, **changed: str) -> dict[str, Any]:
    page = client.get(WHERE).content.decode()
    found = {name: re.search(rf'name="{name}" value="([\d,]*)"', page) for name in ("seen", "seen_lines")}
    seen = {name: match[1] if match else "" for name, match in found.items()}
    return seen | {"on": "2022-03-03", "decision": "B-1", "confirm": "on", "questions": DATE_QUESTIONS} | changed


def test_the_account_and_the_look_ahead_are_shown_apart(at_work: Client, plan, account, real, officer) -> None:
    text = text_of(at_work.get(WHERE))
    assert "Klaar om vast te stellen: 2 regels van het programma." in text
    assert text.index("verslag over 2021") < text.index("Wijkschouw") < text.index("vooruitblik op 2022")
    assert "Anna de Wit" in text and "Ik heb bekeken: deze 2 regels van het programma." in text
    at_work.force_login(officer)
    seen = text_of(at_work.get(WHERE))
    assert "Plan voor straks" in seen and "Terugsturen" not in seen and "Stel vast" not in seen


def test_they_are_adopted_with_what_was_seen_and_listed(at_work: Client, plan, account, real: Kadernota) -> None:
    response = at_work.post(WHERE, decision(at_work))
    edition = Edition.objects.get(kadernota=real, year=2021, number=2)
    figures, lines = (edition.entries.filter(line__isnull=is_figure).count() for is_figure in (True, False))
    assert (response.status_code, figures, lines) == (303, 0, 2)
    text = text_of(Client().get(reverse("editie", args=[real.slug, str(edition)])))
    assert "Deze editie bevat 2 regels van het programma." in text
    assert text.index("programma: verslag") < text.index("Zeven straten.") < text.index("programma: vooruitblik")
    again = at_work.post(WHERE, decision(at_work, seen_lines=f"{account.pk},{plan.pk}"), follow=True)
    assert "al vastgesteld, in editie 2021-2" in text_of(again)


def test_a_line_that_was_not_seen_is_not_adopted(at_work: Client, account, real, officer: User) -> None:
    fields = decision(at_work)
    record_activity(real, "Er bij gekomen", 2021, by=officer)
    response = at_work.post(WHERE, fields)
    assert response.status_code == 409 and not Edition.objects.filter(kadernota=real, year=2021, number=2)
    assert "is er iets bijgekomen" in text_of(response)


@pytest.mark.parametrize("seen", ["", "x", "987654", "9" * 40])
def test_a_forged_list_of_lines_adopts_nothing(at_work: Client, account, real, seen: str) -> None:
    assert at_work.post(WHERE, decision(at_work, seen_lines=seen)).status_code == 409
    assert not Edition.objects.filter(kadernota=real, year=2021, number=2)


def test_what_lacks_its_account_holds_it_up(at_work: Client, real, officer: User) -> None:
    record_activity(real, "Wijkschouw", 2021, by=officer, state=ActivityState.DELAYED)
    text = text_of(at_work.get(WHERE))
    assert "Het programma is nog niet compleet: ‘Wijkschouw’ (2021) is vertraagd: schrijf waardoor." in text
    assert "Ontbreekt: deze regel is vertraagd" in text and "Stel vast" not in text


def test_own_lines_are_not_adopted(client: Client, account, real, superuser: User) -> None:
    record_activity(real, "Eigen werk", 2021, by=superuser)
    client.force_login(superuser)
    text = text_of(client.get(WHERE))
    assert "U legde deze regels zelf vast: ‘Eigen werk’ (2021)." in text and "Stel vast" not in text


def test_sending_a_line_back_reaches_the_officer(at_work: Client, account, real, officer: User) -> None:
    path = reverse("regel-terugsturen", args=[REAL, 2021])
    refused = at_work.post(path, {"revision": account.pk, "reason": " "})
    assert refused.status_code == 422 and f'href="#line-reason-{account.pk}"' in refused.content.decode()
    for _ in range(2):
        assert at_work.post(path, {"revision": account.pk, "reason": "Welke straten?"}).status_code == 303
    assert SentBack.objects.get().reason == "Welke straten?"
    text = text_of(at_work.get(WHERE))
    assert "‘Wijkschouw’ is teruggestuurd." in text and "was al teruggestuurd" in text
    assert "1 regel is teruggestuurd." in text and "Stel vast" not in text
    at_work.force_login(officer)
    todo = text_of(at_work.get(f"/{REAL}/mijn-werk/?jaar=2021"))
    assert "Teruggestuurd: 1" in todo and "carla op 24 november 2026" in todo and "Welke straten?" in todo
    for where in (reverse("regel", args=[REAL, 2021, account.pk]), f"/{REAL}/programma-invoeren/2021/"):
        assert "Welke straten?" in text_of(at_work.get(where))


def test_a_line_of_another_kadernota_is_not_sent_back(at_work: Client, practice: Kadernota, account) -> None:
    path = reverse("regel-terugsturen", args=[practice.slug, 2021])
    at_work.post(path, {"revision": account.pk, "reason": "Nee."})
    assert not SentBack.objects.exists()


def test_the_to_do_page_names_what_became_of_the_plans(at_work: Client, plan, real, officer: User) -> None:
    adopt_year(real, 2021, by=User.objects.get(username="carla"))
    at_work.force_login(officer)
    todo = text_of(at_work.get(f"/{REAL}/mijn-werk/?jaar=2022"))
    assert "Verslag niet compleet: 1" in todo and "schrijf waarom het niet is begonnen" in todo
    assert "Het programma" not in text_of(at_work.get(f"/{REAL}/mijn-werk/?jaar=2021"))


def test_an_adopted_line_that_was_a_mistake_leaves_with_its_reason(at_work: Client, account, real, officer) -> None:
    adopt_year(real, 2021, by=User.objects.get(username="carla"))
    withdraw_line(seen=account.pk, kadernota=real, reason="Dubbel met V3.", by=officer, now=NOW)
    text = text_of(at_work.get(WHERE))
    assert "regel was in het programma en wordt ingetrokken" in text and "Dubbel met V3." in text
    at_work.post(WHERE, decision(at_work))
    page = text_of(Client().get(f"/{REAL}/editie/2021-3/"))
    assert "Ingetrokken" in page and "Dubbel met V3." in page
    assert "Zeven straten." not in text_of(Client().get(f"/{REAL}/prioriteit/1/?jaar=2021"))
    compared = text_of(Client().get(f"/{REAL}/vergelijken/?van=2021-2&naar=2021-3"))
    assert "In het programma verviel er 1 regel als vergissing." in compared
