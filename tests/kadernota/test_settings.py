"""The settings that follow from environment variables."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kadernota import settings as module
from kadernota.settings import BASE_DIR, database_from, read_or_make_secret_key, sqlite_journal

engine_free = pytest.mark.engine_free

WANTED = (
    "DEBUG", "ALLOWED_HOSTS", "HTTPS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT",
)  # fmt: skip
PRINT = f"""
import json, kadernota.settings as s
print(json.dumps({{name: getattr(s, name, None) for name in {WANTED!r}}}))
"""


def settings_under(**environment: str) -> dict[str, Any]:
    """Return the settings of a fresh process with exactly these variables."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=BASE_DIR, env=inherited | environment, capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@engine_free
def test_without_any_variable_it_is_a_site_on_this_machine_without_debug() -> None:
    found = settings_under()
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["HTTPS"] is False
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0


@engine_free
def test_a_host_name_turns_https_on() -> None:
    found = settings_under(ALLOWED_HOSTS="monitor.example,.delen.example", TRUST_FORWARDED_PROTO="no")
    assert found["HTTPS"] and found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://monitor.example", "https://*.delen.example"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None, "a header that anyone can send is not believed unasked"


@engine_free
def test_https_and_the_proxy_are_a_choice() -> None:
    off = settings_under(ALLOWED_HOSTS="monitor.example", HTTPS="false", TRUST_FORWARDED_PROTO="true")
    assert not off["SESSION_COOKIE_SECURE"] and off["SECURE_PROXY_SSL_HEADER"] is None
    behind = settings_under(ALLOWED_HOSTS="monitor.example", TRUST_FORWARDED_PROTO="true")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind["SECURE_SSL_REDIRECT"] is True


@engine_free
def test_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = read_or_make_secret_key(path)
    assert len(key) >= 50
    assert read_or_make_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path], "no draft is left behind"


@engine_free
def test_processes_that_start_together_have_one_secret_key(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(read_or_make_secret_key, [path] * 64))
    assert keys == {path.read_text()}


@engine_free
def test_an_empty_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="te kort"):
        read_or_make_secret_key(tmp_path / "secret_key")


@engine_free
@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_only_where_it_is_repaired(version: tuple[int, int, int], mode: str) -> None:
    assert sqlite_journal(version) == mode


@engine_free
def test_a_relative_sqlite_path_counts_from_the_project() -> None:
    assert database_from("sqlite:///var/a.sqlite3")["NAME"] == str(BASE_DIR / "var/a.sqlite3")
    assert database_from("sqlite:////tmp/met%20spatie/a.sqlite3")["NAME"] == "/tmp/met spatie/a.sqlite3"


@engine_free
def test_postgresql_has_limits_that_the_address_can_change() -> None:
    database = database_from("postgres://naam:geheim@db.example:5433/monitor?sslmode=require&connect_timeout=2")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "monitor")
    assert database["CONN_HEALTH_CHECKS"] and not database["ATOMIC_REQUESTS"]
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["connect_timeout"] == 2
    assert "lock_timeout" in database["OPTIONS"]["options"]


@engine_free
def test_another_engine_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        database_from("mysql://naam@db.example/monitor")


@pytest.mark.django_db
def test_the_connection_has_what_the_settings_ask_for() -> None:
    if connection.vendor == "sqlite":
        asked = {"PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1, "PRAGMA busy_timeout": 20000}
        assert connection.transaction_mode == "IMMEDIATE"
    else:
        asked = {"SHOW lock_timeout": "10s", "SHOW statement_timeout": "30s"}
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
    with connection.cursor() as cursor:
        for question, answer in asked.items():
            cursor.execute(question)
            assert cursor.fetchone()[0] == answer
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    assert connection.settings_dict["CONN_MAX_AGE"] >= 60


@engine_free
def test_the_documentation_names_every_variable() -> None:
    source = Path(module.__file__).read_text()
    read = {part.split('"')[1] for part in source.split("env.")[1:] if part.startswith(("bool", "str", "list"))}
    assert read == {line.split()[0] for line in (module.__doc__ or "").splitlines() if line.startswith("    ")}
