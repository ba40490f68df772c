"""Two threads that seal the same edition at the same moment, with real transactions."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from indicators.models import Edition
from reports.sealing import missing, renditions, seal, sealed_files
from reports.sealing import store as storing
from tests.cast import NOW, load_real

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = [("bijlage", "csv"), ("bijlage", "ods"), ("cijfers", "json")]


def test_two_at_once_store_each_file_once(monkeypatch):
    edition = Edition.objects.select_related("kadernota").get(kadernota=load_real(), year=2020)
    barrier = threading.Barrier(2)
    store = storing._store

    def together(*args):
        if args[1].format == "csv":
            barrier.wait(timeout=20)  # until both threads have seen that it is missing
        return store(*args)

    monkeypatch.setattr(storing, "_store", together)

    def run(_):
        try:
            return seal(edition, now=NOW, only=ASKED)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        stored = list(pool.map(run, range(2)))
    assert sum(stored) == 3
    assert len(sealed_files(edition)) == 3 and len(missing(edition)) == len(renditions()) - 3
