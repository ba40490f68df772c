"""The pages beside the figures in a browser: no fault for axe-core, wide, narrow, dark; search by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from priorities.models import Kadernota
from tests.cast import load_practice_kadernota, load_real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "/hoe-wij-oordelen/", "/{slug}/hoe-wij-oordelen/", "/{slug}/vergelijken/?van=2019-1&naar=2020-2",
    "/{slug}/vergelijken/?van=2020-1&naar=2020-1", "/{slug}/zoeken/?q=woning", "/{slug}/zoeken/?q=inbraakje",
    "/{slug}/zoeken/", "/{slug}/indicator/V20/?jaar=2019", "/{slug}/prioriteit/3/?editie=2020-1",
    "/toegankelijkheid/", "/bestaat-niet/", "/{slug}/uitvoeringsprogramma/2020/",
)  # fmt: skip


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    load_real()
    return load_practice_kadernota()


def faults(page: Page) -> list[tuple[str, list]]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(
    live_server, browser, browser_context_args, kadernota: Kadernota, width: int, scheme: str
) -> None:
    context = browser.new_context(
        **browser_context_args | {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(live_server.url + path.format(slug=kadernota.slug))
        assert not faults(page), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


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
