"""Sealing in a browser: file by file with progress, interrupted and resumed; and all at once without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from indicators.models import Edition
from reports.sealing import missing, renditions
from tests.browser.page_checks import axe_faults, open_page_as
from tests.cast import load_practice_kadernota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOTAL = len(renditions())


@pytest.fixture
def edition(live_server) -> Edition:
    return Edition.objects.select_related("kadernota").get(kadernota=load_practice_kadernota(), year=2020, number=2)


@pytest.fixture
def address(live_server, edition: Edition) -> str:
    return f"{live_server.url}/{edition.kadernota.slug}/editie/2020-2/"


@pytest.fixture
def officer(live_server, browser, browser_context_args, edition) -> Page:
    return open_page_as(browser.new_context(**browser_context_args), live_server.url, "beleidsmedewerker")


def test_stopped_and_taken_up_again(officer: Page, edition: Edition, address: str) -> None:
    officer.goto(address)
    officer.get_by_role("link", name="Verzegel de documenten die ontbreken").click()
    expect(officer.get_by_role("progressbar", name="Verzegeld")).to_have_attribute("value", "0")
    assert axe_faults(officer) == []
    # The third file takes so long that there is time to stop.
    posts = []

    def slowly(route: Route) -> None:
        posts.append(route.request.post_data)
        if len(posts) != 3:
            route.continue_()

    officer.route("**/verzegelen/", slowly)
    officer.get_by_role("button", name="Verzegel alles").click()
    expect(officer.locator(".count")).to_have_text(f"2 van {TOTAL}", timeout=30_000)
    expect(officer.get_by_role("button", name="Stoppen")).to_be_focused()
    assert axe_faults(officer) == []
    officer.get_by_role("button", name="Stoppen").click()
    expect(officer.get_by_role("status").filter(has_text="Gestopt")).to_have_text(
        f"Gestopt: 2 van {TOTAL} bestanden zijn verzegeld."
    )
    assert len(missing(edition)) == TOTAL - 2
    expect(officer.get_by_role("button", name="Verder")).to_be_focused()
    officer.get_by_role("button", name="Verder").click()
    expect(officer.locator(".said")).to_have_text(f"Klaar: alle {TOTAL} bestanden zijn verzegeld.", timeout=30_000)
    expect(officer.get_by_role("progressbar")).to_have_attribute("value", str(TOTAL))
    assert missing(edition) == []
    expect(officer.get_by_role("button", name=re.compile("Verder|Stoppen|Verzegel"))).to_have_count(0)
    officer.get_by_role("link", name="Naar editie 2020-2").click()
    expect(officer.locator("h1")).to_have_text("Editie 2020-2")
    assert axe_faults(officer) == []


def test_logged_out_or_no_connection_is_told(officer: Page, edition: Edition, address: str) -> None:
    officer.goto(f"{address}verzegelen/")
    officer.route("**/verzegelen/", lambda route: route.abort())
    officer.get_by_role("button", name="Verzegel alles").click()
    expect(officer.locator(".said.fault")).to_contain_text("De monitor is niet te bereiken.")
    officer.unroute("**/verzegelen/")
    officer.route("**/verzegelen/", lambda route: route.fulfill(status=500, body=""))
    officer.get_by_role("button", name="Verzegel alles").click()
    expect(officer.locator(".said.fault")).to_contain_text("Dit bestand is niet gelukt.")
    officer.unroute("**/verzegelen/")
    officer.context.clear_cookies(name="sessionid")
    officer.get_by_role("button", name="Verzegel alles").click()
    expect(officer.locator(".said.fault")).to_contain_text("U bent uitgelogd.")
    assert len(missing(edition)) == TOTAL


def test_without_a_script(live_server, browser, browser_context_args, edition: Edition, address: str) -> None:
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    officer = open_page_as(context, live_server.url, "beleidsmedewerker")
    officer.goto(f"{address}verzegelen/")
    expect(officer.get_by_role("button", name="Stoppen")).to_have_count(0)
    officer.get_by_role("button", name="Verzegel alles").click(timeout=60_000)
    expect(officer.locator("h1")).to_have_text("Editie 2020-2", timeout=60_000)
    expect(officer.locator(".messages")).to_contain_text("Alle documenten van editie 2020-2 zijn verzegeld.")
    assert missing(edition) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits(officer: Page, address: str, width: int) -> None:
    officer.set_viewport_size({"width": width, "height": 800})
    for path in ("verzegelen/", ""):
        officer.goto(address + path)
        assert officer.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_faults(officer) == []
