"""Pictures of the pages as they are now, for docs/screens: `python -m tests.screens`.

Serves the practice municipality and the real kadernota from a database of its own, which is gone afterwards, with the
bench's way of making it. Each picture is the first screen of a page, in JPEG, as good as fits in sixty kilobytes.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.bench import prepare
from tests.conftest import CHROMIUM_NAMES

FOLDER = Path(__file__).parent.parent / "docs" / "screens"
LARGEST = 60_000  # bytes
QUALITIES = range(85, 19, -5)
SLUG, REAL = "oefengemeente-2018-2022", "haarlemmermeer-2018-2022"
WIDE, NARROW = (1280, 900), (390, 844)


@dataclass(frozen=True)
class Shot:
    """A page to take a picture of: its name, its address, and who looks at it ("" is anybody)."""

    name: str
    address: str
    login: str = ""


SHOTS = (
    Shot("start", f"/{SLUG}/?jaar=2021"),
    Shot("prioriteit", f"/{SLUG}/prioriteit/1/?jaar=2021"),
    Shot("indicator", f"/{REAL}/indicator/V5/?jaar=2020"),
    Shot("invoeren", f"/{SLUG}/invoeren/2022/", "beleidsmedewerker"),
    Shot("bijlage", f"/{SLUG}/bijlage/2020/"),
)
DARK = Shot("start-donker", f"/{SLUG}/?jaar=2021")


class Quiet(WSGIRequestHandler):
    """A handler that says nothing of what it answers."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The address of the site, on a port that was free."""
    from kadernota.wsgi import application

    with make_server("127.0.0.1", 0, application, WSGIServer, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def chromium() -> str:
    """A Chromium on this machine; SystemExit where there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        raise SystemExit(f"no Chromium on this machine (looked for CHROMIUM and {', '.join(CHROMIUM_NAMES)})")
    return found


def take(page, path: Path) -> int:
    """Take a picture of what the page shows, as good as fits; gives its size in bytes."""
    for quality in QUALITIES:
        content = page.screenshot(type="jpeg", quality=quality, animations="disabled", scale="css")
        if len(content) <= LARGEST:
            path.write_bytes(content)
            return len(content)
    raise SystemExit(f"{path.name} does not fit in {LARGEST} bytes")


def log_in(page, site: str, login: str) -> None:
    """Log in with a practice account."""
    from indicators.actions.practice import PASSWORD

    page.goto(f"{site}/inloggen/")
    page.fill("main [name=username]", login)
    page.fill("main [name=password]", PASSWORD)
    page.click("main button[type=submit]")


def take_all(site: str, folder: Path) -> list[tuple[str, int]]:
    """Take every picture; gives the names and sizes."""
    from playwright.sync_api import sync_playwright

    taken = []
    wanted = [(shot, size, "light") for shot in SHOTS for size in (WIDE, NARROW)] + [(DARK, WIDE, "dark")]
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        options = ["--no-sandbox"] if as_root else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        for shot, (width, height), scheme in wanted:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="nl-NL",
                timezone_id="Europe/Amsterdam",
                reduced_motion="reduce",
            )
            page = context.new_page()
            if shot.login:
                log_in(page, site, shot.login)
            answer = page.goto(site + shot.address, wait_until="networkidle")
            if answer is None or answer.status != 200:
                raise SystemExit(f"{shot.address} answered {answer and answer.status}")
            path = folder / f"{shot.name}-{width}.jpg"
            taken.append((path.name, take(page, path)))
            context.close()
        browser.close()
    return taken


def main() -> int:
    """Take the pictures and say what was made."""
    # Playwright keeps an event loop in this thread, in which Django then refuses the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        prepare(Path(folder))
        with served() as site:
            for name, size in take_all(site, FOLDER):
                print(f"{FOLDER.parent.name}/{FOLDER.name}/{name}: {size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
