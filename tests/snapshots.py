"""Snapshots of loaded data, so that each process of the tests loads a kadernota only once.

Loading the practice kadernota takes some two thousand queries. The rows that it adds are the same each time, so a
second load in a database with the same rows inserts copies of them.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import Model

from indicators.models.guards import create_triggers, drop_triggers
from indicators.readmodel.cache import clear_cache
from priorities.models import Kadernota

MODELS = [
    model
    for label in ("auth", "priorities", "indicators", "reports")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    # A flush makes groups and permissions anew, with other keys; stamps are random.
    if model.__name__ not in ("Permission", "Group", "Group_permissions", "User_groups", "Stamp")
]
Rows = list[list[Model]]

SNAPSHOTS: dict[Hashable, tuple[Rows, list[tuple[int, str]]]] = {}
NEWEST: dict[str, Hashable] = {}  # the snapshot that each name was last loaded from


def load_once(name: str, load: Callable[[], Any]) -> None:
    """Call `load`, or insert the rows that it added earlier in this process to a database with the same rows."""
    before = tuple(frozenset(model._base_manager.values_list("pk", flat=True)) for model in MODELS)
    # Two kadernota's that were loaded in another order have the same keys together.
    key = (name, before, tuple(Kadernota.objects.order_by("pk").values_list("pk", "slug")))
    if NEWEST.get(name) != key:
        clear_cache()  # it may hold the rows of another load, which have the same hashes and other primary keys
        NEWEST[name] = key
    if key in SNAPSHOTS:
        _insert(*SNAPSHOTS[key])
        return
    load()
    users = User.groups.through.objects.exclude(user__in=before[MODELS.index(User)])
    SNAPSHOTS[key] = (
        [
            list(model._base_manager.exclude(pk__in=keys).order_by("pk"))
            for model, keys in zip(MODELS, before, strict=True)
        ],
        list(users.values_list("user", "group__name")),
    )


@transaction.atomic
def _insert(added: Rows, members: list[tuple[int, str]]) -> None:
    """Insert the rows without the guards, which refuse entries of an edition that is not the latest."""
    drop_triggers(connection)
    for model, rows in zip(MODELS, added, strict=True):
        model._base_manager.bulk_create(rows)
    groups = {group.name: group for group in Group.objects.all()}
    memberships = User.groups.through
    memberships.objects.bulk_create(memberships(user_id=user, group=groups[name]) for user, name in members)
    connection.check_constraints()  # PostgreSQL creates no trigger while constraints wait to be checked
    create_triggers(connection)
