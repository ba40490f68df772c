"""Two adopters press the button at the same moment: there is one edition, and both see which."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from indicators.models import AuditEvent, Edition
from tests.cast import DATE_QUESTIONS, load_practice_kadernota, make_user, record

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_adopters_at_once():
    practice = load_practice_kadernota()
    record(practice, "V16", 2022, "39", explanation="Beter verborgen.", by=make_user("anna", "beleidsmedewerker"))
    address = reverse("vaststellen", args=[practice.slug, 2022])
    clients = []
    for name in ("carla", "chris"):
        client = Client()
        client.force_login(make_user(name, "vaststeller"))
        page = client.get(address).content.decode()
        seen, lines = (re.search(rf'name="{name}" value="([\d,]+)"', page)[1] for name in ("seen", "seen_lines"))
        clients.append(
            (
                client,
                {
                    "seen": seen,
                    "seen_lines": lines,
                    "on": "2023-04-04",
                    "decision": f"B-{name}",
                    "confirm": "on",
                    "questions": DATE_QUESTIONS,
                },
            )
        )
    ready = Barrier(2, timeout=30)

    def press(client, sent):
        try:
            ready.wait()
            return client.post(address, sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: press(*pair), clients))
    assert [answer.status_code for answer in answers] == [303, 303]
    sealing = reverse("verzegelen", args=[practice.slug, "2022-2"]) + "?begin=1"
    assert {answer.headers["Location"] for answer in answers} == {sealing}
    edition = Edition.objects.get(kadernota=practice, year=2022, number=2)
    assert edition.entries.filter(line__isnull=True).count() == 3
    assert AuditEvent.objects.filter(action="vaststellen", subject__startswith="editie 2022-2").count() == 1
