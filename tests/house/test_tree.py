"""What stands where, under what name, and how long it is."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import APPS, LEFT_BEHIND, ROOT, python_files, text_of, tree_of

pytestmark = pytest.mark.engine_free

PRESCRIBED = {
    "manage.py", "kadernota", "indicators", "priorities", "reports", "templates", "static", "fixtures",
    "tests", "pyproject.toml", "README.md",
}  # fmt: skip
WHAT_A_REPOSITORY_NEEDS = {
    "Makefile", "docs", "requirements.txt", "requirements-dev.txt", ".ci", "LICENSE", "CHANGELOG.md",
    "publiccode.yml", ".editorconfig", ".gitignore", ".gitattributes",
}  # fmt: skip

# Names that say nothing of what is inside, so that everything ends up in them.
DRAWERS = {"utils.py", "helpers.py", "services.py", "managers.py", "common.py", "misc.py", "base.py"}

FILE_LIMIT, DOMAIN_FILE_LIMIT, FUNCTION_LIMIT = 300, 200, 40
# A file or function that is longer, with the reason.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {
    "tests/reports/writers_sample.py:sample": "one document with every kind of content, in reading order",
}

CODE = [path for path in python_files() if "migrations" not in path.parts]
APP_CODE = [path for path in python_files(*APPS) if "migrations" not in path.parts]


def test_top_level_is_as_prescribed() -> None:
    present = {path.name for path in ROOT.iterdir()} - LEFT_BEHIND
    assert present <= PRESCRIBED | WHAT_A_REPOSITORY_NEEDS
    assert present >= PRESCRIBED


def test_no_drawers() -> None:
    assert not [str(path) for path in CODE if path.name in DRAWERS]


@pytest.mark.parametrize("path", CODE, ids=str)
def test_file_is_one_subject_long(path: Path) -> None:
    limit = DOMAIN_FILE_LIMIT if path.parts[:2] == ("indicators", "domain") else FILE_LIMIT
    lines = len(text_of(path).splitlines())
    assert lines <= limit or str(path) in LONGER_FILES, f"{path}: {lines} lines, at most {limit}"


def lengths(tree: ast.Module) -> dict[str, int]:
    """Return the number of lines of each function, without its docstring and decorators."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node):
                first = node.body[0]
                length -= (first.end_lineno or first.lineno) - first.lineno + 1
            found[node.name] = max(length, found.get(node.name, 0))
    return found


@pytest.mark.parametrize("path", CODE, ids=str)
def test_functions_fit_on_a_screen(path: Path) -> None:
    too_long = {
        name: length
        for name, length in lengths(tree_of(path)).items()
        if length > FUNCTION_LIMIT and f"{path}:{name}" not in LONGER_FUNCTIONS
    }
    assert not too_long, f"{path}: {too_long}, at most {FUNCTION_LIMIT} lines"


def test_exceptions_are_still_needed() -> None:
    for name in LONGER_FILES:
        limit = DOMAIN_FILE_LIMIT if name.startswith("indicators/domain") else FILE_LIMIT
        assert len(text_of(Path(name)).splitlines()) > limit, f"{name} is no longer too long"
    for name in LONGER_FUNCTIONS:
        path, _, function = name.partition(":")
        assert lengths(tree_of(Path(path))).get(function, 0) > FUNCTION_LIMIT, f"{name} is no longer too long"


def without_docstring(tree: ast.Module) -> list[str]:
    """Return the public functions of a module that do not say what they do."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


@pytest.mark.parametrize("path", APP_CODE, ids=str)
def test_public_functions_say_what_they_do(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree) or not tree.body, f"{path} does not say what it is"
    assert not without_docstring(tree)


@pytest.mark.parametrize("path", [path for path in python_files(*APPS) if "migrations" in path.parts], ids=str)
def test_migrations_are_named(path: Path) -> None:
    if path.name != "__init__.py":
        assert re.fullmatch(r"[0-9]{4}_(?!auto_)[a-z][a-z0-9_]+", path.stem)


def makes_floats(tree: ast.Module) -> list[int]:
    """Return the lines that make a float: by name or as a literal. How alike names must be is no figure."""
    cutoffs = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "cutoff"]
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float) and node not in cutoffs)
    ]


# Where a float is no figure of the monitor: a chance, a place on a drawing, a cell that a library wants so.
FLOATS = (
    "indicators/domain/chance.py",
    "indicators/domain/assessment.py",  # compares and hands on the chances
    "indicators/charts",
    "reports/writers/",
)


@pytest.mark.parametrize("path", APP_CODE, ids=str)
def test_figures_are_never_floats(path: Path) -> None:
    if not str(path).startswith(FLOATS):
        assert not makes_floats(tree_of(path)), f"{path}: figures are Decimal"


def test_each_fault_is_seen() -> None:
    tree = ast.parse("def long():\n    '''Say\n    it.'''\n" + "    x = 1\n" * 40 + "def quiet(): return float('0.5')")
    assert lengths(tree) == {"long": 41, "quiet": 1}
    assert without_docstring(tree) == ["quiet"]
    assert makes_floats(ast.parse("a = 1\nb = float(a)\nc = 0.5\nmatch(a, cutoff=0.6)")) == [2, 3]
