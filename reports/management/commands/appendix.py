"""Write the appendix of a year to a file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.management.year_file import add_document_arguments, write_document


class Command(BaseCommand):
    """`manage.py appendix SLUG YEAR [--format pdf] [--output FILE] [--edition N | --drafts]`."""

    help = "Schrijf de bijlage van een jaar naar een bestand."

    def add_arguments(self, parser: CommandParser) -> None:
        add_document_arguments(parser)

    def handle(self, **options: Any) -> None:
        write_document(self, "bijlage", **options)
