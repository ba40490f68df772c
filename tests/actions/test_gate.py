"""The gate before adopting: figures that need an explanation, figures past their deadline, and sending back."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from indicators.actions.adopting import AlreadyAdopted, adopt
from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import send_back
from indicators.models import AuditEvent, Deadline, Edition, Measurement, SentBack, Source
from indicators.readmodel.tasks import load_tasks
from priorities.permissions import NotAllowed
from tests.cast import DATE_QUESTIONS, NOW, adopt_year, record, revision_of

pytestmark = pytest.mark.django_db
ON = date(2021, 3, 2)  # the day on which `adopt_year` adopts
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "year", "typed", "why"),
    [
        ("V3", 2019, "4.400", ""),  # rule 4: met
        ("V20", 2019, "3", ""),  # the bound is met; missing the aim costs nothing
        ("V20", 2019, "<4", ""),  # rule 4: every value that it can be
        ("V3", 2018, "5.000", ""),  # rule 1: no target in this year
        ("V3", 2019, "4.600", "de streefwaarde is niet gehaald"),  # rule 6: better than the baseline
        ("V3", 2019, "4.714", "de streefwaarde is niet gehaald"),  # rule 7: equal to it
        ("V20", 2019, "<5", "is niet te bepalen"),  # rule 5
        ("V3", 2019, "pm", "geen cijfer maar ‘pm’"),
        ("V3", 2019, "n.b.", "geen cijfer maar ‘n.b.’"),
        ("V3", 2018, "n.v.t.", "geen cijfer maar ‘n.v.t.’"),
    ],
)
def test_which_figures_need_an_explanation(real, officer, adopter, code, year, typed, why):
    record(real, code, year, typed, by=officer)
    before = Edition.objects.count()
    if not why:
        assert adopt_year(real, year, by=adopter)
        return
    with pytest.raises(ActionRefused, match=f"{code} .*{why}"):
        adopt_year(real, year, by=adopter)
    assert Edition.objects.count() == before
    record(real, code, year, typed, explanation="Zo is het gekomen.", by=officer)
    assert adopt_year(real, year, by=adopter)


def test_the_whole_is_refused_and_every_figure_is_named(real, officer, adopter):
    record(real, "V3", 2019, "4.600", by=officer)
    record(real, "V14", 2019, "pm", "Sluitingen", by=officer)
    record(real, "V6", 2019, "14", by=officer)
    with pytest.raises(ActionRefused) as refused:
        adopt_year(real, 2019, by=adopter)
    assert "V3 (" in str(refused.value) and "V14 Sluitingen (" in str(refused.value)
    assert "V6" not in str(refused.value)
    assert Measurement.objects.of(real).drafts().count() == 3


def test_a_correction_without_a_reason_is_stopped_where_recording_was_passed_by(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    adopted = revision_of(real, "V3", 2019)
    Measurement.objects.create(
        kadernota=real,
        series=adopted.series,
        area=adopted.area,
        year=2019,
        number=4300,
        recorded_by=officer,
        recorded_at=NOW,
        replaces=adopted,
    )
    with pytest.raises(ActionRefused, match=r"V3 \(het verbetert een vastgesteld cijfer \(4\.400\)\)"):
        adopt_year(real, 2019, by=adopter)


def test_other_words_for_an_adopted_figure_that_is_on_track_need_no_reason(real, officer, adopter):
    record(real, "V3", 2019, "4.400", explanation="Minder meldingen.", by=officer)
    adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.400", explanation="", by=officer)
    assert adopt_year(real, 2019, by=adopter)


@pytest.mark.parametrize(
    ("due_on", "typed", "explanation", "stopped"),
    [
        (None, "", "", False),  # without a deadline a missing figure does not stop it
        (YESTERDAY, "", "", True),
        (TODAY, "", "", False),  # due on the day itself is not late; the typed day of the decision is no matter
        (YESTERDAY, "pm", "Volgt in mei.", False),
        (YESTERDAY, "n.b.", "Niet meer vast te stellen.", False),
        (YESTERDAY, "pm", "", True),  # and then without its explanation
    ],
)
def test_what_is_missing_after_the_deadline(real, officer, adopter, due_on, typed, explanation, stopped):
    if due_on:
        Deadline.objects.create(kadernota=real, source=Source.objects.get(name="VRK"), year=2019, due_on=due_on)
    record(real, "V3", 2019, "4.400", by=officer)
    if typed:
        record(real, "V21", 2019, typed, explanation=explanation, by=officer)
    if not stopped:
        assert adopt_year(real, 2019, by=adopter)
        return
    with pytest.raises(ActionRefused, match="V21 "):
        adopt_year(real, 2019, by=adopter)


def test_a_deadline_of_another_year_or_an_unplanned_figure_stops_nothing(real, officer, adopter):
    source = Source.objects.get(name="Gemeente")
    record(real, "V3", 2019, "4.400", by=officer)
    for code, name in [("V12", ""), ("V14", "Waarschuwingen"), ("V14", "Sluitingen"), ("V15", ""), ("V20", "")]:
        record(real, code, 2019, "pm", name, explanation="Volgt.", by=officer)
    Deadline.objects.create(kadernota=real, source=source, year=2020, due_on=date(2020, 1, 1))
    Deadline.objects.create(kadernota=real, source=source, year=2019, due_on=date(2020, 1, 1))
    assert [
        gap.label for gap in load_tasks(real).missing(2019) if gap.row.source == "Gemeente"
    ] == []  # V1, V2: biennial
    assert adopt_year(real, 2019, by=adopter)


def test_the_command_has_the_same_gate(real, officer, adopter):
    record(real, "V3", 2019, "4.600", by=officer)
    arguments = [real.slug, "2019", "--by", adopter.username, "--decision", "B-1", "--date", "2021-03-02"]
    arguments += [word for code in DATE_QUESTIONS for word in ("--confirm", code)]
    with pytest.raises(CommandError, match="V3 .de streefwaarde is niet gehaald"):
        call_command("adopt", *arguments)


def test_what_is_sent_back_stays_out_until_it_is_answered(real, officer, adopter):
    record(real, "V3", 2019, "4.600", by=officer)
    record(real, "V6", 2019, "14", by=officer)
    sent = send_back(
        model=Measurement,
        revision=revision_of(real, "V3", 2019).pk,
        kadernota=real,
        by=adopter,
        reason=" Telt dit dubbel? ",
        now=NOW,
    )
    assert sent.reason == "Telt dit dubbel?"
    edition = adopt_year(real, 2019, by=adopter)  # its missing explanation stops nothing now
    assert [entry.measurement for entry in edition.entries.all()] == [revision_of(real, "V6", 2019)]
    with pytest.raises(ActionRefused, match="teruggestuurd .V3"):
        adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.600", explanation="Nee, nageteld.", by=officer)
    assert adopt_year(real, 2019, by=adopter).entries.get().measurement == revision_of(real, "V3", 2019)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 1001])
def test_sending_back_needs_a_reason_that_fits(real, officer, adopter, reason):
    record(real, "V3", 2019, "4.600", by=officer)
    with pytest.raises(ActionRefused, match="terugstuurt|tekens"):
        send_back(
            model=Measurement,
            revision=revision_of(real, "V3", 2019).pk,
            kadernota=real,
            by=adopter,
            reason=reason,
            now=NOW,
        )
    assert not SentBack.objects.exists()


def test_only_a_waiting_draft_of_this_kadernota_is_sent_back(real, practice, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    draft = revision_of(real, "V3", 2019)
    facts = {"by": adopter, "reason": "Waarom?", "now": NOW}
    with pytest.raises(ActionRefused, match="is er niet"):
        send_back(model=Measurement, revision=draft.pk, kadernota=practice, **facts)
    with pytest.raises(NotAllowed):
        send_back(model=Measurement, revision=draft.pk, kadernota=real, **facts | {"by": officer})
    send_back(model=Measurement, revision=draft.pk, kadernota=real, **facts)
    with pytest.raises(ActionRefused, match="al teruggestuurd"):
        send_back(model=Measurement, revision=draft.pk, kadernota=real, **facts)
    record(real, "V3", 2019, "4.401", by=officer)
    with pytest.raises(ActionRefused, match="gewijzigd"):
        send_back(model=Measurement, revision=draft.pk, kadernota=real, **facts)
    adopt_year(real, 2019, by=adopter)
    with pytest.raises(ActionRefused, match="al vastgesteld, in editie 2019-2"):
        send_back(model=Measurement, revision=revision_of(real, "V3", 2019).pk, kadernota=real, **facts)


def test_a_sent_back_row_without_a_reason_is_refused_by_the_database(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    with pytest.raises(IntegrityError):
        SentBack.objects.create(measurement=revision_of(real, "V3", 2019), reason="", sent_by=adopter, sent_at=NOW)


def adopt_seen(kadernota, seen, *, by):
    return adopt(
        kadernota=kadernota, year=2019, by=by, decision="B-1", on=ON, now=NOW, seen=seen, confirm=DATE_QUESTIONS
    )


def test_only_what_was_seen_is_adopted_and_a_second_click_is_told_so(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    seen = {revision_of(real, "V3", 2019).pk}
    record(real, "V3", 2019, "4.410", by=officer)
    for wrong in (seen, set(), {*seen, revision_of(real, "V3", 2019).pk}):
        with pytest.raises(ActionRefused, match="Sinds u deze pagina opende") as refused:
            adopt_seen(real, wrong, by=adopter)
        assert not isinstance(refused.value, AlreadyAdopted)
    seen = {revision_of(real, "V3", 2019).pk}
    edition = adopt_seen(real, seen, by=adopter)
    record(real, "V6", 2019, "14", by=officer)  # the second click adopts nothing that came since
    with pytest.raises(AlreadyAdopted, match=f"editie {edition}") as done:
        adopt_seen(real, seen, by=adopter)
    assert done.value.edition == edition
    assert Measurement.objects.of(real).drafts().count() == 1


def test_every_act_is_noted_without_a_figure(real, officer, adopter, superuser):
    record(real, "V3", 2019, "4.400", by=officer)
    send_back(
        model=Measurement,
        revision=revision_of(real, "V3", 2019).pk,
        kadernota=real,
        by=adopter,
        reason="Waarom?",
        now=NOW,
    )
    record(real, "V3", 2019, "4.410", by=superuser)
    with pytest.raises(ActionRefused):
        adopt_year(real, 2019, by=superuser)
    with pytest.raises(NotAllowed):
        adopt_year(real, 2019, by=officer)
    adopt_year(real, 2019, by=adopter)
    sentences = [
        (event.action, event.subject, event.actor_name, event.result)
        for event in AuditEvent.objects.filter(kadernota=real).order_by("pk")
    ]
    assert sentences == [
        ("vastleggen", "2019: V3", "anna", "done"),
        ("terugsturen", "V3, 2019", "carla", "done"),
        ("vastleggen", "2019: V3", "root", "done"),
        ("vaststellen", "jaar 2019", "root", "refused"),
        ("vaststellen", "jaar 2019", "anna", "refused"),
        ("vaststellen", "editie 2019-2, cijfers: 1", "carla", "done"),
    ]


def test_the_work_costs_the_same_number_of_queries_whatever_there_is(practice, django_assert_num_queries):
    load_tasks(practice)  # the public state is in the cache from now on
    with django_assert_num_queries(6):
        load_tasks(practice)
