"""The form of a year without JavaScript: all works except verdicts while typing and pasting a block."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from priorities.models import Kadernota
from tests.browser.entry_grid import beside, figure, log_in, open_year, save
from tests.cast import load_practice_kadernota, revision_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"java_script_enabled": False}


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


def test_question_refusal_and_saving(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    expect(beside(page, "V17", "question")).to_be_hidden()
    figure(page, "V17").fill("430")
    beside(page, "V17", "explanation").fill("Anders geteld.")
    figure(page, "V1").fill("21.5")
    save(page)
    expect(page.locator(".faults li")).to_have_count(2)
    expect(figure(page, "V17")).to_have_value("430")
    expect(beside(page, "V17", "verdict")).to_contain_text("430 RIEC-casussen")
    beside(page, "V17", "confirm").check()
    figure(page, "V1").fill("21")
    figure(page, "V1").press("Enter")  # without a script this sends the form
    expect(page.locator(".messages")).to_contain_text("Bewaard: 1 nieuw, 1 gewijzigd.")
    assert revision_of(kadernota, "V17", 2021).number == 430


def test_an_expired_login(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    page.context.clear_cookies(name="sessionid")
    figure(page, "V1").fill("21")
    save(page)
    log_in(page)
    expect(figure(page, "V1")).to_have_value("21")
    page.click(".recovered button")
    expect(figure(page, "V1")).to_have_value("")
    assert revision_of(kadernota, "V1", 2021) is None
