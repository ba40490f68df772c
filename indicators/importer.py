"""A sheet of figures becomes a plan: of each row what it would do, or why it is refused. Then all of it, or nothing.

The columns are indicator, onderdeel, jaar, meting, toelichting and steekproef (indicators/sheets reads the file).
"""

import difflib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from priorities.models import Kadernota

from .actions import (
    CHANGED,
    NEW,
    SAME,
    Entry,
    needs_reason,
    outcome_of,
    record_measurements,
    standing_figures,
)
from .domain.cells import Cell, read_cell, show_cell
from .domain.notation import Understood, format_value
from .domain.refusals import Refusal
from .domain.values import Exact, UnitKind, Value
from .models import LONGEST_EXPLANATION, Area, Component, Measurement
from .sheets import SheetRow

EMPTY, REFUSED = "empty", "refused"
OUTCOMES = (NEW, CHANGED, SAME, EMPTY)


@dataclass(frozen=True)
class RowRefusal:
    """Why one cell is refused: where it stands, what it says, why not, and what was probably meant."""

    row: int
    column: str
    where: str
    refusal: Refusal

    def __str__(self) -> str:
        place = f"rij {self.row}, kolom {self.column}"
        return f"{place} ({self.where}): {self.refusal}" if self.where else f"{place}: {self.refusal}"


@dataclass(frozen=True)
class PlannedRow:
    """What one row would do. `was` is the figure that stands there now; `question` asks to look again."""

    number: int
    outcome: str
    entry: Entry | None = None
    was: Measurement | None = None
    question: str = ""
    refusal: RowRefusal | None = None


@dataclass(frozen=True)
class Plan:
    """What a whole sheet would do; it can be taken only when no row is refused."""

    rows: tuple[PlannedRow, ...]

    @property
    def refusals(self) -> list[RowRefusal]:
        """Every refusal, in the order of the rows."""
        return [row.refusal for row in self.rows if row.refusal]

    @property
    def questions(self) -> list[PlannedRow]:
        """The rows that ask "klopt dit?"."""
        return [row for row in self.rows if row.question]

    def count(self, outcome: str) -> int:
        """How many rows have this outcome; over all outcomes they add up to the rows read."""
        return sum(row.outcome == outcome for row in self.rows)


def plan_import(kadernota: Kadernota, rows: list[SheetRow]) -> Plan:
    """Read every row against what stands in `kadernota`; records nothing.

    A row is refused with its place and reason; the same figure of the same year twice refuses both rows.
    """
    book = _Book(kadernota)
    keyed = [_keyed(book, row) for row in rows]
    doubles = _doubles(keyed)
    # Earlier years first: a figure of this very sheet is the last figure of the years after it.
    by_year = sorted(range(len(keyed)), key=lambda index: keyed[index].year)
    planned: dict[int, PlannedRow] = {}
    for index in by_year:
        item = keyed[index]
        try:
            if item.refusal:
                raise item.refusal
            if item.row.number in doubles:
                raise doubles[item.row.number]
            planned[index] = _plan_row(book, item)
        except _Refused as refused:
            planned[index] = PlannedRow(item.row.number, REFUSED, refusal=refused.refusal)
    return Plan(tuple(planned[index] for index in range(len(keyed))))


def apply_import(plan: Plan, *, by, now: datetime) -> list[str]:
    """Record the whole plan in one transaction.

    Raises Conflict when a figure changed since the plan was made, NotAllowed when `by` may not record, and
    ValueError for a plan with refusals.
    """
    if plan.refusals:
        raise ValueError("a plan with refusals cannot be taken")
    entries = [row.entry for row in plan.rows if row.entry is not None]
    return record_measurements(entries=entries, by=by, now=now)


class _Refused(Exception):
    """Carries the refusal of one row to where the plan is made."""

    def __init__(self, row: SheetRow, column: str, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = RowRefusal(row.number, column, row.positions.get(column, ""), refusal)


@dataclass(frozen=True)
class _Keyed:
    """A row with the component and the year that it is about, or the refusal of those."""

    row: SheetRow
    component: Component | None = None
    year: int = 0
    refusal: _Refused | None = None


class _Book:
    """What stands in a kadernota: its components by name and code, its figures, and those read so far."""

    def __init__(self, kadernota: Kadernota) -> None:
        self.kadernota = kadernota
        self.area = Area.objects.get(kadernota=kadernota, is_whole=True)
        self.by_indicator: dict[str, list[Component]] = defaultdict(list)
        self.names: dict[str, str] = {}
        components = Component.objects.filter(indicator__priority__kadernota=kadernota)
        for component in components.select_related("indicator", "baseline").order_by("indicator__order", "order"):
            for name in (component.indicator.code, component.indicator.name):
                self.by_indicator[_folded(name)].append(component)
                self.names[_folded(name)] = name
        self.standing = standing_figures(kadernota, kadernota.years)
        self.exact = {
            (component, year): current.number
            for (component, area, year), (current, _) in self.standing.items()
            if area == self.area.pk and isinstance(current.value, Exact)
        }

    def last(self, component: Component, year: int) -> Decimal | None:
        """The newest exact figure of an earlier year, else the exact baseline."""
        for earlier in range(year - 1, self.kadernota.first_year - 1, -1):
            if (component.pk, earlier) in self.exact:
                return self.exact[component.pk, earlier]
        baseline = getattr(component, "baseline", None)
        return baseline.number if baseline and isinstance(baseline.value, Exact) else None

    def note(self, component: Component, year: int, value: Value) -> None:
        """Remember a figure of this sheet as it will stand."""
        self.exact.pop((component.pk, year), None)
        if isinstance(value, Exact):
            self.exact[component.pk, year] = value.number


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _keyed(book: _Book, row: SheetRow) -> _Keyed:
    try:
        component = _component(book, row)
        return _Keyed(row, component, _year(book, row))
    except _Refused as refused:
        return _Keyed(row, refusal=refused)


def _component(book: _Book, row: SheetRow) -> Component:
    typed = _text(row, "indicator")
    parts = book.by_indicator.get(_folded(typed), [])
    if not parts:
        close = difflib.get_close_matches(_folded(typed), book.names, n=1, cutoff=0.75) if typed else []
        why = (
            "deze indicator staat niet in de kadernota" if typed else "hier hoort de naam of de code van een indicator"
        )
        raise _Refused(row, "indicator", Refusal(typed, why, book.names[close[0]] if close else ""))
    named = _text(row, "onderdeel")
    if not named and len(parts) == 1:
        return parts[0]
    fitting = [part for part in parts if _folded(part.name) == _folded(named)]
    if fitting:
        return fitting[0]
    if len(parts) == 1:
        raise _Refused(
            row,
            "onderdeel",
            Refusal(named, f"{parts[0].indicator.code} heeft geen onderdelen; laat dit leeg"),
        )
    names = " of ".join(f"‘{part.name}’" for part in parts)
    close = difflib.get_close_matches(_folded(named), {_folded(part.name): part for part in parts}, n=1, cutoff=0.6)
    meant = next((part.name for part in parts if close and _folded(part.name) == close[0]), "")
    raise _Refused(
        row,
        "onderdeel",
        Refusal(named, f"schrijf welk onderdeel van {parts[0].indicator.code}: {names}", meant),
    )


def _year(book: _Book, row: SheetRow) -> int:
    typed = _text(row, "jaar")
    if typed.isascii() and typed.isdigit() and len(typed) == 4 and int(typed) in book.kadernota.years:
        return int(typed)
    first, last = book.kadernota.first_year, book.kadernota.last_year
    raise _Refused(row, "jaar", Refusal(typed, f"dit is geen jaar van deze kadernota ({first} tot en met {last})"))


def _text(row: SheetRow, column: str) -> str:
    """A cell as plain text; a whole number without its grouping, as for a year."""
    cell = row.cells.get(column, Cell("empty"))
    if not cell.has_result:
        raise _Refused(row, column, Refusal(cell.formula or "formule", "deze formule heeft geen opgeslagen uitkomst"))
    if cell.kind == "number" and cell.number is not None and cell.number == cell.number and abs(cell.number) < 10**15:
        number = Decimal(str(cell.number))
        if number == number.to_integral_value():
            return str(int(number))
    if cell.kind == "error":
        raise _Refused(row, column, Refusal(cell.text, "dit is een foutmelding van het spreadsheetprogramma"))
    return show_cell(cell).strip()


def _doubles(keyed: list[_Keyed]) -> dict[int, _Refused]:
    """Rows about the same component and year: refused both, whether they agree or not. Empty rows do not count."""
    groups: dict[tuple[int, int], list[SheetRow]] = defaultdict(list)
    for item in keyed:
        filled = item.row.cells.get("meting", Cell("empty")).kind != "empty"
        if item.component is not None and filled:
            groups[item.component.pk, item.year].append(item.row)
    refused = {}
    for rows in groups.values():
        for row in rows if len(rows) > 1 else ():
            others = " en ".join(str(other.number) for other in rows if other is not row)
            why = f"dit cijfer staat ook in rij {others}; laat er één staan"
            refused[row.number] = _Refused(row, "meting", Refusal(show_cell(row.cells["meting"]), why))
    return refused


def _plan_row(book: _Book, item: _Keyed) -> PlannedRow:
    row, component, year = item.row, item.component, item.year
    assert component is not None
    current, adopted = book.standing.get((component.pk, book.area.pk, year), (None, None))
    explanation, sample = _explanation(row), _sample(row, component)
    understood = _understood(book, item)
    if understood is None:
        if explanation is None and sample is None:
            return PlannedRow(row.number, EMPTY)
        if current is None:
            why = "er staat wel een toelichting of steekproef, maar geen cijfer; schrijf het cijfer, pm of n.b."
            raise _Refused(row, "meting", Refusal("", why))
        understood = Understood(current.value)
    seen = current.pk if current else None
    entry = Entry(component, book.area, year, understood.value, explanation, sample, seen)
    outcome = outcome_of(entry, current)
    if outcome == CHANGED and needs_reason(entry, adopted) and not explanation:
        was = format_value(adopted.value, component.unit)
        why = f"dit verschilt van het vastgestelde cijfer {was}; geef de reden van de correctie in de toelichting"
        raise _Refused(row, "toelichting", Refusal(show_cell(row.cells["meting"]), why))
    book.note(component, year, understood.value)
    question = "" if outcome == SAME else understood.question
    return PlannedRow(row.number, outcome, entry, current, question)


def _understood(book: _Book, item: _Keyed) -> Understood | None:
    assert item.component is not None
    cell = item.row.cells.get("meting", Cell("empty"))
    last = book.last(item.component, item.year)
    try:
        return read_cell(cell, item.component.unit, last=last, year=item.year)
    except Refusal as refusal:
        raise _Refused(item.row, "meting", refusal) from None


def _explanation(row: SheetRow) -> str | None:
    typed = _text(row, "toelichting")
    if len(typed) > LONGEST_EXPLANATION:
        raise _Refused(row, "toelichting", Refusal(typed, f"de toelichting is langer dan {LONGEST_EXPLANATION} tekens"))
    if "\x00" in typed:
        raise _Refused(row, "toelichting", Refusal(typed.replace("\x00", ""), "er staat een onleesbaar teken in"))
    return typed or None


def _sample(row: SheetRow, component: Component) -> int | None:
    typed = _text(row, "steekproef").replace(".", "")
    if not typed:
        return None
    if component.unit.kind is UnitKind.COUNT:
        raise _Refused(
            row,
            "steekproef",
            Refusal(typed, "een steekproef hoort alleen bij een percentage of cijfer uit een enquête"),
        )
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 2_000_000_000 and len(typed) < 11):
        raise _Refused(row, "steekproef", Refusal(typed, "schrijf het aantal ondervraagde personen als heel getal"))
    return int(typed)
