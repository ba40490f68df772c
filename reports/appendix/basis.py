"""What the figures rest on: how unclear places of the nota are read, and who delivered what."""

from collections.abc import Iterable

from indicators.models import Reading
from indicators.rows import Overview
from indicators.sentences import listed
from reports.appendix.cells import full_name
from reports.document import Block, Cell, Column, Paragraph, Section, Table


def readings_section(readings: Iterable[Reading]) -> Section:
    """The unclear places: where, what is unclear, how it is read, who decided. Equal ones are told once."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for reading in readings:
        key = (reading.place, reading.question, reading.reading, reading.decided_by)
        grouped.setdefault(key, []).append(reading.indicator.code if reading.indicator else "Alle")
    title = "Hoe de nota is gelezen"
    if not grouped:
        return Section(title, 1, (Paragraph("Er zijn geen onduidelijke plaatsen vastgelegd."),))
    columns = (
        Column("Nr", width=4), Column("Bij", width=5), Column("Plaats in de nota", width=17),
        Column("Wat is onduidelijk", width=20), Column("Zo gelezen", width=26), Column("Wie besliste", width=15),
    )  # fmt: skip
    rows = tuple(
        (Cell(f"L{number}"), Cell(", ".join(codes)), *map(Cell, key))
        for number, (key, codes) in enumerate(grouped.items(), start=1)
    )
    told = Paragraph("Waar de nota op meer dan één manier te lezen is, staat hier hoe zij is gelezen.")
    return Section(title, 1, (told, Table("Leeswijzen", columns, rows, name="Leeswijzen")))


def sources_section(overview: Overview, year: int) -> Section:
    """Who delivers which indicator, and of figures that were taken over where they come from."""
    codes: dict[str, list[str]] = {}
    for row in overview.rows:
        codes.setdefault(row.source, []).append(row.code)
    columns = (Column("Bron", "heading", 8), Column("Indicatoren", width=30))
    rows = tuple((Cell(source), Cell(listed(sorted_codes))) for source, sorted_codes in codes.items())
    blocks: list[Block] = [Table("Wie welke cijfers levert", columns, rows, name="Bronnen")]
    noted = _origins(overview, year)
    if noted:
        columns = (Column("Indicator", "heading", 22), Column("Jaar", "figure", 5), Column("Herkomst", width=34))
        blocks.append(Table("Waar overgenomen cijfers vandaan komen", columns, noted, name="Herkomst"))
    return Section("Bronnen", 1, tuple(blocks))


def _origins(overview: Overview, year: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (Cell(full_name(row, part)), Cell(str(figure.year)), Cell(figure.source_note))
        for row in overview.rows
        for part in row.components
        for figure in part.figures.values()
        if figure.year <= year and figure.source_note
    )
