"""Cells of a spreadsheet, read by type and number format."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.cells import Cell, read_cell
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, Unit, UnitKind

pytestmark = pytest.mark.engine_free

COUNT = Unit(UnitKind.COUNT)
PERCENTAGE = Unit(UnitKind.PERCENTAGE, 0)
PERCENTAGE_2 = Unit(UnitKind.PERCENTAGE, 2)
GRADE = Unit(UnitKind.GRADE, 1)


def number(value, number_format="General"):
    return Cell("number", number=value, number_format=number_format)


@pytest.mark.parametrize(
    ("cell", "unit", "last", "expected"),
    [
        (number(394), COUNT, None, 394),
        (number(394.0), COUNT, None, 394),
        (number(1177, "#,##0"), COUNT, None, 1177),
        (number(0.22, "0%"), PERCENTAGE, None, 22),
        (number(0.07, "0.00%"), PERCENTAGE_2, None, 7),
        (number(0.225, "0.0%"), PERCENTAGE_2, 22, "22.5"),
        (number(22), PERCENTAGE, 22, 22),
        (number(0.22), PERCENTAGE_2, Decimal("0.28"), "0.22"),
        (number(0), PERCENTAGE_2, Decimal(22), 0),
        (number(6.199999999999999), GRADE, None, "6.2"),
        (number(62 * 0.1), GRADE, None, "6.2"),
        (number(Decimal("6.2")), GRADE, None, "6.2"),
        (number(6.2, "[$-413]0.0"), GRADE, None, "6.2"),
        (Cell("text", "1.177"), COUNT, None, 1177),
        (Cell("number", number=12, formula="=A1+1"), COUNT, None, 12),
    ],
    ids=repr,
)
def test_taken(cell, unit, last, expected):
    last = None if last is None else Decimal(last)
    assert read_cell(cell, unit, last=last).value == Exact(Decimal(expected))


@pytest.mark.parametrize(
    ("cell", "unit", "last"),
    [
        (number(0.22), PERCENTAGE_2, Decimal(1)),
        (number(0.22), PERCENTAGE_2, None),
        (number(0.22), PERCENTAGE, Decimal(22)),
        (number(0.225, "0%"), PERCENTAGE, Decimal(22)),
        (number(394.5), COUNT, None),
        (number(1.177), COUNT, None),
        (number(-5), COUNT, None),
        (number(0.22, "0%"), COUNT, None),
        (number(0.62, "0%"), GRADE, None),
        (number(62), GRADE, None),
        (number(6.19), GRADE, None),
        (number(1.22, "0%"), PERCENTAGE, None),
        (number(500, '"€" #,##0'), COUNT, None),
        (number(500, "[$€-413] #,##0"), COUNT, None),
        (number(5, '"<"0'), COUNT, None),
        (number(float("nan")), COUNT, None),
        (number(float("inf")), COUNT, None),
        (number(1e15), COUNT, None),
        (Cell("date", "2019-02-06"), COUNT, None),
        (Cell("boolean", "WAAR"), COUNT, None),
        (Cell("error", "#N/A"), COUNT, None),
        (Cell("empty", formula="=B2", has_result=False), COUNT, None),
        (Cell("text", "1,177"), COUNT, None),
    ],
    ids=repr,
)
def test_refused(cell, unit, last):
    with pytest.raises(Refusal) as caught:
        read_cell(cell, unit, last=last)
    assert caught.value.why


def test_a_number_with_three_decimals_was_probably_a_grouped_count():
    with pytest.raises(Refusal) as caught:
        read_cell(number(1.177), COUNT)
    assert caught.value.suggestion == "1.177"


def test_empty_cell_is_nothing_typed():
    assert read_cell(Cell("empty"), COUNT) is None


def test_a_cell_asks_as_typed_text_does():
    assert read_cell(number(4711), COUNT, last=Decimal(471), year=2020).question
    assert not read_cell(number(0.0022, "0.00%"), PERCENTAGE_2, last=Decimal("0.28"), year=2020).question.count(
        "of bedoelt"
    )


@given(
    st.floats(),
    st.sampled_from(["General", "0%", "0.00", "#,##0"]),
    st.sampled_from([COUNT, PERCENTAGE_2, GRADE]),
)
def test_no_number_raises_anything_but_a_refusal(value, number_format, unit):
    try:
        read_cell(number(value, number_format), unit, last=Decimal(3), year=2020)
    except Refusal as refusal:
        assert str(refusal)
