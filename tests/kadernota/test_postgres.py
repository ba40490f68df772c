"""Starting a PostgreSQL for the tests; without one they fail with the reason."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

pytestmark = pytest.mark.engine_free

SHOW = [sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])"]


@contextlib.contextmanager
def no_server(folder: Path) -> Iterator[str]:
    """Simulate a machine without PostgreSQL."""
    raise postgres.NoServer("none here")
    yield


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate a machine on which no server can be started."""
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.delenv("WITHOUT_POSTGRESQL", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(postgres, "from_wheel", no_server)
    monkeypatch.setattr(postgres, "from_machine", no_server)


@pytest.mark.usefixtures("bare_machine")
def test_without_a_server_it_says_so_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert postgres.main(["--", *SHOW]) == 3
    assert "NOT TESTED ON POSTGRESQL" in capsys.readouterr().err


@pytest.mark.usefixtures("bare_machine")
def test_the_failure_can_be_waived_but_not_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHOUT_POSTGRESQL", "1")
    assert postgres.main(["--", *SHOW]) == 0
    monkeypatch.setenv("CI", "true")
    assert postgres.main(["--", *SHOW]) == 3


@pytest.mark.usefixtures("bare_machine")
def test_a_given_server_is_used(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://naam@db.example/test")
    assert postgres.main(["--", *SHOW]) == 0
    assert capfd.readouterr().out.strip() == "postgres://naam@db.example/test"


def test_the_status_of_the_command_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://naam@db.example/test")
    assert postgres.main(["--", sys.executable, "-c", "raise SystemExit(7)"]) == 7
