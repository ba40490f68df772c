"""Two editions side by side: the figures, targets and explanations that differ, and their statuses.

Computed on request, between any two editions; readmodel/errata.py compares an edition with the previous one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.domain.naming import component_title
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import figure_status_words


class Difference(Enum):
    """What differs between two editions, in the order of the page."""

    CHANGED = "changed"  # both editions have a figure, not the same
    ADDED = "added"  # only the later edition has a figure
    TARGET = "target"  # the same figure, but a decision gave or changed the target
    EXPLANATION = "explanation"  # only the explanation or the sample differs


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    """A figure that differs, as a row of a table."""

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
    status_changed: bool
    explanation: str

    @property
    def target_differs(self) -> bool:
        """Whether the targets differ."""
        return self.target_before != self.target_after


@dataclass(frozen=True)
class Comparison:
    """The figures that differ between two editions, the earlier one first."""

    before: EditionInfo
    after: EditionInfo
    rows: tuple[ComparisonRow, ...]

    @property
    def groups(self) -> list[tuple[Difference, list[ComparisonRow]]]:
        """The rows by what differs, without empty groups."""
        groups = [(kind, [row for row in self.rows if row.difference is kind]) for kind in Difference]
        return [(kind, rows) for kind, rows in groups if rows]


def compare_editions(before: Overview, after: Overview) -> Comparison:
    """Compare two read models, each as of an edition, the earlier one first. No queries."""
    if before.edition is None or after.edition is None or before.edition.pk > after.edition.pk:
        raise ValueError("two editions are compared, the earlier one first")
    return Comparison(before.edition, after.edition, tuple(_rows(before, after)))


def _rows(before: Overview, after: Overview) -> Iterator[ComparisonRow]:
    old_figures = {part.pk: part.figures for row in before.all_rows for part in row.components}
    label = after.edition.label if after.edition else ""
    for row in after.all_rows:
        for part in row.components:
            for year, figure in part.figures.items():
                old = old_figures[part.pk][year]
                difference = _difference(old, figure)
                if difference:
                    final = year == after.last_year
                    name = component_title(row.name, part.name)
                    yield ComparisonRow(
                        difference=difference,
                        url=Links(after.slug, year, label).indicator(row.code),
                        code=row.code,
                        name=name,
                        year=year,
                        before=old.printed,
                        after=figure.printed,
                        target_before=old.target_printed,
                        target_after=figure.target_printed,
                        mark_before=mark(old.status, figure_status_words(old, final=final)),
                        mark_after=mark(figure.status, figure_status_words(figure, final=final)),
                        status_changed=old.status is not figure.status,
                        explanation=figure.explanation,
                    )


def _difference(old: Figure, new: Figure) -> Difference | None:
    if old.value is None and new.value is not None:
        return Difference.ADDED
    if old.value != new.value:
        return Difference.CHANGED
    if old.target != new.target:
        return Difference.TARGET
    same = old.explanation == new.explanation and old.sample == new.sample
    return None if same else Difference.EXPLANATION


def comparison_sentence(comparison: Comparison, *, is_same_elsewhere: bool = True) -> str:
    """Count the figures and verdicts that differ between two editions, in one or two sentences.

    `is_same_elsewhere`: the lines of the programme do not differ either.
    """
    before, after = comparison.before.label, comparison.after.label
    if before == after:
        return "Dit is twee keer dezelfde editie. Kies een andere om te zien wat er is veranderd."
    counts = {kind: len(rows) for kind, rows in comparison.groups}
    if not counts:
        what = "niets" if is_same_elsewhere else "geen cijfer"
        return f"Tussen editie {before} en editie {after} is {what} veranderd."
    differences = listed([_count_words(kind, number) for kind, number in counts.items()])
    return f"Tussen editie {before} en editie {after} {differences}.{_verdicts(comparison)}"


def _count_words(difference: Difference, number: int) -> str:
    figures = counted(number, "cijfer", "cijfers")
    match difference:
        case Difference.CHANGED:
            return f"{plural(number, 'veranderde', 'veranderden')} {figures}"
        case Difference.ADDED:
            return f"{plural(number, 'kwam', 'kwamen')} er {figures} bij"
        case Difference.TARGET:
            return f"{plural(number, 'veranderde', 'veranderden')} {counted(number, 'streefwaarde', 'streefwaarden')}"
        case Difference.EXPLANATION:
            return f"{plural(number, 'kreeg', 'kregen')} {figures} alleen een andere toelichting"


def _verdicts(comparison: Comparison) -> str:
    rows = [row for row in comparison.rows if row.difference is not Difference.ADDED]
    if not rows:
        return ""
    number = sum(row.status_changed for row in rows)
    if not number:
        return " Geen enkel oordeel dat er al stond, werd daardoor anders."
    if number == 1:
        return " Eén oordeel dat er al stond, werd daardoor anders."
    return f" {number} oordelen die er al stonden, werden daardoor anders."
