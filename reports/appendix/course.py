"""Tables and charts for spreadsheets: the course of each component, and the number of indicators per status."""

from decimal import Decimal

from indicators.domain.formatting import format_in_unit
from indicators.domain.values import Exact
from indicators.readmodel.rows import ComponentRow, Overview
from reports.appendix.cells import component_name, value_cell
from reports.appendix.result import RESULT
from reports.document import Cell, Chart, Column, Table

COURSE = "Verloop"
LINES = ("meting", "streefwaarde", "nulmeting")  # the rows of a component, in this order
NAMES = 2  # number of columns before the years


def course_table(overview: Overview, year: int) -> Table:
    """Return the table with three rows for each component: measurements, deciding targets, baseline."""
    columns = (
        Column("Indicator", "heading", 24),
        Column("Reeks", width=9),
        *(Column(str(column_year), "figure", 7) for column_year in overview.years),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in overview.rows:
        for part in row.components:
            rows += [(Cell(component_name(row, part)), Cell(line), *_line(part, line, year)) for line in LINES]
    notes = (
        "Streefwaarde: de grens die over het oordeel beslist; met < of > ervoor moet het cijfer er voorbij.",
        "Een meting zonder precies cijfer staat niet in de grafiek.",
    )
    return Table(
        f"Het verloop van elke indicator tot en met {year}", columns, tuple(rows), footnotes=notes, name=COURSE
    )


def _line(part: ComponentRow, line: str, year: int) -> list[Cell]:
    cells = []
    for column_year, figure in part.figures.items():
        number: Decimal | None = None
        if line == "meting":
            number = figure.value.number if isinstance(figure.value, Exact) and column_year <= year else None
        elif line == "streefwaarde":
            number = figure.target.deciding(part.direction).number if figure.target else None
        elif isinstance(part.baseline, Exact):
            number = part.baseline.number
        cells.append(Cell("") if number is None else value_cell(Exact(number), format_in_unit(number, part.unit), part))
    return cells


def course_charts(overview: Overview, year: int) -> tuple[Chart, ...]:
    """Return a line chart for each component, over its three rows of the course table."""
    charts, first = [], 0
    for row in overview.rows:
        for part in row.components:
            measurements = [
                f"{figure.printed} in {column_year}"
                for column_year, figure in part.figures.items()
                if figure.printed and column_year <= year
            ]
            targets = [
                f"{figure.target_printed} voor {column_year}"
                for column_year, figure in part.figures.items()
                if figure.target
            ]
            words = (
                f"{component_name(row, part)}. Nulmeting {part.baseline_printed or 'onbekend'}. "
                f"Metingen: {', '.join(measurements) or 'geen'}. Streefwaarden: {', '.join(targets) or 'geen'}."
            )
            charts.append(
                Chart(
                    title=component_name(row, part),
                    alt=words,
                    table=COURSE,
                    rows=range(first, first + len(LINES)),
                    columns=range(NAMES, NAMES + len(overview.years)),
                )
            )
            first += len(LINES)
    return tuple(charts)


def result_chart(overview: Overview, year: int) -> Chart:
    """Return the stacked bar chart of the number of indicators per status and priority."""
    statuses, rows = len(overview.counts(year)), len(overview.priorities)
    title = f"Aantal indicatoren per oordeel in {year}"
    words = f"{title}, een balk voor elke prioriteit; de getallen staan in het blad {RESULT}."
    return Chart(title=title, alt=words, table=RESULT, rows=range(rows), columns=range(1, 1 + statuses), stacked=True)
