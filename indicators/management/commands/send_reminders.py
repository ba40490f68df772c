"""Remind officers by e-mail of figures that are due. Meant to run once a day."""

from django.core.management.base import BaseCommand, CommandError

from indicators.actions.reminding import Letter, SendingFailed, letters, send, subject
from indicators.management.arguments import read_date
from kadernota import clock


class Command(BaseCommand):
    """`manage.py send_reminders [--today YYYY-MM-DD] [--dry-run]`."""

    help = "Herinner beleidsmedewerkers per e-mail aan cijfers waarvan de termijn bijna of al voorbij is."

    def add_arguments(self, parser):
        parser.add_argument("--today", metavar="JJJJ-MM-DD", help="Reken met deze dag in plaats van vandaag.")
        parser.add_argument("--dry-run", action="store_true", help="Alleen laten zien, niets versturen.")

    def handle(self, *, today: str | None, dry_run: bool, **options):
        day = read_date(today) if today else clock.today()
        found = letters(today=day)
        failed = 0
        for letter in found:
            if dry_run:
                self.stdout.write(f"Zou versturen: {told(letter)}")
                continue
            try:
                sent = send(letter, today=day, now=clock.now())
            except SendingFailed as error:
                failed += 1
                self.stderr.write(f"Niet verstuurd: {told(letter)}. {error}")
            else:
                self.stdout.write(f"{'Verstuurd' if sent else 'Al verstuurd door een ander'}: {told(letter)}")
        if not found:
            self.stdout.write("Niemand hoeft herinnerd te worden.")
        if failed:
            raise CommandError(f"{failed} van de {len(found)} herinneringen zijn niet verstuurd.")


def told(letter: Letter) -> str:
    """A letter in one line: to whom, about which deadlines."""
    deadlines = "; ".join(f"{due.kadernota.slug} {due.deadline}" for due in letter.dues)
    return f"{letter.recipient.get_username()} <{letter.recipient.email}>: {subject(letter)} ({deadlines})"
