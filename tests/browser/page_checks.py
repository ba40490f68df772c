"""Looking at a page in a browser: what axe-core finds, what the policy blocks, what sticks out; and being logged in."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"

# The rules whose answer can differ with the width and the colours; the others read the same page.
DEPENDS_ON_THE_LOOK = (
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
    "aria-required-children", "aria-required-parent", "th-has-data-cells", "td-headers-attr", "empty-table-header",
    "heading-order", "landmark-one-main", "region", "bypass", "skip-link", "label", "list", "listitem",
)  # fmt: skip
# Controls smaller than 24 by 24 pixels, but for those in a line of text, and the sideways scrolling of a table.
SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, textarea")]
    .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, .skip, p, dd, li, td, caption"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 23.5 || box.width < 23.5)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


def logged_in(context: BrowserContext, root: str, username: str) -> Page:
    """A page of somebody who has logged in, without the form."""
    if username:
        client = Client()
        client.force_login(User.objects.get(username=username))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": root}])
    return context.new_page()


def complaints_of(page: Page) -> list[str]:
    """A list that grows with what goes wrong in the page: errors of scripts, and what the policy blocks.

    That an answer is a refusal is no fault of the page; nor that Chromium asks for an icon by its own accord.
    """
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_answer = "the server responded with a status of" in message.text
        if message.type == "error" and not is_answer:
            found.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.add_init_script(WATCH)
    return found


def axe_faults(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong on the page, as text; the best practices count too. By these rules, or by all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "elementRef": False} | ({"runOnly": list(only)} if only else {})
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
