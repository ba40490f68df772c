"""Decisions on the structure: another target, a break in method."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from indicators.actions import ActionRefused, add_break, change_target
from indicators.domain.assessment import Status
from indicators.domain.targets import format_target
from indicators.models import AuditEvent, Break, Target
from indicators.readmodel.overview import load_overview
from priorities.permissions import NotAllowed
from tests.cast import NOW, adopt_year, component_of, make_user, record

DECIDED = date(2026, 11, 2)


def change(kadernota, code: str = "V3", year: int = 2021, name: str = "", **facts: Any) -> Target:
    """Change a target as its tests do."""
    facts = {
        "text": "<4.000",
        "decision": "R-2026-9",
        "decided_on": DECIDED,
        "reason": "Het kan beter.",
        "now": NOW,
    } | facts
    return change_target(component=component_of(kadernota, code, name), year=year, **facts)


def test_a_decision_replaces_the_target_and_keeps_the_old_one(real, keeper):
    old = Target.objects.current().get(component=component_of(real, "V3"), year=2021)
    new = change(real, text=" <4.000 ", decision=" R-2026-9 ", by=keeper)
    assert new.replaces == old and new.recorded_by == keeper and new.decision == "R-2026-9"
    assert (new.decided_on, new.reason) == (DECIDED, "Het kan beter.")
    old.refresh_from_db()
    assert format_target(old.rule, old.component.unit) == "4.500"
    figure = load_overview(real).row("V3").components[0].figures[2021]
    assert (figure.target_printed, figure.target_decision, figure.target_was) == ("<4.000", "R-2026-9", "4.500")
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.subject, event.actor) == ("streefwaarde wijzigen", "V3, 2021, besluit R-2026-9", keeper)
    assert event.kadernota == real and "4" not in event.subject.replace("R-2026-9", "").replace("2021", "")


def test_the_verdict_follows_the_new_target(real, officer, adopter, keeper):
    record(real, "V3", 2021, "4.400", by=officer)
    adopt_year(real, 2021, by=adopter)
    assert load_overview(real).row("V3").statuses[2021] is Status.ON_TRACK
    change(real, text="4.300", by=keeper)
    assert load_overview(real).row("V3").statuses[2021] is Status.AT_RISK


def test_a_component_without_a_target_can_be_given_one(real, keeper):
    component = component_of(real, "V5", "% van inwoners")
    new = change(real, "V5", 2021, "% van inwoners", text="<0,30%", by=keeper)
    assert new.replaces is None and not Target.objects.filter(component=component).exclude(pk=new.pk).exists()
    figure = load_overview(real).row("V5").components[1].figures[2021]
    assert (figure.target_printed, figure.target_was, figure.target_decision) == ("<0,30%", "", "R-2026-9")


@pytest.mark.parametrize("text", ["4.500", "<4.500", "≤4.500", ">=4.500", "0 <4"])
def test_every_notation_of_the_nota_is_read(real, keeper, text):
    if text == "4.500":
        change(real, text="1", by=keeper)
    new = change(real, text=text, by=keeper)
    assert format_target(new.rule, new.component.unit) == text.replace(">=", "≥")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": "6.2"}, "‘6.2’: een punt of spatie staat alleen voor precies drie cijfers"),
        ({"text": "4.5000"}, "4.5000"),
        ({"text": "beter"}, "‘beter’"),
        ({"text": ""}, "streefwaarde"),
        ({"text": "<0"}, "geen enkel cijfer kan aan deze grens voldoen"),
        ({"decision": "  "}, "Noem het besluit"),
        ({"decision": "x" * 101}, "langer dan 100 tekens"),
        ({"decided_on": date(2026, 11, 25)}, "in de toekomst"),
        ({"reason": " \n"}, "Schrijf waarom de streefwaarde wijzigt"),
        ({"reason": "x" * 1001}, "langer dan 1000 tekens"),
        ({"year": 2023}, "2023 is geen jaar van deze kadernota"),
        ({"text": "4.500"}, "is al 4.500. Er is niets veranderd"),
        ({"seen": 1}, "Een ander was eerder"),
        ({"seen": None}, "Een ander was eerder"),
    ],
)
def test_what_is_refused_changes_nothing(real, keeper, facts, sentence):
    before = list(Target.objects.values())
    with pytest.raises(ActionRefused, match=sentence):
        change(real, by=keeper, **facts)
    assert list(Target.objects.values()) == before
    assert not AuditEvent.objects.filter(action="streefwaarde wijzigen").exists()


def test_what_was_seen_and_still_stands_may_be_replaced(real, keeper):
    first = change(real, by=keeper)
    assert change(real, text="<3.900", seen=first.pk, by=keeper).replaces == first


@pytest.mark.parametrize("group", ["beleidsmedewerker", "vaststeller", ""])
def test_only_the_beheerder_changes_targets_and_breaks(real, group):
    user = make_user("iemand", group)
    with pytest.raises(NotAllowed, match="dit niet: streefwaarden wijzigen doet een beheerder"):
        change(real, by=user)
    with pytest.raises(NotAllowed, match="methodebreuken"):
        add_break(component=component_of(real, "V3"), year=2020, reason="Anders geteld.", by=user, now=NOW)
    assert not Break.objects.exists()


def test_a_target_recorded_behind_an_edition_comes_after_it(real, officer, adopter, keeper):
    """A change that waited for an adoption has an earlier time; the edition still does not hold its target."""
    record(real, "V3", 2021, "4.400", by=officer)
    edition = adopt_year(real, 2021, by=adopter)
    earlier = datetime(2021, 3, 1, tzinfo=UTC)
    new = change(real, decided_on=date(2021, 1, 5), now=earlier, by=keeper)
    assert new.recorded_at > edition.recorded_at
    assert load_overview(real, edition=edition).row("V3").components[0].figures[2021].target_printed == "4.500"


def test_a_break_is_kept_with_its_reason_and_takes_the_comparison_away(real, officer, adopter, keeper):
    record(real, "V3", 2021, "4.600", by=officer, explanation="Meer meldingen.")
    adopt_year(real, 2021, by=adopter)
    assert load_overview(real).row("V3").statuses[2021] is Status.AT_RISK
    row = add_break(component=component_of(real, "V3"), year=2021, reason=" Nieuw meldsysteem. ", by=keeper, now=NOW)
    assert row.reason == "Nieuw meldsysteem."
    assert load_overview(real).row("V3").statuses[2021] is Status.OFF_TRACK
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.subject, event.actor) == ("methodebreuk", "V3 vanaf 2021", keeper)


@pytest.mark.parametrize(
    ("year", "reason", "sentence"),
    [
        (2020, " ", "Schrijf waarom"),
        (2017, "Anders.", "geen jaar van deze kadernota"),
        (2019, "Anders.", "staat al een"),
    ],
)
def test_a_break_that_is_refused(real, keeper, year, reason, sentence):
    component = component_of(real, "V3")
    Break.objects.create(component=component, year=2019, reason="Al bekend.")
    with pytest.raises(ActionRefused, match=sentence):
        add_break(component=component, year=year, reason=reason, by=keeper, now=NOW)
    assert Break.objects.count() == 1
