"""The programme in a browser without JavaScript: a line is refused, saved and withdrawn."""

import pytest
from playwright.sync_api import expect

from indicators.actions.practice import OFFICER
from indicators.models import ProgrammeLine
from priorities.models import Kadernota
from tests.browser.page_checks import open_page_as
from tests.cast import load_practice_kadernota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kadernota(live_server) -> Kadernota:
    return load_practice_kadernota()


def test_a_line_is_kept_without_a_script(live_server, browser, browser_context_args, kadernota: Kadernota) -> None:
    """A refused form focuses the faults, which link to their fields, and retains the input; then it is saved."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = open_page_as(context, live_server.url, OFFICER)
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
