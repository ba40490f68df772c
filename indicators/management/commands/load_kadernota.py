"""Load a shipped kadernota. A second run adds missing published figures and lists the differences."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions.errors import ActionRefused
from indicators.actions.loading import Report, load_kadernota
from indicators.domain.nota import NotaRefused, read_json
from indicators.management.arguments import MISTAKE
from indicators.management.progress import add_no_seal, seal_with_bar
from indicators.models import Edition
from kadernota import clock
from priorities.models import Kadernota


class Command(BaseCommand):
    """`manage.py load_kadernota FILE`."""

    help = "Laad een meegeleverde kadernota. Wat er al staat, blijft zoals het is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path)
        add_no_seal(parser)

    def handle(self, *, file: Path, seal: bool, **options: Any) -> None:
        try:
            data = read_json(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=MISTAKE) from error
        except NotaRefused as error:
            raise CommandError(f"{file} is geen geldig JSON-bestand. {error}", returncode=MISTAKE) from error
        try:
            kadernota, report = load_kadernota(data=data, now=clock.now())
        except (NotaRefused, ActionRefused) as error:
            raise CommandError(f"{file}: {error}") from error
        write_report(self, kadernota, report)
        if report.differences:
            self.stdout.write(f"Deze verschillen in een concept zetten: manage.py nota import {file} --by GEBRUIKER")
        if seal:
            seal_with_bar(self, Edition.objects.of(kadernota).select_related("kadernota"))


def write_report(command: BaseCommand, kadernota: Kadernota, report: Report) -> None:
    """Print what was added, and each difference."""
    added = ", ".join(f"{number} × {what}" for what, number in report.added.items()) or "niets"
    command.stdout.write(f"{kadernota.version}: toegevoegd {added}.")
    for difference in report.differences:
        command.stdout.write(f"  verschil (ongewijzigd gelaten): {difference}")
