"""The form of a line of the programme: saving, refusals, retained input, and conflicts."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from indicators.actions.recording_lines import withdraw_line
from indicators.models import ProgrammeLine
from indicators.models.programme import LineQuerySet
from indicators.pages import form_recovery
from priorities.models import Kadernota
from tests.cast import NOW, PRACTICE, REAL, adopt_year, make_user, priority_of, record_activity, topic_of
from tests.pages.reading_html import Page
from tests.pages.test_reading import check

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord"
TYPED = {
    "title": "Wijkschouw", "effort": "", "partners": "Politie, Ymere", "planned": "voorjaar", "state": "afgerond",
    "result": "Twaalf straten bekeken.", "budget": "1.204,50", "spent": "€ 900",
}  # fmt: skip


@pytest.fixture
def writer(real: Kadernota) -> User:
    return make_user("anna", "beleidsmedewerker", password=PASSWORD, first_name="Anna", last_name="de Wit")


@pytest.fixture
def at_work(client: Client, writer: User) -> Client:
    client.force_login(writer)
    return client


def lines() -> LineQuerySet:
    """Return every revision of every line of the real kadernota."""
    return ProgrammeLine.objects.of(Kadernota.objects.get(slug=REAL))


def new(year: int = 2021, part: str = "prioriteit-1", kind: str = "activiteit", slug: str = REAL) -> str:
    return reverse("nieuwe-regel", args=[slug, year, part, kind])


def of(line: ProgrammeLine, name: str = "regel", slug: str = REAL) -> str:
    return reverse(name, args=[slug, line.year, line.pk])


def text_of(response) -> str:
    return Page(response.content.decode()).text


def value_of_field(response, name: str) -> str:
    """Return the content of a text field of the form."""
    return response.content.decode().split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


# -- Saving


def test_a_new_activity_is_a_draft_that_only_officers_see(at_work: Client, real: Kadernota) -> None:
    response = at_work.post(new(), TYPED | {"effort": priority_of(real).approach[1]})
    row = lines().get()
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/{REAL}/programma-invoeren/2021/#line-{row.pk}",
    )
    assert (row.title, row.state, row.budget, row.spent) == ("Wijkschouw", "afgerond", Decimal("1204.50"), 900)
    page = text_of(at_work.get(response.headers["Location"]))
    assert (
        "‘Wijkschouw’ is bewaard als concept." in page
        and "€ 1.204,50" in page
        and priority_of(real).approach[1] in page
    )
    where = f"/{REAL}/prioriteit/1/?jaar=2021"
    assert "Wijkschouw concept" in text_of(at_work.get(where)) and "Wijkschouw" not in text_of(Client().get(where))


def test_an_amount_is_saved_and_summed(at_work: Client, real: Kadernota) -> None:
    for title, budget, spent in (("Camera's", "50.000", "47.250,50"), ("Training", "6.000", "")):
        typed = {"title": title, "budget": budget, "spent": spent, "result": ""}
        assert at_work.post(new(part="vth-1", kind="bedrag"), typed).status_code == 303
    page = text_of(at_work.get(f"/{REAL}/programma-invoeren/2021/"))
    assert "Totaal € 56.000 € 47.250,50" in page
    assert "Niet alles is bekend: 1 zonder besteed bedrag." in page
    assert "Deze regel heeft geen besteed bedrag" in page


def test_what_needs_a_result_says_so(at_work: Client, real: Kadernota) -> None:
    response = at_work.post(new(), TYPED | {"result": ""})
    page = text_of(at_work.get(response.headers["Location"]))
    assert "Voor het vaststellen ontbreekt nog iets: deze regel is afgerond: schrijf wat het opleverde." in page
    assert "Bij 1 ervan ontbreekt nog iets." in page


def test_twice_the_same_form_is_one_line(at_work: Client, real: Kadernota) -> None:
    at_work.post(new(), TYPED)
    response = at_work.post(new(), TYPED)
    assert response.status_code == 303 and lines().count() == 1
    assert "staat er al zo; er is niets veranderd" in text_of(at_work.get(response.headers["Location"]))
    line = lines().get()
    changed = TYPED | {"state": "loopt", "seen": str(line.pk)}
    assert [at_work.post(of(line), changed).status_code for _ in range(2)] == [303, 303]
    assert lines().count() == 2


def test_a_form_sent_back_unchanged_changes_nothing(at_work: Client, real: Kadernota, writer: User) -> None:
    line = record_activity(
        real, "Schouw", 2021, by=writer, budget=Decimal("12.50"), result="Een.\nTwee.", effort="Buiten de nota"
    )
    page = at_work.get(of(line))
    assert value_of_field(page, "budget") == "€ 12,50" and "Buiten de nota</option>" in page.content.decode()
    typed = {
        "title": "Schouw",
        "effort": "Buiten de nota",
        "partners": "",
        "planned": "",
        "state": "loopt",
        "result": "Een.\r\nTwee.",
        "budget": "€ 12,50",
        "spent": "",
        "seen": value_of_field(page, "seen"),
    }
    assert at_work.post(of(line), typed).status_code == 303 and lines().count() == 1


# -- Refused, with all that was typed


@pytest.mark.parametrize(
    ("wrong", "message", "field"),
    [
        ({"budget": "50k"}, "schrijf het bedrag voluit", "budget"),
        ({"spent": "1,5 mln"}, "schrijf het bedrag voluit", "spent"),
        ({"title": " "}, "Schrijf wat er wordt gedaan.", "title"),
        ({"state": "klaar"}, "Kies een van de standen uit de lijst.", "state"),
        ({"effort": "Zelf bedacht"}, "Kies een van de zinnen uit de lijst.", "effort"),
        ({"result": "x" * 5000}, "tekens te lang", "result"),
        ({"title": "x" * 301}, "Houd dit korter dan 300 tekens.", "title"),
    ],
)
def test_what_is_wrong_is_said_above_and_beside_the_field(at_work: Client, real, wrong, message, field) -> None:
    response = at_work.post(new(), TYPED | wrong)
    page = response.content.decode()
    assert response.status_code == 422 and not lines().exists()
    assert page.count(message) == 2 and f'<a href="#id_{field}">' in page and 'aria-invalid="true"' in page
    assert "<title>OEFEN" not in page and "<title>Fout: " in page
    assert all(value in page for name, value in TYPED.items() if name not in wrong)
    check(Page(page))


def test_a_line_of_another_place_is_not_there(at_work: Client, practice: Kadernota, real: Kadernota, writer) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    elsewhere = [reverse("regel", args=[REAL, year, pk]) for year, pk in ((2020, line.pk), (2021, 10**30))]
    wrong = [new(part="prioriteit-9"), new(part="1"), new(kind="iets"), new(year=1066)]
    for path in (of(line, slug=PRACTICE), *elsewhere, *wrong):
        assert at_work.get(path).status_code == 404, path
        assert at_work.post(path, TYPED | {"seen": str(line.pk)}).status_code == 404, path


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 30])
def test_a_change_of_nothing_that_was_seen_is_refused(at_work: Client, real: Kadernota, writer, seen: str) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    assert at_work.post(of(line), TYPED | {"seen": seen}).status_code == 422
    assert lines().count() == 1


def test_a_revision_of_another_line_is_refused(at_work: Client, real: Kadernota, writer: User) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    other = record_activity(real, "Ander", 2021, by=writer, topic=topic_of(real, number=2))
    assert at_work.post(of(line), TYPED | {"seen": str(other.pk)}).status_code == 422
    assert lines().count() == 2


def test_an_adopted_account_changes_with_a_reason_only(at_work: Client, real, writer, adopter) -> None:
    line = record_activity(real, "Schouw", 2021, by=writer)
    adopt_year(real, 2021, by=adopter)
    typed = TYPED | {"title": "Schouw", "state": "vervallen", "seen": str(line.pk)}
    response = at_work.post(of(line), typed | {"result": ""})
    assert response.status_code == 422 and '<a href="#id_result">' in response.content.decode()
    assert "Schrijf bij het resultaat waarom dit wijzigt." in text_of(response)
    assert at_work.post(of(line), typed | {"result": "Te duur."}).status_code == 303
    assert "Te duur." not in text_of(Client().get(f"/{REAL}/prioriteit/1/?jaar=2021"))


# -- A colleague was first


def test_a_conflict_shows_both_and_a_second_press_means_it(at_work, real, writer, colleague) -> None:
    line = record_activity(real, "Wijkschouw", 2021, by=writer)
    record_activity(real, "Wijkschouw", 2021, by=colleague, seen=line, partners="Alleen Ymere", spent=Decimal(700))
    response = at_work.post(of(line), TYPED | {"seen": str(line.pk)})
    page = text_of(response)
    assert response.status_code == 409 and lines().count() == 2
    assert "Een collega was eerder bram heeft deze regel op" in page
    assert "Met wie Alleen Ymere Politie, Ymere" in page and "Besteed € 700 € 900" in page
    assert value_of_field(response, "partners") == "Politie, Ymere"
    again = at_work.post(of(line), TYPED | {"seen": value_of_field(response, "seen")})
    assert again.status_code == 303 and lines().latest("pk").partners == "Politie, Ymere"


def test_a_line_that_was_withdrawn_meanwhile_is_told_of(at_work, real, writer, colleague) -> None:
    line = record_activity(real, "Wijkschouw", 2021, by=writer)
    withdraw_line(seen=line.pk, kadernota=real, reason="Dubbel.", by=colleague, now=NOW)
    response = at_work.post(of(line), TYPED | {"seen": str(line.pk)})
    assert response.status_code == 409 and "ingetrokken: Dubbel." in text_of(response)
    shown = at_work.get(of(line), follow=True)
    assert "‘Wijkschouw’ is ingetrokken: Dubbel." in text_of(shown)
    assert at_work.post(of(line), TYPED | {"seen": value_of_field(response, "seen")}).status_code == 303
    assert not lines().latest("pk").withdrawn


# -- The log-in and the token


def test_an_expired_log_in_loses_nothing(at_work: Client, real: Kadernota, writer: User) -> None:
    note = value_of_field(at_work.get(new()), "form_note")
    at_work.cookies.pop("sessionid")
    response = at_work.post(new(), TYPED | {"budget": "50k", "form_note": note})
    assert (response.status_code, response.headers["Location"]) == (302, f"/inloggen/?next={new()}")
    login = {"username": "anna", "password": PASSWORD, "next": new()}
    back = at_work.get(at_work.post("/inloggen/", login).headers["Location"])
    assert "maar is nog niet bewaard" in text_of(back) and not lines().exists()
    assert value_of_field(back, "budget") == "50k" and "Twaalf straten bekeken.</textarea>" in back.content.decode()
    assert at_work.post(new(), TYPED).status_code == 303
    assert "nog niet bewaard" not in text_of(at_work.get(new()))


def test_what_was_kept_is_of_its_writer_and_page_alone(at_work: Client, real: Kadernota, writer: User) -> None:
    note = value_of_field(at_work.get(new()), "form_note")
    at_work.cookies.pop("sessionid")
    at_work.post(new(), TYPED | {"form_note": note})
    make_user("bram", "beleidsmedewerker", password=PASSWORD)
    at_work.post("/inloggen/", {"username": "bram", "password": PASSWORD})
    assert "Twaalf straten" not in at_work.get(new()).content.decode()


def test_a_strangers_form_stores_nothing(client: Client, real: Kadernota) -> None:
    client.post(new(), TYPED | {"form_note": "verzonnen"})
    assert form_recovery.SESSION_KEY not in client.session


def test_an_old_token_gives_back_what_was_typed(real: Kadernota, writer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(writer)
    strict.get(new())
    origin = {"origin": "http://testserver"}
    response = strict.post(new(), TYPED | {"csrfmiddlewaretoken": "x" * 64}, headers=origin)
    assert response.status_code == 403 and "Twaalf straten" in response.content.decode()
    assert strict.post(new(), TYPED, headers={"origin": "https://elders.example"}).status_code == 403
    assert not lines().exists()
