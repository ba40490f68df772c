"""The interactive chart in a real browser, under the policy of the settings, served from this folder alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from indicators.charts import component_figure, component_svg, priority_figure, priority_svg
from tests.charts.chart_rows import practice_overview
from tests.repository.tree import ROOT

pytestmark = [pytest.mark.engine_free, pytest.mark.browser]

SITE = "http://kaart.test/"
DATA = "grafiek.json"
PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>Proef</title>
<link rel="stylesheet" href="/css/theme.css"><link rel="stylesheet" href="/css/monitor.css"><main>{}</main>
<script src="/js/charts.js" defer data-plotly="/vendor/plotly-basic.min.js"
  data-plotly-css="/vendor/plotly.css"></script></html>"""


@dataclass
class Site:
    """A page with two charts: the paths requested, the errors of the browser, and a path that is not found."""

    page: Page
    requested: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    missing: str = ""

    def answer(self, route: Route) -> None:
        """Serve the page and the static files, each with the policy of the settings."""
        path = route.request.url.removeprefix(SITE)
        self.requested.append(path)
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        headers = {"Content-Security-Policy": "; ".join(" ".join([name, *values]) for name, values in directives)}
        if not path:
            route.fulfill(body=PAGE.format(charts()), content_type="text/html; charset=utf-8", headers=headers)
        elif path == DATA and path != self.missing:
            route.fulfill(body=json.dumps(figures()), content_type="application/json", headers=headers)
        elif path == self.missing or not (ROOT / "static" / path).is_file():
            route.fulfill(status=404, body="", headers=headers)
        else:
            route.fulfill(path=ROOT / "static" / path, headers=headers)


def charts() -> str:
    """The figures as a page writes them."""
    overview = practice_overview()
    row = overview.row("V20")
    svgs = [
        component_svg(overview, row, row.components[0], 2020),
        priority_svg(overview, overview.priorities[0], 2020),
    ]
    return "".join(
        f'<figure class="chart" data-chart="data-{n}" data-chart-url="/{DATA}">{svg}</figure>'
        for n, svg in enumerate(svgs)
    )


def figures() -> dict[str, Any]:
    """Their data, as the site gives it."""
    overview = practice_overview()
    row = overview.row("V20")
    return {
        "data-0": component_figure(overview, row, row.components[0], 2020),
        "data-1": priority_figure(overview, overview.priorities[0], 2020),
    }


@pytest.fixture
def site(page: Page) -> Iterator[Site]:
    """The page, loaded."""
    site = Site(page)
    page.on("console", lambda message: site.errors.append(message.text))
    page.on("pageerror", lambda error: site.errors.append(str(error)))
    page.route(f"{SITE}**", site.answer)
    page.goto(SITE)
    yield site


def test_nothing_is_loaded_before_it_is_asked_for(site: Site) -> None:
    expect(site.page.get_by_role("button", name="Interactief")).to_have_count(2)
    assert not [path for path in site.requested if path.startswith("vendor/") or path == DATA]
    assert not site.errors


def test_interactive_and_back_with_the_keyboard(site: Site) -> None:
    page, figure = site.page, site.page.locator("figure").first
    button = figure.locator("button.chart-switch")
    before = figure.bounding_box()["height"]
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Terug naar de gewone grafiek")
    expect(button).to_be_focused()
    expect(figure.locator("svg.chart-picture")).to_be_hidden()
    assert figure.bounding_box()["height"] == pytest.approx(before, abs=2)
    assert figure.locator(".annotation-text").all_text_contents().count("<5") == 1
    buttons = figure.locator(".modebar-btn").evaluate_all("all => all.map(one => one.dataset.title)")
    assert buttons == ["Bewaar als afbeelding (PNG)", "Inzoomen", "Uitzoomen", "Hele grafiek"]
    page.keyboard.press("Enter")
    expect(button).to_have_text("Interactief")
    expect(button).to_be_focused()
    expect(figure.locator("svg.chart-picture")).to_be_visible()
    assert figure.locator(".js-plotly-plot .main-svg").count() == 0


def test_both_charts_load_plotly_once_and_break_no_policy(site: Site) -> None:
    for button in site.page.locator("button.chart-switch").all():
        button.click()
        expect(button).to_have_text("Terug naar de gewone grafiek")
    site.page.locator(".chart-interactive .point").first.hover(force=True)
    expect(site.page.locator(".hovertext").first).to_be_visible()
    with site.page.expect_download() as saved:
        site.page.locator(".modebar-btn").first.click(force=True)
    assert saved.value.suggested_filename == "v20-2020.png"
    vendor_paths = [path for path in site.requested if path.startswith("vendor/")]
    assert vendor_paths == ["vendor/plotly.css", "vendor/plotly-basic.min.js"]
    assert site.requested.count(DATA) == 1
    assert site.page.evaluate("document.querySelectorAll('style:not(:empty)').length") == 0
    assert not site.errors


def test_the_policy_is_in_force(site: Site) -> None:
    site.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in error for error in site.errors)


def test_the_chart_has_the_colours_of_the_page(site: Site) -> None:
    site.page.emulate_media(color_scheme="dark")
    site.page.locator("button.chart-switch").first.click()
    line = site.page.locator(".chart-interactive .scatterlayer path.js-line").first
    expect(line).to_have_css("stroke", "rgb(134, 203, 221)")
    site.page.emulate_media(color_scheme="light")
    expect(line).to_have_css("stroke", "rgb(11, 88, 112)")


@pytest.mark.parametrize("missing", ["vendor/plotly-basic.min.js", "vendor/plotly.css", "grafiek.json"])
def test_a_failure_leaves_the_drawing_and_says_so(site: Site, missing: str) -> None:
    site.missing = missing
    figure = site.page.locator("figure").first
    figure.locator("button").click()
    expect(figure.get_by_role("status")).to_have_text(
        "De interactieve grafiek kon niet worden geladen. De gewone grafiek blijft staan."
    )
    expect(figure.locator("svg.chart-picture")).to_be_visible()
    site.missing = ""
    figure.locator("button").click()
    expect(figure.locator("button.chart-switch")).to_have_text("Terug naar de gewone grafiek")


def test_without_javascript_the_drawing_is_all(browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(f"{SITE}**", Site(page).answer)
    page.goto(SITE)
    expect(page.get_by_role("img", name="V20 Aantal casussen, 2017-2022")).to_be_visible()
    expect(page.locator("button")).to_have_count(0)
    context.close()
