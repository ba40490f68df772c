"""Every check and unique constraint, tried without validation."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from indicators.models import (
    LONGEST_EXPLANATION,
    LONGEST_LINE,
    Area,
    AuditEvent,
    Baseline,
    Break,
    Component,
    Correction,
    Deadline,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Manifest,
    Measurement,
    OpenDataRow,
    ProgrammeLine,
    Proposal,
    Reading,
    Reminder,
    SealedDocument,
    SentBack,
    Series,
    Source,
    Target,
    Witness,
)
from indicators.models.value_columns import LARGEST
from priorities.models import Kadernota, Organisation, Priority, Topic, Version
from tests.actions.versions import NOW
from tests.models.valid_rows import ValidRows, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    return ValidRows()


TAKEN_OVER = {
    "adopted_by": None,
    "reference": "",
    "decided_on": None,
    "source": "CBS",
    "retrieved_on": date(2026, 1, 1),
}
CHECKS = [
    ("version_years_in_order", Version, {"first_year": 2022}),
    ("version_years_in_order", Version, {"baseline_year": 1899}),
    ("version_years_in_order", Version, {"last_year": 2101}),
    ("version_years_in_order", Version, {"first_target_year": 2027}),
    ("version_years_in_order", Version, {"first_target_year": 2022}),
    ("version_kind_known", Version, {"kind": "klein", "based_on_id": 1}),
    ("version_editorial_on_another", Version, {"kind": "editorial"}),
    ("priority_number_from_one", Priority, {"number": 0}),
    ("priority_kind_known", Priority, {"kind": "doel"}),
    ("indicator_role_known", Indicator, {"role": "wens"}),
    ("indicator_years_in_order", Indicator, {"first_year": 2021, "last_year": 2020, "change_reason": "besluit"}),
    ("indicator_period_has_reason", Indicator, {"first_year": 2020}),
    ("indicator_period_has_reason", Indicator, {"last_year": 2020}),
    ("series_unit_known", Series, {"unit_kind": "euro"}),
    ("component_decimals_few", Component, {"decimals": 5}),
    ("component_direction_known", Component, {"direction": "beter"}),
    ("target_aim_or_bound", Target, {"aim": None}),
    ("target_sign_with_bound", Target, {"sign": "<"}),
    ("target_sign_with_bound", Target, {"bound": Decimal(4)}),
    ("target_sign_with_bound", Target, {"bound": Decimal(4), "sign": "!"}),
    ("target_year_plausible", Target, {"year": 1899}),
    ("target_year_plausible", Target, {"year": 2101}),
    ("break_year_plausible", Break, {"year": 2320}),
    ("baseline_year_plausible", Baseline, {"year": 17}),
    ("baseline_reference_whole", Baseline, {"from_series_id": 1}),
    ("measurement_year_plausible", Measurement, {"year": 2101}),
    ("measurement_sample_counts", Measurement, {"sample": 0}),
    ("measurement_explanation_short", Measurement, {"explanation": "x" * (LONGEST_EXPLANATION + 1)}),
    ("measurement_has_an_origin", Measurement, {"recorded_by": None}),
    ("measurement_retracted_replaces", Measurement, {"retracted": True}),
    *[
        (f"{model.__name__.lower()}_{name}", model, facts)
        for model in (Baseline, Measurement)
        for name, facts in [
            ("number_or_reason", {"number": None}),
            ("number_or_reason", {"no_value": "pm"}),
            ("number_or_reason", {"number": None, "no_value": "weg"}),
            ("number_or_reason", {"number": None, "no_value": "nb", "withheld": "<"}),
            ("number_or_reason", {"number": None, "no_value": "nb", "provisional": True}),
            ("number_in_range", {"number": Decimal(-1)}),
            ("number_in_range", {"number": Decimal("-0.0001")}),
            ("withheld_leaves_a_value", {"number": Decimal(0), "withheld": "<"}),
            ("withheld_leaves_a_value", {"withheld": ">"}),
        ]
    ],
    ("edition_number_from_one", Edition, {"number": 0}),
    ("edition_year_plausible", Edition, {"year": 1899}),
    ("edition_rejudging_proposed", Edition, {"rejudges": True}),
    ("entry_figure_or_line", EditionEntry, {"measurement": None}),
    ("correction_remark_given", Correction, {"remark": ""}),
    ("witness_content_given", Witness, {"content": ""}),
    ("decision_sequence_from_one", Decision, {"sequence": 0}),
    ("decision_rules_from_one", Decision, {"rules_version": 0}),
    *[("decision_fixes_one_thing", Decision, {"kind": kind}) for kind in ("nota", "correction")],
    ("decision_fixes_one_thing", Decision, {"edition": None}),
    *[
        ("decision_adopted_or_taken_over", Decision, facts)
        for facts in [
            {"reference": ""},
            {"decided_on": None},
            {"adopted_by": None},
            {"source": "CBS"},
            {"retrieved_on": date(2026, 1, 1)},
            {"kind": "taken_over"},
            TAKEN_OVER,
            TAKEN_OVER | {"kind": "taken_over", "source": ""},
            TAKEN_OVER | {"kind": "taken_over", "retrieved_on": None},
        ]
    ],
    *[
        ("decision_hashes_whole", Decision, {name: "0" * 63})
        for name in ("previous", "content_hash", "witness_hash", "chain_hash", "manifest")
    ],
    ("proposal_kind_known", Proposal, {"kind": "wens"}),
    ("proposal_state_known", Proposal, {"state": "klaar"}),
    ("proposal_draft_has_version", Proposal, {"kind": "editorial"}),
    ("proposal_offered_with_hash", Proposal, {"state": "offered"}),
    ("proposal_adopted_by_decision", Proposal, {"state": "adopted"}),
    ("deadline_year_plausible", Deadline, {"year": 2101}),
    ("sent_back_with_reason", SentBack, {"reason": ""}),
    ("sent_back_figure_or_line", SentBack, {"measurement": None}),
    ("line_state_fits_kind", ProgrammeLine, {"kind": "wens"}),
    ("line_state_fits_kind", ProgrammeLine, {"state": ""}),
    ("line_state_fits_kind", ProgrammeLine, {"state": "klaar"}),
    ("line_state_fits_kind", ProgrammeLine, {"kind": "finance"}),
    ("line_titled", ProgrammeLine, {"title": ""}),
    ("line_amounts_in_range", ProgrammeLine, {"budget": Decimal("-0.01")}),
    ("line_amounts_in_range", ProgrammeLine, {"spent": Decimal(-5)}),
    ("line_texts_short", ProgrammeLine, {"result": "x" * (LONGEST_LINE["result"] + 1)}),
    ("line_withdrawn_with_reason", ProgrammeLine, {"withdrawn": True, "result": "vergissing"}),
    ("line_retracted_replaces", ProgrammeLine, {"retracted": True}),
    ("line_year_plausible", ProgrammeLine, {"year": 2101}),
    ("audit_result_known", AuditEvent, {"result": "misschien"}),
    ("audit_action_named", AuditEvent, {"action": ""}),
    ("sealed_document_known", SealedDocument, {"document": "brief"}),
    ("sealed_file_named", SealedDocument, {"name": ""}),
    ("sealed_file_named", SealedDocument, {"format": ""}),
    ("sealed_file_named", SealedDocument, {"media_type": ""}),
    ("sealed_size_true", SealedDocument, {"size": 5}),
    ("sealed_size_true", SealedDocument, {"size": 0, "content": b""}),
    ("sealed_hash_whole", SealedDocument, {"sha256": "0" * 63}),
    ("sealed_hash_whole", SealedDocument, {"renderer": "x"}),
    ("manifest_hash_whole", Manifest, {"sha256": ""}),
]  # fmt: skip

# The values in which a second row, valid in itself, differs from the first.
TWICE = [
    ("topic_key_unique", Topic, {}),
    ("series_key_unique", Series, {}),
    ("source_name_unique", Source, {}),
    ("priority_number_unique", Priority, {"name": "Ook vijf"}),
    ("priority_topic_unique", Priority, {"number": 6}),
    ("area_code_unique", Area, {"name": "Ook noord"}),
    ("indicator_code_unique", Indicator, {"order": 97}),
    ("indicator_order_unique", Indicator, {"code": "X3"}),
    ("component_series_unique", Component, {"name": "Boetes", "order": 4}),
    ("component_name_unique", Component, {"order": 4}),
    ("component_order_unique", Component, {"name": "Boetes"}),
    ("target_year_unique", Target, {"aim": Decimal(6)}),
    ("reading_order_unique", Reading, {"question": "Anders?"}),
    ("break_year_unique", Break, {"reason": "nog een"}),
    ("measurement_first_unique", Measurement, {"number": Decimal(6)}),
    ("edition_number_unique", Edition, {}),
    ("decision_sequence_unique", Decision, {}),
    ("deadline_unique", Deadline, {"due_on": date(2026, 3, 1)}),
    ("open_data_row_unique", OpenDataRow, {}),
    ("sealed_once", SealedDocument, {"name": "nog-een.pdf"}),
    ("sealed_name_unique", SealedDocument, {"format": "odt"}),
]


@pytest.mark.parametrize("bulk", [False, True], ids=["save", "bulk_create"])
@pytest.mark.parametrize(("name", "model", "facts"), CHECKS)
def test_check(rows, name, model, facts, bulk):
    row = rows.row(model, **facts)
    without_triggers()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.bulk_create([row]) if bulk else row.save()
    assert row.__class__.objects.filter(pk=row.pk).count() == 0


@pytest.mark.parametrize(("name", "model", "facts"), TWICE)
def test_unique(rows, name, model, facts):
    row = rows.saved(model)
    row.pk, row._state.adding = None, True
    for field, value in facts.items():
        setattr(row, field, value)
    without_triggers()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([row])


@pytest.mark.parametrize("model", sorted({model for _, model, _ in CHECKS + TWICE}, key=lambda m: m.__name__))
def test_the_row_itself_is_right(rows, model):
    """Negative control: the tests above could pass because of another fault in the row."""
    assert rows.saved(model).pk


def test_one_cycle_of_permits(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        Priority.objects.bulk_create([rows.row(Priority, kind="vth", number=2)])


def test_one_open_draft_of_a_kind(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.saved(Proposal, kind="substantive", version=rows.saved(Version))
    rows.saved(Proposal, kind="editorial", version=rows.saved(Version, kind="editorial", based_on=rows.version))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.saved(Proposal, kind="editorial", version=rows.saved(Version, kind="editorial", based_on=rows.version))


def test_a_kadernota_does_not_follow_on_itself(rows):
    row = rows.saved(Kadernota)
    with pytest.raises(IntegrityError, match="kadernota_not_its_own_predecessor"), transaction.atomic():
        Kadernota.objects.filter(pk=row.pk).update(predecessor=row)


def test_a_withdrawn_line_replaces_one_and_says_why(rows):
    first = rows.saved(ProgrammeLine)
    with pytest.raises(IntegrityError, match="line_withdrawn_with_reason"), transaction.atomic():
        rows.saved(ProgrammeLine, replaces=first, withdrawn=True)
    rows.saved(ProgrammeLine, replaces=first, withdrawn=True, result="dubbel")


@pytest.mark.parametrize("name", ["budget", "spent"])
def test_an_amount_is_less_than_a_thousand_milliard(rows, name):
    assert rows.saved(ProgrammeLine, **{name: Decimal("999999999999.99")})
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgrammeLine.objects.bulk_create([rows.row(ProgrammeLine, title="Duur", **{name: Decimal(10) ** 12})])


def test_one_whole_area(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.bulk_create([rows.row(Area, is_whole=True)])


@pytest.mark.parametrize("model", [Measurement, ProgrammeLine])
def test_a_revision_is_replaced_once(rows, model):
    """This prevents lost updates."""
    first = rows.saved(model)
    rows.saved(model, replaces=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([rows.row(model, replaces=first)])


def test_a_revision_is_adopted_once(rows):
    entry = rows.saved(EditionEntry)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionEntry.objects.create(edition=entry.edition, measurement=entry.measurement)


def test_a_component_has_one_baseline_and_a_revision_is_sent_back_once(rows):
    baseline, sent_back = rows.saved(Baseline), rows.saved(SentBack)
    with pytest.raises(IntegrityError), transaction.atomic():
        Baseline.objects.create(component=baseline.component, year=2021, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentBack.objects.create(measurement=sent_back.measurement, reason="x", sent_by=rows.user, sent_at=NOW)


def test_reminded_once_and_slugs_and_sources_once(rows):
    reminder = rows.saved(Reminder)
    for twice in (
        Reminder(deadline=reminder.deadline, recipient=rows.user, sent_at=NOW),
        rows.row(Kadernota, slug=rows.kadernota.slug),
        rows.row(Organisation, slug=rows.kadernota.organisation.slug),
        rows.row(Source, name=rows.source.name),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save()


def test_a_number_has_fifteen_digits_at_most(rows):
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.bulk_create([rows.row(Measurement, number=LARGEST)])
    assert rows.saved(Measurement, number=LARGEST - 1).value.number == LARGEST - 1


def test_every_constraint_is_tried():
    tried = {name for name, *_ in CHECKS + TWICE}
    tried |= {"area_one_whole", "reminder_once", "priority_one_vth", "proposal_one_open_draft"}
    tried |= {"kadernota_not_its_own_predecessor"}
    named = {
        constraint.name
        for app in ("priorities", "indicators")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    assert tried == named
