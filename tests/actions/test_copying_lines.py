"""Copying the activities that continue to the next year, and mapping open data to series."""

from decimal import Decimal

import pytest

from indicators.actions.copying_lines import copy_activities
from indicators.actions.errors import ActionRefused
from indicators.actions.mapping import map_series
from indicators.actions.recording_lines import withdraw_line
from indicators.actions.workflow import retract
from indicators.domain.programme import ActivityState
from indicators.models import OpenDataRow, ProgrammeLine
from priorities.permissions import NotAllowed
from tests.actions.rows import (
    NOW,
    TOPICS,
    adopt_version,
    adopt_year,
    component_of,
    make_kadernota,
    make_version,
    record_activity,
    topic_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kadernota(db):
    return make_kadernota(figures=False)


def copied(kadernota, year):
    return list(ProgrammeLine.objects.of(kadernota).drafts().filter(year=year, withdrawn=False).order_by("title"))


def copy(kadernota, year, by):
    return copy_activities(kadernota=kadernota, year=year, by=by, now=NOW)


def test_what_continues_is_copied_without_its_account(kadernota, officer, adopter):
    facts = {"effort": "Maatwerk", "partners": "Politie", "planned": "mei", "result": "Nog niet.", "by": officer}
    record_activity(kadernota, "Uitgesteld", 2020, state=ActivityState.DELAYED, budget=Decimal(5), **facts)
    record_activity(kadernota, "Klaar", 2020, state=ActivityState.DONE, **facts)
    record_activity(kadernota, "Geld", 2020, state=None, by=officer)
    adopt_year(kadernota, 2020, by=adopter)
    assert copy(kadernota, 2021, officer) == 1 and copy(kadernota, 2021, officer) == 0
    (line,) = copied(kadernota, 2021)
    assert (line.title, line.effort, line.partners, line.state) == ("Uitgesteld", "Maatwerk", "Politie", "gepland")
    assert (line.planned, line.result, line.budget) == ("", "", None)


def test_a_copy_that_was_withdrawn_stays_away_and_one_that_was_taken_back_may_return(kadernota, officer):
    for title in ("Campagne", "Schouw"):
        record_activity(kadernota, title, 2020, by=officer)
    assert copy(kadernota, 2021, officer) == 2
    campaign, inspection = copied(kadernota, 2021)
    withdraw_line(seen=campaign.pk, kadernota=kadernota, reason="stopt", by=officer, now=NOW)
    retract(model=ProgrammeLine, revision=inspection.pk, kadernota=kadernota, by=officer, now=NOW)
    assert copied(kadernota, 2021) == []
    assert copy(kadernota, 2021, officer) == 1
    assert [line.title for line in copied(kadernota, 2021)] == ["Schouw"]


def test_the_first_year_continues_the_year_before_the_period(kadernota, officer):
    record_activity(kadernota, "Schouw", 2017, by=officer)
    assert copy(kadernota, 2018, officer) == 1
    for year in (2017, 2023):
        with pytest.raises(ActionRefused, match="is geen jaar van deze kadernota"):
            copy(kadernota, year, officer)


def test_a_part_that_the_newest_version_lacks_is_not_copied(kadernota, officer, adopter):
    record_activity(kadernota, "Schouw", 2020, topic=topic_of(kadernota, "theme"), by=officer)
    record_activity(kadernota, "Campagne", 2020, by=officer)
    adopt_version(make_version(kadernota, topics=TOPICS[:2]), by=adopter)
    assert copy(kadernota, 2021, officer) == 1


def test_only_officers_copy_and_map(kadernota, adopter, keeper):
    for user in (adopter, keeper):
        with pytest.raises(NotAllowed):
            copy(kadernota, 2021, user)
        with pytest.raises(NotAllowed):
            map_series(kadernota=kadernota, chosen={}, by=user)


def test_rows_of_open_data_are_mapped_to_series_of_the_newest_version(kadernota, officer):
    v6, v7 = (component_of(kadernota, code).series.pk for code in ("V6", "V7"))
    chosen = {("Straatroof", "Aantal"): v6, ("Overval", "Aantal"): None}
    assert map_series(kadernota=kadernota, chosen=chosen, by=officer) == 1
    assert map_series(kadernota=kadernota, chosen={("Straatroof", "Aantal"): v7}, by=officer) == 1
    assert OpenDataRow.objects.get().series_id == v7
    wrong = {("Straatroof", "Aantal"): component_of(make_kadernota("elders"), "V6").series.pk}
    with pytest.raises(ActionRefused, match="hoort niet bij deze kadernota"):
        map_series(kadernota=kadernota, chosen=wrong, by=officer)
    map_series(kadernota=kadernota, chosen={("Straatroof", "Aantal"): None}, by=officer)
    assert not OpenDataRow.objects.exists()
