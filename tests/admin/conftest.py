"""The administration with both kadernota's in it, and who is logged in."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from priorities.models import Kadernota
from tests.cast import (  # noqa: F401
    adopter,
    keeper,
    officer,
    practice,
    practice_of_module,
    real,
    real_of_module,
    superuser,
)


@pytest.fixture
def both(real: Kadernota, practice: Kadernota) -> None:  # noqa: F811
    """The real kadernota and the one to practise with."""


@pytest.fixture
def as_keeper(client: Client, both: None, keeper: User) -> Client:  # noqa: F811
    """The beheerder, logged in."""
    client.force_login(keeper)
    return client


@pytest.fixture
def everything(superuser: User) -> User:  # noqa: F811
    """Somebody with every right that Django can give, and in every group."""
    superuser.groups.set(Group.objects.all())
    return superuser


@pytest.fixture
def as_superuser(client: Client, both: None, everything: User) -> Client:
    """A superuser, logged in."""
    client.force_login(everything)
    return client
