"""The flat table of all figures, for machine reading: a row for each component and year, with targets as printed."""

from indicators.domain.formatting import format_number
from indicators.domain.statuses import CERTAINTY_WORDS
from indicators.domain.values import Exact, UnitKind, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words
from reports.appendix.cells import integer_cell, value_cell
from reports.document import Cell, Column, Pivot, Table

COLUMNS = (
    Column("kadernota", width=14),
    Column("prioriteit", "figure", 5),
    Column("code", width=5),
    Column("indicator", width=20),
    Column("onderdeel", width=10),
    Column("bron", width=7),
    Column("jaar", "figure", 5),
    Column("nulmeting", "figure", 7),
    Column("nulmeting_jaar", "figure", 20),
    Column("streefwaarde", "figure", 16),
    Column("meting", "figure", 7),
    Column("voorlopig", width=6),
    Column("eenheid", width=16),
    Column("oordeel", width=18),
    Column("status", width=8),
    Column("regel", "figure", 5),
    Column("sinds_nulmeting", "figure", 20),
    Column("zekerheid", width=19),
    Column("toelichting", width=24),
    Column("editie", width=6),
    Column("stand", width=9),
    Column("oefening", width=6),
)
PER_YEAR = Pivot(
    name="Per jaar",
    caption="De metingen per jaar naast elkaar",
    rows=("code", "indicator", "onderdeel"),
    column="jaar",
    value="meting",
)
UNIT_WORDS = {UnitKind.COUNT: "aantal", UnitKind.PERCENTAGE: "%", UnitKind.GRADE: "rapportcijfer"}


def figures_table(overview: Overview, year: int) -> Table:
    """Return all figures up to and including `year`, with their numbers where these are exact."""
    rows = tuple(
        _row(overview, row, part, part.figures[figure_year])
        for row in overview.rows
        for part in row.components
        for figure_year in overview.years
        if figure_year <= year
    )
    return Table(f"Alle cijfers tot en met {year}", COLUMNS, rows)


def _row(overview: Overview, row: IndicatorRow, part: ComponentRow, figure: Figure) -> tuple[Cell, ...]:
    assessment = figure.assessment
    provisional = isinstance(figure.value, Exact | Withheld) and figure.value.provisional
    return (
        Cell(overview.title),
        integer_cell(row.priority_number),
        Cell(row.code),
        Cell(row.name),
        Cell(part.name),
        Cell(row.source),
        integer_cell(figure.year),
        value_cell(part.baseline, part.baseline_printed, part) if part.baseline else Cell(""),
        integer_cell(part.baseline_year),
        Cell(figure.target_printed),
        value_cell(figure.value, figure.printed, part) if figure.value else Cell(""),
        Cell("ja" if provisional else ""),
        Cell(UNIT_WORDS[part.unit.kind]),
        Cell(figure_status_words(figure, final=figure.year == overview.last_year)),
        Cell(figure.status.value),
        integer_cell(assessment.rule),
        _difference(part, figure),
        Cell(CERTAINTY_WORDS[assessment.certainty] if assessment.certainty else ""),
        Cell(figure.explanation),
        Cell(figure.edition.label if figure.edition else ""),
        Cell(_state(figure)),
        Cell("ja" if overview.is_practice else ""),
    )


def _difference(part: ComponentRow, figure: Figure) -> Cell:
    """Return measurement minus baseline, in the unit of the component; for percentages in percentage points."""
    difference = figure.assessment.difference
    if difference is None:
        return Cell("")
    return Cell(format_number(difference, part.unit.decimals), number=difference, decimals=part.unit.decimals)


def _state(figure: Figure) -> str:
    """Return whether a figure is adopted, taken over from published data, or a draft; "" without figure."""
    if figure.edition:
        return "overgenomen" if figure.edition.is_taken_over else "vastgesteld"
    return "concept" if figure.is_draft else ""
