"""The parts of the programme: the priorities, the other safety themes, the VTH cycle."""

from collections.abc import Iterable
from dataclasses import replace

from indicators.readmodel.programme import Programme, ProgrammePart
from indicators.readmodel.rows import Overview, PriorityRow
from indicators.readmodel.sentences import count_sentence, row_status_words
from reports.appendix.basis import definitions_section
from reports.appendix.priorities import priority_sections
from reports.document import Block, Cell, Column, List, Notice, Paragraph, Section, Table
from reports.programme.lines import PartLine, account_blocks, ahead_blocks
from reports.programme.summary import THEMES, part_title

APPENDIX = "Bijlage: indicatoren"
# With more lines than this, account and plan do not fit on one page together.
ON_ONE_PAGE = 4
VTH = "VTH"


def priority_part(overview: Overview, part: ProgrammePart, year: int, ahead: int | None) -> list[Section]:
    """Return the sections of a priority: its results and goals, then account and plan on landscape pages."""
    row = next((row for row in overview.priorities if row.pk == part.pk), None)
    name = f"Prioriteit {part.number}"
    blocks: list[Block] = [Paragraph(part.goal)] if part.goal else []
    if row and row.rows:
        blocks += [
            Paragraph(count_sentence(row.rows, year, final=year == overview.last_year)),
            _verdicts(overview, row, year),
            Paragraph(f"De cijfers achter deze oordelen staan in de bijlage, onder ‘{row.label}: {row.name}’."),
        ]
    lines = named_lines([part], year, ahead)
    if not lines:
        blocks.append(_nothing(year, ahead))
    return [
        Section(f"{name}: {part.name}", 1, tuple(blocks), new_page=True),
        Section(f"{name}: wat de nota wil", 2, tuple(_goals(part))),
        *(_account_and_plan(name, lines, year, ahead, short=f"P{part.number}") if lines else ()),
    ]


def _nothing(year: int, ahead: int | None) -> Paragraph:
    """Return the sentence for a part without lines: two empty sections would take a page."""
    years = f"Over {year} en voor {ahead}" if ahead else f"Over {year}"
    return Paragraph(f"{years} zijn er nog geen activiteiten of bedragen vastgelegd.")


def _goals(part: ProgrammePart) -> Iterable[Block]:
    if part.summary:
        yield Paragraph(part.summary)
    if part.goals:
        yield List(part.goals)
    if part.partners:
        yield Paragraph(f"Met wie: {', '.join(part.partners)}.")
    if part.budget:
        yield Paragraph(f"Geld volgens de nota: {part.budget}")


def _verdicts(overview: Overview, row: PriorityRow, year: int) -> Table:
    """Return the verdict on each indicator, last year and this year, in words."""
    years = [target_year for target_year in overview.target_years if year - 1 <= target_year <= year] or [year]
    columns = (
        Column("Code", width=5),
        Column("Indicator", "heading", 30),
        *(Column(f"Oordeel {column_year}", "status", 16) for column_year in years),
    )
    rows = tuple(
        (
            Cell(indicator.code),
            Cell(indicator.name),
            *(
                Cell(
                    row_status_words(indicator, column_year, final=column_year == overview.last_year),
                    status=indicator.statuses[column_year].value,
                )
                for column_year in years
            ),
        )
        for indicator in row.rows
    )
    return Table(f"De indicatoren van {row.label.lower()} in woorden", columns, rows, name=f"P{row.number} oordelen")


def _account_and_plan(
    name: str, lines: list[PartLine], year: int, ahead: int | None, *, short: str, grouped: bool = False
) -> list[Section]:
    """Return the account of a year and the plan for the next, in the order of the efforts.

    Without any lines this is one section with one sentence.
    """
    if not lines:
        title = f"{name}: verslag over {year}" + (f" en vooruitblik op {ahead}" if ahead else "")
        return [Section(title, 2, (_nothing(year, ahead),))]
    account = [(part, line) for part, line in lines if line.year == year]
    sections = [
        Section(
            f"{name}: verslag over {year}",
            2,
            tuple(account_blocks(account, year, title=name, name=short, grouped=grouped)),
        )
    ]
    if ahead:
        coming = [(part, line) for part, line in lines if line.year == ahead]
        blocks = ahead_blocks(coming, ahead, title=name, name=f"{short} {ahead}", grouped=grouped)
        sections.append(Section(f"{name}: vooruitblik op {ahead}", 2, tuple(blocks), new_page=len(lines) > ON_ONE_PAGE))
    return sections


def named_lines(parts: Iterable[ProgrammePart], *years: int | None) -> list[PartLine]:
    """Return the lines of these parts in these years with the name of their part: by effort, then the amounts."""
    return [
        (part_title(part), line)
        for part in parts
        for year in years
        if year
        for line in (*part.activities(year), *part.finances(year))
    ]


def theme_sections(programme: Programme, year: int, ahead: int | None) -> list[Section]:
    """Return the sections of the themes: actors and approach of each, then account and plan of all together."""
    if not programme.themes:
        return []
    intro = (
        "Naast de prioriteiten noemt bijlage 1 van de nota overige thema's: wie eraan werkt en waarop wordt ingezet."
    )
    lines = named_lines(programme.themes, year, ahead)
    return [
        Section(THEMES, 1, (Paragraph(intro),), new_page=True),
        Section("Overige thema's: wat de nota wil", 2),
        *(Section(part_title(part), 3, tuple(_theme(part))) for part in programme.themes),
        *_account_and_plan("Overige thema's", lines, year, ahead, short="Thema's", grouped=True),
    ]


def _theme(part: ProgrammePart) -> Iterable[Block]:
    if part.partners:
        yield Paragraph(f"Wie: {', '.join(part.partners)}.")
    if part.approach:
        yield List(part.approach)
    if part.budget:
        yield Paragraph(f"Programma van de begroting: {part.budget}.")


def vth_sections(overview: Overview, programme: Programme, year: int, ahead: int | None) -> list[Section]:
    """Return the sections of the VTH cycle: its steps, its own indicators as in the appendix, account and plan."""
    part = programme.vth
    if part is None:
        return []
    intro = [Paragraph(text) for text in (part.goal, part.summary) if text]
    return [
        Section(part.name, 1, tuple(intro), new_page=True),
        *((Section(f"{VTH}: de stappen van de cyclus", 2, (_steps(part),)),) if part.focus_points else ()),
        *_own_indicators(overview, year),
        *_account_and_plan(VTH, named_lines([part], year, ahead), year, ahead, short=VTH),
    ]


def _steps(part: ProgrammePart) -> Table:
    """Return the numbered steps of the cycle as a table, since a list has its own markers."""
    columns = (
        Column("Stap", width=4, align="center"),
        Column("Naam", "heading", 16),
        Column("Wat er gebeurt", width=50),
    )
    rows = tuple(
        (Cell(str(number)), Cell(step["name"]), Cell(step["text"]))
        for number, step in enumerate(part.focus_points, start=1)
    )
    return Table("De cyclus van vergunningen, toezicht en handhaving", columns, rows, name=f"{VTH} cyclus")


def _own_indicators(overview: Overview, year: int) -> list[Section]:
    """Return the indicators of the cycle, in the tables and words of the appendix."""
    if overview.vth is None or not overview.vth.rows:
        none = Paragraph(f"Voor {year} zijn er voor de VTH-taken geen eigen indicatoren.")
        return [Section(f"{VTH}: eigen indicatoren", 2, (none,))]
    alone = vth_overview(overview)
    answer, *rest = priority_sections(alone, overview.vth, year)
    # The definitions follow the figures, where a landscape page has room for them.
    definitions = definitions_section(alone)
    caption = f"{VTH}: wat de indicatoren meten"
    tables = tuple(
        replace(block, name=f"{VTH} definities", caption=caption) if isinstance(block, Table) else block
        for block in definitions.blocks
    )
    # The goal of the cycle is already in its first section.
    blocks = tuple(block for block in answer.blocks if block != Paragraph(overview.vth.goal))
    notice = Notice("Deze indicatoren horen bij de VTH-cyclus; zij tellen niet mee bij die van de prioriteiten.")
    return [
        Section(f"{VTH}: eigen indicatoren", 2, (notice, *blocks, *tables), new_page=True),
        *rest,
    ]


def vth_overview(overview: Overview) -> Overview:
    """Return the read model with the VTH cycle as the only priority, for functions that make tables of priorities."""
    assert overview.vth is not None
    return replace(overview, priorities=(overview.vth,), vth=None)
