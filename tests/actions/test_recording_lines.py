"""Recording and withdrawing lines of the programme, with conflicts between two users."""

from decimal import Decimal

import pytest

from indicators.actions import ActionRefused, LineConflict, record_line, send_back_line, withdraw_line
from indicators.domain.programme import ActivityState
from indicators.models import LONGEST_LINE, AuditEvent, ProgrammeLine
from priorities.permissions import NotAllowed
from tests.cast import NOW, adopt_year, line_of, priority_of, record_activity

pytestmark = pytest.mark.django_db
DONE, RUNNING, PLANNED = ActivityState.DONE, ActivityState.RUNNING, ActivityState.PLANNED


@pytest.fixture
def line(real, officer):
    """A drafted activity of 2020."""
    return record_activity(real, "Wijkschouw", 2020, partners="Politie", budget=Decimal(2500), by=officer)


def save(entry, by, seen=None):
    return record_line(entry=entry, by=by, now=NOW, seen=seen)


def test_a_new_line_is_stored_as_it_was_meant(real, officer):
    entry = line_of(
        real,
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


def test_what_no_reader_sees_is_not_stored(real, officer):
    turned = "Ronde \u202e52\u202c\x07 in de\x00 buurt"
    entry = line_of(real, turned, 2020, partners=turned, planned=turned, state=DONE, result=f"{turned}\u2028klaar")
    row, _ = save(entry, officer)
    assert row.title == row.partners == row.planned == "Ronde 52 in de buurt"
    assert row.result == "Ronde 52 in de buurt\nklaar"
    assert save(entry, officer) == (row, "same")


def test_an_amount_of_minus_nothing_is_nothing(real, officer):
    row, _ = save(line_of(real, "Geld", 2020, state=None, budget=Decimal("-0")), officer)
    assert str(row.budget) == "0.00"


def test_a_change_is_a_next_revision(real, line, officer):
    entry = line_of(real, "Wijkschouw", 2020, partners="Politie", state=DONE, result="Vier buurten.")
    row, outcome = save(entry, officer, seen=line.pk)
    assert outcome == "changed" and row.replaces == line
    assert ProgrammeLine.objects.of(real).current().get() == row and ProgrammeLine.objects.of(real).count() == 2
    assert row.budget is None, "a line is recorded as a whole: an emptied field is empty"


@pytest.mark.parametrize("seen", [True, False], ids=["saved again", "sent twice"])
def test_the_same_makes_no_revision(real, line, officer, colleague, seen):
    entry = line_of(real, "Wijkschouw", 2020, partners="Politie ", budget=Decimal("2500.00"))
    assert save(entry, colleague, seen=line.pk if seen else None) == (line, "same")
    assert ProgrammeLine.objects.of(real).count() == 1


def test_who_comes_second_is_told_who_was_first(real, line, officer, colleague):
    newer = record_activity(real, "Wijkschouw", 2020, seen=line, state=DONE, result="Klaar.", by=colleague)
    with pytest.raises(LineConflict) as conflict:
        save(line_of(real, "Wijkschouw", 2020, planned="mei"), officer, seen=line.pk)
    assert conflict.value.newer == newer and conflict.value.newer.recorded_by == colleague
    assert ProgrammeLine.objects.of(real).current().get() == newer
    same = line_of(real, "Wijkschouw", 2020, state=DONE, result="Klaar.")
    assert save(same, officer, seen=line.pk) == (newer, "same"), "both wrote the same: nothing is in dispute"


def test_another_line_of_the_same_name_is_refused(real, line, officer):
    with pytest.raises(ActionRefused, match="staat er voor 2020 al bij"):
        save(line_of(real, "wijkschouw", 2020, planned="mei"), officer)
    for facts in ({"effort": "Maatwerk"}, {"priority": priority_of(real, "theme", 1)}, {"state": None}):
        assert save(line_of(real, "Wijkschouw", 2020, **facts), officer)[1] == "new"
    assert save(line_of(real, "Wijkschouw", 2021), officer)[1] == "new"


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
def test_what_does_not_fit_is_refused(real, officer, facts, says):
    with pytest.raises(ActionRefused, match=says):
        save(line_of(real, facts.pop("title", "Wijkschouw"), facts.pop("year", 2020), **facts), officer)
    assert not ProgrammeLine.objects.of(real).exists()


def test_a_state_belongs_to_an_activity(real, officer):
    activity, amount = line_of(real, "A", 2020), line_of(real, "B", 2020, state=None)
    for kind, state, says in ((activity.kind, None, "Kies hoe"), (amount.kind, DONE, "geen stand")):
        with pytest.raises(ActionRefused, match=says):
            save(line_of(real, "C", 2020, state=state, kind=kind), officer)


def test_a_line_keeps_its_place_year_and_kadernota(real, practice, line, officer):
    for entry in (
        line_of(real, "Wijkschouw", 2021),
        line_of(real, "Wijkschouw", 2020, state=None),
        line_of(real, "Wijkschouw", 2020, priority=priority_of(real, "priority", 2)),
        line_of(practice, "Wijkschouw", 2020),
    ):
        with pytest.raises(ActionRefused, match="Een regel houdt zijn plaats|Deze regel is er niet"):
            save(entry, officer, seen=line.pk)


def test_only_who_records_figures_records_lines(real, line, adopter, keeper):
    for user in (adopter, keeper):
        with pytest.raises(NotAllowed):
            save(line_of(real, "Campagne", 2020), user)
        with pytest.raises(NotAllowed):
            withdraw_line(seen=line.pk, kadernota=real, reason="dubbel", by=user, now=NOW)
    assert ProgrammeLine.objects.of(real).count() == 1


# -- What was adopted


@pytest.fixture
def accounted(real, officer, adopter):
    """An activity of 2020, adopted as the account of 2020."""
    row = record_activity(real, "Wijkschouw", 2020, state=DONE, result="Vier buurten.", spent=Decimal(900), by=officer)
    adopt_year(real, 2020, by=adopter)
    return row


@pytest.mark.parametrize("facts", [{"spent": Decimal(950)}, {"state": RUNNING}, {"title": "Schouw"}])
def test_an_adopted_account_changes_with_a_reason_only(real, accounted, officer, facts):
    right = {"state": DONE, "spent": Decimal(900)} | facts
    title = right.pop("title", "Wijkschouw")
    for nothing_new in ("", "Vier buurten.", " Vier\u202e buurten. "):
        with pytest.raises(ActionRefused, match="vastgesteld in editie 2020-2. Schrijf bij het resultaat"):
            save(line_of(real, title, 2020, result=nothing_new, **right), officer, seen=accounted.pk)
    assert save(line_of(real, title, 2020, result="Rekening gevonden.", **right), officer, seen=accounted.pk)


def test_the_reason_is_asked_against_what_was_adopted_not_the_last_draft(real, accounted, officer):
    draft = record_activity(
        real, "Wijkschouw", 2020, seen=accounted, state=DONE, spent=Decimal(950), result="Rekening.", by=officer
    )
    with pytest.raises(ActionRefused, match="Schrijf bij het resultaat"):
        save(line_of(real, "Wijkschouw", 2020, state=DONE, spent=Decimal(950)), officer, seen=draft.pk)


def test_an_adopted_plan_changes_without_a_reason(real, officer, adopter):
    plan = record_activity(real, "Wijkschouw", 2020, state=PLANNED, by=officer)
    assert adopt_year(real, 2019, by=adopter).line_count == 1
    assert record_activity(real, "Wijkschouw", 2020, seen=plan, budget=Decimal(5), by=officer)


# -- Withdrawing


def test_withdrawing_keeps_the_line_and_the_reason(real, line, colleague):
    row = withdraw_line(seen=line.pk, kadernota=real, reason=" dubbel ", by=colleague, now=NOW)
    assert (row.withdrawn, row.result, row.replaces, row.recorded_by) == (True, "dubbel", line, colleague)
    assert (row.title, row.partners, row.budget, row.state) == ("Wijkschouw", "Politie", 2500, "loopt")
    assert AuditEvent.objects.latest("pk").action == "regel intrekken"
    assert withdraw_line(seen=line.pk, kadernota=real, reason="dubbel", by=colleague, now=NOW) == row, "pressed twice"
    assert record_activity(real, "Wijkschouw", 2020, by=colleague), "its name is free again"
    back = record_activity(real, "Wijkschouw", 2020, effort="x", seen=row, by=colleague)
    assert back.replaces == row and not back.withdrawn


def test_withdrawing_needs_a_reason_and_the_newest_revision(real, practice, line, officer):
    with pytest.raises(ActionRefused, match="Schrijf waarom"):
        withdraw_line(seen=line.pk, kadernota=real, reason=" ", by=officer, now=NOW)
    with pytest.raises(ActionRefused, match="er niet"):
        withdraw_line(seen=line.pk, kadernota=practice, reason="dubbel", by=officer, now=NOW)
    newer = record_activity(real, "Wijkschouw", 2020, seen=line, planned="mei", by=officer)
    with pytest.raises(LineConflict) as conflict:
        withdraw_line(seen=line.pk, kadernota=real, reason="dubbel", by=officer, now=NOW)
    assert conflict.value.newer == newer


# -- Sending back


def test_a_draft_is_sent_back_once_with_a_reason(real, practice, line, officer, adopter):
    facts = {"revision": line.pk, "kadernota": real, "by": adopter, "reason": "Welke wijk?", "now": NOW}
    with pytest.raises(NotAllowed):
        send_back_line(**facts | {"by": officer})
    for wrong, says in (
        ({"reason": " "}, "Schrijf waarom"),
        ({"reason": "x" * 1001}, "langer dan 1000"),
        ({"kadernota": practice}, "er niet"),
    ):
        with pytest.raises(ActionRefused, match=says):
            send_back_line(**facts | wrong)
    assert send_back_line(**facts).reason == "Welke wijk?"
    with pytest.raises(ActionRefused, match="al teruggestuurd"):
        send_back_line(**facts)
    record_activity(real, "Wijkschouw", 2020, seen=line, planned="mei", by=officer)
    with pytest.raises(ActionRefused, match="intussen gewijzigd"):
        send_back_line(**facts)


def test_what_is_adopted_is_not_sent_back(real, accounted, adopter):
    with pytest.raises(ActionRefused, match="al vastgesteld, in editie 2020-2"):
        send_back_line(revision=accounted.pk, kadernota=real, by=adopter, reason="nee", now=NOW)
