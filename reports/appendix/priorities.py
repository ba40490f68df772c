"""The result and the priorities: the answer in a sentence, the picture, the table as the nota prints it."""

from collections.abc import Iterator
from decimal import Decimal

from indicators.charts.priority import priority_sentence, priority_svg
from indicators.domain.assessment import Status
from indicators.pages.marks import BAR_ORDER, row_words
from indicators.rows import ComponentRow, Figure, IndicatorRow, Overview, PriorityRow
from indicators.sentences import count_sentence, decision_sentence, followed_sentence, is_known
from indicators.wording import chance_sentence, development_sentence, needed_sentence, status_words
from reports.appendix.cells import (
    NOTHING,
    BaselineMarks,
    baseline_cell,
    baseline_marks,
    figure_cell,
    full_name,
    notation_notes,
    target_cell,
    verdict_cell,
)  # fmt: skip
from reports.document import Block, Cell, Column, List, Paragraph, Section, Table
from reports.document import Figure as Picture

PICTURE_WIDTH = 72  # percent of the page: the words in the picture are then as large as those around it
NEEDS_WORDS = (Status.OFF_TRACK, Status.AT_RISK, Status.UNCERTAIN, Status.NO_DATA)
NO_EXPLANATION = "Er is geen toelichting gegeven."
WORST_COUNTS = "Het onderdeel dat er het slechtst voor staat, telt."


def result_section(overview: Overview, year: int, standing: str, remark: tuple[Block, ...]) -> Section:
    """The answer: how many stand where, which ask for attention; `standing` says by what these figures stand."""
    final = year == overview.last_year
    blocks: list[Block] = [Paragraph(count_sentence(overview.rows, year, final=final))]
    blocks += [Paragraph(standing)] if standing else []
    blocks += remark
    blocks.append(_counts_table(overview, year, final=final))
    named = [_named(status, overview, year, final=final) for status in NEEDS_WORDS]
    if any(named):
        blocks.append(List(tuple(line for line in named if line)))
    return Section(f"Het resultaat over {year}", 1, tuple(blocks))


def _counts_table(overview: Overview, year: int, *, final: bool) -> Table:
    present = [status for status in BAR_ORDER if status in overview.counts(year)]
    columns = [Column("Prioriteit", "heading", 16)]
    columns += [Column(status_words(status, final=final), "figure", 6) for status in present]
    rows = [
        (Cell(f"{priority.number}. {priority.name}"), *_counts(priority.counts(year), present))
        for priority in overview.priorities
    ]
    rows.append((Cell("Samen"), *_counts(overview.counts(year), present)))
    return Table(f"Aantal indicatoren per oordeel in {year}", (*columns, Column("Samen", "figure", 5)), tuple(rows),
                 name="Resultaat")  # fmt: skip


def _counts(counts: dict[Status, int], present: list[Status]) -> list[Cell]:
    numbers = [counts.get(status, 0) for status in present]
    return [Cell(str(number), number=Decimal(number), decimals=0) for number in (*numbers, sum(numbers))]


def _named(status: Status, overview: Overview, year: int, *, final: bool) -> str:
    """The indicators with this status by name; none are named where that would be nearly all of them."""
    names = [f"{row.code} {row.name}" for row in overview.rows if row.statuses[year] is status]
    if not names or (status is Status.NO_DATA and len(names) * 2 > sum(overview.counts(year).values())):
        return ""
    return f"{status_words(status, final=final)}: {'; '.join(names)}."


def priority_sections(overview: Overview, priority: PriorityRow, year: int) -> tuple[Section, Section]:
    """One priority: the answer with its picture, then its tables on pages that lie on their side."""
    final = year == overview.last_year
    title = f"Prioriteit {priority.number}: {priority.name}"
    picture = Picture(
        str(priority_svg(overview, priority, year)), priority_sentence(overview, priority, year),
        f"Prioriteit {priority.number} in {year}: waar nulmeting, meting en streefwaarde staan", PICTURE_WIDTH,
    )  # fmt: skip
    answer = Paragraph(count_sentence(priority.rows, year, final=final))
    tables = (_figures_table(overview, priority, year), *_course_table(overview, priority, year))
    return (
        Section(title, 1, (Paragraph(priority.goal), answer, picture), new_page=True),
        Section(f"Prioriteit {priority.number}: de cijfers", 2, tables),
    )


def _figures_table(overview: Overview, priority: PriorityRow, year: int) -> Table:
    years = [shown for shown in overview.years if shown <= year]
    marks = baseline_marks(priority.rows, overview)
    columns = (
        Column("Code", width=4), Column("Indicator", "heading", 18), Column("Bron", width=7),
        Column(f"Nulmeting {overview.baseline_year}", "figure", 8),
        *(_year_column(priority, shown) for shown in years),
        Column(f"Streefwaarde {year}", "figure", 9), Column(f"Oordeel {year}", "status", 12),
        Column(f"Toelichting {year}", width=28),
    )  # fmt: skip
    rows = [cells for row in priority.rows for cells in _indicator_rows(overview, row, marks, years)]
    parts = [part for row in priority.rows for part in row.components]
    values = [part.figures[shown].value for part in parts for shown in years] + [part.baseline for part in parts]
    return Table(
        f"{priority.name}: nulmeting, metingen, streefwaarde en oordeel {year}", columns, tuple(rows),
        footnotes=(*marks.notes, *_decisions(priority, year), *notation_notes(values)),
        name=f"Prioriteit {priority.number}",
    )  # fmt: skip


def _decisions(priority: PriorityRow, year: int) -> Iterator[str]:
    """The footnotes to targets that a decision changed: by which, and what the nota asked before."""
    for row in priority.rows:
        for part, figure in row.figures(year):
            if figure.decided:
                yield f"{row.code}{f' {part.name}' if part.name else ''}: {decision_sentence(figure)}"


def _year_column(priority: PriorityRow, year: int) -> Column:
    """Wide enough for the word that marks a draft, where there is one."""
    return Column(str(year), "figure", 9 if any(row.has_draft(year) for row in priority.rows) else 6)


def _indicator_rows(
    overview: Overview, row: IndicatorRow, marks: BaselineMarks, years: list[int]
) -> list[tuple[Cell, ...]]:
    """The row of an indicator as the nota prints it; under a composite one a row for each component."""
    year = years[-1]
    if len(row.components) == 1:
        part, figure = row.figures(year)[0]
        target = target_cell(part, figure)
        printed = row.target_cell(year) or NOTHING
        return [_row(overview, row, part, marks, years, row.name, target if target.text == printed else Cell(printed))]
    words = row_words(row, year, final=year == overview.last_year)
    counting = [figure for _, figure in row.figures(year) if figure.status is not Status.NO_TARGET]
    head = (
        Cell(row.code), Cell(row.name), Cell(row.source), Cell(_printed_baseline(row, overview, marks)),
        *(Cell("") for _ in years), Cell(row.target_cell(year) or NOTHING),
        Cell(words, status=row.statuses[year].value), Cell(WORST_COUNTS if len(counting) > 1 else ""),
    )  # fmt: skip
    parts = [
        _row(overview, row, part, marks, years, f"– {part.name}", target_cell(part, figure))
        for part, figure in row.figures(year)
    ]
    return [head, *parts]


def _printed_baseline(row: IndicatorRow, overview: Overview, marks: BaselineMarks) -> str:
    own = [f"{part.baseline_printed} {part.name}{marks.of(part)}" for part in row.components if part.baseline_printed]
    return row.printed_cells.get(overview.baseline_year) or " / ".join(own) or NOTHING


def _row(
    overview: Overview, row: IndicatorRow, part: ComponentRow, marks: BaselineMarks, years: list[int], name: str,
    target: Cell,
) -> tuple[Cell, ...]:  # fmt: skip
    figure = part.figures[years[-1]]
    return (
        Cell(row.code), Cell(name), Cell(row.source), baseline_cell(part, marks),
        *(figure_cell(part, part.figures[year]) for year in years), target, verdict_cell(figure, overview),
        Cell(explanation_text(figure) if row.counts_in(figure.year) else followed_sentence(row, figure.year)),
    )  # fmt: skip


def explanation_text(figure: Figure) -> str:
    """The explanation of a figure, that it misses one, and by which decision its target was changed."""
    lines = [figure.explanation or (NO_EXPLANATION if figure.misses_explanation else "")]
    if figure.target_decision:
        lines.append(f"De streefwaarde is gewijzigd bij besluit {figure.target_decision}.")
    return "\n".join(line for line in lines if line)


def _course_table(overview: Overview, priority: PriorityRow, year: int) -> tuple[Table, ...]:
    """The other two answers; no table where nothing was measured."""
    rows = tuple(
        (
            Cell(full_name(row, part)),
            Cell(_since(part, figure)),
            Cell(needed_sentence(part, figure, overview.last_year) or NOTHING),
            Cell(chance_sentence(part, figure) or NOTHING),
        )
        for row in priority.rows
        for part, figure in row.figures(year)
        if is_known(figure)
    )
    columns = (
        Column("Indicator", "heading", 24), Column("Sinds de nulmeting", width=22),
        Column(f"Tot en met {overview.last_year}", width=20), Column("Als er niets was veranderd", width=26),
    )  # fmt: skip
    caption = f"{priority.name}: verschil met de nulmeting en wat nog nodig is"
    return (Table(caption, columns, rows, name=f"Prioriteit {priority.number} verloop"),) if rows else ()


def _since(part: ComponentRow, figure: Figure) -> str:
    if not figure.comparable:
        return "De manier van meten is veranderd: niet te vergelijken."
    return development_sentence(part, figure) or NOTHING
