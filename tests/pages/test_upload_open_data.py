"""A published table through the pages: mapped once, then known; with the same preview and confirmation."""

import pytest
from django.test import Client

from indicators.actions.mapping import map_series
from indicators.models import OpenDataRow
from tests.cast import adopt_year, component_of, record, revision_of
from tests.pages.reading_html import Page
from tests.pages.upload_forms import CBS, YEAR, address, confirm, messages_of, send, stored

COUNT = "Geregistreerde misdrijven (aantal)"


@pytest.fixture
def recorder(client: Client, real, officer) -> Client:
    """Return a client logged in as an officer."""
    client.force_login(officer)
    return client


@pytest.fixture
def linked(recorder: Client, real):
    """Return the preview after three of the series were mapped."""
    page = send(recorder, "47018NED.csv", CBS)
    codes = {"1.4.6 Straatroof": "V6", "1.4.7 Overval": "V7", "1.4.5 Mishandeling": "V8"}
    chosen = {
        f"series-{item.number}": component_of(real, codes[item.row_name]).series_id
        for item in page.context["page"].series
        if item.column_name == COUNT
    }
    return confirm(recorder, page, "uit-bestand-koppelen", **chosen)


def test_an_unknown_table_offers_its_series(recorder: Client) -> None:
    page = send(recorder, "47018NED.csv", CBS)
    assert page.status_code == 200
    shown = page.context["page"]
    assert shown.origin == f"Gelezen als open data: regio Haarlemmermeer, alleen de cijfers over {YEAR}."
    assert len(shown.series) == shown.unmapped == 6
    assert len(shown.choices) == 23
    assert not page.context["may_confirm"]
    assert not Page(page.content.decode()).faults


def test_linked_once_is_known_at_the_next_import(recorder: Client, linked) -> None:
    assert OpenDataRow.objects.count() == 3
    page = send(recorder, "volgend jaar.csv", CBS)
    rows = {row.name.partition(" ")[0]: row.becomes for row in page.context["page"].changing}
    assert rows == {"V6": "12*", "V7": "n.b.", "V8": "377*"}
    assert page.context["page"].unmapped == 3


def test_an_unknown_figure_becomes_nb_only_when_it_is_confirmed(recorder: Client, real, linked) -> None:
    (row,) = linked.context["page"].questions
    assert row.question == "De bron geeft ‘.’: onbekend of geheim. Vastleggen als n.b.?"
    assert confirm(recorder, linked).status_code == 422
    assert not stored()
    assert confirm(recorder, linked, omit=[row.number]).status_code == 302
    assert messages_of(recorder) == ["Vastgelegd: 2 nieuw."]
    assert revision_of(real, "V7", YEAR) is None
    assert confirm(recorder, send(recorder, "a.csv", CBS), confirm=[row.number]).status_code == 302
    assert messages_of(recorder) == ["Vastgelegd: 1 nieuw. 2 stonden er al."]
    assert revision_of(real, "V7", YEAR).no_value == "nb"


def test_what_is_recorded_is_provisional_and_has_no_made_up_words(recorder: Client, real, officer, linked) -> None:
    confirm(recorder, linked, confirm_all="1")
    row = revision_of(real, "V6", YEAR)
    assert (row.provisional, row.explanation, row.source_note, row.recorded_by) == (True, "", "", officer)
    assert not revision_of(real, "V7", YEAR).provisional


def test_a_correction_of_an_adopted_figure_is_refused_and_can_be_left_out(
    recorder: Client, real, officer, adopter, linked
) -> None:
    record(real, "V8", YEAR, "370", by=officer, explanation="Uitleg.")
    adopt_year(real, YEAR, by=adopter)
    page = send(recorder, "a.csv", CBS)
    (refused,) = page.context["page"].refused
    assert "vastgestelde cijfer 370" in refused.refusals[0].refusal.why
    assert confirm(recorder, page, confirm_all="1").status_code == 422
    assert confirm(recorder, page, confirm_all="1", omit=[refused.number]).status_code == 302
    assert str(revision_of(real, "V8", YEAR).number) == "370.0000"


def test_a_link_that_a_colleague_changed_is_shown_before_it_is_used(recorder: Client, real, colleague, linked) -> None:
    chosen = {("1.4.6 Straatroof", COUNT): component_of(real, "V18").series_id}
    map_series(kadernota=real, chosen=chosen, by=colleague)
    page = confirm(recorder, linked, confirm_all="1")
    assert page.status_code == 422
    assert "Kijk het opnieuw na. Er is niets vastgelegd." in page.content.decode()
    assert "V18 " in page.context["page"].changing[0].name
    assert not stored()
    assert confirm(recorder, page, confirm_all="1").status_code == 302


def test_rows_of_our_own_table_cannot_be_left_out(recorder: Client) -> None:
    page = recorder.post(address(), {"block": "V6;12\nV7;-"})
    assert confirm(recorder, page, omit=["1", "2"]).status_code == 422
    assert not stored()


def test_a_link_can_be_undone(recorder: Client, linked) -> None:
    page = confirm(recorder, linked, "uit-bestand-koppelen")
    assert page.context["page"].unmapped == 6
    assert not OpenDataRow.objects.exists()


def test_a_component_of_another_kadernota_cannot_be_linked(recorder: Client, practice, linked) -> None:
    page = confirm(recorder, linked, "uit-bestand-koppelen", **{"series-0": component_of(practice, "V6").series_id})
    assert page.status_code == 422
    assert "hoort niet bij deze kadernota" in page.content.decode()
    assert OpenDataRow.objects.count() == 3, "all or nothing: the links that were left out are still there"


def test_two_series_for_one_figure_are_refused(recorder: Client, real) -> None:
    page = send(recorder, "a.csv", CBS)
    twice = {"series-0": component_of(real, "V6").series_id, "series-4": component_of(real, "V6").series_id}
    again = confirm(recorder, page, "uit-bestand-koppelen", **twice)
    assert [row.refusals[0].refusal.why for row in again.context["page"].refused] == [
        "dit cijfer staat ook in rij 5; laat er één staan",
        "dit cijfer staat ook in rij 1; laat er één staan",
    ]


def test_a_region_that_is_not_ours_is_asked_about(recorder: Client, linked) -> None:
    page = send(recorder, "a.csv", CBS.replace("Haarlemmermeer", "Amsterdam"))
    asked = page.context["page"].questions
    assert len(asked) == 3
    assert all("heet ‘Amsterdam’, niet ‘Haarlemmermeer’. Klopt dit?" in row.question for row in asked)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CBS.replace("2021*", "2016"), f"Over heel {YEAR} staat er niets in dit bestand; wel over 2016, 2020."),
        (
            CBS + '"Totaal";"2021";"Aalsmeer";"1";"1"\n"Totaal";"2021";"Haarlemmermeer (gemeente)";"1";"1"\n',
            "staan 3 regio",
        ),
        (CBS.replace('"     377";"2,4"', '"377";"2,4";"8"'), "Regel 7 heeft 6 velden"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(recorder: Client, content: str, said: str) -> None:
    page = send(recorder, "a.csv", content)
    assert page.status_code == 422
    assert said in Page(page.content.decode()).text


def test_the_number_of_queries_does_not_grow_with_the_series(
    recorder: Client, linked, django_assert_max_num_queries
) -> None:
    more = "".join(f'"{number}";"2021";"Haarlemmermeer";"{number}";"1"\n' for number in range(100))
    with django_assert_max_num_queries(18) as first:
        send(recorder, "a.csv", CBS)
    with django_assert_max_num_queries(18) as second:
        send(recorder, "a.csv", CBS + more)
    assert len(first) == len(second)
