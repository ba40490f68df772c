"""What an edition changed, as the pages have it: errata, additions, and explanations that were written anew."""

from indicators.readmodel.errata import Change, Erratum, compare
from indicators.readmodel.rows import Overview
from reports.appendix.cells import NOTHING, figure_cell, verdict_cell
from reports.document import Cell, Column, Paragraph, Section, Table

TITLE = "Errata en aanvullingen"
# Of each kind: its letter, the name of its table, its caption, and the words for one and for more.
KINDS = {
    Change.ERRATUM: ("E", "Errata", "Errata: gewijzigd in {here}", "erratum", "errata"),
    Change.ADDITION: ("A", "Aanvullingen", "Aanvullingen in {here}", "aanvulling", "aanvullingen"),
    Change.EXPLANATION: (
        "T",
        "Toelichtingen",
        "Zelfde cijfer, andere toelichting of steekproef",
        "nieuwe toelichting",
        "nieuwe toelichtingen",
    ),
}


def errata_section(previous: Overview | None, overview: Overview, year: int) -> Section:
    """Errata and additions since the edition before; `previous` is None where there is nothing to compare with."""
    if previous is None:
        return Section(TITLE, 1, (Paragraph(f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."),))
    found = [one for one in compare(previous, overview) if one.year == year]
    by_kind = {kind: [one for one in found if one.change is kind] for kind in KINDS}
    counts = [_count(len(by_kind[kind]), *KINDS[kind][3:]) for kind in KINDS]
    told = f"Vergeleken met wat eerder was vastgesteld: {', '.join(counts[:-1])} en {counts[-1]}."
    tables = [_table(kind, ones, overview) for kind, ones in by_kind.items() if ones]
    return Section(TITLE, 1, (Paragraph(told), *tables), new_page=True)


def _count(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"


def _table(kind: Change, ones: list[Erratum], overview: Overview) -> Table:
    letter, name, caption, *_ = KINDS[kind]
    now = 10 if any(one.new.is_draft for one in ones) else 7  # wide enough for the word that marks a draft
    columns = (
        Column("Nr", width=4),
        Column("Indicator", "heading", 22),
        Column("Jaar", "figure", 5),
        Column("Stond er", "figure", 7),
        Column("Oordeel toen", "status", 14),
        Column("Staat er nu", "figure", now),
        Column("Oordeel nu", "status", 14),
        Column("Reden" if kind is Change.ERRATUM else "Toelichting", width=30),
    )
    rows = tuple(
        (
            Cell(f"{letter}{one.number}"),
            Cell(f"{one.code} {one.name}"),
            Cell(str(one.year)),
            figure_cell(one.part, one.old),
            verdict_cell(one.old, overview),
            figure_cell(one.part, one.new),
            verdict_cell(one.new, overview),
            Cell(one.reason or NOTHING),
        )
        for one in ones
    )
    here = "dit concept" if overview.with_drafts else "deze editie"
    return Table(caption.format(here=here), columns, rows, name=name)
