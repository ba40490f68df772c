"""What figures and lines have in common: sending a draft back and taking it back."""

from decimal import Decimal

import pytest

from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import Conflict, Outcome, retract, send_back
from indicators.models import AuditEvent, Measurement, ProgrammeLine, SentBack
from priorities.permissions import NotAllowed
from tests.actions.rows import (
    NOW,
    adopt_rows,
    adopt_version,
    adopt_year,
    make_kadernota,
    make_version,
    record,
    record_activity,
    revision_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kadernota(db):
    return make_kadernota(figures=False)


@pytest.fixture
def other(db):
    return make_kadernota("elders", figures=False)


class Figures:
    """Figures of V3: `number` makes the contents differ."""

    model, name, subject, newer, this = Measurement, "V3 over 2020", "V3, 2020", "het nieuwe cijfer", "dit cijfer"

    def record(self, kadernota, number, *, by, seen=None):
        facts = {"seen": seen.pk if seen else None, "explanation": f"reden {number}"}
        record(kadernota, "V3", 2020, str(number), by=by, **facts)
        return revision_of(kadernota, "V3", 2020)


class Lines:
    """Lines of one name."""

    model, name, subject = ProgrammeLine, "‘Wijkschouw’ over 2020", "Wijkschouw (2020)"
    newer, this = "de nieuwe regel", "deze regel"

    def record(self, kadernota, number, *, by, seen=None):
        return record_activity(
            kadernota, "Wijkschouw", 2020, seen=seen, result=f"reden {number}", by=by, budget=Decimal(number)
        )


@pytest.fixture(params=[Figures, Lines])
def drafts(request):
    return request.param()


@pytest.fixture
def draft(drafts, kadernota, officer):
    return drafts.record(kadernota, 5, by=officer)


def call(action, draft, kadernota, by, **facts):
    if action is send_back:
        facts.setdefault("reason", "Klopt dit?")
    return action(model=type(draft), revision=draft.pk, kadernota=kadernota, by=by, now=NOW, **facts)


def logged():
    event = AuditEvent.objects.latest("pk")
    return event.action, event.subject, event.actor, event.kadernota


# Sending back


def test_a_draft_is_sent_back_with_a_reason(drafts, draft, kadernota, adopter):
    row = call(send_back, draft, kadernota, adopter, reason=" Klopt\r\ndit? ")
    assert (row.reason, row.sent_by, row.sent_at) == ("Klopt\ndit?", adopter, NOW)
    assert draft.sent_back == row and SentBack.objects.get() == row
    assert logged() == ("terugsturen", drafts.subject, adopter, kadernota)


@pytest.mark.parametrize(
    ("reason", "says"), [(" ", "Schrijf waarom u {} terugstuurt"), ("x" * 1001, "langer dan 1000")]
)
def test_sending_back_needs_a_reason_of_some_length(drafts, draft, kadernota, adopter, reason, says):
    with pytest.raises(ActionRefused, match=says.format(drafts.this)):
        call(send_back, draft, kadernota, adopter, reason=reason)


def test_a_draft_is_sent_back_once(drafts, draft, kadernota, officer, adopter):
    call(send_back, draft, kadernota, adopter)
    with pytest.raises(ActionRefused, match=f"^{drafts.name} was al teruggestuurd.$"):
        call(send_back, draft, kadernota, adopter)
    newer = drafts.record(kadernota, 6, seen=draft, by=officer)
    with pytest.raises(ActionRefused, match=f"^{drafts.name} is intussen gewijzigd. Bekijk {drafts.newer}.$"):
        call(send_back, draft, kadernota, adopter)
    assert call(send_back, newer, kadernota, adopter)


# Taking back


def test_a_first_draft_taken_back_leaves_nothing(drafts, draft, kadernota, officer, colleague):
    row = call(retract, draft, kadernota, colleague)
    assert (row.retracted, row.replaces, row.recorded_by, row.recorded_at) == (True, draft, colleague, NOW)
    assert not drafts.model.objects.of(kadernota).drafts().exists()
    assert logged() == ("terugnemen", drafts.subject, colleague, kadernota)
    again = drafts.record(kadernota, 5, by=officer)
    assert drafts.model.objects.of(kadernota).drafts().get() == again, "it may be recorded again"


def test_a_revision_taken_back_repeats_the_content_of_the_draft(drafts, draft, kadernota, officer):
    row = call(retract, draft, kadernota, officer)
    own = ("id", "retracted", "replaces", "recorded_by", "recorded_at")
    for field in drafts.model._meta.concrete_fields:
        assert field.name in own or getattr(row, field.attname) == getattr(draft, field.attname), field.name


def test_after_a_correction_is_taken_back_the_adopted_revision_counts(drafts, draft, kadernota, officer, adopter):
    adopt_year(kadernota, 2020, by=adopter)
    correction = drafts.record(kadernota, 6, seen=draft, by=officer)
    retracted = call(retract, correction, kadernota, officer)
    count = drafts.model.objects.count()
    drafts.record(kadernota, 5, seen=draft, by=officer)
    assert drafts.model.objects.count() == count, "what was adopted, recorded again, is the same"
    newer = drafts.record(kadernota, 7, seen=draft, by=officer)
    assert newer.replaces == retracted and drafts.model.objects.of(kadernota).drafts().get() == newer
    adopt_rows(kadernota, 2020, newer, by=adopter)
    assert drafts.model.objects.of(kadernota).adopted().last() == newer


def test_a_draft_that_was_sent_back_can_be_taken_back(drafts, draft, kadernota, officer, adopter):
    call(send_back, draft, kadernota, adopter)
    assert call(retract, draft, kadernota, officer).retracted


def test_only_an_open_draft_is_taken_back(drafts, draft, kadernota, officer, adopter):
    newer = drafts.record(kadernota, 6, seen=draft, by=officer)
    with pytest.raises(ActionRefused, match=f"^{drafts.name} is intussen gewijzigd. Bekijk {drafts.newer}.$"):
        call(retract, draft, kadernota, officer)
    row = call(retract, newer, kadernota, officer)
    for gone in (newer, row):
        for action, by in ((retract, officer), (send_back, adopter)):
            with pytest.raises(ActionRefused, match=f"^{drafts.name} is al teruggenomen.$"):
                call(action, gone, kadernota, by)
    adopted = drafts.record(kadernota, 7, seen=row, by=officer)
    adopt_year(kadernota, 2020, by=adopter)
    for action, by in ((retract, officer), (send_back, adopter)):
        with pytest.raises(ActionRefused, match="al vastgesteld, in editie 2020-1. Verbeteren kan alleen nog"):
            call(action, adopted, kadernota, by)


def test_a_revision_of_another_kadernota_is_not_there(drafts, draft, other, officer, adopter):
    for action, by in ((retract, officer), (send_back, adopter)):
        with pytest.raises(ActionRefused, match=f"^{drafts.this.capitalize()} is er niet.$"):
            call(action, draft, other, by)


def test_officers_take_back_and_adopters_send_back(draft, kadernota, officer, adopter, keeper):
    for action, users in ((retract, (adopter, keeper)), (send_back, (officer, keeper))):
        for user in users:
            with pytest.raises(NotAllowed):
                call(action, draft, kadernota, user)
    assert not SentBack.objects.exists() and type(draft).objects.count() == 1


def test_who_saw_a_draft_that_was_taken_back_is_told(drafts, draft, kadernota, officer, colleague):
    row = call(retract, draft, kadernota, colleague)
    with pytest.raises(Conflict) as conflict:
        drafts.record(kadernota, 6, seen=draft, by=officer)
    assert conflict.value.newer == [row]
    assert drafts.record(kadernota, 6, seen=row, by=officer).replaces == row


def test_a_figure_has_the_label_of_the_newest_version(kadernota, officer, adopter):
    record(kadernota, "V3", 2020, "5", by=officer)
    version = make_version(kadernota)
    version.indicators.filter(code="V3").update(code="W1")
    adopt_version(version, by=adopter)
    draft = Measurement.objects.get()
    assert str(call(retract, draft, kadernota, officer).series) == str(draft.series)
    assert logged()[1] == "W1, 2020"


def test_a_figure_taken_back_is_new_the_next_time(kadernota, officer):
    record(kadernota, "V3", 2020, "5", explanation="geteld", by=officer)
    call(retract, revision_of(kadernota, "V3", 2020), kadernota, officer)
    assert record(kadernota, "V3", 2020, "5", seen=None, by=officer) == Outcome.NEW
    assert revision_of(kadernota, "V3", 2020).explanation == "", "nothing of the draft comes back by itself"
