"""The result on one page: the sentence, a bar for each priority, and the matrix of all indicators by year."""

from indicators.charts.svg_bars import bars_sentence, bars_svg
from indicators.domain.assessment import Status
from indicators.domain.statuses import BAR_ORDER, LONG_TAIL, status_words
from indicators.readmodel.rows import IndicatorRow, Overview
from indicators.readmodel.sentences import count_sentence, row_status_words
from reports.appendix.cells import integer_cell
from reports.document import WIDE_TABLE_COLUMNS, Block, Cell, Column, Figure, List, Paragraph, Section, Table
from reports.writers.looks import STATUS_COLOURS

RESULT, MATRIX = "Resultaat", "Matrix"
NEEDS_WORDS = (Status.OFF_TRACK, Status.AT_RISK, Status.UNCERTAIN, Status.NO_DATA)
TAIL_NOTE = f" (‘wel beter’: wel beter{LONG_TAIL})"


def result_sections(
    overview: Overview, year: int, basis_sentence: str, remark: tuple[Block, ...]
) -> tuple[Section, ...]:
    """Return the answer and the indicators that need attention; `basis_sentence` says what the figures rest on."""
    final = year == overview.last_year
    sentence = " ".join(filter(None, (count_sentence(overview.rows, year, final=final), basis_sentence)))
    bars = Figure(
        str(bars_svg(overview, year, BAR_ORDER, STATUS_COLOURS)),
        bars_sentence(overview, year, BAR_ORDER),
        f"Hoeveel indicatoren er in {year} waar staan, per prioriteit",
    )
    attention = tuple(filter(None, (_names(status, overview, year, final=final) for status in NEEDS_WORDS)))
    more: tuple[Block, ...] = (*((List(attention),) if attention else ()), _counts_table(overview, year, final=final))
    return (
        Section(
            f"Het resultaat over {year}",
            1,
            (Paragraph(sentence), *remark, bars, _matrix(overview, year)),
            new_page=True,
        ),
        Section("Wat aandacht vraagt" if attention else "Het resultaat in aantallen", 2, more),
    )


def _matrix(overview: Overview, year: int) -> Table:
    """Return all indicators by target year, with shortened verdicts."""
    years = [target_year for target_year in overview.target_years if target_year <= year] or [year]
    columns = (
        Column("Code", width=4),
        Column("Indicator", "heading", 30),
        *(Column(str(column_year), "status", 11) for column_year in years),
    )
    rows = tuple(
        (Cell(row.code), Cell(row.name), *(matrix_cell(overview, row, column_year) for column_year in years))
        for row in overview.rows
    )
    is_shortened = overview.last_year in years and any(
        row_status_words(row, year, final=True).endswith(LONG_TAIL) for row in overview.rows
    )
    return Table(f"Alle indicatoren per jaar{TAIL_NOTE * is_shortened}", columns, rows, name=MATRIX, compact=True)


def matrix_cell(overview: Overview, row: IndicatorRow, year: int) -> Cell:
    """Return the shortened verdict on an indicator in a year."""
    words = row_status_words(row, year, final=year == overview.last_year).removesuffix(LONG_TAIL)
    return Cell(words, status=row.statuses[year].value)


def _counts_table(overview: Overview, year: int, *, final: bool) -> Table:
    present = [status for status in BAR_ORDER if status in overview.counts(year)]
    columns = [Column("Prioriteit", "heading", 16)]
    columns += [Column(status_words(status, final=final), "figure", 6) for status in present]
    rows = [
        (Cell(f"{priority.number}. {priority.name}"), *_counts(priority.counts(year), present))
        for priority in overview.priorities
    ]
    rows.append((Cell("Samen"), *_counts(overview.counts(year), present)))
    columns.append(Column("Samen", "figure", 5))
    # The section is portrait, so with many statuses the table becomes compact instead of landscape.
    return Table(
        f"Aantal indicatoren per oordeel in {year}",
        tuple(columns),
        tuple(rows),
        name=RESULT,
        compact=len(columns) >= WIDE_TABLE_COLUMNS,
    )


def _counts(counts: dict[Status, int], present: list[Status]) -> list[Cell]:
    numbers = [counts.get(status, 0) for status in present]
    return [integer_cell(number) for number in (*numbers, sum(numbers))]


def _names(status: Status, overview: Overview, year: int, *, final: bool) -> str:
    """Return the indicators with this status by name; "" when most have no data, since a list would not help."""
    names = [row.title for row in overview.rows if row.counts_in(year) and row.statuses[year] is status]
    if not names or (status is Status.NO_DATA and len(names) * 2 > sum(overview.counts(year).values())):
        return ""
    return f"{status_words(status, final=final)}: {'; '.join(names)}."
