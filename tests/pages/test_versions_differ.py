"""A year that is judged under an older version than the newest says where they differ (rules 3 and 13)."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from indicators.domain.nota import Baseline, Nota
from indicators.domain.notation import read_typed
from indicators.domain.values import Unit, UnitKind
from tests.cast import PRACTICE, REAL, adopt_version_of, record, with_component, with_indicator
from tests.pages.test_reading import check, page, paths_of
from tests.version_steps import rejudge

pytestmark = pytest.mark.django_db
INDICATOR, PRIORITY = reverse("indicator", args=[PRACTICE, "V3"]), reverse("prioriteit", args=[PRACTICE, 1])
OLDER = "2020 is beoordeeld volgens versie 1 van de kadernota; de nieuwste is versie 2."


def stricter(nota: Nota) -> Nota:
    return with_component(nota, "V3", targets={2020: "<4.000"})


@pytest.fixture
def changed(practice, keeper, adopter) -> None:
    """The target of V3 for 2020 was <4.500 in the nota; version 2 made it <4.000 after 2020 was judged."""
    adopt_version_of(practice, stricter, by=adopter, editor=keeper, on=date(2022, 3, 14))


def test_a_later_target_is_named_where_the_old_one_counts(client: Client, changed) -> None:
    note = "streefwaarde later gewijzigd: <4.000, raad 2020-14, 14 maart 2022"
    for path in (INDICATOR, PRIORITY):
        read = page(client, path, jaar=2020)
        check(read)
        assert note in read.text and OLDER in read.text
        assert "<4.500" in read.text
    assert note[0].upper() + note[1:] in page(client, INDICATOR, jaar=2020).text, "beside the verdict"


def test_after_judging_again_the_old_target_is_named(client: Client, changed, practice, keeper, adopter) -> None:
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    for path in (INDICATOR, PRIORITY):
        read = page(client, path, jaar=2020)
        assert "streefwaarde gewijzigd: was <4.500, raad 2020-14, 14 maart 2022" in read.text
        assert "<4.000" in read.text and OLDER not in read.text and "later gewijzigd" not in read.text


def test_looking_back_shows_no_later_version(client: Client, changed) -> None:
    read = page(client, INDICATOR, editie="2020-2")
    assert "later gewijzigd" not in read.text and OLDER not in read.text


def test_without_another_version_nothing_is_said(client: Client, practice) -> None:
    for path in (INDICATOR, PRIORITY):
        text = page(client, path, jaar=2020).text
        assert "streefwaarde gewijzigd" not in text and "is beoordeeld volgens" not in text


def test_an_editorial_version_judges_nothing(client: Client, practice, keeper, adopter) -> None:
    def change(nota: Nota) -> Nota:
        return with_indicator(nota, "V3", lambda row: replace(row, definition="Beter uitgelegd."))

    adopt_version_of(practice, change, by=adopter, editor=keeper, kind="editorial")
    text = page(client, INDICATOR, jaar=2020).text
    assert "Beter uitgelegd." in text and "is beoordeeld volgens" not in text


def test_the_verdict_names_the_baseline_that_it_counts_with(client: Client, practice, keeper, adopter) -> None:
    value = read_typed("4.000", Unit(UnitKind.COUNT)).value

    def change(nota: Nota) -> Nota:
        nota = with_component(nota, "V3", baseline=Baseline(2017, value))
        cells = lambda row: {year: cell for year, cell in row.printed.items() if year != 2017}  # noqa: E731
        return with_indicator(nota, "V3", lambda row: replace(row, printed=cells(row)))

    adopt_version_of(practice, change, by=adopter, editor=keeper)
    text = page(client, INDICATOR, jaar=2020).text
    assert "4.714. De nieuwste versie van de kadernota noemt 4.000." in text


def test_a_series_added_after_its_year_was_judged(client: Client, practice, officer, keeper, adopter) -> None:
    def change(nota: Nota) -> Nota:
        first = nota.topics[0]
        row = next(row for row in first.indicators if row.code == "V3")
        (component,) = row.components
        more = replace(row, code="V30", name="Nieuw", components=(replace(component, key="v30"),))
        return replace(nota, topics=(replace(first, indicators=(*first.indicators, more)), *nota.topics[1:]))

    adopt_version_of(practice, change, by=adopter, editor=keeper)
    read = page(client, PRIORITY, jaar=2020)
    check(read)
    assert "Later toegevoegd" in read.text
    own = page(client, reverse("indicator", args=[PRACTICE, "V30"]), jaar=2020)
    check(own)
    assert "Deze indicator is later aan de kadernota toegevoegd; 2020 was toen al beoordeeld." in own.text
    client.force_login(officer)
    assert "V30" not in client.get(reverse("mijn-werk", args=[PRACTICE]), {"jaar": 2020}).content.decode()


def test_a_kadernota_that_was_taken_over_is_never_called_adopted(client: Client, real) -> None:
    places = [*paths_of(REAL), f"/{REAL}/besluiten/", f"/{REAL}/feed/"]
    for path in [*places, *(f"/{REAL}/editie/{year}-1/" for year in range(2018, 2023))]:
        html = client.get(path, {"jaar": 2020}).content.decode()
        assert "vastgesteld op" not in html.lower(), path
    edition = page(client, f"/{REAL}/editie/2020-1/")
    assert "versie 1 van de kadernota, overgenomen op" in edition.text.lower()
    assert "overgenomen" in page(client, f"/{REAL}/besluiten/").text.lower()


def test_a_change_of_a_version_that_was_taken_over_says_who_decided(client: Client, real, keeper, adopter) -> None:
    adopt_version_of(real, stricter, by=adopter, editor=keeper, on=date(2022, 3, 14))
    text = page(client, reverse("indicator", args=[REAL, "V3"]), jaar=2020).text
    assert "streefwaarde later gewijzigd: <4.000, raad 2020-14, 14 maart 2022" in text


@pytest.mark.parametrize("figure", ["3.900", "4.600"])
def test_a_draft_is_judged_under_the_version_of_its_year(client, changed, practice, officer, figure: str) -> None:
    record(practice, "V3", 2020, figure, explanation="Herteld.", by=officer)
    client.force_login(officer)
    assert "<4.500" in page(client, INDICATOR, jaar=2020).text
