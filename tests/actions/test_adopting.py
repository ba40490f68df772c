"""Adopting: who may, what goes in, the numbers of editions, additions and errata, and looking back."""

from datetime import UTC, date, datetime

import pytest

from indicators.actions.adopting import adopt
from indicators.actions.errors import ActionRefused
from indicators.domain.chain import content_hash
from indicators.models import Area, Decision, Edition, EditionEntry, Measurement
from indicators.readmodel.proof import content_of
from indicators.readmodel.verifying import fixed_content
from priorities.permissions import NotAllowed
from tests.cast import DATE_QUESTIONS, NOW, adopt_year, component_of, make_user, overview_of, record, revision_of

pytestmark = pytest.mark.django_db
WHY = "minder meldingen door de nieuwe app"


def adopted_value(kadernota, code, year, name="", edition=None):
    row = overview_of(kadernota, edition=edition).row(code)
    part = next(part for part in row.components if part.name == name)
    return part.figures[year].printed


def test_an_edition_holds_the_drafts_of_its_year(real, officer, colleague, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    record(real, "V6", 2019, "14", by=colleague)
    record(real, "V6", 2020, "14", by=colleague)
    edition = adopt_year(real, 2019, by=adopter, decision=" 2020.001 ")
    assert (edition.year, edition.decision.kind) == (2019, "year")
    assert (edition.decision.reference, edition.decision.adopted_by) == ("2020.001", adopter)
    assert set(edition.entries.values_list("measurement", flat=True)) == {
        revision_of(real, "V3", 2019).pk,
        revision_of(real, "V6", 2019).pk,
    }
    assert Measurement.objects.of(real).drafts().get().year == 2020


def test_numbers_count_within_the_year_after_what_was_taken_over(real, officer, adopter):
    assert Edition.objects.of(real).filter(year=2019).get().decision.kind == "taken_over"
    record(real, "V3", 2019, "4.400", by=officer)
    record(real, "V3", 2020, "4.400", by=officer)
    assert adopt_year(real, 2019, by=adopter).number == 2
    assert adopt_year(real, 2020, by=adopter).number == 2
    record(real, "V6", 2019, "14", by=officer)
    assert str(adopt_year(real, 2019, by=adopter)) == "2019-3"


def test_nothing_to_adopt(real, adopter):
    with pytest.raises(ActionRefused, match="2019 is er niets"):
        adopt_year(real, 2019, by=adopter)
    with pytest.raises(ActionRefused, match="1999"):
        adopt_year(real, 1999, by=adopter)


@pytest.mark.parametrize("decision", ["", "  ", "x" * 101])
def test_a_decision_is_named_and_fits(real, officer, adopter, decision):
    record(real, "V3", 2019, "4.400", by=officer)
    with pytest.raises(ActionRefused, match="besluit"):
        adopt_year(real, 2019, by=adopter, decision=decision)
    assert adopt_year(real, 2019, by=adopter, decision="x" * 100)


def test_the_date_is_not_in_the_future_by_the_calendar_of_amsterdam(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    just_past_midnight = datetime(2021, 3, 1, 23, 30, tzinfo=UTC)  # 2 March, half past midnight, in Amsterdam
    facts = {
        "kadernota": real,
        "year": 2019,
        "by": adopter,
        "decision": "B-1",
        "now": just_past_midnight,
        "confirm": DATE_QUESTIONS,
    }
    with pytest.raises(ActionRefused, match="toekomst"):
        adopt(on=date(2021, 3, 3), **facts)
    assert adopt(on=date(2021, 3, 2), **facts)


@pytest.mark.parametrize("who", ["officer", "keeper"])
def test_only_those_who_may(real, who, request, colleague):
    record(real, "V3", 2019, "4.400", by=colleague)
    with pytest.raises(NotAllowed):
        adopt_year(real, 2019, by=request.getfixturevalue(who))
    assert revision_of(real, "V3", 2019) in Measurement.objects.drafts()


def test_nobody_adopts_what_they_recorded_superusers_included(real, officer, superuser):
    record(real, "V3", 2019, "4.400", by=officer)
    record(real, "V6", 2019, "14", by=superuser)
    record(real, "V14", 2019, "30", "Waarschuwingen", by=superuser)
    with pytest.raises(ActionRefused) as caught:
        adopt_year(real, 2019, by=superuser)
    assert "V6" in str(caught.value) and "V14 Waarschuwingen" in str(caught.value)
    assert "V3" not in str(caught.value) and "root" in str(caught.value)
    assert not Decision.objects.filter(kind="year").exists(), "the whole is refused"


def test_it_is_the_latest_revision_that_counts(real, officer, adopter):
    both = make_user("els", "beleidsmedewerker")
    both.groups.add(adopter.groups.get())
    record(real, "V3", 2019, "4.300", by=both)
    record(real, "V3", 2019, "4.400", by=officer)
    assert adopt_year(real, 2019, by=both)
    record(real, "V3", 2019, "4.300", explanation=WHY, by=officer)
    record(real, "V3", 2019, "4.301", explanation=WHY, by=both)
    with pytest.raises(ActionRefused, match="els"):
        adopt_year(real, 2019, by=both)


def test_an_addition_and_an_erratum_come_in_a_next_edition(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    first = adopt_year(real, 2019, by=adopter)
    record(real, "V6", 2019, "14", by=officer)
    record(real, "V3", 2019, "4.410", explanation=WHY, by=officer)
    assert adopted_value(real, "V3", 2019) == "4.400", "a draft does not count"
    second = adopt_year(real, 2019, by=adopter)
    assert (second.number, second.entries.count()) == (first.number + 1, 2)
    assert adopted_value(real, "V3", 2019) == "4.410"
    assert adopted_value(real, "V3", 2019, edition=first) == "4.400"
    assert adopted_value(real, "V6", 2019, edition=first) == ""
    assert first.entries.count() == 1, "the first edition is what it was"


def test_looking_back_shows_what_was_adopted_in_the_kadernota_until_then(real, officer, adopter):
    record(real, "V3", 2020, "4.400", by=officer)
    of_2020 = adopt_year(real, 2020, by=adopter)
    record(real, "V3", 2019, "4.300", by=officer)
    of_2019 = adopt_year(real, 2019, by=adopter)
    assert adopted_value(real, "V3", 2019, edition=of_2020) == "", "an earlier year that was adopted later"
    assert adopted_value(real, "V3", 2020, edition=of_2019) == "4.400"
    assert adopted_value(real, "V5", 2022, "absoluut", edition=of_2020) == "305", "taken over before"


def test_a_taken_over_figure_that_is_corrected(real, officer, adopter):
    before = Edition.objects.of(real).get(year=2020)
    record(real, "V5", 2020, "283", "absoluut", explanation=WHY, by=officer)
    edition = adopt_year(real, 2020, by=adopter)
    assert str(edition) == "2020-2"
    assert adopted_value(real, "V5", 2020, "absoluut") == "283"
    assert adopted_value(real, "V5", 2020, "absoluut", edition=before) == "281"
    assert adopted_value(real, "V5", 2020, "absoluut", edition=Edition.objects.of(real).get(year=2019)) == ""


def test_a_figure_of_a_part_is_adopted_with_its_year(real, officer, adopter):
    north = Area.objects.create(kadernota=real, code="noord", name="Noord")
    facts = {"kadernota": real, "series": component_of(real, "V3").series, "area": north, "year": 2019, "number": 900}
    Measurement.objects.create(**facts, recorded_by=officer, recorded_at=NOW)
    edition = adopt_year(real, 2019, by=adopter)
    assert edition.entries.get().measurement.area == north


def test_the_hash_covers_every_change_of_content(real, officer, adopter):
    record(real, "V3", 2019, "4.400", explanation=WHY, by=officer)
    edition = adopt_year(real, 2019, by=adopter)
    content = content_of(edition.decision, fixed_content(edition.decision))
    assert edition.decision.content_hash == content_hash(content)
    (figure,) = content["fixed"]["figures"]
    (entry,) = edition.entries.all()
    assert figure == {
        "series": entry.measurement.series.key,
        "area": "gemeente",
        "number": "4400",
        "withheld": "",
        "no_value": "",
        "provisional": False,
        "sample": None,
        "explanation": WHY,
        "source_note": "",
        "replaces": None,
    }
    for name, value in (("explanation", "x"), ("sample", 5), ("number", "4401"), ("provisional", True)):
        changed = content | {"fixed": content["fixed"] | {"figures": [figure | {name: value}]}}
        assert edition.decision.content_hash != content_hash(changed)


def test_what_was_taken_over_has_a_source_and_no_decision_or_adopter(real):
    editions = Edition.objects.of(real)
    assert [str(edition) for edition in editions] == ["2018-1", "2019-1", "2020-1", "2021-1", "2022-1"]
    for edition in editions:
        assert (
            edition.decision.kind,
            edition.decision.reference,
            edition.decision.adopted_by,
            edition.decision.decided_on,
        ) == (
            "taken_over",
            "",
            None,
            None,
        )
        assert edition.decision.source == "Open data van de politie en het CBS"
        assert edition.decision.retrieved_on == date(2026, 11, 24)
    assert EditionEntry.objects.filter(edition__in=editions).count() == 11
    assert not Measurement.objects.of(real).filter(source_note="").exists()
