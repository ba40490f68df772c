"""Fixtures of the access tests."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def silent_request_log() -> Iterator[None]:
    """Silence Django's log of refused requests: these tests make thousands of them."""
    logger = logging.getLogger("django.request")
    logger.disabled = True
    yield
    logger.disabled = False
