"""The state after a decision is a prefix of the chain: the same when it was reached and when it is looked back at."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.actions.adopting import adopt
from indicators.actions.deciding import EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO, NeedsConfirmation
from indicators.actions.errors import ActionRefused
from indicators.actions.proposals import (
    adopt_correction,
    open_proposals,
    propose_correction,
    propose_rejudging,
    withdraw_proposal,
)
from indicators.domain.assessment import Status
from indicators.domain.followed import Followed
from indicators.domain.nota import Break, Indicator, Nota
from indicators.domain.values import Direction
from indicators.models import Decision, Edition
from indicators.models.drafts import REJUDGING
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.overview import load_overview
from indicators.readmodel.public import overview_at, public_overview
from indicators.readmodel.rows import Overview
from indicators.readmodel.verifying import verify_chain
from priorities.models import Kadernota
from reports.appendix.load import load_appendix
from reports.formats import file_bytes
from tests.cast import (
    DATE_QUESTIONS,
    NOW,
    adopt_version_of,
    adopt_year,
    bare_kadernota,
    info_of,
    overview_of,
    record,
    with_component,
    with_indicator,
)
from tests.version_steps import rejudge

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
OLD, NEW = "<4.500", "<4.100"


def verdicts(overview: Overview) -> list[tuple[object, ...]]:
    """Return all that a year shows of each figure."""
    return [
        (row.code, part.name, year, figure.followed, figure.assessment, figure.printed, figure.target_printed)
        for row in overview.all_rows
        for part in row.components
        for year, figure in part.figures.items()
    ]


def v3(kadernota: Kadernota, year: int, *, sequence: int | None = None):
    """Return the figure of V3 in a year."""
    return load_overview(kadernota, sequence=sequence).row("V3").components[0].figures[year]


@pytest.fixture
def two_years(officer, adopter) -> Kadernota:
    """A kadernota with 4.300 for V3 in 2020, adopted, and nothing adopted in 2021."""
    kadernota = bare_kadernota()
    record(kadernota, "V3", 2020, "4.300", by=officer)
    adopt_year(kadernota, 2020, by=adopter)
    return kadernota


@pytest.fixture
def stricter(two_years, keeper, adopter) -> Decision:
    """The decision on a version with a lower target of V3 in 2020 and 2021."""
    return adopt_version_of(
        two_years,
        lambda nota: with_component(nota, "V3", targets={2020: NEW, 2021: NEW}),
        by=adopter,
        editor=keeper,
        reason="De raad wil meer.",
    )


def test_the_state_after_each_decision_is_the_same_then_and_later(two_years, officer, keeper, adopter):
    states: list[list[tuple[object, ...]]] = []

    def remember() -> None:
        states.append(verdicts(public_overview(two_years)))
        assert Decision.objects.of(two_years).count() == len(states) + 1

    remember()
    changes = [
        lambda nota: with_component(nota, "V3", targets={2020: NEW, 2021: NEW}),
        lambda nota: with_component(nota, "V3", direction=Direction.HIGHER, breaks=(Break(2020, "Andere app."),)),
        lambda nota: with_indicator(nota, "V9", lambda row: replace(row, last_year=2020, change_reason="Vervalt.")),
    ]
    for change in changes:
        adopt_version_of(two_years, change, by=adopter, editor=keeper)
        remember()
    record(two_years, "V3", 2020, "4.350", by=officer, explanation="Nageteld.")
    adopt_year(two_years, 2020, by=adopter)
    remember()
    rejudge(two_years, 2020, keeper=keeper, adopter=adopter)
    remember()
    correction = propose_correction(
        decision=Edition.objects.get(kadernota=two_years, year=2020, number=1).decision,
        remark="Verschreven.",
        reference="college 99",
        decided_on=date(2021, 3, 3),
        by=keeper,
        now=NOW,
    )
    adopt_correction(
        proposal=correction, by=adopter, reference="college 100", on=TODAY, now=NOW, confirm=DATE_QUESTIONS
    )
    remember()
    clear_cache()
    newest = public_overview(two_years)
    for sequence, state in enumerate(states, start=2):
        assert verdicts(load_overview(two_years, sequence=sequence)) == state
        assert verdicts(overview_at(two_years, newest, sequence)) == state
    assert len({str(state) for state in states}) >= 5
    assert verify_chain(two_years) == []


def test_a_version_leaves_adopted_years_alone_and_judges_the_others(two_years, stricter):
    adopted, unadopted = v3(two_years, 2020), v3(two_years, 2021)
    assert (adopted.status, adopted.target_printed, adopted.target_decision) == (Status.ON_TRACK, OLD, "")
    assert adopted.later_target.decision == stricter.reference, "it says that a later version has another target"
    assert (unadopted.target_printed, unadopted.target_was) == (NEW, "4.500")
    overview = load_overview(two_years)
    assert (overview.versions_by_year[2020].number, overview.versions_by_year[2021].number) == (1, 2)
    assert v3(two_years, 2021, sequence=stricter.sequence - 1).target_printed == "4.500"


def test_an_erratum_keeps_the_version_of_its_year(two_years, stricter, officer, adopter):
    record(two_years, "V3", 2020, "4.350", by=officer, explanation="Nageteld.")
    edition = adopt_year(two_years, 2020, by=adopter)
    assert edition.version_id == load_overview(two_years).chain.versions[0].pk
    assert v3(two_years, 2020).target_printed == OLD
    record(two_years, "V3", 2020, "4.360", by=officer, explanation="Nageteld.")
    facts = {"decision": "college 7", "on": TODAY, "now": NOW, "confirm": DATE_QUESTIONS}
    with pytest.raises(ActionRefused, match="al beoordeeld volgens versie 1"):
        adopt(kadernota=two_years, year=2020, by=adopter, version=2, **facts)


def test_a_year_is_judged_under_the_newest_version_of_that_day_or_another_that_the_adopter_takes(
    two_years, stricter, officer, adopter
):
    record(two_years, "V3", 2021, "4.400", by=officer, explanation="Meer meldingen dan gehoopt.")
    facts = {"decision": "college 7", "now": NOW, "confirm": DATE_QUESTIONS, "by": adopter, "year": 2021}
    with pytest.raises(ActionRefused, match="Er is geen versie 3"):
        adopt(kadernota=two_years, on=TODAY, version=3, **facts)
    edition = adopt(kadernota=two_years, on=TODAY, version=1, **facts)
    assert edition.version_id == load_overview(two_years).chain.versions[0].pk
    assert v3(two_years, 2021).target_printed == "4.500" and v3(two_years, 2021).status is Status.ON_TRACK


def test_judging_again_shows_old_and_new(two_years, stricter, keeper, adopter):
    before = v3(two_years, 2020)
    edition = rejudge(two_years, 2020, keeper=keeper, adopter=adopter)
    assert edition.rejudges and not edition.entries.exists() and edition.proposed_by == keeper
    after = v3(two_years, 2020)
    assert (before.status, after.status) == (Status.ON_TRACK, Status.AT_RISK)
    assert (after.target_printed, after.target_was, after.target_decision) == (NEW, OLD, stricter.reference)
    assert v3(two_years, 2020, sequence=edition.decision.sequence - 1).status is Status.ON_TRACK
    assert not open_proposals(two_years, REJUDGING).exists() and edition.decision.proposal.state == "adopted"
    with pytest.raises(ActionRefused, match="Kies een nieuwere versie"):
        propose_rejudging(kadernota=two_years, year=2020, version=2, by=keeper, now=NOW)


def test_judging_again_leaves_drafts_out_when_asked_to(two_years, stricter, officer, keeper, adopter):
    """A draft that waits for its explanation does not hold it up."""
    record(two_years, "V3", 2020, "4.700", by=officer, explanation="Nageteld.")
    record(two_years, "V4", 2020, "9.000", by=officer)
    with pytest.raises(ActionRefused, match="Zonder toelichting"):
        rejudge(two_years, 2020, keeper=keeper, adopter=adopter)
    proposal = open_proposals(two_years, REJUDGING).get()
    facts = {"decision": "college 7", "on": TODAY, "now": NOW, "confirm": DATE_QUESTIONS, "by": adopter}
    edition = adopt(kadernota=two_years, year=2020, seen=(), rejudging=proposal, **facts)
    assert not edition.entries.exists() and v3(two_years, 2020).printed == "4.300"


def test_a_proposal_to_judge_again_is_taken_once_by_another_and_for_its_own_year(
    two_years, stricter, officer, keeper, adopter
):
    record(two_years, "V3", 2021, "4.000", by=officer)
    adopt_year(two_years, 2021, by=adopter)
    proposal = propose_rejudging(kadernota=two_years, year=2020, version=2, by=adopter, now=NOW)
    facts = {"kadernota": two_years, "decision": "college 7", "on": TODAY, "now": NOW, "confirm": DATE_QUESTIONS}
    with pytest.raises(ActionRefused, match="stelt dat niet zelf vast"):
        adopt(year=2020, by=adopter, rejudging=proposal, **facts)
    withdraw_proposal(proposal=proposal, by=keeper)
    proposal = propose_rejudging(kadernota=two_years, year=2020, version=2, by=keeper, now=NOW)
    with pytest.raises(ActionRefused, match="is er niet meer"):
        adopt(year=2021, by=adopter, rejudging=proposal, **facts)
    adopt(year=2020, by=adopter, rejudging=proposal, **facts)
    proposal.state = "offered"  # as another process read it
    with pytest.raises(ActionRefused, match="is er niet meer"):
        adopt(year=2020, by=adopter, rejudging=proposal, **facts)


def added(nota: Nota) -> Nota:
    """Return the nota with a new indicator X1 beside V3."""
    (like,) = (row for row in nota.indicators if row.code == "V3")
    new: Indicator = replace(like, code="X1", name="Nieuw", components=(replace(like.components[0], key="x1"),))
    topic = nota.topics[0]
    return replace(nota, topics=(replace(topic, indicators=(*topic.indicators, new)), *nota.topics[1:]))


def test_a_series_that_is_added_later_says_so_until_its_year_is_judged_again(two_years, officer, keeper, adopter):
    adopt_version_of(two_years, added, by=adopter, editor=keeper)
    row = load_overview(two_years).row("X1")
    assert [row.followed(year) for year in (2020, 2021)] == [Followed.ADDED_LATER, Followed.YES]
    figure = row.components[0].figures[2020]
    assert (figure.target, figure.status, row.counts_in(2020)) == (None, Status.NO_TARGET, False)
    adopt_version_of(
        two_years,
        lambda nota: with_component(nota, "X1", breaks=(Break(2020, "Andere app."),)),
        by=adopter,
        editor=keeper,
    )
    assert load_overview(two_years).row("X1").components[0].figures[2020] == figure, "no version judges it there"
    rejudge(two_years, 2020, keeper=keeper, adopter=adopter)
    row = load_overview(two_years).row("X1")
    assert row.followed(2020) is Followed.YES and row.components[0].figures[2020].status is Status.NO_DATA


def test_a_version_without_the_year_does_not_judge_it(two_years, officer, keeper, adopter):
    """The first version covers 2018 to 2022, the second one also 2023: only that one can judge 2023."""
    adopt_version_of(two_years, lambda nota: replace(nota, last_year=2023), by=adopter, editor=keeper, on=TODAY)
    record(two_years, "V3", 2023, "4.000", by=officer)
    edition = adopt(
        kadernota=two_years,
        year=2023,
        by=adopter,
        decision="college 7",
        on=date(2024, 2, 1),
        now=NOW,
        confirm=DATE_QUESTIONS,
    )
    assert edition.version == two_years.version


# Corrections


def corrected(kadernota, decision, *, keeper, adopter, **facts):
    proposal = propose_correction(decision=decision, remark="Verschreven.", by=keeper, now=NOW, **facts)
    own = {"by": adopter, "reference": "college 100", "on": TODAY, "now": NOW}
    return adopt_correction(proposal=proposal, **own, confirm=DATE_QUESTIONS)


def test_of_corrections_the_last_one_counts_and_all_stay_visible(two_years, keeper, adopter):
    edition = Edition.objects.get(kadernota=two_years, year=2020)
    people = {"keeper": keeper, "adopter": adopter}
    corrected(two_years, edition.decision, reference="college 98", decided_on=date(2021, 3, 3), **people)
    corrected(two_years, edition.decision, reference="college 99", **people)
    info = load_overview(two_years).edition_of(2020)
    assert (info.decision, info.adopted_on) == ("college 99", date(2021, 3, 3))
    decision = load_overview(two_years).chain.decisions[1]
    assert (decision.reference, decision.remarks) == ("college 99", ("Verschreven.", "Verschreven."))
    assert [item.corrected for item in load_overview(two_years).chain.decisions] == [None, None, 2, 2]
    then = load_overview(two_years, sequence=2).chain.decisions[1]
    assert (then.reference, then.remarks) == (edition.decision.reference, ())
    assert verify_chain(two_years) == []


def test_a_correction_changes_no_verdict(two_years, stricter, keeper, adopter):
    before = verdicts(load_overview(two_years))
    corrected(two_years, stricter, decided_on=date(2019, 1, 1), keeper=keeper, adopter=adopter)
    assert verdicts(load_overview(two_years)) == before


def test_a_correction_has_a_second_person_a_remark_and_a_possible_date(two_years, keeper, adopter):
    decision = Edition.objects.get(kadernota=two_years, year=2020).decision
    facts = {"decision": decision, "by": keeper, "now": NOW}
    with pytest.raises(ActionRefused, match="Schrijf wat er niet klopte"):
        propose_correction(remark=" ", **facts)
    with pytest.raises(ActionRefused, match="niet vastgesteld vóór 1 januari 2020"):
        propose_correction(remark="Verschreven.", decided_on=date(2019, 12, 31), **facts)
    with pytest.raises(ActionRefused, match="in de toekomst"):
        propose_correction(remark="Verschreven.", decided_on=date(2026, 11, 25), **facts)
    proposal = propose_correction(remark="Verschreven.", **(facts | {"by": adopter}))
    own = {"proposal": proposal, "reference": "college 100", "on": TODAY, "now": NOW}
    with pytest.raises(ActionRefused, match="stelt die niet zelf vast"):
        adopt_correction(by=adopter, **own)


def test_the_date_of_a_correction_is_asked_about_and_the_answer_kept(two_years, keeper, adopter):
    decision = Edition.objects.get(kadernota=two_years, year=2020).decision
    proposal = propose_correction(decision=decision, remark="Verschreven.", by=keeper, now=NOW)
    own = {"proposal": proposal, "by": adopter, "reference": "college 100", "on": date(2020, 1, 1), "now": NOW}
    with pytest.raises(NeedsConfirmation) as asked:
        adopt_correction(**own)
    codes = [question.code for question in asked.value.questions]
    assert codes == [EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO]
    assert adopt_correction(**own, confirm=codes).confirmations == sorted(codes)


# Documents


@pytest.mark.parametrize("extension", ["csv", "docx", "xlsx"])
def test_the_appendix_of_an_old_edition_keeps_its_bytes(practice, keeper, adopter, extension):
    edition = Edition.objects.get(kadernota=practice, year=2020, number=1)

    def render() -> bytes:
        return file_bytes(load_appendix(practice, 2020, edition=info_of(edition)).document, extension)

    before = render()
    adopt_version_of(
        practice,
        lambda nota: with_component(
            with_component(nota, "V3", targets={2020: NEW}), "V5", "% van inwoners", targets={2020: "<0,30%"}
        ),
        by=adopter,
        editor=keeper,
    )
    corrected(
        practice, edition.decision, reference="OEF-0", decided_on=date(2021, 2, 17), keeper=keeper, adopter=adopter
    )
    assert render() == before
    again = rejudge(practice, 2020, keeper=keeper, adopter=adopter, seen=())
    assert render() == before
    edition = again
    assert render() != before


def test_the_appendix_says_in_a_footnote_what_the_nota_asked(practice, keeper, adopter):
    adopt_version_of(
        practice,
        lambda nota: with_component(nota, "V3", targets={2020: NEW}),
        by=adopter,
        editor=keeper,
        decision="R-1",
        on=date(2021, 2, 1),
    )
    rejudge(practice, 2020, keeper=keeper, adopter=adopter, seen=())
    notes = [
        note
        for section in load_appendix(practice, 2020).document.sections
        for block in section.blocks
        for note in getattr(block, "footnotes", ())
    ]
    assert "V3 (2020): Streefwaarde gewijzigd bij besluit R-1 op 1 februari 2021: was <4.500." in notes


def test_the_number_of_queries_does_not_grow_with_figures_of_a_prefix(two_years, stricter, django_assert_num_queries):
    overview_of(two_years)
    with django_assert_num_queries(3):  # decisions, figures, lines; the versions are in the cache
        load_overview(two_years, sequence=2)
