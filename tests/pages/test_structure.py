"""The pages of the keeper (beheerder): a new target, the next kadernota; 404 for other users."""

import html
import re

import pytest
from django.urls import reverse

from indicators.models import AuditEvent, Edition, Indicator, Target
from priorities.models import Kadernota
from tests.cast import NOW, PRACTICE, REAL, component_of, make_user
from tests.pages.reading_html import Page

TARGET = reverse("streefwaarde", args=[PRACTICE, "V3", 2021])
NEXT = reverse("volgende-kadernota", args=[PRACTICE])
DECISION = {"text": "<4.000", "decision": "R-2024-7", "decided_on": "2024-06-03", "reason": "Het kan beter."}
YEARS = {"first_year": "2023", "last_year": "2026", "first_target_year": "2024", "baseline_year": "2022"}
STARTED = {"title": "Kadernota Veiligheid 2023-2026", "slug": "oefengemeente-2023-2026", **YEARS}


def text_of(response) -> str:
    """Return the words of a page on one line; fail when its tags are not well formed."""
    page = Page(response.content.decode())
    assert page.faults == []
    return re.sub(r"\s+", " ", " ".join(page.words))


def fields_of(response) -> dict[str, str]:
    """Return the hidden fields of the page, as a browser sends them."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.fixture
def as_keeper(client, keeper):
    client.force_login(keeper)
    return client


@pytest.mark.parametrize("path", [TARGET, NEXT])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("group", ["beleidsmedewerker", "vaststeller", ""])
def test_for_others_these_pages_are_not_there(client, practice, path, method, group):
    client.force_login(make_user("iemand", group))
    before = Target.objects.count(), Kadernota.objects.count()
    assert getattr(client, method)(path, {**DECISION, **STARTED}).status_code == 404
    assert (Target.objects.count(), Kadernota.objects.count()) == before
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.result, event.subject) == ("toegang", "refused", f"{method.upper()} {path}")


@pytest.mark.parametrize("path", [TARGET, NEXT])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_one_is_sent_to_log_in(client, practice, path, method):
    response = getattr(client, method)(path)
    assert response.status_code == 302 and response.headers["Location"] == f"/inloggen/?next={path}"


@pytest.mark.parametrize(
    "path", [TARGET.replace("V3", "V99"), TARGET.replace("2021", "2023"), "/nergens/streefwaarde/V3/2021/"]
)
def test_what_is_not_there(as_keeper, practice, path):
    assert as_keeper.get(path).status_code == 404


def test_a_year_outside_those_of_the_indicator_has_no_page(as_keeper, practice):
    Indicator.objects.filter(priority__kadernota=practice, code="V3").update(last_year=2020, change_reason="Weg.")
    assert as_keeper.get(TARGET).status_code == 404


def test_the_links_to_it_are_for_who_may(client, practice, keeper, officer):
    page = reverse("indicator", args=[PRACTICE, "V3"])
    start = reverse("kadernota", args=[PRACTICE])
    for user, may in ((officer, False), (keeper, True)):
        client.force_login(user)
        body = client.get(page, {"jaar": 2021}).content.decode()
        assert (f'href="{TARGET}"' in body, "Methodebreuk vastleggen" in body) == (may, may)
        assert (f'href="{NEXT}"' in client.get(start).content.decode()) is may
    body = client.get(page, {"editie": "2021-1"}).content.decode()
    assert TARGET not in body and "Methodebreuk vastleggen" not in body


def test_the_page_shows_the_printed_cell_and_each_rule(as_keeper, practice):
    text = text_of(as_keeper.get(reverse("streefwaarde", args=[PRACTICE, "V14", 2021])))
    assert "De nota vraagt: 30 keer waarschuwing en 25 keer sluiting" in text
    assert "Waarschuwingen 30 28" in text and "Sluitingen 25 26" in text
    assert text.count("Zoals in de nota.") == 2


def test_first_it_shows_what_would_change_and_records_nothing(as_keeper, practice):
    before = Target.objects.count()
    response = as_keeper.post(TARGET, fields_of(as_keeper.get(TARGET)) | DECISION | {"text": "4.800"})
    text = text_of(response)
    assert response.status_code == 200 and Target.objects.count() == before
    assert "V3 voor 2021: was 4.500, wordt 4.800" in text
    assert "nu ✗ Niet op koers , straks ✓ Op koers" in text


def test_then_it_is_recorded(as_keeper, practice, keeper):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION
    seen = as_keeper.post(TARGET, sent)
    response = as_keeper.post(TARGET, sent | fields_of(seen) | {"record": "1"}, follow=True)
    assert response.redirect_chain == [(reverse("indicator", args=[PRACTICE, "V3"]) + "?jaar=2021", 303)]
    target = Target.objects.current().get(component=component_of(practice, "V3"), year=2021)
    assert (target.decision, target.reason, target.recorded_by) == ("R-2024-7", "Het kan beter.", keeper)
    text = text_of(response)
    assert "De streefwaarde van V3 voor 2021 is nu <4.000, bij besluit R-2024-7." in text
    assert "Streefwaarde gewijzigd bij besluit R-2024-7 op 3 juni 2024: was 4.500." in text
    assert "Na een besluit geldt voor 2021: <4.000" in text.replace("  ", " ")
    old = text_of(as_keeper.get(reverse("indicator", args=[PRACTICE, "V3"]), {"editie": "2021-1"}))
    assert "R-2024-7" not in old and "De nota vraagt voor 2021: 4.500" in old


def test_who_changes_the_text_after_looking_looks_again(as_keeper, practice):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION
    seen = fields_of(as_keeper.post(TARGET, sent))
    before = Target.objects.count()
    response = as_keeper.post(TARGET, sent | seen | {"record": "1", "text": "<3.000"})
    assert response.status_code == 200 and "<3.000" in text_of(response) and Target.objects.count() == before
    assert as_keeper.post(TARGET, sent | {"record": "1"}).status_code == 200
    assert Target.objects.count() == before


def test_a_colleague_was_first(as_keeper, practice, keeper):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION
    sent |= fields_of(as_keeper.post(TARGET, sent))
    old = Target.objects.current().get(component=component_of(practice, "V3"), year=2021)
    Target.objects.create(
        component=old.component,
        area=old.area,
        year=2021,
        sign="<",
        bound=4100,
        replaces=old,
        decision="R-1",
        decided_on="2024-01-01",
        reason="Eerder.",
        recorded_at=NOW,
    )
    response = as_keeper.post(TARGET, sent | {"record": "1"})
    text = text_of(response)
    assert response.status_code == 409 and "Een ander was eerder" in text and "intussen <4.100" in text
    assert "<4.100" in text and "bij besluit R-1" in text
    # What was typed is still there, over the target that stands now.
    again = DECISION | fields_of(response)
    again |= fields_of(as_keeper.post(TARGET, again))
    assert as_keeper.post(TARGET, again | {"record": "1"}).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "6.2"}, "‘6.2’: een punt of spatie staat alleen"),
        ({"text": ""}, "Schrijf de nieuwe streefwaarde."),
        ({"decision": ""}, "Noem het besluit dat de streefwaarde wijzigt."),
        ({"decided_on": "3 juni"}, "Vul een datum in"),
        ({"reason": "  "}, "Schrijf waarom de streefwaarde wijzigt."),
        ({"component": "1"}, "Kies een van de onderdelen."),
    ],
)
def test_a_fault_is_said_in_dutch_and_keeps_what_was_typed(as_keeper, practice, changes, sentence):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION | changes
    response = as_keeper.post(TARGET, sent)
    assert response.status_code == 422
    assert sentence in response.content.decode() or sentence in str(response.context["form"].errors)
    assert all(html.escape(value) in response.content.decode() for name, value in sent.items() if name in DECISION)


def test_a_day_that_is_still_to_come_is_refused_by_the_action(as_keeper, practice):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION | {"decided_on": "2099-01-01"}
    sent |= fields_of(as_keeper.post(TARGET, sent))
    response = as_keeper.post(TARGET, sent | {"record": "1"})
    assert response.status_code == 409 and "ligt in de toekomst" in text_of(response)


def test_what_was_typed_is_text_and_no_html(as_keeper, practice):
    sent = fields_of(as_keeper.get(TARGET)) | DECISION | {"reason": "<b>vet</b>", "decision": "<i>R</i>"}
    sent |= fields_of(as_keeper.post(TARGET, sent))
    as_keeper.post(TARGET, sent | {"record": "1"})
    body = as_keeper.get(reverse("indicator", args=[PRACTICE, "V3"]), {"jaar": 2021}).content.decode()
    assert "&lt;b&gt;vet&lt;/b&gt;" in body and "<b>vet</b>" not in body and "<i>R</i>" not in body


def test_the_pages_cost_a_fixed_number_of_queries(as_keeper, practice, django_assert_num_queries):
    # session, user, rights (two), kadernota, two of the read model, components, targets, footer
    as_keeper.get(reverse("streefwaarde", args=[PRACTICE, "V3", 2021]))  # what all pages keep is loaded
    for code in ("V3", "V14"):
        with django_assert_num_queries(9):
            assert as_keeper.get(reverse("streefwaarde", args=[PRACTICE, code, 2021])).status_code == 200


def test_the_next_kadernota_is_suggested_and_begun(as_keeper, practice):
    page = as_keeper.get(NEXT)
    assert "U begint met de 4 prioriteiten en 21 indicatoren" in text_of(page)
    suggested = {name: str(page.context["form"][name].value()) for name in STARTED}
    assert (suggested["first_year"], suggested["last_year"], suggested["baseline_year"]) == ("2023", "2026", "2022")
    assert suggested["slug"] == "oefengemeente-2023-2026" and "2023-2026" in suggested["title"]
    response = as_keeper.post(NEXT, suggested, follow=True)
    assert response.redirect_chain == [("/oefengemeente-2023-2026/", 303)]
    text = text_of(response)
    assert "Voor 2023 zijn er geen streefwaarden; van geen van de 21 indicatoren is er een cijfer." in text
    assert text.count("Geen streefwaarde") == 21 * 4 and "Nog geen meting" not in text
    for path in ("prioriteit/1/", "indicator/V5/"):
        assert "Geen streefwaarde" in text_of(as_keeper.get(f"/oefengemeente-2023-2026/{path}"))
    assert Edition.objects.filter(kadernota__slug="oefengemeente-2023-2026").count() == 0


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"slug": REAL.replace("haarlem", "Haarlem")}, 422, "kleine letters"),
        ({"slug": PRACTICE}, 422, "al van een andere kadernota"),
        ({"slug": "toegankelijkheid"}, 422, "het adres van een andere pagina"),
        ({"title": ""}, 422, "Geef de kadernota een titel."),
        ({"first_year": "twee"}, 422, "Vul een jaar in, met vier cijfers."),
        ({"last_year": "9999"}, 422, "Vul een jaar in, met vier cijfers."),
        ({"baseline_year": "2024"}, 409, "De nulmeting komt uit een jaar voor 2023."),
    ],
)
def test_a_next_kadernota_that_is_refused(as_keeper, practice, changes, status, sentence):
    before = Kadernota.objects.count()
    response = as_keeper.post(NEXT, STARTED | changes)
    assert response.status_code == status and sentence in text_of(response)
    assert Kadernota.objects.count() == before
