"""Load the practice municipality and its accounts, only into a local practice database."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from indicators.actions.practice import ACCOUNTS, PASSWORD, load_practice
from indicators.management.commands.load_kadernota import write_report
from indicators.management.progress import add_no_seal, seal_with_bar
from indicators.models import Edition
from kadernota import clock

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    """`manage.py load_practice`."""

    help = "Laad de oefengemeente en de oefenaccounts. Alleen met DEBUG aan en in de eigen SQLite-database in var/."

    def add_arguments(self, parser: CommandParser) -> None:
        add_no_seal(parser)

    def handle(self, *, seal: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Oefenaccounts komen er alleen met DEBUG=true; dit kan een echte installatie zijn.")
        own = settings.VAR_DIR / "kadernota.sqlite3"
        if connection.vendor != "sqlite" or str(connection.settings_dict["NAME"]) != str(own):
            raise CommandError(f"Oefenaccounts komen er alleen in de eigen oefendatabase, {own.name} in var/.")
        nota, figures = (
            json.loads((FIXTURES / f"{name}_2018_2022.json").read_text(encoding="utf-8"))
            for name in ("oefengemeente", "oefencijfers")
        )
        kadernota, report = load_practice(nota=nota, figures=figures, now=clock.now())
        write_report(self, kadernota, report)
        self.stdout.write(f"Oefenaccounts, wachtwoord ‘{PASSWORD}’:")
        for login, (*_, role) in ACCOUNTS.items():
            self.stdout.write(f"  {login:<18} {role}")
        if seal:
            seal_with_bar(self, Edition.objects.of(kadernota).select_related("kadernota"))
