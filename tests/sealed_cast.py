"""A completely sealed edition, built once for the tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest

from indicators.models import Edition
from priorities.models import Kadernota
from reports.sealing import seal
from tests.cast import NOW
from tests.snapshots import load_once


def edition_of(kadernota: Kadernota, label: str) -> Edition:
    """Return the edition with this label."""
    year, number = label.split("-")
    return Edition.objects.select_related("kadernota").get(kadernota=kadernota, year=year, number=number)


@pytest.fixture(scope="module")
def sealed_of_module(practice_of_module: Kadernota, django_db_blocker: Any) -> Iterator[int]:
    """Yield the primary key of the practice edition 2020-2, sealed in the transaction of the module."""
    with django_db_blocker.unblock():
        edition = edition_of(practice_of_module, "2020-2")
        load_once("sealed", lambda: seal(edition, now=NOW))
    yield edition.pk


@pytest.fixture
def sealed(sealed_of_module: int, practice: Kadernota) -> Edition:
    """Return the practice edition 2020-2, completely sealed."""
    return Edition.objects.select_related("kadernota").get(pk=sealed_of_module)
