"""The history of changes: adopted figures for the public, everything and a CSV file for officers."""

import csv
import io

import pytest
from django.urls import reverse

from indicators.actions.workflow import send_back
from indicators.models import AuditEvent, Measurement
from tests.cast import NOW, adopt_year, record, revision_of
from tests.pages.reading_html import Page

pytestmark = pytest.mark.django_db


def of_indicator(kadernota, code):
    return reverse("geschiedenis", args=[kadernota.slug, code])


def of_year(kadernota, year=2022, name="wijzigingen"):
    return reverse(name, args=[kadernota.slug, year])


def page_of(client, address, data=None):
    response = client.get(address, data)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert not page.faults and len(page.ids) == len(set(page.ids))
    return page


def text_of(page):
    return " ".join("".join(page.words).split())


@pytest.fixture
def busy(practice, officer, adopter):
    """Send the draft of V16 of 2022 back and answer it; V4 of 2022 is adopted and corrected in a draft already."""
    draft = revision_of(practice, "V16", 2022).pk
    send_back(model=Measurement, revision=draft, kadernota=practice, by=adopter, reason="Geheime vraag", now=NOW)
    record(practice, "V16", 2022, "40", explanation="Geheim antwoord", by=officer)
    return practice


@pytest.mark.parametrize(("code", "hidden"), [("V16", ["40", "Geheim"]), ("V4", ["6.497", "47 aangiften"])])
def test_the_public_sees_nothing_of_a_draft_and_no_names(client, busy, code, hidden):
    text = text_of(page_of(client, of_indicator(busy, code)))
    assert not [
        word for word in [*hidden, "Oefen Beleid", "Oefen Vast", "Anna", "concept", "eruggestuurd"] if word in text
    ]
    assert "vastgesteld op 14 februari 2023" in text or code == "V16"
    # Nor who recorded it, or when.
    assert "beleidsmedewerker" not in text and "vaststeller" not in text and "12:00" not in text


def test_the_public_sees_a_correction_next_to_what_it_replaced(client, practice):
    page = page_of(client, of_indicator(practice, "V13"))
    rows = [[cell[2] for cell in row] for row in page.rows if "2021" in row[0][2]]
    assert [row[1:3] for row in rows] == [["15", "19"], ["–", "15"]]
    assert "editie 2020-2" in rows[0][-1] and "vier zaken uit december" in rows[0][3]


def test_a_draft_between_two_editions_is_not_what_the_public_sees_replaced(client, real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.410", explanation="Tussendoor.", by=officer)
    record(real, "V3", 2019, "4.420", explanation="Nageteld.", by=officer)
    adopt_year(real, 2019, by=adopter)
    text = text_of(page_of(client, of_indicator(real, "V3")))
    assert "4.410" not in text and "Tussendoor" not in text
    client.force_login(officer)
    text = text_of(page_of(client, of_indicator(real, "V3")))
    assert "4.410" in text and "vervangen" in text


def test_officers_see_every_revision_with_names(client, busy, officer):
    client.force_login(officer)
    page = page_of(client, of_indicator(busy, "V16"))
    new, old = ([cell[2] for cell in row] for row in page.rows if "november 2026" in row[0][2])
    assert new[1:3] == ["39", "40"] and new[4:] == ["Anna de Wit", "concept"]
    assert "Teruggestuurd door carla op 24 november 2026, 10:00: Geheime vraag" in old[3]
    assert old[-1] == "teruggestuurd"


def test_what_was_taken_over_has_its_origin(client, real):
    text = text_of(page_of(client, of_indicator(real, "V5")))
    assert "overgenomen uit open data op 24 november 2026" in text


def test_an_indicator_that_is_not_there(client, practice):
    assert client.get(of_indicator(practice, "V99")).status_code == 404


@pytest.mark.parametrize("name", ["wijzigingen", "wijzigingen-csv"])
def test_who_sees_the_changes_of_a_year(client, practice, officer, adopter, keeper, name):
    assert client.get(of_year(practice, name=name)).headers["Location"].startswith(reverse("inloggen"))
    for user, status in [(officer, 200), (adopter, 200), (keeper, 404)]:
        client.force_login(user)
        assert client.get(of_year(practice, name=name)).status_code == status
        assert client.get(of_year(practice, 2023, name=name)).status_code == 404
    assert AuditEvent.objects.filter(action="toegang", actor=keeper, result="refused").count() == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 28),
        ({"code": "V16"}, 2),
        ({"code": "V14"}, 2),
        ({"code": "V14 Sluitingen"}, 1),
        ({"wie": "Anna de Wit"}, 1),
        ({"wie": "carla"}, 1),
        ({"staat": "concept"}, 3),
        ({"staat": "teruggestuurd"}, 1),
        ({"staat": "vastgesteld", "code": "V4"}, 1),
        ({"staat": "onzin"}, 0),
    ],
)
def test_the_filter_of_a_year(client, busy, officer, query, count):
    client.force_login(officer)
    page = page_of(client, of_year(busy), query)
    assert len([row for row in page.rows if row and row[0][0] == "th" and ":" in row[0][2]]) == count
    lines = client.get(of_year(busy, name="wijzigingen-csv"), query).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(lines), delimiter=";"))) == count + 1


def test_the_file_is_for_a_spreadsheet_and_holds_no_formula(client, practice, officer):
    record(practice, "V16", 2022, "40", explanation="=1+1\nen meer", by=officer)
    client.force_login(officer)
    response = client.get(of_year(practice, name="wijzigingen-csv"), {"code": "V16"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="wijzigingen-2022.csv"'
    assert "no-store" in response.headers["Cache-Control"]
    assert response.content.startswith(b"\xef\xbb\xbfcode;indicator;")
    heading, new, old = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";")
    line = dict(zip(heading, new, strict=True))
    assert (line["was"], line["cijfer"], line["toelichting"]) == ("39", "40", "'=1+1\nen meer")
    assert (line["vastgelegd door"], line["vastgelegd op"], line["staat"]) == (
        "Anna de Wit",
        "2026-11-24 10:00",
        "concept",
    )
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.actor, event.kadernota) == ("concepten uitvoeren", officer, practice)


def test_queries_are_fixed(client, busy, officer, django_assert_num_queries):
    for address, queries in [(of_year(busy), 8), (of_indicator(busy, "V4"), 6)]:
        client.force_login(officer)
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
