"""Write all that was sealed of an edition to one ZIP."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicators.management.arguments import MISTAKE, find_kadernota, find_year
from reports.management.editions import number_of, pick_edition
from reports.management.year_file import write_whole
from reports.sealing import Damaged, sealed_files
from reports.sealing.archive import archive_name, make_archive


class Command(BaseCommand):
    """`manage.py archive SLUG YEAR [--edition N] [--output FILE]`."""

    help = "Schrijf alle verzegelde documenten van een editie naar een ZIP-bestand."

    def add_arguments(self, parser):
        # Taken as text: what is wrong with them is told in a Dutch sentence.
        parser.add_argument("slug")
        parser.add_argument("year", metavar="jaar")
        parser.add_argument("--edition", metavar="N", help="Het nummer van de editie; zonder dit de nieuwste.")
        parser.add_argument("--output", metavar="BESTAND", help="Zonder dit: de eigen naam, in deze map.")

    def handle(self, *, slug: str, year: str, edition: str | None, output: str | None, **options):
        kadernota = find_kadernota(slug)
        chosen = pick_edition(kadernota, find_year(kadernota, number_of(year, "jaar")), edition)
        if output == "":
            raise CommandError("--output noemt geen bestand.", returncode=MISTAKE)
        try:
            content = make_archive(chosen)
        except LookupError as error:
            raise CommandError(f"{error.args[0]} Dat kan met manage.py seal_editions.") from error
        except Damaged as error:
            raise CommandError(str(error)) from error
        path = Path(output or archive_name(sealed_files(chosen)))
        try:
            write_whole(path, content)
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven: {error.strerror}.", returncode=MISTAKE) from error
        self.stdout.write(f"{path}: {len(content):,} bytes".replace(",", "."))
