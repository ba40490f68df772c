"""The tasks of an officer for a year, by source and deadline."""

from datetime import date

import pytest

from indicators.actions.workflow import send_back
from indicators.models import Deadline, Measurement, Source
from indicators.pages.tasks.page import Task, build_todo, latest_open_year
from indicators.readmodel.tasks import deadline_words, load_tasks
from tests.cast import NOW, adopt_year, record, revision_of

pytestmark = pytest.mark.django_db
TODAY = date(2023, 3, 1)


def todo(kadernota, year, today=TODAY):
    return build_todo(load_tasks(kadernota), year, today=today)


def tasks(page):
    return {item.label: item.task for source in page.sources for item in source.items}


def test_each_figure_has_one_task(real, officer, adopter):
    record(real, "V3", 2020, "4.600", by=officer)  # misses its target
    record(real, "V6", 2020, "14", by=officer)
    record(real, "V8", 2020, "400", explanation="Onrustig.", by=officer)
    record(real, "V12", 2020, "pm", explanation="Volgt.", by=officer)
    record(real, "V15", 2020, "pm", by=officer)
    draft = revision_of(real, "V8", 2020).pk
    send_back(model=Measurement, revision=draft, kadernota=real, by=adopter, reason="Klopt dit?", now=NOW)
    found = tasks(todo(real, 2020))
    assert found["V3"] is Task.LACKS_EXPLANATION
    assert found["V6"] is Task.WAITING
    assert found["V8"] is Task.RETURNED
    assert found["V12"] is Task.FOLLOWS
    assert found["V1"] is Task.MISSING  # biennial, planned in 2020
    page = todo(real, 2020)
    labels = [item.label for source in page.sources for item in source.items]
    assert labels.count("V12") == 1
    returned = next(item for source in page.sources for item in source.items if item.label == "V8")
    assert (returned.returned.reason, returned.printed) == ("Klopt dit?", "400")
    assert not page.is_done


def test_what_is_not_planned_is_not_asked_for_and_what_is_adopted_is_done(real, officer, adopter):
    record(real, "V6", 2019, "14", by=officer)
    record(real, "V17", 2019, "n.v.t.", explanation="Bestaat niet meer.", by=officer)
    adopt_year(real, 2019, by=adopter)
    found = tasks(todo(real, 2019))
    assert not {"V1", "V2", "V6", "V17"} & set(found)
    assert found["V3"] is Task.MISSING


def test_sources_with_the_nearest_deadline_come_first(real):
    for name, day in [("RIEC", 10), ("VRK", 5)]:
        source = Source.objects.get(organisation=real.organisation, name=name)
        Deadline.objects.create(kadernota=real, source=source, year=2019, due_on=date(2023, 3, day))
    page = todo(real, 2019)
    assert [source.source for source in page.sources] == ["VRK", "RIEC", "Gemeente", "KMar", "Politie"]
    assert page.sources[0].deadline == "Uiterlijk 5 maart 2023: nog 4 dagen."
    assert not page.sources[0].is_late
    assert todo(real, 2019, today=date(2023, 3, 8)).sources[0].is_late


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, "Geen termijn afgesproken."),
        (date(2023, 3, 1), "Uiterlijk 1 maart 2023: dat is vandaag."),
        (date(2023, 3, 2), "Uiterlijk 2 maart 2023: nog 1 dag."),
        (date(2023, 3, 31), "Uiterlijk 31 maart 2023: nog 30 dagen."),
        (date(2023, 2, 28), "Uiterlijk 28 februari 2023: 1 dag te laat."),
        (date(2022, 12, 31), "Uiterlijk 31 december 2022: 60 dagen te laat."),
    ],
)
def test_words_for_a_deadline(due_on, words):
    assert deadline_words(due_on, date(2023, 3, 1)) == words


def test_late_is_only_said_of_what_is_missing(practice):
    source = Source.objects.get(organisation=practice.organisation, name="KMar")
    Deadline.objects.create(kadernota=practice, source=source, year=2022, due_on=date(2023, 1, 1))
    record_kmar = [source for source in todo(practice, 2022).sources if source.source == "KMar"]
    assert record_kmar == []  # all adopted: nothing to do, nothing late


@pytest.mark.parametrize(
    ("today", "year"), [(date(2023, 3, 1), 2022), (date(2021, 3, 1), 2020), (date(2018, 5, 1), 2018)]
)
def test_the_year_to_begin_with_is_over(real, today, year):
    assert latest_open_year(load_tasks(real), today=today) == year


def test_the_year_to_begin_with_has_open_work(practice):
    assert latest_open_year(load_tasks(practice), today=date(2022, 5, 1)) == 2021  # V15 is missing there
    assert latest_open_year(load_tasks(practice), today=date(2020, 5, 1)) == 2019  # nothing is open before 2020
