"""The product uses no private name of a package, nor of another of its modules."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.tree import APPS, python_files, tree_of

OURS = (*APPS, "kadernota")
# Django documents this one: https://docs.djangoproject.com/en/stable/ref/models/meta/
DOCUMENTED = {"_meta"}
CODE = [path for path in python_files(*OURS) if "migrations" not in path.parts]


def is_private(name: str) -> bool:
    """Return whether a name is private: it starts with one underscore and does not end with one, as `_value_` does."""
    return bool(re.fullmatch("_.*[^_]", name)) and name not in DOCUMENTED


def own_names(tree: ast.AST) -> set[str]:
    """Return the private names that this code defines: functions, classes, variables and attributes."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            names.add(node.attr)
    return set(filter(is_private, names))


def is_self(node: ast.expr) -> bool:
    """Return whether this is `self` or `cls`."""
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def names_of_others(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each private attribute or import that this module does not define."""
    own = own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not is_self(node.value) and node.attr not in own:
                yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom | ast.Import):
            path = (getattr(node, "module", None) or "").split(".")
            for alias in node.names:
                yield from ((node.lineno, name) for name in (*path, *alias.name.split(".")) if is_private(name))


def inherited_names(tree: ast.AST, module: object) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each private name of a base class that a class of ours overrides or uses."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or not inspect.isclass(cls := getattr(module, node.name, None)):
            continue
        bases = [base for base in cls.__mro__ if base.__module__.partition(".")[0] not in (*OURS, "tests")]
        inherited = {name for base in bases for name in vars(base)}
        used = {part.attr: part for part in ast.walk(node) if isinstance(part, ast.Attribute) and is_self(part.value)}
        given = {part.name: part for part in ast.walk(node) if isinstance(part, ast.FunctionDef)}
        yield from ((part.lineno, name) for name, part in (used | given).items()
                    if is_private(name) and name in inherited)  # fmt: skip


@pytest.mark.parametrize("path", CODE, ids=str)
def test_only_public_names_of_others(path: Path) -> None:
    module = importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    tree = tree_of(path)
    assert [*names_of_others(tree), *inherited_names(tree, module)] == []


class Loud(ast.NodeVisitor):
    """A class with a private name of its own, which is allowed."""

    def _shout(self) -> None: ...


def test_each_fault_is_seen() -> None:
    assert list(names_of_others(ast.parse("a._x\nself._x\nself._y = 1\nb._y\nc._meta\nd.__class__"))) == [(1, "_x")]
    assert list(names_of_others(ast.parse("from a import _b\nimport a._c.d\nfrom ._e import f"))) == [
        (1, "_b"), (2, "_c"), (3, "_e"),
    ]  # fmt: skip
    assert list(inherited_names(tree_of(Path("tests/repository/test_public_apis.py")), inspect.getmodule(Loud))) == []
    finder = ast.parse("class Finder:\n    def _search(self): self._find()")
    base = type("Base", (), {"_search": None, "_find": None, "__module__": "library"})
    module = type("Module", (), {"Finder": type("Finder", (base,), {"__module__": "reports"})})
    assert sorted(inherited_names(finder, module)) == [(2, "_find"), (2, "_search")]
