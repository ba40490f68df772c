"""Ways round the immutability of adopted figures: each is refused, or has no effect, on both engines.

What tests elsewhere try already stands in TRIED_ELSEWHERE, by name.
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
from indicators.models import Edition, EditionEntry, EditionLine, Measurement, ProgrammeLine
from indicators.models.guards import drop_triggers
from indicators.readmodel.overview import load_overview
from indicators.readmodel.programme import load_programme
from priorities.models import Kadernota
from priorities.permissions import NotAllowed
from tests.access import attacks as by
from tests.access import attacks_lines as lines
from tests.access import attacks_pages as at
from tests.access.states import CODE, YEAR, adopted
from tests.cast import adopt_year, record, standing

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
NO_EFFECT = None

# What is tried, how, and what stops it.
WAYS = [
    ("save one field", by.save_one_field, IntegrityError),
    ("update through the component", by.update_through_the_component, IntegrityError),
    ("update or create", by.update_or_create, IntegrityError),
    ("update over a join", by.update_over_a_join, IntegrityError),
    ("make it the successor of another", by.unreplace, IntegrityError),
    ("another hash of the edition", by.hash_of_the_edition, IntegrityError),
    ("another day of the edition", by.another_day, IntegrityError),
    ("another figure in the edition", by.swap_the_entry, IntegrityError),
    ("delete the edition", by.delete_the_edition, ProtectedError),
    ("delete the entries first", by.delete_entries_then_the_edition, IntegrityError),
    ("a second first revision", by.a_second_first_revision, IntegrityError),
    ("a fork of the chain", by.a_fork_of_the_chain, IntegrityError),
    ("create, ignoring conflicts", by.create_ignoring_conflicts, IntegrityError if ON_SQLITE else NO_EFFECT),
    ("catch the refusal and go on", by.catch_the_refusal_and_go_on, NO_EFFECT),
    ("with constraints off", by.with_constraints_off, IntegrityError),
    ("update in a CTE", by.update_in_a_cte, IntegrityError),
    *((f"DELETE FROM {table}", by.delete_what_it_hangs_on(table), IntegrityError) for table in (
        "indicators_component", "indicators_area", "indicators_indicator", "priorities_kadernota", "auth_user")),
    *((f"delete the {which}", by.delete_through_the_orm(which), ProtectedError) for which in (
        "measurement", "component", "area", "indicator", "priority", "source", "kadernota", "officer", "adopter")),
    ("loaddata", by.loaddata, IntegrityError),
    ("flush", by.flush, CommandError),
    ("load the nota with other figures", by.load_the_nota_again, NO_EFFECT),
    ("import without a reason", by.import_without_a_reason, CommandError),
    ("record without a reason", at.record_without_a_reason, ActionRefused),
    ("record without having seen it", at.record_without_having_seen, Conflict),
    ("adopt again", at.adopt_again, ActionRefused),
    ("adopt what was seen before", at.adopt_what_was_seen_before, AlreadyAdopted),
    ("adopt as officer", at.adopt_as_officer, NotAllowed),
    ("adopt one's own, as superuser", at.adopt_ones_own, ActionRefused),
    ("send back what is adopted", at.send_back_what_is_adopted, ActionRefused),
    ("take over the same figure", at.take_over_the_same, IntegrityError),
    ("page: enter without a reason", at.enter_without_a_reason, NO_EFFECT),
    ("page: paste without a reason", at.paste_without_a_reason, NO_EFFECT),
    ("page: adopt, pressed again", at.press_adopt_again, NO_EFFECT),
    ("page: send back", at.press_send_back, NO_EFFECT),
    ("admin: change an edition", at.admin_page("edition", "change", decision="x"), NO_EFFECT),
    ("admin: delete an edition", at.admin_page("edition", "delete"), NO_EFFECT),
    ("admin: delete an entry", at.admin_page("editionentry", "delete"), NO_EFFECT),
    ("admin: change an entry", at.admin_page("editionentry", "change", edition="1"), NO_EFFECT),
    ("admin: delete who recorded", at.admin_deletes_the_recorder, NO_EFFECT),
    ("admin: a shorter period", at.admin_form("priorities", "kadernota", lambda case: case.kadernota,
                                              last_year=YEAR - 1), NO_EFFECT),
    ("admin: another last year", at.admin_form("priorities", "kadernota", lambda case: case.kadernota,
                                               last_year=YEAR), NO_EFFECT),
    ("admin: only to practise with", at.admin_form("priorities", "kadernota", lambda case: case.kadernota,
                                                   is_practice="on"), NO_EFFECT),
    ("admin: the area is not the whole", at.admin_form("indicators", "area", lambda case: case.row.area,
                                                       is_whole=False), NO_EFFECT),
    ("admin: the priority elsewhere", at.admin_form("priorities", "priority", lambda case: (
        case.row.component.indicator.priority), kadernota=at.another_kadernota), NO_EFFECT),
    ("admin: the indicator ended before", at.admin_form("indicators", "indicator", lambda case: (
        case.row.component.indicator), last_year=YEAR - 1, change_reason="x"), NO_EFFECT),
]  # fmt: skip
WAYS += [(f"line: {name}", attack, stopped_by) for name, attack, stopped_by in lines.WAYS]
WAYS.append(  # what only one engine knows
    ("UPDATE OR IGNORE", by.update_or_ignore, IntegrityError) if connection.vendor == "sqlite" else
    ("update through a view", by.update_through_a_view, IntegrityError)
)  # fmt: skip

TRIED_ELSEWHERE = """
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
def case(real, officer, adopter, keeper, superuser, tmp_path) -> by.Case:
    """V3 over 2021 is adopted, in the newest edition."""
    lines.record_before_adopting(real, officer)
    adopted(real, officer, adopter)
    row = standing(real, CODE, YEAR)
    connection.check_constraints()  # PostgreSQL truncates no table with checks still to do
    return by.Case(real, row, row.entry.edition, officer, adopter, keeper, superuser, tmp_path)


def fingerprint(kadernota: Kadernota) -> list:
    """Everything that is adopted, as rows and as the public reads it."""
    kadernota = Kadernota.objects.get(pk=kadernota.pk)
    overview = load_overview(kadernota)
    shown = [
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
    told = [replace(line, edition=None) for year in kadernota.years for line in programme.lines(year)]
    return [kadernota.is_practice, shown, told, *rows]


@pytest.mark.parametrize(("name", "attack", "stopped_by"), WAYS, ids=[way[0] for way in WAYS])
def test_every_way_is_closed(case: by.Case, name: str, attack, stopped_by: type[Exception] | None) -> None:
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
    "attack", [by.save_one_field, by.hash_of_the_edition, by.swap_the_entry, by.with_constraints_off]
)
def test_negative_control_without_the_triggers_it_is_noticed(case: by.Case, attack) -> None:
    before = fingerprint(case.kadernota)
    drop_triggers(connection)
    if attack is by.with_constraints_off:
        EditionEntry.objects.filter(measurement=case.row)._raw_delete(using="default")
    attack(case)
    assert fingerprint(case.kadernota) != before


@pytest.mark.parametrize("field", ["last_year", "is_practice"])
def test_negative_control_a_period_that_can_change_is_noticed(case: by.Case, monkeypatch, field: str) -> None:
    before, value = fingerprint(case.kadernota), {"last_year": YEAR, "is_practice": "on"}[field]
    monkeypatch.setattr(KadernotaAdmin, "get_readonly_fields", read_only_after_creation("slug"))
    at.admin_form("priorities", "kadernota", lambda case: case.kadernota, **{field: value})(case)
    assert fingerprint(case.kadernota) != before


def test_nothing_is_added_to_a_sealed_edition(case: by.Case) -> None:
    """The newest edition is as closed as the older ones: else a figure is published that nobody adopted."""
    draft = by.record_another(case)
    added = 0
    with contextlib.suppress(IntegrityError), transaction.atomic():
        EditionEntry.objects.bulk_create([EditionEntry(edition=case.edition, measurement=draft)])
        added = 1
    assert added == 0


def test_a_correction_with_a_reason_leaves_the_edition_as_it_was(case: by.Case) -> None:
    """The way that is open: a next revision, adopted in a next edition."""
    before = Edition.objects.filter(pk=case.edition.pk).values().get(), list(case.edition.entries.values())
    record(case.kadernota, CODE, YEAR, "4.000", by=case.officer, explanation="Dubbel geteld.")
    later = adopt_year(case.kadernota, YEAR, by=case.adopter)
    assert standing(case.kadernota, CODE, YEAR).entry.edition == later != case.edition
    assert before == (Edition.objects.filter(pk=case.edition.pk).values().get(), list(case.edition.entries.values()))


@pytest.mark.engine_free
def test_what_is_tried_elsewhere_is_there() -> None:
    for line in TRIED_ELSEWHERE.strip().splitlines():
        module, *names = line.split()
        assert all(hasattr(import_module(module), name) for name in names), line
    assert len(WAYS) >= 30
