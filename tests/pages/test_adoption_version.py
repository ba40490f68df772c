"""The version that a year is judged under, and the questions about the date, on the page of adopting."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Edition
from indicators.readmodel.public import public_overview
from priorities.models import Kadernota
from tests.cast import DATE_QUESTIONS, adopt_version_of, record, with_component
from tests.pages.notas import load_empty
from tests.pages.reading_html import Page
from tests.pages.test_reading import check

pytestmark = pytest.mark.django_db
WHERE = "/leeg/vaststellen/2020/"


@pytest.fixture
def changed(db: None, officer: User, keeper: User, adopter: User) -> Kadernota:
    """A kadernota without editions, whose versions 2 and 3 changed the target of V3 for 2020, and a draft of it."""
    kadernota = load_empty()
    for year, target in ((2021, "<4.000"), (2022, "<3.000")):
        adopt_version_of(
            kadernota,
            lambda nota, target=target: with_component(nota, "V3", targets={2020: target}),
            by=adopter,
            editor=keeper,
            on=date(year, 3, 14),
        )
    record(kadernota, "V3", 2020, "3.900", explanation="Geteld.", by=officer)
    return kadernota


@pytest.fixture
def at_work(client: Client, adopter: User) -> Client:
    client.force_login(adopter)
    return client


def fields(client: Client, **facts: Any) -> dict[str, Any]:
    """Return what a form sends that is filled in; the hidden fields as the page has them."""
    html = client.get(WHERE).content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([\d,]*)"', html) for name in ("seen", "seen_lines", "judged")}
    values = {name: match[1] if match else "" for name, match in hidden.items()}
    return values | {"on": "2023-04-04", "decision": "B-1", "confirm": "on", "questions": DATE_QUESTIONS} | facts


def hidden_of(response) -> dict[str, str]:
    return {"judged": re.search(r'name="judged" value="(\d*)"', response.content.decode())[1]}


def text_of(response) -> str:
    read = Page(response.content.decode())
    check(read)
    return read.text


def version_number(kadernota: Kadernota) -> int:
    return public_overview(kadernota).versions_by_year[2020].number


def test_the_newest_version_is_proposed_and_others_can_be_taken(at_work: Client, changed: Kadernota) -> None:
    text = text_of(at_work.get(WHERE))
    assert "De nieuwste op de datum van het besluit; op 24 november 2026 is dat versie 3" in text
    assert "Versie 1, overgenomen op" in text and "Versie 2, vastgesteld op 14 maart 2021, besluit raad 2020-14" in text
    assert "De oordelen op deze pagina zijn volgens versie 3" in text and "<3.000" in text
    assert at_work.post(WHERE, fields(at_work)).status_code == 303
    assert version_number(changed) == 3


def test_the_date_decides_and_its_verdicts_are_seen_first(at_work: Client, changed: Kadernota) -> None:
    sent = fields(at_work, on="2021-12-31")
    response = at_work.post(WHERE, sent)
    text = text_of(response)
    assert response.status_code == 409 and not Edition.objects.of(changed).exists()
    assert "Dit besluit beoordeelt 2020 volgens versie 2. Bekijk de oordelen opnieuw." in text
    assert "<4.000" in text and "op 31 december 2021 is dat versie 2" in text
    assert at_work.post(WHERE, sent | hidden_of(response)).status_code == 303
    assert version_number(changed) == 2


def test_another_version_can_be_taken(at_work: Client, changed: Kadernota) -> None:
    sent = fields(at_work, version="1")
    response = at_work.post(WHERE, sent)
    assert response.status_code == 409 and "4.500" in text_of(response)
    assert re.search(r'name="version" value="1"[^>]*checked', response.content.decode())
    assert at_work.post(WHERE, sent | hidden_of(response)).status_code == 303
    assert version_number(changed) == 1


@pytest.mark.parametrize("version", ["0", "4", "x", "-1"])
def test_a_version_that_is_not_there_is_refused(at_work: Client, changed: Kadernota, version: str) -> None:
    response = at_work.post(WHERE, fields(at_work, version=version))
    assert response.status_code == 422 and "Kies een van de versies." in text_of(response)
    assert not Edition.objects.of(changed).exists()


def test_a_year_that_was_judged_keeps_its_version(at_work: Client, changed: Kadernota, officer: User) -> None:
    sent = fields(at_work, version="1")
    at_work.post(WHERE, sent | hidden_of(at_work.post(WHERE, sent)))
    record(changed, "V3", 2020, "3.800", explanation="Herteld.", by=officer)
    text = text_of(at_work.get(WHERE))
    assert "Zo is 2020 al beoordeeld; een andere versie geldt pas na herbeoordelen." in text
    assert 'name="version"' not in at_work.get(WHERE).content.decode() and "volgens versie 1" in text
    assert at_work.post(WHERE, fields(at_work)).status_code == 303
    assert version_number(changed) == 1 and Edition.objects.of(changed).count() == 2


def test_with_one_version_nothing_is_asked(at_work: Client, officer: User) -> None:
    record(load_empty(), "V3", 2020, "4.400", by=officer)
    html = at_work.get(WHERE).content.decode()
    assert 'name="version"' not in html and "De oordelen op deze pagina" not in html


# -- Questions about the date


def checked_of(response) -> list[str]:
    return re.findall(r'name="questions"\s+value="([\w-]+)"[^>]*checked', response.content.decode())


def test_questions_are_checkboxes_that_keep_their_answers(at_work: Client, officer: User) -> None:
    empty = load_empty()
    record(empty, "V3", 2020, "4.400", by=officer)
    sent = fields(at_work, on="2020-06-01", questions=[])
    response = at_work.post(WHERE, sent)
    text = text_of(response)
    assert response.status_code == 422 and checked_of(response) == []
    assert "Het besluit is van vóór het einde van 2020. Zijn dit cijfers over het hele jaar?" in text
    assert "Het besluit is meer dan een jaar geleden. Klopt de datum?" in text
    assert 'href="#questions"' in response.content.decode() and 'id="questions"' in response.content.decode()
    half = at_work.post(WHERE, sent | {"questions": ["before-year-end"]})
    assert half.status_code == 422 and checked_of(half) == ["before-year-end"]
    other = at_work.post(WHERE, sent | {"questions": ["before-year-end"], "decision": ""})
    assert other.status_code == 422 and checked_of(other) == ["before-year-end"], "another fault keeps the answer"
    assert not Edition.objects.of(empty).exists()
    assert at_work.post(WHERE, sent | {"questions": DATE_QUESTIONS}).status_code == 303
    decision = Edition.objects.of(empty).get().decision
    assert decision.confirmations == ["before-year-end", "more-than-a-year-ago"], "only what was asked"


def test_a_date_without_questions_asks_nothing(at_work: Client, officer: User) -> None:
    record(load_empty(), "V3", 2020, "4.400", by=officer)
    response = at_work.post(WHERE, fields(at_work, on="2026-11-20", decision="", questions=[]))
    assert response.status_code == 422 and 'id="questions"' not in response.content.decode()
    assert at_work.post(WHERE, fields(at_work, on="2026-11-20", questions=[])).status_code == 303
