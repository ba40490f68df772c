"""The structure takes one query, without duplicates; adopted figures take another, without drafts."""

from datetime import date

import pytest

from indicators.models import Area, Break, Component, Edition, Indicator, Reading, Target
from indicators.readmodel.overview import load_overview
from indicators.readmodel.revisions import load_adopted
from indicators.readmodel.structure import load_structure
from tests.cast import NOW, PRACTICE, adopt_year, component_of, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowded(real):
    """V14 (two components) with two breaks and three readings; two decisions on a target of its first component."""
    component = component_of(real, "V14", "Waarschuwingen")
    for year, reason in ((2021, "andere telling"), (2019, "ander systeem")):
        Break.objects.create(component=component, year=year, reason=reason)
    Reading.objects.filter(indicator=component.indicator).delete()
    for order, question in ((93, "derde"), (91, "eerste"), (92, "tweede")):
        Reading.objects.create(
            kadernota=real,
            indicator=component.indicator,
            order=order,
            place="blz. 9",
            question=question,
            reading="zo",
            decided_by="de raad",
            alternative={"changes": "planned_years", "years": [order]},
        )
    last = Target.objects.get(component=component, year=2020)
    north = Area.objects.create(kadernota=real, code="noord", name="Noord")
    Target.objects.create(component=component, area=north, year=2020, aim=1, recorded_at=NOW)
    for aim in (70, 80):
        last = Target.objects.create(
            component=component,
            area=last.area,
            year=2020,
            aim=aim,
            replaces=last,
            decision=f"R-{aim}",
            reason="bijgesteld",
            decided_on=date(2020, 1, 1),
            recorded_at=NOW,
        )
    return real


def test_nothing_is_there_twice(crowded, django_assert_num_queries):
    whole = Target.objects.of(crowded).filter(area__is_whole=True)
    with django_assert_num_queries(1):
        found = list(load_structure(crowded))
    assert len({grounds.row["pk"] for grounds in found}) == len(found)
    assert sum(len(grounds.targets) for grounds in found) == whole.count()
    first, second = load_overview(crowded).row("V14").components
    assert first.breaks == ((2019, "ander systeem"), (2021, "andere telling")) and first.break_years == (2019, 2021)
    assert second.breaks == () and second.decisions == ()


def test_decisions_and_readings_come_in_their_order(crowded):
    row = load_overview(crowded).row("V14")
    changed = [(one.year, one.was.aim, one.rule.aim, one.decision, one.reason) for one in row.components[0].decisions]
    assert changed == [(2020, 30, 70, "R-70", "bijgesteld"), (2020, 70, 80, "R-80", "bijgesteld")]
    figure = row.components[0].figures[2020]
    assert (figure.target_printed, figure.target_was, figure.target_decision) == ("80", "70", "R-80")
    assert [(one.question, one.alternative["years"]) for one in row.readings] == [
        ("eerste", [91]),
        ("tweede", [92]),
        ("derde", [93]),
    ]


def test_a_component_without_anything_is_there_all_the_same(real):
    example = component_of(real, "V6").indicator
    bare = Indicator.objects.create(
        priority=example.priority, code="X1", order=99, name="Kaal", source=example.source, role="effect"
    )
    Component.objects.create(indicator=bare, unit_kind="count", noun="x", direction="lower")
    row = load_overview(real).row("X1")
    part = row.components[0]
    assert (row.readings, part.breaks, part.decisions, part.revisions, part.baseline) == ((), (), (), (), None)
    assert {figure.target for figure in part.figures.values()} == {None}


def test_what_is_adopted_holds_no_draft_and_no_name(real, officer, adopter, django_assert_num_queries):
    for number, explanation in (("4.400", "eerst"), ("4.410", "nageteld"), ("4.420", "geheim")):
        record(real, "V3", 2019, number, explanation=explanation, by=officer)
        if explanation != "geheim":
            adopt_year(real, 2019, by=adopter)
    with django_assert_num_queries(1):
        editions, revisions = load_adopted(real)
    of_v3 = [one for one in revisions if one.component == component_of(real, "V3").pk and one.year == 2019]
    assert [(one.explanation, one.edition.label) for one in of_v3] == [("eerst", "2019-2"), ("nageteld", "2019-3")]
    assert [edition.pk for edition in editions] == [edition.pk for edition in Edition.objects.of(real)]
    assert not {one.by for one in revisions} - {""} and {one.at for one in revisions} == {None}
    assert "geheim" not in repr((revisions, list(load_structure(real)))) and "4420" not in repr(revisions)


def test_an_edition_without_figures_is_an_edition(practice):
    held = Edition.objects.of(practice).get(year=2020, number=1)
    plain = Edition.objects.create(
        kadernota=practice,
        year=2021,
        number=9,
        kind="adopted",
        adopted_on=held.adopted_on,
        decision="R-9",
        adopted_by=held.adopted_by,
        size=0,
        line_count=1,
        content_hash="x",
        recorded_at=NOW,
    )
    assert practice.slug == PRACTICE
    assert load_adopted(practice)[0][-1].pk == plain.pk
    assert load_overview(practice, edition=plain).edition.label == "2021-9"
