"""Verify the chain of decisions of a kadernota and its sealed documents."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.domain.dutch import counted
from indicators.management.arguments import find_kadernota
from reports.sealing.verify import Verification, verify


class Command(BaseCommand):
    """`manage.py verify SLUG [--strict] [--expect HASH] [--format text|json]`."""

    help = "Ga na of alle besluiten, cijfers, oordelen en verzegelde documenten nog zijn wat is vastgesteld."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--strict", action="store_true", help="Wat nog niet is verzegeld, is een fout.")
        parser.add_argument(
            "--expect", metavar="HASH", help="Een vingerafdruk die eerder is gedrukt: die hoort er te zijn."
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, slug: str, strict: bool, expect: str | None, format: str, **_: Any) -> None:
        result = verify(find_kadernota(slug), expect=expect, strict=strict)
        if format == "json":
            self.stdout.write(json.dumps(_data(result), ensure_ascii=False, indent=2))
        else:
            self._print(slug, result)
        if not result.holds:
            raise CommandError(f"{slug} klopt niet: {counted(len(result.faults), 'fout', 'fouten')}.")

    def _print(self, slug: str, result: Verification) -> None:
        for fault in result.faults:
            self.stdout.write(f"KLOPT NIET: {fault.sentence}")
        for label in result.unsealed:
            self.stdout.write(f"Nog niet verzegeld: editie {label}.")
        if result.not_rewritten:
            count = counted(len(result.not_rewritten), "bestand", "bestanden")
            self.stdout.write(f"Niet opnieuw gemaakt, want door een andere versie van de opmaak geschreven: {count}.")
        if result.holds:
            decisions = counted(result.decisions, "besluit", "besluiten")
            files = counted(result.files, "verzegeld bestand", "verzegelde bestanden")
            self.stdout.write(f"{slug} klopt: {decisions}, {files}.")
            self.stdout.write(f"Laatste vingerafdruk: {result.head}")


def _data(result: Verification) -> dict[str, Any]:
    return {
        "holds": result.holds,
        "head": result.head,
        "decisions": result.decisions,
        "files": result.files,
        "faults": [
            {"sequence": fault.sequence, "code": fault.code, "sentence": fault.sentence} for fault in result.faults
        ],
        "unsealed": result.unsealed,
        "not_rewritten": result.not_rewritten,
    }
