"""Work in the form of a year as an officer does, in a browser."""

from playwright.sync_api import Locator, Page

from indicators.actions.practice import OFFICER, PASSWORD
from tests.cast import PRACTICE


def log_in(page: Page) -> None:
    """Fill in and submit the open login page."""
    page.fill("#id_username", OFFICER)
    page.fill("#id_password", PASSWORD)
    page.click("main form [type=submit]")


def open_year(page: Page, root: str, year: int) -> None:
    """Open the form of a year by way of the login page."""
    page.goto(f"{root}/{PRACTICE}/invoeren/{year}/")
    log_in(page)
    page.wait_for_selector("form.entry")
    page.wait_for_load_state()  # style sheet and script too


def figure(page: Page, label: str) -> Locator:
    """Return the figure field with this label, such as "V5 absoluut"."""
    return page.locator(f'[data-label="{label}"]')


def beside(page: Page, label: str, name: str) -> Locator:
    """Return another element of the same component: verdict, question, explanation or confirm."""
    return page.locator(f"#{name}-{figure(page, label).get_attribute('data-component')}")


def save(page: Page) -> None:
    """Press the save button and wait for the response."""
    with page.expect_navigation():
        page.click(".save-bar [type=submit]")


def paste(page: Page, text: str) -> None:
    """Paste a text as copied from a spreadsheet, at the focus."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )
