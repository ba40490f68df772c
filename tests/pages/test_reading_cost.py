"""Ten times as many indicators cost not one query more."""

import copy

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from indicators.loading import load_kadernota
from tests.cast import NOW, REAL, read_fixture

TIMES = 10
# start and priority: kadernota, five of the read model, the footer; the priority itself; an indicator's own four.
START, PRIORITY, INDICATOR = 7, 8, 11


@pytest.fixture
def large(db) -> str:
    """The real kadernota with each indicator ten times."""
    data = read_fixture("kadernota_2018_2022") | {"slug": "groot", "readings": []}
    for priority in data["priorities"]:
        once = priority["indicators"]
        priority["indicators"] = [
            copy.deepcopy(item) | {"code": item["code"] + suffix}
            for suffix in ["", *(f"-{number}" for number in range(1, TIMES))]
            for item in once
        ]
    return load_kadernota(data=data, now=NOW)[0].slug


def ask(client: Client, slug: str, count: DjangoAssertNumQueries) -> list[int]:
    """Ask for the three pages, counting; gives the size of each."""
    sizes = []
    for path, expected in (
        (reverse("kadernota", args=[slug]), START),
        (reverse("prioriteit", args=[slug, 1]), PRIORITY),
        (reverse("indicator", args=[slug, "V5"]), INDICATOR),
    ):
        with count(expected):
            sizes.append(len(client.get(path, {"jaar": 2022}).content))
    return sizes


def test_queries_do_not_grow_with_the_indicators(
    client: Client, real, large: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small_sizes = ask(client, REAL, django_assert_num_queries)
    large_sizes = ask(client, large, django_assert_num_queries)
    assert large_sizes[0] > 5 * small_sizes[0] / 2  # it really shows them all
    assert large_sizes[1] > 5 * small_sizes[1] / 2
