"""The form of a year: who may see it, and its contents."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.domain.nota import Nota
from indicators.models import AuditEvent, Component, SentBack
from priorities.models import Kadernota
from tests.cast import NOW, REAL, adopt_version_of, component_of, make_user, record, revision_of
from tests.pages.entry_form import address, attributes_of, field, fields_of, open_form
from tests.pages.notas import load_empty


def test_anonymous_goes_to_the_login_and_back(client: Client, practice: Kadernota) -> None:
    response = client.get(address(2021))
    assert (response.status_code, response.headers["Location"]) == (302, f"/inloggen/?next={address(2021)}")


@pytest.mark.parametrize("group", ["vaststeller", "beheerder", ""])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_find_nothing_there(client: Client, practice: Kadernota, group: str, method: str) -> None:
    client.force_login(make_user("ander", group))
    response = getattr(client, method)(address(2022))
    assert response.status_code == 404
    assert "Cijfer 2022" not in response.content.decode() and "6.497" not in response.content.decode()
    assert AuditEvent.objects.filter(action="toegang", result="refused", actor_name="ander").count() == 1


def test_an_officer_who_is_no_longer_active_finds_nothing(client: Client, practice: Kadernota, officer: User) -> None:
    client.force_login(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(address(2021)).status_code == 302


@pytest.mark.parametrize("year", [2017, 2023, 1, 99999])
def test_a_year_outside_the_period_is_not_there(client: Client, practice: Kadernota, officer: User, year: int) -> None:
    client.force_login(officer)
    assert client.get(address(year)).status_code == 404
    assert client.post(address(year)).status_code == 404
    assert client.post(f"{address(year)}oordeel/", {"component": "1", "figure": "1"}).status_code == 404


def test_an_unknown_kadernota_is_not_there(client: Client, practice: Kadernota, officer: User) -> None:
    client.force_login(officer)
    assert client.get(address(2021, "elders")).status_code == 404


def test_nothing_of_it_is_kept_in_a_cache(client: Client, practice: Kadernota, officer: User) -> None:
    assert "no-store" in client.get(address(2021)).headers["Cache-Control"]
    client.force_login(officer)
    assert "no-store" in client.get(address(2021)).headers["Cache-Control"]


@pytest.fixture
def page(client: Client, practice: Kadernota, officer: User) -> str:
    client.force_login(officer)
    return client.get(address(2022)).content.decode()


def test_every_component_has_its_fields(client: Client, practice: Kadernota, officer: User, page: str) -> None:
    fields = open_form(client, 2022)
    components = Component.objects.of(practice)
    assert components.count() == 26
    for component in components:
        assert {f"{name}-{component.series_id}" for name in ("figure", "explanation", "seen")} <= fields.keys()
    assert "1. Verbeteren veiligheidsgevoel" in page and ">Vergunningen, toezicht en handhaving<" in page
    assert "OEFENGEMEENTE" in page


def test_the_real_kadernota_has_no_practice_band(client: Client, real: Kadernota, officer: User) -> None:
    client.force_login(officer)
    page = client.get(address(2021, REAL)).content.decode()
    assert "OEFENGEMEENTE" not in page and "Cijfers 2021 invoeren" in page


def test_only_a_survey_asks_for_its_sample(client: Client, practice: Kadernota, page: str) -> None:
    """V1, V2 and VTH2; the percentage of V5 is a share of the count beside it, that of VTH1 is an effort."""
    asked = {name for name in open_form(client, 2022) if name.startswith("sample")}
    assert asked == {field(practice, code, kind="sample") for code in ("V1", "V2", "VTH2")}


def test_an_adopted_figure_shows_as_such(client: Client, practice: Kadernota, page: str) -> None:
    fields = open_form(client, 2022)
    assert fields[field(practice, "V3")] == "4.385"
    assert fields[field(practice, "V3", kind="explanation")] == ""
    part = page.split(f'id="name-{component_of(practice, "V3").series_id}"')[1].split("</tr>")[0]
    assert "vastgesteld" in part and "Reden van de correctie" in part and "Sinds het voorjaar" in part
    assert "concept" not in part


def test_a_draft_shows_as_such_with_its_explanation(client: Client, practice: Kadernota, page: str) -> None:
    fields = open_form(client, 2022)
    draft = revision_of(practice, "V4", 2022)
    assert (fields[field(practice, "V4")], draft.replaces_id is not None) == ("6.497", True)
    assert fields[field(practice, "V4", kind="explanation")] == draft.explanation != ""
    assert fields[field(practice, "V4", kind="seen")] == str(draft.pk)
    part = page.split(f'id="name-{component_of(practice, "V4").series_id}"')[1].split("</tr>")[0]
    assert "concept" in part and "vastgesteld is 6.544" in part


def test_a_figure_that_was_taken_over_is_not_called_adopted(client: Client, real: Kadernota, officer: User) -> None:
    client.force_login(officer)
    taken = revision_of(real, "V5", 2020, "absoluut")
    assert taken is not None and taken.recorded_by_id is None
    page = client.get(address(2020, REAL)).content.decode()
    part = page.split(f'id="name-{taken.series_id}"')[1].split("</tr>")[0]
    assert "overgenomen" in part and "vastgesteld" not in part


def test_last_figure_and_target_stand_beside_the_field(client: Client, practice: Kadernota, page: str) -> None:
    part = " ".join(page.split(f'id="name-{component_of(practice, "V20").series_id}"')[1].split("</tr>")[0].split())
    assert "0 &lt;4" in part and "2021" in part
    page = client.get(address(2018)).content.decode()
    part = page.split(f'id="name-{component_of(practice, "V3").series_id}"')[1].split("</tr>")[0]
    assert "4.714" in part and "2017" in part  # before the first year stands the baseline


def test_the_field_is_named_by_heading_and_row(client: Client, practice: Kadernota, page: str) -> None:
    response = client.get(address(2022))
    facts = attributes_of(response, field(practice, "V14", "Sluitingen"))
    for name in (facts["aria-labelledby"] or "").split() + (facts["aria-describedby"] or "").split():
        assert response.content.decode().count(f'id="{name}"') == 1


def test_what_was_sent_back_says_why(client: Client, practice: Kadernota, officer: User, adopter: User) -> None:
    client.force_login(officer)
    draft = revision_of(practice, "V16", 2022)
    SentBack.objects.create(measurement=draft, reason="Noem de <b>oorzaak</b>.", sent_by=adopter, sent_at=NOW)
    page = client.get(address(2022)).content.decode()
    assert "Noem de &lt;b&gt;oorzaak&lt;/b&gt;." in page and "<b>oorzaak" not in page


def test_explanations_are_text_and_no_html(client: Client, practice: Kadernota, officer: User) -> None:
    client.force_login(officer)
    evil = "</textarea><script>alert(1)</script>"
    record(practice, "V1", 2021, "21", by=officer, explanation=evil)
    response = client.get(address(2021))
    assert fields_of(response)[field(practice, "V1", kind="explanation")] == evil
    assert "<script>alert" not in response.content.decode()


def test_the_number_of_queries_does_not_grow(client: Client, officer: User, keeper: User, adopter: User) -> None:
    empty = load_empty()  # no year is judged yet: the newest version counts

    def cost() -> int:
        client.get(address(2022, empty.slug))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(2022, empty.slug)).status_code == 200
        return len(captured)

    def with_more(nota: Nota) -> Nota:
        first = nota.topics[0]
        (component,) = first.indicators[0].components
        more = tuple(
            replace(first.indicators[0], code=f"W{number}", components=(replace(component, key=f"w{number}"),))
            for number in range(5)
        )
        return replace(nota, topics=(replace(first, indicators=(*first.indicators, *more)), *nota.topics[1:]))

    client.force_login(officer)
    before = cost()
    adopt_version_of(empty, with_more, by=adopter, editor=keeper)
    for number in range(5):
        record(empty, f"W{number}", 2022, "4", by=officer)
    assert "W4" in client.get(address(2022, empty.slug)).content.decode()
    assert before == cost() <= 18
