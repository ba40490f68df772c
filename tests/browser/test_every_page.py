"""Check every page in every state for every role: axe-core, the policy, 320 pixels, the size of targets."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from indicators.actions.practice import ADOPTER, KEEPER, OFFICER
from tests.browser import preparation
from tests.browser.page_checks import SMALL_CONTROLS, VISUAL_RULES, axe_faults, collect_errors, open_page_as, overflow
from tests.browser.preparation import DRAFT, EDITORIAL, prepare_versions, with_numbers
from tests.cast import PRACTICE, REAL, load_practice_kadernota, load_real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

P, R = f"/{PRACTICE}", f"/{REAL}"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}  # 1280 pixels at 400 %: 320
PUBLIC = (
    "/", f"{P}/?jaar=2021", f"{P}/?editie=2020-1", f"{P}/prioriteit/1/?jaar=2021", f"{R}/prioriteit/3/?jaar=2020",
    f"{P}/prioriteit/2/?bron=KMar&sort=-status", f"{P}/prioriteit/3/?editie=2020-1", f"{P}/indicator/V5/",
    f"{P}/indicator/V14/?jaar=2021", f"{P}/indicator/V1/?jaar=2019", f"{P}/indicator/V20/?jaar=2019",
    f"{P}/indicator/V5/geschiedenis/", f"{P}/bijlage/2020/", f"{R}/bijlage/2018/", f"{P}/editie/2020-2/",
    f"{P}/editie/2022-1/", f"{P}/besluiten/", f"{R}/besluiten/", "/hoe-wij-oordelen/", f"{P}/hoe-wij-oordelen/",
    f"{P}/vergelijken/?van=2019-1&naar=2020-2", f"{P}/vergelijken/?van=2020-1&naar=2020-1",
    f"{P}/zoeken/?q=woning", f"{P}/zoeken/?q=inbraakje", f"{P}/zoeken/", "/toegankelijkheid/", "/inloggen/",
    "/bestaat-niet/", f"{P}/indicator/V99/", f"{P}/themas/?jaar=2020", f"{R}/thema/10/", f"{P}/thema/3/?jaar=2020",
    f"{P}/vth/?jaar=2021", f"{R}/vth/", f"{P}/uitvoeringsprogramma/2020/", f"{P}/indicator/VTH1/?jaar=2021",
    *preparation.PUBLIC,
)  # fmt: skip
OFFICERS = (
    f"{P}/?jaar=2022", f"{P}/prioriteit/3/?jaar=2022", f"{P}/indicator/V16/?jaar=2022", f"{P}/mijn-werk/?jaar=2021",
    f"{P}/mijn-werk/?jaar=2022", f"{P}/invoeren/2022/", f"{R}/invoeren/2021/", f"{P}/uit-bestand/2022/",
    f"{P}/wijzigingen/2022/", f"{P}/bijlage/2022/?concept=1", f"{P}/indicator/V14/geschiedenis/",
    f"{P}/programma-invoeren/2022/", f"{P}/programma-invoeren/2021/nieuw/prioriteit-1/activiteit/",
    f"{P}/uitvoeringsprogramma/2021/?concept=1", f"{P}/vth/?jaar=2022", f"{P}/editie/2020-2/verzegelen/",
    *preparation.OFFICERS,
)  # fmt: skip
ADOPTERS = (
    f"{P}/vaststellen/2022/", f"{P}/vaststellen/2021/", f"{R}/vaststellen/2019/", f"{P}/wijzigingen/2021/",
    *preparation.ADOPTERS,
)  # fmt: skip
KEEPERS = (
    f"{P}/indicator/V5/?jaar=2021", "/beheer/auth/user/", *preparation.KEEPERS,
)  # fmt: skip
REFUSED = {"/bestaat-niet/": 404, f"{P}/indicator/V99/": 404, "/beheer/auth/user/": 403}


def skip_browser_validation(page: Page) -> None:
    """Switch off the validation by the browser, so that the server refuses the form."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")


def refused_log_in(page: Page, root: str) -> None:
    """Log in with a wrong password."""
    page.goto(f"{root}/inloggen/")
    page.fill("#id_username", OFFICER)
    page.fill("#id_password", "verkeerd")
    page.click("main form [type=submit]")
    page.wait_for_selector(".has-error, .errorlist, [role=alert]")


def expired_form(page: Page, root: str) -> None:
    """Send a form without its CSRF token."""
    page.goto(f"{root}/inloggen/")
    page.context.clear_cookies(name="csrftoken")
    skip_browser_validation(page)
    page.click("main form [type=submit]")
    page.wait_for_selector("h1:has-text('verlopen')")


def refused_figures(page: Page, root: str) -> None:
    """Send the form of a year with a refused figure, a warning and a missing reason."""
    page.goto(f"{root}{P}/invoeren/2021/")
    for number, typed in enumerate(("ca. 21", "6,4", "4,500", "900000")):
        page.locator(".figure-field").nth(number).fill(typed)
    page.click(".save-bar [type=submit]")
    page.wait_for_selector(".faults")


def preview(page: Page, root: str) -> None:
    """Open the preview of a pasted block with new, equal and refused figures."""
    page.goto(f"{root}{P}/uit-bestand/2022/")
    page.get_by_label("Blok uit een spreadsheet").fill("V1\t21\nV2\t6.3\nV3\t45.000\nV6\tca. 12\nV16\t39")
    page.get_by_role("button", name="Blok controleren").click()
    page.wait_for_selector("h1:has-text('Dit zou er veranderen')")


def refused_adoption(page: Page, root: str) -> None:
    """Send a figure back without a reason."""
    page.goto(f"{root}{P}/vaststellen/2022/")
    page.locator(".send-back summary, summary").first.click()
    skip_browser_validation(page)
    page.get_by_role("button", name="Stuur V").first.click()
    page.wait_for_selector(".faults, .fault")


def refused_targets(page: Page, root: str) -> None:
    """Save a grid with cells that are no targets."""
    page.goto(f"{root}{DRAFT}/cijfers/")
    for number, typed in enumerate(("ca. 21", "vijf", "<")):
        page.locator(".year-cell input").nth(number).fill(typed)
    page.get_by_role("button", name="Bewaren").last.click()
    page.wait_for_selector(".faults")


def pasted_targets(page: Page, root: str) -> None:
    """Put a block of targets in the grid, with a row that it does not know."""
    page.goto(f"{root}{DRAFT}/cijfers/")
    page.get_by_text("Plak een blok uit een rekenblad").click()
    page.get_by_label("Het blok").fill("\t2021\t2022\nV3\t4.000\t3.900\nV99\t1\t2")
    page.get_by_role("button", name="Zet in de tabel").click()
    page.wait_for_selector(".notice")


def refused_indicator(page: Page, root: str) -> None:
    """Save an indicator without a name."""
    page.goto(f"{root}{DRAFT}/indicator/V3/")
    skip_browser_validation(page)
    page.fill("main [name$=name]", "")
    page.get_by_role("button", name="Bewaren").last.click()
    page.wait_for_selector(".faults")


def sheet_preview(page: Page, root: str) -> None:
    """Send the sheet of the newest version to the draft: a preview of what changes."""
    sheet = page.request.get(f"{root}{DRAFT}/blad.json").body()
    changed = sheet.replace(b"openbare ruimte", b"openbaar gebied")
    page.goto(f"{root}{DRAFT}/uit-blad/")
    page.set_input_files("[type=file]", {"name": "nota.json", "mimeType": "application/json", "buffer": changed})
    page.get_by_role("button", name="Controleer het blad").click()
    page.wait_for_selector("h1:has-text('Klopt dit?')")


def refused_sheet(page: Page, root: str) -> None:
    """Send a sheet with faults."""
    sheet = page.request.get(f"{root}{DRAFT}/blad.json").body()
    changed = sheet.replace(b'"V3"', b'"V/3"').replace(b'"lower"', b'"down"')
    page.goto(f"{root}{DRAFT}/uit-blad/")
    page.set_input_files("[type=file]", {"name": "nota.json", "mimeType": "application/json", "buffer": changed})
    page.get_by_role("button", name="Controleer het blad").click()
    page.wait_for_selector(".refusals")


def refused_version(page: Page, root: str) -> None:
    """Adopt an offered version without a reference."""
    page.goto(f"{root}{EDITORIAL}/vaststellen/")
    page.get_by_role("button", name="Stel deze versie vast").click()
    page.wait_for_selector(".faults")


STATES: dict[str, tuple[Callable[[Page, str], None], ...]] = {
    "": (refused_log_in, expired_form), OFFICER: (refused_figures, preview),
    ADOPTER: (refused_adoption, refused_version),
    KEEPER: (refused_targets, pasted_targets, refused_indicator, sheet_preview, refused_sheet),
}  # fmt: skip
READERS = {"": PUBLIC, OFFICER: OFFICERS, ADOPTER: ADOPTERS, KEEPER: KEEPERS}


@pytest.fixture
def root(live_server) -> str:
    load_real()
    load_practice_kadernota()
    prepare_versions()
    return live_server.url


def opened(page: Page, root: str, reader: str) -> Iterator[str]:
    """Open each page of this user and bring it into each state; yield the path or the name of the state."""
    for path in with_numbers(READERS[reader]):
        answer = page.goto(root + path)
        assert answer is not None and answer.status == REFUSED.get(path, 200), path
        yield path
    for bring in STATES[reader]:
        bring(page, root)
        yield bring.__name__


def faults_at(page: Page) -> list[str]:
    """Return what is wrong with a page, wide and light, and narrow and dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    faults = axe_faults(page) + page.evaluate(SMALL_CONTROLS)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    faults += axe_faults(page, only=VISUAL_RULES) + page.evaluate(SMALL_CONTROLS)
    if overflow(page) > 0:
        faults.append(f"{overflow(page)} pixels wider than {NARROW['width']}")
    return faults


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader or "public")
def test_every_page(root: str, browser: Browser, browser_context_args, reader: str) -> None:
    wrong, seen = [], 0
    context = browser.new_context(**browser_context_args | {"viewport": WIDE, "reduced_motion": "reduce"})
    page = open_page_as(context, root, reader)
    complaints = collect_errors(page)
    for place in opened(page, root, reader):
        wrong += [f"{place}: {fault}" for fault in faults_at(page)]
        seen += 1
    wrong += complaints
    context.close()
    assert not wrong, "\n" + "\n".join(wrong)
    assert seen == len(READERS[reader]) + len(STATES[reader])


def test_the_chain_is_a_file(root: str, page: Page) -> None:
    page.goto(f"{root}{P}/besluiten/")
    answer = page.request.get(root + str(page.get_by_role("link", name="keten.json").get_attribute("href")))
    assert answer.headers["content-type"].startswith("application/json")
    assert len(answer.json()["decisions"]) == page.locator("ol.chain > li").count()


def test_the_page_of_a_fault(live_server, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints = collect_errors(page)
    monkeypatch.setattr("indicators.pages.start.views.load_selection", lambda *_: 1 / 0)
    answer = page.goto(f"{live_server.url}{P}/?jaar=2019")
    assert answer is not None and answer.status == 500
    assert faults_at(page) == complaints == []


def test_the_measures_find_a_fault(live_server, page: Page) -> None:
    """Negative control of the tests above."""
    complaints = collect_errors(page)
    page.goto(f"{live_server.url}/toegankelijkheid/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=/x.png><p style=width:2000px>x</p>'")
    page.evaluate("document.querySelector('main').firstElementChild.style.width = '2000px'")
    assert overflow(page) > 0
    page.evaluate("document.querySelector('main > section').insertAdjacentHTML('beforeend', '<input type=checkbox>')")
    page.evaluate("document.querySelector('main > section > input').style.width = '12px'")
    assert len(page.evaluate(SMALL_CONTROLS)) == 1
    assert any("CSP style-src" in complaint for complaint in complaints)
    assert any(fault.startswith("image-alt") for fault in axe_faults(page))
