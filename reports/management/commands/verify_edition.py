"""Check whether what was sealed of an edition still holds."""

from django.core.management.base import BaseCommand, CommandError

from indicators.domain.dutch import counted
from indicators.management.arguments import find_kadernota, find_year
from reports.management.editions import number_of, pick_edition
from reports.sealing.verify import verify


class Command(BaseCommand):
    """`manage.py verify_edition SLUG YEAR [--edition N]`."""

    help = "Ga na of de verzegelde documenten, cijfers en oordelen van een editie nog kloppen."

    def add_arguments(self, parser):
        # Taken as text: what is wrong with them is told in a Dutch sentence.
        parser.add_argument("slug")
        parser.add_argument("year", metavar="jaar")
        parser.add_argument("--edition", metavar="N", help="Het nummer van de editie; zonder dit de nieuwste.")

    def handle(self, *, slug: str, year: str, edition: str | None, **options):
        kadernota = find_kadernota(slug)
        chosen = pick_edition(kadernota, find_year(kadernota, number_of(year, "jaar")), edition)
        found = verify(chosen)
        self.stdout.write(f"Editie {chosen} van {kadernota}")
        for title, lines in (
            ("Klopt", found.holds),
            ("Sinds het verzegelen anders beschreven", found.noted),
            ("Niet vergeleken", found.skipped),
            ("KLOPT NIET", found.faults),
        ):
            if lines:
                self.stdout.write(f"\n{title}:")
            for line in lines:
                self.stdout.write(f"  {line}")
        if not found.all_holds:
            count = len(found.faults)
            raise CommandError(f"Editie {chosen} klopt niet: {counted(count, 'fout', 'fouten')}.")
        self.stdout.write(f"\nEditie {chosen} klopt.")
