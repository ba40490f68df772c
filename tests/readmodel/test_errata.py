"""What an edition changed: errata, additions, other explanations, between the states before and after its decision."""

import pytest

from indicators.models import Edition
from indicators.readmodel.differences import Change, differences
from indicators.readmodel.overview import load_overview
from tests.cast import adopt_year, errata_of, record

pytestmark = pytest.mark.django_db


def edition_of(kadernota, label):
    year, number = label.split("-")
    return Edition.objects.get(kadernota=kadernota, year=year, number=number)


def test_the_second_edition_of_2020_of_the_practice_municipality(practice):
    found = errata_of(practice, edition_of(practice, "2020-2"))
    assert [
        (erratum.change, erratum.number, erratum.code, erratum.old_printed, erratum.new_printed) for erratum in found
    ] == [
        (Change.ERRATUM, 1, "V13", "15", "19"),
        (Change.ERRATUM, 2, "V17", "pm", "16"),
        (Change.ADDITION, 1, "V21", "", "4"),
    ]
    assert [(erratum.old_words, erratum.new_words) for erratum in found] == [
        ("Op koers", "Niet op koers"),
        ("Volgt nog", "Aandacht"),
        ("Nog geen meting", "Niet op koers"),
    ]
    assert all(erratum.year == 2020 and erratum.reason for erratum in found)


@pytest.mark.parametrize("label", ["2018-1", "2020-1", "2022-1"])
def test_the_first_edition_of_a_year_changes_nothing(practice, label):
    assert errata_of(practice, edition_of(practice, label)) == ()


def test_kinds_and_order(real, officer, adopter):
    for code, typed in [("V6", "14"), ("V3", "4.400"), ("V8", "340")]:
        record(real, code, 2019, typed, by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V8", 2019, "340", explanation="Andere woorden.", by=officer)
    record(real, "V14", 2019, "15", "Sluitingen", by=officer)
    record(real, "V6", 2019, "13*", explanation="Eén zaak hoorde elders.", by=officer)
    record(real, "V3", 2019, "4.401", explanation="Nageteld.", by=officer)
    edition = adopt_year(real, 2019, by=adopter)
    found = errata_of(real, edition)
    assert [(erratum.change.value, erratum.number, erratum.code, erratum.component) for erratum in found] == [
        ("erratum", 1, "V3", ""),
        ("erratum", 2, "V6", ""),
        ("addition", 1, "V14", "Sluitingen"),
        ("explanation", 1, "V8", ""),
    ]
    assert found[1].new_printed == "13*"
    assert found[2].name.endswith(": Sluitingen")


def test_the_change_is_against_the_edition_before_not_against_a_draft_in_between(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.410", explanation="Eerste poging.", by=officer)
    record(real, "V3", 2019, "4.420", explanation="Tweede poging.", by=officer)
    (erratum,) = errata_of(real, adopt_year(real, 2019, by=adopter))
    assert (erratum.old_printed, erratum.new_printed, erratum.reason) == ("4.400", "4.420", "Tweede poging.")


def test_a_later_edition_does_not_change_what_an_earlier_one_changed(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.410", explanation="Nageteld.", by=officer)
    second = adopt_year(real, 2019, by=adopter)
    was = errata_of(real, second)
    record(real, "V3", 2019, "4.300", explanation="Nog eens nageteld.", by=officer)
    record(real, "V6", 2020, "14", by=officer)
    adopt_year(real, 2019, by=adopter)
    adopt_year(real, 2020, by=adopter)
    assert errata_of(real, second) == was


def test_every_figure_of_the_chain_was_added_once(practice, django_assert_num_queries):
    after = load_overview(practice)
    before = load_overview(practice, sequence=1)
    with django_assert_num_queries(0):
        figures = differences(before, after).figures
    assert {figure.change for figure in figures} == {Change.ADDITION}
    current = [part.figures[year] for row in after.all_rows for part in row.components for year in after.years]
    assert len(figures) == sum(figure.revision is not None for figure in current) > 100
