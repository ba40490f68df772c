"""The appendix on screen and as a download: who sees what, and what a browser may store."""

import pytest

from indicators.readmodel.cache import clear_cache
from reports.formats import FORMATS
from tests.cast import adopt_year, record
from tests.pages.notas import load_empty

PAGE = "/oefengemeente-2018-2022/bijlage/2020/"
DRAFT = "/oefengemeente-2018-2022/bijlage/2022/"


def test_the_page_says_what_the_document_says(client, practice):
    response = client.get(PAGE)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Bijlage indicatoren – Kadernota Integrale Veiligheid 2018-2022" in html
    assert "In 2020 zijn 10 van de 21 indicatoren op koers" in html
    assert "30 keer waarschuwing en 20 keer sluiting" in html and "*) meting 2016" in html
    assert "OEFENGEMEENTE – verzonnen cijfers" in html and "CONCEPT" not in html
    assert html.count('class="chart"') >= 4 and html.count('scope="row"') > 40
    for key in FORMATS:
        assert f'{PAGE}{key}/"' in html
    assert "Bekijk het concept" not in html


def test_an_older_edition_by_name(client, practice):
    html = client.get(PAGE + "?editie=2020-1").content.decode()
    assert "OEF-2021-07" in html and "U kijkt terug naar editie 2020-1" in html
    assert f"{PAGE}pdf/?editie=2020-1" in html
    assert "OEF-2021-19" not in html


def test_an_edition_of_a_later_year_shows_this_year_as_it_was_then(client, practice):
    assert "editie 2020-2" in client.get(PAGE + "?editie=2021-1").content.decode()
    html = client.get(DRAFT + "?editie=2021-1").content.decode()
    assert "Bij editie 2021-1 was over 2022 nog niets vastgesteld." in html


def test_hostile_text_is_escaped(client, practice, officer, adopter):
    record(practice, "V6", 2020, "13", by=officer, explanation="<script>alert(1)</script>\n=1+1")
    adopt_year(practice, 2020, by=adopter)
    html = client.get(PAGE).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>=1+1" in html and "<script>alert" not in html


@pytest.mark.parametrize("key", FORMATS)
def test_a_download(client, practice, key):
    response = client.get(f"{PAGE}{key}/")
    fmt = FORMATS[key]
    assert response.status_code == 200 and response["Content-Type"] == fmt.media_type
    name = f"oefengemeente-bijlage-indicatoren-veiligheid-2020-editie-2.{fmt.extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    again = client.get(f"{PAGE}{key}/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == response["ETag"]
    older = client.get(f"{PAGE}{key}/?editie=2020-1", headers={"If-None-Match": response["ETag"]})
    assert older.status_code == 200 and older["ETag"] != response["ETag"]
    head = client.head(f"{PAGE}{key}/")
    assert head.status_code == 200 and head.content == b"" and head["Content-Type"] == fmt.media_type


@pytest.mark.parametrize(
    "path",
    [
        "/nergens/bijlage/2020/", "/nergens/bijlage/2020/pdf/", "/oefengemeente-2018-2022/bijlage/2017/",
        f"{PAGE}rtf/", f"{PAGE}exe/", f"{PAGE}?editie=2020-9", f"{PAGE}?editie=x", f"{PAGE}pdf/?editie=2020",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client, practice, path):
    assert client.get(path).status_code == 404


def test_only_reading(client, practice):
    assert client.post(PAGE).status_code == 405
    assert client.post(f"{PAGE}pdf/").status_code == 405


@pytest.mark.parametrize("path", [DRAFT, *(f"{DRAFT}{key}/" for key in FORMATS)])
def test_a_draft_is_not_there_for_others(client, practice, keeper, path):
    assert client.get(f"{path}?concept=1").status_code == 404
    client.force_login(keeper)  # has an account, may not see drafts
    assert client.get(f"{path}?concept=1").status_code == 404


@pytest.mark.parametrize("who", ["officer", "adopter"])
@pytest.mark.parametrize("path", [DRAFT, *(f"{DRAFT}{key}/" for key in FORMATS)])
def test_a_draft_for_those_who_may(request, client, practice, who, path):
    client.force_login(request.getfixturevalue(who))
    response = client.get(f"{path}?concept=1")
    assert response.status_code == 200 and "no-store" in response["Cache-Control"] and "ETag" not in response
    if path == DRAFT:
        html = response.content.decode()
        assert "CONCEPT" in html and "6.497 (concept)" in html and f"{DRAFT}pdf/?concept=1" in html
    else:
        assert "-2022-concept." in response["Content-Disposition"]


def test_without_the_question_an_officer_gets_what_is_adopted(client, practice, officer):
    client.force_login(officer)
    html = client.get(DRAFT).content.decode()
    assert "6.544" in html and "6.497" not in html and "Bekijk het concept" in html
    assert client.get(f"{DRAFT}csv/").content.decode("utf-8-sig").count("concept") == 0
    assert client.get(f"{DRAFT}?concept=1&editie=2022-1").status_code == 404


def test_a_year_without_edition_says_so(client, db):
    load_empty()
    response = client.get("/leeg/bijlage/2020/")
    assert response.status_code == 200
    assert "Over 2020 is nog niets vastgesteld; daarom is dit document er nog niet." in response.content.decode()
    assert client.get("/leeg/bijlage/2020/pdf/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(PAGE, 16), (f"{PAGE}csv/", 17)])
def test_a_fixed_number_of_queries(client, practice, django_assert_num_queries, path, queries):
    clear_cache()
    with django_assert_num_queries(queries):
        client.get(path, {"vers": 1})
