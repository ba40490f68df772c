"""The glossary (docs/begrippen.md) and the code have the same words."""

import importlib
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from indicators.domain.assessment import Certainty, Development, Status
from indicators.domain.followed import Followed
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.statuses import CERTAINTY_WORDS, FOLLOWED_WORDS, NO_VALUE_WORDS, STATUSES
from indicators.domain.values import Direction, Reason, Role, UnitKind
from priorities.models import PriorityKind
from tests.repository.tree import text_of

pytestmark = pytest.mark.engine_free

GLOSSARY = Path("docs/begrippen.md")
# Where a word of the glossary may come from.
MODULES = [
    importlib.import_module(name)
    for name in (
        "priorities.models", "indicators.models", "indicators.models.figures", "indicators.domain.rules_version",
        "indicators.domain.values", "indicators.domain.targets", "indicators.domain.assessment",
        "indicators.domain.followed", "indicators.domain.programme",
        "indicators.actions.adopting", "indicators.actions.copying_lines", "indicators.actions.proposals",
        "indicators.actions.recording_lines", "indicators.actions.versions", "indicators.readmodel.chain",
        "indicators.readmodel.chain_export", "indicators.readmodel.differences", "indicators.readmodel.line_tasks",
        "indicators.readmodel.programme", "indicators.readmodel.provenance", "reports.sealing",
        "reports.sealing.archive", "reports.programme", "reports.programme.money",
    )
]  # fmt: skip
SPOKEN: tuple[type[Enum], ...] = (
    Status, Development, Certainty, Direction, Followed, Reason, Role, UnitKind, ActivityState, LineKind, PriorityKind
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of the glossary: the Dutch words, the names in the code, and the meaning."""

    dutch: str
    code: tuple[str, ...]
    meaning: str


def rows_of(text: str) -> list[Row]:
    """Return the rows of every table of three columns, without headings."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and not set(cells[0]) <= set("-: ") and cells[1] != "code":
            found.append(Row(cells[0], tuple(re.findall(r"`([^`]+)`", cells[1])), cells[2]))
    return found


TEXT = text_of(GLOSSARY)
ROWS = rows_of(TEXT)


def exists(word: str) -> bool:
    """Return whether a dotted name exists: a class, a function, a member, a field."""
    head, *rest = word.split(".")
    return any(hasattr(module, head) and has_path(getattr(module, head), rest) for module in MODULES)


def has_path(thing: Any, names: list[str]) -> bool:
    """Return whether `thing` has this path of attributes or declared fields."""
    for name in names:
        if name in getattr(thing, "__annotations__", {}):
            return True
        if not hasattr(thing, name):
            return False
        thing = getattr(thing, name)
    return True


def rows_with(word: str) -> list[Row]:
    """Return the rows with this name in their second column."""
    return [row for row in ROWS if word in row.code]


def test_the_tables_are_read() -> None:
    assert len(ROWS) > 50
    assert all(row.dutch and row.code and row.meaning.endswith(".") for row in ROWS)


def test_one_row_a_word() -> None:
    words = [word for row in ROWS for word in row.code]
    assert sorted(words) == sorted(set(words))
    assert len({row.dutch for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("word", sorted({word for row in ROWS for word in row.code}))
def test_every_name_is_there_in_the_code(word: str) -> None:
    assert exists(word)


@pytest.mark.parametrize("name", re.findall(r"`([a-z_]+_[a-z_]+)`", TEXT))
def test_names_in_the_text_are_there_too(name: str) -> None:
    assert exists(name)


def test_every_model_has_a_row() -> None:
    ours = ("priorities", "indicators", "reports")
    models = [model for app in ours for model in apps.get_app_config(app).get_models()]
    assert [model.__name__ for model in models if not rows_with(model.__name__)] == []


@pytest.mark.parametrize("member", [member for kind in SPOKEN for member in kind], ids=str)
def test_every_member_has_a_row(member: Enum) -> None:
    assert len(rows_with(f"{type(member).__name__}.{member.name}")) == 1


@pytest.mark.parametrize("status", Status, ids=str)
def test_status_words_and_signs(status: Status) -> None:
    (row,) = rows_with(f"Status.{status.name}")
    sign, _, words = row.dutch.partition(" ")
    assert sign == STATUSES[status].sign
    spoken, _, final = words.partition("; laatste streefjaar: ")
    assert spoken == STATUSES[status].word
    assert final == STATUSES[status].final_word


def test_words_for_no_value_and_for_certainty() -> None:
    for reason, word in NO_VALUE_WORDS.items():
        assert rows_with(f"Reason.{reason.name}")[0].dutch.endswith(f": {word}")
    for certainty, word in CERTAINTY_WORDS.items():
        assert rows_with(f"Certainty.{certainty.name}")[0].dutch == word


def test_words_for_how_an_activity_stands() -> None:
    for state in ActivityState:
        assert rows_with(f"ActivityState.{state.name}")[0].dutch.removesuffix(" (activiteit)") == state.word


def test_words_for_years_in_which_nothing_is_followed() -> None:
    for followed, word in FOLLOWED_WORDS.items():
        assert rows_with(f"Followed.{followed.name}")[0].dutch == word


def test_every_fault_is_seen() -> None:
    assert not exists("Gemeente")
    assert not exists("Status.GREEN")
    assert not exists("Measurement.colour")
    assert not exists("Exact.colour")
    assert rows_of("| een | twee |\n|---|---|---|\n| Nederlands | code | betekenis |\n| a | `B` | c. |") == [
        Row("a", ("B",), "c.")
    ]
