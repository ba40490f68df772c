"""The admin in a real browser: it works, and the content security policy blocks nothing."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Page, expect

from indicators.models import EditionEntry
from priorities.models import Priority
from tests.admin.pages import LOOKED_AT, STRUCTURE
from tests.cast import load_practice_kadernota, load_real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"


def is_complaint(message: ConsoleMessage) -> bool:
    """Tell whether this is an error of the page: Chromium also requests an icon that no page names."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


def test_no_page_breaks_the_policy(live_server, page: Page) -> None:
    load_real()
    load_practice_kadernota()
    user = User.objects.create_superuser("alles", password="een lang wachtwoord")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(WATCH)
    page.goto(f"{live_server.url}/beheer/")
    page.fill("#id_username", "alles")
    page.fill("#id_password", "een lang wachtwoord")
    page.click("[type=submit]")
    expect(page.locator("#content h1")).to_have_text("Gegevens")
    pages = [f"{label.replace('.', '/')}/" for label in (*STRUCTURE, *LOOKED_AT)]
    pages += [f"{label.replace('.', '/')}/add/" for label in STRUCTURE]
    pages += [f"indicators/measurement/{EditionEntry.objects.first().measurement_id}/change/"]
    pages += ["auth/user/", f"auth/user/{user.pk}/change/", "auth/group/add/", "password_change/"]
    for path in pages:
        answer = page.goto(f"{live_server.url}/beheer/{path}")
        assert answer is not None and answer.status == 200, path
        expect(page.locator("#content")).to_be_visible()
    page.goto(f"{live_server.url}/beheer/indicators/deadline/add/")
    page.click(".datetimeshortcuts a >> nth=1")
    expect(page.locator(".calendarbox")).to_be_visible()
    edit_a_priority(page, live_server.url)
    assert complaints == []


def edit_a_priority(page: Page, root: str) -> None:
    """Change the goals of a priority as a person does."""
    row = Priority.objects.first()
    page.goto(f"{root}/beheer/priorities/priority/{row.pk}/change/")
    page.fill("#id_goals", "Eerste doel\nTweede doel")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    row.refresh_from_db()
    assert row.goals == ["Eerste doel", "Tweede doel"]


def test_a_violation_would_be_seen(live_server, page: Page) -> None:
    """Negative control of the listener above."""
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.add_init_script(WATCH)
    page.goto(f"{live_server.url}/beheer/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert any(text.startswith("CSP style-src") for text in seen)
