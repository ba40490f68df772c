"""Judging a year again and correcting a decision: proposed by one, taken by another."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from indicators.models import Decision, Edition, Proposal
from priorities.models import Kadernota
from tests.cast import make_user
from tests.pages.test_workshop_deciding import DECISION, change_target
from tests.pages.workshop_cast import client_of, form_of, next_draft, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]
LATE = {"questions": ["more-than-a-year-ago", "earlier-than-previous-decision"]}


@pytest.fixture
def changed(practice: Kadernota, keeper: User, adopter: User) -> Kadernota:
    """The practice kadernota with a second version, in which the target of V12 for 2021 is stricter."""
    draft = next_draft(practice, keeper)
    change_target(practice, keeper, "V12", 2021, "25")
    client = client_of(keeper)
    path = url("werkplaats-aanbieden", practice.slug)
    response = client.post(path, {"reason": "De raad wil meer."})
    if response.status_code == 422:
        codes = [part.partition('"')[0] for part in response.content.decode().split('name="confirm" value="')[1:]]
        assert client.post(path, {"reason": "De raad wil meer.", "confirm": codes}).status_code == 303
    adopt = url("werkplaats-vaststellen", practice.slug)
    seen = form_of(client_of(adopter).get(adopt).content, "content_hash")
    assert client_of(adopter).post(adopt, seen | DECISION).status_code == 303
    return Kadernota.objects.get(pk=draft.kadernota.pk)


def test_a_year_is_judged_again(changed: Kadernota, officer: User, adopter: User) -> None:
    path = reverse("werkplaats-voorstellen", args=[changed.slug])
    page = client_of(officer).get(path)
    assert "2021 volgens versie 2 (nu versie 1)" in text_of(page.content)
    response = client_of(officer).post(path, {"kind": "rejudging", "choice": "2021:2"})
    proposal = Proposal.objects.get(kind="rejudging")
    own = reverse("werkplaats-voorstel", args=[changed.slug, proposal.pk])
    assert response.headers["Location"] == own
    assert "1 voorstel wacht op een besluit" in text_of(client_of(adopter).get(reverse("werkplaats")).content)
    page = client_of(adopter).get(own)
    text = text_of(page.content)
    assert "V12" in text
    assert "streefwaarde was" in text
    before = Edition.objects.filter(kadernota=changed, year=2021).count()
    response = client_of(adopter).post(own, form_of(page.content, "seen") | DECISION)
    assert response.status_code == 303, text_of(response.content)
    edition = Edition.objects.filter(kadernota=changed, year=2021).latest("pk")
    assert Edition.objects.filter(kadernota=changed, year=2021).count() == before + 1
    assert (edition.rejudges, edition.proposed_by, edition.decision.adopted_by) == (True, officer, adopter)


def test_nobody_decides_on_their_own_proposal(changed: Kadernota, adopter: User) -> None:
    client, path = client_of(adopter), reverse("werkplaats-voorstellen", args=[changed.slug])
    client.post(path, {"kind": "rejudging", "choice": "2021:2"})
    own = reverse("werkplaats-voorstel", args=[changed.slug, Proposal.objects.get(kind="rejudging").pk])
    page = client.get(own)
    assert "U deed dit voorstel zelf." in text_of(page.content)
    response = client.post(own, DECISION)
    assert response.status_code == 409
    assert "Wie voorstelt om opnieuw te beoordelen, stelt dat niet zelf vast." in text_of(response.content)
    again = client.post(path, {"kind": "rejudging", "choice": "2021:2"})
    assert "Er ligt al een voorstel" in text_of(again.content)


def test_a_decision_is_corrected(real: Kadernota, keeper: User, adopter: User, officer: User) -> None:
    offered_first = next_draft(real, keeper)
    change_target(real, keeper, "V3", 2022, "<4.000")
    client_of(keeper).post(url("werkplaats-aanbieden", real.slug), {"reason": "Strenger."})
    adopt = url("werkplaats-vaststellen", real.slug)
    seen = form_of(client_of(adopter).get(adopt).content, "content_hash")
    assert client_of(adopter).post(adopt, seen | DECISION).status_code == 303
    sequence = Decision.objects.of(offered_first.kadernota).last().sequence
    path = reverse("werkplaats-voorstellen", args=[real.slug])
    form = {"kind": "correction", "sequence": str(sequence), "reference": "besluit 13", "remark": ""}
    refused = client_of(officer).post(path, form)
    assert "Schrijf wat er niet klopte aan het besluit, en waarom." in text_of(refused.content)
    client_of(officer).post(path, form | {"remark": "Het nummer was verkeerd."})
    own = reverse("werkplaats-voorstel", args=[real.slug, Proposal.objects.get(kind="correction").pk])
    page = client_of(adopter).get(own)
    assert "besluit 13" in text_of(page.content)
    assert client_of(adopter).post(own, DECISION).status_code == 303
    decision = Decision.objects.of(real).last()
    assert (decision.kind, decision.correction.reference) == ("correction", "besluit 13")


def test_a_proposal_is_withdrawn_by_who_made_it(changed: Kadernota, officer: User, colleague: User) -> None:
    path = reverse("werkplaats-voorstellen", args=[changed.slug])
    client_of(officer).post(path, {"kind": "rejudging", "choice": "2021:2"})
    proposal = Proposal.objects.get(kind="rejudging")
    own = reverse("werkplaats-voorstel", args=[changed.slug, proposal.pk])
    client_of(colleague).post(own, {"withdraw": "1"})
    proposal.refresh_from_db()
    assert proposal.state == "offered"
    client_of(officer).post(own, {"withdraw": "1"})
    proposal.refresh_from_db()
    assert proposal.state == "discarded"
    assert client_of(officer).get(own).status_code == 303


def test_who_has_no_task_proposes_nothing(changed: Kadernota) -> None:
    client, path = client_of(make_user("eva")), reverse("werkplaats-voorstellen", args=[changed.slug])
    assert client.post(path, {"kind": "rejudging", "choice": "2021:2"}).status_code == 404
    assert not Proposal.objects.filter(kind="rejudging").exists()
