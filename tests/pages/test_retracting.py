"""Taking back a draft of a figure or of a line: who may, the page that asks, and what counts afterwards."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from indicators.models import AuditEvent, Measurement, ProgrammeLine
from priorities.models import Kadernota
from tests.cast import PRACTICE, REAL, adopt_year, overview_of, record, record_activity, revision_of
from tests.pages.reading_html import Page
from tests.pages.test_reading import check

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    read = Page(response.content.decode())
    check(read)
    return read.text


def of_figure(revision: int, year: int = 2020, slug: str = REAL) -> str:
    return reverse("terugnemen", args=[slug, year, revision])


def of_line(revision: int, year: int = 2021, slug: str = REAL) -> str:
    return reverse("regel-terugnemen", args=[slug, year, revision])


@pytest.fixture
def at_work(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_a_first_draft_is_taken_back_from_the_tasks(at_work: Client, real: Kadernota, officer, colleague) -> None:
    record(real, "V3", 2020, "4.400", by=colleague)
    draft = revision_of(real, "V3", 2020)
    tasks = Page(at_work.get(reverse("mijn-werk", args=[REAL]), {"jaar": 2020}).content.decode())
    assert of_figure(draft.pk) in tasks.links
    asked = text_of(at_work.get(of_figure(draft.pk)))
    assert "V3 terugnemen" in asked and "4.400" in asked and "is er niets meer vastgelegd" in asked
    assert not Measurement.objects.filter(retracted=True).exists(), "asking changes nothing"
    response = at_work.post(of_figure(draft.pk), follow=True)
    assert response.redirect_chain == [(f"/{REAL}/mijn-werk/?jaar=2020", 303)]
    assert "V3 is teruggenomen." in text_of(response)
    row = Measurement.objects.get(retracted=True)
    assert (row.replaces, row.recorded_by) == (draft, officer)
    assert overview_of(real, drafts=True).row("V3").components[0].figures[2020].value is None
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.actor, event.subject) == (officer, "V3, 2020")


def test_the_adopted_figure_counts_again(at_work: Client, real: Kadernota, officer, adopter) -> None:
    record(real, "V3", 2020, "4.400", by=officer)
    adopt_year(real, 2020, by=adopter)
    record(real, "V3", 2020, "4.300", explanation="Herteld.", by=officer)
    draft = revision_of(real, "V3", 2020)
    assert "telt weer wat is vastgesteld of overgenomen: 4.400" in text_of(at_work.get(of_figure(draft.pk)))
    at_work.post(of_figure(draft.pk))
    figure = overview_of(real, drafts=True).row("V3").components[0].figures[2020]
    assert (figure.printed, figure.is_draft) == ("4.400", False)
    assert at_work.get(of_figure(draft.pk)).status_code == 404


def test_a_pm_that_is_a_draft_can_be_taken_back(at_work: Client, real: Kadernota, officer) -> None:
    record(real, "V12", 2020, "pm", explanation="Volgt.", by=officer)
    tasks = Page(at_work.get(reverse("mijn-werk", args=[REAL]), {"jaar": 2020}).content.decode())
    assert of_figure(revision_of(real, "V12", 2020).pk) in tasks.links


def test_the_second_click_says_so(at_work: Client, real: Kadernota, officer) -> None:
    record(real, "V3", 2020, "4.400", by=officer)
    path = of_figure(revision_of(real, "V3", 2020).pk)
    at_work.post(path)
    assert "is al teruggenomen" in text_of(at_work.post(path, follow=True))
    assert Measurement.objects.filter(retracted=True).count() == 1


def test_an_adopted_figure_is_not_taken_back(at_work: Client, real: Kadernota, officer, adopter) -> None:
    record(real, "V3", 2020, "4.400", by=officer)
    adopted = revision_of(real, "V3", 2020).pk
    adopt_year(real, 2020, by=adopter)
    assert at_work.get(of_figure(adopted)).status_code == 404
    assert "is al vastgesteld" in text_of(at_work.post(of_figure(adopted), follow=True))
    assert not Measurement.objects.filter(retracted=True).exists()


@pytest.mark.parametrize("who", ["adopter", "keeper"])
def test_others_find_nothing_there(client: Client, real: Kadernota, officer, who: str, request) -> None:
    record(real, "V3", 2020, "4.400", by=officer)
    client.force_login(request.getfixturevalue(who))
    path = of_figure(revision_of(real, "V3", 2020).pk)
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]
    assert not Measurement.objects.filter(retracted=True).exists()


def test_a_draft_of_another_kadernota_is_not_taken_back(at_work: Client, real, practice, officer) -> None:
    record(real, "V3", 2020, "4.400", by=officer)
    path = of_figure(revision_of(real, "V3", 2020).pk, slug=PRACTICE)
    assert at_work.get(path).status_code == 404
    assert "Dit cijfer is er niet." in text_of(at_work.post(path, follow=True))
    assert not Measurement.objects.filter(retracted=True).exists()


def test_a_line_is_taken_back_from_its_form(at_work: Client, real: Kadernota, officer) -> None:
    line = record_activity(real, "Wijkschouw", 2021, by=officer)
    form = Page(at_work.get(reverse("regel", args=[REAL, 2021, line.pk])).content.decode())
    assert of_line(line.pk) in form.links
    assert "‘Wijkschouw’ terugnemen" in text_of(at_work.get(of_line(line.pk)))
    response = at_work.post(of_line(line.pk), follow=True)
    assert "‘Wijkschouw’ is teruggenomen." in text_of(response)
    assert response.redirect_chain == [(reverse("regels", args=[REAL, 2021]), 303)]
    assert ProgrammeLine.objects.get(retracted=True).replaces == line
    assert at_work.get(reverse("regel", args=[REAL, 2021, line.pk])).status_code == 404


def test_an_adopted_line_has_no_such_link(at_work: Client, real: Kadernota, officer, adopter) -> None:
    line = record_activity(real, "Wijkschouw", 2021, by=officer)
    adopt_year(real, 2021, by=adopter)
    assert of_line(line.pk) not in at_work.get(reverse("regel", args=[REAL, 2021, line.pk])).content.decode()
    changed = record_activity(real, "Wijkschouw Zuid", 2021, by=officer, seen=line, result="Verplaatst.")
    assert of_line(changed.pk) in at_work.get(reverse("regel", args=[REAL, 2021, line.pk])).content.decode()
    at_work.post(of_line(changed.pk), follow=True)  # its message names the draft
    assert "Wijkschouw Zuid" not in text_of(at_work.get(reverse("regels", args=[REAL, 2021])))
