"""Verify what is sealed of an edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.domain.dutch import counted
from reports.management.editions import add_edition_arguments, read_edition
from reports.sealing.verify import verify


class Command(BaseCommand):
    """`manage.py verify_edition SLUG YEAR [--edition N]`."""

    help = "Ga na of de verzegelde documenten, cijfers en oordelen van een editie nog kloppen."

    def add_arguments(self, parser: CommandParser) -> None:
        add_edition_arguments(parser)

    def handle(self, *, slug: str, year: str, edition: str | None, **_: Any) -> None:
        chosen = read_edition(slug, year, edition)
        result = verify(chosen)
        self.stdout.write(f"Editie {chosen} van {chosen.kadernota}")
        for title, lines in (
            ("Klopt", result.holds),
            ("Sinds het verzegelen anders beschreven", result.noted),
            ("Niet vergeleken", result.skipped),
            ("KLOPT NIET", result.faults),
        ):
            if lines:
                self.stdout.write(f"\n{title}:")
            for line in lines:
                self.stdout.write(f"  {line}")
        if not result.all_holds:
            count = len(result.faults)
            raise CommandError(f"Editie {chosen} klopt niet: {counted(count, 'fout', 'fouten')}.")
        self.stdout.write(f"\nEditie {chosen} klopt.")
