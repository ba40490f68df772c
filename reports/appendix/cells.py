"""The cells that the tables of the appendix share: a figure, a baseline, a target, a verdict, and their footnotes."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.assessment import Status
from indicators.domain.values import Exact, NoValue, Reason, UnitKind, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.statuses import standing_words, status_words
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


def value_cell(value: Value | None, printed: str, part: ComponentRow, suffix: str = "") -> Cell:
    """A value as it is printed; a real number for sheets where it is exact."""
    text = f"{printed or NOTHING}{suffix}"
    if not isinstance(value, Exact):
        return Cell(text)
    unit = "%" if part.unit.kind is UnitKind.PERCENTAGE else ""
    return Cell(text, number=value.number, decimals=part.unit.decimals, unit=unit)


def figure_cell(part: ComponentRow, figure: Figure) -> Cell:
    """What was measured; a draft says that it is one."""
    return value_cell(figure.value, figure.printed, part, DRAFT_SUFFIX if figure.is_draft else "")


def target_cell(part: ComponentRow, figure: Figure) -> Cell:
    """A component's own target; a number for sheets where it is a bare one."""
    target = figure.target
    if target is None:
        return Cell(NOTHING)
    return value_cell(
        Exact(target.aim) if target.bound is None and target.aim is not None else None, figure.target_printed, part
    )


def verdict_cell(figure: Figure, overview: Overview) -> Cell:
    """How a component stands, in words."""
    words = standing_words(figure, final=figure.year == overview.last_year)
    return Cell(words, status=figure.status.value)


def status_cell(status: Status, *, final: bool) -> Cell:
    """A status by itself, in words."""
    return Cell(status_words(status, final=final), status=status.value)


@dataclass(frozen=True)
class BaselineMarks:
    """The mark `*)` behind a baseline of another year than the kadernota's own; one more star for each such year."""

    marks: dict[int, str]

    def of(self, part: ComponentRow) -> str:
        """The mark behind this component's baseline, or nothing."""
        return f" {self.marks[part.baseline_year]}" if part.baseline_year in self.marks else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The footnotes to the marks, as the nota has them."""
        return tuple(f"{mark} meting {year}" for year, mark in self.marks.items())


def baseline_marks(rows: Iterable[IndicatorRow], overview: Overview) -> BaselineMarks:
    """The marks that these indicators need."""
    years = {part.baseline_year for row in rows for part in row.components if part.baseline_year}
    other = sorted(years - {overview.baseline_year})
    return BaselineMarks({year: "*" * number + ")" for number, year in enumerate(other, start=1)})


def baseline_cell(part: ComponentRow, marks: BaselineMarks) -> Cell:
    """The baseline with its mark."""
    return value_cell(part.baseline, part.baseline_printed, part, marks.of(part))


def notation_notes(values: Iterable[Value | None]) -> tuple[str, ...]:
    """The footnotes that these values need: provisional, withheld, no value, nothing at all."""
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
    """Code and name of the indicator, with the component's name where it has one."""
    return f"{row.code} {row.name}" + (f" – {part.name}" if part.name else "")
