"""Changes since the previous edition: errata, additions, and changed explanations, as on the pages."""

from indicators.domain.dutch import listed
from indicators.readmodel.differences import Change, Erratum, Judgement, differences
from indicators.readmodel.rows import Overview
from reports.appendix.cells import NOTHING, figure_cell, target_cell, verdict_cell
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
    """Return errata, additions and verdicts judged again since `previous`, the state before this edition.

    It is None for the first edition of a year.
    """
    if previous is None:
        return Section(TITLE, 1, (Paragraph(f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."),))
    changes = differences(previous, overview)
    errata = [erratum for erratum in changes.figures if erratum.year == year]
    verdicts = [verdict for verdict in changes.verdicts if verdict.year == year and verdict.rejudged]
    by_kind = {kind: [erratum for erratum in errata if erratum.change is kind] for kind in KINDS}
    counts = [_count(len(by_kind[kind]), *KINDS[kind][3:]) for kind in KINDS]
    sentence = f"Vergeleken met wat eerder was vastgesteld: {listed(counts)}."
    tables = [_table(kind, of_kind, overview) for kind, of_kind in by_kind.items() if of_kind]
    tables += [_verdict_table(verdicts, overview)] if verdicts else []
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


def _verdict_table(verdicts: list[Judgement], overview: Overview) -> Table:
    """Return the verdicts that changed without a new figure, because the year is judged under another version."""
    columns = (
        Column("Nr", width=4),
        Column("Indicator", "heading", 22),
        Column("Cijfer", "figure", 7),
        Column("Streefwaarde toen", "figure", 9),
        Column("Oordeel toen", "status", 14),
        Column("Streefwaarde nu", "figure", 9),
        Column("Oordeel nu", "status", 14),
        Column("Reden", width=26),
    )
    rows = tuple(
        (
            Cell(f"H{number}"),
            Cell(f"{verdict.code} {verdict.name}"),
            figure_cell(verdict.part, verdict.new),
            target_cell(verdict.part, verdict.old),
            verdict_cell(verdict.old, overview),
            target_cell(verdict.part, verdict.new),
            verdict_cell(verdict.new, overview),
            Cell(f"{verdict.version.label}: {verdict.reason}" if verdict.reason else verdict.version.label),
        )
        for number, verdict in enumerate(verdicts, start=1)
    )
    return Table("Opnieuw beoordeeld, zonder nieuw cijfer", columns, rows, name="Opnieuw beoordeeld")
