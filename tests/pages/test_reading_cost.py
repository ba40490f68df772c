"""The queries of a page: as few as intended, and no more for ten times as many indicators."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from indicators.readmodel.cache import clear_cache
from tests.cast import PRACTICE, REAL
from tests.pages.notas import load_large

# In a process that has just begun: the head of the chain, and the read model: the chain, the structure of its version
# (5), figures, lines. After that only the head; also of another page. For an officer also the log-in (session, user),
# the rights and the drafts, of a priority those of its lines, and of an indicator its revisions.
FIRST, MADE, OFFICER = (9, 9, 9), (1, 1, 1), (5, 6, 6)
FIRST_OFFICER = (13, 14, 14)
# Of an edition that is looked back at, also the chain, figures and lines until then.
FIRST_BACK, MADE_BACK = (12, 12, 12), (4, 1, 1)


@pytest.fixture
def large(db) -> str:
    """Return the real kadernota with each indicator ten times."""
    return load_large().slug


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
    with django_assert_num_queries(9):
        client.get(f"/{REAL}/", {"vers": 1})
    ask(client, large, (9, 1, 1), django_assert_num_queries)


def test_looking_back_at_an_edition_costs_three_queries_more(
    client: Client, real, practice, large: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug, edition in ((REAL, "2020-1"), (large, "2020-1"), (PRACTICE, "2020-2")):
        ask(client, slug, FIRST_BACK, django_assert_num_queries, cold=True, asked={"editie": edition})
    # Of another edition: the chain, figures and lines until then.
    ask(client, PRACTICE, MADE_BACK, django_assert_num_queries, asked={"editie": "2020-1"})


def test_an_officer_in_a_process_that_has_just_begun(
    client: Client, real, large: str, officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer)
    for slug in (REAL, large):
        ask(client, slug, FIRST_OFFICER, django_assert_num_queries, cold=True)
