"""Search: matches with their context, whatever case and accents; drafts only for users who may see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from indicators.pages.links import Links
from indicators.pages.search.page import CONTEXT, MAX_HITS, folded, in_context, search
from indicators.readmodel.programme import adopted_programme
from tests.cast import PRACTICE, REAL, overview_of, record
from tests.pages.test_reading import check, page

PATH = f"/{PRACTICE}/zoeken/"
SECRET = "Zeldzaamheid"


def search_in(kadernota, query: str):
    overview = overview_of(kadernota)
    return search(query, overview, adopted_programme(overview), links=Links(kadernota.slug, 2022))


def test_names_definitions_explanations_readings_and_texts(practice) -> None:
    for query, group, where in (
        ("woninginbraken", "Indicatoren", "naam"),
        ("registreert", "Indicatoren", "definitie"),
        ("Sluitingen", "Indicatoren", "onderdeel"),
        ("Ymere", "Prioriteiten", "partner"),
        ("WhatsApp", "Prioriteiten", "focuspunt"),
        ("50.000", "Prioriteiten", "financiën"),
        ("winkeldiefstal", "Thema’s en VTH", "aanpak"),
        ("Omgevingsdienst", "Thema’s en VTH", "partner"),
        ("Planning en control", "Thema’s en VTH", "focuspunt"),
        ("babbeltrucs", "Programma", "activiteit 2020"),
        ("wijkavonden gingen niet door", "Programma", "financiën 2020"),
        ("vier zaken uit december", "Toelichtingen", "toelichting 2020"),
        ("afbreekteken", "Leeswijzen", "zo gelezen"),
    ):
        groups = {group.name: group for group in search_in(practice, query).groups}
        assert where in [hit.source for hit in groups[group].hits], query


def test_every_hit_holds_the_words(practice) -> None:
    result = search_in(practice, "politie")
    assert result.total > 10
    for group in result.groups:
        for hit in group.hits:
            marked = re.findall("<mark>(.*?)</mark>", hit.context)
            assert marked and all(word.lower() == "politie" for word in marked)


@pytest.mark.parametrize("query", ["FINANCIËN", "financien", "  Financiën "])
def test_case_accents_and_blanks_do_not_matter(query: str) -> None:
    context = in_context("De financiën van dit jaar", " ".join(query.split()))
    assert context == "De <mark>financiën</mark> van dit jaar"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("De ﬁets", "fie", "De <mark>ﬁe</mark>ts"),  # one letter here, two when it is folded
        ("a <b> c", "<b>", "a <mark>&lt;b&gt;</mark> c"),
        ("x & y & z", "&", "x <mark>&amp;</mark> y <mark>&amp;</mark> z"),
        ("Straße", "strasse", "<mark>Straße</mark>"),
        ("é́é", "e", "<mark>é</mark>́<mark>é</mark>"),
        ("niets", "iets anders", None),
        ("", "x", None),
        ("İstanbul", "istanbul", "<mark>İstanbul</mark>"),
    ],
)
def test_what_is_marked_is_the_text_itself(text: str, query: str, marked: str | None) -> None:
    assert in_context(text, query) == marked


def test_long_texts_are_cut_between_words() -> None:
    text = "begin " * 60 + "naald" + " einde" * 60
    context = strip_tags(in_context(text, "naald"))
    assert context.startswith("… ") and context.endswith(" …") and len(context) < 3 * CONTEXT
    assert set(context.strip("… ").split()) == {"begin", "naald", "einde"}


def test_the_page_groups_and_counts(client: Client, practice) -> None:
    read = page(client, PATH, q="woninginbraken")
    check(read)
    result = search_in(practice, "woninginbraken")
    assert result.sentence in read.text and f"staat op {result.total} plaatsen" in read.text
    assert sum(group.total for group in result.groups) == result.total
    assert read.title.startswith("OEFENGEMEENTE – Zoeken: woninginbraken")
    assert any(link.startswith(reverse("indicator", args=[PRACTICE, "V5"])) for link in read.links)


def test_who_types_a_code_gets_that_indicator_first(practice) -> None:
    hits = search_in(practice, "v1").groups[0].hits
    assert hits[0].title.startswith("V1 ") and len(hits) > 10


def test_nothing_found_helps_on(client: Client, practice) -> None:
    read = page(client, PATH, q="inbraakje")
    check(read)
    assert "Er is niets gevonden met ‘inbraakje’." in read.text
    assert "Wel gevonden: ‘inbra’" in read.text and "Waar u op kunt zoeken" in read.text
    assert search_in(practice, "inbra").total
    assert "Wel gevonden" not in page(client, PATH, q="qqqqqq").text


def test_an_empty_and_a_short_question(client: Client, practice) -> None:
    assert "Waar u op kunt zoeken" in page(client, PATH).text
    assert "Zoek op 2 of meer letters." in page(client, PATH, q="a").text
    assert search_in(practice, "x" * 500).query == "x" * 100


def test_hostile_words_stay_words(client: Client, practice) -> None:
    html = client.get(PATH, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert client.get(PATH, {"q": "\x00\ud7ff"}).status_code == 200


def test_the_public_never_finds_a_draft(client: Client, practice, officer, keeper) -> None:
    record(practice, "V9", 2022, "98.765", by=officer, explanation=f"{SECRET} in een concept.")
    for user in (None, keeper):
        if user:
            client.force_login(user)
        assert f"Er is niets gevonden met ‘{SECRET}’." in page(client, PATH, q=SECRET).text
    client.force_login(officer)
    read = page(client, PATH, q=SECRET)
    assert "staat op 1 plaats." in read.text and "toelichting 2022, concept" in read.text
    assert "niets gevonden" in page(client, PATH, q=SECRET, editie="2022-1").text


def test_looking_back_finds_what_stood_then(client: Client, practice) -> None:
    query = "vier zaken uit december"
    assert "staat op 1 plaats." in page(client, PATH, q=query).text
    assert "niets gevonden" in page(client, PATH, q=query, editie="2020-1").text


def test_a_question_that_finds_too_much_says_how_much_more(practice) -> None:
    result = search_in(practice, "de")
    assert any(group.more for group in result.groups)
    assert all(len(group.hits) <= MAX_HITS for group in result.groups)


def test_a_field_on_every_page(client: Client, real) -> None:
    paths = [reverse("kadernota", args=[REAL]), reverse("indicator", args=[REAL, "V5"]), "/hoe-wij-oordelen/"]
    for path in [*paths, reverse("bijlage", args=[REAL, 2022]), reverse("geschiedenis", args=[REAL, "V5"])]:
        html = " ".join(client.get(path).content.decode().split())
        assert '<input type="search" id="search" name="q" maxlength="100">' in html, path
        assert f'action="{reverse("zoeken", args=[REAL])}"' in html and html.count('role="search"') == 1


def test_folded_is_lower_case_without_accents() -> None:
    assert folded("Één ÉÉN café") == "een een cafe"
