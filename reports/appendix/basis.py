"""The basis of the figures: readings of the nota, sources and editions, definitions, and the hash of the edition."""

from indicators.domain.dutch import listed
from indicators.domain.values import Role
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.rows import IndicatorRow, Overview
from indicators.readmodel.sentences import direction_words, edition_words
from reports.appendix.cells import NOTHING, component_name
from reports.document import Block, Cell, Column, Paragraph, Section, Table

ROLE_WORDS = {Role.EFFORT: "inzet", Role.EFFECT: "effect"}


def readings_section(overview: Overview) -> Section:
    """Return the table of readings: place, question, reading, decider. Equal readings share a row."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for code, reading in overview.readings_with_codes():
        key = (reading.place, reading.question, reading.reading, reading.origin)
        grouped.setdefault(key, []).append(code or "Alle")
    title = "Hoe de nota is gelezen"
    if not grouped:
        return Section(title, 1, (Paragraph("Er zijn geen onduidelijke plaatsen vastgelegd."),))
    deciders = {key[-1] for key in grouped}
    intro = "Waar de nota op meer dan één manier te lezen is, staat hier hoe zij is gelezen."
    if len(deciders) == 1:
        # A column with the same text in every row would take space from the others.
        intro += f" Alle leeswijzen zijn {deciders.pop().rstrip('.')}."
    columns = (
        Column("Nr", width=4),
        Column("Bij", width=6),
        Column("Plaats in de nota", width=18),
        Column("Wat is onduidelijk", width=22),
        Column("Zo gelezen", width=28),
        *((Column("Wie las het zo", width=15),) * bool(deciders)),
    )
    rows = tuple(
        (Cell(f"L{number}"), Cell(", ".join(codes)), *map(Cell, key if deciders else key[:-1]))
        for number, (key, codes) in enumerate(grouped.items(), start=1)
    )
    return Section(title, 1, (Paragraph(intro), Table("Leeswijzen", columns, rows, name="Leeswijzen")))


def sources_section(overview: Overview, year: int) -> Section:
    """Return the sources of the indicators, the editions of their figures, and the origin of published figures."""
    by_source: dict[str, list[IndicatorRow]] = {}
    for row in overview.rows:
        by_source.setdefault(row.source, []).append(row)
    columns = (Column("Bron", "heading", 8), Column("Indicatoren", width=24), Column(f"Cijfers over {year}", width=30))
    rows = tuple(
        (Cell(source), Cell(listed([row.code for row in rows_of_source])), Cell(_editions_text(rows_of_source, year)))
        for source, rows_of_source in by_source.items()
    )
    blocks: list[Block] = [Table("Wie welke cijfers levert", columns, rows, name="Bronnen")]
    editions = {
        figure.edition
        for row in overview.rows
        for part in row.components
        for figure in part.figures.values()
        if figure.edition and figure.year <= year
    }
    if editions:
        blocks.append(_editions_table(sorted(editions, key=lambda edition: edition.pk)))
    origins = _origins(overview, year)
    if origins:
        columns = (Column("Indicator", "heading", 22), Column("Jaar", "figure", 5), Column("Herkomst", width=34))
        blocks.append(Table("Waar overgenomen cijfers vandaan komen", columns, origins, name="Herkomst"))
    return Section("Bronnen", 1, tuple(blocks))


def _editions_text(rows: list[IndicatorRow], year: int) -> str:
    """Return which figures each edition fixed, and which are drafts or missing."""
    by_edition: dict[EditionInfo, list[str]] = {}
    drafts: list[str] = []
    missing: list[str] = []
    for row in rows:
        for part, figure in row.figures(year):
            name = row.label_of(part)
            if figure.edition:
                by_edition.setdefault(figure.edition, []).append(name)
            elif row.counts_in(year):
                (drafts if figure.is_draft else missing).append(name)
    sentences = [
        f"Editie {edition.label}, {edition_words(edition)}: {listed(codes)}."
        for edition, codes in sorted(by_edition.items(), key=lambda item: item[0].pk)
    ]
    sentences += [f"Nog niet vastgesteld: {listed(drafts)}."] if drafts else []
    sentences += [f"Geen cijfer: {listed(missing)}."] if missing else []
    return "\n".join(sentences) or NOTHING


def _editions_table(editions: list[EditionInfo]) -> Table:
    columns = (Column("Editie", "heading", 7), Column("Waardoor", width=30), Column("Vingerafdruk", width=34))
    rows = tuple((Cell(edition.label), Cell(edition_words(edition)), Cell(edition.chain_hash)) for edition in editions)
    return Table("De edities waarop deze cijfers rusten", columns, rows, name="Edities")


def definitions_section(overview: Overview) -> Section:
    """Return the definitions: what is measured, how often, effort or effect, and which direction is better."""
    columns = (
        Column("Indicator", "heading", 20),
        Column("Wat er wordt gemeten", width=34),
        Column("Hoe vaak", width=9),
        Column("Soort", width=7),
        Column("Beter is", width=8),
    )
    rows = tuple(
        (
            Cell(row.title),
            Cell(row.definition or NOTHING),
            Cell(row.cadence or NOTHING),
            Cell(ROLE_WORDS[row.role]),
            Cell(_better(row)),
        )
        for row in overview.rows
    )
    intro = Paragraph("Inzet is wat de gemeente en haar partners zelf doen; effect is wat er in de gemeente gebeurt.")
    table = Table("Wat de indicatoren meten", columns, rows, name="Definities")
    return Section("Definities", 1, (intro, table))


def _better(row: IndicatorRow) -> str:
    """Return which direction is better, for each component if they differ."""
    words = {part.name: direction_words(part).split(" ")[0] for part in row.components}
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return "; ".join(f"{name}: {word}" for name, word in words.items())


def fingerprint_section(edition: EditionInfo | None) -> tuple[Section, ...]:
    """Return the chain hash of the edition, with which it can be verified; nothing for a draft."""
    if edition is None:
        return ()
    text = (
        f"De vingerafdruk van editie {edition.label} is {edition.chain_hash}. Hij is berekend over alles wat de "
        "editie vastlegt, ook de oordelen, en over alle besluiten ervoor. Verandert daarin één teken, dan klopt hij "
        "niet meer."
    )
    return (Section("Vingerafdruk", 1, (Paragraph(text),)),)


def _origins(overview: Overview, year: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (Cell(component_name(row, part)), Cell(str(figure.year)), Cell(figure.source_note))
        for row in overview.rows
        for part in row.components
        for figure in part.figures.values()
        if figure.year <= year and figure.source_note
    )
