"""A conflict with a colleague: both figures, who and when, and a choice; no other input is lost."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Measurement
from priorities.models import Kadernota
from tests.cast import adopt_year, record, revision_of
from tests.pages.entry_form import attributes_of, field, fields_of, messages_of, open_form, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def logged_in(client: Client, practice: Kadernota, officer: User, colleague: User) -> None:
    User.objects.filter(pk=colleague.pk).update(first_name="Bram", last_name="Bos")
    client.force_login(officer)


@pytest.fixture
def conflict(client: Client, practice: Kadernota, colleague: User):
    """Return the page after a colleague recorded V1 while this form was open; V2 was typed here as well."""
    fields = open_form(client, 2021)
    record(practice, "V1", 2021, "24", by=colleague, explanation="Uit de enquête.")
    changes = {field(practice, "V1"): "21", field(practice, "V2"): "6,4"}
    return send(client, 2021, fields, **changes, **{field(practice, "V1", kind="explanation"): "Uit het rapport."})


def test_both_figures_names_and_times_are_shown(practice: Kadernota, conflict) -> None:
    assert conflict.status_code == 409
    page = " ".join(conflict.content.decode().split())
    shown = page.split('<tr class="clash">')[1].split("</tr>")[0]
    for text in (
        "24%",
        "21%",
        "Bram Bos (beleidsmedewerker)",
        "Anna de Wit (beleidsmedewerker)",
        "24 november 2026 10:00",
        "Uit de enquête.",
        "Uit het rapport.",
    ):
        assert text in shown
    assert page.count('<tr class="clash">') == 1
    assert f'href="#{field(practice, "V1", kind="choice")}-colleague"' in page


def test_nothing_is_saved_and_nothing_typed_is_lost(practice: Kadernota, conflict) -> None:
    fields = fields_of(conflict)
    assert revision_of(practice, "V2", 2021) is None and revision_of(practice, "V1", 2021).number == 24
    assert (fields[field(practice, "V1")], fields[field(practice, "V2")]) == ("21", "6,4")
    assert fields[field(practice, "V1", kind="explanation")] == "Uit het rapport."


def test_only_a_choice_makes_the_revision_seen(client: Client, practice: Kadernota, conflict) -> None:
    fields, seen = fields_of(conflict), field(practice, "V1", kind="seen")
    rival = revision_of(practice, "V1", 2021)
    assert (fields[seen], fields[field(practice, "V1", kind="rival")]) == ("", str(rival.pk))
    again = send(client, 2021, fields)  # without a choice
    assert again.status_code == 409 and fields_of(again)[seen] == ""
    assert revision_of(practice, "V2", 2021) is None


def test_mine_replaces_the_colleagues(client: Client, practice: Kadernota, officer: User, conflict) -> None:
    rival = revision_of(practice, "V1", 2021)
    response = send(client, 2021, fields_of(conflict), **{field(practice, "V1", kind="choice"): "mine"})
    assert response.status_code == 303
    row = revision_of(practice, "V1", 2021)
    assert (row.number, row.explanation, row.replaces, row.recorded_by) == (21, "Uit het rapport.", rival, officer)
    assert revision_of(practice, "V2", 2021).number == Decimal("6.4")


def test_the_colleagues_stays(client: Client, practice: Kadernota, conflict) -> None:
    rival = revision_of(practice, "V1", 2021)
    response = send(client, 2021, fields_of(conflict), **{field(practice, "V1", kind="choice"): "colleague"})
    assert response.status_code == 303 and revision_of(practice, "V1", 2021) == rival
    assert "Bewaard: 1 nieuw." in messages_of(client, 2021)  # V2, which was typed here


def test_a_choice_stands_when_something_else_is_refused(client: Client, practice: Kadernota, conflict) -> None:
    rival, choice = revision_of(practice, "V1", 2021), field(practice, "V1", kind="choice")
    fields = fields_of(conflict) | {field(practice, "V2"): "6.4"}
    mine = send(client, 2021, fields, **{choice: "mine"})
    assert mine.status_code == 422
    own = fields_of(mine)
    assert (own[field(practice, "V1", kind="seen")], own[field(practice, "V1")]) == (str(rival.pk), "21")
    theirs = fields_of(send(client, 2021, fields, **{choice: "colleague"}))
    assert (theirs[field(practice, "V1")], theirs[field(practice, "V1", kind="seen")]) == ("24%", str(rival.pk))
    assert theirs[field(practice, "V1", kind="explanation")] == "Uit de enquête."


def test_a_third_who_was_earlier_still_asks_again(
    client: Client, practice: Kadernota, colleague: User, conflict
) -> None:
    record(practice, "V1", 2021, "25", by=colleague)
    response = send(client, 2021, fields_of(conflict), **{field(practice, "V1", kind="choice"): "mine"})
    assert response.status_code == 409 and revision_of(practice, "V1", 2021).number == 25
    third = revision_of(practice, "V1", 2021)
    assert fields_of(response)[field(practice, "V1", kind="rival")] == str(third.pk)
    assert attributes_of(response, f"{field(practice, 'V1', kind='choice')}:mine")["type"] == "radio"


def test_a_figure_left_alone_is_no_conflict(client: Client, practice: Kadernota, colleague: User) -> None:
    """A colleague changed V16 meanwhile; this form has its old figure, unchanged."""
    fields = open_form(client, 2022)
    record(practice, "V16", 2022, "41", by=colleague)
    assert send(client, 2022, fields, **{field(practice, "V21"): "9"}).status_code == 303
    assert revision_of(practice, "V16", 2022).number == 41


def test_the_same_figure_as_the_colleague_is_no_conflict(client: Client, practice: Kadernota, colleague: User) -> None:
    fields, before = open_form(client, 2021), Measurement.objects.count()
    record(practice, "V1", 2021, "21", by=colleague)
    assert send(client, 2021, fields, **{field(practice, "V1"): "21%"}).status_code == 303
    assert Measurement.objects.count() == before + 1
    assert "Dit stond er al" in messages_of(client, 2021)


def test_mine_over_what_was_adopted_meanwhile_needs_a_reason(
    client: Client, practice: Kadernota, colleague: User, adopter: User
) -> None:
    fields, v1 = open_form(client, 2021), field(practice, "V1")
    record(practice, "V1", 2021, "24", by=colleague, explanation="Uit de enquête.")
    adopt_year(practice, 2021, by=adopter)
    first = send(client, 2021, fields, **{v1: "21"})
    assert first.status_code == 422  # it is a correction now
    why = {field(practice, "V1", kind="explanation"): "Het rapport is leidend."}
    second = send(client, 2021, fields_of(first), **why)
    assert second.status_code == 409
    third = send(client, 2021, fields_of(second), **{field(practice, "V1", kind="choice"): "mine"})
    assert third.status_code == 303 and revision_of(practice, "V1", 2021).number == 21
