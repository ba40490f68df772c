"""What an officer sends in (a file, a pasted block, a published table) on its way from preview to confirmation.

Between the two pages the rows travel in the form itself, signed: the server keeps nothing, so there is nothing to clean
up, any of several server processes can answer, and both databases are left alone. The signature is bound to the person,
the kadernota and the year and lasts for a working session; what was changed in a browser or came too late is refused.
What travels are the cells as they were read, with the revisions that the preview showed: never the file or its name.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from django.core import signing

from indicators.actions import CHANGED, NEW
from indicators.domain.cells import Cell
from indicators.intake import Plan, PlannedRow, plan_import
from indicators.intake.open_data import Observation, is_open_data, read_open_data, to_rows
from indicators.intake.sheets import COLUMNS, SheetRefused, SheetRow, read_sheet
from indicators.models import Component
from priorities.models import Kadernota

MAX_AGE = 4 * 60 * 60  # seconds between the preview and the confirmation
MAX_SEALED = 1_000_000  # characters of the signed rows in the form
MAX_PASTED = 200_000  # characters
MAX_PASTED_ROWS = 1_000
BARE_NUMBER = re.compile(r"[0-9]{1,4}%?")

Kind = Literal["bestand", "csv", "blok", "open data"]


@dataclass(frozen=True)
class Delivery:
    """What was sent in, as it was read. `doubt` is a question about all of it."""

    kind: Kind
    rows: tuple[SheetRow, ...] = ()
    observations: tuple[Observation, ...] = ()
    region: str = ""
    doubt: str = ""

    @property
    def is_open_data(self) -> bool:
        """Whether this is a published table, of which rows may be left out."""
        return self.kind == "open data"


@dataclass(frozen=True)
class Seen:
    """What the preview showed, by row number: which component, its revision, and the question that was asked."""

    components: Mapping[int, int] = field(default_factory=dict)
    revisions: Mapping[int, int | None] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)


class Expired(Exception):
    """What came back is not what was sent, or it came too late, or it is of someone or something else."""


def receive_file(kadernota: Kadernota, year: int, name: str, content: bytes) -> Delivery:
    """Read an uploaded file: one with our columns, or a published table. Raises SheetRefused."""
    if is_open_data(content):
        table = read_open_data(content, organisation=kadernota.organisation, year=year)
        return Delivery("open data", observations=table.observations, region=table.region, doubt=table.doubt)
    return Delivery("csv" if name.casefold().endswith(".csv") else "bestand", tuple(read_sheet(name, content)))


def receive_paste(text: str, year: int) -> Delivery:
    """Read a pasted block: with our headings in any order, or two or three columns for `year`. Raises SheetRefused.

    Columns stand apart by tabs, as a spreadsheet copies them; by semicolons where there is no tab at all.
    """
    records = _pasted_records(text)
    if not records:
        raise SheetRefused("Er is niets geplakt.", "Plak de kolommen met de indicator en het cijfer.")
    headings = [" ".join(cell.split()).casefold() for cell in records[0][1]]
    if {"indicator", "meting"} <= set(headings):
        twice = [name for name in COLUMNS if headings.count(name) > 1]
        if twice:
            raise SheetRefused(f"De kolom ‘{twice[0]}’ staat er twee keer.", "Laat er één over.")
        named = {name: at for at, name in enumerate(headings) if name in COLUMNS}
        return Delivery("blok", tuple(_pasted_row(line, cells, named, year) for line, cells in records[1:]))
    return Delivery("blok", tuple(_bare_row(line, cells, year) for line, cells in records))


def plan_delivery(
    kadernota: Kadernota, delivery: Delivery, year: int, mapped: Mapping[tuple[str, str], Component]
) -> Plan:
    """What this would do, with the questions that its way of coming gives rise to. Records nothing."""
    observed = to_rows(delivery.observations, mapped, year)
    rows = list(delivery.rows) or [row for row, _ in observed.values()]
    by_number = {row.number: row for row in rows}
    plan = plan_import(kadernota, rows)
    return Plan(tuple(_asked(delivery, row, by_number[row.number], observed) for row in plan.rows))


def seal(delivery: Delivery, plan: Plan, *, kadernota: Kadernota, year: int, user) -> str:
    """The rows and what the preview shows of them, as one signed text. Raises SheetRefused when it is too much."""
    content = {
        "kind": delivery.kind,
        "region": delivery.region,
        "doubt": delivery.doubt,
        "rows": [
            [row.number, {name: _packed(cell) for name, cell in row.cells.items()}, row.positions]
            for row in delivery.rows
        ],
        "observations": [
            [item.line, item.row_name, item.column_name, item.text, item.provisional] for item in delivery.observations
        ],
        "components": [[row.number, row.entry.component.pk] for row in plan.rows if row.entry],
        "revisions": [[row.number, row.entry.seen] for row in plan.rows if row.entry],
        "questions": [[row.number, row.question] for row in plan.questions],
    }
    sealed = signing.dumps(content, salt=_salt(kadernota, year, user), compress=True)
    if len(sealed) > MAX_SEALED:
        raise SheetRefused(
            "Er staat te veel tekst in om in één keer te controleren.", "Verdeel de rijen over twee bestanden."
        )
    return sealed


def unseal(sealed: str, *, kadernota: Kadernota, year: int, user) -> tuple[Delivery, Seen]:
    """What was sealed for this person, kadernota and year; raises Expired for everything else."""
    try:
        content = signing.loads(sealed, salt=_salt(kadernota, year, user), max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise Expired from error
    rows = tuple(
        SheetRow(number, {name: _unpacked(cell) for name, cell in cells.items()}, positions)
        for number, cells, positions in content["rows"]
    )
    observations = tuple(Observation(*item) for item in content["observations"])
    delivery = Delivery(content["kind"], rows, observations, content["region"], content["doubt"])
    return delivery, Seen(*(dict(content[name]) for name in ("components", "revisions", "questions")))


def is_stale(plan: Plan, seen: Seen) -> bool:
    """Whether a row is now about something that the preview did not show: a code or a link was changed."""
    return any(row.entry and seen.components.get(row.number) != row.entry.component.pk for row in plan.rows)


def as_seen(plan: Plan, seen: Seen) -> Plan:
    """The plan with the revisions of the preview: who changed a figure since then is not overwritten."""
    return Plan(
        tuple(
            replace(row, entry=replace(row.entry, seen=seen.revisions.get(row.number))) if row.entry else row
            for row in plan.rows
        )
    )


def without(plan: Plan, numbers: set[int]) -> Plan:
    """The plan without these rows."""
    return Plan(tuple(row for row in plan.rows if row.number not in numbers))


def _asked(
    delivery: Delivery, planned: PlannedRow, row: SheetRow, observed: Mapping[int, tuple[SheetRow, Observation]]
) -> PlannedRow:
    """The planned row with what its origin makes doubtful. A row that changes nothing asks nothing."""
    if planned.outcome not in (NEW, CHANGED):
        return planned
    questions = [planned.question, delivery.doubt]
    if delivery.kind == "csv":
        questions.append(_split_decimal(row))
    if row.number in observed and observed[row.number][1].is_unknown:
        text = observed[row.number][1].text
        questions.append(f"De bron geeft ‘{text}’: onbekend of geheim. Vastleggen als n.b.?")
    return replace(planned, question=" ".join(filter(None, questions)))


def _split_decimal(row: SheetRow) -> str:
    """A question where a decimal comma seems to have parted a figure over two columns: V2,2022,6,2."""
    names = list(row.positions)
    after = names[names.index("meting") + 1 :][:1]
    figure, rest = row.cells["meting"].text.strip(), row.cells[after[0]].text.strip() if after else ""
    if figure.isdigit() and BARE_NUMBER.fullmatch(rest) and (after[0] == "toelichting" or len(rest.strip("%")) < 3):
        return f"In de kolom {after[0]} staat alleen ‘{rest}’. Klopt {figure}, of stond er {figure},{rest}?"
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


def _pasted_row(line: int, cells: list[str], named: Mapping[str, int], year: int) -> SheetRow:
    texts = {name: cells[at] if at < len(cells) else "" for name, at in named.items()}
    texts.setdefault("jaar", str(year))
    return _row_of(line, texts)


def _bare_row(line: int, cells: list[str], year: int) -> SheetRow:
    if len(cells) > 3:
        raise SheetRefused(
            f"Regel {line} heeft {len(cells)} kolommen.",
            "Plak twee kolommen (indicator, cijfer) of drie (indicator, onderdeel, cijfer), of zet er koppen boven.",
        )
    indicator, *part = cells[:1] if len(cells) < 3 else cells[:2]
    figure = cells[-1] if len(cells) > 1 else ""
    return _row_of(line, {"indicator": indicator, "onderdeel": "".join(part), "jaar": str(year), "meting": figure})


def _row_of(line: int, texts: Mapping[str, str]) -> SheetRow:
    return SheetRow(
        line, {name: Cell("text", text) if text.strip() else Cell("empty") for name, text in texts.items()}, {}
    )


def _salt(kadernota: Kadernota, year: int, user) -> str:
    return f"indicators.upload:{kadernota.pk}:{year}:{user.pk}"


def _packed(cell: Cell) -> list[Any]:
    """A cell as plain JSON: a Decimal as its text, so that it stays the figure that it is."""
    number = str(cell.number) if isinstance(cell.number, Decimal) else cell.number
    return [cell.kind, cell.text, number, cell.number_format, cell.formula, cell.has_result]


def _unpacked(packed: list[Any]) -> Cell:
    kind, text, number, number_format, formula, has_result = packed
    return Cell(
        kind,
        text,
        number=Decimal(number) if isinstance(number, str) else number,
        number_format=number_format,
        formula=formula,
        has_result=has_result,
    )
