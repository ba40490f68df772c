"""Appending decisions: references, dates (rule 6), confirmations, links and witnesses."""

import json
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from indicators.actions.deciding import (
    BEFORE_YEAR_END,
    EARLIER_THAN_PREVIOUS,
    MORE_THAN_A_YEAR_AGO,
    NeedsConfirmation,
    Question,
    check_confirmed,
    check_reference,
    content_of,
    date_questions,
    decide,
    first_link_of,
    newest_date,
)
from indicators.actions.errors import ActionRefused
from indicators.domain.chain import FORMAT, content_hash, sha256
from indicators.domain.rules_version import RULES_VERSION
from indicators.models import Correction, Decision, Edition, Manifest, Witness
from priorities.models import Kadernota
from tests.actions.versions import adopted, make_people, small_nota

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def kadernota(people):
    return adopted(small_nota(), keeper=people[0], adopter=people[2])


def codes(kadernota, decided_on, *, now=NOW, **facts):
    return [question.code for question in date_questions(kadernota, decided_on, now=now, **facts)]


@pytest.fixture
def fresh(people):
    """Return a kadernota without a date to compare with."""
    return Kadernota.objects.create(organisation=adopted_organisation(people), slug="vers")


def adopted_organisation(people):
    return adopted(small_nota(), keeper=people[0], adopter=people[2]).organisation


FIGURES = {"year": 2025, "has_figures": True}
LINES = {"year": 2025, "has_figures": False}


@pytest.mark.parametrize(
    ("decided_on", "facts", "expected"),
    [
        (date(2026, 11, 24), {}, []),
        (date(2026, 2, 10), FIGURES, []),
        (date(2026, 1, 1), FIGURES, []),
        (date(2025, 12, 31), FIGURES, [BEFORE_YEAR_END]),
        (date(2025, 11, 24), FIGURES, [BEFORE_YEAR_END]),
        (date(2025, 11, 23), FIGURES, [BEFORE_YEAR_END, MORE_THAN_A_YEAR_AGO]),
        (date(2025, 1, 1), FIGURES, [BEFORE_YEAR_END, MORE_THAN_A_YEAR_AGO]),
        (date(2025, 12, 31), LINES, []),
        (date(2024, 1, 1), LINES, [MORE_THAN_A_YEAR_AGO]),
        (date(2025, 11, 24), {}, []),
        (date(2018, 7, 4), {}, [MORE_THAN_A_YEAR_AGO]),
    ],
)
def test_what_is_asked_about_a_date(fresh, decided_on, facts, expected):
    assert codes(fresh, decided_on, **facts) == expected


@pytest.mark.parametrize(
    ("decided_on", "facts", "match"),
    [
        (date(2026, 11, 25), {}, "toekomst"),
        (date(2026, 11, 25), FIGURES, "toekomst"),
        (date(2024, 12, 31), FIGURES, "cijfers van 2025 .* vóór 1 januari 2025"),
        (date(2023, 12, 31), LINES, "programma van 2025 .* vóór 1 januari 2024"),
        (date(1, 1, 1), FIGURES, "vóór 1 januari 2025"),
    ],
)
def test_impossible_dates_are_refused(fresh, decided_on, facts, match):
    with pytest.raises(ActionRefused, match=match):
        codes(fresh, decided_on, **facts)


def test_today_is_that_of_the_time_zone(fresh):
    evening = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert codes(fresh, date(2026, 11, 25), now=evening) == []


def test_a_year_ago_on_a_leap_day(fresh):
    leap_day = datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert codes(fresh, date(2027, 2, 28), now=leap_day) == []
    assert codes(fresh, date(2027, 2, 27), now=leap_day) == [MORE_THAN_A_YEAR_AGO]


def test_a_date_before_the_previous_decision_is_asked_about(kadernota, people):
    assert newest_date(kadernota) == date(2026, 11, 23)
    assert codes(kadernota, date(2026, 11, 22)) == [EARLIER_THAN_PREVIOUS]
    assert codes(kadernota, date(2026, 11, 23)) == []
    correction = Correction.objects.create(
        corrected=Decision.objects.get(kadernota=kadernota),
        decided_on=date(2026, 10, 1),
        remark="Tikfout.",
        proposed_by=people[0],
    )
    assert newest_date(kadernota) == date(2026, 11, 23), "a correction counts when it is decided"
    decide(
        fixes=correction, content={}, people={}, now=NOW, by=people[2], reference="raad", decided_on=date(2026, 11, 24)
    )
    assert newest_date(kadernota) == date(2026, 10, 1)
    assert codes(kadernota, date(2026, 10, 2)) == []


def test_questions_are_asked_until_they_are_confirmed():
    questions = [Question("b", "B?"), Question("a", "A?")]
    with pytest.raises(NeedsConfirmation, match="B?") as caught:
        check_confirmed(questions, ["a"])
    assert caught.value.questions == (questions[0],)
    assert check_confirmed(questions, ["a", "b", "c"]) == ["a", "b"]
    assert check_confirmed([], ["c"]) == []


@pytest.mark.parametrize(("typed", "stored"), [(" raad\n12 ", "raad 12"), ("x" * 100, "x" * 100)])
def test_a_reference_is_one_line(typed, stored):
    assert check_reference(typed) == stored


@pytest.mark.parametrize("typed", ["", " \n", "x" * 101])
def test_a_reference_is_there_and_short(typed):
    with pytest.raises(ActionRefused):
        check_reference(typed)


# The link.


def test_the_first_link_follows_from_the_identity_of_the_kadernota(kadernota):
    assert Decision.objects.get().previous == first_link_of(kadernota)
    other = Kadernota(organisation=kadernota.organisation, slug="anders")
    assert first_link_of(other) != first_link_of(kadernota)
    other = Kadernota(organisation=kadernota.organisation, slug=kadernota.slug, predecessor=other)
    assert first_link_of(other) != first_link_of(kadernota)


def rejudging(kadernota, people, number=1):
    return Edition.objects.create(
        kadernota=kadernota, year=2023, number=number, version=kadernota.version, rejudges=True, proposed_by=people[0]
    )


def take(kadernota, people, *, number=1, **facts):
    facts = {"content": {"year": 2023}, "people": {"proposer": None}, "reference": "college 4"} | facts
    edition = rejudging(kadernota, people, number)
    return decide(fixes=edition, now=NOW, by=people[2], decided_on=date(2026, 11, 24), **facts)


def test_a_decision_is_the_next_link(kadernota, people):
    first = Decision.objects.get()
    decision = take(kadernota, people, confirmations=["b", "a"])
    assert (decision.sequence, decision.kind, decision.previous) == (2, "year", first.chain_hash)
    assert (decision.rules_version, decision.recorded_at, decision.confirmations) == (RULES_VERSION, NOW, ["a", "b"])
    third = take(kadernota, people, number=2)
    assert third.previous == decision.chain_hash and len({first.chain_hash, third.chain_hash}) == 2


def test_the_hashes_follow_from_what_is_stored(kadernota, people):
    take(kadernota, people, confirmations=["a"])
    decision = Decision.objects.latest("pk")
    assert content_hash(content_of(decision, {"year": 2023})) == decision.content_hash
    assert sha256(decision.witness.content) == decision.witness_hash
    link = [FORMAT, 2, decision.previous, decision.content_hash, decision.witness_hash, decision.manifest]
    assert sha256(json.dumps(link, separators=(",", ":"))) == decision.chain_hash


CHANGES = {
    "reference": "iets anders",
    "decided_on": date(2026, 11, 23),
    "confirmations": ["a"],
    "rules_version": 99,
    "recorded_at": datetime(2026, 11, 24, 9, 0, 0, 1, tzinfo=UTC),
    "source": "elders",
    "retrieved_on": date(2026, 11, 24),
    "sequence": 3,
    "kind": "nota",
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_content_hash_covers_each_fact_of_the_decision(kadernota, people, name):
    decision = take(kadernota, people)
    setattr(decision, name, CHANGES[name])
    assert content_hash(content_of(decision, {"year": 2023})) != decision.content_hash


def test_the_content_hash_covers_what_is_fixed(kadernota, people):
    decision = take(kadernota, people)
    assert content_hash(content_of(decision, {"year": 2024})) != decision.content_hash


def test_the_witness_has_the_names_as_they_were_and_a_salt(kadernota, people):
    User.objects.filter(pk=people[2].pk).update(first_name="Vera", last_name="Vast")
    people = [*people[:2], User.objects.get(pk=people[2].pk)]
    first = json.loads(take(kadernota, people).witness.content)
    second = json.loads(take(kadernota, people, number=2).witness.content)
    assert first["adopter"] == {"account": people[2].pk, "username": "adopter", "name": "Vera Vast"}
    assert first["salt"] != second["salt"] and len(first["salt"]) == 64
    assert Witness.objects.count() == 3


def test_the_newest_manifest_goes_into_the_next_decision(kadernota, people):
    first = Decision.objects.get()
    assert first.manifest == ""
    second = take(kadernota, people)
    for decision, sign in ((first, "a"), (second, "b")):
        Manifest.objects.create(decision=decision, content="{}", sha256=sign * 64, made_at=NOW)
    assert take(kadernota, people, number=2).manifest == "b" * 64
