"""No private name of a package, nor one of another module of ours, in the code of the product."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.tree import APPS, python_files, tree_of

pytestmark = pytest.mark.engine_free

OURS = (*APPS, "kadernota")
# Django documents this one: https://docs.djangoproject.com/en/stable/ref/models/meta/
DOCUMENTED = {"_meta"}
CODE = [path for path in python_files(*OURS) if "migrations" not in path.parts]


def is_private(name: str) -> bool:
    """Whether a name is private: one underscore before it, and none behind it (`__init__`, `_value_` of an enum)."""
    return bool(re.fullmatch("_.*[^_]", name)) and name not in DOCUMENTED


def own_names(tree: ast.AST) -> set[str]:
    """Return the private names that are given in this code: to functions, classes, variables and attributes."""
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
    """Whether this is the object or the class of a method itself."""
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def names_of_others(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and the name of each private attribute or import that this module does not define itself."""
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
    """Give the line and the name of what a class of ours overrides or uses of the private names of its base classes."""
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
    """Has a private name of its own, which is no fault."""

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
