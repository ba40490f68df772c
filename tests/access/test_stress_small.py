"""Four people enter the same figures at once, through the real form. `make stress` has 32 and a real server."""

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
def worked(live_server) -> list[Person]:
    """What four people did who entered figures at the same time."""
    plan, address = prepare(2), urlsplit(live_server.url)
    people = [
        Person(
            str(address.hostname),
            int(address.port or 0),
            number,
            plan["people"][number % 2],
            plan["password"],
            plan["path"],
            plan["components"][:2],
        )
        for number in range(CLIENTS)
    ]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda person: person.work(EDITS, time.monotonic() + 60), people))
    for person in people:
        person.close()
    return people


def test_nothing_is_lost_and_a_loss_would_be_seen(worked: list[Person]) -> None:
    edits = [edit for person in worked for edit in person.told()]
    saved = [edit for edit in edits if edit["outcome"] == "saved"]
    assert len(edits) == CLIENTS * EDITS and len(saved) >= EDITS
    assert not [status for person in worked for status in person.statuses if status >= 500]
    assert any(person.statuses[409] for person in worked), "they never met"
    assert losses(edits) == []
    # Negative controls: a figure that stands over another than its writer saw, and one that vanishes.
    stale = next(edit for edit in edits if edit["outcome"] == "saved" and edit["seen"])
    assert any("LOST UPDATE" in fault for fault in losses([*edits, stale | {"seen": None}]))
    drop_triggers(connection)
    gone = Measurement.objects.get(explanation=last_saved(edits))
    gone.delete()
    assert any(fault.startswith("LOST:") for fault in losses(edits))


def last_saved(edits: list[dict]) -> str:
    """The explanation of a saved figure that nothing replaced."""
    current = set(Measurement.objects.filter(replaced_by__isnull=True).values_list("explanation", flat=True))
    return next(edit["text"] for edit in edits if edit["outcome"] == "saved" and edit["text"] in current)
