"""Adopt the drafts of a year as its next edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions import ActionRefused, adopt
from indicators.domain.dutch import counted
from indicators.management.arguments import find_kadernota, find_user, find_year, read_date
from indicators.management.progress import add_no_seal, seal_with_bar
from kadernota import clock
from priorities.permissions import NotAllowed


class Command(BaseCommand):
    """`manage.py adopt SLUG YEAR --by USERNAME --decision TEXT --date YYYY-MM-DD`."""

    help = "Stel de concepten van een jaar vast als editie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("year", type=int, metavar="jaar")
        parser.add_argument("--by", required=True, metavar="GEBRUIKER")
        parser.add_argument("--decision", required=True, metavar="BESLUIT")
        parser.add_argument("--date", required=True, metavar="JJJJ-MM-DD")
        add_no_seal(parser)

    def handle(self, *, slug: str, year: int, by: str, decision: str, date: str, seal: bool, **options: Any) -> None:
        kadernota, user, on = find_kadernota(slug), find_user(by), read_date(date)
        find_year(kadernota, year)
        try:
            edition = adopt(kadernota=kadernota, year=year, by=user, decision=decision, on=on, now=clock.now())
        except (ActionRefused, NotAllowed) as error:
            raise CommandError(str(error)) from error
        contents = counted(edition.size, "cijfer", "cijfers")
        if edition.line_count:
            contents += f", {counted(edition.line_count, 'regel', 'regels')} van het programma"
        self.stdout.write(f"Editie {edition} vastgesteld: {contents}.")
        if seal:
            seal_with_bar(self, [edition])
