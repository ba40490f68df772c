"""The adoption page of a year: who sees it, what it shows, adopting and sending back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from indicators.actions.workflow import send_back
from indicators.models import AuditEvent, Deadline, Edition, Measurement, SentBack, Source
from tests.cast import DATE_QUESTIONS, NOW, record, revision_of
from tests.pages.reading_html import Page

pytestmark = pytest.mark.django_db


def address(kadernota, year=2022, name="vaststellen"):
    return reverse(name, args=[kadernota.slug, year])


def text_of(response):
    return " ".join("".join(Page(response.content.decode()).words).split())


def fields(client, kadernota, year=2022, **changed):
    """Return what a correctly filled in form sends."""
    page = client.get(address(kadernota, year)).content.decode()
    found = {name: re.search(rf'name="{name}" value="([\d,]*)"', page) for name in ("seen", "seen_lines")}
    seen = {name: match[1] if match else "" for name, match in found.items()}
    return seen | {"on": "2023-04-04", "decision": "B-2023-9", "confirm": "on", "questions": DATE_QUESTIONS} | changed


def explained(practice, officer):
    """Add the explanation that a draft lacks."""
    record(practice, "V16", 2022, "39", explanation="Kweekruimtes zijn beter verborgen.", by=officer)


def messages_after(client, response):
    return text_of(client.get(response.headers["Location"]))


# -- Who may see it


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["vaststellen", "terugsturen"])
def test_who_is_not_logged_in_goes_to_the_log_in(client, practice, method, name):
    response = getattr(client, method)(address(practice, name=name))
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("inloggen"))


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [("officer", 200, 404), ("adopter", 200, 422), ("superuser", 200, 422), ("keeper", 404, 404)],
)
def test_who_sees_it_and_who_may_act(client, practice, request, who, get, post):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address(practice)).status_code == get
    for name in ("vaststellen", "terugsturen"):
        assert client.post(address(practice, name=name)).status_code == post
    refused = AuditEvent.objects.filter(action="toegang", actor=user, result="refused", kadernota=practice)
    assert refused.count() == (get == 404) + 2 * (post == 404)


def test_an_officer_sees_no_form(client, practice, officer, colleague):
    explained(practice, officer)
    client.force_login(colleague)
    page = client.get(address(practice)).content.decode()
    assert 'name="decision"' not in page and 'name="reason"' not in page
    assert "6.497" in page


@pytest.mark.parametrize("year", [1999, 2017, 2023])
def test_another_year_is_not_there(client, practice, adopter, year):
    client.force_login(adopter)
    assert client.get(address(practice, year)).status_code == 404


def test_nothing_of_it_is_kept_in_a_cache(client, practice, adopter):
    client.force_login(adopter)
    assert "no-store" in client.get(address(practice)).headers["Cache-Control"]


# -- What it shows


def test_it_shows_old_and_new_with_both_verdicts_and_who_recorded_it(client, practice, adopter):
    client.force_login(adopter)
    page = Page(client.get(address(practice)).content.decode())
    assert not page.faults and len(page.ids) == len(set(page.ids)) and page.headings[0] == 1
    row = next(row for row in page.rows if row[0][2].startswith("V4 "))
    cells = [cell[2] for cell in row]
    assert cells[1:4] == ["6.544", "6.497", "<6.500"]
    assert re.search(r"was ▲ Niet behaald, wel beter dan de nulmeting wordt ✓ Behaald", cells[4])
    assert cells[5].startswith("De politie heeft 47 aangiften geschrapt") and "Oefen Beleidsmedewerker" in cells[6]
    text = " ".join("".join(page.words).split())
    assert "Er wacht op vaststellen: 3 cijfers en 1 regel van het programma." in text
    assert "Toelichting ontbreekt: de streefwaarde is niet gehaald." in text
    assert "V5 % van inwoners Woninginbraken" in text and "volgt nog (pm)" in text


def test_the_form_is_there_once_nothing_stops_it(client, practice, officer, adopter):
    client.force_login(adopter)
    assert 'name="decision"' not in client.get(address(practice)).content.decode()
    explained(practice, officer)
    page = client.get(address(practice)).content.decode()
    assert 'name="on"' in page and 'type="date"' in page
    assert "Ik heb bekeken: deze 3 cijfers over 2022 (V4, V16, V21)" in page


def test_own_figures_are_named_and_take_the_form_away(client, practice, superuser):
    record(practice, "V16", 2022, "39", explanation="Beter verborgen.", by=superuser)
    client.force_login(superuser)
    text = text_of(client.get(address(practice)))
    assert "U legde deze cijfers zelf vast: V16." in text and "Stel vast" not in text
    answer = client.post(address(practice), fields(client, practice))
    assert answer.status_code == 409
    assert not Edition.objects.filter(year=2022, number=2).exists()


def test_what_is_late_is_said_with_its_deadline(client, practice, adopter):
    source = Source.objects.get(name="Gemeente")
    Deadline.objects.create(kadernota=practice, source=source, year=2021, due_on="2022-02-01")
    client.force_login(adopter)
    text = text_of(client.get(address(practice, 2021)))
    assert "V15 (Gemeente, uiterlijk 01-02-2022)" in text and "uiterlijk 1 februari 2022" in text


@pytest.mark.parametrize("drafts", [0, 4])
def test_the_number_of_queries_does_not_grow(client, practice, officer, adopter, django_assert_num_queries, drafts):
    for code in ("V6", "V8", "V9", "V10")[:drafts]:
        record(practice, code, 2022, "12", explanation="Nageteld.", by=officer)
        send_back(
            model=Measurement,
            revision=revision_of(practice, code, 2022).pk,
            kadernota=practice,
            by=adopter,
            reason="Hoe?",
            now=NOW,
        )
    client.force_login(adopter)
    client.get(address(practice))
    with django_assert_num_queries(12):
        client.get(address(practice))


# -- Adopting


def test_adopting_makes_an_edition_and_shows_it(client, practice, officer, adopter):
    explained(practice, officer)
    client.force_login(adopter)
    response = client.post(address(practice), fields(client, practice))
    edition = Edition.objects.get(year=2022, number=2, kadernota=practice)
    assert (response.status_code, response.headers["Location"]) == (
        303,
        reverse("verzegelen", args=[practice.slug, "2022-2"]) + "?begin=1",
    )
    taken = edition.decision
    assert (taken.adopted_by, taken.reference, str(taken.decided_on)) == (adopter, "B-2023-9", "2023-04-04")
    assert [edition.entries.filter(line__isnull=is_figure).count() for is_figure in (True, False)] == [3, 1]
    assert "Vastgesteld als editie 2022-2." in messages_after(client, response)


def test_the_second_click_is_told_so(client, practice, officer, adopter):
    explained(practice, officer)
    client.force_login(adopter)
    sent = fields(client, practice)
    client.post(address(practice), sent)
    response = client.post(address(practice), sent)
    assert response.status_code == 303
    assert "Deze cijfers zijn al vastgesteld, in editie 2022-2." in messages_after(client, response)
    assert Edition.objects.filter(kadernota=practice, year=2022).count() == 2


def test_a_figure_that_changed_meanwhile_is_not_adopted_unseen(client, practice, officer, adopter):
    explained(practice, officer)
    client.force_login(adopter)
    sent = fields(client, practice)
    record(practice, "V21", 2022, "9", by=officer)
    response = client.post(address(practice), sent)
    assert response.status_code == 409 and "Sinds u deze pagina opende" in text_of(response)
    fresh = f'name="seen" value="{",".join(str(revision_of(practice, c, 2022).pk) for c in ("V4", "V16", "V21"))}"'
    assert fresh in response.content.decode()  # the page now shows, and offers, what waits now
    assert 'value="B-2023-9"' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("on", "", "Vul de datum van het besluit in."),
        ("on", "4 april", "Vul een datum in"),
        ("on", "2023-02-30", "Vul een datum in"),
        ("decision", "   ", "Noem het besluit"),
        ("decision", "x" * 101, "Houd de verwijzing korter"),
        ("confirm", "", "Vink aan dat u dit hebt bekeken."),
    ],
)
def test_the_form_refuses_beside_its_field(client, practice, officer, adopter, name, value, message):
    explained(practice, officer)
    client.force_login(adopter)
    sent = fields(client, practice, **{name: value})
    if name == "confirm":
        del sent["confirm"]
    response = client.post(address(practice), sent)
    page = response.content.decode()
    assert response.status_code == 422 and "<title>OEFENGEMEENTE – Fout: Vaststellen" in page
    assert f'href="#id_{name}"' in page and page.count(message) >= 2
    assert Edition.objects.filter(kadernota=practice, year=2022).count() == 1


def test_a_date_in_the_future_and_the_gate_are_refused_with_a_sentence(client, practice, officer, adopter):
    client.force_login(adopter)
    response = client.post(address(practice), fields(client, practice))
    assert response.status_code == 409 and "V16 (de streefwaarde is niet gehaald)" in text_of(response)
    explained(practice, officer)
    tomorrow = (NOW + timedelta(days=1)).date().isoformat()
    response = client.post(address(practice), fields(client, practice, on=tomorrow))
    assert response.status_code == 409 and "ligt in de toekomst" in text_of(response)


@pytest.mark.parametrize("seen", ["", "abc", "1,2,3", "٣", "9" * 40, "-1"])
def test_a_forged_list_of_what_was_seen_adopts_nothing(client, practice, officer, adopter, seen):
    explained(practice, officer)
    client.force_login(adopter)
    assert client.post(address(practice), fields(client, practice, seen=seen)).status_code == 409
    assert Edition.objects.filter(kadernota=practice, year=2022).count() == 1


# -- Sending back


def test_sending_back_shows_who_why_and_when_and_keeps_it_out(client, practice, adopter):
    client.force_login(adopter)
    revision = revision_of(practice, "V16", 2022).pk
    sent = {"revision": revision, "reason": "Welke <b>wijken</b>?"}
    response = client.post(address(practice, name="terugsturen"), sent)
    assert (response.status_code, response.headers["Location"]) == (303, address(practice))
    assert SentBack.objects.get(measurement=revision).sent_by == adopter
    page = client.get(address(practice)).content.decode()
    assert "Welke &lt;b&gt;wijken&lt;/b&gt;?" in page and "<b>wijken" not in page
    assert "Deze cijfers gaan niet mee in de editie" in page
    assert "Ik heb bekeken: deze 2 cijfers over 2022 (V4, V21)" in page
    again = client.post(address(practice, name="terugsturen"), sent)
    assert "was al teruggestuurd" in messages_after(client, again)
    client.post(address(practice), fields(client, practice))
    edition = Edition.objects.get(kadernota=practice, year=2022, number=2)
    assert edition.entries.filter(line__isnull=True).count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_without_a_good_reason_it_comes_back_open_beside_its_figure(client, practice, adopter, reason):
    client.force_login(adopter)
    revision = revision_of(practice, "V16", 2022).pk
    response = client.post(address(practice, name="terugsturen"), {"revision": revision, "reason": reason})
    page = response.content.decode()
    assert response.status_code == 422 and f'href="#reason-{revision}"' in page
    assert page.count('<details class="send-back" open>') == 1
    assert not Page(page).faults and not SentBack.objects.exists()


@pytest.mark.parametrize("revision", ["", "abc", "0", "9" * 30, "999999999"])
def test_a_forged_figure_is_not_sent_back(client, practice, adopter, revision):
    client.force_login(adopter)
    sent = {"revision": revision, "reason": "Waarom?"}
    assert client.post(address(practice, name="terugsturen"), sent).status_code in (303, 422)
    assert not SentBack.objects.exists()


def test_a_figure_of_another_kadernota_is_not_sent_back_from_here(client, practice, real, officer, adopter):
    record(real, "V3", 2022, "4.400", by=officer)
    client.force_login(adopter)
    sent = {"revision": revision_of(real, "V3", 2022).pk, "reason": "Waarom?"}
    assert "is er niet" in messages_after(client, client.post(address(practice, name="terugsturen"), sent))
