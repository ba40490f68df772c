"""The structure of a version takes a fixed number of queries, without duplicates; adopted figures hold no draft."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.domain.nota import Break, Reading
from indicators.models import Edition, Target
from indicators.readmodel.chain import load_chain
from indicators.readmodel.revisions import load_adopted
from indicators.readmodel.structure import load_structure
from tests.cast import (
    adopt_version_of,
    adopt_year,
    bare_kadernota,
    component_of,
    overview_of,
    record,
    record_activity,
    with_component,
    with_indicator,
)

pytestmark = pytest.mark.django_db
BREAKS = (Break(2019, "ander systeem"), Break(2021, "andere telling"))


def reading(question, year):
    """Return a reading of V14 that would plan only this year."""
    return Reading(
        indicator="V14",
        place="blz. 9",
        question=question,
        reading="zo",
        decided_by="de raad",
        alternative={"changes": "planned_years", "years": [year]},
    )


@pytest.fixture
def crowded(keeper, adopter):
    """V14 (two components) with two breaks and three readings; two versions changed a target of its first component."""

    def change(nota):
        own = [reading(*item) for item in (("eerste", 2018), ("tweede", 2019), ("derde", 2020))]
        others = [item for item in nota.readings if item.indicator != "V14"]
        nota = replace(nota, readings=(*others, *own))
        return with_component(nota, "V14", "Waarschuwingen", breaks=BREAKS)

    kadernota = bare_kadernota(change)
    for aim in (70, 80):
        adopt_version_of(
            kadernota,
            lambda nota, aim=aim: with_component(nota, "V14", "Waarschuwingen", targets={2020: str(aim)}),
            by=adopter,
            editor=keeper,
            reason="bijgesteld",
            decision=f"R-{aim}",
            on=date(2020, 1, 1),
        )
    return kadernota


def test_nothing_is_there_twice(crowded, django_assert_num_queries):
    version = crowded.version
    with django_assert_num_queries(5):
        structure = load_structure(version.pk)
    assert len(structure.components) == 23
    targets = Target.objects.filter(component__indicator__version=version)
    assert sum(len(component.targets) for component in structure.components.values()) == targets.count()
    first, second = overview_of(crowded).row("V14").components
    assert first.breaks == ((2019, "ander systeem"), (2021, "andere telling")) and first.break_years == (2019, 2021)
    assert second.breaks == () and second.decisions == ()


def test_decisions_and_readings_come_in_their_order(crowded):
    row = overview_of(crowded).row("V14")
    changes = [
        (item.year, item.was.aim, item.rule.aim, item.decision, item.reason) for item in row.components[0].decisions
    ]
    assert changes == [(2020, 30, 70, "R-70", "bijgesteld"), (2020, 70, 80, "R-80", "bijgesteld")]
    figure = row.components[0].figures[2020]
    assert (figure.target_printed, figure.target_was, figure.target_decision) == ("80", "70", "R-80")
    assert [(item.question, item.alternative["years"]) for item in row.readings] == [
        ("eerste", [2018]),
        ("tweede", [2019]),
        ("derde", [2020]),
    ]


def test_a_component_without_anything_is_there_all_the_same(db):
    def change(nota):
        (like,) = (row for row in nota.indicators if row.code == "V6")
        part = replace(like.components[0], key="x1", baseline=None, targets={})
        bare = replace(like, code="X1", name="Kaal", printed={}, components=(part,))
        topic = nota.topics[0]
        return replace(nota, topics=(replace(topic, indicators=(*topic.indicators, bare)), *nota.topics[1:]))

    row = overview_of(bare_kadernota(change)).row("X1")
    part = row.components[0]
    assert (row.readings, part.breaks, part.decisions, part.revisions, part.baseline) == ((), (), (), (), None)
    assert {figure.target for figure in part.figures.values()} == {None}


def test_what_is_adopted_holds_no_draft_and_no_name(real, officer, adopter, django_assert_num_queries):
    for number, explanation in (("4.400", "eerst"), ("4.410", "nageteld"), ("4.420", "geheim")):
        record(real, "V3", 2019, number, explanation=explanation, by=officer)
        if explanation != "geheim":
            adopt_year(real, 2019, by=adopter)
    chain = load_chain(real)
    with django_assert_num_queries(1):
        revisions = load_adopted(real, chain)
    of_v3 = [item for item in revisions if item.series == component_of(real, "V3").series_id and item.year == 2019]
    assert [(item.explanation, item.edition.label) for item in of_v3] == [("eerst", "2019-2"), ("nageteld", "2019-3")]
    assert [edition.pk for edition in chain.editions] == [edition.pk for edition in Edition.objects.of(real)]
    assert not {item.by for item in revisions} - {""} and {item.at for item in revisions} == {None}
    assert "geheim" not in repr((revisions, load_structure(real.version.pk))) and "4420" not in repr(revisions)


def test_an_edition_without_figures_is_an_edition(practice, officer, adopter):
    record_activity(practice, "Extra wijkschouw", 2021, by=officer)
    edition = adopt_year(practice, 2021, by=adopter)
    assert not edition.entries.filter(measurement__isnull=False).exists()
    assert overview_of(practice).editions[-1].pk == edition.pk
    assert overview_of(practice, edition=edition).edition.label == str(edition)


def test_texts_of_an_indicator_are_those_of_its_version(db):
    kadernota = bare_kadernota(lambda nota: with_indicator(nota, "V3", lambda row: replace(row, definition="Alles.")))
    assert overview_of(kadernota).row("V3").definition == "Alles."
