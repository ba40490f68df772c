"""Recording: new, changed, the same; conflicts; corrections with a reason. All of it or nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from indicators.actions import (
    ActionRefused,
    Conflict,
    Entry,
    Outcome,
    record_measurements,
)
from indicators.domain.values import Exact, NoValue, Reason, Withheld
from indicators.models import LONGEST_EXPLANATION, Area, Measurement
from priorities.permissions import NotAllowed
from tests.cast import NOW, adopt_year, component_of, entry_of, record, revision_of, whole_area

pytestmark = pytest.mark.django_db


def revisions(kadernota, code, year, name=""):
    return Measurement.objects.filter(component=component_of(kadernota, code, name), year=year).order_by("pk")


def test_first_figure_is_new(real, officer):
    assert record(real, "V3", 2019, "4.521", explanation="geteld", by=officer) == Outcome.NEW
    row = revision_of(real, "V3", 2019)
    assert (row.value, row.explanation, row.recorded_by, row.recorded_at) == (
        Exact(Decimal(4521)),
        "geteld",
        officer,
        NOW,
    )
    assert row.replaces is None and row.area == whole_area(real)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4.521*", Exact(Decimal(4521), provisional=True)),
        ("<5", Withheld(Decimal(5))),
        ("≤5*", Withheld(Decimal(5), True, True)),
        ("pm", NoValue(Reason.PM)),
        ("n.b.", NoValue(Reason.UNKNOWN)),
        ("n.v.t.", NoValue(Reason.NOT_APPLICABLE)),
        ("0", Exact(Decimal(0))),
        ("999.999.999.999.999", Exact(Decimal(10**15 - 1))),
    ],
)
def test_every_kind_of_value_comes_back_as_it_went_in(real, officer, typed, value):
    record(real, "V3", 2019, typed, by=officer)
    assert revision_of(real, "V3", 2019).value == value
    assert record(real, "V3", 2019, typed, by=officer) == Outcome.SAME


@pytest.mark.parametrize(("code", "typed", "number"), [("V2", "6,3", "6.3"), ("V1", "21", "21"), ("V2", "10", "10")])
def test_decimals_come_back_exactly(real, officer, code, typed, number):
    record(real, code, 2018, typed, by=officer)
    assert revision_of(real, code, 2018).number == Decimal(number)
    assert record(real, code, 2018, typed, by=officer) == Outcome.SAME


def test_a_change_replaces_what_stood_there(real, officer, colleague):
    record(real, "V3", 2019, "4.521", by=officer)
    first = revision_of(real, "V3", 2019)
    assert record(real, "V3", 2019, "4.600", by=colleague) == Outcome.CHANGED
    second = revision_of(real, "V3", 2019)
    assert second.replaces == first and second.recorded_by == colleague
    first.refresh_from_db()
    assert first.value == Exact(Decimal(4521)), "the history stays"


def test_the_same_form_twice_is_one_row_and_two_answers(real, officer):
    form = entry_of(real, "V3", 2019, "4.521", explanation=" ge\u202eteld\r\nen her\x07teld ")
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.NEW]
    assert record_measurements(entries=[form], by=officer, now=NOW + timedelta(minutes=1)) == [Outcome.SAME]
    assert revisions(real, "V3", 2019).count() == 1
    assert revision_of(real, "V3", 2019).explanation == "geteld\nen herteld"


def test_a_changing_form_twice_is_one_revision(real, officer):
    record(real, "V3", 2019, "4.521", by=officer)
    form = entry_of(real, "V3", 2019, "4.600")
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.CHANGED]
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.SAME]
    assert revisions(real, "V3", 2019).count() == 2


def test_another_explanation_is_a_change_and_none_leaves_it(real, officer):
    record(real, "V1", 2018, "21%", explanation="enquête", sample=1200, by=officer)
    assert record(real, "V1", 2018, "21%", by=officer) == Outcome.SAME
    assert record(real, "V1", 2018, "21%", explanation="enquête van het najaar", by=officer) == Outcome.CHANGED
    assert record(real, "V1", 2018, "21%", sample=1300, by=officer) == Outcome.CHANGED
    assert record(real, "V1", 2018, "20%", by=officer) == Outcome.CHANGED
    row = revision_of(real, "V1", 2018)
    assert (row.explanation, row.sample) == ("enquête van het najaar", None)
    assert record(real, "V1", 2018, "20%", explanation="", by=officer) == Outcome.CHANGED
    assert revision_of(real, "V1", 2018).explanation == ""


def test_provisional_becoming_final_is_a_change(real, officer):
    record(real, "V3", 2019, "4.521*", by=officer)
    assert record(real, "V3", 2019, "4.521", by=officer) == Outcome.CHANGED


def test_who_comes_second_is_told_who_was_first_and_what_they_wrote(real, officer, colleague):
    mine, theirs = entry_of(real, "V3", 2019, "4.600"), entry_of(real, "V3", 2019, "4.521")
    record_measurements(entries=[theirs], by=colleague, now=NOW)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=[mine], by=officer, now=NOW)
    (newer,) = caught.value.newer
    assert (newer.value, newer.recorded_by, newer.recorded_at) == (theirs.value, colleague, NOW)
    assert mine.value == Exact(Decimal(4600)), "both figures can be shown"
    assert revisions(real, "V3", 2019).count() == 1


def test_a_conflict_on_a_later_revision(real, officer, colleague):
    record(real, "V3", 2019, "4.521", by=officer)
    stale = entry_of(real, "V3", 2019, "4.700")
    record(real, "V3", 2019, "4.600", by=colleague)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=[stale], by=officer, now=NOW)
    assert [row.value for row in caught.value.newer] == [Exact(Decimal(4600))]


def test_one_conflict_stops_the_whole_form(real, officer, colleague):
    form = [entry_of(real, "V3", 2019, "4.600"), entry_of(real, "V6", 2019, "16"), entry_of(real, "V7", 2019, "9")]
    record(real, "V6", 2019, "14", by=colleague)
    record(real, "V7", 2019, "8", by=colleague)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=form, by=officer, now=NOW)
    assert {row.component.indicator.code for row in caught.value.newer} == {"V6", "V7"}
    assert revision_of(real, "V3", 2019) is None


def test_a_revision_that_never_was_is_a_conflict_without_an_invented_colleague(real, officer):
    with pytest.raises(Conflict) as caught:
        record(real, "V3", 2019, "4.600", seen=999_999_999, by=officer)
    assert caught.value.newer == []


def test_a_colleague_who_wrote_the_same_is_no_conflict(real, officer, colleague):
    mine = entry_of(real, "V3", 2019, "4.521")
    record(real, "V3", 2019, "4.521", by=colleague)
    assert record_measurements(entries=[mine], by=officer, now=NOW) == [Outcome.SAME]


@pytest.mark.parametrize("explanation", [None, "", "  ", "\r\n"])
def test_a_correction_needs_its_reason(real, officer, adopter, explanation):
    record(real, "V3", 2019, "4.521", explanation="geteld", by=officer)
    adopt_year(real, 2019, by=adopter)
    with pytest.raises(ActionRefused, match="vastgesteld als 4.521") as caught:
        record(real, "V3", 2019, "4.522", explanation=explanation, by=officer)
    assert "reden" in str(caught.value)
    assert revisions(real, "V3", 2019).count() == 1
    assert record(real, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer) == Outcome.CHANGED


def test_a_correction_of_a_correction_needs_a_reason_too_and_going_back_does_not(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    with pytest.raises(ActionRefused):
        record(real, "V3", 2019, "4.523", by=officer)
    assert record(real, "V3", 2019, "4.400", explanation="", by=officer) == Outcome.CHANGED


def test_another_sample_under_an_adopted_figure_is_a_correction(real, officer, adopter):
    record(real, "V1", 2018, "21%", sample=1200, by=officer)  # 2018 has no target to miss
    adopt_year(real, 2018, by=adopter)
    with pytest.raises(ActionRefused):
        record(real, "V1", 2018, "21%", sample=1201, by=officer)


def test_a_figure_that_was_taken_over_is_corrected_with_a_reason_too(real, officer):
    with pytest.raises(ActionRefused, match="281"):
        record(real, "V5", 2020, "283", "absoluut", by=officer)
    assert record(real, "V5", 2020, "283", "absoluut", explanation="nagekomen aangiften", by=officer) == Outcome.CHANGED


def test_a_refused_correction_takes_the_rest_with_it(real, officer):
    form = [entry_of(real, "V3", 2020, "4.521"), entry_of(real, "V5", 2020, "283", "absoluut")]
    with pytest.raises(ActionRefused):
        record_measurements(entries=form, by=officer, now=NOW)
    assert revision_of(real, "V3", 2020) is None


def test_an_explanation_has_its_limit_after_the_blanks(real, officer):
    with pytest.raises(ActionRefused, match="langer"):
        record(real, "V3", 2019, "4.521", explanation="x" * (LONGEST_EXPLANATION + 1), by=officer)
    assert record(real, "V3", 2019, "4.521", explanation="x" * LONGEST_EXPLANATION + "\n ", by=officer) == Outcome.NEW


def test_the_same_figure_twice_in_one_form_is_refused(real, officer):
    form = entry_of(real, "V3", 2019, "4.521")
    with pytest.raises(ActionRefused, match="twee keer"):
        record_measurements(entries=[form, form], by=officer, now=NOW)


def test_a_figure_that_the_database_refuses_is_not_called_a_colleague(real, officer):
    with pytest.raises(IntegrityError):
        record(real, "V1", 2018, "21%", sample=0, by=officer)
    record(real, "V1", 2018, "21%", by=officer)
    with pytest.raises(IntegrityError):
        record(real, "V1", 2018, "21%", sample=0, by=officer)


def test_two_areas_are_two_figures(real, officer):
    north = Area.objects.create(kadernota=real, code="noord", name="Noord")
    component = component_of(real, "V3")
    record(real, "V3", 2019, "4.521", by=officer)
    entry = Entry(component=component, area=north, year=2019, value=Exact(Decimal(900)))
    assert record_measurements(entries=[entry], by=officer, now=NOW) == [Outcome.NEW]


@pytest.mark.parametrize("who", ["adopter", "keeper", "anonymous", "closed"])
def test_only_those_who_may(real, who, request, officer):
    if who == "closed":
        officer.is_active = False
    user = {"anonymous": AnonymousUser(), "closed": officer}.get(who) or request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        record(real, "V3", 2019, "4.521", by=user)
    assert revision_of(real, "V3", 2019) is None


def test_the_number_of_queries_before_the_inserts_does_not_grow(real, officer, django_assert_max_num_queries):
    form = [entry_of(real, code, 2019, "5") for code in ("V3", "V4", "V6", "V7", "V8", "V9", "V10")]
    record_measurements(entries=form, by=officer, now=NOW)
    with django_assert_max_num_queries(6):
        assert record_measurements(entries=form, by=officer, now=NOW) == [Outcome.SAME] * 7


@pytest.mark.parametrize(("code", "typed", "name"), [("V3", "4.521", ""), ("V5", "0,2%", "% van inwoners")])
def test_only_a_survey_has_a_sample_size(real, officer, code, typed, name):
    with pytest.raises(ActionRefused, match="enquête"):
        record(real, code, 2020, typed, name, sample=1200, by=officer)


def test_a_sample_size_stays_with_its_own_figure(real, officer):
    record(real, "V1", 2020, "20%", by=officer, sample=1850)
    record(real, "V1", 2020, "20%", by=officer, explanation="Nagekeken.")
    assert revision_of(real, "V1", 2020).sample == 1850
    record(real, "V1", 2020, "44%", by=officer)
    assert revision_of(real, "V1", 2020).sample is None
