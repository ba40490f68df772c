"""What every test shares: settings that only tests have, the flush, the browser."""

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

# Playwright keeps an event loop running in the thread of the tests, in which Django then refuses the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A shared machine may be slow for a moment: that is no fault of a rule. CI looks at the same examples each time.
hypothesis_settings.register_profile("shared", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("shared")

pytest_plugins = ["tests.cast", "tests.sealed_cast"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config: pytest.Config) -> None:
    """Change the few settings that would only make tests slow or depend on `collectstatic`."""
    from django.conf import settings
    from django.db.models.signals import post_migrate

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    post_migrate.connect(make_groups_again)
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # A file, as in production: SQLite in memory shares one connection between the threads of a live
        # server and has locks that no timeout waits for.
        database.setdefault("TEST", {})["NAME"] = str(folder_in_memory() / f"kadernota-test-{os.getpid()}")


def make_groups_again(*, app_config: Any, **_: Any) -> None:
    """Make the groups of the migration again after a flush, which takes them and says so by `post_migrate`."""
    from django.apps import apps

    if app_config.label == "auth":
        importlib.import_module("indicators.migrations.0002_groups").make_groups(apps, None)


def folder_in_memory() -> Path:
    """Return a folder for files that need not last; on Linux one that no disk has to keep up with."""
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())


def pytest_report_header(config: pytest.Config) -> str:
    """Say on which database engine this run is."""
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session", autouse=True)
def frozen_clock() -> Iterator[None]:
    """Stop the clock of the application at the moment at which the cast works, so that no test depends on today.

    Sessions, signatures and the server's own headers go on with the clock of the machine.
    """
    from kadernota import clock
    from tests.cast import NOW

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: timezone.localtime(NOW))
        yield


def is_transactional(request: pytest.FixtureRequest) -> bool:
    """Tell whether the database is flushed after this test, instead of rolled back."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


@pytest.fixture(autouse=True)
def unlocked_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let Django empty the database after a transactional test.

    The triggers that protect adopted figures refuse that flush, as they should. They are dropped just
    before it, after the test itself is over; the flush then sends `post_migrate`, which makes them again
    (tests/kadernota/test_flush.py). Not so with `serialized_rollback`: leave that out.
    """
    if not is_transactional(request):
        yield
        return
    from django.db import connection

    from indicators.models.guards import drop_triggers

    request.getfixturevalue("transactional_db")  # so that this fixture ends before that one
    yield
    drop_triggers(connection)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of a Chromium on this machine. Where there is none: fail under CI, else skip aloud."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found:
        return found
    sentence = f"no Chromium on this machine (looked for CHROMIUM and {', '.join(CHROMIUM_NAMES)})"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    """Drive the Chromium of the machine instead of one that playwright would download."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return browser_type_launch_args | {
        "executable_path": chromium_path,
        "args": ["--no-sandbox"] if as_root else [],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Give every browser test a Dutch reader in Amsterdam."""
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
