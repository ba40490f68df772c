"""Method, comparison and search on an empty database, so without the fixtures that load a kadernota."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.reading_html import Page
from tests.pages.test_method import rule_rows
from tests.pages.test_reading import check, page

pytestmark = pytest.mark.django_db


def test_the_rules_are_there_without_an_example(client: Client) -> None:
    read = page(client, reverse("hoe-wij-oordelen"))
    check(read)
    assert [row[3] for row in rule_rows(read)] == ["Nog geen."] * 7


def test_a_page_that_is_not_there_leads_to_the_start(client: Client) -> None:
    response = client.get("/nergens/")
    read = Page(response.content.decode())
    check(read)
    assert response.status_code == 404 and reverse("begin") in read.links


@pytest.mark.parametrize("route", ["hoe-wij-oordelen-hier", "vergelijken", "zoeken", "feed"])
def test_no_kadernota_no_page(client: Client, route: str) -> None:
    assert client.get(reverse(route, args=["nergens"])).status_code == 404


def test_the_accessibility_statement_makes_no_claim_by_itself(client: Client) -> None:
    read = page(client, reverse("toegankelijkheid"))
    check(read)
    assert "Daarom staat hier geen officiële status." in read.text and "voldeed" not in read.text
    assert not [link for link in read.links if link.startswith("mailto:")]


def test_the_accessibility_statement_says_what_the_settings_say(client: Client, settings) -> None:
    settings.ACCESSIBILITY_STATUS, settings.ACCESSIBILITY_DATE = "deels", date(2026, 11, 24)
    settings.ACCESSIBILITY_CONTACT, settings.ACCESSIBILITY_REPORT = "hulp@gemeente.example", "https://a.example/r"
    read = page(client, reverse("toegankelijkheid"), x=1)
    check(read)
    assert "(24 november 2026) voldeed deze site deels aan" in read.text
    assert {"mailto:hulp@gemeente.example", "https://a.example/r"} <= set(read.links)
