"""The public pages with figures: each answers, is well formed, names its edition, and shows the exact figures."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PRACTICE, REAL
from tests.nota import ROWS
from tests.pages.reading_html import Page

YEARS = range(2018, 2023)
CODES = [row[0] for row in ROWS]
MARK = "OEFENGEMEENTE"


def paths_of(slug: str) -> list[str]:
    """Return the path of every page with figures of a kadernota, without a query."""
    return [
        reverse("kadernota", args=[slug]),
        *(reverse("prioriteit", args=[slug, number]) for number in range(1, 5)),
        *(reverse("indicator", args=[slug, code]) for code in CODES),
    ]


def page(client: Client, path: str, **query: object) -> Page:
    """Return the page at this address, which must answer 200."""
    response = client.get(path, query)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def check(read: Page) -> None:
    """Check that a page is well formed, has one h1, skips no level of heading, and uses no id twice."""
    assert not read.faults
    assert read.headings[0] == 1 and read.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(read.headings, read.headings[1:], strict=False))
    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize("year", YEARS)
def test_every_page_of_the_real_kadernota(client: Client, real, year: int) -> None:
    for path in paths_of(REAL):
        read = page(client, path, jaar=year)
        check(read)
        assert MARK not in read.text and MARK not in read.title
        assert real.version.printed_organisation in read.title


@pytest.mark.parametrize("year", YEARS)
def test_every_page_of_the_practice_kadernota_bears_its_mark(client: Client, practice, year: int) -> None:
    for path in paths_of(PRACTICE):
        read = page(client, path, jaar=year)
        check(read)
        assert f"{MARK} – verzonnen cijfers om mee te oefenen" in read.text
        assert read.title.startswith(MARK)


def test_the_start_page_is_of_the_kadernota_that_is_not_practice(client: Client, real, practice) -> None:
    read = page(client, "/")
    assert real.version.printed_organisation in read.title
    assert reverse("kadernotas") in read.links
    assert reverse("kadernota", args=[PRACTICE]) in page(client, reverse("kadernotas")).links


@pytest.mark.parametrize(
    "path",
    [
        "/bestaat-niet/",
        f"/{REAL}/prioriteit/9/",
        f"/{REAL}/indicator/V99/",
        f"/{REAL}/?jaar=2017",
        f"/{REAL}/?jaar=twee",
        f"/{REAL}/?editie=2022-9",
        f"/{REAL}/indicator/V5/?editie=x",
        "/bestaat-niet/prioriteit/1/",
    ],
)
def test_what_is_not_there_answers_404(client: Client, real, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    check(Page(response.content.decode()))


@pytest.mark.parametrize("slug", [REAL, PRACTICE])
def test_the_matrix_has_a_row_for_each_indicator_and_a_word_in_each_cell(
    client: Client, real, practice, slug: str
) -> None:
    read = page(client, reverse("kadernota", args=[slug]), jaar=2022)
    rows = [row for row in read.rows if row[0][2].split(" ")[0] in CODES]
    assert [row[0][2] for row in rows] == [f"{row[0]} {row[2]}" for row in ROWS]
    for row in rows:
        assert len(row) == 6
        assert all(len(text.split(" ", 1)[1]) > 3 for _, _, text in row[1:])


def test_the_matrix_says_the_long_words_in_full(client: Client, practice) -> None:
    read = page(client, reverse("kadernota", args=[PRACTICE]), jaar=2022)
    assert "Niet behaald, wel beter dan de nulmeting" in read.text


@pytest.mark.parametrize("slug", [REAL, PRACTICE])
@pytest.mark.parametrize(("year", "column"), [(2019, 5), (2020, 6), (2021, 7), (2022, 8)])
def test_every_target_is_printed_as_in_the_nota(
    client: Client, real, practice, slug: str, year: int, column: int
) -> None:
    for number in range(1, 5):
        read = page(client, reverse("prioriteit", args=[slug, number]), jaar=year)
        printed = [row[column] for row in ROWS if row[1] == str(number)]
        assert read.cells("figure target") == printed


def test_a_composite_shows_each_component_on_a_line(client: Client, practice) -> None:
    response = client.get(reverse("prioriteit", args=[PRACTICE, 3]), {"jaar": 2019})
    assert (
        '<span class="part"><span class="visually-hidden">Waarschuwingen: </span>31</span>'
        '<span class="part"><span class="visually-hidden">Sluitingen: </span>15</span>'
    ) in response.content.decode()


def test_baselines_of_another_year_say_so(client: Client, real) -> None:
    read = page(client, reverse("prioriteit", args=[REAL, 1]), jaar=2020)
    assert "22% (2016)" in read.text and "6,2 (2016)" in read.text
    assert "De nulmetingen zijn van 2017, maar die van V1 en V2 zijn van 2016." in read.text


def names_in(read: Page) -> list[str]:
    """Return the codes of the rows of the table of a priority, in order."""
    rows = [row for row in read.rows if len(row) == 11 and row[0][2] != "Indicator"]
    return [row[0][2].split(" ")[0] for row in rows]


def test_the_table_sorts_by_value_with_what_is_unknown_last(client: Client, practice) -> None:
    path = reverse("prioriteit", args=[PRACTICE, 2])
    response = client.get(path, {"jaar": 2022, "sort": "jaar2022"})
    assert 'aria-sort="ascending"' in response.content.decode()
    assert names_in(Page(response.content.decode())) == ["V12", "V11", "V10", "V9"]
    assert names_in(page(client, path, jaar=2022, sort="-jaar2022")) == ["V9", "V10", "V11", "V12"]
    assert names_in(page(client, path, jaar=2021, sort="jaar2021"))[-1] == "V11"  # n.v.t.


@pytest.mark.parametrize("sort", ["nergens", "-", "name;drop", "jaar1999", "name,source"])
def test_an_unknown_order_is_the_order_of_the_nota(client: Client, practice, sort: str) -> None:
    read = page(client, reverse("prioriteit", args=[PRACTICE, 2]), jaar=2022, sort=sort)
    assert names_in(read) == ["V9", "V10", "V11", "V12"]


def test_the_table_is_filtered_by_source_and_status(client: Client, practice) -> None:
    path = reverse("prioriteit", args=[PRACTICE, 1])
    assert names_in(page(client, path, jaar=2022, bron="Gemeente")) == ["V1", "V2", "V3"]
    both = page(client, path, jaar=2022, bron="Gemeente", status="at_risk")
    assert names_in(both) == ["V2"]
    nothing = page(client, path, jaar=2022, bron="Niemand")
    assert "Geen enkele indicator voldoet aan deze keuze." in nothing.text


def test_year_links_keep_the_rest_of_the_query(client: Client, practice) -> None:
    path = reverse("prioriteit", args=[PRACTICE, 1])
    read = page(client, path, jaar=2022, bron="Gemeente", editie="2022-1")
    assert f"{path}?jaar=2020&bron=Gemeente&editie=2022-1" in read.links
    inside = [link for link in read.links if link.startswith(f"/{PRACTICE}/indicator/")]
    assert inside and all("editie=2022-1" in link and "jaar=" in link for link in inside)
