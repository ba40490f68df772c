"""The workshop: offer, take back, send back, adopt by another, bring up to date; difference, effect and preview."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from indicators.models import AuditEvent, Deadline, Decision, Proposal, Source
from priorities.models import Kadernota
from tests.cast import make_user
from tests.pages.workshop_cast import client_of, draft_of, form_of, new_draft, next_draft, offered, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]
SLUG = "waterstad-2027-2030"
DECISION = {"on": "2026-11-20", "reference": "raad 20 november 2026, besluit 12", "confirm": "on"}


def change_target(kadernota: Kadernota, keeper: User, code: str, year: int, typed: str) -> None:
    """Change one target of the draft in the grid."""
    client, path = client_of(keeper), url("werkplaats-cijfers", kadernota.slug)
    form = form_of(client.get(path).content, "block")
    indicator = next(one for one in draft_of(kadernota).nota.indicators if one.code == code)
    assert client.post(path, form | {f"{indicator.components[0].key}.{year}": typed}).status_code == 303


def test_from_offer_to_public(keeper: User, adopter: User) -> None:
    new_draft(keeper)
    client = client_of(keeper)
    response = client.post(url("werkplaats-aanbieden", SLUG))
    assert response.headers["Location"] == url("werkplaats-concept", SLUG)
    assert client.get(url("werkplaats-vaststellen", SLUG)).status_code == 200
    other, path = client_of(adopter), url("werkplaats-vaststellen", SLUG)
    page = other.get(path)
    assert "voorbereid door dirk" in text_of(page.content)
    response = other.post(path, form_of(page.content, "content_hash") | DECISION)
    assert response.headers["Location"] == reverse("kadernota", args=[SLUG])
    assert Decision.objects.get(kadernota__slug=SLUG).adopted_by == adopter
    assert client_of(None).get(reverse("kadernota", args=[SLUG])).status_code == 200
    assert other.get(path).status_code == 404, "there is no open draft any more"


def test_questions_are_confirmed_when_offering(keeper: User) -> None:
    draft = new_draft(keeper)
    change_target(draft.kadernota, keeper, "V1", 2030, ">60")
    client, path = client_of(keeper), url("werkplaats-aanbieden", SLUG)
    response = client.post(path)
    assert response.status_code == 422
    assert "lager is beter, maar de streefwaarde van 2030 is >60. Klopt dit?" in text_of(response.content)
    codes = re.findall(r'name="confirm"\s+value="([^"]+)"', response.content.decode())
    assert codes
    assert client.post(path, {"confirm": codes}).status_code == 303
    assert draft_of(draft.kadernota).is_offered


def test_the_next_version_needs_a_reason_and_a_change(keeper: User, real: Kadernota) -> None:
    next_draft(real, keeper)
    client, path = client_of(keeper), url("werkplaats-aanbieden", real.slug)
    assert "Schrijf wat er verandert, en waarom." in text_of(client.post(path).content)
    assert "gelijk aan de vastgestelde versie" in text_of(client.post(path, {"reason": "Zomaar."}).content)
    change_target(real, keeper, "V3", 2022, "<4.000")
    response = client.post(path, {"reason": "De raad wil meer."})
    if response.status_code == 422:
        codes = [part.partition('"')[0] for part in response.content.decode().split('name="confirm" value="')[1:]]
        response = client.post(path, {"reason": "De raad wil meer.", "confirm": codes})
    assert response.status_code == 303
    assert draft_of(real).version.reason == "De raad wil meer."


def test_nobody_adopts_what_they_prepared(adopter: User) -> None:
    adopter.groups.add(Group.objects.get(name="beheerder"))
    both = User.objects.get(pk=adopter.pk)
    offered(new_draft(both), both)
    path = url("werkplaats-vaststellen", SLUG)
    page = client_of(both).get(path)
    assert "U werkte zelf aan deze versie." in text_of(page.content)
    assert b"content_hash" not in page.content
    proposal = Proposal.objects.get(kadernota__slug=SLUG)
    response = client_of(both).post(path, DECISION | {"content_hash": proposal.content_hash})
    assert response.status_code == 409
    assert "Wie een versie voorbereidde, stelt haar niet zelf vast." in text_of(response.content)
    assert not Decision.objects.filter(kadernota__slug=SLUG).exists()


def test_exactly_what_was_seen_is_adopted(keeper: User, adopter: User) -> None:
    offered(new_draft(keeper), keeper)
    path = url("werkplaats-vaststellen", SLUG)
    seen = form_of(client_of(adopter).get(path).content, "content_hash")
    client = client_of(keeper)
    client.post(url("werkplaats-terugnemen", SLUG))
    change_target(Kadernota.objects.get(slug=SLUG), keeper, "V1", 2030, "<29")
    client.post(url("werkplaats-aanbieden", SLUG))
    response = client_of(adopter).post(path, seen | DECISION)
    assert response.status_code == 409
    assert "Een ander wijzigde dit concept intussen." in text_of(response.content)
    assert not Decision.objects.filter(kadernota__slug=SLUG).exists()


def test_a_decision_has_a_date_a_reference_and_a_confirmation(keeper: User, adopter: User) -> None:
    offered(new_draft(keeper), keeper)
    client, path = client_of(adopter), url("werkplaats-vaststellen", SLUG)
    form = form_of(client.get(path).content, "content_hash")
    text = text_of(client.post(path, form).content)
    assert all(words in text for words in ("Vul de datum van het besluit in.", "Noem het besluit.", "Vink aan"))
    assert "ligt in de toekomst" in text_of(client.post(path, form | DECISION | {"on": "2027-01-01"}).content)
    response = client.post(path, form | DECISION | {"on": "2024-01-01"})
    assert "meer dan een jaar geleden" in text_of(response.content)
    confirmed = form | DECISION | {"on": "2024-01-01", "questions": "more-than-a-year-ago"}
    assert client.post(path, confirmed).status_code == 303


def test_an_adopter_sends_back_with_a_reason(keeper: User, adopter: User) -> None:
    draft = offered(new_draft(keeper), keeper)
    client, path = client_of(adopter), url("werkplaats-terugsturen", SLUG)
    assert client.post(path).status_code == 422
    assert client.post(path, {"reason": "De nulmeting klopt niet."}).status_code == 303
    text = text_of(client_of(keeper).get(url("werkplaats-concept", SLUG)).content)
    assert "Teruggestuurd. De nulmeting klopt niet." in text
    assert client_of(keeper).post(path, {"reason": "Zelf."}).status_code == 404, "a keeper does not send back"
    assert draft_of(draft.kadernota).is_sent_back


def test_an_adopter_does_not_offer_and_a_keeper_does_not_adopt(keeper: User, adopter: User, officer: User) -> None:
    offered(new_draft(keeper), keeper)
    assert client_of(keeper).post(url("werkplaats-vaststellen", SLUG), DECISION).status_code == 404
    for user in (adopter, officer):
        assert client_of(user).post(url("werkplaats-terugnemen", SLUG)).status_code == 404
    assert AuditEvent.objects.filter(result="refused", actor=adopter).exists()


def test_the_difference_says_who_changed_what_and_what_it_does(keeper: User, practice: Kadernota) -> None:
    next_draft(practice, keeper)
    change_target(practice, keeper, "V12", 2021, "25")
    text = text_of(client_of(keeper).get(url("werkplaats-verschil", practice.slug)).content)
    assert "2 verschillen" in text
    assert "Streefwaarde 2021" in text
    assert "dirk" in text
    assert "Geen oordeel verandert vanzelf." in text, "every year is adopted"
    assert "2021: 1 oordeel zou anders zijn na herbeoordelen" in text


def test_a_later_first_year_is_in_the_difference(keeper: User, real: Kadernota) -> None:
    next_draft(real, keeper)
    client, path = client_of(keeper), url("werkplaats-indicator", real.slug, code="V12")
    form = form_of(client.get(path).content, "code")
    response = client.post(path, form | {"first_year": "2020", "change_reason": "Nieuw sinds 2020."})
    assert response.status_code == 303
    text = text_of(client.get(url("werkplaats-verschil", real.slug)).content)
    assert "Vanaf jaar" in text
    assert "Nieuw sinds 2020." in text


def test_the_preview_is_the_start_page_as_it_will_be(keeper: User, practice: Kadernota) -> None:
    next_draft(practice, keeper)
    change_target(practice, keeper, "V3", 2022, "<123")
    client = client_of(keeper)
    page = client.get(url("werkplaats-voorbeeld", practice.slug)).content.decode()
    assert "CONCEPT" in page
    assert url("werkplaats-voorbeeld-indicator", practice.slug, code="V3") in page
    own = client.get(url("werkplaats-voorbeeld-indicator", practice.slug, code="V3") + "?jaar=2022")
    assert "&lt;123" in own.content.decode()
    public = client_of(None).get(reverse("indicator", args=[practice.slug, "V3"]) + "?jaar=2022")
    assert "&lt;123" not in public.content.decode()
    assert client.get(url("werkplaats-voorbeeld-indicator", practice.slug, code="X1")).status_code == 404


def test_an_outdated_draft_is_brought_up_to_date(keeper: User, adopter: User, real: Kadernota) -> None:
    next_draft(real, keeper, "editorial")
    client = client_of(keeper)
    path = url("werkplaats-nota", real.slug, "editorial")
    form = form_of(client.get(path).content, "summary")
    client.post(path, form | {"summary": "Van de redactie."})
    next_draft(real, keeper)
    path = url("werkplaats-nota", real.slug)
    form = form_of(client.get(path).content, "title")
    client.post(path, form | {"summary": "Van de raad."})
    client.post(url("werkplaats-aanbieden", real.slug), {"reason": "Nieuw."})
    adopt = url("werkplaats-vaststellen", real.slug)
    seen = form_of(client_of(adopter).get(adopt).content, "content_hash")
    assert client_of(adopter).post(adopt, seen | DECISION).status_code == 303
    assert "Verouderd." in text_of(client.get(url("werkplaats-concept", real.slug, "editorial")).content)
    path = url("werkplaats-bijwerken", real.slug, "editorial")
    page = client.get(path)
    assert "Van de redactie." in text_of(page.content)
    form = form_of(page.content, "conflict")
    assert "Kies bij elk verschil" in text_of(client.post(path, form).content)
    assert client.post(path, form | {"choice.0": "theirs"}).status_code == 303
    draft = draft_of(Kadernota.objects.get(pk=real.pk), "editorial")
    assert draft.nota.summary == "Van de raad."
    assert not draft.is_outdated


def test_deadlines(keeper: User, adopter: User, real: Kadernota) -> None:
    client, path = client_of(keeper), reverse("werkplaats-termijnen", args=[real.slug])
    police = Source.objects.get(organisation=real.organisation, name="Politie")
    form = form_of(client.get(path).content, f"{police.pk}.2020")
    wrong = client.post(path, form | {f"{police.pk}.2020": "ooit", f"{police.pk}.2021": "2022-02-01"})
    assert wrong.status_code == 422
    assert "‘ooit’ is geen datum." in text_of(wrong.content)
    assert "past niet bij cijfers over 2020" in text_of(client.post(path, {f"{police.pk}.2020": "2030-01-01"}).content)
    assert not Deadline.objects.exists()
    assert client.post(path, form | {f"{police.pk}.2020": "2021-02-01"}).status_code == 303
    assert str(Deadline.objects.get().due_on) == "2021-02-01"
    form = form_of(client.get(path).content, f"{police.pk}.2020")
    client.post(path, form | {f"{police.pk}.2020": ""})
    assert not Deadline.objects.exists()
    assert client_of(adopter).post(path, form).status_code == 404


def test_a_stranger_sees_no_proposals(real: Kadernota) -> None:
    path = reverse("werkplaats-voorstellen", args=[real.slug])
    assert client_of(make_user("eva")).get(path).status_code == 404
