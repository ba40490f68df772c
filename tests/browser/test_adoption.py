"""Recording, sending back, answering and adopting, by two people in a browser; and no fault that axe-core finds."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from indicators.models import Edition, Measurement
from indicators.practice import PASSWORD
from priorities.models import Kadernota
from tests.cast import load_practice_kadernota, standing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


def logged_in(context: BrowserContext, url: str, username: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/inloggen/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    return page


def check_with_axe(page: Page) -> None:
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def test_from_draft_to_edition(live_server, browser, browser_context_args, kadernota: Kadernota) -> None:
    base, field = f"{live_server.url}/{kadernota.slug}", standing(kadernota, "V16", 2022).component_id
    officer = logged_in(browser.new_context(**browser_context_args), live_server.url, "beleidsmedewerker")
    adopter = logged_in(browser.new_context(**browser_context_args), live_server.url, "vaststeller")

    adopter.goto(f"{base}/vaststellen/2022/")
    expect(adopter.locator(".stops")).to_contain_text("V16 (de streefwaarde is niet gehaald)")
    expect(adopter.get_by_label("Datum van het besluit")).to_have_count(0)
    check_with_axe(adopter)
    row = adopter.locator("tr", has_text="hennepkwekerijen")
    row.locator("summary").click()
    row.get_by_label("Waarom stuurt u V16 terug?").fill("Waarom zijn het er minder?")
    check_with_axe(adopter)
    row.get_by_role("button", name="Stuur V16 terug").click()
    expect(adopter.locator(".messages")).to_contain_text("V16 is teruggestuurd.")

    officer.goto(f"{base}/mijn-werk/?jaar=2022")
    check_with_axe(officer)
    expect(officer.locator("tr", has_text="hennepkwekerijen")).to_contain_text("Waarom zijn het er minder?")
    officer.locator("tr", has_text="hennepkwekerijen").get_by_role("link").click()
    expect(officer.locator(f"#cijfer-{field}")).to_be_in_viewport()
    officer.fill(f"#toelichting-{field}", "Kweekruimtes zijn kleiner en beter verborgen.")
    officer.click(".save-bar [type=submit]")
    expect(officer.locator(".messages")).to_contain_text("Bewaard")
    assert Measurement.objects.filter(component_id=field, year=2022).count() == 2

    adopter.reload()
    adopt(adopter)
    assert Edition.objects.get(year=2022, number=2, kadernota=kadernota).entries.count() == 3


def adopt(adopter: Page) -> None:
    """Fill in the form, first without the decision; end on the page of the edition."""
    expect(adopter.locator(".stops")).to_have_count(0)
    adopter.get_by_label("Datum van het besluit").fill("2023-04-04")
    adopter.get_by_role("button", name="Stel deze 3 cijfers vast").click()
    expect(adopter.locator(".faults")).to_be_focused()
    expect(adopter.locator(".faults")).to_contain_text("Noem het besluit")
    expect(adopter.get_by_label("Datum van het besluit")).to_have_value("2023-04-04")
    check_with_axe(adopter)
    adopter.get_by_label("Verwijzing naar het besluit").fill("OEF-2023-11")
    adopter.get_by_label("Ik heb deze 3 cijfers over 2022 bekeken: V4, V16, V21.").check()
    adopter.get_by_role("button", name="Stel deze 3 cijfers vast").click()
    expect(adopter.locator("h1")).to_have_text("Editie 2022-2 verzegelen")
    expect(adopter.locator(".messages")).to_contain_text("Vastgesteld als editie 2022-2.")
    expect(adopter.locator(".said")).to_contain_text("Klaar: alle", timeout=30_000)  # it began by itself
    check_with_axe(adopter)
    adopter.get_by_role("link", name="Naar editie 2022-2").click()
    expect(adopter.locator("h1")).to_have_text("Editie 2022-2")
    check_with_axe(adopter)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_fit_and_axe_finds_nothing(live_server, page: Page, browser, browser_context_args, kadernota, width):
    base = f"{live_server.url}/{kadernota.slug}"
    adopter = logged_in(browser.new_context(**browser_context_args), live_server.url, "vaststeller")
    officer = logged_in(browser.new_context(**browser_context_args), live_server.url, "beleidsmedewerker")
    for reader, path in [
        (page, "editie/2020-2/"), (page, "editie/2022-1/"), (page, "indicator/V5/geschiedenis/"),
        (adopter, "vaststellen/2022/"), (adopter, "wijzigingen/2022/"), (officer, "mijn-werk/?jaar=2021"),
        (officer, "indicator/V14/geschiedenis/"),
    ]:  # fmt: skip
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(f"{base}/{path}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, path
        check_with_axe(reader)
