"""The tree: places, names and lengths of files."""

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tree import APPS, files, python_files, tree_of

pytestmark = pytest.mark.engine_free

PRESCRIBED = {
    "manage.py", "kadernota", "indicators", "priorities", "reports", "templates", "static", "fixtures",
    "tests", "pyproject.toml", "README.md",
}  # fmt: skip
WHAT_A_REPOSITORY_NEEDS = {
    "Makefile", "docs", "requirements.txt", "requirements-dev.txt", ".ci", "LICENSE", "CHANGELOG.md",
    "publiccode.yml", ".editorconfig", ".gitignore", ".gitattributes", "ARCHITECTURE.md", "CONTRIBUTING.md",
    "SECURITY.md", ".pre-commit-config.yaml", ".github",
}  # fmt: skip

# Names that say nothing of what is inside, so that everything ends up in them.
DRAWERS = {"utils.py", "helpers.py", "services.py", "managers.py", "common.py", "misc.py", "base.py"}

CODE = [path for path in python_files() if "migrations" not in path.parts]
APP_CODE = [path for path in python_files(*APPS) if "migrations" not in path.parts]


def test_top_level_is_as_prescribed() -> None:
    present = {path.parts[0] for path in files()}
    assert present <= PRESCRIBED | WHAT_A_REPOSITORY_NEEDS
    assert present >= PRESCRIBED


def test_no_drawers() -> None:
    assert not [str(path) for path in CODE if path.name in DRAWERS]


@pytest.mark.parametrize("path", [path for path in python_files(*APPS) if "migrations" in path.parts], ids=str)
def test_migrations_are_named(path: Path) -> None:
    if path.name != "__init__.py":
        assert re.fullmatch(r"[0-9]{4}_(?!auto_)[a-z][a-z0-9_]+", path.stem)


def makes_floats(tree: ast.Module) -> list[int]:
    """Return the lines that make a float, by name or as a literal; the similarity of names is no figure."""
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


def test_a_float_is_seen() -> None:
    assert makes_floats(ast.parse("a = 1\nb = float(a)\nc = 0.5\nmatch(a, cutoff=0.6)")) == [2, 3]
