"""The list of all kadernota's: search, pages, and none that is still being prepared."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from indicators.actions.versions import start_draft
from indicators.pages.kadernotas import views
from indicators.readmodel.nota import nota_of
from tests.cast import NOW, PRACTICE, REAL, adopt_version_of
from tests.pages.notas import load_empty
from tests.pages.test_reading import check, page

pytestmark = pytest.mark.django_db
PATH = reverse("kadernotas")


def slugs_of(read) -> list[str]:
    """Return the kadernota's that the page lists, in order; the masthead and the footer name one too."""
    known = {f"/{slug}/": slug for slug in (REAL, PRACTICE, "leeg", "concept")}
    return [known[link] for link in read.links if link in known]


def test_real_ones_come_before_practice(client: Client, real, practice) -> None:
    read = page(client, PATH)
    check(read)
    assert slugs_of(read) == [REAL, PRACTICE]
    assert "2 kadernota’s." in read.text and "(om te oefenen)" in read.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("haarlemmer", [REAL]),
        ("HAARLEMMERMEER veiligheid", [REAL]),
        ("2018-2022", [REAL, PRACTICE]),
        ("oefen", [PRACTICE]),
        ("haarlemmermeer oefen", []),
        ("%", []),
    ],
)
def test_search_finds_every_word(client: Client, real, practice, query: str, found: list[str]) -> None:
    read = page(client, PATH, q=query)
    check(read)
    assert slugs_of(read) == found
    if not found:
        assert f"Er is geen kadernota met ‘{query}’." in read.text


def test_hostile_words_stay_words(client: Client, real) -> None:
    html = client.get(PATH, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert client.get(PATH, {"q": "x" * 500}).context["query"] == "x" * 100


def test_it_is_read_by_page(client: Client, real, practice, monkeypatch) -> None:
    load_empty()
    monkeypatch.setattr(views, "PER_PAGE", 2)
    first, second = page(client, PATH, q="2018"), page(client, PATH, q="2018", pagina=2)
    check(first)
    assert len(slugs_of(first)) == 2 and "Bladzijde 1 van 2" in first.text
    assert "?q=2018&pagina=2" in first.links and "?q=2018&pagina=1" in second.links
    assert sorted(slugs_of(first) + slugs_of(second)) == sorted([REAL, PRACTICE, "leeg"])
    for odd in ("0", "99", "x", ""):
        assert client.get(PATH, {"pagina": odd}).status_code == 200


def test_one_that_is_being_prepared_is_invisible(client: Client, real, practice, keeper) -> None:
    nota = replace(nota_of(real.version), slug="concept", title="Kadernota in voorbereiding")
    start_draft(by=keeper, now=NOW, nota=nota, reason="Nieuw.")
    for user in (None, keeper):
        if user:
            client.force_login(user)
        read = page(client, PATH)
        assert "in voorbereiding" not in read.text and slugs_of(read) == [REAL, PRACTICE]
        assert slugs_of(page(client, PATH, q="voorbereiding")) == []
    client.logout()
    assert client.get("/concept/").status_code == 404


def test_the_newest_adopted_version_names_it(client: Client, real, practice, keeper, adopter) -> None:
    assert "Nieuwe titel" not in page(client, PATH).text  # and cached
    adopt_version_of(real, lambda nota: replace(nota, title="Nieuwe titel"), by=adopter, editor=keeper)
    read = page(client, PATH)
    assert "Nieuwe titel" in read.text and slugs_of(read) == [REAL, PRACTICE]
