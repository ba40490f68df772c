"""Loading a shipped nota: complete at once, as decisions; loading again changes nothing and reports the differences."""

from dataclasses import replace

import pytest

from indicators.actions.loading import load_kadernota
from indicators.domain.nota import NotaRefused, read_file, write_nota
from indicators.domain.shipped import SHIPPED_HASHES, file_hash
from indicators.models import (
    Area,
    Baseline,
    Component,
    Decision,
    Edition,
    Indicator,
    Measurement,
    Reading,
    Source,
    Target,
)
from indicators.readmodel.nota import nota_of
from priorities.models import Kadernota, Organisation, Priority, Version
from tests.cast import (
    NOW,
    adopt_version_of,
    adopt_year,
    read_fixture,
    record,
    revision_of,
    with_component,
    with_indicator,
)

pytestmark = pytest.mark.django_db
FILE = "kadernota_2018_2022"


def load_again(change=None):
    """Load the file again, changed by `change` and then known as if it were shipped so."""
    data = read_fixture(FILE)
    if change:
        change(data)
    return load_kadernota(data=data, now=NOW, known={file_hash(read_file(data))})


def everything():
    models = (Kadernota, Version, Priority, Area, Source, Indicator, Component, Baseline, Target, Measurement, Edition)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (*models, Reading, Decision)}


def indicator_of(data, code):
    (indicator,) = [item for topic in data["topics"] for item in topic["indicators"] if item["code"] == code]
    return indicator


@pytest.mark.parametrize("name", [FILE, "oefengemeente_2018_2022"])
def test_the_code_knows_the_shipped_files(name):
    assert file_hash(read_file(read_fixture(name))) in SHIPPED_HASHES


def test_the_nota_is_there(real):
    counts = {name: len(rows) for name, rows in everything().items()}
    assert counts == {
        "Kadernota": 1,
        "Version": 1,
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
        "Decision": 6,
    }
    assert nota_of(real.version) == read_file(read_fixture(FILE)).nota


def test_it_is_taken_over_by_decisions_without_an_adopter(real):
    first, *years = Decision.objects.of(real)
    assert (first.kind, first.version, first.source) == ("nota", real.version, read_fixture(FILE)["document"])
    assert [(row.kind, row.edition.year, row.edition.version) for row in years] == [
        ("taken_over", year, real.version) for year in range(2018, 2023)
    ]
    assert {(row.adopted_by, row.decided_on, row.reference) for row in (first, *years)} == {(None, None, "")}
    assert all(row.retrieved_on and row.recorded_at == NOW for row in (first, *years))


def test_again_adds_and_changes_nothing(real):
    before = everything()
    _, report = load_again()
    assert (report.added, report.differences) == ({}, [])
    assert everything() == before


def test_what_was_entered_since_stays_and_is_listed(real, officer, adopter, keeper):
    record(real, "V5", 2022, "307", "absoluut", explanation="nagekomen aangiften", by=officer)
    record(real, "V4", 2022, "6.611", explanation="gecontroleerd", by=officer)
    adopt_year(real, 2022, by=adopter)

    def change(nota):
        nota = with_component(nota, "V3", targets={2020: "4.600"})
        nota = with_indicator(nota, "V3", lambda indicator: replace(indicator, definition="Alle meldingen."))
        first, *others = nota.topics
        return replace(nota, topics=(replace(first, name="Anders genoemd"), *others))

    adopt_version_of(real, change, by=adopter, editor=keeper)
    before = everything()
    _, report = load_again()
    assert report.added == {} and everything() == before
    text = "\n".join(report.differences)
    for words in (
        "meting V5 absoluut 2022: in het bestand ‘305’, hier ‘307’",
        "streefwaarde 2020: in het bestand ‘<4.500’, hier ‘4.600’",
        "hier ‘Alle meldingen.’",
        "hier ‘Anders genoemd’",
    ):
        assert words in text
    assert "V4" not in text, "the explanation at V4 is no difference with the file"


def test_missing_published_figures_are_added(real):
    def more(data):
        figures = [{"indicator": "V3", "component": "", "value": "4.100", "note": "tabel 1"}]
        data["taken_over"].append(
            {"year": 2021, "source": "Open data", "retrieved_on": "2026-11-24", "figures": figures}
        )

    _, report = load_again(more)
    assert (report.added, report.differences) == ({"overgenomen cijfer": 1}, [])
    assert str(revision_of(real, "V3", 2021).entry.edition) == "2021-2"
    assert Decision.objects.of(real).last().kind == "taken_over"


def test_a_figure_that_stands_there_already_is_not_taken_over(real, officer):
    def more(data):
        figures = [{"indicator": "V3", "component": "", "value": "4.444", "note": "tabel 1"}]
        data["taken_over"].append(
            {"year": 2019, "source": "Open data", "retrieved_on": "2026-11-24", "figures": figures}
        )

    record(real, "V3", 2019, "4.400", by=officer)
    _, report = load_again(more)
    assert "overgenomen cijfer" not in report.added
    assert report.differences == ["meting V3 2019: in het bestand ‘4.444’, hier ‘4.400’"]


def test_a_new_indicator_in_the_file_is_listed_and_its_figures_are_not_taken_over(real):
    def more(data):
        like = indicator_of(data, "V3")
        part = like["components"][0] | {"key": "v22"}
        data["topics"][0]["indicators"].append(like | {"code": "V22", "name": "Nieuw", "components": [part]})
        figures = [{"indicator": "V22", "component": "", "value": "4.100", "note": "tabel 1"}]
        data["taken_over"].append(
            {"year": 2021, "source": "Open data", "retrieved_on": "2026-11-24", "figures": figures}
        )

    before = everything()
    _, report = load_again(more)
    assert report.added == {} and everything() == before
    assert any("V22 Nieuw" in line for line in report.differences)
    assert "reeks V22: in het bestand ‘heeft cijfers’, hier ‘ontbreekt’" in report.differences


def test_of_a_list_only_what_differs_is_listed(real, adopter, keeper):
    first, *others = read_fixture(FILE)["topics"][0]["approach"]

    def change(nota):
        topic = nota.topics[0]
        return replace(nota, topics=(replace(topic, approach=("Iets eigens.", *others)), *nota.topics[1:]))

    adopt_version_of(real, change, by=adopter, editor=keeper, kind="editorial")
    [difference] = load_again()[1].differences
    assert f"in het bestand ‘{first}’, hier ‘Iets eigens.’" in difference
    assert others[0] not in difference


def test_themes_are_as_the_nota_lists_them(real):
    themes = {row.name: row for row in Priority.objects.filter(version=real.version, kind="theme")}
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
    of_priorities = Priority.objects.filter(version=real.version, kind="priority").order_by("number")
    assert [len(row.approach) for row in of_priorities] == [12, 6, 9, 5]


def test_another_kadernota_is_data_not_code(real):
    kadernota, report = load_again(lambda data: data.update(slug="elders-2018-2022", taken_over=[]))
    assert report.added["indicator"] == 21 and kadernota.pk != real.pk
    assert not Measurement.objects.of(kadernota).exists()
    assert Source.objects.count() == 5, "sources are shared by the kadernota's of an organisation"
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: indicator_of(data, "V3")["components"][0]["targets"].update({"2019": "<4,500"}),
        lambda data: indicator_of(data, "V3")["printed"].update({"2019": "<4.600"}),
        lambda data: data["taken_over"][0]["figures"].append(
            {"indicator": "V3", "component": "", "value": "", "note": "leeg"}
        ),
        lambda data: data.update(surprise=1),
        lambda data: indicator_of(data, "V3").update(code="V4"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_as_a_whole(spoil, real):
    data = read_fixture(FILE) | {"slug": "elders"}
    spoil(data)
    before = everything()
    with pytest.raises(NotaRefused) as caught:
        load_kadernota(data=data, now=NOW)
    assert all(finding.sentence and finding.code for finding in caught.value.findings)
    assert everything() == before


@pytest.mark.parametrize("slug", ["Nieuw 2018/..", "", "beheer", "inloggen", "é"])
def test_what_cannot_be_an_address_is_refused(db, slug):
    """An invalid slug would break every page; the address of a page would hide the kadernota."""
    with pytest.raises(NotaRefused, match="adres"):
        load_kadernota(data=read_fixture(FILE) | {"slug": slug}, now=NOW)


def test_the_stored_nota_is_written_back_as_the_file(real):
    data = read_fixture(FILE)
    del data["taken_over"]
    assert write_nota(nota_of(real.version)) == data
