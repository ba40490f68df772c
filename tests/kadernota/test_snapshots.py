"""Copies of loaded data equal the data as loaded; the guards are in force afterwards."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from indicators.models import Measurement
from indicators.models.guards import existing_triggers
from tests import snapshots
from tests.cast import load_practice_kadernota

pytestmark = pytest.mark.django_db


def everything() -> list[Any]:
    """Return the rows of all tables that a load fills, with the groups of the users, and the triggers."""
    rows = [list(model._base_manager.order_by("pk").values()) for model in snapshots.MODELS]
    return [
        *rows,
        list(User.groups.through.objects.order_by("user").values("user", "group")),
        existing_triggers(connection),
    ]


def test_a_copy_equals_what_was_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "SNAPSHOTS", {})
    with transaction.atomic():
        load_practice_kadernota()
        loaded = everything()
        transaction.set_rollback(True)
    monkeypatch.setattr("tests.cast.load_practice", lambda **_: pytest.fail("loaded again"))
    load_practice_kadernota()
    assert everything() == loaded
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.update(number=1)


def test_other_rows_make_another_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load may depend on what is there already."""
    monkeypatch.setattr(snapshots, "SNAPSHOTS", {})
    loads = []
    for _ in range(2):
        snapshots.load_once("user", lambda: loads.append(User.objects.create_user(f"user{len(loads)}")))
    assert [user.username for user in loads] == ["user0", "user1"]
