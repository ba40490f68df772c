"""The comparison of two editions shows the differences between their read models."""

import pytest
from django.test import Client
from django.urls import reverse

from indicators.actions.loading import load_kadernota
from indicators.domain.nota import read_file
from indicators.domain.shipped import file_hash
from indicators.models import Edition
from indicators.pages.compare.page import Comparison, Difference, compare_editions, comparison_sentence
from indicators.readmodel.differences import Change, differences
from indicators.readmodel.public import overview_at as state_at
from indicators.readmodel.public import public_overview
from indicators.readmodel.rows import Overview
from tests.cast import NOW, PRACTICE, REAL, errata_of, read_fixture, record
from tests.pages.test_reading import check, page
from tests.version_steps import adopt_target, below, rejudge

PATH = f"/{PRACTICE}/vergelijken/"


def overview_at(kadernota, label: str) -> Overview:
    newest = public_overview(kadernota)
    (edition,) = [edition for edition in newest.editions if edition.label == label]
    return state_at(kadernota, newest, edition.sequence)


def compare(before: Overview, after: Overview) -> Comparison:
    return compare_editions(before, after, differences(before, after))


def compared(kadernota, before: str, after: str) -> Comparison:
    return compare(overview_at(kadernota, before), overview_at(kadernota, after))


def test_the_errata_of_an_edition_are_what_it_says(practice) -> None:
    lines = compared(practice, "2020-1", "2020-2").rows
    errata = errata_of(practice, Edition.objects.get(kadernota=practice, year=2020, number=2))
    changes = {
        Difference.CHANGED: [one for one in errata if one.change is Change.ERRATUM],
        Difference.ADDED: [one for one in errata if one.change is Change.ADDITION],
    }
    for kind, expected in changes.items():
        mine = [(line.code, line.year, line.before, line.after) for line in lines if line.difference is kind]
        assert expected and mine == [(one.code, one.year, one.old_printed, one.new_printed) for one in expected]


def test_every_difference_over_years_and_nothing_else(practice) -> None:
    before, after = overview_at(practice, "2019-1"), overview_at(practice, "2021-1")
    lines = {(line.code, line.name, line.year): line for line in compare(before, after).rows}
    seen = 0
    for row in after.all_rows:
        for part in row.components:
            name = f"{row.name}: {part.name}" if part.name else row.name
            for year, new in part.figures.items():
                old = next(p for p in before.row(row.code).components if p.series == part.series).figures[year]
                line = lines.get((row.code, name, year))
                same = (old.value, old.target, old.explanation) == (new.value, new.target, new.explanation)
                assert (line is None) == same, (row.code, year)
                if line:
                    seen += 1
                    assert (line.before, line.after) == (old.printed, new.printed)
                    assert line.status_changed == (old.status is not new.status)
    assert seen == len(lines) > 20


def test_the_page_says_it(client: Client, practice) -> None:
    read = page(client, PATH, van="2020-1", naar="2020-2")
    check(read)
    comparison = compared(practice, "2020-1", "2020-2")
    assert comparison_sentence(comparison) in read.text
    assert comparison_sentence(comparison) == (
        "Tussen editie 2020-1 en editie 2020-2 veranderden 2 cijfers en kwam er 1 cijfer bij. "
        "2 oordelen die er al stonden, werden daardoor anders."
    )
    rows = [[text for _, _, text in row] for row in read.rows if row and row[0][2].startswith("V13 ")]
    assert rows[0][1:4] == ["2020", "15", "19"]
    assert rows[0][4] == "was ✓ Op koers werd ✗ Niet op koers"
    assert read.title.startswith("OEFENGEMEENTE – Wat is er veranderd tussen editie 2020-1 en 2020-2?")


def test_the_order_asked_for_does_not_matter(client: Client, practice) -> None:
    one = page(client, PATH, van="2020-1", naar="2020-2").text
    assert page(client, PATH, van="2020-2", naar="2020-1").text == one


def test_without_a_choice_the_newest_and_the_one_before(client: Client, practice) -> None:
    assert "tussen editie 2021-1 en 2022-1?" in page(client, PATH).title
    assert "tussen editie 2020-1 en 2020-2?" in page(client, PATH, naar="2020-2").title
    assert "tussen editie 2018-1 en 2019-1?" in page(client, PATH, naar="2018-1").title


def test_the_same_edition_twice(client: Client, practice) -> None:
    read = page(client, PATH, van="2020-1", naar="2020-1")
    assert "Dit is twee keer dezelfde editie." in read.text and "Veranderde cijfers" not in read.text


def test_a_changed_target_is_shown_with_its_decision(client: Client, practice, keeper, officer, adopter) -> None:
    adopt_target(practice, "V8", 2020, below(200), keeper=keeper, adopter=adopter)
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    (line,) = [line for line in compared(practice, "2020-2", "2020-3").rows if (line.code, line.year) == ("V8", 2020)]
    assert line.difference is Difference.TARGET and (line.target_before, line.target_after) == ("<350", "<200")
    text = page(client, PATH, van="2020-2", naar="2020-3").text
    assert "streefwaarde <350" in text and "streefwaarde <200" in text and "veranderde 1 streefwaarde" in text
    # The version came after edition 2022-1: the comparison of older editions does not change.
    assert not [line for line in compared(practice, "2020-1", "2020-2").rows if line.code == "V8"]
    newer = page(client, PATH, van="2022-1", naar="2020-3").text
    assert "Wat er in de kadernota veranderde" in newer and "streefwaarde 2020" in newer and "Raad 7" in newer


@pytest.mark.parametrize("query", ["van=2020-9", "naar=x", "van=2020-1&naar=2099-1"])
def test_an_edition_that_is_not_there_is_404(client: Client, practice, query: str) -> None:
    assert client.get(f"{PATH}?{query}").status_code == 404


def test_nothing_of_a_draft_whoever_looks(client: Client, practice, officer) -> None:
    record(practice, "V9", 2022, "98.765", by=officer, explanation="Geheimzinnig.")
    for _ in range(2):
        html = client.get(PATH).content.decode()
        assert "98.765" not in html and "Geheimzinnig" not in html
        client.force_login(officer)


def test_with_fewer_than_two_editions_it_says_so(client: Client, practice, real) -> None:
    first = Edition.objects.of(real).first()
    assert first is not None and Edition.objects.of(real).count() == 5
    data = read_fixture("kadernota_2018_2022") | {"slug": "leeg", "taken_over": []}
    load_kadernota(data=data, now=NOW, known=[file_hash(read_file(data))])
    read = page(client, "/leeg/vergelijken/")
    check(read)
    assert "Er is nog geen editie." in read.text


def test_links_lead_here(client: Client, practice, real) -> None:
    older = page(client, reverse("kadernota", args=[PRACTICE]), editie="2020-1")
    assert f"{PATH}?van=2020-1" in older.links
    assert PATH in page(client, reverse("kadernota", args=[PRACTICE])).links
    assert reverse("vergelijken", args=[REAL]) in page(client, reverse("kadernota", args=[REAL])).links


def test_two_read_models_without_an_edition_are_not_compared(practice) -> None:
    with pytest.raises(ValueError, match="two editions"):
        compare(overview_at(practice, "2020-1"), public_overview(practice))
    with pytest.raises(ValueError, match="earlier one first"):
        compare(overview_at(practice, "2020-2"), overview_at(practice, "2020-1"))
