"""The database keeps versions and decisions as they were decided, also against SQL by the owner of the tables."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import Error, IntegrityError, connection, transaction

from indicators.actions.deciding import decide
from indicators.actions.versions import offer, save_draft, start_draft, take_back
from indicators.models import (
    Area,
    Baseline,
    Break,
    Component,
    Correction,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Manifest,
    Measurement,
    Proposal,
    Reading,
    SealedDocument,
    Series,
    Source,
    Target,
    VersionEdit,
    Witness,
)
from indicators.models.guards import APPEND_ONLY, IDENTITIES, UNDER_VERSION, missing_triggers
from indicators.readmodel.nota import nota_of
from priorities.models import Kadernota, Organisation, Priority, Topic, Version
from tests.actions.rows import whole_area
from tests.actions.versions import FIRST_COMPONENT, NOW, ON, adopted, make_people, small_nota, with_target
from tests.models.valid_rows import without_triggers

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
GUARDED = "never changed|is fixed|offered or decided|does not belong|such a row is there"
BREAKS = ((*FIRST_COMPONENT, "breaks"), [{"year": 2024, "reason": "Andere telling."}])

# Each table under a version: how its rows are found, and a column to change.
STRUCTURE = {
    Version: ("pk", "title"),
    Priority: ("version", "name"),
    Indicator: ("version", "name"),
    Component: ("indicator__version", "noun"),
    Baseline: ("component__indicator__version", "withheld"),
    Target: ("component__indicator__version", "sign"),
    Break: ("component__indicator__version", "reason"),
    Reading: ("version", "reading"),
}
CHAIN = {
    Decision: "reference",
    Witness: "content",
    Edition: "year",
    EditionEntry: "edition_id",
    Correction: "remark",
    Manifest: "content",
    SealedDocument: "name",
    Measurement: "explanation",
}
FIXED = {Kadernota: "slug", Area: "name", Topic: "key", Series: "key", Source: "name", Organisation: "slug"}


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def kadernota(people):
    return adopted(small_nota(BREAKS), keeper=people[0], adopter=people[2])


@pytest.fixture
def draft(kadernota, people):
    """Return the draft of a second version, which changes a target."""
    version = start_draft(kadernota=kadernota, by=people[0], now=NOW, reason="Raad.")
    save_draft(version=version, nota=with_target(nota_of(version), "480", BREAKS), by=people[1], now=NOW)
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def offered(draft, people):
    offer(version=draft, by=people[0], now=NOW)
    return draft


@pytest.fixture
def figure(kadernota):
    officer = User.objects.create_user("officer")
    series = Series.objects.get(kadernota=kadernota, key="a1")
    facts = {"year": 2023, "number": 5, "recorded_by": officer, "recorded_at": NOW}
    return Measurement.objects.create(kadernota=kadernota, series=series, area=whole_area(kadernota), **facts)


def new_edition(kadernota, *rows, **facts):
    facts = {"year": 2023, "number": 1, "version": Kadernota.objects.get(pk=kadernota.pk).version} | facts
    edition = Edition.objects.create(kadernota=kadernota, **facts)
    EditionEntry.objects.bulk_create(EditionEntry(edition=edition, measurement=row) for row in rows)
    return edition


def take(fixes, by, **facts):
    facts = {"reference": "college 4", "decided_on": ON} | facts
    return decide(fixes=fixes, content={}, people={}, now=NOW, by=by, **facts)


@pytest.fixture
def chain(kadernota, figure, people):
    """Return a kadernota with a row in every table of the chain."""
    decision = take(new_edition(kadernota, figure), people[2])
    correction = Correction.objects.create(corrected=decision, remark="Datum.", proposed_by=people[0])
    take(correction, people[2])
    SealedDocument.objects.create(
        decision=decision,
        document="bijlage",
        format="pdf",
        name="bijlage.pdf",
        media_type="application/pdf",
        content=b"%PDF",
        sha256="0" * 64,
        size=4,
        renderer="1" * 64,
        sealed_at=NOW,
    )
    Manifest.objects.create(decision=decision, content="{}", sha256="0" * 64, made_at=NOW)
    return kadernota


def execute(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def assert_refused(sql, *parameters):
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        execute(sql, *parameters)


def columns_of(model):
    return [field.column for field in model._meta.concrete_fields]


def copy_row(model, pk, **values):
    """Return SQL that inserts a copy of a row with other values."""
    names = [name for name in columns_of(model) if name != "id" or "id" in values]
    quoted = ", ".join(f'"{name}"' for name in names)
    selected = ", ".join(str(values[name]) if name in values else f'"{name}"' for name in names)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({quoted}) SELECT {selected} FROM {table} WHERE id = {pk}"


def rows_of(model, version):
    path, _ = STRUCTURE[model]
    return model.objects.filter(**{path: version.pk}).order_by("pk")


def test_every_guard_is_there():
    assert missing_triggers(connection) == []
    tables = {model._meta.db_table for model in (*STRUCTURE, *CHAIN, *FIXED)}
    assert set(UNDER_VERSION) <= tables
    assert set(IDENTITIES) - tables == {"indicators_proposal"}


# Rows under a version.


@pytest.mark.parametrize("model", STRUCTURE)
@pytest.mark.parametrize("state", ["decided", "offered"])
def test_nothing_changes_under_a_decided_or_offered_version(model, state, kadernota, offered):
    version = kadernota.version if state == "decided" else offered
    row = rows_of(model, version).first()
    table, column = model._meta.db_table, STRUCTURE[model][1]
    assert_refused(f"UPDATE {table} SET {column} = 'x' WHERE id = %s", row.pk)
    assert_refused(f"UPDATE {table} SET {column} = {column} WHERE id = %s", row.pk)
    assert_refused(f"UPDATE {table} SET id = id + 100000 WHERE id = %s", row.pk)
    assert_refused(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert_refused(f"DELETE FROM {table}")
    upsert = f"{copy_row(model, row.pk, id=row.pk)} ON CONFLICT (id) DO UPDATE SET {column} = 'x'"
    assert_refused(upsert)
    if model is not Version:
        assert_refused(copy_row(model, row.pk, **NEW_KEYS.get(model, {})))
    if ON_SQLITE:
        assert_refused(copy_row(model, row.pk, id=row.pk, **{column: "'x'"}).replace("INSERT", "INSERT OR REPLACE", 1))
        assert_refused(copy_row(model, row.pk, id=row.pk).replace("INSERT", "REPLACE", 1))


# What a copy needs in order to break no unique key.
NEW_KEYS = {
    Priority: {"number": 9},
    Indicator: {"code": "'X9'", "order": 9},
    Target: {"year": 2099},
    Break: {"year": 2099},
    Reading: {"order": 9},
}


@pytest.mark.skipif(not ON_SQLITE, reason="only SQLite has REPLACE")
@pytest.mark.parametrize("model", [Baseline, Component, Target, Break, Reading, Indicator, Priority])
def test_no_replacement_by_another_unique_key(model, kadernota):
    row = rows_of(model, kadernota.version).first()
    assert_refused(copy_row(model, row.pk).replace("INSERT", "INSERT OR REPLACE", 1))


def test_a_draft_is_open(draft):
    for model, (_, column) in STRUCTURE.items():
        row = rows_of(model, draft).first()
        execute(f"UPDATE {model._meta.db_table} SET {column} = {column} WHERE id = %s", row.pk)
    Target.objects.filter(component__indicator__version=draft).delete()


MOVES = [
    (Indicator, "version_id"),
    (Priority, "version_id"),
    (Reading, "version_id"),
    (Component, "indicator_id"),
    (Target, "component_id"),
    (Break, "component_id"),
    (Baseline, "component_id"),
]


@pytest.mark.parametrize(("model", "column"), MOVES)
@pytest.mark.parametrize("direction", ["in", "out"])
def test_no_row_moves_to_another_version(model, column, direction, kadernota, draft):
    versions = (draft, kadernota.version)
    source, target = versions if direction == "in" else reversed(versions)
    row, other = rows_of(model, source).first(), rows_of(model, target).first()
    parent = getattr(other, column)
    assert_refused(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", parent, row.pk)


def test_a_version_does_not_move_to_another_kadernota(kadernota, draft, people):
    other = start_draft(nota=small_nota((("slug",), "andere")), by=people[0], now=NOW).kadernota
    assert_refused(f"UPDATE priorities_version SET kadernota_id = {other.pk} WHERE id = %s", kadernota.version.pk)


def test_an_indicator_stands_under_a_topic_of_its_own_version(kadernota, draft):
    indicator = rows_of(Indicator, draft).first()
    priority = rows_of(Priority, kadernota.version).first()
    assert_refused("UPDATE indicators_indicator SET priority_id = %s WHERE id = %s", priority.pk, indicator.pk)
    theme = rows_of(Priority, draft).get(kind="theme")
    assert_refused("UPDATE indicators_indicator SET priority_id = %s WHERE id = %s", theme.pk, indicator.pk)


def test_a_series_is_measured_once_in_a_version_and_belongs_to_its_kadernota(kadernota, draft, people):
    first, second = rows_of(Component, draft)[:2]
    assert_refused("UPDATE indicators_component SET series_id = %s WHERE id = %s", first.series_id, second.pk)
    other = start_draft(nota=small_nota((("slug",), "andere")), by=people[0], now=NOW).kadernota
    series = Series.objects.filter(kadernota=other).first()
    assert_refused("UPDATE indicators_component SET series_id = %s WHERE id = %s", series.pk, first.pk)


# The chain.


@pytest.mark.parametrize("model", CHAIN)
def test_no_row_of_the_chain_changes(model, chain):
    row = model.objects.order_by("-pk").first()
    table, column = model._meta.db_table, CHAIN[model]
    assert table in APPEND_ONLY
    assert_refused(f"UPDATE {table} SET {column} = {column} WHERE id = %s", row.pk)
    assert_refused(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert_refused(f"{copy_row(model, row.pk, id=row.pk)} ON CONFLICT (id) DO UPDATE SET {column} = {column_of(model)}")
    if ON_SQLITE:
        assert_refused(copy_row(model, row.pk, id=row.pk).replace("INSERT", "INSERT OR REPLACE", 1))
        if model not in (Witness, Correction):  # which have no other unique key
            assert_refused(copy_row(model, row.pk).replace("INSERT", "REPLACE", 1))


def column_of(model):
    return f"{model._meta.db_table}.{CHAIN[model]}"


@pytest.mark.parametrize("model", FIXED)
def test_identities_are_fixed_by_the_first_decision(model, kadernota):
    row = model.objects.order_by("pk").first()
    table, column = model._meta.db_table, FIXED[model]
    assert_refused(f"UPDATE {table} SET {column} = 'x' WHERE id = %s", row.pk)
    if model is not Organisation:  # kept by its foreign keys
        assert_refused(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert_refused(f"{copy_row(model, row.pk, id=row.pk)} ON CONFLICT (id) DO UPDATE SET {column} = 'x'")
    if ON_SQLITE:
        assert_refused(copy_row(model, row.pk, id=row.pk).replace("INSERT", "REPLACE", 1))


def test_an_organisation_may_get_another_name(kadernota):
    Organisation.objects.update(name="Nieuw Voorbeeld")
    assert_refused("UPDATE priorities_organisation SET cbs_code = 'GM9999'")


def test_identities_of_a_draft_may_change(people):
    start_draft(nota=small_nota(), by=people[0], now=NOW)
    Kadernota.objects.update(slug="anders")
    Series.objects.filter(key="a1").update(unit_kind="grade")
    Source.objects.update(name="Anders")


@pytest.mark.skipif(ON_SQLITE, reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("model", [*STRUCTURE, *CHAIN, *FIXED, Proposal, VersionEdit])
def test_no_table_is_emptied(model, chain):
    with pytest.raises(Error), transaction.atomic():
        execute(f"TRUNCATE {model._meta.db_table} CASCADE")


# A decision is the next of its chain.


def test_a_decision_follows_the_last_one(kadernota, figure, people):
    edition = new_edition(kadernota, figure)
    last = Decision.objects.get()
    valid = {
        "kadernota": kadernota,
        "sequence": 2,
        "kind": "year",
        "edition": edition,
        "witness": Witness.objects.create(kadernota=kadernota, content="{}"),
        "reference": "college",
        "decided_on": ON,
        "adopted_by": people[2],
        "rules_version": 1,
        "recorded_at": NOW,
        "previous": last.chain_hash,
        "content_hash": "1" * 64,
        "witness_hash": "2" * 64,
        "chain_hash": "3" * 64,
    }
    other = adopted(small_nota((("slug",), "andere")), keeper=people[0], adopter=people[2])
    wrong = [
        {"sequence": 1},
        {"sequence": 3},
        {"previous": "0" * 64},
        {"previous": last.chain_hash.upper()},
        {"witness": Witness.objects.create(kadernota=other, content="{}")},
        {"witness": last.witness},
        {"kind": "taken_over"},
        {"kind": "nota"},
        {"kind": "correction"},
        {"kind": "nota", "edition": None, "version": other.version},
        {"kind": "nota", "edition": None, "version": kadernota.version},
        {"adopted_by": None},
        {"adopted_by": None, "source": "CBS", "retrieved_on": ON},
        {"adopted_by": None, "source": "CBS", "retrieved_on": ON, "decided_on": None, "reference": ""},
        {"kadernota": other, "previous": Decision.objects.get(kadernota=other).chain_hash},
        {"adopted_by": figure.recorded_by},
        {"reference": ""},
        {"decided_on": None},
    ]
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**valid | facts)
    Decision.objects.create(**valid)


def test_the_first_decision_is_a_version(people):
    kadernota = start_draft(nota=small_nota(), by=people[0], now=NOW).kadernota
    with pytest.raises(IntegrityError), transaction.atomic():
        series = Series.objects.filter(kadernota=kadernota).first()
        facts = {"year": 2023, "number": 5, "recorded_by": people[0], "recorded_at": NOW}
        Measurement.objects.create(kadernota=kadernota, series=series, area=whole_area(kadernota), **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(kadernota=kadernota, year=2023, number=1, version=Version.objects.get())


def test_only_the_first_version_comes_without_an_adopter(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        take(draft, None, source="nota", retrieved_on=ON, reference="", decided_on=None)


def test_nothing_is_added_to_a_decided_edition(kadernota, figure, people):
    edition = new_edition(kadernota, figure)
    take(edition, people[2])
    facts = {"year": 2023, "number": 6, "recorded_by": figure.recorded_by, "recorded_at": NOW}
    row = Measurement.objects.create(
        kadernota=kadernota, series=figure.series, area=figure.area, replaces=figure, explanation="hersteld", **facts
    )
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        EditionEntry.objects.create(edition=edition, measurement=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        take(new_edition(kadernota, number=2), people[2])  # without entries


def test_an_edition_is_judged_under_an_adopted_version_of_its_own_kadernota(kadernota, draft, people):
    other = adopted(small_nota((("slug",), "andere")), keeper=people[0], adopter=people[2])
    for version in (draft, other.version):
        with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
            new_edition(kadernota, version=version)
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        new_edition(kadernota, number=2)


# Four eyes.


def test_a_version_that_was_not_offered_is_not_adopted(draft, people):
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        take(draft, people[2])


@pytest.mark.parametrize("place", [0, 1], ids=["proposer", "editor"])
def test_nobody_adopts_a_version_that_they_proposed_or_edited(offered, people, place):
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        take(offered, people[place])
    take(offered, people[2])


def test_nobody_adopts_a_figure_that_they_recorded(kadernota, figure):
    edition = new_edition(kadernota, figure)
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        take(edition, figure.recorded_by)


def test_nobody_takes_a_decision_on_their_own_correction(kadernota, people):
    correction = Correction.objects.create(
        corrected=Decision.objects.get(), remark="x", decided_on=date(2026, 1, 1), proposed_by=people[0]
    )
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        take(correction, people[0])


def test_nobody_takes_a_decision_on_their_own_proposal_to_judge_again(kadernota, people):
    edition = new_edition(kadernota, rejudges=True, proposed_by=people[0])
    with pytest.raises(IntegrityError, match=GUARDED), transaction.atomic():
        take(edition, people[0])
    take(edition, people[2])


def test_the_proposer_of_an_offer_stays(offered, people):
    proposal = Proposal.objects.get(version=offered)
    assert_refused("UPDATE indicators_proposal SET proposed_by_id = %s WHERE id = %s", people[2].pk, proposal.pk)
    assert_refused("UPDATE indicators_proposal SET content_hash = 'x' WHERE id = %s", proposal.pk)
    assert_refused("UPDATE indicators_proposal SET version_id = NULL WHERE id = %s", proposal.pk)
    assert_refused("DELETE FROM indicators_proposal WHERE id = %s", proposal.pk)
    take_back(version=offered, by=people[0], now=NOW)


def test_a_closed_proposal_stays(kadernota):
    proposal = Proposal.objects.get(state="adopted")
    assert_refused("UPDATE indicators_proposal SET state = 'draft', decision_id = NULL WHERE id = %s", proposal.pk)
    assert_refused("DELETE FROM indicators_proposal WHERE id = %s", proposal.pk)


# Who edited a draft.


def test_the_edits_of_a_draft_stay_while_it_lives(draft, people):
    edit = VersionEdit.objects.filter(version=draft).first()
    assert_refused("UPDATE indicators_versionedit SET edited_by_id = %s WHERE id = %s", people[0].pk, edit.pk)
    assert_refused("DELETE FROM indicators_versionedit WHERE id = %s", edit.pk)
    assert_refused("DELETE FROM indicators_versionedit")
    if ON_SQLITE:
        assert_refused(copy_row(VersionEdit, edit.pk, id=edit.pk).replace("INSERT", "REPLACE", 1))


def test_no_edit_is_added_to_an_offered_or_decided_version(kadernota, offered, people):
    edit = VersionEdit.objects.filter(version=offered).first()
    assert_refused(copy_row(VersionEdit, edit.pk))
    assert_refused(copy_row(VersionEdit, edit.pk, version_id=kadernota.version.pk))


def test_negative_control_without_guards_all_of_it_happens(kadernota, offered):
    without_triggers()
    Target.objects.filter(component__indicator__version=kadernota.version).update(aim=1, sign="", bound=None)
    VersionEdit.objects.all().delete()
    Proposal.objects.filter(version=offered).update(proposed_by=User.objects.get(username="other"))
