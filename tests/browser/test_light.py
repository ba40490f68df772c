"""The requests of a first visit: few, and none to other sites."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PRACTICE, load_practice_kadernota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The page, two style sheets and, with a chart, its script. The icon is a data URL.
MOST = 4
PAGES = (
    "", "prioriteit/1/", "prioriteit/3/?jaar=2020", "indicator/V5/", "indicator/V14/?jaar=2021",
    "indicator/V1/?jaar=2019",
)  # fmt: skip


def test_public_pages_are_light(live_server, page: Page) -> None:
    load_practice_kadernota()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url) if request.url.startswith("http") else None)
    for path in PAGES:
        urls.clear()
        page.goto(f"{live_server.url}/{PRACTICE}/{path}")
        assert {urlsplit(url).netloc for url in urls} == {urlsplit(live_server.url).netloc}
        assert len(urls) <= MOST, urls


def test_a_chart_is_loaded_from_here_when_it_is_asked_for(live_server, page: Page) -> None:
    load_practice_kadernota()
    page.goto(f"{live_server.url}/{PRACTICE}/indicator/V5/", wait_until="networkidle")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url.removeprefix(live_server.url)))
    for button in page.locator("button.chart-switch").all():
        button.click()
        expect(button).to_have_text("Terug naar de gewone grafiek")
    assert [path.partition("?")[0].rpartition("/")[2] for path in urls] == [
        "grafiek.json",
        "plotly.css",
        "plotly-basic.min.js",
    ]
    assert page.locator(".js-plotly-plot .main-svg").count() > 0
