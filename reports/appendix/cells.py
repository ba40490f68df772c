"""Cells that the tables of documents share, from whole numbers to verdicts, with their footnotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.assessment import Status
from indicators.domain.statuses import status_words
from indicators.domain.values import Exact, NoValue, Reason, UnitKind, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words
from reports.document import Cell

NOTHING = "–"
DRAFT_SUFFIX = " (concept)"
REASON_NOTES = {
    Reason.PM: "pm: het cijfer volgt nog.",
    Reason.UNKNOWN: "n.b.: het cijfer is niet bekend.",
    Reason.NOT_APPLICABLE: "n.v.t.: een cijfer is dit jaar niet van toepassing.",
}
PROVISIONAL_NOTE = "* achter een cijfer: voorlopig, het kan nog veranderen."
WITHHELD_NOTE = "< of ≤ voor een meting: de bron geeft het precieze aantal niet vrij."
NOTHING_NOTE = f"{NOTHING}: geen cijfer of geen streefwaarde."


def integer_cell(number: int | None) -> Cell:
    """Return a whole number without grouping, as for a year; an empty cell for None."""
    return Cell("") if number is None else Cell(str(number), number=Decimal(number), decimals=0)


def value_cell(value: Value | None, printed: str, part: ComponentRow, suffix: str = "") -> Cell:
    """Return a value as printed, with its number when it is exact."""
    text = f"{printed or NOTHING}{suffix}"
    if not isinstance(value, Exact):
        return Cell(text)
    return Cell(
        text,
        number=value.number,
        decimals=part.unit.decimals,
        unit="%" if part.unit.kind is UnitKind.PERCENTAGE else "",
    )


def figure_cell(part: ComponentRow, figure: Figure) -> Cell:
    """Return the measurement; a draft is marked."""
    return value_cell(figure.value, figure.printed, part, DRAFT_SUFFIX if figure.is_draft else "")


def target_cell(part: ComponentRow, figure: Figure) -> Cell:
    """Return the target of a component, with its number when it has no bound."""
    target = figure.target
    if target is None:
        return Cell(NOTHING)
    number = Exact(target.aim) if target.bound is None and target.aim is not None else None
    return value_cell(number, figure.target_printed, part)


def verdict_cell(figure: Figure, overview: Overview) -> Cell:
    """Return the verdict on a component, in words."""
    words = figure_status_words(figure, final=figure.year == overview.last_year)
    return Cell(words, status=figure.status.value)


def status_cell(status: Status, *, final: bool) -> Cell:
    """Return a status, in words."""
    return Cell(status_words(status, final=final), status=status.value)


@dataclass(frozen=True)
class BaselineMarks:
    """The marks of baselines of another year than that of the kadernota: `*)`, `**)`, by year, as in the nota."""

    marks: dict[int, str]

    def of(self, part: ComponentRow) -> str:
        """Return the mark after the baseline of this component, or ""."""
        return f" {self.marks[part.baseline_year]}" if part.baseline_year in self.marks else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The footnotes of the marks, as in the nota."""
        return tuple(f"{mark} meting {year}" for year, mark in self.marks.items())


def baseline_marks(rows: Iterable[IndicatorRow], overview: Overview) -> BaselineMarks:
    """Return the marks for the baselines of these indicators."""
    years = {part.baseline_year for row in rows for part in row.components if part.baseline_year}
    deviating = sorted(years - {overview.baseline_year})
    return BaselineMarks({year: "*" * number + ")" for number, year in enumerate(deviating, start=1)})


def baseline_cell(part: ComponentRow, marks: BaselineMarks) -> Cell:
    """Return the baseline with its mark."""
    return value_cell(part.baseline, part.baseline_printed, part, marks.of(part))


def notation_notes(values: Iterable[Value | None]) -> tuple[str, ...]:
    """Return the footnotes for the notation of these values: provisional, withheld, reasons for no value, no row."""
    values = list(values)
    notes = []
    if any(isinstance(value, Exact | Withheld) and value.provisional for value in values):
        notes.append(PROVISIONAL_NOTE)
    if any(isinstance(value, Withheld) for value in values):
        notes.append(WITHHELD_NOTE)
    reasons = {value.reason for value in values if isinstance(value, NoValue)}
    notes += [note for reason, note in REASON_NOTES.items() if reason in reasons]
    if None in values:
        notes.append(NOTHING_NOTE)
    return tuple(notes)


def component_name(row: IndicatorRow, part: ComponentRow) -> str:
    """Return code and name of the indicator, with the name of the component if it has one."""
    return row.title_of(part, " – ")
