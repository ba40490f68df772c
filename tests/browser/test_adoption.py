"""Recording, sending back, answering and adopting, by two people in a browser; and no fault that axe-core finds."""

import pytest
from playwright.sync_api import Page, expect

from indicators.actions.practice import ADOPTER, OFFICER
from indicators.models import Edition, Measurement
from priorities.models import Kadernota
from tests.browser.page_checks import axe_faults, open_page_as
from tests.cast import load_practice_kadernota, revision_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


def test_from_draft_to_edition(live_server, browser, browser_context_args, kadernota: Kadernota) -> None:
    base, field = f"{live_server.url}/{kadernota.slug}", revision_of(kadernota, "V16", 2022).series_id
    officer = open_page_as(browser.new_context(**browser_context_args), live_server.url, OFFICER)
    adopter = open_page_as(browser.new_context(**browser_context_args), live_server.url, ADOPTER)

    adopter.goto(f"{base}/vaststellen/2022/")
    expect(adopter.locator(".stops")).to_contain_text("V16 (de streefwaarde is niet gehaald)")
    expect(adopter.get_by_label("Datum van het besluit")).to_have_count(0)
    assert axe_faults(adopter) == []
    row = adopter.locator("tr", has_text="hennepkwekerijen")
    row.locator("summary").click()
    row.get_by_label("Waarom stuurt u V16 terug?").fill("Waarom zijn het er minder?")
    assert axe_faults(adopter) == []
    row.get_by_role("button", name="Stuur V16 terug").click()
    expect(adopter.locator(".messages")).to_contain_text("V16 is teruggestuurd.")

    officer.goto(f"{base}/mijn-werk/?jaar=2022")
    assert axe_faults(officer) == []
    expect(officer.locator("tr", has_text="hennepkwekerijen")).to_contain_text("Waarom zijn het er minder?")
    officer.locator("tr", has_text="hennepkwekerijen").get_by_role("rowheader").get_by_role("link").click()
    expect(officer.locator(f"#figure-{field}")).to_be_in_viewport()
    officer.fill(f"#explanation-{field}", "Kweekruimtes zijn kleiner en beter verborgen.")
    officer.click(".save-bar [type=submit]")
    expect(officer.locator(".messages")).to_contain_text("Bewaard")
    assert Measurement.objects.filter(series_id=field, year=2022).count() == 2

    adopter.reload()
    adopt(adopter)
    entries = Edition.objects.get(year=2022, number=2, kadernota=kadernota).entries
    assert (entries.filter(line=None).count(), entries.filter(measurement=None).count()) == (3, 1)


def adopt(adopter: Page) -> None:
    """Fill in the form, first without the decision; end on the page of the edition."""
    expect(adopter.locator(".stops")).to_have_count(0)
    adopter.get_by_label("Datum van het besluit").fill("2023-04-04")
    adopter.get_by_role("button", name="Stel 3 cijfers en 1 regel van het programma vast").click()
    expect(adopter.locator(".faults")).to_be_focused()
    expect(adopter.locator(".faults")).to_contain_text("Noem het besluit")
    expect(adopter.get_by_label("Datum van het besluit")).to_have_value("2023-04-04")
    assert axe_faults(adopter) == []
    adopter.get_by_label("Verwijzing naar het besluit").fill("OEF-2023-11")
    adopter.get_by_label("Ik heb bekeken: deze 3 cijfers over 2022 (V4, V16, V21)").check()
    adopter.get_by_role("button", name="Stel 3 cijfers en 1 regel van het programma vast").click()
    expect(adopter.locator(".faults")).to_be_focused()  # a question about the date, which is old by now
    assert axe_faults(adopter) == []
    adopter.get_by_label("Het besluit is meer dan een jaar geleden. Klopt de datum?").check()
    adopter.get_by_role("button", name="Stel 3 cijfers en 1 regel van het programma vast").click()
    expect(adopter.locator("h1")).to_have_text("Editie 2022-2 verzegelen")
    expect(adopter.locator(".messages")).to_contain_text("Vastgesteld als editie 2022-2.")
    expect(adopter.locator(".said")).to_contain_text("Klaar: alle", timeout=30_000)  # started automatically
    assert axe_faults(adopter) == []
    adopter.get_by_role("link", name="Naar editie 2022-2").click()
    expect(adopter.locator("h1")).to_have_text("Editie 2022-2")
    assert axe_faults(adopter) == []
