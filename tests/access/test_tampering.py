"""Whoever owns the database can put its triggers aside: what they change is then found by `verify`.

test_immutability.py has the attempts that the database refuses. What is made anew as a whole, or is missing at the end,
is found only with a hash that was printed earlier.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F

from indicators.models import Baseline, Component, Decision, Indicator, Reading
from indicators.models.guards import create_triggers, drop_triggers, missing_triggers
from indicators.readmodel.verifying import verify_chain
from priorities.models import Kadernota, Priority
from tests.access import tampering
from tests.access.tampering import Attack, Chain, make_chain, set_decision, set_figure, set_first, set_rows

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
DAY = date(2020, 2, 2)
NEVER = "0" * 64

# Description, attack, and the code of a fault that is found.
FOUND: list[tuple[str, Attack, str]] = [
    ("target changed", tampering.change_target, "content"),
    ("target deleted", tampering.delete_target, "content"),
    ("target added", tampering.add_target, "content"),
    ("target moved between versions", tampering.move_target_between_versions, "content"),
    ("indicator moved to another version", tampering.move_indicator_to_other_version, "content"),
    ("indicator renamed", set_rows(Indicator, name="Iets anders"), "content"),
    ("indicator ends earlier", set_rows(Indicator, last_year=2019, change_reason="x"), "content"),
    ("cells printed otherwise", set_rows(Indicator, printed={"2021": "1"}), "content"),
    ("codes swapped", tampering.swap_codes, "content"),
    ("series swapped", tampering.swap_series, "content"),
    ("direction turned", lambda chain: Component.objects.filter(pk=chain.component().pk).update(direction="higher"),
     "content"),
    ("decimals changed", set_rows(Component, decimals=3), "content"),
    ("baseline changed", set_rows(Baseline, number=1, withheld="", no_value=""), "content"),
    ("break added", tampering.add_break, "content"),
    ("reading changed", set_rows(Reading, reading="Anders."), "content"),
    ("priority rewritten", set_rows(Priority, goal="Iets anders."), "content"),
    ("source renamed", tampering.rename_source, "content"),
    ("unit of a series changed", tampering.change_unit, "content"),
    ("series gets another key", tampering.rename_series, "content"),
    ("topic gets another key", tampering.rename_topic, "content"),
    ("area renamed", tampering.rename_area, "content"),
    ("area gets another code", tampering.change_code_of_area, "content"),
    ("title of a version changed", tampering.set_version(title="Iets anders"), "content"),
    ("period of a version changed", tampering.set_version(last_year=2023), "content"),
    ("reason of a version changed", tampering.set_version(reason="Iets anders"), "content"),
    ("slug changed", tampering.set_kadernota(slug="elders"), "previous"),
    ("practice becomes real, or the other way round", tampering.set_kadernota(is_practice=True), "previous"),
    ("CBS code changed", tampering.change_cbs_code, "previous"),
    ("figure changed", set_figure(number=1), "content"),
    ("explanation changed", set_figure(explanation="anders"), "content"),
    ("sample changed", set_figure(sample=9), "content"),
    ("figure made provisional", set_figure(provisional=True), "content"),
    ("figure cut off from the revision before", set_figure(replaces=None, year=2030), "content"),
    ("adopted figure said to be taken back", set_figure(retracted=True, replaces=F("pk")), "retracted"),
    ("values swapped", tampering.swap_values, "content"),
    ("line changed", tampering.set_line(result="Acht buurten."), "content"),
    ("line withdrawn", tampering.set_line(withdrawn=True, replaces=F("pk")), "content"),
    ("entry moved to another edition", tampering.move_entry_to_other_edition, "content"),
    ("entry deleted", tampering.delete_entry, "content"),
    ("entry added", tampering.add_entry, "content"),
    ("entry swapped for a draft", tampering.swap_entry_for_draft, "content"),
    ("revision slipped into a decided edition", tampering.hide_an_adopted_figure, "content"),
    ("edition of another year", tampering.set_edition(year=2022, number=9), "content"),
    ("edition numbered otherwise", tampering.set_edition(number=9), "content"),
    ("judged under another version", tampering.judge_under_other_version, "content"),
    ("edition without decision", tampering.orphan_edition, "orphan"),
    ("reference changed", set_decision("year", reference="anders"), "content"),
    ("day changed", set_decision("year", decided_on=DAY), "content"),
    ("moment of recording changed", set_decision("nota", recorded_at="2020-02-02T12:00Z"), "content"),
    ("confirmations changed", set_decision("year", confirmations=[]), "content"),
    ("rules changed", set_decision("rejudging", rules_version=9), "content"),
    ("published source changed", set_first(source="elders"), "content"),
    ("day of taking over changed", set_first(retrieved_on=DAY), "content"),
    ("manifest named", set_decision("year", manifest="a" * 64), "manifest"),
    ("remark of a correction changed", tampering.set_correction(remark="Anders."), "content"),
    ("day of a correction changed", tampering.set_correction(decided_on=DAY), "content"),
    ("correction of another decision", lambda chain: tampering.set_correction(corrected=chain.nota)(chain), "content"),
    ("recorder changed", tampering.change_recorder, "witness"),
    ("recorder of a line changed", tampering.change_recorder_of_line, "witness"),
    ("moment of a figure changed", set_figure(recorded_at="2020-02-02T12:00Z"), "witness"),
    ("adopter changed", tampering.change_adopter, "witness"),
    ("adopter forgotten", tampering.forget_adopter, "adopter"),
    ("adopter added", tampering.add_adopter, "witness"),
    ("editor changed", tampering.change_editor, "witness"),
    ("edits deleted", tampering.delete_edits, "witness"),
    ("proposer changed", tampering.change_proposer, "witness"),
    ("proposer of a correction changed", tampering.change_proposer_of_correction, "witness"),
    ("proposer of judging again changed", tampering.change_proposer_of_rejudging, "witness"),
    ("renamed in the witness", tampering.rename_in_witness, "witness"),
    ("witnesses swapped", tampering.swap_witnesses, "witness"),
    ("witness made anew", tampering.make_witness_anew, "chain"),
    ("adopter of what they recorded, all hashes anew", tampering.own_decision, "second-person"),
    ("decision deleted", tampering.delete_middle_decision, "sequence"),
    ("decision deleted, next one numbered again", tampering.delete_middle_and_number_again, "chain"),
    ("decisions swapped", tampering.swap_decisions, "previous"),
    ("last decision deleted, its edition left", tampering.delete_last_row_only, "orphan"),
    ("hash of the content made anew", tampering.forge_content_hash, "chain"),
    ("own hashes made anew", tampering.forge_middle_link, "previous"),
    ("link changed", set_decision("rejudging", chain_hash=NEVER), "chain"),
    ("hash of the content changed", set_decision("year", content_hash=NEVER), "content"),
    ("hash of the witness changed", set_decision("year", witness_hash=NEVER), "witness"),
]  # fmt: skip
# Nothing in the database tells on these; the hash that was printed does.
FOUND_BY_EXPECTING: list[tuple[str, Attack]] = [
    ("deleted at the end", tampering.delete_at_the_end),
    ("figure changed, all hashes anew", tampering.change_a_figure_and_link_again),
    ("version changed, all hashes anew", tampering.change_a_version_and_link_again),
    ("day changed, all hashes anew", tampering.change_a_day_and_link_again),
    ("decision dropped, all hashes anew", tampering.drop_a_decision_and_link_again),
]


@pytest.fixture(scope="module")
def chain_of_module(real_of_module: Kadernota, django_db_blocker: Any) -> Iterator[Chain]:
    """A kadernota with a decision of every kind, in the transaction of the module."""
    with django_db_blocker.unblock():
        chain = make_chain(real_of_module)
    yield chain


@pytest.fixture
def chain(chain_of_module: Chain, real: Kadernota) -> Chain:
    """A kadernota with a decision of every kind."""
    return chain_of_module


def tamper(chain: Chain, attack: Attack) -> None:
    """Drop the triggers, attack, and create them again as if nothing had happened."""
    connection.check_constraints()  # PostgreSQL changes no table with deferred checks
    drop_triggers(connection)
    attack(chain)
    connection.check_constraints()
    create_triggers(connection)


def faults_of(chain: Chain, expect: str | None = None) -> set[str]:
    """Return the codes of the faults in the chain as it is stored now."""
    kadernota = Kadernota.objects.get(pk=chain.kadernota.pk)
    return {fault.code for fault in verify_chain(kadernota, expect=expect)}


def test_the_chain_holds_before_any_attack(chain: Chain) -> None:
    assert verify_chain(chain.kadernota, expect=chain.rejudging.chain_hash) == []
    assert [decision.kind for decision in chain.decisions[-4:]] == ["year", "nota", "correction", "year"]
    tamper(chain, lambda chain: None)
    assert verify_chain(chain.kadernota, expect=chain.year.chain_hash) == []


@pytest.mark.parametrize(("name", "attack", "code"), FOUND, ids=[name for name, *_ in FOUND])
def test_every_change_is_found(chain: Chain, name: str, attack: Attack, code: str) -> None:
    tamper(chain, attack)
    found = faults_of(chain)
    assert code in found
    assert "guard-missing" not in found


@pytest.mark.parametrize(("name", "attack"), FOUND_BY_EXPECTING, ids=[name for name, *_ in FOUND_BY_EXPECTING])
def test_what_is_made_anew_as_a_whole_is_found_by_its_printed_hash(chain: Chain, name: str, attack: Attack) -> None:
    printed = chain.rejudging.chain_hash
    tamper(chain, attack)
    assert faults_of(chain) == set(), "negative control: without the hash nobody can know"
    assert faults_of(chain, expect=printed) == {"expected"}


def test_people_may_change_their_name(chain: Chain) -> None:
    """The witness has the name of then."""
    User.objects.filter(username="preparer").update(first_name="Petra", last_name="Smit", username="psmit")
    assert verify_chain(chain.kadernota) == []


def test_triggers_that_are_left_out_are_named(chain: Chain) -> None:
    connection.check_constraints()
    drop_triggers(connection)
    assert faults_of(chain) == {"guard-missing"}


@pytest.mark.skipif(ON_SQLITE, reason="SQLite cannot disable a trigger")
@pytest.mark.parametrize("how", ["table", "session"])
def test_triggers_disabled_for_a_moment(chain: Chain, how: str) -> None:
    connection.check_constraints()
    table = Decision._meta.db_table
    before, after = {
        "table": (f"ALTER TABLE {table} DISABLE TRIGGER USER", f"ALTER TABLE {table} ENABLE TRIGGER USER"),
        "session": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
    }[how]
    tampering.execute(before)
    if how == "table":
        assert "guard_indicators_decision_update" in missing_triggers(connection)
    set_decision("year", reference="anders")(chain)
    connection.check_constraints()
    tampering.execute(after)
    assert faults_of(chain) == {"content"}


@pytest.mark.engine_free
def test_enough_attacks() -> None:
    assert len(FOUND) + len(FOUND_BY_EXPECTING) >= 40
    assert len({name for name, *_ in FOUND}) == len(FOUND)
