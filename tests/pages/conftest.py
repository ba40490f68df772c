"""The fixed cast for these tests."""

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
from tests.reports.sealed_cast import sealed, sealed_of_module  # noqa: F401
