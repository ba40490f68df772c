"""Import a sheet of figures, all or nothing; print every refusal with its row and column."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import Conflict, Outcome
from indicators.domain.dutch import counted
from indicators.intake.planning import OUTCOMES, Plan, apply_import, plan_import
from indicators.intake.sheets import SheetRefused, read_sheet
from indicators.intake.sheets.limits import MAX_FILE
from indicators.management.arguments import MISTAKE, find_kadernota, find_user
from kadernota import clock
from priorities.permissions import NotAllowed, check_record

OUTCOME_WORDS = dict(zip(OUTCOMES, ("nieuw", "gewijzigd", "hetzelfde", "teruggenomen", "leeg"), strict=True))


class Command(BaseCommand):
    """`manage.py import_measurements FILE --kadernota SLUG --by USERNAME [--dry-run] [--confirm]`."""

    help = "Lees metingen uit een CSV-, XLSX- of ODS-bestand met de kolommen indicator, onderdeel, jaar, meting, …"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path)
        parser.add_argument("--kadernota", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="GEBRUIKER")
        parser.add_argument("--dry-run", action="store_true", help="Alleen bekijken, niets vastleggen.")
        parser.add_argument("--confirm", action="store_true", help="Beantwoord elke vraag (‘klopt dit?’) met ja.")

    def handle(self, *, file: Path, kadernota: str, by: str, dry_run: bool, confirm: bool, **options: Any) -> None:
        target, user = find_kadernota(kadernota), find_user(by)
        try:
            with file.open("rb") as stream:
                content = stream.read(MAX_FILE + 1)  # read_sheet refuses the extra byte
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=MISTAKE) from error
        try:
            check_record(user)
            plan = plan_import(target, read_sheet(file.name, content))
            self._check_plan(plan, confirm)
            if not dry_run:
                apply_import(plan, by=user, now=clock.now())
        except (SheetRefused, ActionRefused, NotAllowed) as error:
            raise CommandError(str(error)) from error
        except Conflict as error:
            raise CommandError("Een collega legde net een van deze cijfers vast; probeer het opnieuw.") from error
        counts = ", ".join(
            f"{plan.count(outcome)} {word}"
            for outcome, word in OUTCOME_WORDS.items()
            if outcome is not Outcome.RETRACTED or plan.count(outcome)
        )
        done = "Zou worden ingelezen" if dry_run else "Ingelezen"
        self.stdout.write(f"{done}: {counts}; samen {counted(len(plan.rows), 'rij', 'rijen')}.")

    def _check_plan(self, plan: Plan, confirm: bool) -> None:
        for refusal in plan.refusals:
            self.stderr.write(str(refusal))
        questions = [] if confirm else plan.questions
        for row in questions:
            self.stderr.write(f"rij {row.number}, kolom meting: {row.question}")
        if plan.refusals:
            raise CommandError(f"{len(plan.refusals)} keer geweigerd; er is niets vastgelegd.")
        if questions:
            raise CommandError(
                f"{len(questions)} keer gevraagd of het klopt; bevestig met --confirm. Er is niets vastgelegd."
            )
