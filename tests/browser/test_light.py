"""In a real browser: what a first view loads, that nothing comes from elsewhere, and that axe finds no fault."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PRACTICE, load_practice_kadernota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# The page and three style sheets; where there is a chart, its style sheet and its script. A browser without a window
# asks for no icon.
START, WITH_CHART = 4, 6
PAGES = {
    "": START, "prioriteit/1/": WITH_CHART, "prioriteit/3/?jaar=2020": WITH_CHART, "indicator/V5/": WITH_CHART,
    "indicator/V14/?jaar=2021": WITH_CHART, "indicator/V1/?jaar=2019": WITH_CHART,
}  # fmt: skip


def test_public_pages_are_light_and_accessible(live_server, page: Page) -> None:
    load_practice_kadernota()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path, most in PAGES.items():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            asked.clear()
            page.goto(f"{live_server.url}/{PRACTICE}/{path}", wait_until="networkidle")
            assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
            assert len([url for url in asked if not url.endswith(".svg")]) <= most, asked
            page.evaluate(AXE)
            found = page.evaluate("axe.run()")["violations"]
            assert not found, [(path, one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def test_a_chart_is_loaded_from_here_when_it_is_asked_for(live_server, page: Page) -> None:
    load_practice_kadernota()
    page.goto(f"{live_server.url}/{PRACTICE}/indicator/V5/", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    for button in page.locator("button.chart-switch").all():
        button.click()
        expect(button).to_have_text("Terug naar de gewone grafiek")
    assert [path.partition("?")[0].rpartition("/")[2] for path in asked] == [
        "grafiek.json", "plotly.css", "plotly-basic.min.js"
    ]  # fmt: skip
    assert page.locator(".js-plotly-plot .main-svg").count() > 0
