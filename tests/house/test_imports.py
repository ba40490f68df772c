"""Imports run downwards only (docs/adr and the table below), and the domain needs nothing but Python."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import APPS, ROOT, python_files, tree_of

pytestmark = pytest.mark.engine_free

# A module imports modules of its own layer and of those above it in this table; never of those below it.
# A name stands for the module and all that is under it.
LAYERS = (
    {"indicators.domain"},
    {"priorities.models", "priorities.migrations", "indicators.models", "indicators.migrations", "indicators.querysets",
     "indicators.columns", "indicators.triggers", "indicators.stamp_triggers", "indicators.stamps",
     "indicators.sheets", "reports.models", "reports.migrations"},
    {"indicators.overview", "indicators.structure", "indicators.adopted", "indicators.drafts", "indicators.rows",
     "indicators.figure", "indicators.grounds", "indicators.edition_info", "indicators.programme",
     "indicators.permissions", "indicators.actions", "indicators.audit",
     "indicators.work", "indicators.line_work", "indicators.errata", "indicators.structure_rules", "indicators.loading",
     "indicators.practice", "indicators.practice_programme",
     "indicators.importer", "indicators.open_data", "indicators.upload",
     "indicators.readings", "indicators.wording", "indicators.sentences"},
    {"indicators.fields", "indicators.tables", "indicators.charts", "indicators.entry", "indicators.pages",
     "indicators.reminding", "indicators.templatetags", "reports",
     "priorities.line_fields", "priorities.pages", "priorities.priority_page", "priorities.priority_file"},
    {"indicators.views", "indicators.public", "indicators.admin", "indicators.urls", "indicators.apps",
     "indicators.management", "priorities.views", "priorities.admin", "priorities.urls", "priorities.apps",
     "reports.views", "reports.sealed_views", "reports.urls", "reports.apps", "reports.management"},
)  # fmt: skip

# What the domain may not ask: the answer depends on the machine or the moment.
ASKS_THE_MACHINE = {"time", "random", "secrets", "os", "locale", "socket", "urllib", "subprocess"}
ASKS_THE_CLOCK = {"now", "utcnow", "today"}


def module_of(path: Path) -> str:
    """Return the dotted name of a file: indicators/domain/__init__.py is indicators.domain."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module of the project."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imports(tree: ast.Module, module: str, is_package: bool) -> Iterator[str]:
    """Give the full name of everything that a module imports, also inside functions."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, node.module] if node.module else base)
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield whole if is_module(whole) else source


def layer_of(module: str) -> int | None:
    """Return the number of a module's layer, by the longest name in the table that covers it."""
    covering = [
        (len(name), number)
        for number, layer in enumerate(LAYERS)
        for name in layer
        if module == name or module.startswith(f"{name}.")
    ]
    return max(covering)[1] if covering else None


def imported_by(path: Path) -> list[str]:
    """Return what a file of the project imports."""
    return list(imports(tree_of(path), module_of(path), path.name == "__init__.py"))


MODULES = [path for path in python_files(*APPS) if path.parts[1:] != ("__init__.py",)]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_run_downwards(path: Path) -> None:
    own = layer_of(module_of(path))
    assert own is not None, f"give {module_of(path)} its place in LAYERS"
    of_the_project = [name for name in imported_by(path) if name.partition(".")[0] in APPS]
    upwards = [name for name in of_the_project if (layer_of(name) or 0) > own]
    assert not upwards, f"{path} imports from a layer above it: {upwards}"


@pytest.mark.parametrize("path", python_files("indicators/domain"), ids=str)
def test_domain_needs_only_python(path: Path) -> None:
    foreign = [
        name
        for name in imported_by(path)
        if not (name == "indicators.domain" or name.startswith("indicators.domain."))
        and (name.partition(".")[0] not in sys.stdlib_module_names or name.partition(".")[0] in ASKS_THE_MACHINE)
    ]
    assert not foreign, f"{path} imports {foreign}"


def asks_the_clock(tree: ast.Module) -> list[int]:
    """Return the lines on which a date or time of the moment is asked for."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ASKS_THE_CLOCK]


@pytest.mark.parametrize("path", python_files("indicators/domain"), ids=str)
def test_domain_never_asks_what_day_it_is(path: Path) -> None:
    assert not asks_the_clock(tree_of(path))


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "priorities"], ids=str)
def test_models_of_priorities_know_nothing_of_indicators(path: Path) -> None:
    if not {"models", "migrations"}.isdisjoint(path.with_suffix("").parts):
        assert not [name for name in imported_by(path) if name.partition(".")[0] in ("indicators", "reports")]


@pytest.mark.parametrize("path", [path for path in python_files("kadernota") if path.name != "urls.py"], ids=str)
def test_project_folder_holds_no_business(path: Path) -> None:
    assert not [name for name in imported_by(path) if name.partition(".")[0] in APPS]


def test_a_wrong_direction_is_seen() -> None:
    tree = ast.parse("def f():\n    from .charts import draw\nimport indicators.domain.values")
    found = list(imports(tree, "indicators.models", is_package=False))
    assert sorted(found) == ["indicators.charts", "indicators.domain.values"]
    assert layer_of("indicators.charts") == 3
    assert layer_of("indicators.models") == 1
    assert layer_of("indicators.domain.values") == 0
    assert layer_of("reports.writers.pdf") == 3
    assert layer_of("reports.views") == 4
    assert layer_of("indicators.somewhere_else") is None


def test_a_clock_in_the_domain_is_seen() -> None:
    assert asks_the_clock(ast.parse("import datetime\nyear = datetime.date.today().year")) == [2]
