"""Planning an import: outcomes add up, refusals suggest what was meant, all rows are recorded or none."""

from decimal import Decimal

import pytest

from indicators.actions.workflow import Conflict, Outcome
from indicators.domain.values import Exact
from indicators.intake.planning import OUTCOMES, Skipped, apply_import, plan_import
from indicators.intake.sheets import read_sheet
from indicators.models import LONGEST_EXPLANATION, Measurement
from priorities.permissions import NotAllowed
from tests.cast import NOW, adopt_year, record, revision_of
from tests.domain.sample_sizes import REFUSED as SAMPLES_REFUSED
from tests.domain.sample_sizes import TAKEN as SAMPLES_TAKEN

pytestmark = pytest.mark.django_db
HEAD = "indicator;onderdeel;jaar;meting;toelichting;steekproef"


def planned(kadernota, *lines, head=HEAD):
    """Return the plan of a CSV with these lines below the headings."""
    return plan_import(kadernota, read_sheet("cijfers.csv", "\n".join([head, *lines]).encode()))


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def only_refusal(plan):
    (refusal,) = plan.refusals
    return refusal


# Outcomes


def test_new_changed_same_and_empty_add_up(real, officer):
    record(real, "V3", 2019, "4.521", explanation="geteld", by=officer)
    record(real, "V6", 2019, "14", by=officer)
    plan = planned(real, "V3;;2019;4.521;geteld", "V6;;2019;15;", "V7;;2019;9;", "V8;;2019;;", "V9;;2019;;;", ";;;;;")
    assert outcomes(plan) == [Outcome.SAME, Outcome.CHANGED, Outcome.NEW, Skipped.EMPTY, Skipped.EMPTY]
    assert sum(plan.count(outcome) for outcome in OUTCOMES) == len(plan.rows) == 5
    assert apply_import(plan, by=officer, now=NOW) == [Outcome.SAME, Outcome.CHANGED, Outcome.NEW]
    assert revision_of(real, "V6", 2019).value == Exact(Decimal(15)) and revision_of(real, "V8", 2019) is None


def test_planning_records_nothing(real):
    before = Measurement.objects.count()
    planned(real, "V7;;2019;9;")
    assert Measurement.objects.count() == before


def test_the_same_file_twice_is_all_the_same(real, officer):
    lines = ["V1;;2018;21%;enquête;1.200", "V2;;2018;6,3;;", "V14;Sluitingen;2019;16;", "V5;absoluut;2022;305;"]
    apply_import(planned(real, *lines), by=officer, now=NOW)
    again = planned(real, *lines)
    assert outcomes(again) == [Outcome.SAME] * 4 and not again.questions
    assert apply_import(again, by=officer, now=NOW) == [Outcome.SAME] * 4
    assert revision_of(real, "V1", 2018).sample == 1200


def test_an_empty_cell_erases_nothing(real, officer):
    record(real, "V3", 2019, "4.521", explanation="geteld", by=officer)
    plan = planned(real, "V3;;2019;;", "V6;;2019;;")
    assert outcomes(plan) == [Skipped.EMPTY, Skipped.EMPTY]
    apply_import(plan, by=officer, now=NOW)
    assert revision_of(real, "V3", 2019).explanation == "geteld"


def test_another_explanation_alone_is_a_change(real, officer, adopter):
    record(real, "V3", 2019, "4.400", explanation="geteld", by=officer)
    adopt_year(real, 2019, by=adopter)
    for line in ("V3;;2019;4.400;geteld op 1 februari", "V3;;2019;;geteld op 2 februari"):
        plan = planned(real, line)
        assert outcomes(plan) == [Outcome.CHANGED] and not plan.questions
        apply_import(plan, by=officer, now=NOW)
    row = revision_of(real, "V3", 2019)
    assert (row.value, row.explanation) == (Exact(Decimal(4400)), "geteld op 2 februari")


def test_words_without_a_figure_are_refused(real):
    refusal = only_refusal(planned(real, "V3;;2019;;volgt in maart"))
    assert refusal.column == "meting" and "pm of n.b." in str(refusal)


@pytest.mark.parametrize("name", ["V3", "v3", " V3 ", "Meldingen openbare ruimte", "meldingen  OPENBARE ruimte"])
def test_an_indicator_by_name_or_code(real, name):
    assert planned(real, f"{name};;2019;4.521;").rows[0].entry.component.indicator.code == "V3"


def test_columns_may_be_left_out(real):
    assert outcomes(planned(real, "V3;2019;4.521", head="indicator;jaar;meting")) == [Outcome.NEW]


# Refusals of the row's subject, with what was meant


@pytest.mark.parametrize(
    ("line", "column", "meant"),
    [
        ("Meldingen openbare ruimtes;;2019;5;", "indicator", "Bedoelt u Meldingen openbare ruimte?"),
        ("Aantal opgelegde gebiedsontzeggingen Schiphol;;2019;5;", "indicator", "gebieds-ontzeggingen"),
        ("V33;;2019;5;", "indicator", "‘V33’: deze indicator staat niet in de kadernota"),
        ("Fietsendiefstal;;2019;5;", "indicator", "staat niet in de kadernota"),
        (";;2019;5;", "indicator", "naam of de code"),
        ("V14;;2019;5;", "onderdeel", "‘Waarschuwingen’ of ‘Sluitingen’"),
        ("V14;Sluiting;2019;5;", "onderdeel", "Bedoelt u Sluitingen?"),
        ("V14;waarschuwing;2019;5;", "onderdeel", "Bedoelt u Waarschuwingen?"),
        ("V14;Boetes;2019;5;", "onderdeel", "schrijf welk onderdeel van V14"),
        ("V3;Meldingen;2019;5;", "onderdeel", "V3 heeft geen onderdelen"),
        ("V3;;2017;5;", "jaar", "2018 tot en met 2022"),
        ("V3;;2023;5;", "jaar", "geen jaar van deze kadernota"),
        ("V3;;19;5;", "jaar", "geen jaar"),
        ("V3;;;5;", "jaar", "geen jaar"),
        ("V3;;２０１９;5;", "jaar", "geen jaar"),
        ("V3;;2.019;5;", "jaar", "geen jaar"),
        ("V3;;jan 2019;5;", "jaar", "geen jaar"),
    ],
)
def test_a_subject_that_cannot_be_read(real, line, column, meant):
    refusal = only_refusal(planned(real, line))
    assert refusal.column == column and refusal.row == 2
    assert str(refusal).startswith(f"rij 2, kolom {column}") and meant in str(refusal)


def test_every_refusal_of_a_row_is_told(real):
    plan = planned(real, "V1;;2031;122%;;ca. 400", f"V3;x;1999;5;{'y' * 2001}", "V6;;2019;14;")
    assert [(refusal.row, refusal.column) for refusal in plan.refusals] == [
        (2, "jaar"),
        (2, "steekproef"),
        (2, "meting"),
        (3, "onderdeel"),
        (3, "jaar"),
        (3, "toelichting"),
    ]
    assert outcomes(plan) == [Skipped.REFUSED, Skipped.REFUSED, Outcome.NEW]


# Twice the same


@pytest.mark.parametrize("second", ["9", "10", "pm"])
def test_the_same_figure_twice_refuses_both_rows(real, second):
    plan = planned(real, "V7;;2019;9;", "V8;;2019;350;", f"Overvallen (absoluut);;2019;{second};")
    assert [(refusal.row, refusal.column) for refusal in plan.refusals] == [(2, "meting"), (4, "meting")]
    assert "rij 4" in str(plan.refusals[0]) and "rij 2" in str(plan.refusals[1])


def test_three_times_names_the_others(real):
    assert "rij 3 en 4" in str(planned(real, *["V7;;2019;9;"] * 3).refusals[0])


def test_an_empty_row_is_no_double_and_another_year_or_part_neither(real):
    lines = "V7;;2019;9;", "V7;;2019;;", "V7;;2020;9;", "V14;Sluitingen;2019;16;", "V14;Waarschuwingen;2019;31;"
    assert not planned(real, *lines).refusals


def test_a_figure_and_its_explanation_on_two_rows_is_a_double(real, officer):
    """Otherwise the second row would be a conflict with a colleague who does not exist."""
    record(real, "V7", 2019, "8", by=officer)
    plan = planned(real, "V7;;2019;9;", "V7;;2019;;herteld")
    assert [refusal.row for refusal in plan.refusals] == [2, 3]


# Corrections of what is adopted


@pytest.fixture
def adopted(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    return real


def test_a_correction_without_its_reason_is_refused(adopted):
    refusal = only_refusal(planned(adopted, "V3;;2019;4.410; "))
    assert refusal.column == "toelichting" and "4.400" in str(refusal) and "reden" in str(refusal)


def test_a_correction_with_its_reason_is_a_change(adopted, officer):
    plan = planned(adopted, "V3;;2019;4.410;dubbel geteld")
    assert outcomes(plan) == [Outcome.CHANGED] and plan.rows[0].current.value == Exact(Decimal(4400))
    apply_import(plan, by=officer, now=NOW)
    assert revision_of(adopted, "V3", 2019).explanation == "dubbel geteld"
    assert outcomes(planned(adopted, "V3;;2019;4.410;")) == [Outcome.SAME], "what is recorded asks for no second reason"


def test_the_adopted_figure_itself_needs_no_reason(adopted):
    assert outcomes(planned(adopted, "V3;;2019;4.400;", "V5;absoluut;2020;281;")) == [Outcome.SAME, Outcome.SAME]


def test_no_value_in_the_place_of_an_adopted_figure_is_a_correction_too(adopted):
    assert only_refusal(planned(adopted, "V3;;2019;n.b.;")).column == "toelichting"
    assert only_refusal(planned(adopted, "V3;;2019;4.400*;")).column == "toelichting"


# Questions


def test_a_question_compares_with_the_last_figure_of_an_earlier_year(real, officer):
    assert "meer dan tien keer" in planned(real, "V6;;2019;171;").questions[0].question
    record(real, "V6", 2018, "170", by=officer)
    assert not planned(real, "V6;;2019;171;").questions
    assert "tiende" in planned(real, "V6;;2019;16;").questions[0].question


def test_a_question_looks_at_the_earlier_years_of_the_sheet_itself(real):
    plan = planned(real, "V6;;2020;1.500;", "V6;;2019;160;", "V6;;2018;pm;")
    assert [row.number for row in plan.questions] == []
    plan = planned(real, "V6;;2020;1.700;", "V6;;2019;160;")
    assert [row.number for row in plan.questions] == [2]


def test_a_figure_that_is_its_own_year(real):
    assert "jaartal" in planned(real, "V9;;2019;2019;").questions[0].question
    assert not planned(real, "V9;;2019;2020;").questions


def test_what_stands_there_already_is_not_asked_again(real, officer):
    record(real, "V6", 2019, "1.000", by=officer)
    assert not planned(real, "V6;;2019;1.000;").questions


# Explanation and sample


@pytest.mark.parametrize(("typed", "sentence"), SAMPLES_REFUSED)
def test_a_sample_size_is_refused_as_in_the_form(real, typed, sentence):
    refusal = only_refusal(planned(real, f"V1;;2018;21%;;{typed}"))
    assert refusal.column == "steekproef" and sentence in str(refusal)


@pytest.mark.parametrize(("typed", "sample"), SAMPLES_TAKEN)
def test_a_sample_size_is_read_as_in_the_form(real, typed, sample):
    assert planned(real, f"V1;;2018;21%;;{typed}").rows[0].entry.sample == sample


@pytest.mark.parametrize("line", ["V3;;2019;4.521;;1200", "V5;% van inwoners;2022;0,2%;;1200"])
def test_only_a_survey_has_a_sample_size(real, line):
    """A count and a share of a count do not come from a survey."""
    refusal = only_refusal(planned(real, line))
    assert refusal.column == "steekproef" and "enquête" in str(refusal)


def test_an_explanation_has_its_limit(real):
    assert planned(real, f"V3;;2019;4.521;{'x' * LONGEST_EXPLANATION}").rows[0].outcome == Outcome.NEW
    refusal = only_refusal(planned(real, f"V3;;2019;4.521;{'x' * (LONGEST_EXPLANATION + 1)}"))
    assert refusal.column == "toelichting" and len(str(refusal)) < 300


# Taking it


def test_a_plan_with_a_refusal_cannot_be_taken(real, officer):
    plan = planned(real, "V7;;2019;9;", "V8;;2019;ca. 350;")
    with pytest.raises(ValueError):
        apply_import(plan, by=officer, now=NOW)
    assert revision_of(real, "V7", 2019) is None


def test_a_colleague_who_came_between_planning_and_taking(real, officer, colleague):
    plan = planned(real, "V7;;2019;9;", "V8;;2019;340;")
    record(real, "V8", 2019, "345", by=colleague)
    with pytest.raises(Conflict):
        apply_import(plan, by=officer, now=NOW)
    assert revision_of(real, "V7", 2019) is None


def test_who_may_not_record_imports_nothing(real, adopter):
    with pytest.raises(NotAllowed):
        apply_import(planned(real, "V7;;2019;9;"), by=adopter, now=NOW)


def test_a_year_of_the_whole_nota_costs_few_queries(real, officer, django_assert_max_num_queries):
    lines = [f"V{number};;2019;8;" for number in (3, 4, 6, 7, 8, 9, 10, 11, 12, 13)]
    rows = read_sheet("cijfers.csv", "\n".join([HEAD, *lines]).encode())
    with django_assert_max_num_queries(4):
        plan_import(real, rows)
