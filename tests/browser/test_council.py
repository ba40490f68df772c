"""Search by keyboard, compare two editions and download a table, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from priorities.models import Kadernota
from tests.cast import load_practice_kadernota, load_real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    load_real()
    return load_practice_kadernota()


def test_search_by_keyboard_and_back_to_an_indicator(live_server, page: Page, kadernota: Kadernota) -> None:
    page.goto(f"{live_server.url}/{kadernota.slug}/")
    field = page.get_by_role("searchbox")
    field.focus()
    field.fill("FINANCIEN")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoeken")
    expect(page.get_by_role("searchbox")).to_have_value("FINANCIEN")
    page.get_by_role("searchbox").fill("v13")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="V13").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indicator V13")


def test_two_editions_are_chosen_and_the_table_is_downloaded(live_server, page: Page, kadernota: Kadernota) -> None:
    page.goto(f"{live_server.url}/{kadernota.slug}/?editie=2020-1")
    page.get_by_role("link", name="zie wat er is veranderd").click()
    expect(page.locator(".answer")).to_contain_text("Tussen editie 2020-1 en editie 2022-1")
    page.get_by_label("Naar").select_option("2020-2")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".answer")).to_contain_text("veranderden 2 cijfers")
    page.goto(f"{live_server.url}/{kadernota.slug}/prioriteit/1/?bron=Politie&jaar=2021")
    with page.expect_download() as download:
        page.get_by_role("link", name="ODS", exact=True).click()
    assert download.value.suggested_filename.endswith("-2021.ods")
