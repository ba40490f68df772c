"""Alternative readings, computed with the same rules over other facts, and checked by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from indicators.actions.loading import load_kadernota
from indicators.domain.assessment import Status
from indicators.domain.nota import NotaRefused
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit, UnitKind
from indicators.readmodel.readings import CHANGES, check_reading, read_alternative, result_under
from tests.cast import NOW, PRACTICE, adopt_version_of, overview_of, read_fixture, with_component
from tests.pages.test_reading import page
from tests.version_steps import rejudge

QUESTION = "Houdt dit oordeel ook bij de andere lezing stand?"
UNITS = {"": Unit(UnitKind.COUNT)}
ONLY_ZERO = {"changes": "target", "years": [2019, 2020, 2021, 2022], "read_as": "0"}
HIGHER = {"changes": "direction", "direction": "higher"}
TOTAL = {"changes": "combination", "how": "total"}


def alternative_of(kadernota, code: str, changes: str):
    readings = kadernota.version.readings
    return readings.get(indicator__code=code, alternative__changes=changes).alternative


def stand(kadernota, code: str, year: int, alternative) -> Status:
    found = result_under(overview_of(kadernota).row(code), year, alternative)
    assert found is not None
    return found[0]


def test_readings_that_can_be_computed_have_an_alternative(real) -> None:
    computable = {
        (reading.indicator.code, reading.alternative["changes"])
        for reading in real.version.readings.exclude(alternative=None).select_related("indicator")
    }
    assert computable == {
        ("V1", "baseline_year"),
        ("V2", "baseline_year"),
        ("V1", "planned_years"),
        ("V2", "planned_years"),
        ("V3", "target"),
        ("V5", "baseline"),
        ("V10", "direction"),
        ("V14", "combination"),
        ("V19", "direction"),
        ("V20", "target"),
    }


@pytest.mark.parametrize(
    ("code", "year", "changes", "here", "there"),
    [
        ("V20", 2019, "target", Status.ON_TRACK, Status.AT_RISK),  # 3 cases: under 4, not 0, better than 4
        ("V20", 2021, "target", Status.OFF_TRACK, Status.OFF_TRACK),  # 5 cases
        ("V3", 2021, "target", Status.OFF_TRACK, Status.OFF_TRACK),  # 4.730 misses 4.500 as well as <4.500
        ("V5", 2021, "baseline", Status.AT_RISK, Status.AT_RISK),  # 500: worse than <500, better than 565 and 566
        ("V10", 2020, "direction", Status.ON_TRACK, Status.OFF_TRACK),
        ("V14", 2020, "combination", Status.AT_RISK, Status.ON_TRACK),
        ("V1", 2020, "baseline_year", Status.ON_TRACK, Status.ON_TRACK),
        ("V1", 2021, "planned_years", Status.NOT_DUE, Status.NO_DATA),
    ],
)
def test_the_same_rules_over_other_facts(practice, code, year, changes, here, there) -> None:
    row = overview_of(practice).row(code)
    alternative = alternative_of(practice, code, changes)
    assert row.statuses[year] is here
    assert stand(practice, code, year, alternative) is there


def test_the_total_is_the_sum_of_figures_and_of_targets(practice) -> None:
    row = overview_of(practice).row("V14")
    figures = [figure for _, figure in row.figures(2020)]
    measured = sum(figure.value.number for figure in figures)
    aimed = sum(figure.target.aim for figure in figures)
    assert aimed == 50 and (measured >= aimed) is (stand(practice, "V14", 2020, TOTAL) is Status.ON_TRACK)
    assert stand(practice, "V14", 2018, TOTAL) is Status.NO_TARGET


def test_exactly_the_bound_is_where_the_readings_of_v3_part(practice) -> None:
    row = overview_of(practice).row("V3")
    part = row.components[0]
    figure = part.figures[2021]
    at_bound = replace(figure, facts=replace(figure.facts, measurement=type(figure.value)(Decimal(4500))))
    row = replace(row, components=(replace(part, figures=part.figures | {2021: at_bound}),))
    answer = check_reading(row, 2021, 2022, alternative_of(practice, "V3", "target"))
    assert answer.holds is False
    assert answer.sentence == "Nee: dan zou het oordeel over 2021 ‘Aandacht’ zijn, in plaats van ‘Op koers’."


def test_a_target_of_a_decision_is_not_read_otherwise(practice, keeper, adopter) -> None:
    adopt_version_of(
        practice, lambda nota: with_component(nota, "V20", targets={2019: "<5"}), by=adopter, editor=keeper
    )
    rejudge(practice, 2019, keeper=keeper, adopter=adopter)
    assert stand(practice, "V20", 2019, ONLY_ZERO) is Status.ON_TRACK


def test_a_total_of_what_is_not_precise_is_not_reckoned(practice) -> None:
    row = overview_of(practice).row("V14")
    first, second = row.components
    figure = first.figures[2020]
    unknown = replace(figure, facts=replace(figure.facts, measurement=None))
    row = replace(row, components=(replace(first, figures=first.figures | {2020: unknown}), second))
    answer = check_reading(row, 2020, 2022, TOTAL)
    assert answer.holds is None and answer.sentence.startswith("Dat is niet uit te rekenen")


def test_the_page_says_the_answer_and_the_other_years(client: Client, practice) -> None:
    read = page(client, reverse("indicator", args=[PRACTICE, "V20"]), jaar=2019)
    assert QUESTION in read.text
    assert "Nee: dan zou het oordeel over 2019 ‘Aandacht’ zijn, in plaats van ‘Op koers’." in read.text
    read = page(client, reverse("indicator", args=[PRACTICE, "V20"]), jaar=2021)
    assert "Ja: ook dan is het oordeel over 2021 ‘Niet op koers’." in read.text
    assert "In andere jaren zou het wel verschil maken: in 2019 ‘Aandacht’ in plaats van ‘Op koers’" in read.text


def test_readings_that_are_only_words_have_no_answer(client: Client, practice) -> None:
    assert QUESTION not in page(client, reverse("indicator", args=[PRACTICE, "V18"]), jaar=2020).text


def test_the_pages_agree_with_the_reckoning_everywhere(client: Client, practice) -> None:
    overview = overview_of(practice)
    readings = practice.version.readings.exclude(alternative=None).select_related("indicator")
    for reading in readings:
        for year in overview.years:
            answer = check_reading(overview.row(reading.indicator.code), year, 2022, reading.alternative)
            read = page(client, reverse("indicator", args=[PRACTICE, reading.indicator.code]), jaar=year)
            assert answer.sentence in read.text
            assert " ".join(answer.others_sentence.split()) in read.text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"changes": "weather"},
        {"changes": "target", "read_as": "0"},
        {"changes": "direction", "direction": "sideways"},
        {"changes": "direction", "direction": "higher", "years": [2019]},
        {"changes": "combination", "how": "mean"},
        {"changes": "baseline", "read_as": "566", "component": "elders"},
    ],
)
def test_an_alternative_that_says_nothing_is_refused(data) -> None:
    with pytest.raises(ValueError):
        read_alternative(data, UNITS)


def test_an_alternative_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refusal):
        read_alternative({"changes": "baseline", "read_as": "ca. 566"}, UNITS)
    assert read_alternative(ONLY_ZERO, UNITS) is ONLY_ZERO
    assert set(CHANGES) == {"target", "baseline", "baseline_year", "direction", "planned_years", "combination"}


@pytest.mark.django_db
def test_loading_refuses_a_wrong_alternative() -> None:
    data = read_fixture("kadernota_2018_2022")
    data["readings"][0]["alternative"] = HIGHER  # of the whole nota, not of an indicator
    with pytest.raises(NotaRefused, match="hoort bij een indicator"):
        load_kadernota(data=data, now=NOW)
