"""Recording: new, changed, the same; conflicts; corrections with a reason. All of it or nothing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from indicators.actions.errors import ActionRefused
from indicators.actions.recording import Entry, record_measurements
from indicators.actions.workflow import Conflict, Outcome
from indicators.domain.values import Exact, NoValue, Reason, Withheld
from indicators.models import LONGEST_EXPLANATION, Area, AuditEvent
from priorities.models import Kadernota
from priorities.permissions import NotAllowed
from tests.actions.rows import (
    NOW,
    adopt_version,
    adopt_year,
    component_of,
    entry_of,
    make_kadernota,
    make_version,
    record,
    revision_of,
    revisions_of,
    whole_area,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kadernota(db):
    return make_kadernota()


def test_first_figure_is_new(kadernota, officer):
    assert record(kadernota, "V3", 2019, "4.521", explanation="geteld", by=officer) == Outcome.NEW
    row = revision_of(kadernota, "V3", 2019)
    assert (row.value, row.explanation, row.recorded_by, row.recorded_at) == (
        Exact(Decimal(4521)),
        "geteld",
        officer,
        NOW,
    )
    assert row.replaces is None and row.area == whole_area(kadernota)


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
def test_every_kind_of_value_comes_back_as_it_went_in(kadernota, officer, typed, value):
    record(kadernota, "V3", 2019, typed, by=officer)
    assert revision_of(kadernota, "V3", 2019).value == value
    assert record(kadernota, "V3", 2019, typed, by=officer) == Outcome.SAME


@pytest.mark.parametrize(("code", "typed", "number"), [("V2", "6,3", "6.3"), ("V1", "21", "21"), ("V2", "10", "10")])
def test_decimals_come_back_exactly(kadernota, officer, code, typed, number):
    record(kadernota, code, 2018, typed, by=officer)
    assert revision_of(kadernota, code, 2018).number == Decimal(number)
    assert record(kadernota, code, 2018, typed, by=officer) == Outcome.SAME


def test_a_change_replaces_what_stood_there(kadernota, officer, colleague):
    record(kadernota, "V3", 2019, "4.521", by=officer)
    first = revision_of(kadernota, "V3", 2019)
    assert record(kadernota, "V3", 2019, "4.600", by=colleague) == Outcome.CHANGED
    second = revision_of(kadernota, "V3", 2019)
    assert second.replaces == first and second.recorded_by == colleague
    first.refresh_from_db()
    assert first.value == Exact(Decimal(4521)), "the history stays"


def test_the_same_form_twice_is_one_row_and_two_answers(kadernota, officer):
    form = entry_of(kadernota, "V3", 2019, "4.521", explanation=" ge\u202eteld\r\nen her\x07teld ")
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.NEW]
    assert record_measurements(entries=[form], by=officer, now=NOW + timedelta(minutes=1)) == [Outcome.SAME]
    assert revisions_of(kadernota, "V3", 2019).count() == 1
    assert revision_of(kadernota, "V3", 2019).explanation == "geteld\nen herteld"


def test_a_changing_form_twice_is_one_revision(kadernota, officer):
    record(kadernota, "V3", 2019, "4.521", by=officer)
    form = entry_of(kadernota, "V3", 2019, "4.600")
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.CHANGED]
    assert record_measurements(entries=[form], by=officer, now=NOW) == [Outcome.SAME]
    assert revisions_of(kadernota, "V3", 2019).count() == 2


def test_another_explanation_is_a_change_and_none_leaves_it(kadernota, officer):
    record(kadernota, "V1", 2018, "21%", explanation="enquête", sample=1200, by=officer)
    assert record(kadernota, "V1", 2018, "21%", by=officer) == Outcome.SAME
    assert record(kadernota, "V1", 2018, "21%", explanation="enquête van het najaar", by=officer) == Outcome.CHANGED
    assert record(kadernota, "V1", 2018, "21%", sample=1300, by=officer) == Outcome.CHANGED
    assert record(kadernota, "V1", 2018, "20%", by=officer) == Outcome.CHANGED
    row = revision_of(kadernota, "V1", 2018)
    assert (row.explanation, row.sample) == ("enquête van het najaar", None)
    assert record(kadernota, "V1", 2018, "20%", explanation="", by=officer) == Outcome.CHANGED
    assert revision_of(kadernota, "V1", 2018).explanation == ""


def test_provisional_becoming_final_is_a_change(kadernota, officer):
    record(kadernota, "V3", 2019, "4.521*", by=officer)
    assert record(kadernota, "V3", 2019, "4.521", by=officer) == Outcome.CHANGED


def test_who_comes_second_is_told_who_was_first_and_what_they_wrote(kadernota, officer, colleague):
    mine, theirs = entry_of(kadernota, "V3", 2019, "4.600"), entry_of(kadernota, "V3", 2019, "4.521")
    record_measurements(entries=[theirs], by=colleague, now=NOW)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=[mine], by=officer, now=NOW)
    (newer,) = caught.value.newer
    assert (newer.value, newer.recorded_by, newer.recorded_at) == (theirs.value, colleague, NOW)
    assert mine.value == Exact(Decimal(4600)), "both figures can be shown"
    assert revisions_of(kadernota, "V3", 2019).count() == 1


def test_a_conflict_on_a_later_revision(kadernota, officer, colleague):
    record(kadernota, "V3", 2019, "4.521", by=officer)
    stale = entry_of(kadernota, "V3", 2019, "4.700")
    record(kadernota, "V3", 2019, "4.600", by=colleague)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=[stale], by=officer, now=NOW)
    assert [row.value for row in caught.value.newer] == [Exact(Decimal(4600))]


def test_one_conflict_stops_the_whole_form(kadernota, officer, colleague):
    form = [
        entry_of(kadernota, "V3", 2019, "4.600"),
        entry_of(kadernota, "V6", 2019, "16"),
        entry_of(kadernota, "V7", 2019, "9"),
    ]
    record(kadernota, "V6", 2019, "14", by=colleague)
    record(kadernota, "V7", 2019, "8", by=colleague)
    with pytest.raises(Conflict) as caught:
        record_measurements(entries=form, by=officer, now=NOW)
    assert {row.series for row in caught.value.newer} == {
        component_of(kadernota, "V6").series,
        component_of(kadernota, "V7").series,
    }
    assert revision_of(kadernota, "V3", 2019) is None


def test_a_revision_that_never_was_is_a_conflict_without_an_invented_colleague(kadernota, officer):
    with pytest.raises(Conflict) as caught:
        record(kadernota, "V3", 2019, "4.600", seen=999_999_999, by=officer)
    assert caught.value.newer == []


def test_a_colleague_who_wrote_the_same_is_no_conflict(kadernota, officer, colleague):
    mine = entry_of(kadernota, "V3", 2019, "4.521")
    record(kadernota, "V3", 2019, "4.521", by=colleague)
    assert record_measurements(entries=[mine], by=officer, now=NOW) == [Outcome.SAME]


@pytest.mark.parametrize("explanation", [None, "", "  ", "\r\n"])
def test_a_correction_needs_its_reason(kadernota, officer, adopter, explanation):
    record(kadernota, "V3", 2019, "4.521", explanation="geteld", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    with pytest.raises(ActionRefused, match="vastgesteld als 4.521") as caught:
        record(kadernota, "V3", 2019, "4.522", explanation=explanation, by=officer)
    assert "reden" in str(caught.value)
    assert revisions_of(kadernota, "V3", 2019).count() == 1
    assert record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer) == Outcome.CHANGED


def test_a_correction_of_a_correction_needs_a_reason_too_and_going_back_is_none(kadernota, officer, adopter):
    record(kadernota, "V3", 2019, "4.400", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    with pytest.raises(ActionRefused):
        record(kadernota, "V3", 2019, "4.523", by=officer)
    assert record(kadernota, "V3", 2019, "4.400", explanation="", by=officer) == Outcome.RETRACTED


@pytest.mark.parametrize(
    "explanation", [None, "geteld", "dubbel geteld", ""], ids=["as a file", "adopted", "of the draft", "none"]
)
def test_the_adopted_figure_typed_over_a_draft_takes_the_draft_back(
    kadernota, officer, colleague, adopter, explanation
):
    record(kadernota, "V3", 2019, "4.400", explanation="geteld", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    outcome = record(kadernota, "V3", 2019, "4.400", explanation=explanation, by=colleague)
    row = revision_of(kadernota, "V3", 2019)
    assert outcome == Outcome.RETRACTED and row.retracted and row.recorded_by == colleague
    assert (row.value, row.explanation) == (Exact(Decimal(4522)), "dubbel geteld"), "it repeats the draft"
    assert not kadernota.measurements.drafts().exists()
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject, event.actor) == ("terugnemen", "2019: V3", colleague)
    assert record(kadernota, "V3", 2019, "4.400", by=officer) == Outcome.SAME


def test_the_adopted_figure_with_another_explanation_is_a_correction(kadernota, officer, adopter):
    record(kadernota, "V3", 2019, "4.400", explanation="geteld", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    assert record(kadernota, "V3", 2019, "4.400", explanation="nageteld", by=officer) == Outcome.CHANGED
    assert kadernota.measurements.drafts().get().explanation == "nageteld"


def test_another_sample_under_an_adopted_figure_is_a_correction(kadernota, officer, adopter):
    record(kadernota, "V1", 2018, "21%", sample=1200, by=officer)  # 2018 has no target to miss
    adopt_year(kadernota, 2018, by=adopter)
    with pytest.raises(ActionRefused):
        record(kadernota, "V1", 2018, "21%", sample=1201, by=officer)


def test_a_figure_that_was_taken_over_is_corrected_with_a_reason_too(kadernota, officer):
    with pytest.raises(ActionRefused, match="281"):
        record(kadernota, "V5", 2020, "283", "absoluut", by=officer)
    assert (
        record(kadernota, "V5", 2020, "283", "absoluut", explanation="nagekomen aangiften", by=officer)
        == Outcome.CHANGED
    )


def test_a_refused_correction_takes_the_rest_with_it(kadernota, officer):
    form = [entry_of(kadernota, "V3", 2020, "4.521"), entry_of(kadernota, "V5", 2020, "283", "absoluut")]
    with pytest.raises(ActionRefused):
        record_measurements(entries=form, by=officer, now=NOW)
    assert revision_of(kadernota, "V3", 2020) is None


def test_an_explanation_has_its_limit_after_the_blanks(kadernota, officer):
    with pytest.raises(ActionRefused, match="langer"):
        record(kadernota, "V3", 2019, "4.521", explanation="x" * (LONGEST_EXPLANATION + 1), by=officer)
    assert (
        record(kadernota, "V3", 2019, "4.521", explanation="x" * LONGEST_EXPLANATION + "\n ", by=officer) == Outcome.NEW
    )


def test_the_same_figure_twice_in_one_form_is_refused(kadernota, officer):
    form = entry_of(kadernota, "V3", 2019, "4.521")
    with pytest.raises(ActionRefused, match="twee keer"):
        record_measurements(entries=[form, form], by=officer, now=NOW)


def test_a_figure_that_the_database_refuses_is_not_called_a_colleague(kadernota, officer):
    with pytest.raises(IntegrityError):
        record(kadernota, "V1", 2018, "21%", sample=0, by=officer)
    record(kadernota, "V1", 2018, "21%", by=officer)
    with pytest.raises(IntegrityError):
        record(kadernota, "V1", 2018, "21%", sample=0, by=officer)


def test_two_areas_are_two_figures(kadernota, officer):
    north = Area.objects.create(kadernota=kadernota, code="noord", name="Noord")
    component = component_of(kadernota, "V3")
    record(kadernota, "V3", 2019, "4.521", by=officer)
    entry = Entry(component=component, area=north, year=2019, value=Exact(Decimal(900)))
    assert record_measurements(entries=[entry], by=officer, now=NOW) == [Outcome.NEW]


@pytest.mark.parametrize("who", ["adopter", "keeper", "anonymous", "closed"])
def test_only_those_who_may(kadernota, who, request, officer):
    if who == "closed":
        officer.is_active = False
    user = {"anonymous": AnonymousUser(), "closed": officer}.get(who) or request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        record(kadernota, "V3", 2019, "4.521", by=user)
    assert revision_of(kadernota, "V3", 2019) is None


def test_the_number_of_queries_before_the_inserts_does_not_grow(kadernota, officer, django_assert_max_num_queries):
    form = [entry_of(kadernota, code, 2019, "5") for code in ("V3", "V4", "V6", "V7", "V8", "V9", "V10")]
    record_measurements(entries=form, by=officer, now=NOW)
    with django_assert_max_num_queries(5):
        assert record_measurements(entries=form, by=officer, now=NOW) == [Outcome.SAME] * 7


@pytest.mark.parametrize(("code", "typed", "name"), [("V3", "4.521", ""), ("V5", "0,2%", "% van inwoners")])
def test_only_a_survey_has_a_sample_size(kadernota, officer, code, typed, name):
    with pytest.raises(ActionRefused, match="enquête"):
        record(kadernota, code, 2020, typed, name, sample=1200, by=officer)


def test_a_sample_size_stays_with_its_own_figure(kadernota, officer):
    record(kadernota, "V1", 2020, "20%", by=officer, sample=1850)
    record(kadernota, "V1", 2020, "20%", by=officer, explanation="Nagekeken.")
    assert revision_of(kadernota, "V1", 2020).sample == 1850
    record(kadernota, "V1", 2020, "44%", by=officer)
    assert revision_of(kadernota, "V1", 2020).sample is None


def test_a_sample_size_can_be_cleared(kadernota, officer, adopter):
    record(kadernota, "V1", 2018, "20%", by=officer, sample=1850)
    assert record(kadernota, "V1", 2018, "20%", by=officer, clears_sample=True) == Outcome.CHANGED
    assert revision_of(kadernota, "V1", 2018).sample is None
    assert record(kadernota, "V1", 2018, "20%", by=officer, clears_sample=True) == Outcome.SAME
    assert record(kadernota, "V1", 2018, "20%", by=officer, sample=1900) == Outcome.CHANGED
    adopt_year(kadernota, 2018, by=adopter)
    with pytest.raises(ActionRefused, match="vastgesteld als 20"):
        record(kadernota, "V1", 2018, "20%", by=officer, clears_sample=True)
    facts = {"explanation": "Omvang onzeker.", "by": officer}
    assert record(kadernota, "V1", 2018, "20%", clears_sample=True, **facts) == Outcome.CHANGED
    assert record(kadernota, "V1", 2018, "20%", sample=1900, **facts) == Outcome.RETRACTED


# The kadernota, its version and its years


@pytest.mark.parametrize("year", [2017, 2023])
def test_a_year_outside_the_kadernota_is_refused(kadernota, officer, year):
    with pytest.raises(ActionRefused, match=f"{year} is geen jaar van deze kadernota .2018 tot en met 2022."):
        record(kadernota, "V3", year, "5", by=officer)


def test_nothing_is_recorded_before_the_kadernota_is_adopted(kadernota, officer):
    form = entry_of(kadernota, "V3", 2019, "5")
    draft = Kadernota.objects.create(organisation=kadernota.organisation, slug="elders")
    area = Area.objects.create(kadernota=draft, code="elders", name="Elders", is_whole=True)
    with pytest.raises(ActionRefused, match="nog niet vastgesteld"):
        record_measurements(entries=[replace(form, area=area)], by=officer, now=NOW)


def test_every_row_carries_its_kadernota_and_no_other(kadernota, officer):
    form, other = entry_of(kadernota, "V3", 2019, "5"), make_kadernota("elders")
    for entry in (replace(form, area=whole_area(other)), replace(form, component=component_of(other, "V3"))):
        with pytest.raises(ActionRefused, match="hoort niet bij de kadernota"):
            record_measurements(entries=[form, entry], by=officer, now=NOW)
    record_measurements(entries=[form], by=officer, now=NOW)
    assert revision_of(kadernota, "V3", 2019).kadernota == kadernota and not revision_of(other, "V3", 2019)


def test_a_figure_is_recorded_for_the_newest_version(kadernota, officer, adopter):
    old = entry_of(kadernota, "V3", 2019, "5")
    adopt_version(make_version(kadernota, last_years={"V4": 2018}), by=adopter)
    with pytest.raises(ActionRefused, match="zoals die nu geldt. Open de pagina opnieuw"):
        record_measurements(entries=[old], by=officer, now=NOW)
    assert record(kadernota, "V3", 2019, "5", by=officer) == Outcome.NEW
    with pytest.raises(ActionRefused, match="V4 is na 2018 vervallen"):
        record(kadernota, "V4", 2019, "5", by=officer)


def test_nothing_to_record_is_nothing(officer):
    assert record_measurements(entries=[], by=officer, now=NOW) == []
