"""Prepare, show and adopt versions of a kadernota."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.actions.deciding import NeedsConfirmation, Question
from indicators.actions.errors import ActionRefused
from indicators.actions.versions import discard, offer_and_adopt, save_draft, start_draft
from indicators.domain.dutch import counted
from indicators.domain.nota import Change, Finding, Nota, NotaRefused, confirmation_code, differences, find_questions
from indicators.intake.nota_files import (
    FORMATS,
    SHEETS,
    NotaData,
    UnknownFormat,
    read_nota_file,
    write_json,
)
from indicators.management.arguments import MISTAKE, find_kadernota, find_user, read_date
from indicators.management.output import add_output_argument, check_output, write_output
from indicators.models import Decision
from indicators.models.drafts import EDITORIAL, OPEN, SUBSTANTIVE
from indicators.readmodel.nota import nota_of
from kadernota import clock
from priorities.models import Kadernota, Version
from priorities.permissions import NotAllowed
from reports.fill_in.nota import nota_sheet, nota_template
from reports.fill_in.nota_rows import TextTooLong

KINDS = [SUBSTANTIVE, EDITORIAL]


class Command(BaseCommand):
    """`manage.py nota import | export | template | diff | discard | adopt`.

    Exit code 1: refused, or something is asked; 2: a mistake in the arguments, or a file that cannot be read.
    """

    help = "Bereid een versie van een kadernota voor, bekijk haar, stel haar vast of gooi haar weg."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="handeling")
        reading = actions.add_parser("import", help="Maak een concept van een bestand, of werk het concept ermee bij.")
        reading.add_argument("file", metavar="BESTAND", type=Path)
        reading.add_argument("--reason", default=None, metavar="TEKST", help="Wat er verandert, en waarom.")
        _add_by(reading)
        _add_kind(reading, default=SUBSTANTIVE)
        _add_findings_format(reading)
        export = actions.add_parser("export", help="Schrijf een versie naar een bestand.")
        export.add_argument("slug")
        export.add_argument("--version", dest="number", type=int, metavar="N", help="Zonder dit: de nieuwste.")
        export.add_argument("--format", choices=FORMATS, default="json")
        add_output_argument(export)
        template = actions.add_parser("template", help="Schrijf een leeg werkblad om in te vullen.")
        template.add_argument("--format", choices=SHEETS, default="ods")
        add_output_argument(template)
        diff = actions.add_parser("diff", help="Toon wat een concept verandert.")
        diff.add_argument("slug")
        diff.add_argument("--format", choices=["text", "json"], default="text")
        _add_kind(diff)
        throwing = actions.add_parser("discard", help="Gooi een concept weg.")
        throwing.add_argument("slug")
        _add_by(throwing)
        _add_kind(throwing)
        adopting = actions.add_parser("adopt", help="Stel een concept vast, door een ander dan wie eraan werkten.")
        adopting.add_argument("slug")
        _add_by(adopting)
        adopting.add_argument("--decision", required=True, metavar="BESLUIT")
        adopting.add_argument("--date", required=True, metavar="JJJJ-MM-DD")
        adopting.add_argument("--confirm", nargs="+", default=[], metavar="CODE", help="Wat u bevestigt.")
        _add_kind(adopting)
        _add_findings_format(adopting)

    def handle(self, *, action: str, **options: Any) -> None:
        actions: dict[str, Callable[..., None]] = {
            "import": self._import,
            "export": self._export,
            "template": self._template,
            "diff": self._diff,
            "discard": self._discard,
            "adopt": self._adopt,
        }
        try:
            actions[action](**options)
        except (ActionRefused, NotAllowed) as error:
            raise CommandError(str(error)) from error
        except UnknownFormat as error:
            raise CommandError(str(error), returncode=MISTAKE) from error

    def _import(self, *, file: Path, by: str, kind: str, reason: str | None, format: str, **options: Any) -> None:
        user = find_user(by)
        data = NotaData(data=None)
        try:
            data = read_nota_file(file)
            nota = data.nota()
            kadernota = Kadernota.objects.filter(slug=nota.slug).first()
            version = _open_drafts(kadernota, kind).first() if kadernota else None
            now = clock.now()
            if version is not None:
                number = len(save_draft(version=version, nota=nota, by=user, now=now, reason=reason))
                self.stdout.write(f"Concept van {nota.slug} bijgewerkt: {counted(number, 'wijziging', 'wijzigingen')}.")
            else:
                start_draft(kadernota=kadernota, nota=nota, kind=kind, by=user, now=now, reason=reason or "")
                self.stdout.write(f"Concept van {nota.slug} gemaakt. Een ander stelt het vast.")
        except OSError as error:
            raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=MISTAKE) from error
        except NotaRefused as error:
            self._write_findings([_refusal(finding, data) for finding in error.findings], format)
            count = counted(len(error.findings), "fout", "fouten")
            raise CommandError(f"{file}: {count}. Er is niets opgeslagen.") from error
        if data.has_figures:
            self.stdout.write("De overgenomen cijfers in het bestand zijn niet ingelezen.")
        notices = [_refusal(finding, data) for finding in data.notices]
        questions = [_question(finding, nota, data) for finding in find_questions(nota)]
        self._write_findings(notices + questions, format)

    def _export(self, *, slug: str, number: int | None, format: str, output: str | None, **options: Any) -> None:
        check_output(output)
        version, label = _version_to_export(find_kadernota(slug), number)
        nota = nota_of(version)
        try:
            content = write_json(nota) if format == "json" else nota_sheet(nota, format)
        except TextTooLong as error:
            raise CommandError(str(error)) from error
        write_output(self, Path(output or f"{slug}-{label}.{format}"), content)

    def _template(self, *, format: str, output: str | None, **options: Any) -> None:
        check_output(output)
        write_output(self, Path(output or f"kadernota.{format}"), nota_template(clock.today().year + 1, format))

    def _diff(self, *, slug: str, kind: str | None, format: str, **options: Any) -> None:
        version = _find_draft(slug, kind)
        changes = differences(nota_of(version.based_on), nota_of(version)) if version.based_on else []
        if format == "json":
            self.stdout.write(json.dumps([_change(change) for change in changes], ensure_ascii=False, indent=2))
        elif version.based_on is None:
            self.stdout.write("Dit is een eerste versie.")
        else:
            self.stdout.write(f"{slug}: {counted(len(changes), 'wijziging', 'wijzigingen')}.")
            for change in changes:
                self.stdout.write(f"  {change.label}: {change.old or '(niets)'} → {change.new or '(niets)'}")

    def _discard(self, *, slug: str, by: str, kind: str | None, **options: Any) -> None:
        user = find_user(by)
        discard(version=_find_draft(slug, kind), by=user, now=clock.now())
        self.stdout.write(f"Het concept van {slug} is weggegooid.")

    def _adopt(
        self,
        *,
        slug: str,
        by: str,
        decision: str,
        date: str,
        confirm: list[str],
        kind: str | None,
        format: str,
        **options: Any,
    ) -> None:
        user, decided_on = find_user(by), read_date(date)
        version = _find_draft(slug, kind)
        try:
            taken = _take(version, by=user, decision=decision, on=decided_on, confirm=confirm)
        except NeedsConfirmation as error:
            self._write_findings([_asked(question) for question in error.questions], format)
            codes = " ".join(question.code for question in error.questions)
            raise CommandError(f"Er is niets vastgesteld. Klopt dit, geef dan mee: --confirm {codes}") from error
        except NotaRefused as error:
            self._write_findings([_refusal(finding, NotaData(data=None)) for finding in error.findings], format)
            raise CommandError("Er is niets vastgesteld.") from error
        self.stdout.write(f"Versie van {slug} vastgesteld, als besluit {taken.sequence}.")

    def _write_findings(self, findings: list[dict[str, Any]], format: str) -> None:
        """Write findings on standard error: as sentences, or as a JSON list, also an empty one."""
        if format == "json":
            self.stderr.write(json.dumps(findings, ensure_ascii=False, indent=2), lambda text: text)
            return
        for finding in findings:
            place = _place_text(finding)
            meant = f" Bedoelt u {finding['meant']}?" if finding["meant"] else ""
            code = f" [{finding['confirm']}]" if finding["confirm"] else ""
            self.stderr.write(f"{place}{finding['sentence']}{meant}{code}", lambda text: text)


def _add_by(parser: Any) -> None:
    parser.add_argument("--by", required=True, metavar="GEBRUIKER")


def _add_kind(parser: Any, default: str | None = None) -> None:
    parser.add_argument("--kind", choices=KINDS, default=default, help="Alleen nodig als er twee concepten zijn.")


def _add_findings_format(parser: Any) -> None:
    parser.add_argument("--format", choices=["text", "json"], default="text", help="Van wat op de foutuitvoer komt.")


def _open_drafts(kadernota: Kadernota, kind: str | None) -> Any:
    kinds = [kind] if kind else KINDS
    return Version.objects.filter(proposal__kadernota=kadernota, proposal__state__in=OPEN, kind__in=kinds)


def _find_draft(slug: str, kind: str | None) -> Version:
    versions: list[Version] = list(_open_drafts(find_kadernota(slug), kind).select_related("kadernota", "based_on"))
    if not versions:
        raise CommandError(f"Er is geen concept van {slug}.", returncode=MISTAKE)
    if len(versions) > 1:
        raise CommandError(f"Er zijn twee concepten van {slug}: geef --kind {' of '.join(KINDS)}.", returncode=MISTAKE)
    return versions[0]


def _version_to_export(kadernota: Kadernota, number: int | None) -> tuple[Version, str]:
    """Return an adopted version by its number, else the newest, else the draft; with its name for the file."""
    adopted = list(Version.objects.filter(kadernota=kadernota, decision__isnull=False).order_by("decision__sequence"))
    if number is not None and not 1 <= number <= len(adopted):
        raise CommandError(f"{kadernota.slug} heeft geen versie {number}, wel {len(adopted)}.", returncode=MISTAKE)
    if adopted:
        number = number or len(adopted)
        return adopted[number - 1], f"versie-{number}"
    return _find_draft(kadernota.slug, None), "concept"


def _take(version: Version, *, by: Any, decision: str, on: date, confirm: Iterable[str]) -> Decision:
    return offer_and_adopt(
        version=version, by=by, now=clock.now(), reference=decision, decided_on=on, confirm=list(confirm)
    )


def _refusal(finding: Finding, data: NotaData) -> dict[str, Any]:
    place = data.place(finding)
    return {
        "code": finding.code,
        "path": list(finding.path),
        "sheet": place.sheet if place else None,
        "row": place.row if place else None,
        "column": place.column if place else None,
        "typed": finding.typed,
        "meant": finding.meant,
        "sentence": finding.sentence,
        "confirm": "",
    }


def _question(finding: Finding, nota: Nota, data: NotaData) -> dict[str, Any]:
    return _refusal(finding, data) | {"confirm": confirmation_code(nota, finding)}


def _asked(question: Question) -> dict[str, Any]:
    finding = Finding(code=question.code, path=(), typed="", sentence=question.sentence)
    return _refusal(finding, NotaData(data=None)) | {"confirm": question.code}


def _place_text(finding: dict[str, Any]) -> str:
    if finding["sheet"] is not None:
        return f"{finding['sheet']} {finding['column']}{finding['row']}: "
    return f"{'/'.join(map(str, finding['path']))}: " if finding["path"] else ""


def _change(change: Change) -> dict[str, Any]:
    return {"path": list(change.path), "label": change.label, "old": change.old, "new": change.new}
