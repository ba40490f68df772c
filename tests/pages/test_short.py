"""The citation of an indicator: its short address leads to the figure as of the edition."""

from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.cast import PRACTICE, REAL, adopt_version_of, record, with_component
from tests.pages.notas import load_empty
from tests.pages.test_reading import page

INDICATOR = f"/{PRACTICE}/indicator/V13/"


def test_the_page_says_how_to_cite_it(client: Client, practice) -> None:
    read = page(client, INDICATOR, jaar=2020)
    assert "Citeer als: V13, 2020, editie 2020-2 , http://testserver/oefengemeente-2018-2022/V13/2020-2/" in read.text


def test_the_address_leads_to_the_figure_as_it_stood(client: Client, practice) -> None:
    for label, figure in (("2020-1", "15"), ("2020-2", "19")):
        response = client.get(f"/{PRACTICE}/V13/{label}/", follow=True)
        assert response.redirect_chain == [(f"{INDICATOR}?jaar=2020&editie={label}", 302)]
        html = response.content.decode()
        assert f"In 2020 waren er {figure} misdrijven" in html
        assert f"V13, 2020, editie {label}" in html


def test_looking_back_cites_the_edition_that_one_looks_at(client: Client, practice) -> None:
    assert "V13, 2020, editie 2020-1" in page(client, INDICATOR, editie="2020-1").text
    read = page(client, INDICATOR, jaar=2019, editie="2020-1")
    assert "V13, 2019, editie 2020-1" in read.text
    short = f"/{PRACTICE}/V13/2020-1/?jaar=2019"
    assert short in read.links
    assert client.get(short)["Location"] == f"{INDICATOR}?jaar=2019&editie=2020-1"


@pytest.mark.parametrize("year", range(2018, 2023))
def test_every_cited_address_shows_the_same_figures(client: Client, real, practice, year: int) -> None:
    for slug in (REAL, PRACTICE):
        for code in ("V4", "V5", "V14"):
            path = reverse("indicator", args=[slug, code])
            here = page(client, path, jaar=year)
            (short,) = {link for link in here.links if link.startswith(f"/{slug}/{code}/")}
            cited = client.get(short, follow=True)
            words = here.text.partition("Verloop")[0].partition("Indicator ")[2]
            assert words and words.split("Indicator ")[-1] in " ".join(_words(cited))


def _words(response) -> list[str]:
    from tests.pages.reading_html import Page

    return Page(response.content.decode()).text.split()


def test_the_code_may_be_typed_small(client: Client, practice) -> None:
    assert client.get(f"/{PRACTICE}/v13/2020-1/")["Location"].startswith(INDICATOR)


@pytest.mark.parametrize("path", ["V99/2020-1", "V13/2020-9", "V13/1066-1", "V13/2020", "V13/x-1"])
def test_what_is_not_there_is_404(client: Client, practice, path: str) -> None:
    assert client.get(f"/{PRACTICE}/{path}/").status_code == 404
    assert client.get(f"/nergens/{path}/").status_code == 404


def test_a_query_cannot_lead_away(client: Client, practice) -> None:
    there = client.get(f"/{PRACTICE}/V13/2020-1/?jaar=//elders.example&editie=x")["Location"]
    assert there == f"{INDICATOR}?jaar=%2F%2Felders.example&editie=2020-1"


def test_a_draft_is_not_cited(client: Client, practice, officer) -> None:
    record(practice, "V13", 2020, "98", by=officer, explanation="Opnieuw geteld.")
    client.force_login(officer)
    text = page(client, INDICATOR, jaar=2020).text
    assert "Citeer als" not in text and "Citeren kan pas als het cijfer is vastgesteld." in text
    assert "Citeer als" in page(client, INDICATOR, jaar=2020, editie="2020-2").text


def test_a_year_without_an_edition_is_not_cited(client: Client, practice) -> None:
    assert "Citeer als: V13, 2019, editie 2018-1" in page(client, INDICATOR, jaar=2019, editie="2018-1").text
    load_empty()
    assert "Citeer als" not in page(client, "/leeg/indicator/V13/").text


def test_a_target_that_was_changed_later_is_told(client: Client, practice, keeper, adopter) -> None:
    adopt_version_of(
        practice,
        lambda nota: with_component(nota, "V13", targets={2020: "<10"}),
        by=adopter,
        editor=keeper,
        on=date(2022, 2, 1),
    )
    assert "Na deze editie is de streefwaarde gewijzigd" in page(client, INDICATOR, jaar=2020).text
    assert "Na deze editie" not in page(client, INDICATOR, jaar=2020, editie="2020-2").text


def test_the_address_of_the_site_comes_from_the_settings(client: Client, practice, settings) -> None:
    settings.SITE_URL = "https://monitor.example"
    caches["pages"].clear()  # of a process with other settings
    assert "https://monitor.example/oefengemeente-2018-2022/V13/2020-2/" in page(client, INDICATOR, jaar=2020).text
