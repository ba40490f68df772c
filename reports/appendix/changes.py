"""What an edition changes: figures that replace adopted ones (errata), and figures that came later (additions)."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.domain.values import NoValue, Reason
from indicators.rows import ComponentRow, Figure, IndicatorRow, Overview
from reports.appendix.cells import NOTHING, figure_cell, full_name, verdict_cell
from reports.document import Cell, Column, Paragraph, Section, Table

ONLY_WORDS = "Alleen de toelichting is gewijzigd."


@dataclass(frozen=True)
class Change:
    """One figure in the edition before (`old`) and now (`new`)."""

    row: IndicatorRow
    part: ComponentRow
    old: Figure
    new: Figure

    @property
    def is_addition(self) -> bool:
        """Whether there was no figure before, or only the promise of one ("pm")."""
        return self.old.value in (None, NoValue(Reason.PM))


def changes_since(previous: Overview, overview: Overview, year: int) -> list[Change]:
    """The figures up to and including `year` that are another revision now than in `previous`."""
    return list(_changes(previous, overview, year))


def _changes(previous: Overview, overview: Overview, year: int) -> Iterator[Change]:
    before = {part.pk: part for row in previous.rows for part in row.components}
    for row in overview.rows:
        for part in row.components:
            for new in part.figures.values():
                old = before[part.pk].figures[new.year] if part.pk in before else None
                if old and new.year <= year and new.revision != old.revision:
                    yield Change(row, part, old, new)


def changes_section(previous: Overview | None, overview: Overview, year: int) -> Section:
    """Errata and additions since the edition before of this year."""
    title = "Errata en aanvullingen"
    if previous is None or previous.edition is None:
        return Section(title, 1, (Paragraph(f"Er is geen eerdere editie over {year}; er is dus niets gewijzigd."),))
    label = previous.edition.label
    changes = changes_since(previous, overview, year)
    errata = [change for change in changes if not change.is_addition]
    additions = [change for change in changes if change.is_addition]
    blocks = (
        Paragraph(f"Vergeleken met editie {label}: {_count(len(errata), 'erratum', 'errata')} en "
                  f"{_count(len(additions), 'aanvulling', 'aanvullingen')}."),
        *_table(errata, "E", f"Errata: gewijzigd sinds editie {label}", "Errata", overview),
        *_table(additions, "A", f"Aanvullingen sinds editie {label}", "Aanvullingen", overview),
    )  # fmt: skip
    return Section(title, 1, blocks, new_page=True)


def _count(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"


def _table(changes: list[Change], letter: str, caption: str, name: str, overview: Overview) -> tuple[Table, ...]:
    reason = "Reden" if letter == "E" else "Toelichting"
    columns = (
        Column("Nr", width=4), Column("Indicator", "heading", 22), Column("Jaar", "figure", 5),
        Column("Stond er", "figure", 7), Column("Oordeel toen", "status", 12), Column("Staat er nu", "figure", 7),
        Column("Oordeel nu", "status", 12), Column(reason, width=30),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(f"{letter}{number}"), Cell(full_name(change.row, change.part)), Cell(str(change.new.year)),
            figure_cell(change.part, change.old), verdict_cell(change.old, overview),
            figure_cell(change.part, change.new), verdict_cell(change.new, overview), Cell(_reason(change)),
        )
        for number, change in enumerate(changes, start=1)
    )  # fmt: skip
    return (Table(caption, columns, rows, name=name),) if rows else ()


def _reason(change: Change) -> str:
    if change.old.value == change.new.value and change.old.explanation != change.new.explanation:
        return f"{ONLY_WORDS} Nu: {change.new.explanation or NOTHING}"
    return change.new.explanation or NOTHING
