"""Whether what was sealed of an edition still holds. Reads only; says what it could not compare, and why."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from indicators.actions.adopting import content_hash
from indicators.domain.rules import RULES_VERSION
from indicators.models import Edition, Measurement, ProgrammeLine
from reports.models import SealedDocument
from reports.sealing.compare import RowDifferences, compare_rows, reassess
from reports.sealing.documents import KINDS, renderer_digest, renditions
from reports.sealing.figures import edition_facts, figure_rows, load_figures
from reports.sealing.store import Damaged, SealedFile, bytes_of, missing_from, sealed_files

OTHER_RENDERER = "gemaakt door een andere versie van de opmaak"


@dataclass
class Verification:
    """The outcome: what holds, what does not, what could not be compared, and what is told differently since."""

    holds: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    @property
    def all_holds(self) -> bool:
        """Whether nothing is wrong; what could not be compared is no fault."""
        return not self.faults


def verify(edition: Edition) -> Verification:
    """Check the stored files, the figures and verdicts against the rows, and a new rendering against the stored one."""
    found = Verification()
    files = sealed_files(edition)
    if not files:
        found.faults.append("Er is niets verzegeld van deze editie. Dat kan met seal_editions.")
        return found
    for part in missing_from(files):
        found.faults.append(f"{part.title}: niet verzegeld.")
    whole = [file for file in files if _check_bytes(file, found)]
    _check_edition(edition, found)
    figures = next((file for file in whole if file.document == "cijfers"), None)
    if figures is not None:
        _check_figures(edition, figures, found)
    _check_renderings(edition, [file for file in whole if file.document != "cijfers"], found)
    return found


def _check_bytes(file: SealedFile, found: Verification) -> bool:
    try:
        bytes_of(file)
    except Damaged:
        content = bytes(SealedDocument.objects.values_list("content", flat=True).get(pk=file.pk))
        found.faults.append(
            f"{file.name}: de inhoud past niet bij de verzegelde hash ({file.size} bytes, {file.sha256}); "
            f"er staat nu {len(content)} bytes, {hashlib.sha256(content).hexdigest()}."
        )
        return False
    found.holds.append(f"{file.name}: {file.size} bytes, {file.sha256}")
    return True


def _check_edition(edition: Edition, found: Verification) -> None:
    """The rows of the edition itself against its own hash."""
    rows = Measurement.objects.filter(entry__edition=edition).select_related("component__indicator", "area")
    lines = ProgrammeLine.objects.filter(entry__edition=edition).select_related("priority")
    count = len(rows)
    if len(lines) != edition.line_count:
        found.faults.append(f"De editie hoort {edition.line_count} regels van het programma te hebben: {len(lines)}.")
    if count != edition.size:
        found.faults.append(f"De editie hoort {edition.size} cijfers te hebben, en heeft er {count}.")
    if content_hash(edition.kadernota, edition.year, rows, lines) != edition.content_hash:
        found.faults.append("De inhoud van deze editie past niet bij haar vingerafdruk.")
    else:
        found.holds.append(f"de inhoud van de editie past bij haar vingerafdruk, {edition.content_hash}")


def _check_figures(edition: Edition, file: SealedFile, found: Verification) -> None:
    """The sealed figures against the rows, and the sealed verdicts against those of the same rules."""
    try:
        data: dict[str, Any] = json.loads(bytes_of(file))
        sealed, version = data["cijfers"], data["regels"]["versie"]
        _, overview, _ = load_figures(edition)
        assert overview.edition is not None
        same_rules = version == RULES_VERSION
        followed = reassess(sealed) if same_rules else sealed
        compared = compare_rows(sealed, figure_rows(overview), same_rules=same_rules)
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        found.faults.append(f"{file.name}: is niet te lezen als verzegelde cijfers ({error!r}).")
        return
    if data["editie"] != edition_facts(overview.edition):
        found.faults.append("De gegevens van de editie (besluit, datum, bron, vingerafdruk) zijn niet die van toen.")
    wrong = [row for row, made in zip(sealed, followed, strict=True) if row != made]
    for row in wrong:
        where = f"{row['code']} {row['onderdeel']}".strip()
        found.faults.append(f"{where} over {row['jaar']}: het verzegelde oordeel volgt niet uit de verzegelde cijfers.")
    if version != file.rules:
        found.faults.append(f"{file.name}: noemt versie {version} van de regels, verzegeld is onder {file.rules}.")
    _tell(compared, len(sealed), same_rules, version, found)


def _tell(compared: RowDifferences, count: int, same_rules: bool, version: Any, found: Verification) -> None:
    found.faults += compared.figures + compared.verdicts
    found.noted += compared.noted
    if not compared.figures:
        found.holds.append(f"{count} rijen met cijfers zijn gelijk aan wat er in de tabellen staat")
    if not same_rules:
        found.skipped.append(
            f"De oordelen: zij zijn gegeven onder versie {version} van de regels, dit programma kent {RULES_VERSION}."
        )
    elif not compared.verdicts:
        found.holds.append(f"{count} oordelen komen er onder versie {version} van de regels weer zo uit")


def _check_renderings(edition: Edition, files: list[SealedFile], found: Verification) -> None:
    """Make each document again, where the same program makes it from the same contents."""
    formats = {(part.document, part.format) for part in renditions()}
    loaded: dict[str, Any] = {}
    for file in files:
        if file.renderer != renderer_digest() or (file.document, file.format) not in formats:
            found.skipped.append(f"{file.name}: niet opnieuw gemaakt, want {OTHER_RENDERER}.")
            continue
        kind = KINDS[file.document]
        if file.document not in loaded:
            loaded[file.document] = kind.load(edition)
        made = kind.write(loaded[file.document], file.format)
        if made.source != file.source:
            found.noted.append(
                f"{file.name}: teksten of opzet zijn sinds het verzegelen gewijzigd; niet te vergelijken"
            )
        elif hashlib.sha256(made.content).hexdigest() != file.sha256:
            found.faults.append(f"{file.name}: opnieuw gemaakt komt er iets anders uit dan is verzegeld.")
        else:
            found.holds.append(f"{file.name}: opnieuw gemaakt komt er hetzelfde uit")
