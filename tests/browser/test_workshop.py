"""The workshop in a browser: every page at each width, and a kadernota from nothing to public by keyboard."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from indicators.actions.practice import make_accounts
from priorities.models import Kadernota
from tests.browser.page_checks import SMALL_CONTROLS, axe_faults, collect_errors, open_page_as, overflow
from tests.cast import load_practice_kadernota
from tests.pages.workshop_cast import draft_of, new_draft, next_draft, offered, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLUG = "waterstad-2027-2030"
WIDTHS = (320, 390, 820, 1280, 1920)


def keeper() -> User:
    """Return the practice account that prepares."""
    return make_accounts()["beheerder"]


def check(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page, at every width."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach((item) => { item.open = true; })")
    faults = [f"{address} {fault}" for fault in axe_faults(page)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wider := overflow(page):
            faults.append(f"{address} at {width}: {wider} pixels wider than the window")
        faults += [f"{address} at {width}: {control}" for control in page.evaluate(SMALL_CONTROLS)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def test_every_page_of_the_workshop(live_server, browser: Browser, browser_context_args) -> None:
    practice = load_practice_kadernota()
    next_draft(practice, keeper())
    new_draft(keeper())
    addresses = [reverse("werkplaats"), reverse("werkplaats-nieuw"), reverse("werkplaats-nieuw-uit-blad")]
    addresses += [
        reverse(f"werkplaats-{name}", args=[practice.slug]) for name in ("kadernota", "termijnen", "voorstellen")
    ]
    for name in (
        "concept", "nota", "onderwerpen", "nieuw-onderwerp", "indicatoren", "nieuwe-indicator", "cijfers",
        "leeswijzen", "verschil", "voorbeeld", "aanbieden", "weggooien", "uit-blad",
    ):  # fmt: skip
        addresses += [url(f"werkplaats-{name}", practice.slug)]
    addresses += [url("werkplaats-concept", SLUG), url("werkplaats-verschil", SLUG)]
    addresses += [url("werkplaats-onderwerp", practice.slug, topic="prioriteit-1")]
    addresses += [url("werkplaats-indicator", practice.slug, code="V14")]
    addresses += [url("werkplaats-voorbeeld-indicator", practice.slug, code="V14")]
    page = open_page_as(browser.new_context(**browser_context_args), live_server.url, "beheerder")
    errors = collect_errors(page)
    faults = [fault for address in addresses for fault in check(page, live_server.url + address)]
    page.context.close()
    offered(draft_of(Kadernota.objects.get(slug=SLUG)), keeper())
    page = open_page_as(browser.new_context(**browser_context_args), live_server.url, "vaststeller")
    faults += check(page, live_server.url + url("werkplaats-vaststellen", SLUG))
    page.context.close()
    assert not faults + errors, "\n".join(faults + errors)


def type_in(page: Page, label: str, text: str) -> None:
    """Go to a field with the Tab key, and type."""
    field = page.get_by_label(label, exact=True).first
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def tab_to(page: Page, field) -> None:
    """Press Tab until this element has the focus."""
    for _ in range(150):
        if field.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {field} with the Tab key")


def press(page: Page, name: str, role: str = "button") -> None:
    """Go to a button or link with the Tab key, and press Enter."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_nothing_to_public_with_the_keyboard(live_server, browser, browser_context_args, script: bool) -> None:
    make_accounts()
    context = browser.new_context(**browser_context_args | {"java_script_enabled": script})
    page = open_page_as(context, live_server.url, "beheerder")
    page.goto(f"{live_server.url}/werkplaats/")
    press(page, "Van niets", "link")
    for label, text in (
        ("Naam van de organisatie (verplicht)", "Waterstad"),
        ("Korte naam van de organisatie (verplicht)", "waterstad"),
        ("Titel (verplicht)", "Kadernota Veiligheid 2027-2030"),
        ("Adres (verplicht)", "waterstad 2027"),
        ("Eerste jaar (verplicht)", "2027"),
        ("Laatste jaar (verplicht)", "2030"),
        ("Jaar van de nulmeting (verplicht)", "2026"),
        ("Eerste streefjaar (verplicht)", "2027"),
    ):
        type_in(page, label, text)
    press(page, "Bewaren")
    expect(page.get_by_role("alert")).to_contain_text("Schrijf het adres in kleine letters")
    type_in(page, "Adres (verplicht)", SLUG)
    press(page, "Bewaren")
    press(page, "Een eerste prioriteit", "link")
    type_in(page, "Naam (verplicht)", "Veilig in de buurt")
    type_in(page, "Doel in één zin", "Minder inbraken.")
    press(page, "Bewaren")
    press(page, "Indicatoren", "link")
    press(page, "Indicator toevoegen bij Veilig in de buurt", "link")
    type_in(page, "Naam (verplicht)", "Woninginbraken")
    type_in(page, "Bron (verplicht)", "Politie")
    type_in(page, "Waarvan (verplicht)", "woninginbraken")
    tab_to(page, page.get_by_label("Richting (verplicht)").first)
    page.keyboard.press("ArrowDown")
    press(page, "Bewaren")
    expect(page.get_by_role("status").first).to_contain_text("Bewaard")
    press(page, "Cijfers", "link")
    for column, text in (("nulmeting", "120"), ("2027", "110"), ("2030", "<100")):
        type_in(page, f"V1, {column}", text)
    press(page, "Bewaren")
    expect(page.get_by_role("status").first).to_contain_text("Bewaard")
    press(page, "Aanbieden", "link")
    press(page, "Bied dit concept aan")
    expect(page.get_by_role("status").first).to_contain_text("Aangeboden")
    context.close()
    context = browser.new_context(**browser_context_args | {"java_script_enabled": script})
    page = open_page_as(context, live_server.url, "vaststeller")
    page.goto(f"{live_server.url}/werkplaats/")
    press(page, "Nieuwe kadernota", "link")
    press(page, "Vaststellen", "link")
    tab_to(page, page.get_by_label("Datum van het besluit"))
    page.keyboard.type("20112026")
    type_in(page, "Verwijzing naar het besluit", "raad 20 november 2026")
    tab_to(page, page.get_by_label("Ik heb deze versie bekeken", exact=False))
    page.keyboard.press("Space")
    press(page, "Stel deze versie vast")
    expect(page.get_by_role("status").first).to_contain_text("Vastgesteld als besluit 1.")
    context.close()
    page = browser.new_page(**browser_context_args)
    response = page.goto(f"{live_server.url}/{SLUG}/")
    assert response is not None
    assert response.status == 200
    expect(page.get_by_role("main")).to_contain_text("Veilig in de buurt")
    page.close()


def test_a_block_is_pasted_in_the_cells(live_server, browser, browser_context_args) -> None:
    new_draft(keeper())
    context = browser.new_context(**browser_context_args | {"permissions": ["clipboard-read", "clipboard-write"]})
    page = open_page_as(context, live_server.url, "beheerder")
    page.goto(live_server.url + url("werkplaats-cijfers", SLUG))
    page.evaluate("navigator.clipboard.writeText('50\\t45\\t44\\n20\\t4,500\\t18\\n')")
    page.get_by_label("V1, nulmeting", exact=True).focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.get_by_label("V1, 2027", exact=True)).to_have_value("45")
    expect(page.get_by_label("V1, jaar", exact=True)).to_have_value("2026")
    expect(page.get_by_label("V2 licht, 2028", exact=True)).to_have_value("18")
    page.get_by_role("button", name="Bewaren").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Bedoelt u 4.500?")
    expect(page.get_by_label("V1, 2027", exact=True)).to_have_value("45")
    context.close()
