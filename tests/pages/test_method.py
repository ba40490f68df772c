"""The page about the method: every rule of the code once, with a true example; adopted figures only."""

import ast
import inspect

import pytest
from django.test import Client
from django.urls import reverse

from indicators.domain import assessment
from indicators.domain.assessment import Status
from indicators.domain.statuses import NO_VALUE_WORDS, RULES, STATUSES
from indicators.models import Reading
from indicators.pages.method.page import build_method, example_text, find_example
from tests.cast import PRACTICE, REAL, overview_of, record
from tests.pages.reading_html import Page
from tests.pages.test_reading import check, page


def rules_in_the_code() -> dict[int, Status]:
    """Return every pair of a status and a rule that `status_and_rule` returns, from its source."""
    tree = ast.parse(inspect.getsource(assessment.status_and_rule))
    pairs = [node.value.elts for node in ast.walk(tree) if isinstance(node, ast.Return)]
    return dict(sorted((number.value, Status[status.attr]) for status, number in pairs))


def rule_rows(read: Page) -> list[list[str]]:
    """Return the rows of the table of rules, as texts."""
    return [[text for _, _, text in row] for row in read.rows if row and row[0][1] == "rule"]


@pytest.mark.engine_free
def test_the_texts_are_of_the_rules_of_the_code() -> None:
    assert rules_in_the_code() == RULES
    assert list(RULES) == sorted(rules_in_the_code()) == list(range(1, 8))


@pytest.mark.parametrize("slug", ["", REAL, PRACTICE])
def test_each_rule_of_the_code_is_on_the_page_once(client: Client, real, practice, slug: str) -> None:
    path = reverse("hoe-wij-oordelen-hier", args=[slug]) if slug else reverse("hoe-wij-oordelen")
    read = page(client, path)
    check(read)
    rows = rule_rows(read)
    assert [row[0] for row in rows] == [f"Regel {number}" for number in rules_in_the_code()]
    for row, (number, status) in zip(rows, rules_in_the_code().items(), strict=True):
        assert row[1] == STATUSES[RULES[number]].condition
        assert STATUSES[status].word in row[2] and STATUSES[status].sign in row[2]
        assert STATUSES[status].final_word in row[2]
        assert "Nog geen." not in row[3]


def test_every_word_and_sign_is_explained(client: Client, real) -> None:
    read = page(client, reverse("hoe-wij-oordelen"))
    for status in Status:
        assert f"{STATUSES[status].sign} {STATUSES[status].word}" in read.text
    for words in NO_VALUE_WORDS.values():
        assert f"‘{words}’" in read.text
    for words in ("in reeksen", "groter dan hier is berekend", "p < 0,05", "Wilson", "500", "Voorlopig", "Afgeschermd"):
        assert words in read.text


def test_the_examples_are_what_the_rows_say(client: Client, real, practice) -> None:
    overview, other = overview_of(real), overview_of(practice)
    rows = rule_rows(page(client, reverse("hoe-wij-oordelen")))
    invented = 0
    for number, row in enumerate(rows, start=1):
        example = find_example(overview, number)
        invented += example is None
        indicator, part, figure = example or find_example(other, number)
        assert figure.assessment.rule == number
        assert f"{indicator.code} {indicator.name}" in row[3] and example_text(part, figure) in row[3]
        assert row[3].startswith("Verzonnen") == (example is None)
    assert 0 < invented < len(rows), "both kinds are on the page"


def test_the_example_of_rule_four_is_the_real_one(client: Client, real) -> None:
    row = rule_rows(page(client, reverse("hoe-wij-oordelen")))[3]
    assert "in 2021 meting 241, streefwaarde <500, nulmeting 565 (2017)" in row[3]


def test_without_another_kadernota_a_rule_has_no_example(real) -> None:
    page = build_method(overview_of(real), None)
    assert page.rules[4].example is None and page.rules[3].example is not None


def test_drafts_are_never_an_example(client: Client, practice, officer) -> None:
    record(practice, "V8", 2022, "98.765", by=officer, explanation="Geheim.")
    path = reverse("hoe-wij-oordelen-hier", args=[PRACTICE])
    public = client.get(path).content
    client.force_login(officer)
    assert b"98.765" not in public and b"98.765" not in client.get(path).content
    assert find_example(overview_of(practice), 7) is not None


def test_unclear_places_are_listed_with_their_indicators(client: Client, real) -> None:
    read = page(client, reverse("hoe-wij-oordelen"))
    for reading in Reading.objects.filter(version=real.version):
        assert " ".join(reading.question.split()) in read.text
    assert any(link.startswith(reverse("indicator", args=[REAL, "V20"])) for link in read.links)


def test_the_page_names_itself_and_is_linked_from_everywhere(client: Client, real) -> None:
    assert page(client, reverse("hoe-wij-oordelen")).title.startswith("Hoe wij oordelen")
    for path in (reverse("kadernota", args=[REAL]), reverse("indicator", args=[REAL, "V5"])):
        assert reverse("hoe-wij-oordelen-hier", args=[REAL]) in page(client, path).links
