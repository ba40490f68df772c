"""The queries of method, comparison, search and feed: as many for ten times as many indicators."""

import copy

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.actions import take_over
from indicators.actions.loading import load_kadernota
from indicators.models import Edition
from indicators.readmodel.cache import clear_cache
from tests.cast import NOW, PRACTICE, REAL, entry_of, read_fixture
from tests.pages.test_reading import page

# For a process that has just begun. Each: the stamp, the kadernotas (for some also their own); and with it:
COST = {
    "zoeken/?q=woning": 6,  # the read model (2), the lines of the programme, readings
    "feed/": 4,  # the editions, their figures; there is no footer
    "vergelijken/": 7,  # the editions, what both read models are made of (2), the lines of the programme
    "prioriteit/1/tabel.csv": 4,  # the read model (2)
    "themas/": 5,  # the read model, the lines of the programme
    "thema/2/": 5,
    "vth/": 5,
    "V5/2020-1/": 3,  # the edition, the indicator; neither stamp nor footer
}


@pytest.fixture
def large(db) -> str:
    """Return the real kadernota with each indicator ten times."""
    data = read_fixture("kadernota_2018_2022") | {"slug": "groot"}
    for priority in data["priorities"]:
        priority["indicators"] = [
            copy.deepcopy(item) | {"code": item["code"] + suffix}
            for suffix in ["", *(f"-{number}" for number in range(1, 10))]
            for item in priority["indicators"]
        ]
    return load_kadernota(data=data, now=NOW)[0].slug


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
    # The stamp, the kadernota, its read model, the practice one with its read model, readings, the footer.
    assert costs == [9, 9, 6]


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
