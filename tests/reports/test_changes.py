"""What the documents of an edition say of the differences from the state before it."""

from decimal import Decimal
from typing import Any

import pytest

from indicators.domain.programme import ActivityState
from indicators.readmodel.differences import LineChange, LineEvent, line_differences
from indicators.readmodel.lines import Line
from reports.appendix.changes import TITLE
from reports.appendix.load import load_appendix
from reports.document import Section, Table
from reports.programme.changes import change_rows
from reports.programme.load import load_annual
from tests.readmodel.prefixes import edition, line
from tests.version_steps import adopt_target, below, rejudge

FIRST = edition(3, 2019)


def section_of(sections: tuple[Section, ...], title: str) -> Section:
    return next(section for section in sections if section.title == title)


@pytest.mark.django_db
def test_verdicts_that_were_judged_again_are_a_table_of_the_appendix(practice, keeper, adopter) -> None:
    adopt_target(practice, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    before = section_of(load_appendix(practice, 2020).document.sections, TITLE)
    assert "Opnieuw beoordeeld" not in [table.name for table in before.blocks if isinstance(table, Table)]
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    for document in (load_appendix(practice, 2020).document, load_annual(practice, 2020).document):
        section = section_of(document.sections, TITLE)
        (table,) = [block for block in section.blocks if isinstance(block, Table)]
        assert table.name == "Opnieuw beoordeeld"
        ((number, indicator, *texts),) = [[cell.text for cell in row] for row in table.rows]
        assert (number, indicator[:3]) == ("H1", "V8 ")
        assert texts == ["338", "<350", "Op koers", "<330", "Aandacht", "versie 2: De raad wil meer."]


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"state": ActivityState.DONE, "result": "Klaar."}, ["state"]),
        ({"result": "Klaar."}, ["result"]),
        ({"budget": Decimal(5), "spent": Decimal(4)}, ["budget", "spent"]),
    ],
)
def test_a_result_is_a_row_of_its_own_only_without_other_changes(facts: dict[str, Any], fields: list[str]) -> None:
    (change,) = changes_of(line(1, FIRST), line(2, FIRST, first=1, title="Activiteit 1", **facts))
    assert [row.field for row in change_rows([change])] == fields


@pytest.mark.engine_free
def test_a_line_that_comes_or_goes_is_one_row() -> None:
    (gone,) = changes_of(line(1, FIRST), line(2, FIRST, first=1, withdrawn=True))
    (new,) = line_differences({}, {1: line(1, FIRST)})
    assert [row.field for row in change_rows([gone, new])] == ["", ""]
    assert [change.event for change in (gone, new)] == [LineEvent.WITHDRAWN, LineEvent.ADDED]


def changes_of(old: Line, new: Line) -> tuple[LineChange, ...]:
    return line_differences({old.first: old}, {new.first: new})
