"""An edition keeps the targets of its own day; later decisions do not change it."""

from datetime import UTC, date, datetime

import pytest

from indicators.models import Edition, Target
from indicators.readmodel.overview import load_overview
from reports.appendix.load import load_appendix
from reports.formats import file_bytes
from tests.actions.test_structuring import change
from tests.cast import component_of

EARLIER, ON_THE_DAY, LATER = date(2021, 2, 1), date(2021, 2, 16), date(2021, 2, 17)
BEFORE, AFTER = datetime(2021, 2, 10, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture
def edition(practice) -> Edition:
    """The first edition of 2020: adopted on 16 February 2021."""
    edition = Edition.objects.get(kadernota=practice, year=2020, number=1)
    assert edition.adopted_on == ON_THE_DAY and edition.recorded_at.date() == ON_THE_DAY
    return edition


def replaced(practice, decided_on: date, recorded_at: datetime, bound: int, code: str = "V3") -> Target:
    """A target of 2020 as a decision of that day replaced it, recorded at this moment."""
    old = Target.objects.current().get(component=component_of(practice, code), year=2020)
    return Target.objects.create(
        component=old.component,
        area=old.area,
        year=2020,
        sign="<",
        bound=bound,
        replaces=old,
        decision="R-1",
        decided_on=decided_on,
        reason="Anders.",
        recorded_at=recorded_at,
    )


def target_of(practice, edition: Edition | None, year: int = 2020) -> str:
    return load_overview(practice, edition=edition).row("V3").components[0].figures[year].target_printed


@pytest.mark.parametrize(
    ("decided_on", "recorded_at", "then"),
    [
        (EARLIER, BEFORE, "<4.100"),
        (ON_THE_DAY, BEFORE, "<4.100"),
        (LATER, BEFORE, "<4.500"),
        (EARLIER, AFTER, "<4.500"),
        (LATER, AFTER, "<4.500"),
    ],
)
def test_a_decision_counts_for_an_edition_by_its_day_and_its_recording(
    practice, edition, decided_on, recorded_at, then
):
    assert target_of(practice, edition) == "<4.500"
    replaced(practice, decided_on, recorded_at, 4100)
    assert target_of(practice, edition) == then
    assert target_of(practice, None) == "<4.100"


def test_of_several_decisions_the_last_that_counted_stands(practice, edition):
    replaced(practice, EARLIER, BEFORE, 4300)
    replaced(practice, EARLIER, BEFORE, 4200)
    replaced(practice, LATER, AFTER, 4100)
    figure = load_overview(practice, edition=edition).row("V3").components[0].figures[2020]
    assert (figure.target_printed, figure.target_was) == ("<4.200", "<4.300")
    newer = Edition.objects.filter(kadernota=practice, year=2021).last()
    assert target_of(practice, newer) == "<4.100"


def test_what_was_taken_over_goes_by_the_day_of_retrieval(real, keeper):
    edition = Edition.objects.filter(kadernota=real, year=2021).get()
    assert edition.is_taken_over if hasattr(edition, "is_taken_over") else edition.kind == "taken_over"
    change(real, by=keeper)
    assert load_overview(real, edition=edition).row("V3").components[0].figures[2021].target_printed == "4.500"


@pytest.mark.parametrize("extension", ["csv", "docx", "xlsx"])
def test_the_appendix_of_an_old_edition_keeps_its_bytes(practice, edition, keeper, extension):
    def render() -> bytes:
        return file_bytes(load_appendix(practice, 2020, edition=edition).document, extension)

    before = render()
    change(practice, "V3", 2020, by=keeper)
    change(practice, "V5", 2020, "% van inwoners", text="<0,30%", by=keeper)
    change(practice, "V8", 2022, by=keeper, text="<300")
    assert render() == before
    replaced(practice, EARLIER, BEFORE, 4100, code="V4")
    assert render() != before


def test_the_appendix_says_in_a_footnote_what_the_nota_asked(practice):
    replaced(practice, EARLIER, BEFORE, 4100)
    notes = [
        note
        for section in load_appendix(practice, 2020).document.sections
        for block in section.blocks
        for note in getattr(block, "footnotes", ())
    ]
    assert "V3 (2020): Streefwaarde gewijzigd bij besluit R-1 op 1 februari 2021: was <4.500." in notes


def test_the_number_of_queries_does_not_grow_with_decisions(practice, edition, django_assert_num_queries):
    for bound in range(4000, 4008):
        replaced(practice, EARLIER, BEFORE, bound)
    for as_of in (None, edition):
        with django_assert_num_queries(2):
            load_overview(practice, edition=as_of)
