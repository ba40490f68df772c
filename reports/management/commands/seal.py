"""Seal what is missing: of older editions, after an interruption, or for a new format."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from indicators.domain.dutch import counted
from indicators.management.arguments import find_kadernota
from indicators.management.progress import seal_with_bar
from indicators.models import Edition


class Command(BaseCommand):
    """`manage.py seal [SLUG]`."""

    help = "Verzegel de documenten die van een editie nog ontbreken. Ctrl+C stopt; wat er al is, blijft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", metavar="SLUG", help="Zonder dit: alle kadernota's.")

    def handle(self, *, slug: str | None, **_: Any) -> None:
        editions = Edition.objects.select_related("kadernota").order_by("pk")
        if slug is not None:
            editions = editions.filter(kadernota=find_kadernota(slug))
        stored = seal_with_bar(self, editions)
        if stored:
            self.stdout.write(f"{counted(stored, 'bestand', 'bestanden')} verzegeld.")
        else:
            self.stdout.write("Alles was al verzegeld.")
