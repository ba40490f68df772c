"""The lines of the programme as tables: the account of a year, the plan, and the amounts of both."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indicators.domain.dutch import listed
from indicators.domain.programme import ActivityState
from indicators.readmodel.lines import Line
from reports.appendix.cells import DRAFT_SUFFIX, NOTHING
from reports.document import Block, Cell, Column, Paragraph, Table
from reports.programme.money import (
    BUDGET,
    DIFFERENCE,
    DIFFERENCE_NOTE,
    PARTIAL_NOTE,
    SPENT,
    UNKNOWN_NOTE,
    difference_cell,
    money_cell,
    spent_sentence,
    sum_cell,
    sum_lines,
)

EFFORT = "Wij zetten in op"
# Numbers the lines, and makes the plan as wide as the account, so that both are on landscape pages.
NUMBER = Column("Nr", width=3)
PartLine = tuple[str, Line]  # the name of a part with one of its lines
STATE_WORDS = {
    ActivityState.PLANNED: ("is nog niet begonnen", "zijn nog niet begonnen"),
    ActivityState.RUNNING: ("loopt nog", "lopen nog"),
    ActivityState.DONE: ("is afgerond", "zijn afgerond"),
    ActivityState.DELAYED: ("is vertraagd", "zijn vertraagd"),
    ActivityState.DROPPED: ("is vervallen", "zijn vervallen"),
}
# The order of the states in a sentence.
SENTENCE_ORDER = (
    ActivityState.DONE,
    ActivityState.RUNNING,
    ActivityState.DELAYED,
    ActivityState.PLANNED,
    ActivityState.DROPPED,
)


def state_words(line: Line) -> str:
    """Return sign and word for the state of an activity; "" for an amount."""
    return f"{line.state.symbol} {line.state.word}" if line.state else ""


def line_title(line: Line) -> str:
    """Return the title; a draft is marked."""
    return line.title + (DRAFT_SUFFIX if line.is_draft else "")


def account_sentence(lines: Iterable[Line], year: int) -> str:
    """Return the states of the activities of a year, in one sentence."""
    states = Counter(line.state for line in lines if line.is_activity)
    number = states.total()
    if not number:
        return f"Over {year} zijn er geen activiteiten vastgelegd."
    if number == 1:
        (state,) = states
        return f"In {year} was er één activiteit; die {STATE_WORDS[state][0]}." if state else ""
    words = [f"{states[state]} {STATE_WORDS[state][states[state] > 1]}" for state in SENTENCE_ORDER if states[state]]
    return f"In {year} waren er {number} activiteiten: {listed(words)}."


def ahead_sentence(lines: Iterable[Line], year: int) -> str:
    """Return the number of planned activities of a year, in one sentence."""
    activities = [line for line in lines if line.is_activity]
    if not activities:
        return f"Voor {year} zijn er nog geen activiteiten vastgelegd."
    count = "staat er één activiteit" if len(activities) == 1 else f"staan er {len(activities)} activiteiten"
    states: Counter[ActivityState | None] = Counter(
        line.state for line in activities if line.state is not ActivityState.PLANNED
    )
    words = [f"{states[state]} {STATE_WORDS[state][states[state] > 1]}" for state in SENTENCE_ORDER if states[state]]
    return f"Voor {year} {count} in het programma{f'; {listed(words)}' if words else ''}."


def account_blocks(
    lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool = False
) -> list[Block]:
    """Return the account: a sentence and table of activities, then the money. `grouped`: lines of several parts."""
    blocks: list[Block] = [Paragraph(account_sentence([line for _, line in lines], year))]
    activities = [(part, line) for part, line in lines if line.is_activity]
    if activities:
        blocks.append(_account_table(activities, year, name=f"{name} verslag", grouped=grouped, title=title))
    return [*blocks, *_money(lines, year, name=f"{name} geld", grouped=grouped, title=title)]


def ahead_blocks(lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool = False) -> list[Block]:
    """Return the plan. Its tables come directly after the heading, so that no heading is alone at the end of a page."""
    activities = [(part, line) for part, line in lines if line.is_activity]
    amounts = [(part, line) for part, line in lines if not line.is_activity]
    blocks: list[Block] = (
        [_ahead_table(activities, year, name=f"{name} vooruitblik", grouped=grouped, title=title)] if activities else []
    )
    blocks += [_planned_table(amounts, year, name=f"{name} begroting", grouped=grouped, title=title)] if amounts else []
    return blocks if activities else [Paragraph(ahead_sentence([], year)), *blocks]


def _account_table(lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool) -> Table:
    columns = (
        NUMBER,
        *_part_column(grouped),
        Column(EFFORT, width=24),
        Column("Wat", "heading", 19),
        Column("Met wie", width=14),
        Column("Wanneer", width=10),
        Column("Stand", width=11),
        Column("Resultaat", width=24),
        Column(BUDGET, "figure", 9),
        Column(SPENT, "figure", 9),
    )
    rows = tuple(
        (
            Cell(str(number)),
            *_part_cell(part, grouped),
            *_what(line),
            Cell(state_words(line)),
            Cell(line.result or NOTHING),
            money_cell(line.budget),
            money_cell(line.spent),
        )
        for number, (part, line) in enumerate(lines, start=1)
    )
    return Table(
        f"{title}: activiteiten in {year}", columns, rows, footnotes=_notes(line for _, line in lines), name=name
    )


def _ahead_table(lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool) -> Table:
    """Return the table of planned activities; the column with spending only when a line has any."""
    spent = any(line.spent is not None for _, line in lines)
    columns = (
        NUMBER,
        *_part_column(grouped),
        Column(EFFORT, width=28),
        Column("Wat", "heading", 22),
        Column("Met wie", width=17),
        Column("Wanneer", width=12),
        Column("Stand", width=11),
        Column("Toelichting", width=18),
        Column(BUDGET, "figure", 9),
        *((Column(SPENT, "figure", 9),) * spent),
    )
    rows = tuple(
        (
            Cell(str(number)),
            *_part_cell(part, grouped),
            *_what(line),
            Cell(state_words(line)),
            Cell(line.result or NOTHING),
            money_cell(line.budget),
            *((money_cell(line.spent),) * spent),
        )
        for number, (part, line) in enumerate(lines, start=1)
    )
    notes = _notes((line for _, line in lines), spent=spent)
    return Table(f"{title}: activiteiten voor {year}", columns, rows, footnotes=notes, name=name)


def _what(line: Line) -> tuple[Cell, ...]:
    return (
        Cell(line.effort or NOTHING),
        Cell(line_title(line)),
        Cell(line.partners or NOTHING),
        Cell(line.planned or NOTHING),
    )


def _money(lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool) -> list[Block]:
    """Return budget and spending, line by line with the total; nothing when there are no amounts."""
    amounts = [(part, line) for part, line in lines if not line.is_activity]
    if not amounts:
        return []
    sums = sum_lines(line for _, line in amounts)
    columns = (
        *_part_column(grouped),
        Column("Waarvoor", "heading", 26),
        Column(BUDGET, "figure", 11),
        Column(SPENT, "figure", 11),
        Column(DIFFERENCE, "figure", 11),
        Column("Toelichting", width=34),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *_part_cell(part, grouped),
            Cell(line_title(line)),
            money_cell(line.budget),
            money_cell(line.spent),
            difference_cell(sum_lines([line])),
            Cell(line.result or NOTHING),
        )
        for part, line in amounts
    ]
    if len(rows) > 1:
        rows.append(
            (
                *((Cell(""),) * grouped),
                Cell("Samen"),
                sum_cell(sums.budget, BUDGET, len(rows)),
                sum_cell(sums.spent, SPENT, len(rows)),
                difference_cell(sums),
                Cell(""),
            )
        )
    notes = (DIFFERENCE_NOTE, *_notes((line for _, line in amounts), summed=len(amounts) > 1))
    table = Table(f"{title}: begroot en besteed in {year}", columns, tuple(rows), footnotes=notes, name=name)
    return [Paragraph(spent_sentence(sums, year)), table]


def _planned_table(lines: Sequence[PartLine], year: int, *, title: str, name: str, grouped: bool) -> Table:
    spent = any(line.spent is not None for _, line in lines)
    columns = (
        *_part_column(grouped),
        Column("Waarvoor", "heading", 30),
        Column(BUDGET, "figure", 12),
        *((Column(SPENT, "figure", 12),) * spent),
        Column("Toelichting", width=40),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *_part_cell(part, grouped),
            Cell(line_title(line)),
            money_cell(line.budget),
            *((money_cell(line.spent),) * spent),
            Cell(line.result or NOTHING),
        )
        for part, line in lines
    ]
    if len(rows) > 1:
        sums = sum_lines(line for _, line in lines)
        rows.append(
            (
                *((Cell(""),) * grouped),
                Cell("Samen"),
                sum_cell(sums.budget, BUDGET, len(rows)),
                *((sum_cell(sums.spent, SPENT, len(rows)),) * spent),
                Cell(""),
            )
        )
    notes = _notes((line for _, line in lines), spent=spent, summed=len(lines) > 1)
    return Table(f"{title}: begroot voor {year}", columns, tuple(rows), footnotes=notes, name=name)


def _part_column(grouped: bool) -> tuple[Column, ...]:
    return (Column("Thema", width=14),) * grouped


def _part_cell(part: str, grouped: bool) -> tuple[Cell, ...]:
    return (Cell(part),) * grouped


def _notes(lines: Iterable[Line], *, spent: bool = True, summed: bool = False) -> tuple[str, ...]:
    """Return the footnotes for missing amounts, if there are any."""
    missing = any(line.budget is None or (spent and line.spent is None) for line in lines)
    return ((UNKNOWN_NOTE, PARTIAL_NOTE) if summed else (UNKNOWN_NOTE,)) * missing
