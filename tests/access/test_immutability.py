"""Attempts to change adopted figures: each is refused, or has no effect, on both engines.

TESTED_ELSEWHERE names the tests of other attempts.
"""

import contextlib
from dataclasses import replace
from importlib import import_module

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from indicators.actions.adopting import AlreadyAdopted
from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import Conflict
from indicators.models import Decision, Edition, EditionEntry, Measurement, ProgrammeLine, Target, Witness
from indicators.models.guards import drop_triggers
from indicators.readmodel.programme import adopted_programme
from priorities.models import Kadernota
from priorities.permissions import NotAllowed
from tests.access import attacks, attacks_lines, attacks_pages
from tests.access.attacks import Attack, Case
from tests.access.states import CODE, YEAR, adopted
from tests.cast import adopt_year, overview_of, record, revision_of

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
NO_EFFECT = None


# Description, attack, and the exception that stops it.
ATTACKS: list[tuple[str, Attack, type[Exception] | None]] = [
    ("save one field", attacks.save_one_field, IntegrityError),
    ("update through the series", attacks.update_through_the_series, IntegrityError),
    ("update or create", attacks.update_or_create, IntegrityError),
    ("update over a join", attacks.update_over_a_join, IntegrityError),
    ("make it a revision of another", attacks.replace_another_measurement, IntegrityError),
    ("swap the figure in the edition", attacks.swap_the_entry, IntegrityError),
    ("delete the edition", attacks.delete_the_edition, ProtectedError),
    ("delete the entries", attacks.delete_the_entries, IntegrityError),
    ("add a second first revision", attacks.add_a_second_first_revision, IntegrityError),
    ("fork the chain", attacks.fork_the_chain, IntegrityError),
    ("create, ignoring conflicts", attacks.create_ignoring_conflicts, IntegrityError if ON_SQLITE else NO_EFFECT),
    ("catch the refusal and go on", attacks.catch_the_refusal_and_go_on, NO_EFFECT),
    ("with constraints off", attacks.with_constraints_off, IntegrityError),
    ("update in a CTE", attacks.update_in_a_cte, IntegrityError),
    *((f"DELETE FROM {table}", attacks.delete_all_rows_of(table), IntegrityError) for table in (
        "indicators_target", "indicators_component", "indicators_series", "indicators_area", "indicators_indicator",
        "indicators_decision", "indicators_witness", "priorities_version", "priorities_kadernota",
        "priorities_organisation", "auth_user")),
    *((f"delete the {name}", attacks.delete_by_orm(name), ProtectedError) for name in (
        "measurement", "component", "series", "area", "indicator", "priority", "topic", "source", "version",
        "kadernota", "organisation", "officer", "adopter", "witness")),
    ("delete the decision", attacks.delete_by_orm("decision"), IntegrityError),
    ("loaddata", attacks.loaddata, IntegrityError),
    ("flush", attacks.flush, CommandError),
    ("import without a reason", attacks.import_without_a_reason, CommandError),
    ("record without a reason", attacks_pages.record_without_a_reason, ActionRefused),
    ("record without the seen revision", attacks_pages.record_without_seen_revision, Conflict),
    ("adopt again", attacks_pages.adopt_again, ActionRefused),
    ("adopt an adopted revision", attacks_pages.adopt_an_adopted_revision, AlreadyAdopted),
    ("adopt as officer", attacks_pages.adopt_as_officer, NotAllowed),
    ("adopt own figure, as superuser", attacks_pages.adopt_own_figure, ActionRefused),
    ("send back the adopted figure", attacks_pages.send_back_the_adopted_figure, ActionRefused),
    ("take over the same figure", attacks_pages.take_over_the_same, IntegrityError),
    ("page: enter without a reason", attacks_pages.enter_without_a_reason, NO_EFFECT),
    ("page: paste without a reason", attacks_pages.paste_without_a_reason, NO_EFFECT),
    ("page: adopt, pressed again", attacks_pages.press_adopt_again, NO_EFFECT),
    ("page: send back", attacks_pages.press_send_back, NO_EFFECT),
    *((f"admin: {action} of {model}", attacks_pages.admin_page(model, action), NO_EFFECT)
      for model in ("indicators/edition", "indicators/measurement", "indicators/target", "priorities/kadernota")
      for action in ("change", "delete")),
    ("admin: delete the recorder", attacks_pages.admin_deletes_the_recorder, NO_EFFECT),
    # The decision itself.
    ("change the hash of the decision", attacks.change_hash_of_the_decision, IntegrityError),
    ("change the day of the decision", attacks.change_day_of_the_decision, IntegrityError),
    ("change the edition", attacks.change_the_edition, IntegrityError),
    ("delete the decision past the ORM", attacks.delete_the_decision, IntegrityError),
    ("change the witness", attacks.change_the_witness, IntegrityError),
    ("change a proposal that is done with", attacks.change_a_proposal, IntegrityError),
    ("decide on nothing", attacks.decide_on_nothing, IntegrityError),
    ("decide on own figure", attacks.decide_on_own_figure, IntegrityError),
    ("decide on the same edition twice", attacks.decide_twice, IntegrityError),
    ("decide out of turn", attacks.decide_out_of_turn, IntegrityError),
    ("decide on another link", attacks.decide_on_another_link, IntegrityError),
    ("judge under a draft", attacks.judge_under_a_draft, IntegrityError),
    ("judge again on own proposal", attacks.rejudge_on_own_proposal, IntegrityError),
    # What the version says.
    ("target: update", attacks.update_the_target, IntegrityError),
    ("target: update by SQL", attacks.update_the_target_by_sql, IntegrityError),
    ("target: UPSERT", attacks.upsert_the_target, IntegrityError),
    ("target: UPSERT by its year", attacks.upsert_the_target_by_its_year, IntegrityError),
    ("target: delete", attacks.delete_the_target, IntegrityError),
    ("target: delete and insert", attacks.delete_and_insert_the_target, IntegrityError),
    ("target: one more", attacks.add_a_target, IntegrityError),
    ("break: one more", attacks.add_a_break, IntegrityError),
    ("break: from a draft", attacks.change_a_break_into_the_version, IntegrityError),
    ("target: to a draft", attacks.move_the_target_to_a_draft, IntegrityError),
    ("component: to a draft", attacks.move_the_component_to_a_draft, IntegrityError),
    ("indicator: to a draft", attacks.move_the_indicator_to_a_draft, IntegrityError),
    ("draft: edit while it is offered", attacks.edit_an_offered_draft, IntegrityError),
    ("draft: forget who edited", attacks.forget_an_edit, IntegrityError),
    ("draft: another name to an edit", attacks.sign_an_edit_by_another, IntegrityError),
    ("draft: adopt own version", attacks.adopt_own_version, IntegrityError),
    ("draft: adopt what nobody offered", attacks.adopt_a_version_that_nobody_offered, IntegrityError),
    *((f"rename: {model}, {next(iter(columns))}", attacks.rename(model, **columns), IntegrityError)
      for model, columns in (
        ("series", {"key": "anders"}), ("series", {"unit_kind": "grade"}), ("topic", {"key": "anders"}),
        ("source", {"name": "Elders"}), ("area", {"name": "Elders"}), ("area", {"is_whole": False}),
        ("kadernota", {"slug": "elders"}), ("kadernota", {"is_practice": True}),
        ("organisation", {"cbs_code": "GM9999"}), ("version", {"title": "Anders"}), ("version", {"last_year": YEAR}),
        ("priority", {"name": "Anders"}), ("indicator", {"last_year": YEAR - 1, "change_reason": "x"}),
        ("component", {"direction": "higher"}),
      )),
]  # fmt: skip
ATTACKS += [(f"line: {name}", attack, stopped_by) for name, attack, stopped_by in attacks_lines.ATTACKS]
ATTACKS += [  # of one engine only
    ("UPDATE OR IGNORE", attacks.update_or_ignore, IntegrityError),
    ("UPDATE OR REPLACE", attacks.update_or_replace, IntegrityError),
    ("UPDATE OR REPLACE of a target", attacks.update_or_replace_the_target, IntegrityError),
    ("REPLACE of a target", attacks.replace_the_target, IntegrityError),
    ("INSERT OR REPLACE of the decision", attacks.replace_the_decision, IntegrityError),
] if ON_SQLITE else [
    ("update through a view", attacks.update_through_a_view, IntegrityError),
    ("TRUNCATE", attacks.truncate, IntegrityError),
    ("MERGE", attacks.merge_the_target, IntegrityError),
]  # fmt: skip

TESTED_ELSEWHERE = """
tests.access.test_tampering     test_every_change_is_found
tests.access.test_tampering     test_what_is_made_anew_as_a_whole_is_found_by_its_printed_hash
tests.models.test_guards        test_no_change  test_deleting_through_the_orm  test_insert_or_replace
tests.models.test_guards        test_a_revision_replaces_one_of_the_same_figure
tests.models.test_guards        test_an_entry_is_of_the_editions_own_year_and_kadernota
tests.models.test_guards_versions  test_nothing_is_added_to_a_decided_edition  test_no_table_is_emptied
tests.actions.test_adopting_lines  test_nobody_adopts_their_own_line  test_pressed_twice
tests.models.test_guards_again  test_after_a_migration_that_rebuilds_a_table
tests.actions.test_races_adopting test_two_adopt_at_once
tests.actions.test_races        test_two_correct_the_same_figure
"""


@pytest.fixture
def case(real, officer, adopter, keeper, superuser, tmp_path) -> Case:
    """Return the case of V3 of 2021, adopted in the newest edition."""
    attacks_lines.record_adopted_line(real, officer)
    adopted(real, officer, adopter)
    measurement = revision_of(real, CODE, YEAR)
    connection.check_constraints()  # PostgreSQL truncates no table with pending checks
    return Case(
        kadernota=real,
        measurement=measurement,
        edition=measurement.entry.edition,
        officer=officer,
        adopter=adopter,
        keeper=keeper,
        superuser=superuser,
        folder=tmp_path,
    )


def fingerprint(kadernota: Kadernota) -> list:
    """Return everything adopted, as rows and as the public reads it."""
    kadernota = Kadernota.objects.get(pk=kadernota.pk)
    overview = overview_of(kadernota)
    figures = [
        (row.code, part.name, year, figure.printed, figure.status, figure.explanation, figure.target_printed)
        for row in overview.rows
        for part in row.components
        for year, figure in part.figures.items()
    ]
    rows = [
        list(rows.order_by("pk").values())
        for rows in (
            Measurement.objects.filter(entry__isnull=False),
            Edition.objects,
            EditionEntry.objects,
            ProgrammeLine.objects.filter(entry__isnull=False),
            Decision.objects,
            Witness.objects.filter(decision__isnull=False),
            Target.objects.filter(component__indicator__version__decision__isnull=False),
        )
    ]
    programme = adopted_programme(overview)
    lines = [replace(line, edition=None) for year in overview.years for line in programme.lines(year)]
    return [kadernota.is_practice, figures, lines, *rows]


@pytest.mark.parametrize(("name", "attack", "stopped_by"), ATTACKS, ids=[name for name, *_ in ATTACKS])
def test_every_attack_fails(case: Case, name: str, attack: Attack, stopped_by: type[Exception] | None) -> None:
    before = fingerprint(case.kadernota)
    if stopped_by is NO_EFFECT:
        with transaction.atomic():
            attack(case)
    else:
        with pytest.raises(stopped_by), transaction.atomic():
            attack(case)
            connection.check_constraints()
    assert fingerprint(case.kadernota) == before


@pytest.mark.parametrize(
    "attack",
    [attacks.save_one_field, attacks.change_hash_of_the_decision, attacks.swap_the_entry, attacks.with_constraints_off],
)
def test_negative_control_without_triggers_the_fingerprint_changes(case: Case, attack: Attack) -> None:
    before = fingerprint(case.kadernota)
    drop_triggers(connection)
    if attack is attacks.with_constraints_off:
        attacks.execute("DELETE FROM indicators_editionentry WHERE measurement_id = %s", case.measurement.pk)
    attack(case)
    assert fingerprint(case.kadernota) != before


def test_nothing_is_added_to_a_sealed_edition(case: Case) -> None:
    """The newest edition is as closed as older ones; otherwise a figure is published that nobody adopted."""
    draft = attacks.record_other_draft(case)
    added = 0
    with contextlib.suppress(IntegrityError), transaction.atomic():
        EditionEntry.objects.bulk_create([EditionEntry(edition=case.edition, measurement=draft)])
        added = 1
    assert added == 0


def test_a_correction_with_a_reason_leaves_the_edition_as_it_was(case: Case) -> None:
    """The allowed way: a new revision, adopted in a new edition."""
    before = Edition.objects.filter(pk=case.edition.pk).values().get(), list(case.edition.entries.values())
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer, explanation="Dubbel geteld.")
    later = adopt_year(case.kadernota, YEAR, by=case.adopter)
    assert revision_of(case.kadernota, CODE, YEAR).entry.edition == later != case.edition
    assert before == (Edition.objects.filter(pk=case.edition.pk).values().get(), list(case.edition.entries.values()))


@pytest.mark.engine_free
def test_the_tests_named_elsewhere_exist() -> None:
    for line in TESTED_ELSEWHERE.strip().splitlines():
        module, *names = line.split()
        assert all(hasattr(import_module(module), name) for name in names), line
    assert len(ATTACKS) >= 40
