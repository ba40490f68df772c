"""Two editions side by side: the figures, targets and explanations that differ, their statuses, and the kadernota."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.pages.version_changes import ChangeRow, change_rows
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.differences import Change, Differences, Erratum, Judgement
from indicators.readmodel.rows import Overview


class Difference(Enum):
    """What differs between two editions, in the order of the page."""

    CHANGED = "changed"  # both editions have a figure, not the same
    ADDED = "added"  # only the later edition has a figure
    TARGET = "target"  # the same figure, but a version gave or changed the target
    JUDGED = "judged"  # the same figure and target, but another verdict
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


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The figures that differ between two editions, the earlier one first, and what the versions in between changed."""

    before: EditionInfo
    after: EditionInfo
    rows: tuple[ComparisonRow, ...]
    version_changes: tuple[ChangeRow, ...]

    @property
    def groups(self) -> list[tuple[Difference, list[ComparisonRow]]]:
        """The rows by what differs, without empty groups."""
        groups = [(kind, [row for row in self.rows if row.difference is kind]) for kind in Difference]
        return [(kind, rows) for kind, rows in groups if rows]


def compare_editions(before: Overview, after: Overview, changes: Differences) -> Comparison:
    """Return the comparison of two editions, the earlier one first, from their differences. No queries."""
    if before.edition is None or after.edition is None:
        raise ValueError("two editions are compared")
    rows = sorted(_rows(after, changes, after.edition.label), key=lambda pair: pair[0])
    return Comparison(
        before=before.edition,
        after=after.edition,
        rows=tuple(row for _, row in rows),
        version_changes=tuple(change_rows(changes)),
    )


def _rows(after: Overview, changes: Differences, label: str) -> Iterator[tuple[tuple[int, int], ComparisonRow]]:
    """Yield each row with its place in the order of the nota."""
    order = {part.series: place for place, part in enumerate(part for row in after.all_rows for part in row.components)}
    figures: tuple[Erratum | Judgement, ...] = (*changes.figures, *changes.judgements)
    for found in figures:
        if difference := _difference(found):
            yield (
                (order[found.part.series], found.year),
                ComparisonRow(
                    difference=difference,
                    url=Links(after.slug, found.year, label).indicator(found.code),
                    code=found.code,
                    name=found.name,
                    year=found.year,
                    before=found.old_printed,
                    after=found.new_printed,
                    target_before=found.old.target_printed,
                    target_after=found.new.target_printed,
                    mark_before=mark(found.old.status, found.old_words),
                    mark_after=mark(found.new.status, found.new_words),
                    status_changed=found.old.status is not found.new.status,
                    explanation=found.new.explanation,
                ),
            )


def _difference(found: Erratum | Judgement) -> Difference | None:
    if isinstance(found, Erratum) and found.change is not Change.EXPLANATION:
        return Difference.ADDED if found.change is Change.ADDITION else Difference.CHANGED
    if found.old.target != found.new.target:
        return Difference.TARGET
    if found.verdict_differs:
        return Difference.JUDGED
    same = found.old.explanation == found.new.explanation and found.old.sample == found.new.sample
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
        case Difference.JUDGED:
            return f"{plural(number, 'werd', 'werden')} {figures} opnieuw beoordeeld"
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
