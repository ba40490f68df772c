"""What a page asks of the database: as little as was meant, and for ten times as many indicators not one query more."""

import copy

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from indicators.loading import load_kadernota
from indicators.stamps import forget
from tests.cast import NOW, REAL, read_fixture

TIMES = 10
# The first after a change: the stamp, kadernota, five of the read model, the footer; of the start page the parts, of a
# priority itself and the programme (2); an indicator's own four. Made anew after that: only the stamp. For an officer
# also the log-in (session, user), the rights (own, of the groups), editions and figures, of a priority the programme
# with its drafts, and of an indicator its revisions.
FIRST, MADE, OFFICER = (9, 11, 12), (1, 1, 1), (7, 9, 8)


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


def ask(client: Client, slug: str, expected: tuple[int, int, int], count: DjangoAssertNumQueries, **way) -> list[int]:
    """Ask for the three pages, counting; gives the size of each. With `cold`, as a process does that has just begun."""
    sizes = []
    paths = (reverse("kadernota", args=[slug]), reverse("prioriteit", args=[slug, 1]), f"/{slug}/indicator/V5/")
    for path, queries in zip(paths, expected, strict=True):
        if way.get("cold"):
            forget()
        with count(queries):  # the word that no page knows: a page that is not kept
            sizes.append(len(client.get(path, {"jaar": 2022, "vers": 1}).content))
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
