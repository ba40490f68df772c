"""Files, commands, settings and links that README and docs name exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.repository.tree import ROOT, files, text_of

pytestmark = pytest.mark.engine_free

DOCUMENTS = [*files(".md", under=":(top,glob)*.md"), *files(".md", under="docs")]
RECORDS = list(files(".md", under="docs/adr"))
README_LIMIT, RECORD_LIMIT = 120, 25
# A path of the tree in code style: with a folder, or a file that ends in one of these.
PATH = re.compile(r"`((?:indicators|priorities|reports|kadernota|templates|static|tests|docs|fixtures)/[\w./-]*)`")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
VARIABLE = re.compile(r"^ {4,}([A-Z][A-Z_]+)=", re.MULTILINE)


def missing(path: Path) -> list[str]:
    """Return what a document names and the repository does not have."""
    text = text_of(path)
    links = [target for target in LINK.findall(text) if not (ROOT / path.parent / target).exists()]
    return [name for name in PATH.findall(text) if not (ROOT / name).exists()] + links


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_what_is_named_is_there(path: Path) -> None:
    assert missing(path) == []
    assert set(COMMAND.findall(text_of(path))) <= set(get_commands())


def test_variables_are_explained_in_the_settings() -> None:
    named = VARIABLE.findall(text_of(Path("README.md")))
    explained = re.findall(r"^    ([A-Z_]+) {2,}", text_of(Path("kadernota/settings.py")), re.MULTILINE)
    assert named and set(named) <= set(explained)


def test_commands_of_make_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")), re.MULTILINE))
    assert set(re.findall(r"^ {4}make ([a-z-]+)", text_of(Path("README.md")), re.MULTILINE)) <= targets


def test_readme_stays_short() -> None:
    assert len(text_of(Path("README.md")).splitlines()) < README_LIMIT


@pytest.mark.parametrize("path", RECORDS, ids=str)
def test_decision_records_have_one_form(path: Path) -> None:
    text = text_of(path)
    assert text.startswith(f"# {path.name[:4]}: ")
    assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))
    assert len(text.splitlines()) <= RECORD_LIMIT


def test_decision_records_are_numbered_through() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_each_fault_is_seen() -> None:
    assert PATH.findall("`indicators/nergens.py` en `static/css/`") == ["indicators/nergens.py", "static/css/"]
    assert not (ROOT / "indicators/nergens.py").exists()
    assert COMMAND.findall("manage.py load_nothing BESTAND") == ["load_nothing"]
    assert LINK.findall("[a](nergens.md) [b](https://voorbeeld.example)") == ["nergens.md"]


def test_each_path_has_at_most_ten_files() -> None:
    paths = text_of(Path("ARCHITECTURE.md")).partition("## Seven paths through the code")[2].split("### ")[1:]
    assert len(paths) == 7
    assert all(0 < len(set(PATH.findall(path))) <= 10 for path in paths)
