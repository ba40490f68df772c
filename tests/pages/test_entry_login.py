"""An expired log-in loses no input, and no form of another site is accepted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from indicators.models import Measurement
from indicators.pages import form_recovery
from priorities.models import Kadernota
from tests.cast import NOW, make_user, record, revision_of
from tests.pages.entry_form import address, field, fields_of, open_form, send

PASSWORD = "een lang wachtwoord"


@pytest.fixture
def writer(practice: Kadernota) -> User:
    return make_user("anna", "beleidsmedewerker", password=PASSWORD)


@pytest.fixture
def filled(client: Client, practice: Kadernota, writer: User) -> dict[str, str]:
    """Return a form that was filled in before the log-in ended."""
    client.force_login(writer)
    fields = open_form(client, 2022)
    client.cookies.pop("sessionid")
    return fields | {
        field(practice, "V3"): "13x",
        field(practice, "V3", kind="explanation"): "Eerste regel\r\n<tweede>",
    }


def log_in(client: Client, username: str = "anna", password: str = PASSWORD):
    return client.post("/inloggen/", {"username": username, "password": password, "next": address(2022)})


def test_what_was_typed_comes_back_after_logging_in(
    client: Client, practice: Kadernota, filled: dict[str, str]
) -> None:
    before = Measurement.objects.count()
    response = send(client, 2022, filled)
    assert (response.status_code, response.headers["Location"]) == (302, f"/inloggen/?next={address(2022)}")
    login = client.get(response.headers["Location"]).content.decode()
    assert "Wat u typte is bewaard" in login and "13x" not in login
    assert log_in(client, password="fout").status_code == 200
    response = client.get(log_in(client).headers["Location"])
    page, fields = response.content.decode(), fields_of(response)
    assert "maar is nog niet bewaard" in page and Measurement.objects.count() == before
    assert fields[field(practice, "V3")] == "13x"
    assert fields[field(practice, "V3", kind="explanation")] == "Eerste regel\n<tweede>"
    assert fields[field(practice, "V4")] == "6.497"


def test_it_stays_until_it_is_saved(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled | {field(practice, "V3"): "4.400"})
    log_in(client)
    assert fields_of(client.get(address(2022)))[field(practice, "V3")] == "4.400"
    assert "nog niet bewaard" not in client.get(address(2021)).content.decode()
    fields = fields_of(client.get(address(2022)))
    assert send(client, 2022, fields).status_code == 303
    assert revision_of(practice, "V3", 2022).number == 4400
    assert "maar is nog niet bewaard" not in client.get(address(2022)).content.decode()


def test_it_can_be_thrown_away(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled)
    log_in(client)
    assert client.post(address(2022), {"discard": "1"}).status_code == 303
    assert fields_of(client.get(address(2022)))[field(practice, "V3")] == "4.385"


def test_nobody_else_gets_it(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled)
    make_user("bram", "beleidsmedewerker", password=PASSWORD)
    log_in(client, "bram")
    assert fields_of(client.get(address(2022)))[field(practice, "V3")] == "4.385"
    assert form_recovery.SESSION_KEY not in client.session


def test_no_figures_of_others_are_kept(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled)
    texts = client.session[form_recovery.SESSION_KEY]["texts"]
    assert {name.rpartition("-")[2] for name in texts} == {field(practice, "V3").removeprefix("figure-")}
    assert "6.497" not in str(dict(client.session))


def test_it_is_not_kept_for_ever(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled)
    session = client.session
    early = NOW - form_recovery.TEXTS_MAX_AGE - timedelta(minutes=1)
    session[form_recovery.SESSION_KEY] = session[form_recovery.SESSION_KEY] | {"at": early.isoformat()}
    session.save()
    log_in(client)
    assert fields_of(client.get(address(2022)))[field(practice, "V3")] == "4.385"


def test_too_much_is_not_kept_and_says_so(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    long = {field(practice, "V3", kind="explanation"): "x" * (form_recovery.MAX_STORED + 1)}
    response = send(client, 2022, filled, **long)
    assert form_recovery.SESSION_KEY not in client.session
    assert "te veel om vast te houden" in client.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize("note", ["", "onzin", "anders", "ondertekend"])
def test_a_stranger_stores_nothing(client: Client, practice: Kadernota, filled: dict[str, str], note: str) -> None:
    """Only a form that was rendered for a user is stored: not a forged one, or one of another page."""
    notes = {
        "anders": form_recovery.sign_note(User.objects.get(username="anna"), "/elders/"),
        "ondertekend": signing.dumps([1, address(2022)], salt="anders"),
    }
    before = Session.objects.count()
    response = send(Client(), 2022, filled, form_note=notes.get(note, note))
    assert response.status_code == 302 and Session.objects.count() == before


def test_a_conflict_meanwhile_is_told_when_saving(client: Client, practice: Kadernota, filled: dict[str, str]) -> None:
    send(client, 2022, filled | {field(practice, "V3"): "4.400"})
    record(practice, "V3", 2022, "4.390", by=make_user("bram", "beleidsmedewerker"), explanation="Ik ook.")
    log_in(client)
    assert send(client, 2022, fields_of(client.get(address(2022)))).status_code == 409


# -- The token against forged forms


@pytest.fixture
def strict(practice: Kadernota, writer: User) -> Client:
    """Return a client whose CSRF token is checked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer)
    return browser


def test_a_form_without_a_token_is_refused(strict: Client, practice: Kadernota) -> None:
    fields, before = open_form(strict, 2021), Measurement.objects.count()
    fields.pop("csrfmiddlewaretoken")
    assert send(strict, 2021, fields, **{field(practice, "V1"): "21"}).status_code == 403
    assert Measurement.objects.count() == before


@pytest.mark.parametrize("origin", ["https://elders.example", "null"])
def test_a_form_from_elsewhere_is_refused(strict: Client, practice: Kadernota, origin: str) -> None:
    fields, before = open_form(strict, 2021), Measurement.objects.count()
    submitted = fields | {field(practice, "V1"): "21%"}
    response = strict.post(address(2021), submitted, headers={"origin": origin})
    assert response.status_code == 403 and "21%" not in response.content.decode()
    fields.pop("csrfmiddlewaretoken")
    assert strict.post(address(2021), {"discard": "1"}, headers={"origin": origin}).status_code == 403
    assert Measurement.objects.count() == before


def test_an_old_token_of_this_site_gives_back_what_was_typed(strict: Client, practice: Kadernota) -> None:
    """A new log-in in another window gives a new token; the open form has the old one."""
    fields, before = open_form(strict, 2021), Measurement.objects.count()
    open_token = strict.get("/inloggen/").content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    strict.post("/inloggen/", {"username": "anna", "password": PASSWORD, "csrfmiddlewaretoken": open_token})
    submitted = fields | {field(practice, "V1"): "21"}
    response = strict.post(address(2021), submitted, headers={"origin": "http://testserver"})
    assert response.status_code == 403 and Measurement.objects.count() == before
    again = fields_of(response)
    assert again[field(practice, "V1")] == "21" and "opnieuw ingelogd" in response.content.decode()
    assert strict.post(address(2021), again, headers={"origin": "http://testserver"}).status_code == 303
    assert revision_of(practice, "V1", 2021).number == 21


def test_the_judge_wants_the_token_too(strict: Client, practice: Kadernota) -> None:
    assert strict.post(f"{address(2021)}oordeel/", {"component": "1", "figure": "1"}).status_code == 403
