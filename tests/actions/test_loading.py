"""Loading the nota: complete at once; loading again changes nothing and reports the differences."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from indicators.actions.loading import load_kadernota
from indicators.domain.refusals import Refusal
from indicators.models import Area, Baseline, Component, Edition, Indicator, Measurement, Reading, Source, Target
from priorities.models import Kadernota, Priority
from tests.cast import NOW, adopt_year, component_of, read_fixture, record, revision_of

pytestmark = pytest.mark.django_db
FILE = "kadernota_2018_2022"


def load_again(change=None):
    data = read_fixture(FILE)
    if change:
        change(data)
    return load_kadernota(data=data, now=NOW)


def everything():
    models = (Kadernota, Priority, Area, Source, Indicator, Component, Baseline, Target, Measurement, Edition, Reading)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_the_nota_is_there(real):
    counts = {name: len(rows) for name, rows in everything().items()}
    assert counts == {
        "Kadernota": 1,
        "Priority": 4 + 16 + 1,
        "Area": 1,
        "Source": 5,
        "Indicator": 21,
        "Component": 23,
        "Baseline": 23,
        "Target": 21 * 4 + 4,
        "Measurement": 11,
        "Edition": 5,
        "Reading": len(read_fixture(FILE)["readings"]),
    }


def test_again_adds_and_changes_nothing(real):
    before = everything()
    _, report = load_again()
    assert (report.added, report.differences) == ({}, [])
    assert everything() == before


def test_what_was_entered_since_stays_and_is_listed(real, officer, adopter):
    record(real, "V5", 2022, "307", "absoluut", explanation="nagekomen aangiften", by=officer)
    record(real, "V4", 2022, "6.611", explanation="gecontroleerd", by=officer)
    adopt_year(real, 2022, by=adopter)
    Indicator.objects.filter(code="V3").update(definition="Alle meldingen.")
    Baseline.objects.filter(component=component_of(real, "V6")).update(number=18)
    Priority.objects.filter(kind="priority", number=1).update(name="Anders genoemd")
    first = Target.objects.get(component=component_of(real, "V3"), year=2020)
    Target.objects.create(
        component=first.component,
        area=first.area,
        year=2020,
        aim=4600,
        replaces=first,
        reason="x",
        decision="R-7",
        decided_on=date(2020, 6, 1),
        recorded_at=NOW,
    )
    before = everything()
    _, report = load_again()
    assert report.added == {} and everything() == before
    text = "\n".join(report.differences)
    for words in (
        "meting V5 absoluut 2022: in het bestand ‘305’, hier ‘307’",
        "streefwaarde V3 2020: in het bestand ‘<4.500’, hier ‘4.600 (R-7)’",
        "nulmeting V6: in het bestand ‘17 (2017)’, hier ‘18 (2017)’",
        "hier ‘Alle meldingen.’",
        "hier ‘Anders genoemd’",
    ):
        assert words in text
    assert len(report.differences) == 5, "the explanation at V4 is no difference with the file"


def test_what_is_missing_is_added(real):
    def more(data):
        data["priorities"][0]["indicators"].append(
            data["priorities"][0]["indicators"][2] | {"code": "V22", "name": "Nieuwe indicator"}
        )
        data["taken_over"].append(
            {
                "year": 2021,
                "source": "Open data",
                "retrieved_on": "2026-11-24",
                "figures": [{"indicator": "V22", "component": "", "value": "4.100", "note": "tabel 1"}],
            }
        )

    _, report = load_again(more)
    assert report.added == {"indicator": 1, "onderdeel": 1, "nulmeting": 1, "streefwaarde": 4, "overgenomen cijfer": 1}
    assert report.differences == []
    assert str(revision_of(real, "V22", 2021).entry.edition) == "2021-2"


def test_a_database_of_before_gets_the_themes_and_the_cycle(real):
    """An older installation has only the four priorities, without one of the texts."""
    Priority.objects.filter(kadernota=real).exclude(kind="priority").delete()
    Kadernota.objects.filter(pk=real.pk).update(finances="")
    before = list(Priority.objects.order_by("pk").values())
    _, report = load_again()
    assert (report.added, report.differences) == ({"financiën": 1, "thema": 16, "VTH-cyclus": 1}, [])
    assert list(Priority.objects.filter(kind="priority").order_by("pk").values()) == before
    assert "14.597.000" in Kadernota.objects.get(pk=real.pk).finances
    assert load_again()[1].added == {}


def test_of_a_list_only_what_differs_is_told(real):
    """Differences of lists name only the items that differ."""
    priority = Priority.objects.get(kadernota=real, kind="priority", number=1)
    first, *others = priority.approach
    name = priority.focus_points[0]["name"]
    Priority.objects.filter(pk=priority.pk).update(
        approach=["Iets eigens.", *others], focus_points=[{"name": name, "text": "Kort."}, *priority.focus_points[1:]]
    )
    text = "\n".join(load_again()[1].differences)
    assert f"in het bestand ‘{first}’, hier ‘Iets eigens.’" in text
    assert f"hier ‘{name}: Kort.’" in text
    assert others[0] not in text and "[" not in text and "{" not in text
    Priority.objects.filter(pk=priority.pk).update(approach=[*others, first], focus_points=priority.focus_points)
    assert "een andere volgorde" in load_again()[1].differences[0]


def test_other_words_on_money_stay_and_are_listed(real):
    Kadernota.objects.filter(pk=real.pk).update(finances="Anders.")
    _, report = load_again()
    assert report.added == {} and len(report.differences) == 1 and "hier ‘Anders.’" in report.differences[0]
    assert Kadernota.objects.get(pk=real.pk).finances == "Anders."


def with_an_indicator_of_the_cycle(data):
    like = data["priorities"][0]["indicators"][2] | {"code": "VTH1", "name": "Vergunningen", "change_reason": "nieuw"}
    data["vth"]["indicators"].append(like | {"first_year": 2021, "cells": {"2021": "90", "2022": "95"}})


def test_the_cycle_has_indicators_of_its_own(real):
    _, report = load_again(with_an_indicator_of_the_cycle)
    assert report.added == {"indicator": 1, "onderdeel": 1, "streefwaarde": 2}
    row = Indicator.objects.get(code="VTH1")
    assert (row.priority.kind, row.first_year, row.change_reason) == ("vth", 2021, "nieuw")


def test_an_indicator_does_not_come_into_years_that_are_settled(real, officer, adopter):
    record(real, "V3", 2022, "4.400", by=officer)
    adopt_year(real, 2022, by=adopter)
    _, report = load_again(with_an_indicator_of_the_cycle)
    assert report.added == {}
    assert len(report.differences) == 1 and report.differences[0].startswith("indicator VTH1: niet toegevoegd.")
    assert not Indicator.objects.filter(code="VTH1").exists()


def test_themes_are_as_the_nota_lists_them(real):
    themes = {row.name: row for row in Priority.objects.filter(kadernota=real, kind="theme")}
    efforts = {name: len(row.approach) for name, row in themes.items()}
    assert list(efforts.items()) == [
        ("Veilig winkelgebied", 4),
        ("Veilige bedrijventerreinen", 5),
        ("Veilig uitgaan", 4),
        ("Veilige evenementen", 7),
        ("Veilig toerisme en Schiphol", 5),
        ("Jeugdoverlast", 6),
        ("Jeugdcriminaliteit", 6),
        ("Jeugd, alcohol en drugs", 5),
        ("Veilig in en om de school", 7),
        ("Brandveiligheid", 6),
        ("Externe veiligheid / milieu", 5),
        ("Crisisbeheersing", 5),
        ("Hartveilig wonen", 1),
        ("Veilige publieke taak", 6),
        ("Informatieveiligheid", 4),
        ("Ambtelijke- en bestuurlijke integriteit", 7),
    ]
    assert themes["Veilig uitgaan"].budget == "Veiligheid, Ruimtelijke ontwikkeling, Kwaliteit fysieke omgeving"
    assert themes["Externe veiligheid / milieu"].partners == [
        "Gemeente",
        "Brandweer",
        "Omgevingsdienst NZKG",
        "Provincie Noord-Holland",
    ]
    of_priorities = Priority.objects.filter(kadernota=real, kind="priority").order_by("number")
    assert [len(row.approach) for row in of_priorities] == [12, 6, 9, 5]


def test_a_figure_that_stands_there_already_is_not_taken_over(real, officer):
    def more(data):
        figures = [{"indicator": "V3", "component": "", "value": value, "note": "tabel 1"} for value in ("4.444",)]
        data["taken_over"].append(
            {"year": 2019, "source": "Open data", "retrieved_on": "2026-11-24", "figures": figures}
        )

    record(real, "V3", 2019, "4.400", by=officer)
    _, report = load_again(more)
    assert "overgenomen cijfer" not in report.added
    assert report.differences == ["meting V3 2019: in het bestand ‘4.444’, hier ‘4.400’"]


def test_another_kadernota_is_data_not_code(real):
    def other(data):
        data |= {"slug": "elders-2023-2026", "period": [2023, 2026], "baseline_year": 2017, "taken_over": []}
        data["target_years"] = [2024, 2025, 2026]

    kadernota, report = load_again(other)
    assert report.added["indicator"] == 21 and kadernota.pk != real.pk
    assert not Measurement.objects.of(kadernota).exists()
    assert everything()["Source"] and Source.objects.count() == 5, "sources are shared"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data["priorities"][0]["indicators"][2]["cells"].update({"2019": "<4,500"}),
        lambda data: data["priorities"][0]["indicators"][2]["cells"].update({"2017": "ca. 4.714"}),
        lambda data: data["priorities"][2]["indicators"][1]["cells"].update({"2019": "30 keer boete"}),
        lambda data: data["taken_over"][0]["figures"].append(
            {"indicator": "V3", "component": "", "value": "", "note": "leeg"}
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_as_a_whole(spoil, real):
    def elsewhere(data):
        data["slug"] = "elders"
        spoil(data)

    before = everything()
    with pytest.raises(Refusal), transaction.atomic():
        load_again(elsewhere)
    assert everything() == before


def test_a_renamed_component_is_refused_by_the_database_not_doubled(real):
    Component.objects.filter(name="absoluut").update(name="aantal")
    with pytest.raises(IntegrityError), transaction.atomic():
        load_again()
    assert Component.objects.filter(indicator__code="V5").count() == 2


@pytest.mark.parametrize("slug", ["Nieuw 2018/..", "", "beheer", "inloggen", "é"])
def test_what_cannot_be_an_address_is_refused(db, slug):
    """An invalid slug would break every page; the address of a page would hide the kadernota."""
    with pytest.raises(Refusal, match="adres"):
        load_kadernota(data=read_fixture("kadernota_2018_2022") | {"slug": slug}, now=NOW)


def test_an_indicator_that_the_file_has_no_more_is_listed(real):
    data = read_fixture("kadernota_2018_2022")
    gone = data["priorities"][3]["indicators"].pop()
    _, report = load_kadernota(data=data, now=NOW)
    assert any(gone["name"] in line and "ontbreekt" in line for line in report.differences)
