"""The verdict on one figure while it is typed, as JSON."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Measurement
from priorities.models import Kadernota
from tests.cast import component_of, make_user, revision_of
from tests.pages.entry_form import address, field, open_form, send


@pytest.fixture(autouse=True)
def logged_in(client: Client, practice: Kadernota, officer: User) -> None:
    client.force_login(officer)


def ask(client: Client, kadernota: Kadernota, year: int, code: str, typed: str, name: str = "") -> dict[str, Any]:
    """Return the JSON of the server about a typed figure."""
    data = {"component": component_of(kadernota, code, name).series_id, "figure": typed}
    response = client.post(f"{address(year)}oordeel/", data)
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


@pytest.mark.parametrize(
    ("code", "year", "typed", "status", "word", "understood"),
    [
        ("V3", 2021, "4500", "on_track", "Op koers", "4.500 meldingen over de openbare ruimte"),
        ("V3", 2020, "4.500", "at_risk", "Aandacht", "4.500 meldingen over de openbare ruimte"),
        ("V3", 2020, "4.714", "off_track", "Niet op koers", "4.714 meldingen over de openbare ruimte"),
        ("V3", 2022, "4.499*", "on_track", "Behaald", "4.499 meldingen over de openbare ruimte, voorlopig"),
        ("V3", 2022, "4.600", "at_risk", "Niet behaald, wel beter dan de nulmeting", "4.600 meldingen over de "
         "openbare ruimte"),
        ("V7", 2019, "<15", "uncertain", "Niet te bepalen", "0 tot en met 14 overvallen"),
        ("V3", 2018, "4.000", "no_target", "Geen streefwaarde", "4.000 meldingen over de openbare ruimte"),
        ("V1", 2021, "", "not_due", "Geen meting gepland", ""),
        ("V1", 2022, "19", "on_track", "Behaald", "19%"),
        ("V3", 2020, "pm", "no_data", "Volgt nog", "volgt nog"),
        ("V3", 2020, "x", "no_data", "Niet bekend", "niet bekend"),
        ("V2", 2022, "6,4", "on_track", "Behaald", "6,4 als cijfer"),
    ],
)  # fmt: skip
def test_the_verdict_of_this_year(
    client: Client, practice: Kadernota, code: str, year: int, typed: str, status: str, word: str, understood: str
) -> None:
    said = ask(client, practice, year, code, typed)
    assert (said["status"], said["words"], said["understood"], said["refusal"]) == (status, word, understood, "")
    assert said["sign"]


def test_a_refusal_says_what_was_meant(client: Client, practice: Kadernota) -> None:
    said = ask(client, practice, 2021, "V3", "4,500")
    assert said["refusal"] == "‘4,500’: dit moet een heel getal zijn. Bedoelt u 4.500?"
    assert (said["status"], said["words"], said["question"]) == ("", "", "")


def test_a_question_comes_with_the_figure_that_it_is_about(client: Client, practice: Kadernota) -> None:
    said = ask(client, practice, 2021, "V17", "430")
    assert "meer dan tien keer" in said["question"] and said["value"] == "430"


def test_what_stands_is_not_asked_about(client: Client, practice: Kadernota) -> None:
    row = revision_of(practice, "V3", 2021)
    assert ask(client, practice, 2021, "V3", str(int(row.number)))["question"] == ""


@pytest.mark.parametrize("typed", ["4,500", "1.177", "<5", "ca. 12", "x", "13%", "6.2", "٣", "=1+1", "0"])
@pytest.mark.parametrize("code", ["V1", "V2", "V3"])
def test_the_save_says_the_same(client: Client, practice: Kadernota, code: str, typed: str) -> None:
    said = ask(client, practice, 2021, code, typed)
    changes = {field(practice, code): typed, field(practice, code, kind="explanation"): "Getest."}
    response = send(client, 2021, open_form(client, 2021), **changes)
    assert (response.status_code == 422) == bool(said["refusal"] or said["question"])


def test_judging_stores_nothing(client: Client, practice: Kadernota) -> None:
    before = Measurement.objects.count()
    ask(client, practice, 2021, "V1", "21")
    assert Measurement.objects.count() == before


def test_others_may_not_ask(client: Client, practice: Kadernota) -> None:
    where, data = f"{address(2021)}oordeel/", {"component": component_of(practice, "V1").series_id, "figure": "21"}
    assert client.get(where).status_code == 405
    assert client.post(where, data | {"component": "x"}).status_code == 404
    assert client.post(where, data | {"component": str(10**12)}).status_code == 404
    client.force_login(make_user("dora", "vaststeller"))
    assert client.post(where, data).status_code == 404
    client.logout()
    response = client.post(where, data)
    assert response.status_code == 401 and "na het inloggen" in json.loads(response.content)["message"]


def test_components_of_another_kadernota_are_not_there(client: Client, practice: Kadernota, real: Kadernota) -> None:
    data = {"component": component_of(real, "V1").series_id, "figure": "21"}
    assert client.post(f"{address(2021)}oordeel/", data).status_code == 404


def test_the_number_of_queries(client: Client, practice: Kadernota, django_assert_max_num_queries) -> None:
    data = {"component": component_of(practice, "V1").series_id, "figure": "21"}
    with django_assert_max_num_queries(16):
        client.post(f"{address(2021)}oordeel/", data)
