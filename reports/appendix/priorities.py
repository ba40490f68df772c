"""A priority: the answer in a sentence, the table as printed in the nota, the chart, and each indicator in words."""

from collections.abc import Iterator

from indicators.charts import priority_sentence, priority_svg
from indicators.domain.assessment import Status
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.citation import citation_path
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import (
    chance_sentence,
    count_sentence,
    decision_sentence,
    is_known,
    needed_sentence,
    row_status_words,
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

PICTURE_WIDTH = 58  # percent of the text width: its smallest text is then as large as that of compact tables
NO_EXPLANATION = "Er is geen toelichting gegeven."


def priority_sections(overview: Overview, priority: PriorityRow, year: int) -> tuple[Section, ...]:
    """Return the sections of a priority: answer and table on a landscape page, chart, and its indicators in words.

    The chart follows the table, so that it shares a page with the words.
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
    """Return the table of the nota (baseline and the target of every year) with measurements and verdict."""
    years = [figure_year for figure_year in overview.years if figure_year <= year]
    marks = baseline_marks(priority.rows, overview)
    columns = (
        Column("Code", width=5),
        Column("Indicator", "heading", 18),
        Column("Bron", width=8),
        Column(f"Nulmeting {overview.baseline_year}", "figure", 9),
        *(Column(f"Streefwaarde {target_year}", "figure", 8) for target_year in overview.target_years),
        *(_year_column(priority, figure_year) for figure_year in years),
        Column(f"Oordeel {year}", "status", 18 if year == overview.last_year else 13),
    )
    rows = [cells for row in priority.rows for cells in _indicator_rows(overview, row, marks, years)]
    parts = [part for row in priority.rows for part in row.components]
    values = [part.figures[figure_year].value for part in parts for figure_year in years] + [
        part.baseline for part in parts
    ]
    return Table(
        f"{priority.name}: nulmeting, streefwaarden, metingen en oordeel {year}",
        columns,
        tuple(rows),
        footnotes=(*marks.notes, *_decisions(priority, overview), *notation_notes(values)),
        name=priority.label,
    )


def _decisions(priority: PriorityRow, overview: Overview) -> Iterator[str]:
    """Yield the footnotes of targets that a decision changed, with the decision and the target of the nota."""
    for row in priority.rows:
        for year in overview.target_years:
            for part, figure in row.figures(year):
                if figure.target_change:
                    yield f"{row.label_of(part)} ({year}): {decision_sentence(figure)}"


def _year_column(priority: PriorityRow, year: int) -> Column:
    """Return the column of a year, wider if it has drafts, which are marked with a word."""
    return Column(f"Meting {year}", "figure", 10 if any(row.has_draft(year) for row in priority.rows) else 7)


def _indicator_rows(
    overview: Overview, row: IndicatorRow, marks: BaselineMarks, years: list[int]
) -> list[tuple[Cell, ...]]:
    """Return the row of an indicator as printed in the nota; a composite has a row for each component below it."""
    year = years[-1]
    if len(row.components) == 1:
        (part,) = row.components
        targets = [_printed_target(row, part, target_year) for target_year in overview.target_years]
        return [_row(overview, row, part, marks=marks, years=years, name=row.name, targets=targets)]
    words = row_status_words(row, year, final=year == overview.last_year)
    head = (
        Cell(row.code),
        Cell(row.name),
        Cell(row.source),
        Cell(_printed_baseline(row, overview, marks)),
        *(Cell(row.target_cell(target_year) or NOTHING) for target_year in overview.target_years),
        *(Cell("") for _ in years),
        Cell(words, status=row.statuses[year].value),
    )
    parts = [
        _row(
            overview,
            row,
            part,
            marks=marks,
            years=years,
            name=f"– {part.name}",
            targets=[target_cell(part, part.figures[target_year]) for target_year in overview.target_years],
        )
        for part in row.components
    ]
    return [head, *parts]


def _printed_target(row: IndicatorRow, part: ComponentRow, year: int) -> Cell:
    """Return the target as printed in the nota, with its number when that is all it says."""
    target, printed = target_cell(part, part.figures[year]), row.target_cell(year) or NOTHING
    return target if target.text == printed else Cell(printed)


def _printed_baseline(row: IndicatorRow, overview: Overview, marks: BaselineMarks) -> str:
    parts = [f"{part.baseline_printed} {part.name}{marks.of(part)}" for part in row.components if part.baseline_printed]
    return row.printed_cells.get(overview.baseline_year) or " / ".join(parts) or NOTHING


def _row(
    overview: Overview,
    row: IndicatorRow,
    part: ComponentRow,
    *,
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
    """Return an indicator in words: the verdict, what is still needed, its explanation, and its citation."""
    verdict = " ".join(verdict_sentences(row, year, last_year=overview.last_year))
    course = " ".join(_course(overview, row, year)) if row.counts_in(year) else ""
    # One paragraph for one component; for several it would become too long.
    paragraphs = [f"{verdict} {course}".strip()] if len(row.components) == 1 else [verdict, course]
    if row.counts_in(year):
        paragraphs += _explanations(row, year)
    paragraphs.append(citing_words(overview, row, year, overview.edition))
    return Section(row.title, 3, tuple(Paragraph(words) for words in paragraphs if words))


def _course(overview: Overview, row: IndicatorRow, year: int) -> Iterator[str]:
    """Yield for each component the sentences on chance and on what is still needed.

    Chance comes first, because its ‘this target’ refers to the target in the preceding verdict. In the last year the
    verdict has already stated that the last target was met.
    """
    for part, figure in row.figures(year):
        if is_known(figure):
            reached = year == overview.last_year and figure.status is Status.ON_TRACK
            needed = "" if reached else needed_sentence(part, figure, overview.last_year)
            text = " ".join(filter(None, (chance_sentence(part, figure), needed)))
            if text:
                yield f"Onderdeel ‘{part.name}’: {text[0].lower()}{text[1:]}" if part.name else text


def _explanations(row: IndicatorRow, year: int) -> Iterator[str]:
    for part, figure in row.figures(year):
        if words := explanation_text(figure):
            yield f"Toelichting{f' bij {part.name}' if part.name else ''}: {words}"


def explanation_text(figure: Figure) -> str:
    """Return the explanation of a figure or that it is missing, and the decision that changed its target."""
    lines = [figure.explanation or (NO_EXPLANATION if figure.misses_explanation else "")]
    if figure.target_decision:
        lines.append(f"De streefwaarde is gewijzigd bij besluit {figure.target_decision}.")
    return "\n".join(line for line in lines if line)


def citing_words(overview: Overview, row: IndicatorRow, year: int, edition: EditionInfo | None) -> str:
    """Return the citation of this indicator with its short path; "" when a draft counts."""
    if edition is None or row.has_draft(year):
        return ""
    address = citation_path(overview.slug, row.code, edition.label, year)
    return f"Citeren als {row.code}, {year}, editie {edition.label}: {address}"
