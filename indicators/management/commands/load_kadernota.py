"""Load a kadernota from a file; run again, it adds what is missing and lists the differences."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.domain.refusals import Refusal
from indicators.loading import load_kadernota


class Command(BaseCommand):
    """`manage.py load_kadernota FILE`."""

    help = "Laad een kadernota uit een JSON-bestand. Wat er al staat, blijft zoals het is."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="BESTAND", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=2) from error
        except ValueError as error:
            raise CommandError(f"{file} is geen geldig JSON-bestand.", returncode=2) from error
        try:
            kadernota, report = load_kadernota(data=data, now=timezone.now())
        except (KeyError, IndexError, TypeError, ValueError, Refusal) as error:
            raise CommandError(f"{file} heeft niet de vorm van een kadernota: {error!r}.") from error
        added = ", ".join(f"{number} × {what}" for what, number in report.added.items()) or "niets"
        self.stdout.write(f"{kadernota}: toegevoegd {added}.")
        for difference in report.differences:
            self.stdout.write(f"  verschil (ongewijzigd gelaten): {difference}")
