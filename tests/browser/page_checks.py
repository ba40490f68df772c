"""Check a page in a browser: axe-core, script errors, blocked content, overflow; and open one as a user."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"

# The axe rules whose result can depend on width and colours.
VISUAL_RULES = (
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
    "aria-required-children", "aria-required-parent", "th-has-data-cells", "td-headers-attr", "empty-table-header",
    "heading-order", "landmark-one-main", "region", "bypass", "skip-link", "label", "list", "listitem",
)  # fmt: skip
# Controls smaller than 24 by 24 pixels, except those in running text or tables.
SMALL_CONTROLS = """() => [
        ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, textarea")
    ]
    .filter((item) => item.checkVisibility() && !item.closest(".visually-hidden, .skip, p, dd, li, td, caption"))
    .map((item) => [item, item.getBoundingClientRect()])
    .filter(([, box]) => box.height < 23.5 || box.width < 23.5)
    .map(([item, box]) => `${item.outerHTML.slice(0, 90)}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


def open_page_as(context: BrowserContext, root: str, username: str) -> Page:
    """Open a page with a session of this user, without the login form; "" is anonymous."""
    if username:
        client = Client()
        client.force_login(User.objects.get(username=username))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": root}])
    return context.new_page()


def collect_errors(page: Page) -> list[str]:
    """Return a list that collects the errors of the page: of scripts, and of content that the policy blocks.

    The status of a response is not an error of the page.
    """
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        is_response = "the server responded with a status of" in message.text
        if message.type == "error" and not is_response:
            errors.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.add_init_script(WATCH)
    return errors


def axe_faults(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """Return the violations that axe-core finds, best practices included; by the rules in `only`, or by all."""
    page.wait_for_load_state()  # with its style sheets
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "elementRef": False} | ({"runOnly": list(only)} if only else {})
    violations = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{violation['id']}: {node['html'][:120]}" for violation in violations for node in violation["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
