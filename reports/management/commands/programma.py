"""Write the annual programme of a year to a file."""

from django.core.management.base import BaseCommand

from reports.management.year_file import add_document_arguments, write_document


class Command(BaseCommand):
    """`manage.py programma SLUG YEAR [--format pdf] [--output FILE] [--edition N | --drafts]`."""

    help = "Schrijf het uitvoeringsprogramma van een jaar naar een bestand."

    def add_arguments(self, parser):
        add_document_arguments(parser)

    def handle(
        self, *, slug: str, year: str, format: str, output: str | None, edition: str | None, drafts: bool, **options
    ):
        write_document(
            self, "programma", slug=slug, year=year, format=format, output=output, edition=edition, drafts=drafts
        )
