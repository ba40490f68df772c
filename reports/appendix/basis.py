"""What the figures rest on: how unclear places of the nota are read, who delivered what and when, what it means."""

from collections.abc import Iterable

from indicators.domain.dutch import listed
from indicators.domain.values import Role
from indicators.models import Reading
from indicators.readmodel.rows import EditionInfo, IndicatorRow, Overview
from indicators.readmodel.sentences import direction_words, edition_words
from reports.appendix.cells import NOTHING, component_name
from reports.document import Block, Cell, Column, Paragraph, Section, Table

ROLE_WORDS = {Role.EFFORT: "inzet", Role.EFFECT: "effect"}


def readings_section(readings: Iterable[Reading]) -> Section:
    """The unclear places: where, what is unclear, how it is read, who decided. Equal ones are told once."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for reading in readings:
        key = (reading.place, reading.question, reading.reading, reading.decided_by)
        grouped.setdefault(key, []).append(reading.indicator.code if reading.indicator else "Alle")
    title = "Hoe de nota is gelezen"
    if not grouped:
        return Section(title, 1, (Paragraph("Er zijn geen onduidelijke plaatsen vastgelegd."),))
    deciders = {key[-1] for key in grouped}
    told = "Waar de nota op meer dan één manier te lezen is, staat hier hoe zij is gelezen."
    if len(deciders) == 1:
        # The same words in every row would take the room of the others.
        told += f" Wie daarover besliste, is bij alle leeswijzen hetzelfde: {deciders.pop().rstrip('.')}."
    columns = (
        Column("Nr", width=4),
        Column("Bij", width=6),
        Column("Plaats in de nota", width=18),
        Column("Wat is onduidelijk", width=22),
        Column("Zo gelezen", width=28),
        *((Column("Wie besliste", width=15),) * bool(deciders)),
    )
    rows = tuple(
        (Cell(f"L{number}"), Cell(", ".join(codes)), *map(Cell, key if deciders else key[:-1]))
        for number, (key, codes) in enumerate(grouped.items(), start=1)
    )
    return Section(title, 1, (Paragraph(told), Table("Leeswijzen", columns, rows, name="Leeswijzen")))


def sources_section(overview: Overview, year: int) -> Section:
    """Who delivers which indicator, when its figures were fixed, and of what was taken over where it comes from."""
    by_source: dict[str, list[IndicatorRow]] = {}
    for row in overview.rows:
        by_source.setdefault(row.source, []).append(row)
    columns = (Column("Bron", "heading", 8), Column("Indicatoren", width=24), Column(f"Cijfers over {year}", width=30))
    rows = tuple(
        (Cell(source), Cell(listed([row.code for row in of_source])), Cell(_fixed(of_source, year)))
        for source, of_source in by_source.items()
    )
    blocks: list[Block] = [Table("Wie welke cijfers levert", columns, rows, name="Bronnen")]
    editions = {
        f.edition
        for row in overview.rows
        for part in row.components
        for f in part.figures.values()
        if f.edition and f.year <= year
    }
    if editions:
        blocks.append(_editions_table(sorted(editions, key=lambda edition: edition.pk)))
    noted = _origins(overview, year)
    if noted:
        columns = (Column("Indicator", "heading", 22), Column("Jaar", "figure", 5), Column("Herkomst", width=34))
        blocks.append(Table("Waar overgenomen cijfers vandaan komen", columns, noted, name="Herkomst"))
    return Section("Bronnen", 1, tuple(blocks))


def _fixed(rows: list[IndicatorRow], year: int) -> str:
    """By which editions the figures of a source stand, with their dates; and which have none."""
    by_edition: dict[EditionInfo, list[str]] = {}
    drafts, missing = [], []
    for row in rows:
        for part, figure in row.figures(year):
            name = row.code + (f" {part.name}" if part.name else "")
            if figure.edition:
                by_edition.setdefault(figure.edition, []).append(name)
            elif row.counts_in(year):
                (drafts if figure.is_draft else missing).append(name)
    told = [
        f"Editie {edition.label}, {edition_words(edition)}: {listed(codes)}."
        for edition, codes in sorted(by_edition.items(), key=lambda item: item[0].pk)
    ]
    told += [f"Nog niet vastgesteld: {listed(drafts)}."] if drafts else []
    told += [f"Geen cijfer: {listed(missing)}."] if missing else []
    return "\n".join(told) or NOTHING


def _editions_table(editions: list[EditionInfo]) -> Table:
    columns = (Column("Editie", "heading", 7), Column("Waardoor", width=30), Column("Vingerafdruk", width=34))
    rows = tuple(
        (Cell(edition.label), Cell(edition_words(edition)), Cell(edition.content_hash)) for edition in editions
    )
    return Table("De edities waarop deze cijfers rusten", columns, rows, name="Edities")


def definitions_section(overview: Overview) -> Section:
    """What each indicator counts, how often, whether it is the partners' own effort, and which way is better."""
    columns = (
        Column("Indicator", "heading", 20),
        Column("Wat er wordt gemeten", width=34),
        Column("Hoe vaak", width=9),
        Column("Soort", width=7),
        Column("Beter is", width=8),
    )
    rows = tuple(
        (
            Cell(f"{row.code} {row.name}"),
            Cell(row.definition or NOTHING),
            Cell(row.cadence or NOTHING),
            Cell(ROLE_WORDS[row.role]),
            Cell(_better(row)),
        )
        for row in overview.rows
    )
    told = Paragraph("Inzet is wat de gemeente en haar partners zelf doen; effect is wat er in de gemeente gebeurt.")
    table = Table("Wat de indicatoren meten", columns, rows, name="Definities")
    return Section("Definities", 1, (told, table))


def _better(row: IndicatorRow) -> str:
    """Which way is better, in a word; of each component where they differ."""
    words = {part.name: direction_words(part).split(" ")[0] for part in row.components}
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return "; ".join(f"{name}: {word}" for name, word in words.items())


def fingerprint_section(edition: EditionInfo | None) -> tuple[Section, ...]:
    """The hash of the edition: by it one sees that figures and explanations are still those of then."""
    if edition is None:
        return ()
    told = (
        f"De vingerafdruk van editie {edition.label} is {edition.content_hash}. Hij is berekend over alle cijfers en "
        "toelichtingen van de editie. Verandert daarin één teken, dan klopt hij niet meer."
    )
    return (Section("Vingerafdruk", 1, (Paragraph(told),)),)


def _origins(overview: Overview, year: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (Cell(component_name(row, part)), Cell(str(figure.year)), Cell(figure.source_note))
        for row in overview.rows
        for part in row.components
        for figure in part.figures.values()
        if figure.year <= year and figure.source_note
    )
