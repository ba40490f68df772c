"""Load a kadernota from a file. A second run adds what is missing and lists the differences."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DataError, IntegrityError

from indicators.actions.loading import load_kadernota
from indicators.domain.refusals import Refusal
from indicators.management.progress import add_no_seal, seal_with_bar
from indicators.models import Edition
from kadernota import clock

# What loading a JSON file of another form raises; the form is not checked in advance.
WRONG_FORM = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, ObjectDoesNotExist, ValidationError)


class Command(BaseCommand):
    """`manage.py load_kadernota FILE`."""

    help = "Laad een kadernota uit een JSON-bestand. Wat er al staat, blijft zoals het is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path)
        add_no_seal(parser)

    def handle(self, *, file: Path, seal: bool, **options: Any) -> None:
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=2) from error
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{file} is geen geldig JSON-bestand.", returncode=2) from error
        try:
            kadernota, report = load_kadernota(data=data, now=clock.now())
        except Refusal as error:
            raise CommandError(f"In {file} staat iets dat niet te lezen is. {error}") from error
        except KeyError as error:
            raise CommandError(f"In {file} ontbreekt {error}.") from error
        except (IntegrityError, DataError) as error:
            raise CommandError(f"{file} past niet bij wat hier al staat, of klopt zelf niet: {error}") from error
        except WRONG_FORM as error:
            raise CommandError(f"{file} heeft niet de vorm van een kadernota: {error!r}.") from error
        added = ", ".join(f"{number} × {what}" for what, number in report.added.items()) or "niets"
        self.stdout.write(f"{kadernota}: toegevoegd {added}.")
        for difference in report.differences:
            self.stdout.write(f"  verschil (ongewijzigd gelaten): {difference}")
        if seal:
            seal_with_bar(self, Edition.objects.of(kadernota).select_related("kadernota"))
