"""The read model of the programme: as of an edition or with drafts, by part and year, in a fixed number of queries."""

from decimal import Decimal

import pytest

from indicators.actions.recording_lines import withdraw_line
from indicators.domain.programme import ActivityState
from indicators.models import Edition, ProgrammeLine
from indicators.readmodel.programme import load_recorded_programme
from priorities.models import PriorityKind
from tests.cast import NOW, adopt_year, overview_of, priority_of, programme_of, record_activity

pytestmark = pytest.mark.django_db
DONE, PLANNED = ActivityState.DONE, ActivityState.PLANNED


def titles(programme, year):
    return [line.title for line in programme.lines(year)]


def test_the_public_sees_what_is_adopted_and_officers_the_drafts(real, officer, adopter):
    record_activity(real, "Schouw", 2020, by=officer)
    assert titles(programme_of(real), 2020) == []
    assert titles(programme_of(real, drafts=True), 2020) == ["Schouw"]
    adopt_year(real, 2020, by=adopter)
    assert titles(programme_of(real), 2020) == ["Schouw"]


def test_a_line_is_shown_as_of_an_edition(real, officer, adopter):
    plan = record_activity(real, "Schouw", 2021, state=PLANNED, by=officer)
    first = adopt_year(real, 2020, by=adopter)
    draft = record_activity(real, "Schouw", 2021, state=DONE, result="Drie.", seen=plan, by=officer)
    account = record_activity(real, "Schouw", 2021, state=DONE, result="Vier.", seen=draft, by=officer)
    second = adopt_year(real, 2021, by=adopter)
    (before,) = programme_of(real, edition=first).lines(2021)
    (after,) = programme_of(real, edition=second).lines(2021)
    assert (before.state, before.pk, before.edition.label) == (PLANNED, plan.pk, str(first))
    assert (after.state, after.result, after.pk, after.edition.label) == (DONE, "Vier.", account.pk, str(second))
    assert before.first == after.first == plan.pk, "one line through its revisions, also over a draft between"
    assert programme_of(real, edition=first).edition.label == str(first)


def test_what_was_withdrawn_is_gone_from_the_next_edition_on(real, officer, adopter):
    row = record_activity(real, "Schouw", 2020, by=officer)
    first = adopt_year(real, 2020, by=adopter)
    withdraw_line(seen=row.pk, kadernota=real, reason="dubbel", by=officer, now=NOW)
    assert titles(programme_of(real, drafts=True), 2020) == []
    assert titles(programme_of(real), 2020) == ["Schouw"]
    second = adopt_year(real, 2020, by=adopter)
    assert titles(programme_of(real, edition=second), 2020) == []
    assert titles(programme_of(real, edition=first), 2020) == ["Schouw"]


def test_a_draft_of_another_kadernota_is_not_there(real, practice, officer):
    record_activity(real, "Schouw", 2020, by=officer)
    assert "Schouw" not in titles(programme_of(practice, drafts=True), 2020)


def test_activities_stand_under_their_efforts_in_the_order_of_the_nota(real, officer):
    approach = priority_of(real).approach
    for title, effort in (("Los", ""), ("Vijf", approach[4]), ("Oud", "Een zin van vroeger"), ("Een", approach[0])):
        record_activity(real, title, 2020, effort=effort, by=officer)
    record_activity(real, "Ook vijf", 2020, effort=approach[4], by=officer)
    record_activity(real, "Geld", 2020, state=None, by=officer)
    part = programme_of(real, drafts=True).priorities[0]
    assert [(effort, [line.title for line in lines]) for effort, lines in part.by_effort(2020)] == [
        (approach[0], ["Een"]),
        (approach[4], ["Vijf", "Ook vijf"]),
        ("Een zin van vroeger", ["Oud"]),
        ("", ["Los"]),
    ]
    assert [line.title for line in part.activities(2020)] == ["Een", "Vijf", "Ook vijf", "Oud", "Los"]
    assert [line.title for line in part.finances(2020)] == ["Geld"]


def test_amounts_are_written_as_everywhere(real, officer):
    row = record_activity(real, "Geld", 2020, state=None, budget=Decimal(50000), spent=Decimal("1204.50"), by=officer)
    (line,) = (line for line in programme_of(real, drafts=True).lines(2020) if line.pk == row.pk)
    assert (line.budget_printed, line.spent_printed, line.is_activity) == ("€ 50.000", "€ 1.204,50", False)
    assert line.recorded_by == "Anna de Wit" and line.is_draft


def test_names_are_for_officers_only(practice):
    assert not any(line.recorded_by or line.recorder for line in programme_of(practice).lines(2020))


def test_the_parts_of_the_nota(real):
    programme = programme_of(real)
    assert [part.number for part in programme.priorities] == [1, 2, 3, 4]
    assert [part.number for part in programme.themes] == list(range(1, 17))
    assert programme.vth.name == "Vergunningen, toezicht en handhaving"
    assert [step["name"] for step in programme.vth.focus_points] == [
        "Rapportage en evaluatie",
        "Strategisch beleidskader",
        "Operationeel beleidskader",
        "Planning en control",
        "Voorbereiden",
        "Uitvoeren",
        "Monitoren",
    ]
    assert all(part.approach and part.partners and part.budget for part in programme.parts)
    assert "14.597.000" in programme.finances and "548.900" in programme.finances
    with pytest.raises(KeyError):
        programme.part(0)


def test_queries_are_fixed(practice, django_assert_num_queries):
    edition = Edition.objects.of(practice).select_related("decision").last()
    programme_of(practice, edition=edition)  # from now on in the cache: only the head is read
    with django_assert_num_queries(1):
        programme_of(practice, edition=edition)
    overview = overview_of(practice)
    with django_assert_num_queries(1):
        load_recorded_programme(practice, overview)


def test_the_practice_municipality_uses_all_of_it(practice):
    programme = programme_of(practice)
    for year in practice.version.years:
        kinds = {programme.part(line.topic).kind for line in programme.lines(year)}
        assert PriorityKind.PRIORITY in kinds
        assert year == 2018 or kinds == set(PriorityKind)
    rows = ProgrammeLine.objects.of(practice)
    assert set(rows.values_list("state", flat=True)) == {"", *(state.value for state in ActivityState)}
    assert rows.drafts().exists(), "something waits"
    corrected = [line for line in programme.lines(2020) if line.edition.label == "2020-2"]
    assert [line.title for line in corrected] == ["Aanpak ondermijning"]


# -- Indicators of the cycle of permits


def test_the_council_counts_the_priorities_only(practice, real):
    overview = overview_of(practice)
    assert [row.code for row in overview.vth.rows] == ["VTH1", "VTH2", "VTH3"]
    assert len(overview.rows) == 21 and overview.all_rows == (*overview.rows, *overview.vth.rows)
    assert overview.groups == (*overview.priorities, overview.vth)
    assert sum(overview.counts(2022).values()) == 21
    assert overview.row("VTH2").name == "Naleving bij milieucontroles"
    assert overview.group_of(overview.row("VTH2")) is overview.vth
    assert overview.group_of(overview.row("V9")).number == 2
    nothing = overview_of(real)
    assert nothing.vth is None and nothing.all_rows == nothing.rows and nothing.groups == nothing.priorities


def test_an_indicator_of_the_cycle_counts_from_its_first_year(practice):
    row = overview_of(practice).row("VTH2")
    assert [row.counts_in(year) for year in practice.version.years] == [False, False, True, True, True]
    assert [row.target_cell(year) for year in practice.version.years] == ["", "", "80%", "82%", "84%"]
    assert [part.figures[2021].printed for part in row.components] == ["79%"]
