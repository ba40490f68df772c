"""Figures from a file in a real browser: download, fill in, upload with mistakes, correct, confirm."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from indicators.actions.practice import make_accounts
from priorities.models import Kadernota
from tests.browser.entry_grid import log_in
from tests.browser.page_checks import axe_faults, collect_errors
from tests.cast import REAL, component_of, load_real, revision_of
from tests.pages.upload_forms import CBS, filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = 2021
WRONG = {("V2", ""): "6.3", ("V6", ""): "ca. 12", ("V8", ""): "-", ("V7", ""): "9", ("V10", ""): "1"}
RIGHT = WRONG | {("V2", ""): "6,3", ("V6", ""): "12", ("V8", ""): "n.b."}


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    """Load the real kadernota, and accounts to log in with."""
    make_accounts()
    return load_real()


@pytest.fixture(autouse=True)
def complaints(page: Page) -> Iterator[None]:
    """Check that no script fails and that the policy blocks nothing."""
    errors = collect_errors(page)
    yield
    assert errors == []


def open_page(page: Page, root: str) -> None:
    """Open the page of uploads, and log in on the way."""
    page.goto(f"{root}/{REAL}/uit-bestand/{YEAR}/")
    log_in(page)
    expect(page.locator("h1")).to_have_text(f"Cijfers over {YEAR} uit een bestand")


def upload(page: Page, content: bytes, name: str = "ingevuld.xlsx") -> None:
    """Choose a file on the open page, and send it."""
    page.set_input_files("#id_file", FilePayload(name=name, mimeType="application/octet-stream", buffer=content))
    page.get_by_role("button", name="Bestand controleren").click()
    expect(page.locator("h1")).to_have_text("Dit zou er veranderen")


def check(page: Page) -> None:
    """Check the page with axe-core and for overflow, at the widths of a desktop and a telephone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_sheet_from_download_to_confirmation(live_server, page: Page, kadernota: Kadernota, tmp_path: Path) -> None:
    open_page(page, live_server.url)
    check(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel alle bronnen").click()
    assert download.value.suggested_filename == f"invulblad-{YEAR}.xlsx"
    download.value.save_as(tmp_path / "invulblad.xlsx")
    sheet = (tmp_path / "invulblad.xlsx").read_bytes()

    upload(page, filled(sheet, WRONG))
    expect(page.locator(".answer")).to_contain_text("2 nieuw, 18 leeg en 3 geweigerd")
    expect(page.get_by_role("row").filter(has_text="V2 Cijfer sociale cohesie")).to_contain_text("6,3")
    expect(page.get_by_role("button", name="Alles vastleggen")).to_have_count(0)
    check(page)
    with page.expect_download() as refused:
        page.get_by_role("button", name="Deze rijen als Excel-bestand").click()
    refused.value.save_as(tmp_path / "geweigerd.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "geweigerd.xlsx").worksheets[0]["I"]
    assert [cell.row for cell in cells if cell.comment] == [3, 8, 10]

    page.get_by_role("link", name="Terug, niets vastleggen").click()
    upload(page, filled((tmp_path / "geweigerd.xlsx").read_bytes(), RIGHT))
    check(page)
    page.get_by_role("button", name="Alles vastleggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Beantwoord eerst elke vraag.")
    check(page)
    page.get_by_label("Ja, leg 1 vast").check()
    page.get_by_role("button", name="Alles vastleggen").click()
    expect(page.get_by_role("status")).to_have_text("Vastgelegd: 5 nieuw.")
    assert revision_of(kadernota, "V2", YEAR).explanation == ""
    assert revision_of(kadernota, "V8", YEAR).no_value == "nb"


def test_open_data_is_linked_and_recorded(live_server, page: Page, kadernota: Kadernota) -> None:
    open_page(page, live_server.url)
    upload(page, CBS.encode(), "47018NED.csv")
    check(page)
    choice = page.get_by_role("combobox", name="1.4.6 Straatroof Geregistreerde misdrijven (aantal)")
    choice.select_option(str(component_of(kadernota, "V6").series_id))
    page.get_by_role("button", name="Koppeling bewaren en opnieuw controleren").click()
    expect(page.locator(".answer")).to_contain_text("1 rij gelezen: 1 nieuw.")
    check(page)
    page.get_by_role("button", name="Alles vastleggen").click()
    expect(page.get_by_role("status")).to_have_text("Vastgelegd: 1 nieuw.")
    assert revision_of(kadernota, "V6", YEAR).provisional


def test_a_fault_in_a_block_stands_at_the_field(live_server, page: Page, kadernota: Kadernota) -> None:
    open_page(page, live_server.url)
    page.get_by_label("Blok uit een spreadsheet").fill("V6\t1\t2\t3")
    page.get_by_role("button", name="Blok controleren").click()
    expect(page.get_by_role("alert")).to_contain_text("Regel 1 heeft 4 kolommen.")
    expect(page.get_by_label("Blok uit een spreadsheet")).to_have_value("V6\t1\t2\t3")
    check(page)
