"""Verify what is sealed of an edition, without changing anything. What cannot be compared is reported with a reason."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from indicators.actions.adopting import content_hash
from indicators.domain.rules_version import RULES_VERSION
from indicators.models import Edition, Measurement, ProgrammeLine
from reports.models import SealedDocument
from reports.sealing.compare import compare_rows, reassess
from reports.sealing.documents import FIGURES, KINDS, renderer_digest, renditions
from reports.sealing.figures import edition_facts, figure_rows, load_figures
from reports.sealing.store import Damaged, SealedFile, bytes_of, missing_from, sealed_files

OTHER_RENDERER = "gemaakt door een andere versie van de opmaak"


@dataclass
class Verification:
    """The outcome, as Dutch sentences.

    `holds` and `faults` passed and failed a check, `skipped` could not be compared, and `noted` was redescribed or
    reworded since sealing, which is allowed.
    """

    holds: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    @property
    def all_holds(self) -> bool:
        """Whether no check failed."""
        return not self.faults


def verify(edition: Edition) -> Verification:
    """Check the stored bytes, the figures and verdicts against the rows, and a new rendering against the stored one."""
    result = Verification()
    files = sealed_files(edition)
    if not files:
        result.faults.append("Er is niets verzegeld van deze editie. Dat kan met seal_editions.")
        return result
    result.faults += [f"{rendition.title}: niet verzegeld." for rendition in missing_from(files)]
    intact = [file for file in files if _check_bytes(file, result)]
    _check_edition(edition, result)
    figures = next((file for file in intact if file.document == FIGURES), None)
    if figures is not None:
        _check_figures(edition, figures, result)
    _check_renderings(edition, [file for file in intact if file.document != FIGURES], result)
    return result


def _check_bytes(file: SealedFile, result: Verification) -> bool:
    try:
        bytes_of(file)
    except Damaged:
        content = bytes(SealedDocument.objects.values_list("content", flat=True).get(pk=file.pk))
        result.faults.append(
            f"{file.name}: de inhoud past niet bij de verzegelde hash ({file.size} bytes, {file.sha256}); "
            f"er staat nu {len(content)} bytes, {hashlib.sha256(content).hexdigest()}."
        )
        return False
    result.holds.append(f"{file.name}: {file.size} bytes, {file.sha256}")
    return True


def _check_edition(edition: Edition, result: Verification) -> None:
    """Check the rows of the edition against its own hash."""
    rows = Measurement.objects.filter(entry__edition=edition).select_related("component__indicator", "area")
    lines = ProgrammeLine.objects.filter(entry__edition=edition).select_related("priority")
    count = len(rows)
    if len(lines) != edition.line_count:
        result.faults.append(f"De editie hoort {edition.line_count} regels van het programma te hebben: {len(lines)}.")
    if count != edition.size:
        result.faults.append(f"De editie hoort {edition.size} cijfers te hebben, en heeft er {count}.")
    if content_hash(edition.kadernota, edition.year, rows, lines) != edition.content_hash:
        result.faults.append("De inhoud van deze editie past niet bij haar vingerafdruk.")
    else:
        result.holds.append(f"de inhoud van de editie past bij haar vingerafdruk, {edition.content_hash}")


def _check_figures(edition: Edition, file: SealedFile, result: Verification) -> None:
    """Check the sealed figures against the rows, and the sealed verdicts against the rules when those are the same."""
    try:
        data: dict[str, Any] = json.loads(bytes_of(file))
        sealed, version = data["cijfers"], data["regels"]["versie"]
        source = load_figures(edition)
        same_rules = version == RULES_VERSION
        reassessed = reassess(sealed) if same_rules else sealed
        differences = compare_rows(sealed, figure_rows(source), same_rules=same_rules)
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        result.faults.append(f"{file.name}: is niet te lezen als verzegelde cijfers ({error!r}).")
        return
    if data["editie"] != edition_facts(source.edition):
        result.faults.append("De gegevens van de editie (besluit, datum, bron, vingerafdruk) zijn niet die van toen.")
    for row in (row for row, verdict in zip(sealed, reassessed, strict=True) if row != verdict):
        where = f"{row['code']} {row['onderdeel']}".strip()
        result.faults.append(
            f"{where} over {row['jaar']}: het verzegelde oordeel volgt niet uit de verzegelde cijfers."
        )
    if version != file.rules:
        result.faults.append(f"{file.name}: noemt versie {version} van de regels, verzegeld is onder {file.rules}.")
    result.faults += differences.figures + differences.verdicts
    result.noted += differences.noted
    if not differences.figures:
        result.holds.append(f"{len(sealed)} rijen met cijfers zijn gelijk aan wat er in de tabellen staat")
    if not same_rules:
        result.skipped.append(
            f"De oordelen: zij zijn gegeven onder versie {version} van de regels, dit programma kent {RULES_VERSION}."
        )
    elif not differences.verdicts:
        result.holds.append(f"{len(sealed)} oordelen komen er onder versie {version} van de regels weer zo uit")


def _check_renderings(edition: Edition, files: list[SealedFile], result: Verification) -> None:
    """Write each document again and compare, where renderer and contents are still the same."""
    known = {rendition.key for rendition in renditions()}
    loaded: dict[str, Any] = {}
    for file in files:
        if file.renderer != renderer_digest() or file.key not in known:
            result.skipped.append(f"{file.name}: niet opnieuw gemaakt, want {OTHER_RENDERER}.")
            continue
        kind = KINDS[file.document]
        if file.document not in loaded:
            loaded[file.document] = kind.load(edition)
        rendered = kind.write(loaded[file.document], file.format)
        if rendered.source != file.source:
            result.noted.append(
                f"{file.name}: teksten of opzet zijn sinds het verzegelen gewijzigd; niet te vergelijken"
            )
        elif hashlib.sha256(rendered.content).hexdigest() != file.sha256:
            result.faults.append(f"{file.name}: opnieuw gemaakt komt er iets anders uit dan is verzegeld.")
        else:
            result.holds.append(f"{file.name}: opnieuw gemaakt komt er hetzelfde uit")
