"""Fixtures of the admin: both kadernotas, and logged-in clients."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from priorities.models import Kadernota


@pytest.fixture
def both(real: Kadernota, practice: Kadernota) -> None:
    """Load the real kadernota and the practice kadernota."""


@pytest.fixture
def as_keeper(client: Client, both: None, keeper: User) -> Client:
    """Return a client logged in as the keeper (beheerder)."""
    client.force_login(keeper)
    return client


@pytest.fixture
def everything(superuser: User) -> User:
    """Create a user with every permission and in every group."""
    superuser.groups.set(Group.objects.all())
    return superuser


@pytest.fixture
def as_superuser(client: Client, both: None, everything: User) -> Client:
    """Return a client logged in as a superuser."""
    client.force_login(everything)
    return client
