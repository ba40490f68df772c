"""Silence the refusals that these tests ask for."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def refusals_unsaid() -> Iterator[None]:
    """Thousands of refusals are asked for here; Django would write a line about each."""
    logger = logging.getLogger("django.request")
    logger.disabled = True
    yield
    logger.disabled = False
