"""The fixed cast for these tests."""

import logging
from collections.abc import Iterator

import pytest

from tests.cast import (  # noqa: F401
    adopter,
    colleague,
    keeper,
    officer,
    practice,
    practice_of_module,
    real,
    real_of_module,
    superuser,
)


@pytest.fixture(autouse=True)
def refusals_unsaid() -> Iterator[None]:
    """Thousands of refusals are asked for here; Django would write a line about each."""
    logger = logging.getLogger("django.request")
    logger.disabled = True
    yield
    logger.disabled = False
