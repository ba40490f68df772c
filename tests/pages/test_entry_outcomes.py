"""What a form and a file do to drafts: a figure typed back to what was adopted, and an emptied sample size."""

import pytest

from indicators.actions.recording import record_measurements
from indicators.actions.workflow import Conflict, retract
from indicators.intake.planning import apply_import, plan_import
from indicators.intake.sheets import read_sheet
from indicators.models import Measurement
from indicators.pages.entry.forms import apply_choices, read_entries, read_texts
from indicators.pages.entry.items import initial_texts, load_entry_year, load_revisions
from indicators.pages.entry.outcome import find_clashes, saved_sentence
from indicators.pages.upload.preview import conflict_lines, count_sentence, recorded_sentence
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import public_overview
from tests.actions.rows import NOW, adopt_year, component_of, make_kadernota, record, revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kadernota(db):
    return make_kadernota()


def page_of(kadernota, year):
    return load_entry_year(kadernota, with_drafts(kadernota, public_overview(kadernota)), year)


def form_of(kadernota, page, code, **changes):
    """Return what a browser sends of one figure, with these changes."""
    key = str(component_of(kadernota, code).series.pk)
    texts = initial_texts(page.items[key])
    fields = {
        "figure": texts.figure,
        "explanation": texts.explanation,
        "sample": texts.sample,
        "seen": texts.seen or "",
    }
    return {f"{name}-{key}": str(value) for name, value in (fields | changes).items()}


def results_of(page, data):
    texts = read_texts(data, page)
    revisions = load_revisions(page, texts.values())
    return read_entries(page, apply_choices(page, texts, revisions), revisions)


def save(page, data, by):
    results = results_of(page, data)
    assert all(result.is_ready for result in results.values())
    entries = [result.entry for result in results.values() if result.entry]
    return record_measurements(entries=entries, by=by, now=NOW)


def take_back(kadernota, code, year, by):
    row = revision_of(kadernota, code, year)
    retract(model=Measurement, revision=row.pk, kadernota=kadernota, by=by, now=NOW)


@pytest.mark.parametrize("changes", [{}, {"explanation": ""}], ids=["explanation left", "explanation emptied"])
def test_the_adopted_figure_typed_back_takes_the_draft_back(kadernota, officer, adopter, changes):
    record(kadernota, "V3", 2019, "4.400", explanation="geteld", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    page = page_of(kadernota, 2019)
    outcomes = save(page, form_of(kadernota, page, "V3", figure="4.400", confirm="4.400", **changes), officer)
    assert saved_sentence(outcomes) == "Bewaard: 1 concept teruggenomen."
    page = page_of(kadernota, 2019)
    assert page.items[str(component_of(kadernota, "V3").series.pk)].is_adopted
    assert save(page, form_of(kadernota, page, "V3"), officer) == []


def test_an_emptied_sample_size_is_cleared(kadernota, officer):
    record(kadernota, "V1", 2019, "20%", sample=1850, by=officer)
    page = page_of(kadernota, 2019)
    assert save(page, form_of(kadernota, page, "V1"), officer) == []
    assert save(page, form_of(kadernota, page, "V1", sample="", figure=""), officer) == [], (
        "an empty figure erases nothing"
    )
    assert save(page, form_of(kadernota, page, "V1", sample=""), officer) == ["changed"]
    assert revision_of(kadernota, "V1", 2019).sample is None


def test_who_saw_a_draft_that_was_taken_back_gets_the_choice(kadernota, officer, colleague):
    record(kadernota, "V3", 2019, "4.400", explanation="geteld", by=officer)
    page = page_of(kadernota, 2019)
    data = form_of(kadernota, page, "V3", figure="4.401")
    take_back(kadernota, "V3", 2019, colleague)
    with pytest.raises(Conflict) as conflict:
        save(page, data, officer)
    page, results = page_of(kadernota, 2019), results_of(page, data)
    (clash,) = find_clashes(page, results, conflict.value, by=officer, now=NOW).values()
    assert (clash.colleague.figure, clash.colleague.explanation, clash.mine.figure) == ("teruggenomen", "", "4.401")
    assert clash.colleague.name.startswith("bram")
    choice = {"rival": clash.rival, "choice": "colleague"}
    assert save(page, form_of(kadernota, page, "V3", figure="4.401", **choice), officer) == []
    assert save(page, form_of(kadernota, page, "V3", figure="4.401", **choice | {"choice": "mine"}), officer) == ["new"]


def test_a_file_with_the_adopted_figure_takes_the_draft_back(kadernota, officer, colleague, adopter):
    record(kadernota, "V3", 2019, "4.400", by=officer)
    adopt_year(kadernota, 2019, by=adopter)
    record(kadernota, "V3", 2019, "4.522", explanation="dubbel geteld", by=officer)
    plan = plan_import(kadernota, read_sheet("x.csv", b"indicator;onderdeel;jaar;meting\nV3;;2019;4.400\n"))
    assert not plan.refusals and not plan.questions
    assert count_sentence(plan) == "1 rij gelezen: 1 teruggenomen."
    take_back(kadernota, "V3", 2019, colleague)
    assert apply_import(plan, by=officer, now=NOW) == ["same"]
    assert recorded_sentence(["retracted"]) == "Vastgelegd: 1 teruggenomen."
    row = Measurement.objects.of(kadernota).current().get(retracted=True)
    line = "V3 2019 is teruggenomen door bram op 24 november 2026"
    assert conflict_lines(page_of(kadernota, 2019).overview, [row]) == [line]
