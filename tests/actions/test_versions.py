"""Versions of a kadernota: start, save, offer, take back, send back, adopt, throw away, bring up to date."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings

from indicators.actions.deciding import NeedsConfirmation, content_of, decide, first_link_of
from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import with_newest_origins
from indicators.actions.version_rows import create_kadernota, new_version, store
from indicators.actions.versions import (
    DraftChanged,
    Outdated,
    adopt_version,
    bring_up_to_date,
    discard,
    offer,
    save_draft,
    send_back,
    start_draft,
    take_back,
)
from indicators.domain.chain import canonical_data, check_chain, content_hash
from indicators.domain.nota import OURS, THEIRS, NotaRefused, canonical_bytes, differences, read_nota, write_nota
from indicators.models import (
    Area,
    AuditEvent,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Measurement,
    Proposal,
    Series,
    VersionEdit,
)
from indicators.readmodel.nota import nota_of, version_content, version_hash
from priorities.models import Kadernota, Organisation, Topic, Version
from priorities.permissions import NotAllowed
from tests.actions.rows import whole_area
from tests.actions.versions import (
    FIRST_COMPONENT,
    FIRST_INDICATOR,
    NOW,
    ON,
    adopt_draft,
    adopted,
    chain_of,
    make_people,
    small_nota,
    with_target,
)
from tests.domain.notas import edited, notas

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def keeper(people):
    return people[0]


@pytest.fixture
def second(people):
    return people[1]


@pytest.fixture
def adopter(people):
    return people[2]


@pytest.fixture
def kadernota(keeper, adopter):
    return adopted(small_nota(), keeper=keeper, adopter=adopter)


@pytest.fixture
def draft(kadernota, keeper):
    return start_draft(kadernota=kadernota, by=keeper, now=NOW, reason="De raad wil meer.")


def proposal_of(version):
    return Proposal.objects.get(version=version)


def codes(caught):
    return {finding.code for finding in caught.value.findings}


# Rows and the nota.


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nota=notas())
def test_a_nota_is_stored_and_read_back_unchanged(nota):
    plain = replace(nota, predecessor=None, slug=f"proef-{Kadernota.objects.count()}", topics=without_origins(nota))
    kadernota = create_kadernota(replace(plain, organisation=replace(plain.organisation, slug=plain.slug)))
    version = new_version(plain, kadernota)
    stored = nota_of(version)
    assert not differences(replace(plain, organisation=stored.organisation), stored)
    store(plain, version)
    assert not differences(stored, replace(nota_of(version), organisation=stored.organisation))


def without_origins(nota):
    def plain(component):
        baseline = component.baseline
        return replace(component, continues=None, baseline=baseline and replace(baseline, origin=None))

    return tuple(
        replace(
            topic,
            indicators=tuple(
                replace(indicator, components=tuple(map(plain, indicator.components))) for indicator in topic.indicators
            ),
        )
        for topic in nota.topics
    )


def test_reading_a_version_takes_eight_queries(kadernota, django_assert_max_num_queries):
    version = Version.objects.select_related("kadernota__organisation", "kadernota__predecessor").get()
    with django_assert_max_num_queries(8):
        assert canonical_bytes(nota_of(version)) == canonical_bytes(small_nota())


# A new kadernota.


def test_a_new_kadernota_is_a_draft_with_its_area(keeper):
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    kadernota = Kadernota.objects.get()
    assert version.kadernota == kadernota and not Kadernota.objects.adopted().exists()
    assert Area.objects.get().is_whole and Area.objects.get().kadernota == kadernota
    assert Organisation.objects.get().cbs_code == "GM0001"
    assert proposal_of(version).state == "draft" and proposal_of(version).proposed_by == keeper
    assert nota_of(version) == small_nota()
    assert VersionEdit.objects.get(version=version).edited_by == keeper


def test_a_used_address_is_refused(kadernota, keeper):
    with pytest.raises(NotaRefused) as caught:
        start_draft(nota=small_nota(), by=keeper, now=NOW)
    assert codes(caught) == {"slug-used"}
    assert Kadernota.objects.count() == 1


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ([(("slug",), "kadernotas")], "slug-reserved"),
        ([(("predecessor",), "bestaat-niet")], "predecessor-unknown"),
        ([((*FIRST_INDICATOR, "code"), "A2")], "code-twice"),
    ],
)
def test_a_nota_that_breaks_a_rule_makes_no_kadernota(keeper, edits, code):
    nota = small_nota()
    match code:
        case "slug-reserved":
            nota = replace(nota, slug=edits[0][1])
        case "predecessor-unknown":
            nota = replace(nota, predecessor=edits[0][1])
        case _:
            topic = nota.topics[0]
            twice = tuple(replace(indicator, code="A2") for indicator in topic.indicators)
            nota = replace(nota, topics=(replace(topic, indicators=twice), *nota.topics[1:]), readings=())
    with pytest.raises(NotaRefused) as caught:
        start_draft(nota=nota, by=keeper, now=NOW)
    assert code in codes(caught)
    assert not Kadernota.objects.exists() and not Organisation.objects.exists()


def test_the_organisation_of_another_kadernota_keeps_its_name_and_code(kadernota, keeper):
    other = replace(small_nota(), slug="andere", organisation=replace(small_nota().organisation, name="Anders"))
    start_draft(nota=other, by=keeper, now=NOW)
    assert Organisation.objects.get().name == "Voorbeeld"
    other = replace(other, slug="derde", organisation=replace(other.organisation, cbs_code="GM9999"))
    with pytest.raises(NotaRefused) as caught:
        start_draft(nota=other, by=keeper, now=NOW)
    assert codes(caught) == {"organisation-differs"}


def test_only_a_keeper_prepares(adopter, kadernota, draft):
    nota = small_nota()
    for action in (
        lambda: start_draft(nota=replace(nota, slug="x"), by=adopter, now=NOW),
        lambda: save_draft(version=draft, nota=nota, by=adopter, now=NOW),
        lambda: offer(version=draft, by=adopter, now=NOW),
        lambda: take_back(version=draft, by=adopter, now=NOW),
        lambda: discard(version=draft, by=adopter, now=NOW),
        lambda: bring_up_to_date(version=draft, by=adopter, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            action()
    refused = AuditEvent.objects.filter(actor=adopter, result="refused")
    assert refused.count() == 6


# Drafts.


def test_the_next_version_starts_as_a_copy(kadernota, draft, keeper, second):
    assert nota_of(draft) == nota_of(kadernota.version) and draft.based_on == kadernota.version
    assert not VersionEdit.objects.filter(version=draft).exists()
    assert Series.objects.count() == 3 and Topic.objects.count() == 3
    with pytest.raises(ActionRefused, match="al een inhoudelijk concept"):
        start_draft(kadernota=kadernota, by=second, now=NOW)


def test_a_save_records_each_change_with_its_editor(draft, second):
    changes = save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=second, now=NOW)
    edits = VersionEdit.objects.filter(version=draft)
    assert [edit.label for edit in edits] == [change.label for change in changes]
    assert {edit.edited_by for edit in edits} == {second}
    assert [edit for edit in edits if edit.path == "components/a1/targets/2025"][0].new == "480"
    assert nota_of(draft) == with_target(small_nota(), "480")


def test_saving_the_same_records_nothing(draft, second):
    assert save_draft(version=draft, nota=nota_of(draft), by=second, now=NOW) == []
    assert not VersionEdit.objects.filter(version=draft).exists()


def test_a_save_of_another_draft_than_seen_is_refused(draft, keeper, second):
    seen = version_hash(draft)
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=second, now=NOW, seen=seen)
    with pytest.raises(DraftChanged):
        save_draft(version=draft, nota=with_target(nota_of(draft), "470"), by=keeper, now=NOW, seen=seen)
    assert nota_of(draft) == with_target(small_nota(), "480")


def test_a_refused_save_changes_nothing(draft, keeper):
    before = version_hash(draft)
    with pytest.raises(NotaRefused):
        save_draft(version=draft, nota=replace(nota_of(draft), title=""), by=keeper, now=NOW)
    assert version_hash(draft) == before and not VersionEdit.objects.filter(version=draft).exists()


def test_identities_are_fixed_by_the_first_decision(draft, keeper):
    nota = nota_of(draft)
    for changed in (
        replace(nota, slug="anders"),
        replace(nota, is_practice=True),
        replace(nota, area=replace(nota.area, code="wijk")),
        replace(nota, organisation=replace(nota.organisation, slug="anders")),
    ):
        with pytest.raises(NotaRefused) as caught:
            save_draft(version=draft, nota=changed, by=keeper, now=NOW)
        assert "identity-fixed" in codes(caught)


def test_a_kadernota_without_a_decision_may_change_its_address(keeper):
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    nota = replace(small_nota(), slug="anders", area=replace(small_nota().area, code="wijk"))
    save_draft(version=version, nota=nota, by=keeper, now=NOW)
    assert nota_of(Version.objects.get()) == nota
    assert Kadernota.objects.get().slug == "anders"


def test_the_unit_of_a_series_is_fixed_but_a_new_series_may_change(draft, keeper):
    other_unit = small_nota(
        ((*FIRST_COMPONENT, "quantity"), "percentage"),
        ((*FIRST_COMPONENT, "targets"), {"2024": "5%"}),
        ((*FIRST_COMPONENT, "baseline"), None),
        ((*FIRST_INDICATOR, "printed"), {}),
        (("readings",), []),
    )
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=draft, nota=other_unit, by=keeper, now=NOW)
    assert codes(caught) == {"series-unit"}
    topic = other_unit.topics[0]
    first, *rest = topic.indicators
    renamed = replace(first, components=(replace(first.components[0], key="nieuw"),))
    nota = replace(other_unit, topics=(replace(topic, indicators=(renamed, *rest)), *other_unit.topics[1:]))
    save_draft(version=draft, nota=nota, by=keeper, now=NOW)
    assert Series.objects.filter(key="nieuw").exists()
    save_draft(version=draft, nota=small_nota(), by=keeper, now=NOW)
    assert not Series.objects.filter(key="nieuw").exists() and Series.objects.filter(key="a1").exists()


def test_an_editorial_version_changes_texts_only(kadernota, keeper, adopter):
    version = start_draft(kadernota=kadernota, kind="editorial", by=keeper, now=NOW, reason="Tikfout.")
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=version, nota=with_target(nota_of(version), "480"), by=keeper, now=NOW)
    assert codes(caught) == {"not-editorial"}
    save_draft(version=version, nota=replace(nota_of(version), summary="Beter."), by=keeper, now=NOW)
    decision = adopt_draft(version, keeper=keeper, adopter=adopter)
    assert decision.version.kind == "editorial" and kadernota.version.summary == "Beter."


# Rule 3.


def record(kadernota, year, number=5, *, adopt=False):
    row = Measurement.objects.create(
        kadernota=kadernota,
        series=Series.objects.get(kadernota=kadernota, key="a1"),
        area=whole_area(kadernota),
        year=year,
        number=Decimal(number),
        recorded_by=User.objects.get_or_create(username="officer")[0],
        recorded_at=NOW,
    )
    if adopt:
        edition = Edition.objects.create(
            kadernota=kadernota,
            year=year,
            number=1 + Edition.objects.filter(kadernota=kadernota, year=year).count(),
            version=kadernota.version,
        )
        EditionEntry.objects.create(edition=edition, measurement=row)
        decide_edition(edition)
    return row


def decide_edition(edition):
    return decide(
        fixes=edition,
        content={"year": edition.year},
        people={},
        now=NOW,
        by=User.objects.get(username="adopter"),
        reference="college 4",
        decided_on=ON,
    )


def dropped(nota, *, keys=("a1",)):
    topic = nota.topics[0]
    indicators = tuple(item for item in topic.indicators if not {part.key for part in item.components} & set(keys))
    return replace(nota, topics=(replace(topic, indicators=indicators), *nota.topics[1:]), readings=())


def test_a_series_without_figures_may_go(draft, keeper, adopter, kadernota):
    save_draft(version=draft, nota=dropped(nota_of(draft)), by=keeper, now=NOW)
    adopt_draft(draft, keeper=keeper, adopter=adopter)
    assert Series.objects.filter(key="a1").exists()
    assert not Indicator.objects.filter(version=kadernota.version, code="A1").exists()


def test_a_series_or_year_with_figures_stays(kadernota, draft, keeper):
    record(kadernota, 2023)
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=draft, nota=dropped(nota_of(draft)), by=keeper, now=NOW)
    assert codes(caught) == {"series-needed"}
    later = replace(nota_of(draft), first_year=2024, baseline_year=2022)
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=draft, nota=later, by=keeper, now=NOW)
    assert "year-needed" in codes(caught)
    topic = nota_of(draft).topics[0]
    late = replace(topic.indicators[0], first_year=2024, change_reason="Later.")
    nota = replace(
        nota_of(draft), topics=(replace(topic, indicators=(late, *topic.indicators[1:])), *nota_of(draft).topics[1:])
    )
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=draft, nota=nota, by=keeper, now=NOW)
    assert codes(caught) == {"series-year-needed"}


def test_every_series_of_the_version_that_a_year_was_judged_under_stays(kadernota, draft, keeper):
    record(kadernota, 2023, adopt=True)
    with pytest.raises(NotaRefused) as caught:
        save_draft(version=draft, nota=dropped(nota_of(draft), keys=("a2-deel",)), by=keeper, now=NOW)
    assert {finding.typed for finding in caught.value.findings} == {"a2-deel", "a2-aantal"}


def test_a_figure_that_was_recorded_after_the_offer_stops_the_adoption(kadernota, draft, keeper, adopter):
    save_draft(version=draft, nota=dropped(nota_of(draft)), by=keeper, now=NOW)
    seen = offer(version=draft, by=keeper, now=NOW)
    record(kadernota, 2023)
    with pytest.raises(NotaRefused):
        adopt_version(version=draft, by=adopter, now=NOW, content_hash=seen, reference="raad", decided_on=ON)
    assert proposal_of(draft).state == "offered"


# Offering.


def test_an_offered_draft_is_closed_until_it_is_taken_back(draft, keeper, second):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    seen = offer(version=draft, by=keeper, now=NOW)
    assert seen == version_hash(draft) == proposal_of(draft).content_hash
    with pytest.raises(ActionRefused, match="Neem het eerst terug"):
        save_draft(version=draft, nota=small_nota(), by=keeper, now=NOW)
    with pytest.raises(ActionRefused, match="Neem het eerst terug"):
        discard(version=draft, by=keeper, now=NOW)
    take_back(version=draft, by=second, now=NOW)
    assert (proposal_of(draft).state, proposal_of(draft).content_hash) == ("draft", "")
    save_draft(version=draft, nota=small_nota(), by=keeper, now=NOW)


def test_a_draft_without_changes_or_reason_is_not_offered(kadernota, draft, keeper):
    with pytest.raises(ActionRefused, match="gelijk aan"):
        offer(version=draft, by=keeper, now=NOW)
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW, reason=" ")
    with pytest.raises(ActionRefused, match="waarom"):
        offer(version=draft, by=keeper, now=NOW)


def test_questions_are_confirmed_and_stored_with_the_decision(draft, keeper, adopter):
    save_draft(version=draft, nota=with_target(nota_of(draft), "5.000"), by=keeper, now=NOW)
    with pytest.raises(NeedsConfirmation) as caught:
        offer(version=draft, by=keeper, now=NOW)
    questions = [question.code for question in caught.value.questions]
    assert questions and all("a1" in code for code in questions)
    seen = offer(version=draft, by=keeper, now=NOW, confirm=[*questions, "niet-gevraagd"])
    decision = adopt_version(version=draft, by=adopter, now=NOW, content_hash=seen, reference="raad", decided_on=ON)
    assert decision.confirmations == sorted(questions)


def test_sent_back_with_a_reason_and_offered_again(draft, keeper, adopter):
    nota = with_target(nota_of(draft), "480")
    save_draft(version=draft, nota=nota, by=keeper, now=NOW)
    offer(version=draft, by=keeper, now=NOW)
    with pytest.raises(ActionRefused, match="waarom"):
        send_back(version=draft, by=adopter, reason=" ", now=NOW)
    send_back(version=draft, by=adopter, reason="Te ruim.", now=NOW)
    assert (proposal_of(draft).state, proposal_of(draft).remark) == ("sent_back", "Te ruim.")
    save_draft(version=draft, nota=with_target(nota, "470"), by=keeper, now=NOW)
    assert proposal_of(draft).state == "draft"
    assert adopt_draft(draft, keeper=keeper, adopter=adopter).sequence == 2


# Adoption.


def test_the_decision_fixes_the_version_and_proves_it(kadernota, draft, keeper, adopter):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    decision = adopt_draft(draft, keeper=keeper, adopter=adopter)
    version = Version.objects.get(pk=draft.pk)
    assert version.decision == decision and proposal_of(draft).decision == decision
    assert (decision.sequence, decision.kind, decision.adopted_by) == (2, "nota", adopter)
    links = []
    for row in chain_of(kadernota):
        content = content_of(row, {"version": version_content(row.version, nota_of(row.version))})
        assert content_hash(content) == row.content_hash
        names = ("sequence", "previous", "content_hash", "witness_hash", "manifest", "chain_hash")
        links.append({"content": canonical_data(content), **{name: getattr(row, name) for name in names}})
    assert check_chain(links, first=first_link_of(kadernota), expect=decision.chain_hash) == []
    assert '"username":"adopter"' in decision.witness.content and '"editors":[{' in decision.witness.content


def test_a_new_name_of_the_organisation_leaves_the_proof(kadernota):
    Organisation.objects.update(name="Nieuw")
    decision = Decision.objects.get()
    version = Version.objects.get()
    content = content_of(decision, {"version": version_content(version, nota_of(version))})
    assert content_hash(content) == decision.content_hash


def test_nobody_adopts_what_they_prepared(draft, keeper, second, adopter):
    for user in (keeper, second):
        user.user_permissions.add(*adopter.groups.get().permissions.all())
        user.groups.add(adopter.groups.get())
    keeper, second = User.objects.get(pk=keeper.pk), User.objects.get(pk=second.pk)
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=second, now=NOW)
    seen = offer(version=draft, by=keeper, now=NOW)
    for user in (keeper, second):
        with pytest.raises(ActionRefused, match="stelt haar niet zelf vast"):
            adopt_version(version=draft, by=user, now=NOW, content_hash=seen, reference="raad", decided_on=ON)
    adopt_version(version=draft, by=adopter, now=NOW, content_hash=seen, reference="raad", decided_on=ON)


def test_a_superuser_does_not_adopt_what_it_prepared():
    root = User.objects.create_superuser("root")
    version = start_draft(nota=small_nota(), by=root, now=NOW)
    with pytest.raises(ActionRefused, match="zelf"):
        adopt_draft(version, keeper=root, adopter=root)


def test_only_what_was_seen_is_adopted(draft, keeper, adopter):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    seen = offer(version=draft, by=keeper, now=NOW)
    take_back(version=draft, by=keeper, now=NOW)
    with pytest.raises(ActionRefused, match="niet aangeboden"):
        adopt_version(version=draft, by=adopter, now=NOW, content_hash=seen, reference="raad", decided_on=ON)
    save_draft(version=draft, nota=with_target(nota_of(draft), "470"), by=keeper, now=NOW)
    offer(version=draft, by=keeper, now=NOW)
    with pytest.raises(DraftChanged):
        adopt_version(version=draft, by=adopter, now=NOW, content_hash=seen, reference="raad", decided_on=ON)


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ({"reference": " "}, "Noem het besluit"),
        ({"reference": "x" * 101}, "langer dan"),
        ({"decided_on": date(2026, 11, 25)}, "toekomst"),
    ],
)
def test_a_decision_has_a_reference_and_a_possible_date(draft, keeper, adopter, facts, match):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    with pytest.raises(ActionRefused, match=match):
        adopt_draft(draft, keeper=keeper, adopter=adopter, **facts)
    assert Decision.objects.count() == 1


def test_an_adopted_draft_is_no_longer_open(draft, keeper, adopter):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    adopt_draft(draft, keeper=keeper, adopter=adopter)
    for action in (
        lambda: save_draft(version=draft, nota=small_nota(), by=keeper, now=NOW),
        lambda: discard(version=draft, by=keeper, now=NOW),
        lambda: take_back(version=draft, by=keeper, now=NOW),
        lambda: offer(version=draft, by=keeper, now=NOW),
    ):
        with pytest.raises(ActionRefused, match="al vastgesteld"):
            action()


# Throwing away.


def test_a_kadernota_without_a_decision_goes_entirely(keeper, second):
    version = start_draft(nota=small_nota(), by=keeper, now=NOW)
    save_draft(version=version, nota=with_target(small_nota(), "480"), by=second, now=NOW)
    discard(version=version, by=second, now=NOW)
    for model in (Kadernota, Version, Proposal, VersionEdit, Series, Topic, Area, Organisation):
        assert not model.objects.exists(), model
    event = AuditEvent.objects.get(action="versie weggooien")
    assert event.actor == second and "voorbeeld-2023-2026" in event.subject
    start_draft(nota=small_nota(), by=keeper, now=NOW)


def test_a_draft_of_an_adopted_kadernota_goes_alone(kadernota, draft, keeper):
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    discard(version=draft, by=keeper, now=NOW)
    assert Version.objects.get() == kadernota.version and Indicator.objects.count() == 2
    assert Proposal.objects.get(state="discarded").version is None
    assert not VersionEdit.objects.exclude(version=kadernota.version).exists()
    with pytest.raises(ActionRefused, match="er niet meer"):
        offer(version=draft, by=keeper, now=NOW)
    start_draft(kadernota=kadernota, by=keeper, now=NOW)


# Two drafts.


@pytest.fixture
def outdated(kadernota, draft, keeper, adopter):
    """Return a substantive draft that changes a target, after an editorial version changed the summary."""
    save_draft(version=draft, nota=with_target(nota_of(draft), "480"), by=keeper, now=NOW)
    editorial = start_draft(kadernota=kadernota, kind="editorial", by=keeper, now=NOW, reason="Tekst.")
    save_draft(version=editorial, nota=replace(nota_of(editorial), summary="Nieuw."), by=keeper, now=NOW)
    adopt_draft(editorial, keeper=keeper, adopter=adopter)
    return draft


def test_an_outdated_draft_is_brought_up_to_date_first(kadernota, outdated, keeper, adopter):
    with pytest.raises(Outdated):
        offer(version=outdated, by=keeper, now=NOW)
    assert bring_up_to_date(version=outdated, by=keeper, now=NOW) == []
    merged = nota_of(Version.objects.get(pk=outdated.pk))
    assert merged == replace(with_target(small_nota(), "480"), summary="Nieuw.")
    adopt_draft(outdated, keeper=keeper, adopter=adopter)
    assert kadernota.version.summary == "Nieuw."
    with pytest.raises(ActionRefused):
        bring_up_to_date(version=outdated, by=keeper, now=NOW)


@pytest.mark.parametrize(("choice", "summary"), [(OURS, "Onze."), (THEIRS, "Nieuw.")])
def test_a_conflict_is_shown_and_settled(outdated, keeper, choice, summary):
    save_draft(version=outdated, nota=replace(nota_of(outdated), summary="Onze."), by=keeper, now=NOW)
    [conflict] = bring_up_to_date(version=outdated, by=keeper, now=NOW)
    assert (conflict.code, conflict.base, conflict.ours, conflict.theirs) == ("summary", "", "Onze.", "Nieuw.")
    assert "samenvatting" in conflict.label.lower()
    assert Version.objects.get(pk=outdated.pk).based_on.decision.sequence == 1
    assert bring_up_to_date(version=outdated, by=keeper, now=NOW, settled={conflict.code: choice}) == []
    assert Version.objects.get(pk=outdated.pk).summary == summary


# Rule 11: baselines by reference.


@pytest.fixture
def successor(kadernota):
    """Return the nota of a successor whose baseline is the figure of 2023 in decision 2 of its predecessor."""
    record(kadernota, 2023, 361, adopt=True)
    data = write_nota(small_nota())
    data |= {"slug": "voorbeeld-2027-2030", "predecessor": kadernota.slug, "readings": []}
    return data


def next_nota(data, *, decision=2, year=2023, key="a1", value="361", continues="a1"):
    origin = {"key": key, "year": year, "decision": decision}
    years = {"first_year": 2027, "last_year": 2030, "baseline_year": 2026, "first_target_year": 2028}
    topic = edited(
        data["topics"][0],
        (("indicators", 0, "printed"), {}),
        (("indicators", 0, "components", 0, "targets"), {"2028": "300"}),
        (("indicators", 0, "components", 0, "continues"), continues),
        (("indicators", 0, "components", 0, "baseline"), {"year": 2023, "value": value, "from": origin}),
    )
    topic["indicators"] = topic["indicators"][:1]
    return read_nota(data | years | {"topics": [topic]})


def test_a_baseline_by_reference_is_copied(successor, keeper):
    version = start_draft(nota=next_nota(successor, value="1"), by=keeper, now=NOW)
    baseline = next(nota_of(version).components).baseline
    assert baseline.value.number == 361 and baseline.origin.decision == 2
    assert Series.objects.get(kadernota=version.kadernota).continues.key == "a1"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"decision": 1}, "origin-unknown"),
        ({"key": "a2-aantal"}, "origin-unknown"),
        ({"continues": "niet"}, "continues-unknown"),
        ({"continues": "a2-deel"}, "continues-unit"),
    ],
)
def test_a_reference_to_nothing_is_refused(successor, keeper, facts, code):
    with pytest.raises(NotaRefused) as caught:
        start_draft(nota=next_nota(successor, **facts), by=keeper, now=NOW)
    assert codes(caught) == {code}


def test_a_corrected_figure_makes_the_next_version_one_press_away(kadernota, successor, keeper, adopter):
    follower = adopted(next_nota(successor), keeper=keeper, adopter=adopter)
    first = Measurement.objects.get(kadernota=kadernota)
    row = Measurement.objects.create(
        kadernota=kadernota,
        series=first.series,
        area=first.area,
        year=2023,
        number=Decimal(371),
        recorded_by=first.recorded_by,
        recorded_at=NOW,
        replaces=first,
        explanation="hersteld",
    )
    edition = Edition.objects.create(kadernota=kadernota, year=2023, number=2, version=kadernota.version)
    EditionEntry.objects.create(edition=edition, measurement=row)
    decide_edition(edition)
    assert next(nota_of(follower.version).components).baseline.value.number == 361
    draft = start_draft(kadernota=follower, by=keeper, now=NOW, reason="Nulmeting verbeterd.")
    changes = save_draft(version=draft, nota=with_newest_origins(nota_of(draft)), by=keeper, now=NOW)
    assert [change.path for change in changes] == [("components", "a1", "baseline")]
    baseline = next(nota_of(draft).components).baseline
    assert (baseline.value.number, baseline.origin.decision) == (371, 3)
    adopt_draft(draft, keeper=keeper, adopter=adopter)
