"""Selecting revisions: current, drafts, adopted in order, and as of an edition."""

from datetime import date

import pytest

from indicators.models import Area, Edition, Measurement, Target
from tests.cast import NOW, adopt_year, component_of, record
from tests.models.valid_rows import other_kadernota

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(real, officer, adopter):
    """Record V3 of 2019: adopted, corrected and adopted, and corrected again; and V6 of 2019: a draft."""
    for number, adopts in (("4.400", True), ("4.410", True), ("4.420", False)):
        record(real, "V3", 2019, number, explanation=f"nu {number}", by=officer)
        if adopts:
            adopt_year(real, 2019, by=adopter)
    record(real, "V6", 2019, "14", by=officer)
    return real


def numbers(rows):
    return [int(row.number) for row in rows.filter(component__indicator__code="V3", year=2019)]


def test_current_is_the_end_of_each_chain(history):
    assert numbers(Measurement.objects.of(history).current()) == [4420]
    per_figure = Measurement.objects.current().values_list("component", "area", "year")
    assert len(set(per_figure)) == len(per_figure)


def test_drafts_are_current_and_in_no_edition(history):
    drafts = Measurement.objects.of(history).drafts()
    assert sorted(int(row.number) for row in drafts) == [14, 4420]


def test_adopted_comes_in_the_order_of_adoption(history):
    assert numbers(Measurement.objects.of(history).adopted()) == [4400, 4410]


def test_as_of_an_edition(history):
    first, second = Edition.objects.of(history).filter(year=2019, kind="adopted")
    assert numbers(Measurement.objects.of(history).as_of(first.pk)) == [4400]
    assert numbers(Measurement.objects.of(history).as_of(second.pk)) == [4400, 4410]
    assert numbers(Measurement.objects.of(history).as_of(Edition.objects.of(history).first().pk)) == []


def test_another_kadernota_is_left_out(history):
    other = other_kadernota()
    for rows in (Measurement.objects, Target.objects, Edition.objects):
        assert rows.of(history).exists() and not rows.of(other).exists()


def test_whole_area_leaves_parts_out(history, officer):
    north = Area.objects.create(kadernota=history, code="noord", name="Noord")
    component = component_of(history, "V3")
    Measurement.objects.create(
        component=component, area=north, year=2019, number=9, recorded_by=officer, recorded_at=NOW
    )
    assert 9 in numbers(Measurement.objects.current())
    assert 9 not in numbers(Measurement.objects.current().whole_area())


def test_current_target_is_the_one_of_the_last_decision(history):
    first = Target.objects.of(history).get(component__indicator__code="V3", year=2020)
    second = Target.objects.create(
        component=first.component,
        area=first.area,
        year=2020,
        aim=4600,
        replaces=first,
        decision="R-1",
        reason="x",
        decided_on=date(2020, 6, 1),
        recorded_at=NOW,
    )
    of_2020 = Target.objects.of(history).filter(component=first.component, year=2020)
    assert list(of_2020.current()) == [second] and first in of_2020
