"""Selecting revisions: current, drafts, adopted in order, and as of an edition."""

import pytest

from indicators.actions.versions import start_draft
from indicators.actions.workflow import retract
from indicators.models import Area, Edition, Measurement
from tests.actions.versions import small_nota
from tests.cast import NOW, adopt_year, component_of, record

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
    return [int(row.number) for row in rows.filter(series__key="v3", year=2019)]


def test_current_is_the_end_of_each_chain(history):
    assert numbers(Measurement.objects.of(history).current()) == [4420]
    per_figure = Measurement.objects.current().values_list("series", "area", "year")
    assert len(set(per_figure)) == len(per_figure)


def test_drafts_are_current_and_in_no_edition(history):
    drafts = Measurement.objects.of(history).drafts()
    assert sorted(int(row.number) for row in drafts) == [14, 4420]


def test_adopted_comes_in_the_order_of_adoption(history):
    assert numbers(Measurement.objects.of(history).adopted()) == [4400, 4410]


def test_as_of_an_edition(history):
    first, second = Edition.objects.of(history).filter(year=2019, decision__kind="year")
    assert numbers(Measurement.objects.of(history).as_of(first.decision.sequence)) == [4400]
    assert numbers(Measurement.objects.of(history).as_of(second.decision.sequence)) == [4400, 4410]
    assert numbers(Measurement.objects.of(history).as_of(1)) == []


def test_a_draft_that_was_taken_back_is_no_draft(history, officer):
    draft = Measurement.objects.of(history).drafts().get(series__key="v6")
    retract(model=Measurement, revision=draft.pk, kadernota=history, by=officer, now=NOW)
    assert not Measurement.objects.of(history).drafts().filter(series__key="v6").exists()
    assert Measurement.objects.of(history).current().get(series__key="v6", year=2019).retracted


def test_another_kadernota_is_left_out(history, keeper):
    other = start_draft(nota=small_nota(), by=keeper, now=NOW).kadernota
    for rows in (Measurement.objects, Edition.objects):
        assert rows.of(history).exists() and not rows.of(other).exists()


def test_whole_area_leaves_parts_out(history, officer):
    north = Area.objects.create(kadernota=history, code="noord", name="Noord")
    series = component_of(history, "V3").series
    Measurement.objects.create(
        kadernota=history, series=series, area=north, year=2019, number=9, recorded_by=officer, recorded_at=NOW
    )
    assert 9 in numbers(Measurement.objects.current())
    assert 9 not in numbers(Measurement.objects.current().whole_area())
