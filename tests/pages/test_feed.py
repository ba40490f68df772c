"""The feed of editions and errata, the page for 404, and the distance of every page from the start page."""

import xml.etree.ElementTree as ET
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Decision, Edition
from indicators.readmodel.differences import Change
from tests.cast import PRACTICE, REAL, adopt_year, errata_of, record
from tests.pages.reading_html import Page
from tests.pages.test_reading import check, page, paths_of
from tests.version_steps import adopt_target, below, correct, rejudge

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, slug: str) -> list[ET.Element]:
    response = client.get(reverse("feed", args=[slug]))
    assert response.status_code == 200 and response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def text_of(entry: ET.Element) -> str:
    return entry.findtext(f"{ATOM}title") + " " + entry.findtext(f"{ATOM}summary")


def test_an_entry_for_each_decision_the_newest_first(client: Client, practice) -> None:
    *editions, nota = entries(client, PRACTICE)
    labels = [str(edition) for edition in Edition.objects.of(practice)][::-1]
    assert [entry.findtext(f"{ATOM}title").split(":")[0] for entry in editions] == [
        f"Editie {label}" for label in labels
    ]
    for entry, label in zip(editions, labels, strict=True):
        assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{reverse('editie', args=[PRACTICE, label])}"
    assert nota.findtext(f"{ATOM}title") == "Kadernota, versie 1"
    assert len({entry.findtext(f"{ATOM}id") for entry in [*editions, nota]}) == len(editions) + 1
    moments = [entry.findtext(f"{ATOM}updated") for entry in editions]
    assert moments == sorted(moments, reverse=True)


def test_each_entry_has_the_link_of_the_chain(client: Client, practice) -> None:
    hashes = Decision.objects.of(practice).values_list("chain_hash", flat=True)
    texts = [text_of(entry) for entry in entries(client, PRACTICE)][::-1]
    assert all(chain_hash in text for chain_hash, text in zip(hashes, texts, strict=True))


def test_versions_judging_again_and_corrections(client: Client, practice, keeper, adopter) -> None:
    decision = adopt_target(practice, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    correct(decision, "Het nummer was verwisseld.", reference="Raad 70", keeper=keeper, adopter=adopter)
    corrected, judged, version = map(text_of, entries(client, PRACTICE)[:3])
    assert "Kadernota, versie 2" in version and "De raad wil meer." in version
    assert "streefwaarde 2020: was &lt;350, is &lt;330." in version
    assert "Vastgesteld op 20 november 2026, besluit Raad 70." in version  # as corrected
    assert "Het nummer was verwisseld." in version
    assert judged.startswith("Editie 2020-3") and "Opnieuw beoordeeld: V8 " in judged
    assert "2020: was Op koers, is Aandacht." in judged
    assert corrected.startswith("Verbetering van het besluit over versie 2 van de kadernota")
    assert "Het nummer was verwisseld." in corrected


def test_errata_are_those_of_the_edition(client: Client, practice) -> None:
    errata = errata_of(practice, Edition.objects.get(kadernota=practice, year=2020, number=2))
    changed = [entry for entry in errata if entry.change is Change.ERRATUM]
    (entry,) = [entry for entry in entries(client, PRACTICE) if "2020-2" in entry.findtext(f"{ATOM}title")]
    assert entry.findtext(f"{ATOM}title") == f"Editie 2020-2: {len(changed)} errata"
    for erratum in changed:
        assert f"{erratum.year}: was {erratum.old_printed}, is {erratum.new_printed}." in text_of(entry)
    assert "Aanvulling: 1 cijfer over 2020." in text_of(entry)
    assert "besluit OEF-2021-19" in text_of(entry)


def test_what_was_taken_over_is_not_called_adopted(client: Client, real) -> None:
    text = " ".join(map(text_of, entries(client, REAL)))
    assert "Overgenomen uit open data op 24 november 2026." in text and "Vastgesteld" not in text


def test_no_draft_whoever_asks(client: Client, practice, officer) -> None:
    before = len(entries(client, PRACTICE))
    record(practice, "V9", 2022, "98.765", by=officer, explanation="Geheim.")
    for _ in range(2):
        assert len(entries(client, PRACTICE)) == before
        assert b"98.765" not in client.get(reverse("feed", args=[PRACTICE])).content
        client.force_login(officer)


def test_a_new_edition_appears_with_hostile_text_escaped(client: Client, practice, officer, adopter) -> None:
    record(practice, "V9", 2021, "501", by=officer, explanation="Dubbel geteld.")
    adopt_year(practice, 2021, by=adopter, decision="<b>&x</b>")
    first = entries(client, PRACTICE)[0]
    assert "2021-2" in first.findtext(f"{ATOM}title")
    assert "&lt;b&gt;&amp;x&lt;/b&gt;" in first.findtext(f"{ATOM}summary")


def test_queries_do_not_grow_with_the_editions(client: Client, practice, officer, adopter, django_assert_num_queries):
    path = reverse("feed", args=[PRACTICE])
    for number in (1, 2):
        record(practice, "V9", 2021, str(500 + number), by=officer, explanation="Dubbel geteld.")
        adopt_year(practice, 2021, by=adopter, decision=f"2023.{number}")
        with django_assert_num_queries(4):  # the head, its decisions, their figures and lines
            client.get(path)


def test_pages_say_where_the_feed_is(client: Client, real) -> None:
    html = " ".join(client.get(reverse("kadernota", args=[REAL])).content.decode().split())
    link = f'<link rel="alternate" type="application/atom+xml" title="Edities en errata" href="/{REAL}/feed/">'
    assert link in html


@pytest.mark.parametrize("path", ["/nergens/", f"/{REAL}/indicator/V99/", f"/{PRACTICE}/vaststellen/1066/x/", "/a/b/c"])
def test_a_page_that_is_not_there_helps_on(client: Client, real, practice, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    read = Page(response.content.decode())
    check(read)
    slug = PRACTICE if PRACTICE in path else REAL
    assert read.title.removeprefix("OEFENGEMEENTE – ").startswith("Deze pagina is er niet")
    assert f'action="{reverse("zoeken", args=[slug])}"' in response.content.decode()
    assert {reverse("kadernota", args=[slug]), reverse("hoe-wij-oordelen-hier", args=[slug])} <= set(read.links)


def test_every_reading_page_is_within_three_steps_of_the_start(client: Client, real) -> None:
    seen, layer = {"/"}, {"/"}
    for _ in range(3):
        links = set()
        for path in layer:
            response = client.get(path)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                links |= {urldefrag(link)[0] for link in Page(response.content.decode()).links}
        paths = {urlsplit(link).path for link in links if link.startswith("/")}
        layer = paths - seen
        seen |= paths
    wanted = {
        *paths_of(REAL),
        "/toegankelijkheid/",
        reverse("feed", args=[REAL]),
        reverse("vergelijken", args=[REAL]),
        reverse("hoe-wij-oordelen-hier", args=[REAL]),
        reverse("bijlage", args=[REAL, 2022]),
        reverse("inloggen"),
        *(reverse("editie", args=[REAL, str(edition)]) for edition in Edition.objects.of(real)),
        *(reverse("prioriteit-tabel", args=[REAL, number, "csv"]) for number in range(1, 5)),
        *(reverse("geschiedenis", args=[REAL, code]) for code in ("V1", "V21")),
    }
    assert wanted - seen == set()


def test_titles_differ_and_say_what_the_page_answers(client: Client, real) -> None:
    paths = [*paths_of(REAL), "/toegankelijkheid/", "/hoe-wij-oordelen/", f"/{REAL}/vergelijken/", f"/{REAL}/zoeken/"]
    titles = [page(client, path).title for path in paths]
    assert len(set(titles)) == len(titles) and all(len(title) > 10 for title in titles)
