"""An upload (a file, a pasted block, a published table) from its preview to its confirmation.

The preview form carries the rows as a signed payload, so the server stores nothing and any process can answer. The
signature is bound to the user, the kadernota and the year, and expires after MAX_AGE. The payload holds the cells as
they were read and the revisions that the preview showed, not the file or its name.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core import signing

from indicators.actions.workflow import Outcome
from indicators.domain.cells import Cell
from indicators.intake.open_data import Observation, is_open_data, read_open_data, to_rows
from indicators.intake.planning import Plan, PlannedRow, plan_import
from indicators.intake.sheets import COLUMNS, SheetRefused, SheetRow, read_sheet
from indicators.models import Component
from priorities.models import Kadernota

MAX_AGE = 4 * 60 * 60  # seconds between the preview and the confirmation
MAX_PAYLOAD = 1_000_000  # characters
MAX_PASTED = 200_000  # characters
MAX_PASTED_ROWS = 1_000
BARE_NUMBER = re.compile(r"[0-9]{1,4}%?")


class UploadKind(StrEnum):
    """The source of an upload."""

    SHEET = "bestand"
    CSV = "csv"
    PASTE = "blok"
    OPEN_DATA = "open data"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An upload as it was read: rows, or observations of a published table. `question` is about all of them."""

    kind: UploadKind
    rows: tuple[SheetRow, ...] = ()
    observations: tuple[Observation, ...] = ()
    region: str = ""
    question: str = ""

    @property
    def is_open_data(self) -> bool:
        """Whether this is a published table, from which rows may be left out."""
        return self.kind is UploadKind.OPEN_DATA


@dataclass(frozen=True)
class PreviewState:
    """What the preview showed, by row number: the component, the revision of its figure and the question."""

    components: Mapping[int, int] = field(default_factory=dict)
    revisions: Mapping[int, int | None] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)


class InvalidPayload(Exception):
    """The payload was changed, has expired, or belongs to another user, kadernota or year."""


def read_upload(kadernota: Kadernota, year: int, name: str, content: bytes) -> Upload:
    """Read an uploaded file: a sheet with our columns or a published table. Raises SheetRefused."""
    if is_open_data(content):
        table = read_open_data(content, organisation=kadernota.organisation.name, year=year)
        return Upload(
            kind=UploadKind.OPEN_DATA,
            observations=table.observations,
            region=table.region,
            question=table.question,
        )
    kind = UploadKind.CSV if name.casefold().endswith(".csv") else UploadKind.SHEET
    return Upload(kind=kind, rows=tuple(read_sheet(name, content)))


def read_paste(text: str, year: int) -> Upload:
    """Read a pasted block: with our headings in any order, or two or three columns for `year`. Raises SheetRefused.

    The separator is a tab, as spreadsheets copy cells; a semicolon when the block has no tab.
    """
    records = _pasted_records(text)
    if not records:
        raise SheetRefused("Er is niets geplakt.", "Plak de kolommen met de indicator en het cijfer.")
    headings = [" ".join(cell.split()).casefold() for cell in records[0][1]]
    if {"indicator", "meting"} <= set(headings):
        twice = [name for name in COLUMNS if headings.count(name) > 1]
        if twice:
            raise SheetRefused(f"De kolom ‘{twice[0]}’ staat er twee keer.", "Laat er één over.")
        columns = {name: column for column, name in enumerate(headings) if name in COLUMNS}
        rows = [_row_below_headings(line, cells, columns, year) for line, cells in records[1:]]
    else:
        rows = [_row_without_headings(line, cells, year) for line, cells in records]
    return Upload(kind=UploadKind.PASTE, rows=tuple(rows))


def plan_upload(kadernota: Kadernota, upload: Upload, year: int, mapped: Mapping[tuple[str, str], Component]) -> Plan:
    """Plan what the upload would change, with the questions that its source raises. Records nothing."""
    observed = to_rows(upload.observations, mapped, year)
    rows = list(upload.rows) or [row for row, _ in observed.values()]
    by_number = {row.number: row for row in rows}
    plan = plan_import(kadernota, rows)
    return Plan(tuple(_with_questions(upload, row, by_number[row.number], observed) for row in plan.rows))


def sign_upload(upload: Upload, plan: Plan, *, kadernota: Kadernota, year: int, user: User | AnonymousUser) -> str:
    """Return the upload and what its preview shows as a signed payload. Raises SheetRefused when it is too long."""
    content = {
        "kind": upload.kind,
        "region": upload.region,
        "question": upload.question,
        "rows": [
            [row.number, {name: _pack_cell(cell) for name, cell in row.cells.items()}, row.positions]
            for row in upload.rows
        ],
        "observations": [
            [item.line, item.row_name, item.column_name, item.text, item.provisional] for item in upload.observations
        ],
        "components": [[row.number, row.entry.component.series_id] for row in plan.rows if row.entry],
        "revisions": [[row.number, row.entry.seen] for row in plan.rows if row.entry],
        "questions": [[row.number, row.question] for row in plan.questions],
    }
    payload = signing.dumps(content, salt=_salt(kadernota, year, user), compress=True)
    if len(payload) > MAX_PAYLOAD:
        raise SheetRefused(
            "Er staat te veel tekst in om in één keer te controleren.", "Verdeel de rijen over twee bestanden."
        )
    return payload


def load_signed_upload(
    payload: str, *, kadernota: Kadernota, year: int, user: User | AnonymousUser
) -> tuple[Upload, PreviewState]:
    """Return the upload and preview state of a payload signed for this user, kadernota and year.

    Raises InvalidPayload for every other payload.
    """
    try:
        content = signing.loads(payload, salt=_salt(kadernota, year, user), max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise InvalidPayload from error
    rows = tuple(
        SheetRow(number, {name: _unpack_cell(cell) for name, cell in cells.items()}, positions)
        for number, cells, positions in content["rows"]
    )
    observations = tuple(_unpack_observation(item) for item in content["observations"])
    upload = Upload(
        kind=UploadKind(content["kind"]),
        rows=rows,
        observations=observations,
        region=content["region"],
        question=content["question"],
    )
    return upload, PreviewState(*(dict(content[name]) for name in ("components", "revisions", "questions")))


def is_stale(plan: Plan, preview: PreviewState) -> bool:
    """Return whether a row now has another component than in the preview: a code or a mapping was changed."""
    return any(row.entry and preview.components.get(row.number) != row.entry.component.series_id for row in plan.rows)


def with_previewed_revisions(plan: Plan, preview: PreviewState) -> Plan:
    """Return the plan with the revisions of the preview, so that later changes by others raise Conflict."""
    return Plan(
        tuple(
            replace(row, entry=replace(row.entry, seen=preview.revisions.get(row.number))) if row.entry else row
            for row in plan.rows
        )
    )


def without_rows(plan: Plan, numbers: set[int]) -> Plan:
    """Return the plan without these rows."""
    return Plan(tuple(row for row in plan.rows if row.number not in numbers))


def _with_questions(
    upload: Upload, planned: PlannedRow, row: SheetRow, observed: Mapping[int, tuple[SheetRow, Observation]]
) -> PlannedRow:
    """Return the planned row with the questions that its source raises; a row that changes nothing has none."""
    if planned.outcome not in (Outcome.NEW, Outcome.CHANGED):
        return planned
    questions = [planned.question, upload.question]
    if upload.kind is UploadKind.CSV:
        questions.append(_split_decimal_question(row))
    if row.number in observed and observed[row.number][1].is_unknown:
        text = observed[row.number][1].text
        questions.append(f"De bron geeft ‘{text}’: onbekend of geheim. Vastleggen als n.b.?")
    return replace(planned, question=" ".join(filter(None, questions)))


def _split_decimal_question(row: SheetRow) -> str:
    """Return a question when a decimal comma seems to have split a figure over two columns, as in V2,2022,6,2."""
    names = list(row.positions)
    following = names[names.index("meting") + 1 :]
    if not following:
        return ""
    column, figure = following[0], row.cells["meting"].text.strip()
    decimals = row.cells[column].text.strip()
    is_short = column == "toelichting" or len(decimals.strip("%")) < 3
    if figure.isdigit() and BARE_NUMBER.fullmatch(decimals) and is_short:
        return f"In de kolom {column} staat alleen ‘{decimals}’. Klopt {figure}, of stond er {figure},{decimals}?"
    return ""


def _pasted_records(text: str) -> list[tuple[int, list[str]]]:
    if len(text) > MAX_PASTED:
        raise SheetRefused("Dit blok is te lang.", "Plak alleen de kolommen met de indicator en het cijfer.")
    if "\0" in text:
        raise SheetRefused("Er staat een onleesbaar teken in dit blok.", "Kopieer het blok opnieuw.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ";", strict=True)
    records, line = [], 1
    try:
        for cells in reader:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetRefused(
            f"De aanhalingstekens vanaf regel {line} kloppen niet.", "Haal ze weg, of zet er een paar omheen."
        ) from error
    if len(records) > MAX_PASTED_ROWS:
        raise SheetRefused(
            f"Dit blok heeft meer dan {MAX_PASTED_ROWS:_} regels.".replace("_", "."), "Plak minder rijen."
        )
    return records


def _row_below_headings(line: int, cells: list[str], columns: Mapping[str, int], year: int) -> SheetRow:
    texts = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
    texts.setdefault("jaar", str(year))
    return _sheet_row(line, texts)


def _row_without_headings(line: int, cells: list[str], year: int) -> SheetRow:
    if len(cells) > 3:
        raise SheetRefused(
            f"Regel {line} heeft {len(cells)} kolommen.",
            "Plak twee kolommen (indicator, cijfer) of drie (indicator, onderdeel, cijfer), of zet er koppen boven.",
        )
    component = cells[1] if len(cells) == 3 else ""
    figure = cells[-1] if len(cells) > 1 else ""
    return _sheet_row(line, {"indicator": cells[0], "onderdeel": component, "jaar": str(year), "meting": figure})


def _sheet_row(line: int, texts: Mapping[str, str]) -> SheetRow:
    cells = {name: Cell("text", text) if text.strip() else Cell("empty") for name, text in texts.items()}
    return SheetRow(line, cells, {})


def _salt(kadernota: Kadernota, year: int, user: User | AnonymousUser) -> str:
    return f"indicators.upload:{kadernota.pk}:{year}:{user.pk}"


def _pack_cell(cell: Cell) -> list[Any]:
    """Return a cell as JSON, with a Decimal as text, so that it keeps its digits."""
    number = str(cell.number) if isinstance(cell.number, Decimal) else cell.number
    return [cell.kind, cell.text, number, cell.number_format, cell.formula, cell.has_result]


def _unpack_cell(packed: list[Any]) -> Cell:
    kind, text, number, number_format, formula, has_result = packed
    return Cell(
        kind=kind,
        text=text,
        number=Decimal(number) if isinstance(number, str) else number,
        number_format=number_format,
        formula=formula,
        has_result=has_result,
    )


def _unpack_observation(packed: list[Any]) -> Observation:
    line, row_name, column_name, text, provisional = packed
    return Observation(line=line, row_name=row_name, column_name=column_name, text=text, provisional=provisional)
