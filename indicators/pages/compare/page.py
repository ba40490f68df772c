"""Two editions side by side: every figure, target or explanation that differs, and what that did to the verdict.

Nothing of this is stored. Where errata.py tells what one edition did, this tells all that lies between any two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.safestring import SafeString

from indicators.domain.dutch import listed
from indicators.domain.naming import component_title
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import standing_words


class Difference(Enum):
    """What differs between two editions, in the order in which it is told."""

    CHANGED = "changed"  # both have a figure, another one
    ADDED = "added"  # only the later one has a figure
    TARGET = "target"  # the figure is the same, a decision gave or changed the target
    EXPLANATION = "explanation"  # all the same but the words


@dataclass(frozen=True)
class Line:
    """One figure that differs, as a row of a table. `judged_otherwise` when its verdict is another one."""

    difference: Difference
    url: str
    code: str
    name: str
    year: int
    before: str
    after: str
    target_before: str
    target_after: str
    mark_before: SafeString
    mark_after: SafeString
    judged_otherwise: bool
    explanation: str

    @property
    def target_differs(self) -> bool:
        """Whether the target is another one."""
        return self.target_before != self.target_after


@dataclass(frozen=True)
class Comparison:
    """All that differs between two editions, the earlier one first."""

    before: EditionInfo
    after: EditionInfo
    lines: tuple[Line, ...]

    @property
    def groups(self) -> list[tuple[Difference, list[Line]]]:
        """The lines by what differs."""
        found = [(kind, [line for line in self.lines if line.difference is kind]) for kind in Difference]
        return [(kind, lines) for kind, lines in found if lines]


def compare_editions(before: Overview, after: Overview) -> Comparison:
    """Compare two read models, each as of an edition, the earlier one first. No queries."""
    if before.edition is None or after.edition is None or before.edition.pk > after.edition.pk:
        raise ValueError("two editions are compared, the earlier one first")
    return Comparison(before.edition, after.edition, tuple(_lines(before, after)))


def _lines(before: Overview, after: Overview) -> Iterator[Line]:
    old_figures = {part.pk: part.figures for row in before.all_rows for part in row.components}
    label = after.edition.label if after.edition else ""
    for row in after.all_rows:
        for part in row.components:
            for year, figure in part.figures.items():
                old = old_figures[part.pk][year]
                difference = _difference(old, figure)
                if difference:
                    final = year == after.last_year
                    yield _line(row, part, old, figure, difference, Links(after.slug, year, label), final=final)


def _difference(old: Figure, new: Figure) -> Difference | None:
    if old.value is None and new.value is not None:
        return Difference.ADDED
    if old.value != new.value:
        return Difference.CHANGED
    if old.target != new.target:
        return Difference.TARGET
    same = old.explanation == new.explanation and old.sample == new.sample
    return None if same else Difference.EXPLANATION


def _line(
    row: IndicatorRow,
    part: ComponentRow,
    old: Figure,
    new: Figure,
    difference: Difference,
    links: Links,
    *,
    final: bool,
) -> Line:
    return Line(
        difference,
        links.indicator(row.code),
        row.code,
        component_title(row.name, part.name),
        new.year,
        old.printed,
        new.printed,
        old.target_printed,
        new.target_printed,
        mark(old.status, standing_words(old, final=final)),
        mark(new.status, standing_words(new, final=final)),
        old.status is not new.status,
        new.explanation,
    )


def comparison_sentence(comparison: Comparison, *, is_same_elsewhere: bool = True) -> str:
    """What lies between two editions, counted: the figures that changed or came, and the verdicts.

    `is_same_elsewhere`: no line of the programme differs either.
    """
    before, after = comparison.before.label, comparison.after.label
    if before == after:
        return "Dit is twee keer dezelfde editie. Kies een andere om te zien wat er is veranderd."
    counts = {kind: len(lines) for kind, lines in comparison.groups}
    if not counts:
        what = "niets" if is_same_elsewhere else "geen cijfer"
        return f"Tussen editie {before} en editie {after} is {what} veranderd."
    told = [_told(kind, number) for kind, number in counts.items()]
    return f"Tussen editie {before} en editie {after} {listed(told)}.{_verdicts(comparison)}"


def _told(difference: Difference, number: int) -> str:
    one = number == 1
    figures = f"{number} {'cijfer' if one else 'cijfers'}"
    match difference:
        case Difference.CHANGED:
            return f"{'veranderde' if one else 'veranderden'} {figures}"
        case Difference.ADDED:
            return f"{'kwam' if one else 'kwamen'} er {figures} bij"
        case Difference.TARGET:
            return f"{'veranderde' if one else 'veranderden'} {number} {'streefwaarde' if one else 'streefwaarden'}"
        case Difference.EXPLANATION:
            return f"{'kreeg' if one else 'kregen'} {figures} alleen een andere toelichting"


def _verdicts(comparison: Comparison) -> str:
    known = [line for line in comparison.lines if line.difference is not Difference.ADDED]
    if not known:
        return ""
    number = sum(line.judged_otherwise for line in known)
    if not number:
        return " Geen enkel oordeel dat er al stond, werd daardoor anders."
    if number == 1:
        return " Eén oordeel dat er al stond, werd daardoor anders."
    return f" {number} oordelen die er al stonden, werden daardoor anders."
