"""The queries of method, comparison, search and feed: as many for ten times as many indicators."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.actions.adopting import take_over
from indicators.models import Edition
from indicators.readmodel.cache import clear_cache
from tests.cast import NOW, PRACTICE, REAL, entry_of
from tests.pages.notas import load_large
from tests.pages.test_reading import page

# For a process that has just begun: the head of the chain, and the read model: the chain, the structure of its version
# (5), figures, lines. All that these pages show follows from it.
COST = {
    "zoeken/?q=woning": 9,
    "feed/": 9,
    "vergelijken/": 12,  # of the earlier edition also: the chain, figures, lines
    "prioriteit/1/tabel.csv": 9,
    "themas/": 9,
    "thema/2/": 9,
    "vth/": 9,
    "V5/2020-1/": 9,
}


@pytest.fixture
def large(db) -> str:
    """Return the real kadernota with each indicator ten times."""
    return load_large().slug


def cost_of(client: Client, address: str) -> int:
    clear_cache()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code in (200, 302), address
    return len(captured)


@pytest.mark.parametrize("address", COST)
def test_a_fixed_number_of_queries(client: Client, real, practice, large: str, address: str) -> None:
    costs = [cost_of(client, f"/{slug}/{address}") for slug in (REAL, large)]
    assert costs == [COST[address]] * 2


def test_how_we_judge_costs_two_read_models_at_most(client: Client, real, practice, large: str) -> None:
    costs = [cost_of(client, f"/{slug}/hoe-wij-oordelen/") for slug in (REAL, large, PRACTICE)]
    # The newest decision, the head, its read model (8); and to find the practice one (2), its head and read model.
    assert costs == [21, 21, 11]


def test_comparing_does_not_cost_more_with_more_editions(client: Client, real) -> None:
    before = cost_of(client, f"/{REAL}/vergelijken/")
    for number in range(5):
        take_over(
            kadernota=real,
            year=2018 + number,
            source="Open data",
            retrieved_on=NOW.date(),
            now=NOW,
            figures=[(entry_of(real, "V9", 2018 + number, "500"), "tabel")],
        )
    assert Edition.objects.of(real).count() == 10
    assert cost_of(client, f"/{REAL}/vergelijken/") == before
    assert "tussen editie 2021-2 en 2022-2?" in page(client, f"/{REAL}/vergelijken/").title
