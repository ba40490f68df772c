"""The lock files: every package pinned with hashes, no host name, and in step with pyproject.toml."""

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.repository.tree import ROOT, text_of

pytestmark = pytest.mark.engine_free

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==([^\s;]+)")


def canonical(name: str) -> str:
    """Return a package name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """Return the version of each package in a lock file; refuse an entry without a pin or without a hash."""
    found = {}
    entries = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n?", "", text))
    for line in filter(str.strip, entries.splitlines()):
        pin = PIN.match(line)
        if pin is None or not HASH.search(line):
            raise ValueError(f"not pinned with a hash: {line[:60]}")
        found[canonical(pin[1])] = pin[2]
    return found


def project() -> dict[str, Any]:
    """Return the [project] table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    assert pins(text_of(ROOT / name))


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_lock_names_no_host(name: str) -> None:
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", text_of(ROOT / name))


def test_both_locks_agree() -> None:
    runtime, development = pins(text_of(ROOT / RUNTIME)), pins(text_of(ROOT / DEVELOPMENT))
    assert runtime.items() <= development.items()


def test_locks_fit_what_the_project_asks_for() -> None:
    asked = {
        RUNTIME: project()["dependencies"],
        DEVELOPMENT: project()["optional-dependencies"]["dev"],
    }
    for name, wanted in asked.items():
        locked = pins(text_of(ROOT / name))
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(locked[canonical(requirement.name)]), requirement


def test_every_dependency_has_a_reason() -> None:
    lines = re.findall(r'(?m)^    "[^"]+",.*$', text_of(ROOT / "pyproject.toml").partition("[tool.")[0])
    assert len(lines) >= len(project()["dependencies"])
    assert not [line for line in lines if not re.search(r",\s*# \S", line)]


@pytest.mark.parametrize(
    "fault",
    ["django>=5.2 --hash=sha256:" + "0" * 64, "django==5.2.0", "django==5.2.0 --hash=md5:0"],
)
def test_an_entry_without_pin_or_hash_is_refused(fault: str) -> None:
    with pytest.raises(ValueError, match="not pinned"):
        pins(fault)
