"""The to-do page, and the page that each user gets after logging in."""

from datetime import date
from unittest.mock import patch

import pytest
from django.urls import reverse

from indicators.actions.workflow import send_back
from indicators.models import AuditEvent, Deadline, Measurement, Source
from tests.cast import NOW, make_user, record, revision_of
from tests.pages.reading_html import Page

pytestmark = pytest.mark.django_db


def address(kadernota):
    return reverse("mijn-werk", args=[kadernota.slug])


def page_of(client, kadernota, query=""):
    response = client.get(address(kadernota) + query)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert not page.faults and len(page.ids) == len(set(page.ids))
    return page


def text_of(page):
    return " ".join("".join(page.words).split())


def test_who_may_see_it(client, practice, officer, adopter, keeper):
    assert client.get(address(practice)).headers["Location"].startswith(reverse("inloggen"))
    for user, status in [(officer, 200), (adopter, 404), (keeper, 404)]:
        client.force_login(user)
        assert client.get(address(practice)).status_code == status
    assert AuditEvent.objects.filter(action="toegang", result="refused").count() == 2


@pytest.mark.parametrize("year", ["2017", "2023", "x", "٢٠٢٢", "20222"])
def test_another_year_is_not_there(client, practice, officer, year):
    client.force_login(officer)
    assert client.get(address(practice), {"jaar": year}).status_code == 404


def test_what_there_is_to_do_by_source(client, practice, officer, adopter):
    Deadline.objects.create(
        kadernota=practice, source=Source.objects.get(name="Politie"), year=2022, due_on=date(2023, 2, 1)
    )
    send_back(
        model=Measurement,
        revision=revision_of(practice, "V21", 2022).pk,
        kadernota=practice,
        by=adopter,
        reason="Telt V21 dubbel?",
        now=NOW,
    )
    client.force_login(officer)
    page = page_of(client, practice)  # the latest year with open work is 2022
    rows = {row[0][2].split(" ")[0]: [cell[2] for cell in row[1:]] for row in page.rows if row[0][2].startswith("V")}
    why = "Een toelichting is nodig: de streefwaarde is niet gehaald."
    assert rows["V16"] == ["Toelichting ontbreekt", "39", why, "Neem terug: V16"]
    assert rows["V21"][0] == "Teruggestuurd" and "carla op 24 november 2026: Telt V21 dubbel?" in rows["V21"][2]
    assert rows["V4"][:2] == ["Wacht op vaststellen", "6.497"]
    assert rows["V5"][:2] == ["Volgt nog (pm)", "pm"]
    assert "Termijn: 1 februari 2023." in text_of(page)  # all of the police is recorded: nothing is late
    text = text_of(page_of(client, practice, "?jaar=2021"))
    assert "V15 Aantal signalen" in text and "V1 %" not in text


def test_its_links_lead_to_a_field_on_the_page_of_the_year(client, practice, officer):
    client.force_login(officer)
    links = [link for link in page_of(client, practice).links if "#" in link and "invoeren" in link]
    assert len(links) == 4
    fields = Page(client.get(links[0].partition("#")[0]).content.decode()).ids
    assert {link.partition("#")[2] for link in links} <= set(fields)


def test_a_year_in_which_all_is_adopted(client, practice, officer):
    client.force_login(officer)
    assert "Over 2018 is alles vastgesteld." in text_of(page_of(client, practice, "?jaar=2018"))


def test_a_year_in_which_only_the_adopter_has_work(client, practice, officer):
    record(practice, "V5", 2022, "0,3%", "% van inwoners", explanation="Nu bekend.", by=officer)
    record(practice, "V16", 2022, "39", explanation="Beter verborgen.", by=officer)
    client.force_login(officer)
    assert "U bent klaar" in text_of(page_of(client, practice))


def test_queries_are_fixed(client, practice, officer, django_assert_num_queries):
    client.force_login(officer)
    client.get(address(practice))
    with django_assert_num_queries(10):
        client.get(address(practice))


@pytest.mark.parametrize(
    ("group", "goes_to"),
    [
        ("beleidsmedewerker", "/haarlemmermeer-2018-2022/mijn-werk/"),
        ("vaststeller", "/haarlemmermeer-2018-2022/vaststellen/2022/"),
        ("beheerder", "/werkplaats/"),
        ("", "/"),
    ],
)
def test_after_logging_in_each_goes_to_their_work(client, real, practice, group, goes_to):
    make_user("iemand", group, password="een lang geheim woord", is_staff=group == "beheerder")
    sent = {"username": "iemand", "password": "een lang geheim woord", "next": ""}
    response = client.post(reverse("inloggen"), sent)
    assert response.headers["Location"] == reverse("na-inloggen")
    assert client.get(reverse("na-inloggen")).headers["Location"] == goes_to


def test_an_adopter_goes_to_the_latest_year_with_drafts(client, real, officer, adopter):
    record(real, "V3", 2020, "4.400", by=officer)
    client.force_login(adopter)
    assert client.get(reverse("na-inloggen")).headers["Location"].endswith("/vaststellen/2020/")


def test_where_there_is_no_kadernota_everybody_goes_to_the_start(client, officer):
    client.force_login(officer)
    with patch("indicators.pages.tasks.views.front_head", return_value=None):
        assert client.get(reverse("na-inloggen")).headers["Location"] == "/"


def test_who_asked_for_a_page_gets_that_page(client, real):
    make_user("iemand", "beleidsmedewerker", password="een lang geheim woord")
    sent = {"username": "iemand", "password": "een lang geheim woord", "next": "/haarlemmermeer-2018-2022/"}
    assert client.post(reverse("inloggen"), sent).headers["Location"] == "/haarlemmermeer-2018-2022/"
