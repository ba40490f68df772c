"""Four users edit the same figures at the same time through the form. `make stress` has 32, and a real server."""

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection

from indicators.models import Measurement
from indicators.models.guards import drop_triggers
from tests.stress_check import losses, prepare
from tests.stress_client import Person

CLIENTS, EDITS = 4, 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(live_server) -> list[Person]:
    """Return four users after they edited the same figures at the same time."""
    plan, address = prepare(2), urlsplit(live_server.url)
    people = [
        Person(
            host=str(address.hostname),
            port=int(address.port or 0),
            number=number,
            username=plan["people"][number % 2],
            password=plan["password"],
            path=plan["path"],
            components=plan["components"][:2],
        )
        for number in range(CLIENTS)
    ]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda person: person.work(EDITS, time.monotonic() + 60), people))
    for person in people:
        person.close()
    return people


def test_nothing_is_lost_and_a_loss_would_be_seen(people: list[Person]) -> None:
    edits = [edit for person in people for edit in person.edits_as_dicts()]
    saved = [edit for edit in edits if edit["outcome"] == "saved"]
    assert len(edits) == CLIENTS * EDITS and len(saved) >= EDITS
    assert not [status for person in people for status in person.statuses if status >= 500]
    assert any(person.statuses[409] for person in people), "they never met"
    assert losses(edits) == []
    # Negative controls: a figure that replaced another one than its writer saw, and one that is deleted.
    stale = next(edit for edit in edits if edit["outcome"] == "saved" and edit["seen"])
    assert any("LOST UPDATE" in fault for fault in losses([*edits, stale | {"seen": None}]))
    drop_triggers(connection)
    Measurement.objects.get(explanation=last_saved(edits)).delete()
    assert any(fault.startswith("LOST:") for fault in losses(edits))


def last_saved(edits: list[dict]) -> str:
    """Return the explanation of a saved figure that nothing replaced."""
    current = set(Measurement.objects.filter(replaced_by__isnull=True).values_list("explanation", flat=True))
    return next(edit["text"] for edit in edits if edit["outcome"] == "saved" and edit["text"] in current)
