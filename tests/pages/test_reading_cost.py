"""The queries of a page: as few as intended, and no more for ten times as many indicators."""

import copy

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from indicators.actions.loading import load_kadernota
from indicators.readmodel.cache import clear_cache
from tests.cast import NOW, PRACTICE, REAL, read_fixture

TIMES = 10
# The first after a change: the stamp, the kadernotas with their texts, what is adopted, what it is judged by; of a
# priority also the lines of the programme. Then of another kadernota only the last three. Made anew after that: only
# the stamp. For an officer also the log-in (session, user), the rights and the drafts, and of an indicator its
# revisions.
FIRST, OTHER, MADE, OFFICER = (4, 5, 4), (3, 2, 1), (1, 1, 1), (5, 6, 6)
FIRST_OFFICER = (8, 9, 9)
# Of an edition that is looked back at, also the edition itself.
FIRST_BACK, MADE_BACK = (5, 6, 5), (2, 3, 2)


@pytest.fixture
def large(db) -> str:
    """Return the real kadernota with each indicator ten times."""
    data = read_fixture("kadernota_2018_2022") | {"slug": "groot", "readings": []}
    for priority in data["priorities"]:
        cached = priority["indicators"]
        priority["indicators"] = [
            copy.deepcopy(item) | {"code": item["code"] + suffix}
            for suffix in ["", *(f"-{number}" for number in range(1, TIMES))]
            for item in cached
        ]
    return load_kadernota(data=data, now=NOW)[0].slug


def ask(client: Client, slug: str, expected: tuple[int, int, int], count: DjangoAssertNumQueries, **way) -> list[int]:
    """Request the three pages and count the queries; return the size of each. `cold` clears the caches first."""
    sizes = []
    paths = (reverse("kadernota", args=[slug]), reverse("prioriteit", args=[slug, 1]), f"/{slug}/indicator/V5/")
    for path, queries in zip(paths, expected, strict=True):
        if way.get("cold"):
            clear_cache()
        with count(queries):  # the word that no page knows: a page that is not kept
            sizes.append(len(client.get(path, {"jaar": 2022, "vers": 1} | way.get("asked", {})).content))
    return sizes


def test_queries_do_not_grow_with_the_indicators(
    client: Client, real, large: str, officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small_sizes = ask(client, REAL, FIRST, django_assert_num_queries, cold=True)
    large_sizes = ask(client, large, FIRST, django_assert_num_queries, cold=True)
    assert large_sizes[0] > 5 * small_sizes[0] / 2  # it really shows them all
    assert large_sizes[1] > 5 * small_sizes[1] / 2
    for slug in (REAL, large):
        client.logout()
        for path in (f"/{slug}/", f"/{slug}/prioriteit/1/", f"/{slug}/indicator/V5/"):
            client.get(path, {"jaar": 2022})
        ask(client, slug, MADE, django_assert_num_queries)
        client.force_login(officer)
        ask(client, slug, OFFICER, django_assert_num_queries)


def test_a_page_of_another_kadernota_loads_only_its_own(
    client: Client, real, large: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clear_cache()
    with django_assert_num_queries(4):
        client.get(f"/{REAL}/", {"vers": 1})
    ask(client, large, OTHER, django_assert_num_queries)


def test_looking_back_at_an_edition_costs_one_query_more(
    client: Client, real, practice, large: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug, edition in ((REAL, "2020-1"), (large, "2020-1"), (PRACTICE, "2020-2")):
        ask(client, slug, FIRST_BACK, django_assert_num_queries, cold=True, asked={"editie": edition})
    # What one edition was made from, every other one is made from too.
    ask(client, PRACTICE, MADE_BACK, django_assert_num_queries, asked={"editie": "2020-1"})


def test_an_officer_in_a_process_that_has_just_begun(
    client: Client, real, large: str, officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer)
    for slug in (REAL, large):
        ask(client, slug, FIRST_OFFICER, django_assert_num_queries, cold=True)
