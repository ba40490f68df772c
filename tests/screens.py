"""Make the screenshots in docs/screens: `python -m tests.screens`.

The pages are served from a temporary database with the practice kadernota and the real one, prepared as for the
benchmark. Each picture is the first screen of a page, a JPEG in the best quality that fits in sixty kilobytes.
"""

import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.bench import prepare
from tests.conftest import NO_CHROMIUM, find_chromium

FOLDER = Path(__file__).parent.parent / "docs" / "screens"
MAX_BYTES = 60_000
QUALITIES = range(85, 9, -5)
SLUG, REAL = "oefengemeente-2018-2022", "haarlemmermeer-2018-2022"
WIDE, NARROW = (1280, 900), (390, 844)


@dataclass(frozen=True)
class Shot:
    """A screenshot to take: its name, the address, and the user ("" is anonymous)."""

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


class SilentHandler(WSGIRequestHandler):
    """A request handler without a log."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve the site on a free port; yield its address."""
    from kadernota.wsgi import application

    with make_server("127.0.0.1", 0, application, WSGIServer, SilentHandler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def take(page, path: Path) -> int:
    """Take a screenshot in the best quality that fits; return its size in bytes."""
    for quality in QUALITIES:
        content = page.screenshot(type="jpeg", quality=quality, animations="disabled", scale="css")
        if len(content) <= MAX_BYTES:
            path.write_bytes(content)
            return len(content)
    raise SystemExit(f"{path.name} does not fit in {MAX_BYTES} bytes")


def log_in(page, site: str, login: str) -> None:
    """Log in with a practice account."""
    from indicators.actions.practice import PASSWORD

    page.goto(f"{site}/inloggen/")
    page.fill("main [name=username]", login)
    page.fill("main [name=password]", PASSWORD)
    page.click("main button[type=submit]")


def take_all(site: str, folder: Path) -> list[tuple[str, int]]:
    """Take every screenshot; return the names and sizes."""
    from playwright.sync_api import sync_playwright

    if (path := find_chromium()) is None:
        raise SystemExit(NO_CHROMIUM)
    files = []
    variants = [(shot, size, "light") for shot in SHOTS for size in (WIDE, NARROW)] + [(DARK, WIDE, "dark")]
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        options = ["--no-sandbox"] if as_root else []
        browser = playwright.chromium.launch(executable_path=path, args=options)
        for shot, (width, height), scheme in variants:
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
            response = page.goto(site + shot.address, wait_until="networkidle")
            if response is None or response.status != 200:
                raise SystemExit(f"{shot.address} answered {response and response.status}")
            file = folder / f"{shot.name}-{width}.jpg"
            files.append((file.name, take(page, file)))
            context.close()
        browser.close()
    return files


def main() -> int:
    """Take the screenshots and print their sizes."""
    # Playwright runs an event loop in this thread, where Django would then refuse the ORM.
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
