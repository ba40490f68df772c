"""Recording and withdrawing lines of the programme, with conflicts between two users."""

from decimal import Decimal

import pytest

from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import record_line, withdraw_line
from indicators.actions.workflow import Conflict
from indicators.domain.programme import ActivityState
from indicators.models import LONGEST_LINE, AuditEvent, ProgrammeLine
from priorities.models import Kadernota, Topic
from priorities.permissions import NotAllowed
from tests.actions.rows import (
    NOW,
    TOPICS,
    adopt_version,
    adopt_year,
    line_of,
    make_kadernota,
    make_version,
    record_activity,
    topic_of,
)

pytestmark = pytest.mark.django_db
DONE, RUNNING, PLANNED = ActivityState.DONE, ActivityState.RUNNING, ActivityState.PLANNED


@pytest.fixture
def kadernota(db):
    return make_kadernota(figures=False)


@pytest.fixture
def other(db):
    return make_kadernota("elders", figures=False)


@pytest.fixture
def line(kadernota, officer):
    """A drafted activity of 2020."""
    return record_activity(kadernota, "Wijkschouw", 2020, partners="Politie", budget=Decimal(2500), by=officer)


def save(entry, by, seen=None):
    return record_line(entry=entry, by=by, now=NOW, seen=seen)


def test_a_new_line_is_stored_as_it_was_meant(kadernota, officer):
    entry = line_of(
        kadernota,
        "  Wijk-\n schouw ",
        2020,
        effort=" Per  gebied ",
        partners="Politie,\tOM",
        planned="mei",
        state=PLANNED,
        result="Eén\r\ntwee ",
        budget=Decimal("2500.5"),
        spent=Decimal(0),
    )
    row, outcome = save(entry, officer)
    row.refresh_from_db()
    assert outcome == "new"
    assert (row.title, row.effort, row.partners, row.result) == (
        "Wijk- schouw",
        "Per gebied",
        "Politie, OM",
        "Eén\ntwee",
    )
    assert (row.state, row.budget, row.spent, row.withdrawn) == ("gepland", Decimal("2500.50"), 0, False)
    assert (row.recorded_by, row.recorded_at, row.replaces) == (officer, NOW, None)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor, event.subject) == ("programma vastleggen", officer, "Wijk- schouw (2020)")
    assert "2500" not in event.subject


def test_what_no_reader_sees_is_not_stored(kadernota, officer):
    turned = "Ronde \u202e52\u202c\x07 in de\x00 buurt"
    entry = line_of(kadernota, turned, 2020, partners=turned, planned=turned, state=DONE, result=f"{turned}\u2028klaar")
    row, _ = save(entry, officer)
    assert row.title == row.partners == row.planned == "Ronde 52 in de buurt"
    assert row.result == "Ronde 52 in de buurt\nklaar"
    assert save(entry, officer) == (row, "same")


def test_an_amount_of_minus_nothing_is_nothing(kadernota, officer):
    row, _ = save(line_of(kadernota, "Geld", 2020, state=None, budget=Decimal("-0")), officer)
    assert str(row.budget) == "0.00"


def test_a_change_is_a_next_revision(kadernota, line, officer):
    entry = line_of(kadernota, "Wijkschouw", 2020, partners="Politie", state=DONE, result="Vier buurten.")
    row, outcome = save(entry, officer, seen=line.pk)
    assert outcome == "changed" and row.replaces == line
    assert (
        ProgrammeLine.objects.of(kadernota).current().get() == row and ProgrammeLine.objects.of(kadernota).count() == 2
    )
    assert row.budget is None, "a line is recorded as a whole: an emptied field is empty"


@pytest.mark.parametrize("seen", [True, False], ids=["saved again", "sent twice"])
def test_the_same_makes_no_revision(kadernota, line, officer, colleague, seen):
    entry = line_of(kadernota, "Wijkschouw", 2020, partners="Politie ", budget=Decimal("2500.00"))
    assert save(entry, colleague, seen=line.pk if seen else None) == (line, "same")
    assert ProgrammeLine.objects.of(kadernota).count() == 1


def test_who_comes_second_is_told_who_was_first(kadernota, line, officer, colleague):
    newer = record_activity(kadernota, "Wijkschouw", 2020, seen=line, state=DONE, result="Klaar.", by=colleague)
    with pytest.raises(Conflict) as conflict:
        save(line_of(kadernota, "Wijkschouw", 2020, planned="mei"), officer, seen=line.pk)
    assert conflict.value.newer == [newer] and conflict.value.newer[0].recorded_by == colleague
    assert ProgrammeLine.objects.of(kadernota).current().get() == newer
    same = line_of(kadernota, "Wijkschouw", 2020, state=DONE, result="Klaar.")
    assert save(same, officer, seen=line.pk) == (newer, "same"), "both wrote the same: nothing is in dispute"


def test_another_line_of_the_same_name_is_refused(kadernota, line, officer):
    with pytest.raises(ActionRefused, match="staat er voor 2020 al bij"):
        save(line_of(kadernota, "wijkschouw", 2020, planned="mei"), officer)
    for facts in ({"effort": "Maatwerk"}, {"topic": topic_of(kadernota, "theme", 1)}, {"state": None}):
        assert save(line_of(kadernota, "Wijkschouw", 2020, **facts), officer)[1] == "new"
    assert save(line_of(kadernota, "Wijkschouw", 2021), officer)[1] == "new"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, "Schrijf wat er wordt gedaan"),
        ({"title": " ", "state": None}, "Schrijf waarvoor het bedrag is"),
        ({"title": "x" * (LONGEST_LINE["title"] + 1)}, "Houd de naam korter dan 300"),
        ({"result": "x" * (LONGEST_LINE["result"] + 1)}, "Houd het resultaat korter dan 2000"),
        ({"year": 2023}, "2023 is geen jaar"),
        ({"budget": Decimal("-0.01")}, "‘begroot’ is geen bedrag"),
        ({"spent": Decimal("0.005")}, "‘besteed’ is geen bedrag"),
        ({"spent": Decimal("NaN")}, "‘besteed’ is geen bedrag"),
        ({"budget": Decimal(10) ** 12}, "‘begroot’ is geen bedrag"),
    ],
)
def test_what_does_not_fit_is_refused(kadernota, officer, facts, says):
    with pytest.raises(ActionRefused, match=says):
        save(line_of(kadernota, facts.pop("title", "Wijkschouw"), facts.pop("year", 2020), **facts), officer)
    assert not ProgrammeLine.objects.of(kadernota).exists()


def test_a_state_belongs_to_an_activity(kadernota, officer):
    activity, amount = line_of(kadernota, "A", 2020), line_of(kadernota, "B", 2020, state=None)
    for kind, state, says in ((activity.kind, None, "Kies hoe"), (amount.kind, DONE, "geen stand")):
        with pytest.raises(ActionRefused, match=says):
            save(line_of(kadernota, "C", 2020, state=state, kind=kind), officer)


def test_a_line_keeps_its_place_year_and_kadernota(kadernota, other, line, officer):
    for entry in (
        line_of(kadernota, "Wijkschouw", 2021),
        line_of(kadernota, "Wijkschouw", 2020, state=None),
        line_of(kadernota, "Wijkschouw", 2020, topic=topic_of(kadernota, "priority", 2)),
        line_of(other, "Wijkschouw", 2020),
    ):
        with pytest.raises(ActionRefused, match="Een regel houdt zijn plaats|Deze regel is er niet"):
            save(entry, officer, seen=line.pk)


def test_only_who_records_figures_records_lines(kadernota, line, adopter, keeper):
    for user in (adopter, keeper):
        with pytest.raises(NotAllowed):
            save(line_of(kadernota, "Campagne", 2020), user)
        with pytest.raises(NotAllowed):
            withdraw_line(seen=line.pk, kadernota=kadernota, reason="dubbel", by=user, now=NOW)
    assert ProgrammeLine.objects.of(kadernota).count() == 1


# What was adopted


@pytest.fixture
def accounted(kadernota, officer, adopter):
    """An activity of 2020, adopted as the account of 2020."""
    row = record_activity(
        kadernota, "Wijkschouw", 2020, state=DONE, result="Vier buurten.", spent=Decimal(900), by=officer
    )
    adopt_year(kadernota, 2020, by=adopter)
    return row


@pytest.mark.parametrize("facts", [{"spent": Decimal(950)}, {"state": RUNNING}, {"title": "Schouw"}])
def test_an_adopted_account_changes_with_a_reason_only(kadernota, accounted, officer, facts):
    right = {"state": DONE, "spent": Decimal(900)} | facts
    title = right.pop("title", "Wijkschouw")
    for nothing_new in ("", "Vier buurten.", " Vier\u202e buurten. "):
        with pytest.raises(ActionRefused, match="vastgesteld in editie 2020-1. Schrijf bij het resultaat"):
            save(line_of(kadernota, title, 2020, result=nothing_new, **right), officer, seen=accounted.pk)
    assert save(line_of(kadernota, title, 2020, result="Rekening gevonden.", **right), officer, seen=accounted.pk)


def test_the_reason_is_asked_against_what_was_adopted_not_the_last_draft(kadernota, accounted, officer):
    draft = record_activity(
        kadernota, "Wijkschouw", 2020, seen=accounted, state=DONE, spent=Decimal(950), result="Rekening.", by=officer
    )
    with pytest.raises(ActionRefused, match="Schrijf bij het resultaat"):
        save(line_of(kadernota, "Wijkschouw", 2020, state=DONE, spent=Decimal(950)), officer, seen=draft.pk)


def test_an_adopted_plan_changes_without_a_reason(kadernota, officer, adopter):
    plan = record_activity(kadernota, "Wijkschouw", 2020, state=PLANNED, by=officer)
    assert adopt_year(kadernota, 2019, by=adopter).entries.count() == 1
    assert record_activity(kadernota, "Wijkschouw", 2020, seen=plan, budget=Decimal(5), by=officer)


# Withdrawing


def test_withdrawing_keeps_the_line_and_the_reason(kadernota, line, colleague):
    row = withdraw_line(seen=line.pk, kadernota=kadernota, reason=" dubbel ", by=colleague, now=NOW)
    assert (row.withdrawn, row.result, row.replaces, row.recorded_by) == (True, "dubbel", line, colleague)
    assert (row.title, row.partners, row.budget, row.state) == ("Wijkschouw", "Politie", 2500, "loopt")
    assert AuditEvent.objects.latest("pk").action == "regel intrekken"
    assert withdraw_line(seen=line.pk, kadernota=kadernota, reason="dubbel", by=colleague, now=NOW) == row, (
        "pressed twice"
    )
    assert record_activity(kadernota, "Wijkschouw", 2020, by=colleague), "its name is free again"
    back = record_activity(kadernota, "Wijkschouw", 2020, effort="x", seen=row, by=colleague)
    assert back.replaces == row and not back.withdrawn


def test_withdrawing_needs_a_reason_and_the_newest_revision(kadernota, other, line, officer):
    with pytest.raises(ActionRefused, match="Schrijf waarom"):
        withdraw_line(seen=line.pk, kadernota=kadernota, reason=" ", by=officer, now=NOW)
    with pytest.raises(ActionRefused, match="er niet"):
        withdraw_line(seen=line.pk, kadernota=other, reason="dubbel", by=officer, now=NOW)
    newer = record_activity(kadernota, "Wijkschouw", 2020, seen=line, planned="mei", by=officer)
    with pytest.raises(Conflict) as conflict:
        withdraw_line(seen=line.pk, kadernota=kadernota, reason="dubbel", by=officer, now=NOW)
    assert conflict.value.newer == [newer]


# Taking back: the rest is in test_workflow.py


def test_the_adopted_line_typed_over_a_draft_takes_the_draft_back(kadernota, accounted, officer, colleague):
    draft = record_activity(kadernota, "Schouw", 2020, seen=accounted, state=DONE, result="Nieuw.", by=officer)
    adopted = line_of(kadernota, "Wijkschouw", 2020, state=DONE, result="Vier buurten.", spent=Decimal(900))
    assert save(adopted, colleague, seen=draft.pk) == (accounted, "retracted")
    newest = ProgrammeLine.objects.of(kadernota).current().get()
    assert (newest.retracted, newest.title, newest.replaces) == (True, "Schouw", draft)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject) == ("terugnemen", "Wijkschouw (2020)")
    assert save(adopted, officer, seen=accounted.pk) == (accounted, "same")


def test_a_withdrawal_is_taken_back_by_recording_what_was_adopted(kadernota, accounted, officer):
    facts = {"seen": accounted.pk, "kadernota": kadernota, "by": officer, "now": NOW}
    withdrawn = withdraw_line(reason="dubbel", **facts)
    adopted = line_of(kadernota, "Wijkschouw", 2020, state=DONE, result="Vier buurten.", spent=Decimal(900))
    assert save(adopted, officer, seen=withdrawn.pk) == (accounted, "retracted")
    assert withdraw_line(reason="toch dubbel", **facts).result == "toch dubbel"


# The kadernota, its version and its years


def test_the_programme_starts_in_the_year_before_the_period(kadernota, officer):
    assert record_activity(kadernota, "Wijkschouw", 2017, by=officer).kadernota == kadernota
    for year in (2016, 2023):
        with pytest.raises(ActionRefused, match=f"{year} is geen jaar van deze kadernota .*het programma van 2017"):
            save(line_of(kadernota, "Wijkschouw", year), officer)


def test_nothing_is_recorded_before_the_kadernota_is_adopted(kadernota, officer):
    draft = Kadernota.objects.create(organisation=kadernota.organisation, slug="elders")
    topic = Topic.objects.create(kadernota=draft, key="eerste")
    with pytest.raises(ActionRefused, match="nog niet vastgesteld"):
        save(line_of(kadernota, "Wijkschouw", 2020, topic=topic), officer)


def test_a_line_of_a_dropped_part_can_change_but_no_line_is_added(kadernota, officer, adopter):
    theme = {"topic": topic_of(kadernota, "theme")}
    line = record_activity(kadernota, "Wijkschouw", 2020, by=officer, **theme)
    adopt_version(make_version(kadernota, topics=TOPICS[:2]), by=adopter)
    assert record_activity(kadernota, "Wijkschouw", 2020, seen=line, planned="mei", by=officer, **theme)
    with pytest.raises(ActionRefused, match="Dit onderdeel staat niet in de kadernota"):
        save(line_of(kadernota, "Campagne", 2020, **theme), officer)
