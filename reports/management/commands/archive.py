"""Write all sealed files of an edition to one ZIP."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.management.output import add_output_argument, check_output, write_output
from reports.management.editions import add_edition_arguments, read_edition
from reports.sealing import Damaged, sealed_files
from reports.sealing.archive import archive_name, make_archive


class Command(BaseCommand):
    """`manage.py archive SLUG YEAR [--edition N] [--output FILE]`."""

    help = "Schrijf alle verzegelde documenten van een editie naar een ZIP-bestand."

    def add_arguments(self, parser: CommandParser) -> None:
        add_edition_arguments(parser)
        add_output_argument(parser)

    def handle(self, *, slug: str, year: str, edition: str | None, output: str | None, **_: Any) -> None:
        chosen = read_edition(slug, year, edition)
        check_output(output)
        try:
            content = make_archive(chosen)
        except LookupError as error:
            raise CommandError(f"{error.args[0]} Dat kan met manage.py seal.") from error
        except Damaged as error:
            raise CommandError(str(error)) from error
        write_output(self, Path(output or archive_name(sealed_files(chosen))), content)
