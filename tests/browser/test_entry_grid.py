"""The form of a year in a real browser: by keyboard alone, pasting, a conflict, an expired log-in."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from indicators.actions.practice import COLLEAGUE
from indicators.models import Measurement
from priorities.models import Kadernota
from tests.browser.entry_grid import beside, figure, log_in, open_year, paste, save
from tests.browser.page_checks import axe_faults, collect_errors
from tests.cast import User, load_practice_kadernota, record, revision_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# null if the focus is outside the form; otherwise the field if something covers its upper or lower edge.
COVERED = """() => {
    const field = document.activeElement;
    if (!field.closest("form.entry")) return null;
    const {left, top, width, height} = field.getBoundingClientRect();
    const seen = [2, Math.min(height, 38) - 2].map((down) => document.elementFromPoint(left + width / 2, top + down));
    return seen.every((element) => element === field || field.contains(element)) ? [] : [field.id || field.textContent];
}"""


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


@pytest.fixture(autouse=True)
def complaints(page: Page) -> Iterator[None]:
    """Check that no script fails and that the policy blocks nothing."""
    errors = collect_errors(page)
    yield
    assert errors == []


def test_by_keyboard_alone(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    assert axe_faults(page) == []
    figure(page, "V1").focus()
    page.keyboard.type("21")
    page.keyboard.press("Enter")
    expect(figure(page, "V2")).to_be_focused()
    page.keyboard.type("6,2")
    page.keyboard.press("Shift+Enter")
    expect(figure(page, "V1")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(beside(page, "V2", "explanation")).to_be_focused()
    page.keyboard.type("Eerste regel")
    page.keyboard.press("Enter")
    page.keyboard.type("tweede")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(figure(page, "V3")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(figure(page, "V2")).to_be_focused()
    figure(page, "VTH3").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".save-bar [type=submit]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Bewaard: 2 nieuw.")
    assert revision_of(kadernota, "V2", 2021).explanation == "Eerste regel\ntweede"
    assert revision_of(kadernota, "V1", 2021).number == 21


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 480)])
def test_what_has_the_focus_is_never_covered(
    live_server, page: Page, kadernota: Kadernota, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_year(page, live_server.url, 2022)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for start, key in (("V1", "Tab"), ("VTH3", "Shift+Tab")):
        figure(page, start).focus()
        passed, hidden = walk(page, key)
        assert passed > 40 and hidden == []
    assert axe_faults(page) == []


def test_without_room_kept_for_them_they_would_be_covered(live_server, page: Page, kadernota: Kadernota) -> None:
    """Negative control of the test above."""
    open_year(page, live_server.url, 2022)
    figure(page, "V1").focus()
    page.evaluate("document.documentElement.style.scrollPaddingBlock = '0'")
    assert walk(page, "Tab")[1] != []


def walk(page: Page, key: str) -> tuple[int, list[str]]:
    """Press a key until the focus leaves the form; return how many fields it passed, and which were covered."""
    hidden = []
    for passed in range(200):
        page.keyboard.press(key)
        covered = page.evaluate(COVERED)
        if covered is None:
            return passed, hidden
        hidden += covered
    raise AssertionError("the focus never leaves the form")


def test_the_verdict_while_typing(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    figure(page, "V3").fill("4.500")
    expect(beside(page, "V3", "verdict")).to_have_text("✓ Op koers 4.500 meldingen over de openbare ruimte")
    figure(page, "V3").fill("4,500")
    expect(beside(page, "V3", "verdict")).to_contain_text("Bedoelt u 4.500?")
    expect(figure(page, "V3")).to_have_attribute("aria-invalid", "true")
    assert axe_faults(page) == []
    figure(page, "V3").fill("65.000")
    expect(beside(page, "V3", "question")).to_contain_text("meer dan tien keer")
    expect(figure(page, "V3")).not_to_have_attribute("aria-invalid", "true")
    beside(page, "V3", "confirm").check()
    figure(page, "V3").fill("66.000")
    expect(beside(page, "V3", "verdict")).to_contain_text("66.000")
    expect(beside(page, "V3", "confirm")).not_to_be_checked()
    assert axe_faults(page) == []
    beside(page, "V3", "explanation").fill("Een verhaal.")
    page.keyboard.press("Escape")
    expect(beside(page, "V3", "explanation")).to_have_value("Een verhaal.")
    figure(page, "V3").press("Escape")
    expect(figure(page, "V3")).to_have_value("4.730")
    expect(beside(page, "V3", "question")).to_be_hidden()


def test_pasting_a_block_and_taking_it_back(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    before = [figure(page, name).input_value() for name in ("V18", "V19", "V20", "V21")]
    figure(page, "V18").focus()
    paste(page, '1\tEén vals alarm\tpolitie\r\n700\t"Regel een\n""regel"" twee"\r\n\t\r\n8\r\n\t\r\n\t\r\n\t\r\n12\r\n')
    status = page.locator(".pasted [role=status]")
    expect(status).to_have_text(
        "Geplakt: 3 cijfers (V18 tot en met V21) en 2 toelichtingen. Niet geplakt: ‘politie’, ‘12’."
    )
    assert [figure(page, name).input_value() for name in ("V18", "V19", "V20", "V21")] == ["1", "700", before[2], "8"]
    expect(beside(page, "V19", "explanation")).to_have_value('Regel een\n"regel" twee')
    expect(beside(page, "V19", "verdict")).to_contain_text("Op koers")
    assert axe_faults(page) == []
    page.click(".pasted button")
    assert [figure(page, name).input_value() for name in ("V18", "V19", "V20", "V21")] == before
    expect(beside(page, "V18", "explanation")).to_have_value("")
    expect(figure(page, "V18")).to_be_focused()
    expect(page.locator(".pasted")).to_be_hidden()


def test_one_cell_is_pasted_as_usual(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    figure(page, "V1").focus()
    paste(page, "21\r\n")
    expect(figure(page, "V1")).to_have_value("21")
    beside(page, "V1", "explanation").focus()
    paste(page, "een\ntwee")  # a text of several lines belongs in that one field
    expect(page.locator(".pasted [role=status]")).to_have_text("Geplakt: 1 cijfer (V1).")


def test_leaving_with_unsaved_work_warns(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Terug zonder te bewaren").click()
    page.wait_for_url("**jaar=2021")
    assert dialogs == []
    page.go_back()
    figure(page, "V1").press_sequentially("21")
    expect(page.locator(".unsaved")).to_have_text("1 veld gewijzigd, nog niet bewaard")
    page.get_by_role("link", name="Terug zonder te bewaren").click()
    page.wait_for_url("**jaar=2021")
    assert dialogs == ["beforeunload"]


def test_a_refusal_has_the_focus_and_leads_to_the_field(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    figure(page, "V1").fill("ca. 21")
    save(page)
    expect(page.locator(".faults")).to_be_focused()
    assert axe_faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(figure(page, "V1")).to_be_focused()
    expect(figure(page, "V1")).to_have_value("ca. 21")
    expect(page.locator(".unsaved")).to_have_text("Nog niet bewaard")


def test_a_conflict(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    record(kadernota, "V1", 2021, "24", by=User.objects.get(username=COLLEAGUE), explanation="Uit de enquête.")
    figure(page, "V1").fill("21")
    figure(page, "V2").fill("6,4")
    save(page)
    expect(page.locator(".faults h2")).to_have_text("Een collega was eerder")
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert axe_faults(page) == []
    page.get_by_label("Neem mijn cijfer: 21%").check()
    save(page)
    expect(page.locator(".messages")).to_contain_text("Bewaard: 1 nieuw, 1 gewijzigd.")
    assert [revision_of(kadernota, code, 2021).number for code in ("V1", "V2")] == [21, Decimal("6.4")]


def test_an_expired_login(live_server, page: Page, kadernota: Kadernota) -> None:
    open_year(page, live_server.url, 2021)
    before = Measurement.objects.count()
    page.context.clear_cookies(name="sessionid")
    figure(page, "V1").fill("21")
    expect(page.locator(".unsaved")).to_contain_text("na het inloggen staat alles er weer")
    save(page)
    expect(page.locator(".messages")).to_contain_text("Wat u typte is bewaard")
    assert axe_faults(page) == []
    log_in(page)
    expect(page.locator(".recovered")).to_contain_text("maar is nog niet bewaard")
    expect(figure(page, "V1")).to_have_value("21")
    assert axe_faults(page) == [] and Measurement.objects.count() == before
    save(page)
    expect(page.locator(".messages")).to_contain_text("Bewaard: 1 nieuw.")
    assert revision_of(kadernota, "V1", 2021).number == 21
