"""The finances: what the nota says about money, and the totals of each part."""

from indicators.readmodel.lines import Line
from indicators.readmodel.programme import Programme, ProgrammePart
from reports.document import Block, Cell, Column, Paragraph, Section, Table
from reports.programme.money import (
    BUDGET,
    DIFFERENCE,
    DIFFERENCE_NOTE,
    PARTIAL_NOTE,
    SPENT,
    UNKNOWN_NOTE,
    difference_cell,
    money_cell,
    planned_sentence,
    spent_sentence,
    sum_cell,
    sum_lines,
)
from reports.programme.summary import groups_of

ACTIVITY_BUDGET, ACTIVITY_SPENT = "Activiteiten: begroot (€)", "Activiteiten: besteed (€)"
APART_NOTE = (
    "Activiteiten staan apart: zij worden meestal uit deze bedragen betaald, en tellen dus niet nog een keer mee."
)


def finances_section(programme: Programme, year: int, ahead: int | None) -> Section:
    """Return budget and spending of the year and the budget of the next, with totals for each part."""
    blocks: list[Block] = [Paragraph(programme.finances)] if programme.finances else []
    lines = programme.lines(year)
    blocks.append(Paragraph(spent_sentence(sum_lines(_amounts(lines)), year)))
    if lines:
        blocks.append(_account(programme, year))
    if ahead:
        coming = programme.lines(ahead)
        blocks.append(Paragraph(planned_sentence(sum_lines(_amounts(coming)), ahead)))
        if coming:
            blocks.append(_ahead(programme, ahead, explained=bool(lines)))
    return Section("Financiën", 1, tuple(blocks), new_page=True)


def _amounts(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.is_activity]


def _account(programme: Programme, year: int) -> Table:
    headings = (BUDGET, SPENT, DIFFERENCE, ACTIVITY_BUDGET, ACTIVITY_SPENT)
    columns = (Column("Onderdeel", "heading", 26), *(Column(heading, "figure", 11) for heading in headings))
    rows: list[tuple[Cell, ...]] = []
    for name, parts in groups_of(programme):
        sums, activities = sum_lines(_of(parts, year)), sum_lines(_of(parts, year, activities=True))
        rows.append(
            (
                Cell(name),
                money_cell(sums.budget),
                money_cell(sums.spent),
                difference_cell(sums),
                money_cell(activities.budget),
                money_cell(activities.spent),
            )
        )
    sums = sum_lines(_amounts(programme.lines(year)))
    activities = sum_lines(line for line in programme.lines(year) if line.is_activity)
    amounts = ((sums.budget, BUDGET), (sums.spent, SPENT))
    apart = ((activities.budget, ACTIVITY_BUDGET), (activities.spent, ACTIVITY_SPENT))
    rows.append(
        (
            Cell("Samen"),
            *(sum_cell(amount, heading, len(rows)) for amount, heading in amounts),
            difference_cell(sums),
            *(sum_cell(amount, heading, len(rows)) for amount, heading in apart),
        )
    )
    partial = bool(sums.without_budget or sums.without_spent)
    notes = (DIFFERENCE_NOTE, APART_NOTE, UNKNOWN_NOTE, *((PARTIAL_NOTE,) * partial))
    return Table(
        f"Begroot en besteed in {year}, per onderdeel", columns, tuple(rows), footnotes=notes, name="Financiën"
    )


def _ahead(programme: Programme, year: int, *, explained: bool) -> Table:
    """Return the budgets. `explained` means that the table above already has the shared footnotes."""
    headings = (BUDGET, ACTIVITY_BUDGET)
    columns = (Column("Onderdeel", "heading", 40), *(Column(heading, "figure", 16) for heading in headings))
    rows: list[tuple[Cell, ...]] = []
    for name, parts in groups_of(programme):
        amounts = (sum_lines(_of(parts, year)), sum_lines(_of(parts, year, activities=True)))
        rows.append((Cell(name), *(money_cell(sums.budget) for sums in amounts)))
    lines = programme.lines(year)
    sums = (sum_lines(_amounts(lines)), sum_lines(line for line in lines if line.is_activity))
    pairs = zip(sums, headings, strict=True)
    rows.append((Cell("Samen"), *(sum_cell(total.budget, heading, len(rows)) for total, heading in pairs)))
    shared = () if explained else (APART_NOTE, UNKNOWN_NOTE)
    notes = (*shared, *((PARTIAL_NOTE,) * bool(sums[0].without_budget)))
    return Table(f"Begroot voor {year}, per onderdeel", columns, tuple(rows), footnotes=notes, name=f"Financiën {year}")


def _of(parts: tuple[ProgrammePart, ...], year: int, *, activities: bool = False) -> list[Line]:
    return [line for part in parts for line in part.lines if line.year == year and line.is_activity is activities]
