"""Editions, drafts and names: the public sees no draft anywhere, and officers see drafts marked."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PRACTICE, REAL, adopt_year, read_fixture, record
from tests.pages.test_reading import CODES, page, paths_of

SECRET = "Zeldzamewoordenvolgorde in een concept."


@pytest.fixture
def draft(practice, officer) -> None:
    """Record corrections of two adopted figures, with numbers and a text that occur nowhere else."""
    record(practice, "V9", 2022, "98.765", by=officer, explanation=SECRET)
    record(practice, "V10", 2022, "87.654", by=officer, explanation=SECRET)


def everywhere(slug: str) -> list[str]:
    """Return every page with figures, for every year and for one edition."""
    queries = [*(f"?jaar={year}" for year in range(2018, 2023)), "?editie=2022-1"]
    return [path + query for path in paths_of(slug) for query in queries]


def test_a_draft_is_on_no_public_page(client: Client, draft) -> None:
    for path in everywhere(PRACTICE):
        html = client.get(path).content.decode()
        assert SECRET not in html, path
        assert not any(written in html for written in ("98.765", "98765", "87.654", "87654")), path
        assert "concept" not in html.lower() and "Anna" not in html, path


def test_an_officer_sees_drafts_and_that_they_are_drafts(client: Client, practice, draft, officer) -> None:
    drafts_before = sum(len(item["figures"]) for item in read_fixture("oefencijfers_2018_2022")["drafts"])
    client.force_login(officer)
    start = client.get(reverse("kadernota", args=[PRACTICE]), {"jaar": 2022}).content.decode()
    assert f"Concepten tellen mee: {2 + drafts_before} cijfers over 2022" in start
    assert start.count('<span class="draft">concept</span>') >= 2
    read = page(client, reverse("indicator", args=[PRACTICE, "V9"]), jaar=2022)
    assert SECRET in read.text and "98.765" in read.text and "Anna de Wit" in read.text
    assert "nog niet vastgesteld" in read.text
    priority = client.get(reverse("prioriteit", args=[PRACTICE, 2]), {"jaar": 2022}).content.decode()
    assert '98.765 <span class="draft">concept</span>' in priority


def test_an_officer_who_asks_for_an_edition_sees_no_draft(client: Client, practice, draft, officer) -> None:
    client.force_login(officer)
    for code in CODES:
        assert SECRET not in page(client, reverse("indicator", args=[PRACTICE, code]), editie="2022-1").text


def test_an_account_without_rights_sees_what_the_public_sees(client: Client, practice, draft, keeper) -> None:
    client.force_login(keeper)
    assert SECRET not in page(client, reverse("indicator", args=[PRACTICE, "V9"]), jaar=2022).text


def test_the_line_of_an_adopted_edition(client: Client, practice) -> None:
    read = page(client, reverse("kadernota", args=[PRACTICE]), jaar=2020)
    assert "Editie 2020-2, vastgesteld op 15 juni 2021, besluit OEF-2021-19." in read.text
    assert "U kijkt terug" not in read.text


def test_what_was_taken_over_is_never_called_adopted(client: Client, real) -> None:
    for path in paths_of(REAL):
        read = page(client, path, jaar=2022)
        assert "Overgenomen uit open data op 24 november 2026 (editie 2022-1)." in read.text
        assert "vastgesteld op" not in read.text


def test_an_older_edition_says_so_and_links_the_newest(client: Client, practice) -> None:
    path = reverse("indicator", args=[PRACTICE, "V13"])
    older, newest = page(client, path, editie="2020-1"), page(client, path, jaar=2020)
    assert "U kijkt terug naar editie 2020-1." in older.text
    assert path in older.links
    assert "In 2020 waren er 15 misdrijven" in older.text
    assert "In 2020 waren er 19 misdrijven" in newest.text
    assert "verbeterd" in newest.text and "verbeterd" not in older.text


def test_a_year_without_an_edition_says_so(client: Client, practice) -> None:
    read = page(client, reverse("kadernota", args=[PRACTICE]), jaar=2019, editie="2018-1")
    assert "Editie 2018-1, vastgesteld op 12 februari 2019" in read.text


def test_the_public_reads_roles_and_officers_read_names(client: Client, real, officer, adopter) -> None:
    record(real, "V9", 2021, "500", by=officer, explanation="Er is meer gemeld.")
    adopt_year(real, 2021, by=adopter)
    path = reverse("indicator", args=[REAL, "V9"])
    public = page(client, path, jaar=2021)
    assert "Vastgelegd door een beleidsmedewerker; vastgesteld door het college." in public.text
    assert "Anna" not in public.text and "carla" not in public.text
    client.force_login(officer)
    own = page(client, path, jaar=2021)
    assert "Vastgelegd door Anna de Wit" in own.text and "verwerkt door carla" in own.text


def test_logging_in_comes_back_to_the_page(client: Client, real) -> None:
    read = page(client, reverse("kadernota", args=[REAL]), jaar=2020)
    assert f"/inloggen/?next=/{REAL}/%3Fjaar%3D2020" in read.links
    form = client.get("/inloggen/", {"next": f"/{REAL}/"}).content.decode()
    assert f'name="next" value="/{REAL}/"' in form
    refused = client.post("/inloggen/", {"username": "x", "password": "y", "next": f"/{REAL}/"}).content.decode()
    assert f'name="next" value="/{REAL}/"' in refused and "Fout:" in refused
