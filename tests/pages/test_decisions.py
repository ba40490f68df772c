"""The page of all decisions, and the chain as JSON."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from indicators.actions.proposals import adopt_correction, propose_correction
from indicators.domain.chain import LINK_KEYS, check_chain
from indicators.models import Decision, Manifest, Measurement, Witness
from indicators.models.guards import drop_triggers
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.proof import first_link_of
from tests.cast import NOW, PRACTICE, REAL, adopt_version_of, with_component
from tests.pages.reading_html import Page
from tests.version_steps import adopt_target, below, rejudge

pytestmark = pytest.mark.django_db


def get(client: Client, slug: str) -> str:
    response = client.get(reverse("besluiten", args=[slug]))
    assert response.status_code == 200
    return response.content.decode()


def entry(html: str, sequence: int) -> str:
    """Return the HTML of a decision."""
    start = html.index(f'<li id="besluit-{sequence}"')
    end = html.find('<li id="besluit-', start + 1)
    return html[start : end if end > 0 else html.index("</main>")]


def text_of(html: str) -> str:
    """Return the text of HTML, with single spaces."""
    return " ".join(Page(html).text.split())


def chain_of(client: Client, slug: str) -> dict:
    response = client.get(reverse("keten", args=[slug]))
    assert response.status_code == 200 and response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def correct(decision: Decision, *, keeper: User, adopter: User, reference: str, on: date) -> Decision:
    proposal = propose_correction(
        decision=decision, remark="Verkeerd getypt.", reference=reference, decided_on=on, by=keeper, now=NOW
    )
    return adopt_correction(proposal=proposal, by=adopter, reference="College 9", on=date(2026, 11, 20), now=NOW)


def test_every_decision_with_its_number_kind_date_and_whole_hash(client: Client, practice) -> None:
    html = get(client, PRACTICE)
    decisions = list(Decision.objects.of(practice))
    places = [html.index(f'<li id="besluit-{decision.sequence}"') for decision in decisions]
    assert places == sorted(places, reverse=True), "the newest first"
    for decision in decisions:
        item = entry(html, decision.sequence)
        assert decision.chain_hash in item.replace("<wbr>", "").replace("<span>", "").replace("</span>", "")
        if decision.edition:
            assert f"Editie {decision.edition} vastgesteld" in item and decision.reference in item
    assert "Kadernota versie 1 overgenomen" in entry(html, 1)
    assert "16 februari 2021" in entry(html, 4)
    assert "1 nieuw cijfer, 2 errata en 1 regel van het programma, over 2020." in entry(html, 5)
    assert f"{len(decisions)} besluiten" in html


def test_what_was_taken_over_names_its_source_and_is_never_called_adopted(client: Client, real) -> None:
    html = get(client, REAL)
    for decision in Decision.objects.of(real):
        item = text_of(entry(html, decision.sequence))
        assert "overgenomen" in item and "vastgesteld" not in item and decision.source in item


def test_links_to_what_each_decision_fixed(client: Client, practice) -> None:
    html = get(client, PRACTICE)
    first, later = entry(html, 2), entry(html, 5)
    edition, compare = reverse("editie", args=[PRACTICE, "2020-2"]), reverse("vergelijken", args=[PRACTICE])
    assert f'href="{edition}"' in later and f'href="{compare}?naar=2020-2"' in later
    assert "editie=2020-2" in later and compare not in first
    for path in (edition, f"{compare}?naar=2020-2", reverse("keten", args=[PRACTICE])):
        assert client.get(path).status_code == 200


def test_a_correction_shows_both_what_was_and_what_is(client: Client, practice, keeper, adopter) -> None:
    decision = Decision.objects.get(kadernota=practice, sequence=4)
    for reference, on in (("COL 1", date(2021, 2, 17)), ("COL 2", date(2021, 2, 18))):
        correct(decision, keeper=keeper, adopter=adopter, reference=reference, on=on)
    html = get(client, PRACTICE)
    item = text_of(entry(html, 4))
    assert "COL 2, 18 februari 2021" in item and f"Eerst stond er: {decision.reference}, 16 februari 2021" in item
    assert item.count("Verkeerd getypt.") == 2 and "COL 1" not in item
    last = Decision.objects.of(practice).last()
    first, second = (text_of(entry(html, last.sequence - number)) for number in (1, 0))
    assert "Verbetering van besluit 4" in first and "College 9" in first
    assert f"Verwijzing: was {decision.reference}, is COL 1." in first
    assert "Datum: was 16 februari 2021, is 17 februari 2021." in first
    assert "Verwijzing: was COL 1, is COL 2." in second and "is 18 februari 2021." in second


def test_what_a_version_changed_and_what_was_judged_again(client: Client, practice, keeper, adopter) -> None:
    adopt_target(practice, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    html = get(client, PRACTICE)
    last = Decision.objects.of(practice).last().sequence
    version, judged = text_of(entry(html, last - 1)), text_of(entry(html, last))
    assert "Kadernota versie 2 vastgesteld" in version and "Reden: De raad wil meer." in version
    assert "streefwaarde 2020: was <350, is <330." in version
    assert "2020 is opnieuw beoordeeld; daardoor veranderde 1 oordeel zonder nieuw cijfer." in judged


def test_sealed_documents_and_their_archive(client: Client, sealed) -> None:
    html = get(client, PRACTICE)
    manifest = Manifest.objects.get(decision=sealed.decision)
    item = entry(html, sealed.decision.sequence)
    assert manifest.sha256 in item.replace("<wbr>", "").replace("<span>", "").replace("</span>", "")
    assert reverse("archief", args=[PRACTICE, str(sealed)]) in item and "verzegelde bestanden" in item
    other = entry(html, 2)
    assert "nog niet verzegeld" in other and "archief.zip" not in other


def test_the_chain_as_json_can_be_recomputed(client: Client, sealed, keeper, adopter) -> None:
    kadernota = sealed.kadernota
    adopt_target(kadernota, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    chain = chain_of(client, PRACTICE)
    decisions = list(Decision.objects.of(kadernota))
    assert check_chain(chain["decisions"], first=first_link_of(kadernota), expect=decisions[-1].chain_hash) == []
    assert chain["first"] == first_link_of(kadernota) and len(chain["decisions"]) == len(decisions)
    assert all(set(link) == LINK_KEYS for link in chain["decisions"])
    stored = [(item["sequence"], item["sha256"], item["content"]) for item in chain["manifests"]]
    rows = Manifest.objects.filter(decision__kadernota=kadernota)
    assert stored == [(row.decision.sequence, row.sha256, row.content) for row in rows] != []
    facts = {name: chain[name] for name in ("slug", "cbs_code", "is_practice", "predecessor")}
    assert facts == {"slug": PRACTICE, "cbs_code": "", "is_practice": True, "predecessor": None}


def test_rows_that_were_changed_are_not_hidden_by_the_json(client: Client, practice) -> None:
    drop_triggers_and_change(practice)
    chain = chain_of(client, PRACTICE)
    assert check_chain(chain["decisions"], first=chain["first"]) != []


def drop_triggers_and_change(kadernota) -> None:
    clear_cache()
    connection.check_constraints()
    drop_triggers(connection)
    Measurement.objects.of(kadernota).update(explanation="Anders.")


def test_no_name_of_a_person_is_in_the_json_or_on_the_page(client: Client, practice) -> None:
    keeper = User.objects.create_user("zzkeeper", first_name="Zweder", last_name="van Zuylen")
    adopter = User.objects.create_user("zzadopter", first_name="Ymke", last_name="IJsbrandy")
    keeper.is_superuser = adopter.is_superuser = True
    keeper.save()
    adopter.save()
    adopt_version_of(
        practice, lambda nota: with_component(nota, "V8", targets={2022: "<310"}), by=adopter, editor=keeper
    )
    correct(
        Decision.objects.get(kadernota=practice, sequence=4),
        keeper=keeper,
        adopter=adopter,
        reference="COL 1",
        on=date(2021, 2, 17),
    )
    witnesses = [json.loads(text) for text in Witness.objects.values_list("content", flat=True)]
    assert any("zzkeeper" in json.dumps(witness) for witness in witnesses), "the witnesses do have them"
    text = client.get(reverse("keten", args=[PRACTICE])).content.decode()
    for page in (text, get(client, PRACTICE)):
        for user in User.objects.all():
            full_name = user.get_full_name()
            # A user name like "beheerder" is also a word of the nota.
            assert f'"{user.username}"' not in page and f">{user.username}<" not in page
            assert not full_name or full_name not in page
        assert "zzkeeper" not in page and "zzadopter" not in page
    assert all(witness["salt"] not in text for witness in witnesses)


def test_both_are_public_pages_with_an_etag(client: Client, practice, keeper, adopter) -> None:
    for name in ("besluiten", "keten"):
        path = reverse(name, args=[PRACTICE])
        first = client.get(path)
        assert first["Cache-Control"] == "public, no-cache"
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    adopt_target(practice, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    assert client.get(path)["ETag"] != first["ETag"]


def test_what_is_being_prepared_is_not_there(client: Client, db) -> None:
    for name in ("besluiten", "keten"):
        assert client.get(reverse(name, args=["bestaat-niet"])).status_code == 404


def test_the_footer_and_the_edition_link_to_it(client: Client, practice) -> None:
    path = reverse("besluiten", args=[PRACTICE])
    assert f'href="{path}"' in client.get(reverse("kadernota", args=[PRACTICE])).content.decode()
    edition = client.get(reverse("editie", args=[PRACTICE, "2020-2"])).content.decode()
    assert f'href="{path}#besluit-5"' in edition
