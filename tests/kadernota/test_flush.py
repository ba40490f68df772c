"""The flush after a transactional test: the triggers are dropped for it and created again."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection

from indicators.models.guards import create_triggers, drop_triggers


def names() -> set[str]:
    """Return the names of the triggers in the database, without PostgreSQL's own."""
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_triggers_stand_before_and_after_each_flush(time: str) -> None:
    """The second of the two shows that the flush of the first removed the user and left the triggers."""
    assert names()
    assert Group.objects.exists()
    assert not get_user_model().objects.exists()
    get_user_model().objects.create_user(f"who came {time}")


@pytest.mark.django_db
def test_dropping_and_creating_are_each_others_opposite() -> None:
    before = names()
    drop_triggers(connection)
    assert names() < before
    create_triggers(connection)
    create_triggers(connection)
    assert names() == before
