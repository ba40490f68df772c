"""Remind officers by e-mail of figures that are due. Meant to run once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions.reminding import Letter, SendingFailed, due_letters, send, subject
from indicators.management.arguments import read_date
from kadernota import clock


class Command(BaseCommand):
    """`manage.py send_reminders [--today YYYY-MM-DD] [--dry-run]`."""

    help = "Herinner beleidsmedewerkers per e-mail aan cijfers waarvan de termijn bijna of al voorbij is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", metavar="JJJJ-MM-DD", help="Reken met deze dag in plaats van vandaag.")
        parser.add_argument("--dry-run", action="store_true", help="Alleen laten zien, niets versturen.")

    def handle(self, *, today: str | None, dry_run: bool, **options: Any) -> None:
        day = read_date(today) if today else clock.today()
        letters = due_letters(today=day)
        failed = 0
        for letter in letters:
            if dry_run:
                self.stdout.write(f"Zou versturen: {letter_line(letter)}")
                continue
            try:
                sent = send(letter, today=day, now=clock.now())
            except SendingFailed as error:
                failed += 1
                self.stderr.write(f"Niet verstuurd: {letter_line(letter)}. {error}")
            else:
                self.stdout.write(f"{'Verstuurd' if sent else 'Al verstuurd door een ander'}: {letter_line(letter)}")
        if not letters:
            self.stdout.write("Niemand hoeft herinnerd te worden.")
        if failed:
            raise CommandError(f"{failed} van de {len(letters)} herinneringen zijn niet verstuurd.")


def letter_line(letter: Letter) -> str:
    """Return one line on a letter: its recipient, subject and deadlines."""
    deadlines = "; ".join(f"{due.kadernota.slug} {due.deadline}" for due in letter.dues)
    return f"{letter.recipient.get_username()} <{letter.recipient.email}>: {subject(letter)} ({deadlines})"
