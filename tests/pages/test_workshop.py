"""The workshop: who may open it, starting a kadernota, texts, indicators, and refusals next to their field."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from indicators.models import AuditEvent, Proposal, VersionEdit
from priorities.models import Kadernota
from tests.cast import make_user
from tests.pages.workshop_cast import NEW, client_of, draft_of, form_of, new_draft, next_draft, offered, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]
SLUG = "waterstad-2027-2030"
PAGES = (
    "werkplaats-concept", "werkplaats-nota", "werkplaats-onderwerpen", "werkplaats-nieuw-onderwerp",
    "werkplaats-indicatoren", "werkplaats-nieuwe-indicator", "werkplaats-cijfers", "werkplaats-leeswijzen",
    "werkplaats-verschil", "werkplaats-voorbeeld", "werkplaats-aanbieden", "werkplaats-weggooien",
)  # fmt: skip


def test_a_draft_is_for_keepers_and_adopters_only(keeper: User, adopter: User, officer: User) -> None:
    new_draft(keeper)
    nobody = make_user("eva")
    for name in PAGES:
        path = url(name, SLUG)
        assert client_of(keeper).get(path).status_code == 200, name
        assert client_of(adopter).get(path).status_code == 200, name
        for user in (officer, nobody):
            assert client_of(user).get(path).status_code == 404, name
        response = client_of(None).get(path)
        assert response.headers["Location"] == f"{reverse('inloggen')}?next={path}", name
    assert AuditEvent.objects.filter(result="refused", action="toegang", actor=officer).exists()


def test_a_draft_is_nowhere_in_public(keeper: User, officer: User, real: Kadernota) -> None:
    new_draft(keeper)
    for user in (None, officer, keeper):
        assert client_of(user).get(reverse("kadernota", args=[SLUG])).status_code == 404
        assert "Waterstad" not in client_of(user).get(reverse("kadernotas")).content.decode()


def test_an_adopter_reads_and_does_not_write(keeper: User, adopter: User) -> None:
    draft = new_draft(keeper)
    client = client_of(adopter)
    for name in ("werkplaats-nota", "werkplaats-cijfers", "werkplaats-aanbieden", "werkplaats-weggooien"):
        assert client.post(url(name, SLUG), {"title": "Anders"}).status_code == 404, name
    assert "disabled" in client.get(url("werkplaats-nota", SLUG)).content.decode()
    assert draft_of(draft.kadernota).hash == draft.hash


def test_a_kadernota_from_nothing(keeper: User) -> None:
    client = client_of(keeper)
    response = client.post(reverse("werkplaats-nieuw"), NEW)
    assert response.headers["Location"] == url("werkplaats-concept", SLUG)
    nota = draft_of(Kadernota.objects.get(slug=SLUG)).nota
    assert (nota.organisation.name, nota.organisation.cbs_code, nota.area.name) == ("Waterstad", "GM0999", "Waterstad")
    assert (nota.first_year, nota.last_year, nota.baseline_year, nota.first_target_year) == (2027, 2030, 2026, 2027)
    text = text_of(client.get(response.headers["Location"]).content)
    assert "in bewerking" in text
    assert "Een eerste prioriteit" in text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "werkplaats", "is het adres van een andere pagina"),
        ("slug", "nieuw", "is het adres van een andere pagina"),
        ("slug", "Water Stad", "Schrijf het adres in kleine letters"),
        ("organisation.cbs_code", "0999", "Een CBS-code is twee hoofdletters met cijfers"),
        ("title", "", "Vul iets in bij ‘titel’"),
        ("first_year", "zevenentwintig", "Vul hier een heel getal in"),
        ("last_year", "2026", "Het laatste jaar ligt niet voor"),
        ("baseline_year", "2029", "ligt voor het eerste jaar (2027)"),
        ("title", "x" * 201, "heeft 201 tekens"),
    ],
)
def test_a_refusal_stands_next_to_its_field(keeper: User, field: str, typed: str, sentence: str) -> None:
    response = client_of(keeper).post(reverse("werkplaats-nieuw"), NEW | {field: typed})
    assert response.status_code == 422
    content = response.content.decode()
    fault = content.partition(f'id="field-{field.replace(".", "-")}-fault"')[2].partition("</div>")[0]
    assert sentence in fault
    assert not Kadernota.objects.filter(slug=SLUG).exists()
    assert form_of(response.content, "title")[field] == typed, "what was typed stays"


def test_a_used_address_is_refused(keeper: User, real: Kadernota) -> None:
    response = client_of(keeper).post(reverse("werkplaats-nieuw"), NEW | {"slug": real.slug})
    assert f"Er is al een kadernota met adres ‘{real.slug}’." in text_of(response.content)


def test_texts_of_the_kadernota(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-nota", SLUG)
    form = form_of(client.get(path).content, "title")
    response = client.post(path, form | {"summary": "Wat wij willen.\r\nEn waarom."})
    assert response.status_code == 303
    draft = draft_of(Kadernota.objects.get(slug=SLUG))
    assert draft.nota.summary == "Wat wij willen.\nEn waarom."
    edit = VersionEdit.objects.filter(version=draft.version).latest("pk")
    assert (edit.label, edit.new, edit.edited_by) == ("Kadernota: samenvatting", draft.nota.summary, keeper)


def test_a_changed_address_leads_on(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-nota", SLUG)
    form = form_of(client.get(path).content, "title")
    response = client.post(path, form | {"slug": "waterstad-veilig"})
    assert response.headers["Location"] == url("werkplaats-nota", "waterstad-veilig")
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_change_of_another_is_not_overwritten(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-nota", SLUG)
    form = form_of(client.get(path).content, "title")
    client.post(path, form | {"summary": "Van een ander."})
    response = client.post(path, form | {"finances": "Geld."})
    assert response.status_code == 409
    assert "Een ander wijzigde dit intussen" in text_of(response.content)
    again = form_of(response.content, "title")
    assert again["finances"] == "Geld."
    assert draft_of(Kadernota.objects.get(slug=SLUG)).nota.finances == ""


def test_two_keepers_edit_two_topics(keeper: User) -> None:
    new_draft(keeper)
    client = client_of(keeper)
    topic, nota = url("werkplaats-onderwerp", SLUG, topic="prioriteit-1"), url("werkplaats-nota", SLUG)
    form = form_of(client.get(topic).content, "name")
    whole = form_of(client.get(nota).content, "title")
    assert client.post(topic, form | {"summary": "Een"}).status_code == 303
    assert client.post(nota, whole | {"summary": "Twee"}).status_code == 303
    saved = draft_of(Kadernota.objects.get(slug=SLUG)).nota
    assert (saved.topics[0].summary, saved.summary) == ("Een", "Twee")


def test_topics_are_added_ordered_and_removed(keeper: User) -> None:
    new_draft(keeper)
    client = client_of(keeper)
    path = url("werkplaats-nieuw-onderwerp", SLUG)
    form = form_of(client.get(path).content, "name")
    assert form["number"] == "2"
    refused = client.post(path, form | {"name": "Jeugd"})
    assert "Een prioriteit heeft een doel in één zin." in text_of(refused.content)
    filled = form | {"name": "Jeugd", "goal": "Minder jeugdoverlast.", "goals": "Een\n\nTwee"}
    filled |= {"focus_points.0.name": "Straat", "focus_points.0.text": "Jongerenwerk."}
    assert client.post(path, filled).status_code == 303
    kadernota = Kadernota.objects.get(slug=SLUG)
    topic = draft_of(kadernota).nota.topics[1]
    assert (topic.number, topic.goals, topic.focus_points[0].name) == (2, ("Een", "Twee"), "Straat")
    client.post(url("werkplaats-onderwerpen", SLUG), {"move": f"up:{topic.key}"})
    assert [one.name for one in draft_of(kadernota).nota.topics] == ["Jeugd", "Buurt"]
    client.post(url("werkplaats-onderwerp", SLUG, topic="prioriteit-1"), {"remove": "1"})
    assert len(draft_of(kadernota).nota.topics) == 2, "it has indicators"
    client.post(url("werkplaats-onderwerp", SLUG, topic=topic.key), {"remove": "1"})
    assert [one.name for one in draft_of(kadernota).nota.topics] == ["Buurt"]


def test_a_new_theme_gets_its_own_number(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-nieuw-onderwerp", SLUG) + "?soort=theme"
    form = form_of(client.get(path).content, "name")
    assert client.post(path, form | {"name": "Water"}).status_code == 303
    topic = draft_of(Kadernota.objects.get(slug=SLUG)).nota.topics[1]
    assert (topic.kind.value, topic.number) == ("theme", 1)


def test_an_indicator_is_added(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-nieuwe-indicator", SLUG)
    form = form_of(client.get(path).content, "code")
    assert form["code"] == "V3"
    typed = form | {"name": "Inbraken", "source": "Politie", "components.0.noun": "inbraken"}
    refused = client.post(path, typed)
    assert refused.status_code == 422
    assert "Kies of hoger of lager beter is." in text_of(refused.content)
    assert client.post(path, typed | {"components.0.direction": "lower"}).status_code == 303
    indicator = list(draft_of(Kadernota.objects.get(slug=SLUG)).nota.indicators)[-1]
    assert (indicator.code, indicator.name, indicator.components[0].key) == ("V3", "Inbraken", "v3")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("code", "V/1", "alleen letters, cijfers, punten en streepjes. Bedoelt u V1?"),
        ("code", "V2", "staat al bij een andere indicator"),
        ("last_year", "2029", "Schrijf waarom de indicator later begint of eerder eindigt."),
        ("planned_years", "2027, twee", "Hier hoort een jaar."),
        ("components.0.decimals", "1", "Een aantal heeft geen decimalen."),
        ("name", "", "Vul iets in bij ‘naam’."),
    ],
)
def test_a_wrong_indicator_is_refused(keeper: User, field: str, typed: str, sentence: str) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-indicator", SLUG, code="V1")
    form = form_of(client.get(path).content, "code")
    response = client.post(path, form | {field: typed})
    assert response.status_code == 422
    assert sentence in text_of(response.content)
    assert draft_of(draft.kadernota).hash == draft.hash


def test_components_breaks_and_order(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-indicator", SLUG, code="V2")
    form = form_of(client.get(path).content, "code")
    typed = form | {"components.0.breaks.0.year": "2028", "components.0.breaks.0.reason": "Nieuwe telling."}
    assert client.post(path, typed | {"move": "down:components.0"}).status_code == 303
    parts = list(draft_of(draft.kadernota).nota.indicators)[1].components
    assert [part.name for part in parts] == ["zwaar", "licht"]
    assert [item.year for item in parts[1].breaks] == [2028]
    keys = [part.key for part in parts]
    form = form_of(client.get(path).content, "code")
    client.post(path, form | {"components.0.remove": "1", "components.1.name": "", "name": "Lichte boetes"})
    parts = list(draft_of(draft.kadernota).nota.indicators)[1].components
    assert [part.key for part in parts] == keys[1:], "the series keeps its key"


def test_a_reading_follows_its_indicator_to_another_code(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-leeswijzen", SLUG)
    form = form_of(client.get(path).content, "readings.0.place")
    typed = {
        "readings.0.indicator": "V1", "readings.0.place": "tabel 1", "readings.0.question": "Wat telt?",
        "readings.0.reading": "Alles.", "readings.0.decided_by": "de beheerder",
    }  # fmt: skip
    assert client.post(path, form | typed).status_code == 303
    path = url("werkplaats-indicator", SLUG, code="V1")
    form = form_of(client.get(path).content, "code")
    response = client.post(path, form | {"code": "V10"})
    assert response.headers["Location"] == url("werkplaats-indicator", SLUG, code="V10")
    assert draft_of(draft.kadernota).nota.readings[0].indicator == "V10"


def test_an_indicator_with_figures_cannot_go(keeper: User, real: Kadernota) -> None:
    draft = next_draft(real, keeper)
    client = client_of(keeper)
    path = url("werkplaats-indicator", real.slug, code="V5")
    response = client.post(path, {"remove": "1"}, follow=True)
    assert "kan niet weg. Geef een laatste jaar." in text_of(response.content)
    assert draft_of(real).hash == draft.hash


def test_an_editorial_version_has_texts_only(keeper: User, real: Kadernota) -> None:
    client = client_of(keeper)
    response = client.post(reverse("werkplaats-beginnen", kwargs={"slug": real.slug, "version_kind": "editorial"}))
    assert response.headers["Location"] == url("werkplaats-concept", real.slug, "editorial")
    path = url("werkplaats-indicator", real.slug, "editorial", code="V5")
    form = form_of(client.get(path).content, "definition")
    assert set(form) >= {"definition", "synonyms", "contact", "components.0.short_name"}
    assert not {"code", "name", "components.0.noun", "first_year"} & set(form)
    forged = form | {"definition": "Met geweld of list.", "name": "Heel iets anders", "code": "X"}
    assert client.post(path, forged).status_code == 303
    indicator = next(one for one in draft_of(real, "editorial").nota.indicators if one.code == "V5")
    assert indicator.definition == "Met geweld of list."
    for name in ("werkplaats-cijfers", "werkplaats-nieuw-onderwerp", "werkplaats-nieuwe-indicator"):
        assert client.get(url(name, real.slug, "editorial")).status_code == 404, name


def test_an_offered_draft_is_closed(keeper: User) -> None:
    draft = offered(new_draft(keeper), keeper)
    client, path = client_of(keeper), url("werkplaats-nota", SLUG)
    page = client.get(path).content
    assert b"disabled" in page
    response = client.post(path, {"title": "Anders"})
    assert response.status_code == 409
    assert "Neem het eerst terug" in text_of(response.content)
    client.post(url("werkplaats-terugnemen", SLUG))
    assert Proposal.objects.get(pk=draft.proposal.pk).state == "draft"


def test_a_draft_is_thrown_away_after_two_questions(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-weggooien", SLUG)
    first = client.post(path)
    assert "Weet u het zeker?" in text_of(first.content)
    assert Kadernota.objects.filter(slug=SLUG).exists()
    client.post(path, form_of(first.content, "sure"))
    assert not Kadernota.objects.filter(slug=SLUG).exists()


def test_a_changed_draft_is_asked_about_again(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-weggooien", SLUG)
    seen = form_of(client.post(path).content, "sure")
    form = form_of(client.get(url("werkplaats-nota", SLUG)).content, "title")
    client.post(url("werkplaats-nota", SLUG), form | {"summary": "Nieuw."})
    client.post(path, seen)
    assert Kadernota.objects.filter(slug=SLUG).exists()


def test_the_list_shows_drafts_and_the_next_version_starts(keeper: User, adopter: User, real: Kadernota) -> None:
    new_draft(keeper)
    text = text_of(client_of(adopter).get(reverse("werkplaats")).content)
    assert "Kadernota Veiligheid 2027-2030" in text
    assert "in bewerking" in text
    assert "Van niets" not in text, "an adopter does not start one"
    client = client_of(keeper)
    start = reverse("werkplaats-beginnen", kwargs={"slug": real.slug, "version_kind": "substantive"})
    assert client.get(start).status_code == 405
    assert client.post(start).headers["Location"] == url("werkplaats-concept", real.slug)
    assert client.post(start).headers["Location"] == url("werkplaats-concept", real.slug), "the open draft opens"


def test_a_keeper_starts_in_the_workshop(keeper: User, real: Kadernota) -> None:
    response = client_of(keeper).get(reverse("na-inloggen"))
    assert response.headers["Location"] == reverse("werkplaats")
    page = client_of(keeper).get(reverse("kadernota", args=[real.slug])).content.decode()
    assert f'href="{reverse("werkplaats")}"' in page
    assert (
        f'href="{reverse("werkplaats")}"'
        not in client_of(None).get(reverse("kadernota", args=[real.slug])).content.decode()
    )


def test_the_next_period_starts_as_the_last_version(keeper: User, practice: Kadernota) -> None:
    client, path = client_of(keeper), f"{reverse('werkplaats-nieuw')}?uit={practice.slug}"
    form = form_of(client.get(path).content, "title")
    assert (form["predecessor"], form["first_year"], form["baseline_year"]) == (practice.slug, "2023", "2022")
    assert client.post(path, form | {"slug": "oefengemeente-2023-2027"}).status_code == 303
    draft = draft_of(Kadernota.objects.get(slug="oefengemeente-2023-2027"))
    assert draft.nota.years == range(2023, 2028)
    component = next(part for part in draft.nota.components if part.continues == "v5-absoluut")
    assert component.targets == {}
    assert component.baseline is not None
    assert component.baseline.origin is not None
    assert (component.baseline.year, component.baseline.origin.key) == (2022, "v5-absoluut")
    path = url("werkplaats-cijfers", draft.kadernota.slug)
    key = component.key
    grid = form_of(client.get(path).content, f"{key}.baseline")
    assert grid[f"{key}.baseline"] == "455"
    client.post(path, grid | {f"{key}.baseline": ""})
    assert "Overgenomen van de voorganger: 1 nulmeting." in text_of(
        client.post(path, {"origins": "1"}, follow=True).content
    )


def test_what_was_typed_survives_the_end_of_the_session(keeper: User) -> None:
    draft = new_draft(keeper)
    client = client_of(keeper)
    for name, field, typed in (("werkplaats-nota", "summary", "Bijna klaar."), ("werkplaats-cijfers", "v1.2028", "35")):
        path = url(name, SLUG)
        form = form_of(client.get(path).content, field)
        client.logout()
        assert client.post(path, form | {field: typed}).status_code == 302
        client.force_login(keeper)
        page = client.get(path)
        assert "Dit typte u voordat u werd uitgelogd." in text_of(page.content)
        assert form_of(page.content, field)[field] == typed
        assert draft_of(draft.kadernota).hash == draft.hash
        assert client.post(path, form_of(page.content, field)).status_code == 303
        assert draft_of(draft.kadernota).hash != draft.hash
        draft = draft_of(draft.kadernota)


def test_the_list_searches_and_takes_as_many_queries_for_more(
    keeper: User, real: Kadernota, practice: Kadernota, django_assert_max_num_queries: Any
) -> None:
    client, path = client_of(keeper), reverse("werkplaats")
    new_draft(keeper)
    next_draft(real, keeper)
    next_draft(practice, keeper, "editorial")
    with django_assert_max_num_queries(12):
        text = text_of(client.get(path).content)
    assert text.count("in bewerking") == 3
    text = text_of(client.get(path, {"q": "waterstad veiligheid"}).content)
    assert "Kadernota Veiligheid 2027-2030" in text
    assert "Haarlemmermeer" not in text.partition("Kadernota’s")[2]
    assert "Er is geen kadernota met ‘nergens’." in text_of(client.get(path, {"q": "nergens"}).content)


HOSTILE = ("\x00", "²", "9" * 30, "-1", "a/../b", "<script>", "x" * 70_000, "\ud7ff\ufffe", "up:components.99", "a\nb")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_forms_are_answered(keeper: User, text: str) -> None:
    draft = new_draft(keeper)
    client = client_of(keeper)
    pages = {
        url("werkplaats-nota", SLUG): ("title", "first_year", "slug", "predecessor", "organisation.slug"),
        url("werkplaats-nieuw-onderwerp", SLUG): ("kind", "number", "focus_points.count", "focus_points.0.name"),
        url("werkplaats-onderwerp", SLUG, topic="prioriteit-1"): ("number", "goals", "move"),
        url("werkplaats-indicator", SLUG, code="V1"): (
            "code", "topic", "role", "planned_years", "last_year", "components.0.quantity", "components.0.decimals",
            "components.0.original", "components.count", "move", "components.0.breaks.0.year",
        ),
        url("werkplaats-cijfers", SLUG): ("v1.baseline", "v1.baseline_year", "v1.2028", "later_year", "block", "seen"),
        url("werkplaats-leeswijzen", SLUG): ("readings.0.indicator", "readings.0.place"),
        url("werkplaats-onderwerpen", SLUG): ("move",),
        url("werkplaats-indicatoren", SLUG): ("move",),
        reverse("werkplaats-termijnen", args=[SLUG]): ("1.2027",),
        url("werkplaats-uit-blad", SLUG): ("content",),
    }  # fmt: skip
    for path, fields in pages.items():
        for field in fields:
            more = {"later_key": "v1", "later_target": "3"} | ({"paste": "1"} if field == "block" else {})
            response = client.post(path, more | {field: text})
            assert response.status_code in (200, 303, 404, 409, 422), (path, field)
            if not Kadernota.objects.filter(slug=SLUG).exists():
                Kadernota.objects.filter(pk=draft.kadernota.pk).update(slug=SLUG)
    for query in (f"?q={text[:50]}", f"?uit={text[:50]}", f"?pagina={text[:50]}"):
        assert client.get(reverse("werkplaats") + query).status_code == 200
    assert client.get(reverse("werkplaats-nieuw"), {"uit": text[:50]}).status_code in (200, 404)
    draft_of(draft.kadernota)
