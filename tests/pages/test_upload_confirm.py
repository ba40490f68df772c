"""Between preview and confirmation: changes by a colleague, questions, and forged payloads."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from indicators.intake import upload
from tests.cast import adopt_year, make_user, record, revision_of
from tests.pages.upload_forms import YEAR, address, confirm, messages_of, paste, send, stored

NOTHING = "Er is niets vastgelegd."


@pytest.fixture
def recorder(client: Client, real, officer) -> Client:
    """Return a client logged in as an officer."""
    client.force_login(officer)
    return client


def test_who_comes_second_is_shown_what_changed_and_can_confirm_anew(recorder: Client, real, colleague) -> None:
    preview = paste(recorder, "V6;12\nV7;9")
    record(real, "V6", YEAR, "13", by=colleague)
    page = confirm(recorder, preview)
    assert page.status_code == 409
    assert page.context["conflict"][0].startswith(f"V6 {YEAR} is nu 13, vastgelegd door bram op ")
    assert [(row.was, row.becomes) for row in page.context["page"].changing] == [("13", "12"), ("", "9")]
    assert stored() == 1, "all or nothing: V7 is not recorded either"
    assert confirm(recorder, preview).status_code == 409, "the old preview stays refused"
    assert confirm(recorder, page).status_code == 302
    assert messages_of(recorder) == ["Vastgelegd: 1 nieuw en 1 gewijzigd."]
    assert revision_of(real, "V6", YEAR).replaces.recorded_by == colleague


def test_a_row_that_was_the_same_is_in_conflict_when_it_no_longer_is(
    recorder: Client, real, officer, colleague
) -> None:
    record(real, "V6", YEAR, "12", by=officer)
    preview = paste(recorder, "V6;12")
    record(real, "V6", YEAR, "13", by=colleague)
    assert confirm(recorder, preview).status_code == 409
    assert revision_of(real, "V6", YEAR).recorded_by == colleague


def test_the_same_figure_of_a_colleague_is_no_conflict(recorder: Client, real, colleague) -> None:
    preview = paste(recorder, "V6;12\nV7;9")
    record(real, "V6", YEAR, "12", by=colleague)
    assert confirm(recorder, preview).status_code == 302
    assert messages_of(recorder) == ["Vastgelegd: 1 nieuw. 1 stond er al."]


def test_adopted_in_between_asks_for_a_reason(recorder: Client, real, officer, adopter) -> None:
    record(real, "V6", YEAR, "13", by=officer, explanation="Uitleg.")
    preview = paste(recorder, "V6;12")
    assert preview.context["may_confirm"]
    adopt_year(real, YEAR, by=adopter)
    page = confirm(recorder, preview)
    assert page.status_code == 422
    assert "geef de reden van de correctie" in page.content.decode()
    assert stored() == 1


def test_each_question_needs_its_answer(recorder: Client) -> None:
    preview = paste(recorder, "V6;1177\nV10;1\nV7;9")
    first, second = (row.number for row in preview.context["page"].questions)
    assert confirm(recorder, preview).status_code == 422
    page = confirm(recorder, preview, confirm=[first])
    assert page.status_code == 422 and f"Beantwoord eerst elke vraag. {NOTHING}" in page.content.decode()
    assert page.context["confirmed"] == {first}
    assert not stored()
    assert confirm(recorder, preview, confirm=[first, second]).status_code == 302
    assert stored() == 3


def test_one_box_answers_all_questions(recorder: Client) -> None:
    assert confirm(recorder, paste(recorder, "V6;1177\nV10;1"), confirm_all="1").status_code == 302
    assert stored() == 2


def test_a_question_that_was_not_asked_is_not_answered(recorder: Client, real, colleague) -> None:
    """A figure of an earlier year is recorded meanwhile, and raises a question that there was not."""
    preview = paste(recorder, "V6;12")
    record(real, "V6", YEAR - 1, "900", by=colleague)
    page = confirm(recorder, preview, confirm_all="1")
    assert page.status_code == 422
    assert "minder dan een tiende" in page.content.decode()
    assert stored() == 1
    assert confirm(recorder, page, confirm_all="1").status_code == 302


def expect_expired(client: Client, sealed: str, year: int = YEAR) -> None:
    """Check that all three buttons refuse this payload with a sentence and store nothing."""
    for name in ("uit-bestand-vastleggen", "uit-bestand-koppelen", "uit-bestand-geweigerd"):
        page = client.post(address(name, year=year), {"payload": sealed, "confirm_all": "1"})
        assert page.status_code == 422
        assert f"Deze controle is verlopen of klopt niet meer. {NOTHING}" in page.content.decode()
    assert not stored()


@pytest.mark.parametrize("change", [lambda s: "", lambda s: s[:-1], lambda s: "x" + s, lambda s: s[:40] + "A" + s[41:]])
def test_a_payload_that_was_changed_is_refused(recorder: Client, change) -> None:
    expect_expired(recorder, change(paste(recorder, "V6;12").context["payload"]))


def test_a_payload_signed_for_something_else_is_refused(recorder: Client) -> None:
    expect_expired(recorder, signing.dumps({"kind": "blok", "rows": []}, compress=True))


def test_a_payload_is_of_one_person_year_and_kadernota(recorder: Client, practice) -> None:
    sealed = paste(recorder, "V6;12").context["payload"]
    expect_expired(recorder, sealed, year=YEAR - 1)
    other = recorder.post(address("uit-bestand-vastleggen", slug=practice.slug), {"payload": sealed})
    assert other.status_code == 422
    recorder.force_login(make_user("eva", "beleidsmedewerker"))
    expect_expired(recorder, sealed)


def test_a_payload_lasts_for_a_working_session(recorder: Client, monkeypatch) -> None:
    sealed = paste(recorder, "V6;12").context["payload"]
    late = timezone.now() + timedelta(seconds=upload.MAX_AGE + 60)
    monkeypatch.setattr(signing.time, "time", late.timestamp)
    expect_expired(recorder, sealed)


def test_what_the_server_signs_is_believed(recorder: Client, real, officer) -> None:
    """Negative control: only the signature keeps forged rows out, so that is what the tests above must break."""
    pasted = upload.read_paste("V6;99", YEAR)
    plan = upload.plan_upload(real, pasted, YEAR, {})
    forged = upload.sign_upload(pasted, plan, kadernota=real, year=YEAR, user=officer)
    assert recorder.post(address("uit-bestand-vastleggen"), {"payload": forged}).status_code == 302
    assert stored() == 1


def test_a_payload_that_is_too_long_is_refused(recorder: Client, monkeypatch) -> None:
    monkeypatch.setattr(upload, "MAX_PAYLOAD", 100)
    page = send(recorder, "a.csv", "indicator;jaar;meting\n" + "V6;2021;12\n" * 50)
    assert page.status_code == 422
    assert "Verdeel de rijen over twee bestanden." in page.content.decode()


def test_the_address_of_the_confirmation_leads_back(recorder: Client) -> None:
    for name in ("uit-bestand-vastleggen", "uit-bestand-koppelen", "uit-bestand-geweigerd"):
        assert recorder.get(address(name)).url == address()
