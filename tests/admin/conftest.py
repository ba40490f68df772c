"""Fixtures of the admin: both kadernotas, and clients that are logged in."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from priorities.models import Kadernota


@pytest.fixture
def both(real: Kadernota, practice: Kadernota) -> None:
    """The real kadernota and the one to practise with."""


@pytest.fixture
def as_keeper(client: Client, both: None, keeper: User) -> Client:
    """The beheerder, logged in."""
    client.force_login(keeper)
    return client


@pytest.fixture
def everything(superuser: User) -> User:
    """A user with every permission and in every group."""
    superuser.groups.set(Group.objects.all())
    return superuser


@pytest.fixture
def as_superuser(client: Client, both: None, everything: User) -> Client:
    """A superuser, logged in."""
    client.force_login(everything)
    return client
