"""Changes since the previous edition: errata, additions, and changed explanations, as on the pages."""

from indicators.domain.dutch import listed
from indicators.readmodel.errata import Change, Erratum, compare
from indicators.readmodel.rows import Overview
from reports.appendix.cells import NOTHING, figure_cell, verdict_cell
from reports.document import Cell, Column, Paragraph, Section, Table

TITLE = "Errata en aanvullingen"
# For each kind: its letter, the name and caption of its table, and its singular and plural.
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
    """Return errata and additions since the previous edition; `previous` is None for the first edition of a year."""
    if previous is None:
        return Section(TITLE, 1, (Paragraph(f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."),))
    errata = [erratum for erratum in compare(previous, overview) if erratum.year == year]
    by_kind = {kind: [erratum for erratum in errata if erratum.change is kind] for kind in KINDS}
    counts = [_count(len(by_kind[kind]), *KINDS[kind][3:]) for kind in KINDS]
    sentence = f"Vergeleken met wat eerder was vastgesteld: {listed(counts)}."
    tables = [_table(kind, of_kind, overview) for kind, of_kind in by_kind.items() if of_kind]
    return Section(TITLE, 1, (Paragraph(sentence), *tables), new_page=True)


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number or 'geen'} {singular if number == 1 else plural}"


def _table(kind: Change, errata: list[Erratum], overview: Overview) -> Table:
    letter, name, caption, *_ = KINDS[kind]
    width = 10 if any(erratum.new.is_draft for erratum in errata) else 7  # drafts are marked with a word
    columns = (
        Column("Nr", width=4),
        Column("Indicator", "heading", 22),
        Column("Jaar", "figure", 5),
        Column("Stond er", "figure", 7),
        Column("Oordeel toen", "status", 14),
        Column("Staat er nu", "figure", width),
        Column("Oordeel nu", "status", 14),
        Column("Reden" if kind is Change.ERRATUM else "Toelichting", width=30),
    )
    rows = tuple(
        (
            Cell(f"{letter}{erratum.number}"),
            Cell(f"{erratum.code} {erratum.name}"),
            Cell(str(erratum.year)),
            figure_cell(erratum.part, erratum.old),
            verdict_cell(erratum.old, overview),
            figure_cell(erratum.part, erratum.new),
            verdict_cell(erratum.new, overview),
            Cell(erratum.reason or NOTHING),
        )
        for erratum in errata
    )
    here = "dit concept" if overview.with_drafts else "deze editie"
    return Table(caption.format(here=here), columns, rows, name=name)
