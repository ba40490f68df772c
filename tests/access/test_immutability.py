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

from indicators.actions import ActionRefused, AlreadyAdopted, Conflict
from indicators.admin.policy import KadernotaAdmin, read_only_after_creation
from indicators.models import Edition, EditionEntry, EditionLine, Indicator, Measurement, ProgrammeLine
from indicators.models.guards import drop_triggers
from indicators.readmodel.overview import load_overview
from indicators.readmodel.programme import load_programme
from priorities.models import Kadernota
from priorities.permissions import NotAllowed
from tests.access import attacks, attacks_lines, attacks_pages
from tests.access.attacks import Attack, Case
from tests.access.attacks_pages import admin_form
from tests.access.states import CODE, YEAR, adopted
from tests.cast import adopt_year, record, revision_of

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
NO_EFFECT = None


def policy_document(case: Case) -> Kadernota:
    return case.kadernota


def indicator(case: Case) -> Indicator:
    return case.measurement.component.indicator


# Description, attack, and the exception that stops it.
ATTACKS: list[tuple[str, Attack, type[Exception] | None]] = [
    ("save one field", attacks.save_one_field, IntegrityError),
    ("update through the component", attacks.update_through_the_component, IntegrityError),
    ("update or create", attacks.update_or_create, IntegrityError),
    ("update over a join", attacks.update_over_a_join, IntegrityError),
    ("make it a revision of another", attacks.replace_another_measurement, IntegrityError),
    ("change the hash of the edition", attacks.change_hash_of_the_edition, IntegrityError),
    ("change the day of the edition", attacks.change_day_of_the_edition, IntegrityError),
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
        "indicators_component", "indicators_area", "indicators_indicator", "priorities_kadernota", "auth_user")),
    *((f"delete the {name}", attacks.delete_by_orm(name), ProtectedError) for name in (
        "measurement", "component", "area", "indicator", "priority", "source", "kadernota", "officer", "adopter")),
    ("loaddata", attacks.loaddata, IntegrityError),
    ("flush", attacks.flush, CommandError),
    ("load the nota with other figures", attacks.load_the_nota_again, NO_EFFECT),
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
    ("admin: change an edition", attacks_pages.admin_page("edition", "change", decision="x"), NO_EFFECT),
    ("admin: delete an edition", attacks_pages.admin_page("edition", "delete"), NO_EFFECT),
    ("admin: delete an entry", attacks_pages.admin_page("editionentry", "delete"), NO_EFFECT),
    ("admin: change an entry", attacks_pages.admin_page("editionentry", "change", edition="1"), NO_EFFECT),
    ("admin: delete the recorder", attacks_pages.admin_deletes_the_recorder, NO_EFFECT),
    ("admin: a shorter period", admin_form(policy_document, last_year=YEAR - 1), NO_EFFECT),
    ("admin: another last year", admin_form(policy_document, last_year=YEAR), NO_EFFECT),
    ("admin: only to practise with", admin_form(policy_document, is_practice="on"), NO_EFFECT),
    ("admin: the area is not the whole", admin_form(lambda case: case.measurement.area, is_whole=False), NO_EFFECT),
    ("admin: the priority elsewhere", admin_form(lambda case: indicator(case).priority,
                                                 kadernota=attacks_pages.another_kadernota), NO_EFFECT),
    ("admin: the indicator ended before", admin_form(indicator, last_year=YEAR - 1, change_reason="x"), NO_EFFECT),
]  # fmt: skip
ATTACKS += [(f"line: {name}", attack, stopped_by) for name, attack, stopped_by in attacks_lines.ATTACKS]
ATTACKS.append(  # of one engine only
    ("UPDATE OR IGNORE", attacks.update_or_ignore, IntegrityError) if ON_SQLITE else
    ("update through a view", attacks.update_through_a_view, IntegrityError)
)  # fmt: skip

TESTED_ELSEWHERE = """
tests.models.test_guards      test_no_change  test_deleting_through_the_orm  test_insert_or_replace  test_truncate
tests.models.test_guards      test_a_revision_replaces_one_of_the_same_figure
tests.models.test_guards      test_an_entry_is_of_the_editions_own_year  test_nothing_is_added_to_an_older_edition
tests.models.test_guards      test_an_entry_is_of_the_editions_own_kadernota
tests.models.test_guards_lines  test_an_edition_holds_no_more_lines_than_it_says
tests.models.test_guards_lines  test_nothing_is_added_to_an_older_edition  test_a_part_stays_what_it_is
tests.actions.test_adopting_lines  test_nobody_adopts_their_own_line  test_pressed_twice
tests.models.test_guards_again  test_after_a_migration_that_rebuilds_a_table
tests.actions.test_races        test_two_adopt_at_once  test_two_correct_the_same_figure
tests.admin.test_access         test_a_post_to_an_adopted_measurement_changes_nothing  test_nobody_deletes_anything
tests.admin.test_structure      test_what_judges_adopted_figures_stays  test_an_indicator_stays_in_its_kadernota
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
    overview = load_overview(kadernota)
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
            EditionLine.objects,
        )
    ]
    programme = load_programme(kadernota)
    lines = [replace(line, edition=None) for year in kadernota.years for line in programme.lines(year)]
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
    [attacks.save_one_field, attacks.change_hash_of_the_edition, attacks.swap_the_entry, attacks.with_constraints_off],
)
def test_negative_control_without_triggers_the_fingerprint_changes(case: Case, attack: Attack) -> None:
    before = fingerprint(case.kadernota)
    drop_triggers(connection)
    if attack is attacks.with_constraints_off:
        attacks.execute("DELETE FROM indicators_editionentry WHERE measurement_id = %s", case.measurement.pk)
    attack(case)
    assert fingerprint(case.kadernota) != before


@pytest.mark.parametrize("field", ["last_year", "is_practice"])
def test_negative_control_a_changed_period_changes_the_fingerprint(case: Case, monkeypatch, field: str) -> None:
    before, value = fingerprint(case.kadernota), {"last_year": YEAR, "is_practice": "on"}[field]
    monkeypatch.setattr(KadernotaAdmin, "get_readonly_fields", read_only_after_creation("slug"))
    admin_form(policy_document, **{field: value})(case)
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
    assert len(ATTACKS) >= 30
