"""Saving a year: all or nothing, refusals and questions beside their field, corrections with a reason."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import LONGEST_EXPLANATION, Measurement
from priorities.models import Kadernota
from tests.cast import REAL, adopt_year, record, revision_of
from tests.pages.entry_form import address, attributes_of, field, fields_of, messages_of, open_form, send


@pytest.fixture(autouse=True)
def logged_in(client: Client, practice: Kadernota, officer: User) -> None:
    client.force_login(officer)


def revisions() -> int:
    return Measurement.objects.count()


def test_one_new_figure(client: Client, practice: Kadernota, officer: User) -> None:
    fields, before = open_form(client, 2021), revisions()
    submitted = {
        field(practice, "V1"): "21%",
        field(practice, "V1", kind="explanation"): " Extra meting.\r\nEén keer. ",
    }
    response = send(client, 2021, fields, **submitted, **{field(practice, "V1", kind="sample"): "1.204"})
    assert (response.status_code, response.headers["Location"]) == (303, address(2021))
    row = revision_of(practice, "V1", 2021)
    assert (row.number, row.sample, row.recorded_by) == (Decimal(21), 1204, officer)
    assert row.explanation == "Extra meting.\nEén keer."
    assert revisions() == before + 1
    assert "Bewaard: 1 nieuw." in messages_of(client, 2021)


def test_new_changed_and_same_are_counted(client: Client, practice: Kadernota, officer: User) -> None:
    fields = open_form(client, 2021)
    record(practice, "V2", 2021, "6,3", by=officer)
    changes = {field(practice, "V1"): "21", field(practice, "V2"): "6,3", field(practice, "V3"): "4.731"}
    response = send(client, 2021, fields, **changes, **{field(practice, "V3", kind="explanation"): "Nageteld."})
    assert response.status_code == 303
    assert "Bewaard: 1 nieuw, 1 gewijzigd, 1 stond er al." in messages_of(client, 2021)


def test_sending_it_untouched_changes_nothing(client: Client, practice: Kadernota) -> None:
    before = revisions()
    assert send(client, 2022, open_form(client, 2022)).status_code == 303
    assert revisions() == before
    assert "Er is niets bewaard" in messages_of(client, 2022)


@pytest.mark.parametrize(("code", "year", "typed", "why"), [("V1", 2021, "21", ""), ("V3", 2022, "4.400", "Nageteld.")])
def test_sending_it_twice_is_one_row(
    client: Client, practice: Kadernota, code: str, year: int, typed: str, why: str
) -> None:
    fields = open_form(client, year) | {field(practice, code): typed, field(practice, code, kind="explanation"): why}
    before = revisions()
    assert send(client, year, fields).status_code == 303
    assert send(client, year, fields).status_code == 303
    assert revisions() == before + 1
    assert "Dit stond er al; er is niets veranderd." in messages_of(client, year)


def test_an_empty_field_erases_nothing(client: Client, practice: Kadernota) -> None:
    fields, before = open_form(client, 2022), revisions()
    response = send(client, 2022, {name: "" if name.startswith("figure") else text for name, text in fields.items()})
    assert response.status_code == 303 and revisions() == before


def test_a_refusal_saves_nothing_and_loses_nothing(client: Client, practice: Kadernota) -> None:
    fields, before = open_form(client, 2021), revisions()
    v1, v2 = field(practice, "V1"), field(practice, "V2")
    typed = {v1: "21", v2: "6.2", field(practice, "V2", kind="explanation"): "Let op <b>dit</b>."}
    response = send(client, 2021, fields, **typed)
    page = response.content.decode()
    assert response.status_code == 422 and revisions() == before
    assert fields_of(response) | typed == fields_of(response)
    assert page.count("Bedoelt u 6,2?") == 2 and f'<a href="#{v2}">V2</a>' in page and 'role="alert"' in page
    facts = attributes_of(response, v2)
    assert facts["aria-invalid"] == "true" and f"error-{v2}" in facts["aria-describedby"].split()
    assert page.count(f'id="error-{v2}"') == 1 and page.count(f'id="{v2}"') == 1
    assert "aria-invalid" not in attributes_of(response, v1)
    assert "<title>Fout: " in page or "Fout: " in page.split("</title>")[0]
    assert "<b>dit" not in page


def test_a_question_waits_for_its_answer(client: Client, practice: Kadernota) -> None:
    fields, before = open_form(client, 2021), revisions()
    v17, box = field(practice, "V17"), field(practice, "V17", kind="confirm")
    fields |= {v17: "430", field(practice, "V17", kind="explanation"): "Nieuwe telling."}
    response = send(client, 2021, fields)
    assert response.status_code == 422 and revisions() == before
    assert "meer dan tien keer" in response.content.decode()
    again = fields_of(response)
    assert again[v17] == "430" and box not in again
    assert attributes_of(response, box)["value"] == "430"
    assert send(client, 2021, again, **{box: "430"}).status_code == 303
    assert revision_of(practice, "V17", 2021).number == 430


def test_an_answer_is_about_one_figure(client: Client, practice: Kadernota) -> None:
    """The confirmation of 430 does not confirm 4.300."""
    fields, before = open_form(client, 2021), revisions()
    changes = {field(practice, "V17"): "4300", field(practice, "V17", kind="confirm"): "430"}
    response = send(client, 2021, fields, **changes, **{field(practice, "V17", kind="explanation"): "Zo is het."})
    assert response.status_code == 422 and revisions() == before
    assert field(practice, "V17", kind="confirm") not in fields_of(response)


def test_a_figure_that_stands_is_not_asked_about_again(client: Client, practice: Kadernota, officer: User) -> None:
    record(practice, "V1", 2021, "1", by=officer)  # a twentieth of the year before
    fields = open_form(client, 2021)
    assert "Klopt" not in client.get(address(2021)).content.decode()
    assert send(client, 2021, fields, **{field(practice, "V1", kind="explanation"): "Echt."}).status_code == 303
    assert revision_of(practice, "V1", 2021).explanation == "Echt."


def test_a_correction_needs_its_reason(client: Client, practice: Kadernota) -> None:
    fields, before = open_form(client, 2022), revisions()
    v3, why = field(practice, "V3"), field(practice, "V3", kind="explanation")
    response = send(client, 2022, fields, **{v3: "4.400"})
    assert response.status_code == 422 and revisions() == before
    assert "vastgesteld als 4.385. Geef de reden van de correctie." in response.content.decode()
    facts = attributes_of(response, why)
    assert (facts["aria-invalid"], facts["aria-describedby"]) == ("true", f"error-{why}")
    old = revision_of(practice, "V3", 2022)
    same = send(client, 2022, fields, **{v3: "4.400", why: old.explanation})
    assert same.status_code == 422  # what stood there already is no reason for this change
    assert send(client, 2022, fields, **{v3: "4.400", why: "Dubbel geteld."}).status_code == 303
    row = revision_of(practice, "V3", 2022)
    assert (row.number, row.explanation, row.replaces) == (4400, "Dubbel geteld.", old)


def test_a_correction_that_waits_can_be_changed(client: Client, practice: Kadernota) -> None:
    """Its reason is in the field already; without one, the page asks for it again."""
    fields, draft = open_form(client, 2022), revision_of(practice, "V4", 2022)
    v4, why = field(practice, "V4"), field(practice, "V4", kind="explanation")
    assert send(client, 2022, fields, **{v4: "6.498", why: " "}).status_code == 422
    assert send(client, 2022, fields, **{v4: "6.498"}).status_code == 303
    assert revision_of(practice, "V4", 2022).explanation == draft.explanation


def test_only_the_explanation(client: Client, practice: Kadernota) -> None:
    fields, draft = open_form(client, 2022), revision_of(practice, "V21", 2022)
    why = field(practice, "V21", kind="explanation")
    assert send(client, 2022, fields, **{field(practice, "V21"): "", why: "Anders."}).status_code == 303
    row = revision_of(practice, "V21", 2022)
    assert (row.value, row.explanation, row.replaces) == (draft.value, "Anders.", draft)
    assert send(client, 2022, open_form(client, 2022), **{why: ""}).status_code == 303
    assert revision_of(practice, "V21", 2022).explanation == ""


def test_only_the_explanation_of_an_adopted_figure(client: Client, practice: Kadernota) -> None:
    fields, adopted = open_form(client, 2022), revision_of(practice, "V3", 2022)
    assert send(client, 2022, fields, **{field(practice, "V3", kind="explanation"): "Nader bekend."}).status_code == 303
    row = revision_of(practice, "V3", 2022)
    assert (row.value, row.explanation, row.replaces) == (adopted.value, "Nader bekend.", adopted)


def test_a_figure_taken_over_is_corrected_with_a_reason(client: Client, real: Kadernota) -> None:
    fields = fields_of(client.get(address(2020, REAL)))
    name = field(real, "V5", "absoluut")
    response = client.post(address(2020, REAL), fields | {name: "290"})
    assert response.status_code == 422
    assert f"overgenomen als {fields[name]}. Geef de reden" in response.content.decode()


def test_an_explanation_needs_a_figure(client: Client, practice: Kadernota) -> None:
    fields, before = open_form(client, 2021), revisions()
    response = send(client, 2021, fields, **{field(practice, "V1", kind="explanation"): "Volgt."})
    assert response.status_code == 422 and revisions() == before
    assert "maar geen cijfer" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("explanation", "x" * (LONGEST_EXPLANATION + 7), "7 tekens te lang"),
        ("explanation", "een\x00twee", "onleesbaar teken"),
        ("figure", "9" * 5000, "te lang"),
        ("figure", "2\x001", "geen getal"),
        ("figure", "<script>alert(1)</script>", "&lt;script&gt;"),
        ("sample", "0", "heel getal"),
        ("sample", "12.50", "precies drie cijfers"),
    ],
)
def test_odd_texts_are_refused_and_come_back(
    client: Client, practice: Kadernota, kind: str, typed: str, said: str
) -> None:
    fields, before = open_form(client, 2021), revisions()
    name = field(practice, "V1", kind=kind)
    response = send(client, 2021, fields | {field(practice, "V1"): "21"}, **{name: typed})
    assert response.status_code == 422 and revisions() == before
    assert said in response.content.decode() and "<script>alert" not in response.content.decode()
    assert fields_of(response)[name] == typed.replace("\x00", "\ufffd")
    assert "\x00" not in response.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999", "9" * 40, "²"])
def test_a_made_up_revision_is_no_way_in(client: Client, practice: Kadernota, seen: str) -> None:
    before = revisions()
    fields = open_form(client, 2022) | {field(practice, "V3"): "4.400", field(practice, "V3", kind="seen"): seen}
    response = send(client, 2022, fields, **{field(practice, "V3", kind="explanation"): "Zomaar."})
    assert response.status_code == 409 and revisions() == before


def test_a_revision_of_another_figure_is_no_way_in(client: Client, practice: Kadernota) -> None:
    before, other = revisions(), revision_of(practice, "V4", 2022)
    fields = open_form(client, 2022) | {field(practice, "V3", kind="seen"): str(other.pk)}
    changes = {field(practice, "V3"): "4.400", field(practice, "V3", kind="explanation"): "Zomaar."}
    assert send(client, 2022, fields, **changes).status_code == 409 and revisions() == before


def test_a_figure_adopted_meanwhile_asks_for_its_reason(client: Client, practice: Kadernota, adopter: User) -> None:
    record(practice, "V16", 2022, "39", by=User.objects.get(username="beleidsmedewerker"), explanation="Minder.")
    fields = open_form(client, 2022)
    adopt_year(practice, 2022, by=adopter)
    response = send(client, 2022, fields, **{field(practice, "V16"): "41"})
    assert response.status_code == 422
    assert "Geef de reden van de correctie" in response.content.decode()


def test_a_form_without_a_field_leaves_that_figure(client: Client, practice: Kadernota) -> None:
    before = revisions()
    response = client.post(address(2021), {field(practice, "V1"): "21"})
    assert response.status_code == 303 and revisions() == before + 1


def test_the_queries_of_a_refusal_do_not_grow(client: Client, practice: Kadernota) -> None:
    fields, name = open_form(client, 2021), field(practice, "V1")
    with CaptureQueriesContext(connection) as one:
        assert send(client, 2021, fields, **{name: "13x"}).status_code == 422
    with CaptureQueriesContext(connection) as all_of_them:
        send(client, 2021, fields | {name: "13x" for name in fields if name.startswith("figure")})
    assert len(one) == len(all_of_them) < 25


def test_the_reads_of_saving_do_not_grow(client: Client, practice: Kadernota) -> None:
    """Each figure takes one row in a savepoint; nothing else grows."""
    one, more = [("V1", "21")], [("V2", "6,3"), ("V20", "6"), ("V21", "8")]
    fields, reads = open_form(client, 2021), []
    for changes in (one, more):
        submitted = {field(practice, code): typed for code, typed in changes}
        submitted |= {field(practice, code, kind="explanation"): "Nageteld." for code, _ in changes}
        with CaptureQueriesContext(connection) as queries:
            assert send(client, 2021, fields, **submitted).status_code == 303
        reads.append(sum(query["sql"].startswith("SELECT") for query in queries))
    assert reads[0] == reads[1] < 25
