"""An edition takes the figures, the account of their year and the look ahead; and what stops the adoption."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.actions.adopting import AlreadyAdopted, adopt
from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import withdraw_line
from indicators.actions.workflow import send_back
from indicators.domain.chain import content_hash
from indicators.domain.programme import ActivityState
from indicators.models import AuditEvent, Edition, EditionEntry, Measurement, ProgrammeLine
from indicators.readmodel.proof import content_of
from indicators.readmodel.tasks import load_tasks
from indicators.readmodel.verifying import fixed_content
from tests.cast import DATE_QUESTIONS, NOW, adopt_year, record, record_activity, topic_of

pytestmark = pytest.mark.django_db
DONE, RUNNING, PLANNED, DELAYED, DROPPED = (
    ActivityState.DONE, ActivityState.RUNNING, ActivityState.PLANNED, ActivityState.DELAYED, ActivityState.DROPPED
)  # fmt: skip


def held(edition):
    return {(entry.line.title, entry.line.year) for entry in edition.entries.filter(line__isnull=False)}


def counts(edition):
    """Return the number of figures and of lines of an edition."""
    entries = edition.entries
    return entries.filter(measurement__isnull=False).count(), entries.filter(line__isnull=False).count()


def waiting(kadernota, year):
    return [draft.new.title for draft in load_tasks(kadernota).lines.adoptable(year)]


def test_it_takes_the_account_and_the_look_ahead(real, officer, adopter):
    record(real, "V3", 2020, "4.400", by=officer)
    for title, year in (("Vroeger", 2019), ("Verslag", 2020), ("Vooruit", 2021), ("Later", 2022)):
        record_activity(real, title, year, by=officer)
    edition = adopt_year(real, 2020, by=adopter)
    assert held(edition) == {("Verslag", 2020), ("Vooruit", 2021)}
    assert counts(edition) == (1, 2)
    event = AuditEvent.objects.filter(action="vaststellen").latest("pk")
    assert event.subject == "editie 2020-2, cijfers: 1, regels van het programma: 2"


def test_the_last_year_looks_no_further(real, officer, adopter):
    record_activity(real, "Verslag", 2022, by=officer)
    assert held(adopt_year(real, 2022, by=adopter)) == {("Verslag", 2022)}


def test_lines_alone_make_an_edition(real, officer, adopter):
    record_activity(real, "Verslag", 2020, by=officer)
    edition = adopt_year(real, 2020, by=adopter)
    assert (counts(edition), edition.number) == ((0, 1), 2)  # the first of that year was taken over


def test_once_the_next_account_is_adopted_nobody_looks_ahead_to_it(real, officer, adopter):
    record_activity(real, "Verslag", 2021, by=officer)
    adopt_year(real, 2021, by=adopter)
    record_activity(real, "Nagekomen", 2021, by=officer)
    assert waiting(real, 2020) == [] and waiting(real, 2021) == ["Nagekomen"]


def test_a_plan_becomes_an_account(real, officer, adopter):
    plan = record_activity(real, "Schouw", 2021, state=PLANNED, budget=Decimal(500), by=officer)
    adopt_year(real, 2020, by=adopter)
    account = record_activity(
        real, "Schouw", 2021, seen=plan, state=DONE, result="Vier.", spent=Decimal(480), by=officer
    )
    edition = adopt_year(real, 2021, by=adopter)
    assert [entry.line for entry in edition.entries.all()] == [account]
    assert EditionEntry.objects.get(line=plan).edition.year == 2020, "what was promised stays"


# -- What stops it


@pytest.mark.parametrize(
    ("state", "year", "says"),
    [(PLANNED, 2020, "waarom het niet is begonnen"), (DONE, 2020, "wat het opleverde"), (DELAYED, 2020, "waardoor"),
     (DROPPED, 2020, "waarom"), (None, 2020, "geen besteed bedrag"), (DELAYED, 2021, "waardoor")],
)  # fmt: skip
def test_the_gate_asks_what_became_of_it(real, officer, adopter, state, year, says):
    row = record_activity(real, "Schouw", year, state=state, by=officer)
    with pytest.raises(ActionRefused, match=rf"nog niet compleet: ‘Schouw’ \({year}\) .*{says}"):
        adopt_year(real, 2020, by=adopter)
    assert not Edition.objects.filter(kadernota=real, year=2020, decision__kind="year").exists()
    record_activity(real, "Schouw", year, state=state, seen=row, result="Door corona.", by=officer)
    assert adopt_year(real, 2020, by=adopter).entries.filter(line__isnull=False).count() == 1


@pytest.mark.parametrize(("state", "year"), [(RUNNING, 2020), (PLANNED, 2021), (DONE, 2021), (None, 2021)])
def test_the_gate_asks_nothing_of_what_is_plain(real, officer, adopter, state, year):
    record_activity(real, "Schouw", year, state=state, by=officer)
    assert adopt_year(real, 2020, by=adopter).entries.filter(line__isnull=False).count() == 1


def test_an_adopted_plan_that_nobody_accounts_for_stops_the_account(real, officer, adopter):
    plan = record_activity(real, "Schouw", 2021, state=PLANNED, by=officer)
    adopt_year(real, 2020, by=adopter)
    record(real, "V3", 2021, "4.400", by=officer)
    with pytest.raises(ActionRefused, match="‘Schouw’.*staat nog op ‘gepland’"):
        adopt_year(real, 2021, by=adopter)
    withdraw_line(seen=plan.pk, kadernota=real, reason="dubbel", by=officer, now=NOW)
    assert adopt_year(real, 2021, by=adopter).entries.filter(line__isnull=False).count() == 1, (
        "that it was withdrawn is adopted too"
    )


def test_nobody_adopts_their_own_line(real, officer, adopter, superuser):
    record(real, "V3", 2020, "4.400", by=officer)
    record_activity(real, "Schouw", 2020, by=superuser)
    with pytest.raises(ActionRefused, match="root legde deze regels vast: ‘Schouw’"):
        adopt_year(real, 2020, by=superuser)
    assert adopt_year(real, 2020, by=adopter).entries.filter(line__isnull=False).count() == 1


def test_a_line_that_was_sent_back_waits_for_its_answer(real, officer, adopter):
    row = record_activity(real, "Schouw", 2020, by=officer)
    send_back(model=ProgrammeLine, revision=row.pk, kadernota=real, by=adopter, reason="Welke wijk?", now=NOW)
    (draft,) = load_tasks(real).lines.drafts(2020)
    assert (draft.rejection.reason, draft.rejection.by, waiting(real, 2020)) == ("Welke wijk?", "carla", [])
    with pytest.raises(ActionRefused, match="teruggestuurd .‘Schouw’ .2020.."):
        adopt_year(real, 2020, by=adopter)
    record_activity(real, "Schouw", 2020, seen=row, result="Noord.", by=officer)
    assert adopt_year(real, 2020, by=adopter).entries.filter(line__isnull=False).count() == 1


def test_a_line_withdrawn_before_it_was_adopted_is_no_work(real, officer, adopter):
    row = record_activity(real, "Schouw", 2020, by=officer)
    withdraw_line(seen=row.pk, kadernota=real, reason="dubbel", by=officer, now=NOW)
    assert waiting(real, 2020) == [] and not load_tasks(real).lines.incomplete(2020)
    with pytest.raises(ActionRefused, match="niets vast te stellen"):
        adopt_year(real, 2020, by=adopter)


def test_a_line_in_a_part_of_another_kadernota_does_not_wait_here(real, practice, officer):
    record_activity(real, "Schouw", 2020, by=officer)
    assert "Schouw" not in waiting(practice, 2020)


# -- What was seen


def adopt_seen(kadernota, adopter, seen, lines):
    facts = {"by": adopter, "decision": "B-1", "on": date(2021, 3, 2), "now": NOW, "confirm": DATE_QUESTIONS}
    return adopt(kadernota=kadernota, year=2020, seen=seen, seen_lines=lines, **facts)


@pytest.fixture
def both(real, officer):
    """Return the keys of the drafts of a figure and a line."""
    record(real, "V3", 2020, "4.400", by=officer)
    line = record_activity(real, "Schouw", 2020, by=officer)
    return [Measurement.objects.get(year=2020, number=4400).pk], [line.pk]


def test_what_was_seen_is_adopted_and_no_more(real, both, officer, adopter):
    record_activity(real, "Later erbij", 2020, by=officer)
    with pytest.raises(ActionRefused, match="Sinds u deze pagina opende"):
        adopt_seen(real, adopter, *both)
    assert not EditionEntry.objects.filter(edition__kadernota=real, line__isnull=False).exists()


def test_a_page_with_figures_only_adopts_figures_only(real, both, adopter):
    edition = adopt_seen(real, adopter, both[0], None)
    assert counts(edition) == (1, 0)
    assert waiting(real, 2020) == ["Schouw"]


def test_pressed_twice(real, both, adopter):
    edition = adopt_seen(real, adopter, *both)
    with pytest.raises(AlreadyAdopted) as already:
        adopt_seen(real, adopter, *both)
    assert already.value.edition == edition
    assert Edition.objects.filter(kadernota=real, year=2020, decision__kind="year").count() == 1


def test_half_of_it_adopted_is_not_already_adopted(real, both, adopter):
    adopt_seen(real, adopter, both[0], None)
    with pytest.raises(ActionRefused, match="Sinds u deze pagina opende") as refused:
        adopt_seen(real, adopter, *both)
    assert not isinstance(refused.value, AlreadyAdopted)


# -- The hash


def test_the_hash_covers_every_word_of_a_line(real, officer, adopter):
    """What the decision fixes differs for each line, and holds nothing of a line but its content."""
    base = {"state": RUNNING, "result": "R."}
    for title, facts in {
        "Schouw": {},
        "Andere": {},
        "Volgend jaar": {"year": 2021},
        "Inzet": {"effort": "x"},
        "Bedrag": {"state": None},
        "Wie": {"partners": "OM"},
        "Wanneer": {"planned": "mei"},
        "Klaar": {"state": DONE},
        "Resultaat": {"result": "klaar"},
        "Begroot": {"budget": Decimal(5)},
        "Besteed": {"spent": Decimal(5)},
        "Thema": {"topic": topic_of(real, "theme", 1)},
        "VTH": {"topic": topic_of(real, "vth")},
    }.items():
        own = base | facts
        record_activity(real, title, own.pop("year", 2020), by=officer, **own)
    decision = adopt_year(real, 2020, by=adopter).decision
    content = content_of(decision, fixed_content(decision))
    lines = {line["title"]: line for line in content["fixed"]["lines"]}
    assert decision.content_hash == content_hash(content) and len(lines) == 13
    assert len({str(line | {"title": ""}) for line in lines.values()}) == 12, "two differ in their title only"
    for name, value in lines["Schouw"].items():
        changed = [
            line | {name: f"{value}!"} if line is lines["Schouw"] else line for line in content["fixed"]["lines"]
        ]
        assert content_hash(content | {"fixed": content["fixed"] | {"lines": changed}}) != decision.content_hash
