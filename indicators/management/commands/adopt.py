"""Adopt the drafts of a year as its next edition, or judge a year again under a newer version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from indicators.actions.adopting import adopt
from indicators.actions.deciding import NeedsConfirmation
from indicators.actions.errors import ActionRefused
from indicators.actions.proposals import propose_rejudging
from indicators.domain.dutch import counted
from indicators.management.arguments import MISTAKE, find_kadernota, find_user, find_year, read_date
from indicators.management.progress import add_no_seal, seal_with_bar
from indicators.models import Edition
from kadernota import clock
from priorities.permissions import NotAllowed


class Command(BaseCommand):
    """`manage.py adopt SLUG YEAR --by USERNAME --decision TEXT --date YYYY-MM-DD [--version N] [--rejudge …]`."""

    help = "Stel de concepten van een jaar vast als editie, of beoordeel een jaar opnieuw volgens een nieuwere versie."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let `--version` be the version of the kadernota here, and not that of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("year", type=int, metavar="jaar")
        parser.add_argument("--by", required=True, metavar="GEBRUIKER")
        parser.add_argument("--decision", required=True, metavar="BESLUIT")
        parser.add_argument("--date", required=True, metavar="JJJJ-MM-DD")
        parser.add_argument("--version", type=int, default=None, metavar="N", help="Beoordeel volgens deze versie.")
        parser.add_argument("--rejudge", action="store_true", help="Beoordeel het jaar opnieuw, volgens --version.")
        parser.add_argument("--proposed-by", metavar="GEBRUIKER", help="Wie voorstelt om opnieuw te beoordelen.")
        parser.add_argument(
            "--confirm", action="append", default=[], metavar="CODE", help="Beantwoord deze vraag met ja."
        )
        add_no_seal(parser)

    def handle(self, *, slug: str, year: int, seal: bool, **options: Any) -> None:
        if options["rejudge"] != bool(options["proposed_by"]) or (options["rejudge"] and not options["version"]):
            raise CommandError(
                "Opnieuw beoordelen vraagt --rejudge, --proposed-by en --version samen.", returncode=MISTAKE
            )
        try:
            edition = self._adopt(slug, year, **options)
        except NeedsConfirmation as asked:
            for question in asked.questions:
                self.stderr.write(f"{question.code}: {question.sentence}")
            raise CommandError("Er is niets vastgesteld. Bevestig met --confirm CODE, of verander de datum.") from asked
        except (ActionRefused, NotAllowed) as error:
            raise CommandError(str(error)) from error
        figures = edition.entries.filter(measurement__isnull=False).count()
        lines = edition.entries.filter(line__isnull=False).count()
        contents = counted(figures, "cijfer", "cijfers")
        if lines:
            contents += f", {counted(lines, 'regel', 'regels')} van het programma"
        self.stdout.write(f"Editie {edition} vastgesteld: {contents}.")
        self.stdout.write(f"Vingerafdruk: {edition.decision.chain_hash}")
        if seal:
            seal_with_bar(self, [edition])

    @transaction.atomic
    def _adopt(self, slug: str, year: int, **options: Any) -> Edition:
        kadernota, user, on = find_kadernota(slug), find_user(options["by"]), read_date(options["date"])
        find_year(kadernota, year)
        now, rejudging = clock.now(), None
        if options["rejudge"]:
            rejudging = propose_rejudging(
                kadernota=kadernota,
                year=year,
                version=options["version"],
                by=find_user(options["proposed_by"]),
                now=now,
            )
        return adopt(
            kadernota=kadernota,
            year=year,
            by=user,
            decision=options["decision"],
            on=on,
            now=now,
            version=None if rejudging else options["version"],
            rejudging=rejudging,
            confirm=options["confirm"],
        )
