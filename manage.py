#!/usr/bin/env python
"""The command line of the monitor."""

import os
import sys


def main() -> None:
    """Run one management command with the settings of this project."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kadernota.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(
            "Django is niet gevonden. Start met `make run`, of gebruik de Python in .venv/bin."
        ) from missing
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(f"De instellingen kloppen niet: {error}") from error
    except (OperationalError, ProgrammingError) as error:
        raise SystemExit(
            f"De database antwoordt niet zoals het hoort: {error}\n"
            "Klopt DATABASE_URL, en is `manage.py migrate` gedaan?"
        ) from error


if __name__ == "__main__":
    main()
