"""The page of an edition: decision, errata and additions, and no name or draft for the public."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from indicators.readmodel.cache import clear_cache
from tests.pages.reading_html import Page

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join("".join(Page(response.content.decode()).words).split())


def test_the_page_of_an_edition_is_public_and_names_no_one(client, practice, officer):
    page = client.get(reverse("editie", args=[practice.slug, "2020-2"]))
    text = text_of(page)
    assert "Deze editie bevat 2 errata, 1 aanvulling en 1 regel van het programma." in text
    assert "besluit OEF-2021-19" in text
    assert "Vaststeller" not in text and not Page(page.content.decode()).faults
    client.force_login(officer)
    assert "Oefen Vaststeller" in text_of(client.get(reverse("editie", args=[practice.slug, "2020-2"])))


def test_the_first_edition_of_a_year_lists_its_figures(client, practice):
    page = Page(client.get(reverse("editie", args=[practice.slug, "2022-1"])).content.decode())
    figures = [row for row in page.rows if re.match(r"V(TH)?[0-9]", row[0][2])]
    text = " ".join("".join(page.words).split())
    assert len(figures) == 24 and "Deze editie bevat de eerste 24 cijfers over 2022 en 14 regels" in text
    assert "6.497" not in "".join(page.words)  # a draft


def test_an_edition_that_was_taken_over(client, real):
    text = text_of(client.get(reverse("editie", args=[real.slug, "2020-1"])))
    assert "Overgenomen uit open data op" in text and "vastgesteld" not in text.lower()


@pytest.mark.parametrize("label", ["2020-9", "2020", "x-1", "2020-1-1", "٢٠٢٠-1"])
def test_an_edition_that_is_not_there(client, practice, label):
    assert client.get(reverse("editie", args=[practice.slug, label])).status_code == 404


@pytest.mark.parametrize(("label", "queries"), [("2018-1", 8), ("2020-2", 11)])
def test_an_edition_costs_a_fixed_number_of_queries(client, practice, django_assert_num_queries, label, queries):
    clear_cache()
    caches["pages"].clear()
    with django_assert_num_queries(queries):
        client.get(reverse("editie", args=[practice.slug, label]))
