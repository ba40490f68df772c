"""The page of an edition: decision, errata and additions, and no name or draft for the public."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from indicators.models import Edition
from indicators.readmodel.cache import clear_cache
from tests.pages.reading_html import Page
from tests.version_steps import adopt_target, below, correct, rejudge

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


@pytest.mark.parametrize(("label", "queries"), [("2018-1", 16), ("2020-2", 17)])
def test_an_edition_costs_a_fixed_number_of_queries(client, practice, django_assert_num_queries, label, queries):
    clear_cache()
    caches["pages"].clear()
    with django_assert_num_queries(queries):
        client.get(reverse("editie", args=[practice.slug, label]))


def test_an_edition_names_its_version_and_the_link_of_the_chain(client, practice):
    edition = Edition.objects.select_related("decision").get(kadernota=practice, year=2020, number=2)
    text = text_of(client.get(reverse("editie", args=[practice.slug, "2020-2"])))
    assert "versie 1 van de kadernota" in text and edition.decision.chain_hash in text
    assert "Opnieuw beoordeeld" not in text and "Wat er in de kadernota veranderde" not in text


def test_a_year_that_is_judged_again_shows_what_changed_and_why(client, practice, keeper, adopter):
    # V8 was 338 in 2020, with a target of less than 350.
    adopt_target(practice, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    assert "<330" not in text_of(client.get(reverse("editie", args=[practice.slug, "2020-1"])))
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    page = Page(client.get(reverse("editie", args=[practice.slug, "2020-3"])).content.decode())
    text = " ".join("".join(page.words).split())
    assert not page.faults and len(page.ids) == len(set(page.ids))
    assert "Het jaar is opnieuw beoordeeld; daardoor veranderde 1 oordeel zonder nieuw cijfer." in text
    assert "versie 2 van de kadernota, vastgesteld op 20 november 2026, besluit Raad 7" in text
    assert "streefwaarde was <350, is <330 (versie 2)" in text and "De raad wil meer." in text
    assert "✓ Op koers" in text and "▲ Aandacht" in text
    assert "streefwaarde 2020" in text and "Raad 7, 20 november 2026" in text
    # An edition of another year that is judged under version 1 says so.
    assert "versie 1 van de kadernota" in text_of(client.get(reverse("editie", args=[practice.slug, "2021-1"])))


def test_a_corrected_decision_is_shown_as_corrected_with_the_remark(client, practice, keeper, adopter):
    edition = Edition.objects.get(kadernota=practice, year=2020, number=2)
    correct(edition.decision, "Het nummer was verwisseld.", reference="OEF-2021-91", keeper=keeper, adopter=adopter)
    text = text_of(client.get(reverse("editie", args=[practice.slug, "2020-2"])))
    assert "OEF-2021-91" in text and "OEF-2021-19" not in text and "Het nummer was verwisseld." in text
