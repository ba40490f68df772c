"""Shared by all tests: test settings, the frozen clock, the flush and the browser."""

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

# Playwright runs an event loop in the thread of the tests, where Django would then refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# No deadline: the machine may be slow for a moment. CI uses the same examples each time.
hypothesis_settings.register_profile("shared", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("shared")

pytest_plugins = ["tests.cast", "tests.sealed_cast"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = f"no Chromium on this machine (looked for CHROMIUM and {', '.join(CHROMIUM_NAMES)})"


def pytest_configure(config: pytest.Config) -> None:
    """Override the settings that make tests slow or dependent on `collectstatic`."""
    from django.conf import settings
    from django.db.models.signals import post_migrate

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    post_migrate.connect(recreate_groups)
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # A file, as in production: in memory, the threads of a live server share one connection, and its locks
        # ignore the timeout.
        database.setdefault("TEST", {})["NAME"] = str(folder_in_memory() / f"kadernota-test-{os.getpid()}")


def pytest_collection_finish() -> None:
    """Import what Django imports by name, while coverage is measured: the first test to need it may be unmeasured."""
    for name in ("kadernota.auth", "indicators.templatetags.monitor"):
        importlib.import_module(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop measuring coverage during a test marked `browser` or `unmeasured`, its fixtures included.

    The tracer slows down all Python code, also that of libraries, by half.
    """
    stopped = []
    if item.get_closest_marker("browser") or item.get_closest_marker("unmeasured"):
        while current := Coverage.current():  # in a process of pytest-xdist there are two, nested
            current.stop()
            stopped.append(current)
    try:
        return (yield)
    finally:
        for measurement in reversed(stopped):
            measurement.start()


def recreate_groups(*, app_config: Any, **_: Any) -> None:
    """Create the groups of the migration again after a flush, which deletes them and sends `post_migrate`."""
    from django.apps import apps

    if app_config.label == "auth":
        importlib.import_module("indicators.migrations.0002_groups").make_groups(apps, None)


def folder_in_memory() -> Path:
    """Return a folder for temporary files, on Linux one in memory."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def pytest_report_header(config: pytest.Config) -> str:
    """Report the database engine of this run."""
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session", autouse=True)
def frozen_clock() -> Iterator[None]:
    """Freeze the clock of the application at `tests.cast.NOW`, so that no test depends on today.

    Sessions, signatures and the headers of the server use the clock of the machine.
    """
    from kadernota import clock
    from tests.cast import NOW

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: timezone.localtime(NOW))
        yield


def is_transactional(request: pytest.FixtureRequest) -> bool:
    """Tell whether the database is flushed after this test instead of rolled back."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


@pytest.fixture(autouse=True)
def unlocked_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let Django flush the database after a transactional test.

    The triggers that protect adopted figures refuse a flush, so they are dropped after the test; the flush sends
    `post_migrate`, which creates them again (tests/kadernota/test_flush.py). With `serialized_rollback` it does not:
    do not use that.
    """
    if not is_transactional(request):
        yield
        return
    from django.db import connection

    from indicators.models.guards import drop_triggers

    request.getfixturevalue("transactional_db")  # so that this fixture is torn down before that one
    yield
    drop_triggers(connection)


@pytest.fixture(autouse=True)
def caches_without_lost_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Clear the page cache after each test: after a rollback, other rows have the keys of those that are gone.

    The cache of the read model keeps what most tests share, and is cleared only after a test that commits its rows, or
    that is in a module which puts the guards aside to change what is adopted.
    """
    yield
    from django.core.cache import caches

    from indicators.readmodel.cache import clear_cache

    caches["pages"].clear()
    if is_transactional(request) or hasattr(request.module, "drop_triggers"):
        clear_cache()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of a Chromium on this machine. Without one: fail under CI, otherwise skip."""
    if path := find_chromium():
        return path
    if os.environ.get("CI"):
        pytest.fail(NO_CHROMIUM)
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    """Use the Chromium of this machine instead of a download by Playwright."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return browser_type_launch_args | {
        "executable_path": chromium_path,
        "args": ["--no-sandbox"] if as_root else [],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Set a Dutch locale and time zone in every browser test."""
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
