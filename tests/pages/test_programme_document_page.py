"""The annual programme on screen and as a download: who sees what, and what a browser may store."""

import pytest

from indicators.readmodel.cache import clear_cache
from reports.formats import FORMATS
from tests.cast import adopt_year, record_activity
from tests.pages.notas import load_empty

PAGE = "/oefengemeente-2018-2022/uitvoeringsprogramma/2020/"
APPENDIX = "/oefengemeente-2018-2022/bijlage/2020/"


def test_the_page_says_what_the_document_says(client, practice):
    html = client.get(PAGE).content.decode()
    assert "Uitvoeringsprogramma veiligheid 2021: verslag over 2020" in html
    assert "Voor 2020 is € 1.443.000 begroot en € 1.427.010,75 besteed" in html
    assert "◆ Vertraagd" in html and "Campagne tegen babbeltrucs" in html and "7.912,50" in html
    assert "OEFENGEMEENTE – verzonnen cijfers" in html and "CONCEPT" not in html and "Bekijk het concept" not in html
    assert all(f'{PAGE}{key}/"' in html for key in FORMATS)
    assert f'href="{APPENDIX}">Bijlage indicatoren 2020' in html
    assert f'href="{PAGE}">Uitvoeringsprogramma 2020' in client.get(APPENDIX).content.decode()
    identities = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(identities) == len(set(identities)) > 50


def test_it_is_linked_from_the_pages_of_the_year(client, practice):
    html = client.get("/oefengemeente-2018-2022/?jaar=2020").content.decode()
    assert f'<a href="{PAGE}">Programma: verslag over 2020</a>' in html


def test_an_older_edition_by_name(client, practice):
    html = client.get(PAGE + "?editie=2020-1").content.decode()
    assert "33.870" in html and "35.120" not in html and f"{PAGE}pdf/?editie=2020-1" in html
    assert f"{APPENDIX}?editie=2020-1" in html


def test_hostile_text_is_escaped(client, practice, officer, adopter):
    record_activity(practice, "<script>alert(1)</script>", 2021, by=officer, result="<b>vet</b>\n=1+1")
    adopt_year(practice, 2021, by=adopter)
    html = client.get(PAGE.replace("2020", "2021")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script>alert" not in html and "<b>vet" not in html


@pytest.mark.parametrize("key", ["csv", "html", "ods"])
def test_a_download(client, practice, key):
    response = client.get(f"{PAGE}{key}/")
    name = f"oefengemeente-uitvoeringsprogramma-veiligheid-2020-editie-2.{key}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == FORMATS[key].media_type and response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    again = client.get(f"{PAGE}{key}/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert client.get(f"{APPENDIX}{key}/", headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_a_draft_only_for_those_who_may(client, practice, officer, keeper):
    record_activity(practice, "Geheime proef", 2021, by=officer)
    asked = [f"{PAGE}?concept=1", f"{PAGE}csv/?concept=1"]
    assert [client.get(path).status_code for path in asked] == [404, 404]
    client.force_login(keeper)
    assert [client.get(path).status_code for path in asked] == [404, 404]
    client.force_login(officer)
    for path in asked:
        response = client.get(path)
        assert "no-store" in response["Cache-Control"] and "ETag" not in response
        assert "Geheime proef" in response.content.decode()
    assert "Geheime proef" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}?concept=1&editie=2020-1").status_code == 404


def test_a_year_without_edition_says_so(client, db):
    load_empty()
    html = client.get("/leeg/uitvoeringsprogramma/2020/").content.decode()
    assert "Over 2020 is nog niets vastgesteld; daarom is dit document er nog niet." in html
    assert client.get("/leeg/uitvoeringsprogramma/2020/pdf/").status_code == 404
    assert client.get("/leeg/uitvoeringsprogramma/2017/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(PAGE, 16), (f"{PAGE}csv/", 17)])
def test_a_fixed_number_of_queries(client, practice, django_assert_num_queries, path, queries):
    clear_cache()
    with django_assert_num_queries(queries):
        client.get(path, {"vers": 1})
