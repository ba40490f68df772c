"""The pages of the programme in a browser: no fault for axe-core, wide, narrow, dark; kept without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from indicators.models import ProgrammeLine
from indicators.practice import ADOPTER, OFFICER, PASSWORD
from priorities.models import Kadernota
from tests.cast import load_practice_kadernota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PUBLIC = ("/?jaar=2020", "/prioriteit/3/?jaar=2020", "/themas/?jaar=2020", "/thema/10/?jaar=2020", "/vth/?jaar=2021",
          "/editie/2020-2/", "/vergelijken/?van=2018-1&naar=2020-2")  # fmt: skip
NEW = "/programma-invoeren/2021/nieuw/prioriteit-1/activiteit/"
OF = {"": PUBLIC, OFFICER: ("/programma-invoeren/2022/", NEW, "/mijn-werk/?jaar=2022", "/vth/?jaar=2022"),
      ADOPTER: ("/vaststellen/2022/",)}  # fmt: skip
SCREENS = [(1280, "light"), (390, "light"), (320, "dark")]


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


def log_in(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/inloggen/")
    page.fill("main [name=username]", username)
    page.fill("main [name=password]", PASSWORD)
    page.click("main button[type=submit]")


def faults(page: Page) -> list[tuple[str, list]]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_and_nothing_overflows(
    live_server, browser, browser_context_args, kadernota: Kadernota, width: int, scheme: str
) -> None:
    wanted = browser_context_args | {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for username, paths in OF.items():
        context = browser.new_context(**wanted)
        page = context.new_page()
        if username:
            log_in(page, live_server.url, username)
        for path in paths:
            page.goto(f"{live_server.url}/{kadernota.slug}{path}")
            assert not faults(page), path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        context.close()


def test_a_line_is_kept_without_a_script(live_server, browser, browser_context_args, kadernota: Kadernota) -> None:
    """Refused first: the fault has the focus, leads to its field, and what was typed stands there. Then saved."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    log_in(page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/{kadernota.slug}/programma-invoeren/2021/")
    page.get_by_role("link", name="Activiteit toevoegen bij 1. Verbeteren").click()
    page.get_by_label("Wat", exact=True).fill("Buurtavond")
    page.get_by_label("Begroot").fill("50,000")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("€ 50.000")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.url.endswith("#id_budget")
    expect(page.get_by_label("Wat", exact=True)).to_have_value("Buurtavond")
    page.get_by_label("Begroot").fill("50.000")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("status")).to_contain_text("‘Buurtavond’ is bewaard als concept.")
    row = page.get_by_role("row", name="Buurtavond")
    expect(row).to_contain_text("€ 50.000")
    row.get_by_role("link", name="intrekken").click()
    page.get_by_label("Waarom hoort deze regel er niet?").fill("Hoort bij 2022.")
    page.get_by_role("button", name="Trek deze regel in").click()
    expect(page.get_by_role("status")).to_contain_text("‘Buurtavond’ is ingetrokken.")
    assert ProgrammeLine.objects.latest("pk").withdrawn
