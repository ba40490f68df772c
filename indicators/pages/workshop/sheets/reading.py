"""Read a nota from an uploaded file, and carry it from the preview to the confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from indicators.domain.nota import Finding, Nota, NotaRefused, read_json, read_nota, write_nota
from indicators.intake.nota_data import NotaData
from indicators.intake.nota_sheets import read_nota_sheet
from indicators.intake.sheets.limits import MAX_FILE
from indicators.pages.workshop.pieces import sentence
from priorities.models import RESERVED_SLUGS

SALT = "indicators.workshop.sheet"
MAX_AGE = 4 * 3600  # seconds between preview and confirmation


@dataclass(frozen=True, kw_only=True)
class RefusalRow:
    """A refusal with the place in the file; `place` is "" where it has none."""

    sheet: str
    row: str
    column: str
    typed: str
    sentence: str
    meant: str


def read_upload(upload: UploadedFile[bytes]) -> NotaData:
    """Return the data in an uploaded file: a sheet, or canonical JSON. Raises NotaRefused for another file."""
    name = upload.name or ""
    if upload.size is None or upload.size > MAX_FILE:
        raise _refused(f"{name} is groter dan {MAX_FILE // 1_000_000} MB.")
    if name.casefold().endswith(".json"):
        return NotaData(data=read_json(upload.read()))
    if not name.casefold().endswith((".ods", ".xlsx")):
        raise _refused(f"{name}: een kadernota staat in een bestand op .ods, .xlsx of .json.")
    return read_nota_sheet(name, upload.read())


def _refused(text: str) -> NotaRefused:
    return NotaRefused([Finding(code="file-refused", path=(), typed="", sentence=text)])


def refusal_rows(data: NotaData | None, findings: tuple[Finding, ...]) -> list[RefusalRow]:
    """Return refusals as rows, each with its place in the sheet."""
    rows = []
    for finding in findings:
        place = data.place(finding) if data else None
        rows.append(
            RefusalRow(
                sheet=place.sheet if place else "",
                row=str(place.row) if place else "",
                column=place.column if place else "",
                typed=finding.typed,
                sentence=sentence(finding) if not finding.meant else finding.sentence,
                meant=finding.meant,
            )
        )
    return rows


def sign_nota(nota: Nota) -> str:
    """Return a nota as a signed text, for a hidden field of the preview."""
    return signing.dumps(write_nota(nota), salt=SALT, compress=True)


def read_signed(text: str) -> Nota | None:
    """Return the nota of a preview; None when the text is too old, or not ours."""
    try:
        data: Any = signing.loads(text, salt=SALT, max_age=MAX_AGE)
        return read_nota(data, reserved_slugs=RESERVED_SLUGS)
    except (signing.BadSignature, NotaRefused):
        return None
