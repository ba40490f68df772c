"""The tracked files of the project, for the tests of the repository."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("priorities", "indicators", "reports")


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """Return the tracked files with one of these suffixes (without suffixes: all), relative to the root, sorted."""
    listed = subprocess.run(["git", "ls-files", "-z", under], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        path = Path(name)
        if (not suffixes or path.suffix in suffixes) and (ROOT / path).exists():
            yield path


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under these folders of the root; all of them when none is named."""
    return [path for folder in folders or (".",) for path in files(".py", under=folder)]


def text_of(path: Path) -> str:
    """Return the text of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file of the project."""
    return ast.parse(text_of(path), str(path))
