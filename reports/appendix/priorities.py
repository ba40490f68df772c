"""A priority: the answer in a sentence, the table as the nota prints it, the picture, and each indicator in words."""

from collections.abc import Iterator

from indicators.charts import priority_sentence, priority_svg
from indicators.domain.assessment import Status
from indicators.readmodel.citation import citation_path
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import (
    chance_sentence,
    count_sentence,
    decision_sentence,
    is_known,
    needed_sentence,
    row_words,
    verdict_sentences,
)
from reports.appendix.cells import (
    NOTHING,
    BaselineMarks,
    baseline_cell,
    baseline_marks,
    figure_cell,
    notation_notes,
    target_cell,
    verdict_cell,
)
from reports.document import Cell, Column, Paragraph, Section, Table
from reports.document import Figure as Picture

PICTURE_WIDTH = 58  # percent of the page: its smallest words are then as large as those of the compact tables
NO_EXPLANATION = "Er is geen toelichting gegeven."


def priority_sections(overview: Overview, priority: PriorityRow, year: int) -> tuple[Section, ...]:
    """One priority: the answer above its table on a page that lies on its side, the picture, its indicators in words.

    The picture stands before the words, not before the table: so it shares its page with them.
    """
    final = year == overview.last_year
    title = f"{priority.label}: {priority.name}"
    picture = Picture(
        str(priority_svg(overview, priority, year)),
        priority_sentence(overview, priority, year),
        f"{priority.label} in {year}: waar nulmeting, meting en streefwaarde staan",
        PICTURE_WIDTH,
    )
    answer = Paragraph(count_sentence(priority.rows, year, final=final))
    indicators = (_indicator_section(overview, row, year) for row in priority.rows)
    return (
        Section(title, 1, (Paragraph(priority.goal), answer, _figures_table(overview, priority, year)), new_page=True),
        Section(f"{priority.label}: het beeld", 2, (picture,)),
        Section(f"{priority.label}: per indicator", 2),
        *indicators,
    )


def _figures_table(overview: Overview, priority: PriorityRow, year: int) -> Table:
    """The table of the nota (baseline and every year's target), with what was measured and the verdict."""
    years = [shown for shown in overview.years if shown <= year]
    marks = baseline_marks(priority.rows, overview)
    columns = (
        Column("Code", width=4),
        Column("Indicator", "heading", 20),
        Column("Bron", width=8),
        Column(f"Nulmeting {overview.baseline_year}", "figure", 8),
        *(Column(f"Streefwaarde {shown}", "figure", 8) for shown in overview.target_years),
        *(_year_column(priority, shown) for shown in years),
        Column(f"Oordeel {year}", "status", 18 if year == overview.last_year else 13),
    )
    rows = [cells for row in priority.rows for cells in _indicator_rows(overview, row, marks, years)]
    parts = [part for row in priority.rows for part in row.components]
    values = [part.figures[shown].value for part in parts for shown in years] + [part.baseline for part in parts]
    return Table(
        f"{priority.name}: nulmeting, streefwaarden, metingen en oordeel {year}",
        columns,
        tuple(rows),
        footnotes=(*marks.notes, *_decisions(priority, overview), *notation_notes(values)),
        name=priority.label,
    )


def _decisions(priority: PriorityRow, overview: Overview) -> Iterator[str]:
    """The footnotes to targets that a decision changed: by which, and what the nota asked before."""
    for row in priority.rows:
        for year in overview.target_years:
            for part, figure in row.figures(year):
                if figure.target_change:
                    yield f"{row.label_of(part)} ({year}): {decision_sentence(figure)}"


def _year_column(priority: PriorityRow, year: int) -> Column:
    """Wide enough for the word that marks a draft, where there is one."""
    return Column(f"Meting {year}", "figure", 10 if any(row.has_draft(year) for row in priority.rows) else 7)


def _indicator_rows(
    overview: Overview, row: IndicatorRow, marks: BaselineMarks, years: list[int]
) -> list[tuple[Cell, ...]]:
    """The row of an indicator as the nota prints it; under a composite one a row for each component."""
    year = years[-1]
    if len(row.components) == 1:
        (part,) = row.components
        targets = [_printed_target(row, part, shown) for shown in overview.target_years]
        return [_row(overview, row, part, marks, years, row.name, targets)]
    words = row_words(row, year, final=year == overview.last_year)
    head = (
        Cell(row.code),
        Cell(row.name),
        Cell(row.source),
        Cell(_printed_baseline(row, overview, marks)),
        *(Cell(row.target_cell(shown) or NOTHING) for shown in overview.target_years),
        *(Cell("") for _ in years),
        Cell(words, status=row.statuses[year].value),
    )
    parts = [
        _row(
            overview,
            row,
            part,
            marks,
            years,
            f"– {part.name}",
            [target_cell(part, part.figures[shown]) for shown in overview.target_years],
        )
        for part in row.components
    ]
    return [head, *parts]


def _printed_target(row: IndicatorRow, part: ComponentRow, year: int) -> Cell:
    """The cell as the nota prints it; a number for sheets where it says no more than the target itself."""
    target, printed = target_cell(part, part.figures[year]), row.target_cell(year) or NOTHING
    return target if target.text == printed else Cell(printed)


def _printed_baseline(row: IndicatorRow, overview: Overview, marks: BaselineMarks) -> str:
    own = [f"{part.baseline_printed} {part.name}{marks.of(part)}" for part in row.components if part.baseline_printed]
    return row.printed_cells.get(overview.baseline_year) or " / ".join(own) or NOTHING


def _row(
    overview: Overview,
    row: IndicatorRow,
    part: ComponentRow,
    marks: BaselineMarks,
    years: list[int],
    name: str,
    targets: list[Cell],
) -> tuple[Cell, ...]:
    return (
        Cell(row.code),
        Cell(name),
        Cell(row.source),
        baseline_cell(part, marks),
        *targets,
        *(figure_cell(part, part.figures[year]) for year in years),
        verdict_cell(part.figures[years[-1]], overview),
    )


def _indicator_section(overview: Overview, row: IndicatorRow, year: int) -> Section:
    """One indicator in words: the verdict, what is still needed, its explanation, and how it is cited."""
    verdict = " ".join(verdict_sentences(row, year, last_year=overview.last_year))
    course = " ".join(_course(overview, row, year)) if row.counts_in(year) else ""
    # One paragraph where it is about one thing; of components it would become too much.
    told = [f"{verdict} {course}".strip()] if len(row.components) == 1 else [verdict, course]
    if row.counts_in(year):
        told += _explanations(row, year)
    told.append(citing_words(overview, row, year, overview.edition))
    return Section(row.title, 3, tuple(Paragraph(words) for words in told if words))


def _course(overview: Overview, row: IndicatorRow, year: int) -> Iterator[str]:
    """What chance does, and how far it still is; of each component where there are more.

    Chance comes first: ‘this target’ in its sentence is the one that the verdict has just named. In the last year
    the verdict has already told that the target of that year was met.
    """
    for part, figure in row.figures(year):
        if is_known(figure):
            reached = year == overview.last_year and figure.status is Status.ON_TRACK
            needed = "" if reached else needed_sentence(part, figure, overview.last_year)
            said = " ".join(filter(None, (chance_sentence(part, figure), needed)))
            if said:
                yield f"Onderdeel ‘{part.name}’: {said[0].lower()}{said[1:]}" if part.name else said


def _explanations(row: IndicatorRow, year: int) -> Iterator[str]:
    for part, figure in row.figures(year):
        if words := explanation_text(figure):
            yield f"Toelichting{f' bij {part.name}' if part.name else ''}: {words}"


def explanation_text(figure: Figure) -> str:
    """The explanation of a figure, that it misses one, and by which decision its target was changed."""
    lines = [figure.explanation or (NO_EXPLANATION if figure.misses_explanation else "")]
    if figure.target_decision:
        lines.append(f"De streefwaarde is gewijzigd bij besluit {figure.target_decision}.")
    return "\n".join(line for line in lines if line)


def citing_words(overview: Overview, row: IndicatorRow, year: int, edition: EditionInfo | None) -> str:
    """How this indicator is cited, with its short address within the monitor; "" where a draft counts."""
    if edition is None or row.has_draft(year):
        return ""
    address = citation_path(overview.slug, row.code, edition.label, year)
    return f"Citeren als {row.code}, {year}, editie {edition.label}: {address}"
