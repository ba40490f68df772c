"""The scales of the charts: where an axis starts, and that right is better in the picture of a priority."""

from decimal import Decimal

import pytest

from indicators.charts import priority_figure, priority_svg
from indicators.charts.axis import axis_for, nice_step
from indicators.charts.priority import priority_chart
from indicators.domain.values import Direction, Unit, UnitKind
from tests.charts.chart_rows import COUNT, GRADE, LOWER, component, single, texts, words_in

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("numbers", "unit", "ticks", "note"),
    [
        (["281", "565", "500"], COUNT, ["0", "200", "400", "600"], ""),
        (["0", "0"], COUNT, ["0", "1"], ""),
        (["4", "7", "8"], COUNT, ["0", "2", "4", "6", "8"], ""),
        (["19", "23"], Unit(UnitKind.PERCENTAGE), ["0%", "5%", "10%", "15%", "20%", "25%"], ""),
        (["4385", "5218"], COUNT, ["3.500", "4.000", "4.500", "5.000", "5.500"], "De as begint bij 3.500, niet bij 0."),
        (["6.2", "6.3"], GRADE, ["5,0", "5,5", "6,0", "6,5", "7,0"], "De as loopt van 5,0 tot 7,0."),
        (["10.0"], GRADE, ["9,0", "9,2", "9,4", "9,6", "9,8", "10,0"], "De as loopt van 9,0 tot 10,0."),
        (["0.15", "0.28"], Unit(UnitKind.PERCENTAGE, 2), ["0,00%", "0,10%", "0,20%", "0,30%"], ""),
        ([], COUNT, [], ""),
    ],
)  # fmt: skip
def test_axis_starts_at_zero_or_says_so(numbers: list[str], unit: Unit, ticks: list[str], note: str) -> None:
    axis = axis_for([Decimal(number) for number in numbers], unit)
    assert list(axis.labels) == ticks
    assert axis.note == note
    assert all(0 <= axis.fraction(Decimal(number)) <= 1 for number in numbers)


def test_a_step_is_round_and_no_finer_than_the_unit() -> None:
    assert nice_step(Decimal("113"), Decimal(1)) == 200
    assert nice_step(Decimal("0.2"), Decimal(1)) == 1
    assert nice_step(Decimal("0.056"), Decimal("0.01")) == Decimal("0.1")


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize(("baseline", "target"), [("20", "10"), ("10", "20"), ("15", "15")])
def test_right_is_better_in_every_row(direction: Direction, baseline: str, target: str) -> None:
    positions = []
    for typed in ("5", "15", "25"):
        part = component({2020: typed}, {2020: target}, baseline=baseline, direction=direction)
        shown = single(part)[0]
        (row,) = priority_chart(shown, shown.priorities[0], 2020).rows
        positions.append(row.positions.measurement[0])
        assert {row.positions.baseline, row.positions.target} == (
            {Decimal(0), Decimal(1)} if baseline != target else {Decimal(1)}
        )
    assert positions == sorted(positions, reverse=direction is Direction.LOWER)


def test_a_priority_says_what_left_and_right_mean_and_how_each_row_stands() -> None:
    shown, row, part = single(LOWER)
    svg = priority_svg(shown, shown.priorities[0], 2020)
    assert {"← slechter", "beter →", "✓", "Op koers"} <= set(texts(svg))
    words = list(words_in(priority_figure(shown, shown.priorities[0], 2020)["layout"]["annotations"]))
    assert {"← slechter", "beter →", "✓ Op koers"} <= set(words)
