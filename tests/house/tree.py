"""What the ground-rule tests read: the files of the project, without what tools leave behind."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("priorities", "indicators", "reports")
# Made by tools and named in .gitignore; `.git` is a folder in a clone and a file in a worktree.
LEFT_BEHIND = {
    ".git", ".venv", "var", "__pycache__", "test-results",
    ".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache",
}  # fmt: skip


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """Give the project's files with one of these suffixes, as paths relative to the root, in order."""
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = sorted(set(folders) - LEFT_BEHIND)
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix in suffixes:
                yield path.relative_to(ROOT)


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under these folders of the root; all of them when none is named."""
    return [path for folder in folders or (".",) for path in files(".py", under=folder)]


def text_of(path: Path) -> str:
    """Return the text of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file of the project."""
    return ast.parse(text_of(path), str(path))
