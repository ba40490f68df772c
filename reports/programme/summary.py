"""The summary on one page: the answer, the activities and the money; and the reading guide."""

from collections import Counter
from collections.abc import Sequence

from indicators.domain.dutch import listed
from indicators.domain.programme import ActivityState
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import Programme, ProgrammePart
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import count_sentence
from reports.appendix.cells import integer_cell
from reports.document import Block, Cell, Column, List, Paragraph, Section, Table
from reports.programme.lines import account_sentence, ahead_sentence
from reports.programme.money import planned_sentence, spent_sentence, sum_lines

THEMES = "Overige veiligheidsthema's"
MEANINGS = {
    ActivityState.PLANNED: "Nog niet begonnen.",
    ActivityState.RUNNING: "Begonnen, en het gaat door.",
    ActivityState.DONE: "Klaar; wat het opleverde, staat erbij.",
    ActivityState.DELAYED: "Later dan gepland; waardoor, staat erbij.",
    ActivityState.DROPPED: "Gaat niet door; waarom, staat erbij.",
}
VTH_APART = " (telt hierboven niet mee)"
NEEDS_ATTENTION = (ActivityState.DELAYED, ActivityState.DROPPED)


def part_title(part: ProgrammePart) -> str:
    """Return number and name of a priority or theme, for tables."""
    return f"{part.number}. {part.name}"


def groups_of(programme: Programme) -> list[tuple[str, tuple[ProgrammePart, ...]]]:
    """Return the groups of the totals: each priority, the themes together, the VTH cycle."""
    groups: list[tuple[str, tuple[ProgrammePart, ...]]] = [(part_title(part), (part,)) for part in programme.priorities]
    if programme.themes:
        groups.append((THEMES, programme.themes))
    if programme.vth:
        groups.append((programme.vth.name, (programme.vth,)))
    return groups


def summary_section(
    overview: Overview,
    programme: Programme,
    year: int,
    ahead: int | None,
    *,
    basis_sentence: str,
    remark: Sequence[Block],
) -> Section:
    """Return the summary; `basis_sentence` says what the figures rest on, `ahead` is the planned year."""
    lines, results = programme.lines(year), _group_results(overview, year)
    blocks: list[Block] = [
        *remark,
        Paragraph(f"{count_sentence(overview.rows, year, final=year == overview.last_year)} {basis_sentence}".strip()),
        *((List(results),) if results else ()),
        Paragraph(account_sentence(lines, year)),
        Paragraph(spent_sentence(sum_lines(_amounts(lines)), year)),
    ]
    if ahead:
        coming = programme.lines(ahead)
        blocks.append(
            Paragraph(f"{ahead_sentence(coming, ahead)} {planned_sentence(sum_lines(_amounts(coming)), ahead)}")
        )
    if lines:
        blocks.append(_counts_table(programme, year))
    if attention := [sentence for state in NEEDS_ATTENTION if (sentence := _titles(state, lines))]:
        blocks.append(List(tuple(attention)))
    return Section("Samenvatting", 1, tuple(blocks), new_page=True)


def _amounts(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.is_activity]


def _titles(state: ActivityState, lines: Sequence[Line]) -> str:
    names = [f"‘{line.title}’" for line in lines if line.state is state]
    return f"{state.symbol} {state.word}: {listed(names)}." if names else ""


def _group_results(overview: Overview, year: int) -> tuple[str, ...]:
    """Return for each group with indicators the sentence with its results."""
    if year not in overview.target_years:
        return ()
    return tuple(
        f"{group.label}, {group.name}{VTH_APART if group.is_vth else ''}: {sentence[0].lower()}{sentence[1:]}"
        for group in overview.groups
        if group.counts(year)
        for sentence in [count_sentence(group.rows, year, final=year == overview.last_year)]
    )


def _counts_table(programme: Programme, year: int) -> Table:
    """Return the number of activities per state, for each group."""
    lines = programme.lines(year)
    states = [state for state in ActivityState if any(line.state is state for line in lines)]
    columns = (
        Column("Onderdeel", "heading", 30),
        Column("Activiteiten", "figure", 12),
        *(Column(state.word, "figure", 10) for state in states),
    )
    rows = [
        (Cell(name), *_counts([line for part in parts for line in part.activities(year)], states))
        for name, parts in groups_of(programme)
    ]
    rows.append((Cell("Samen"), *_counts([line for line in lines if line.is_activity], states)))
    return Table(f"Activiteiten in {year}", columns, tuple(rows), name="Activiteiten")


def _counts(lines: Sequence[Line], states: Sequence[ActivityState]) -> list[Cell]:
    by_state = Counter(line.state for line in lines)
    numbers = [len(lines), *(by_state[state] for state in states)]
    return [integer_cell(number) for number in numbers]


def guide_section(overview: Overview, year: int, ahead: int | None) -> Section:
    """Return the reading guide: purpose and parts of the document, and the meaning of its signs."""
    plan = f" en kijkt vooruit op {ahead}" if ahead else ""
    intro = (
        f"Elk jaar legt het college in een Uitvoeringsprogramma verantwoording af over het veiligheidsbeleid, en kijkt "
        f"het vooruit op het volgende jaar ({overview.title}, paragraaf 5.4). Het college stelt dit programma vast; de "
        f"gemeenteraad bespreekt het. Dit programma doet verslag over {year}{plan}."
    )
    items = (
        "Per prioriteit staat er eerst hoe de indicatoren ervoor staan, dan wat de nota wilde"
        f"{', het verslag en de vooruitblik' if ahead else ' en het verslag'}. De cijfers zelf staan in de bijlage, "
        "achterin dit document.",
        "Begroot en besteed zijn bedragen in euro's. Een activiteit wordt meestal betaald uit een bedrag van haar "
        "onderdeel; daarom tellen alleen die bedragen mee in de totalen, en de activiteiten niet nog een keer.",
    )
    rows = tuple((Cell(f"{state.symbol} {state.word}"), Cell(meaning)) for state, meaning in MEANINGS.items())
    columns = (Column("Stand", "heading", 8), Column("Wat het betekent", width=30))
    table = Table("Hoe een activiteit ervoor staat", columns, rows, name="Standen")
    return Section("Over dit programma", 1, (Paragraph(intro), List(items), table), new_page=True)
