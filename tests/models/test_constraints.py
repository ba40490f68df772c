"""Every check and unique constraint, tried without validation."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from indicators.models import (
    LONGEST_EXPLANATION,
    LONGEST_LINE,
    Area,
    AuditEvent,
    Baseline,
    Break,
    Component,
    Deadline,
    Edition,
    EditionEntry,
    EditionLine,
    Indicator,
    LineSentBack,
    Measurement,
    OpenDataRow,
    ProgrammeLine,
    Reading,
    Reminder,
    SentBack,
    Source,
    Target,
)
from indicators.models.guards import drop_triggers
from indicators.models.value_columns import LARGEST
from priorities.models import Kadernota, Priority
from reports.models import SealedDocument
from tests.cast import NOW
from tests.models.valid_rows import ValidRows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(real, officer):
    return ValidRows(real, officer)


CHECKS = [
    ("kadernota_years_in_order", Kadernota, {"first_year": 2022}),
    ("kadernota_years_in_order", Kadernota, {"baseline_year": 1899}),
    ("kadernota_years_in_order", Kadernota, {"last_year": 2101}),
    ("kadernota_years_in_order", Kadernota, {"first_target_year": 2027}),
    ("kadernota_years_in_order", Kadernota, {"first_target_year": 2022}),
    ("priority_number_from_one", Priority, {"number": 0}),
    ("priority_kind_known", Priority, {"kind": "doel"}),
    ("indicator_role_known", Indicator, {"role": "wens"}),
    ("indicator_years_in_order", Indicator, {"first_year": 2021, "last_year": 2020, "change_reason": "besluit"}),
    ("indicator_period_has_reason", Indicator, {"first_year": 2020}),
    ("indicator_period_has_reason", Indicator, {"last_year": 2020}),
    ("component_unit_known", Component, {"unit_kind": "euro"}),
    ("component_decimals_fit_unit", Component, {"decimals": 1}),
    ("component_decimals_fit_unit", Component, {"unit_kind": "percentage", "decimals": 3}),
    ("component_direction_known", Component, {"direction": "beter"}),
    ("target_aim_or_bound", Target, {"aim": None}),
    ("target_sign_with_bound", Target, {"sign": "<"}),
    ("target_sign_with_bound", Target, {"bound": Decimal(4)}),
    ("target_sign_with_bound", Target, {"bound": Decimal(4), "sign": "!"}),
    ("target_year_plausible", Target, {"year": 1899}),
    ("target_year_plausible", Target, {"year": 2101}),
    ("break_year_plausible", Break, {"year": 2320}),
    ("baseline_year_plausible", Baseline, {"year": 17}),
    ("measurement_year_plausible", Measurement, {"year": 2101}),
    ("measurement_sample_counts", Measurement, {"sample": 0}),
    ("measurement_explanation_short", Measurement, {"explanation": "x" * (LONGEST_EXPLANATION + 1)}),
    ("measurement_has_an_origin", Measurement, {"recorded_by": None}),
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
    ("edition_holds_something", Edition, {"size": 0}),
    ("edition_holds_something", Edition, {"size": 0, "line_count": 0}),
    ("edition_year_plausible", Edition, {"year": 1899}),
    *[
        ("edition_adopted_or_taken_over", Edition, facts)
        for facts in [
            {"kind": "bedacht"},
            {"decision": ""},
            {"adopted_on": None},
            {"adopted_by": None},
            {"retrieved_on": date(2026, 11, 24)},
            {"kind": "taken_over"},
            {"kind": "taken_over", "adopted_on": None, "adopted_by": None, "decision": "", "source": "CBS"},
            {"kind": "taken_over", "adopted_on": None, "adopted_by": None, "decision": "",
             "retrieved_on": date(2026, 11, 24)},
            {"kind": "taken_over", "adopted_on": None, "adopted_by": None, "decision": "B-1", "source": "CBS",
             "retrieved_on": date(2026, 11, 24)},
        ]
    ],
    ("deadline_year_plausible", Deadline, {"year": 2101}),
    ("sent_back_with_reason", SentBack, {"reason": ""}),
    ("line_state_fits_kind", ProgrammeLine, {"kind": "wens"}),
    ("line_state_fits_kind", ProgrammeLine, {"state": ""}),
    ("line_state_fits_kind", ProgrammeLine, {"state": "klaar"}),
    ("line_state_fits_kind", ProgrammeLine, {"kind": "finance"}),
    ("line_titled", ProgrammeLine, {"title": ""}),
    ("line_amounts_in_range", ProgrammeLine, {"budget": Decimal("-0.01")}),
    ("line_amounts_in_range", ProgrammeLine, {"spent": Decimal(-5)}),
    ("line_texts_short", ProgrammeLine, {"result": "x" * (LONGEST_LINE["result"] + 1)}),
    ("line_withdrawn_with_reason", ProgrammeLine, {"withdrawn": True, "result": "vergissing"}),
    ("line_sent_back_with_reason", LineSentBack, {"reason": ""}),
    ("audit_result_known", AuditEvent, {"result": "misschien"}),
    ("audit_action_named", AuditEvent, {"action": ""}),
    ("sealed_document_known", SealedDocument, {"document": "brief"}),
    ("sealed_file_named", SealedDocument, {"name": ""}),
    ("sealed_file_named", SealedDocument, {"format": ""}),
    ("sealed_file_named", SealedDocument, {"media_type": ""}),
    ("sealed_size_true", SealedDocument, {"size": 5}),
    ("sealed_size_true", SealedDocument, {"size": 0, "content": b""}),
    ("sealed_hashes_whole", SealedDocument, {"sha256": "0" * 63}),
    ("sealed_hashes_whole", SealedDocument, {"source": ""}),
    ("sealed_hashes_whole", SealedDocument, {"renderer": "x"}),
    ("sealed_rules_from_one", SealedDocument, {"rules": 0}),
]  # fmt: skip

# The values in which a second row, valid in itself, differs from the first.
TWICE = [
    ("priority_number_unique", Priority, {"name": "Ook vijf"}),
    ("area_code_unique", Area, {"name": "Ook noord"}),
    ("indicator_code_unique", Indicator, {"order": 97}),
    ("indicator_order_unique", Indicator, {"code": "X3"}),
    ("component_name_unique", Component, {"order": 4}),
    ("component_order_unique", Component, {"name": "Boetes"}),
    ("target_first_unique", Target, {"aim": Decimal(6)}),
    ("reading_order_unique", Reading, {"question": "Anders?"}),
    ("break_year_unique", Break, {"reason": "nog een"}),
    ("measurement_first_unique", Measurement, {"number": Decimal(6)}),
    ("edition_number_unique", Edition, {"decision": "B-2"}),
    ("deadline_unique", Deadline, {"due_on": date(2021, 3, 1)}),
    ("open_data_row_unique", OpenDataRow, {}),
    ("sealed_once", SealedDocument, {"name": "nog-een.pdf"}),
    ("sealed_name_unique", SealedDocument, {"format": "odt"}),
]


@pytest.mark.parametrize("bulk", [False, True], ids=["save", "bulk_create"])
@pytest.mark.parametrize(("name", "model", "facts"), CHECKS)
def test_check(rows, name, model, facts, bulk):
    row = rows.row(model, **facts)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.bulk_create([row]) if bulk else row.save()
    assert row.__class__.objects.filter(pk=row.pk).count() == 0


@pytest.mark.parametrize(("name", "model", "facts"), TWICE)
def test_unique(rows, name, model, facts):
    row = rows.saved(model)
    row.pk, row._state.adding = None, True
    for field, value in facts.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([row])


@pytest.mark.parametrize("model", sorted({model for _, model, _ in CHECKS + TWICE}, key=lambda m: m.__name__))
def test_the_row_itself_is_right(rows, model):
    """Negative control: the tests above could pass because of another fault in the row."""
    assert rows.saved(model).pk


def test_one_cycle_of_permits(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        Priority.objects.bulk_create([rows.row(Priority, kind="vth", number=2)])


def test_a_withdrawn_line_replaces_one_and_says_why(rows):
    first = rows.saved(ProgrammeLine)
    with pytest.raises(IntegrityError, match="line_withdrawn_with_reason"), transaction.atomic():
        rows.saved(ProgrammeLine, replaces=first, withdrawn=True)
    rows.saved(ProgrammeLine, replaces=first, withdrawn=True, result="dubbel")


def test_an_edition_may_hold_lines_alone(rows):
    held = rows.saved(EditionLine)
    assert (held.edition.size, held.edition.line_count) == (0, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionLine.objects.create(edition=held.edition, line=held.line)


def test_a_line_of_an_impossible_year(rows):
    """A trigger, which checks the years of the kadernota, refuses it before this constraint."""
    row = rows.row(ProgrammeLine, year=2101)
    connection.check_constraints()
    drop_triggers(connection)
    with pytest.raises(IntegrityError, match="line_year_plausible"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", ["budget", "spent"])
def test_an_amount_is_less_than_a_thousand_milliard(rows, name):
    assert rows.saved(ProgrammeLine, **{name: Decimal("999999999999.99")})
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgrammeLine.objects.bulk_create([rows.row(ProgrammeLine, title="Duur", **{name: Decimal(10) ** 12})])


def test_one_whole_area(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.bulk_create([rows.row(Area, is_whole=True)])


@pytest.mark.parametrize("missing", [{"decision": ""}, {"reason": ""}, {"decided_on": None}])
def test_target_is_replaced_by_a_decision_only(rows, missing):
    first = rows.saved(Target)
    facts = {"replaces": first, "decision": "R-1", "reason": "bijgesteld", "decided_on": date(2020, 6, 1)}
    with pytest.raises(IntegrityError, match="target_replaced_by_decision"), transaction.atomic():
        rows.saved(Target, **facts | missing)
    rows.saved(Target, **facts)


@pytest.mark.parametrize("model", [Measurement, Target, ProgrammeLine])
def test_a_revision_is_replaced_once(rows, model):
    """This prevents lost updates."""
    facts = {"decision": "R-1", "reason": "x", "decided_on": date(2020, 6, 1)} if model is Target else {}
    first = rows.saved(model)
    rows.saved(model, replaces=first, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([rows.row(model, replaces=first, **facts)])


def test_a_revision_is_adopted_once(rows):
    entry = rows.saved(EditionEntry)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionEntry.objects.create(edition=entry.edition, measurement=entry.measurement)


def test_a_component_has_one_baseline_and_a_revision_is_sent_back_once(rows):
    baseline, sent_back = rows.saved(Baseline), rows.saved(SentBack)
    with pytest.raises(IntegrityError), transaction.atomic():
        Baseline.objects.create(component=baseline.component, year=2016, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentBack.objects.create(measurement=sent_back.measurement, reason="x", sent_by=rows.user, sent_at=NOW)


def test_reminded_once_and_slugs_and_sources_once(rows):
    reminder = rows.saved(Reminder)
    for twice in (
        Reminder(deadline=reminder.deadline, recipient=rows.user, sent_at=NOW),
        rows.row(Kadernota, slug=rows.kadernota.slug),
        rows.row(Source, name="Politie"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save()


def test_a_number_has_fifteen_digits_at_most(rows):
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.bulk_create([rows.row(Measurement, number=LARGEST)])
    assert rows.saved(Measurement, number=LARGEST - 1).value.number == LARGEST - 1


def test_every_constraint_is_tried():
    tried = {name for name, *_ in CHECKS + TWICE}
    tried |= {"area_one_whole", "target_replaced_by_decision", "reminder_once", "priority_one_vth"}
    tried |= {"line_year_plausible"}
    named = {
        constraint.name
        for app in ("priorities", "indicators", "reports")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    assert tried == named
    assert len([c for m in (Measurement, Target) for c in m._meta.constraints if isinstance(c, UniqueConstraint)]) == 2
