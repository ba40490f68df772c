"""What an edition changed: errata, additions and new explanations.

None of it is stored: it is the difference between the overviews as of the previous edition and as of this one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from indicators.domain.naming import component_title
from indicators.domain.statuses import status_words
from indicators.models import Edition
from indicators.readmodel.figure import Figure
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from priorities.models import Kadernota


class Change(Enum):
    """What an edition changed in a figure, in the order of the lists."""

    ERRATUM = "erratum"  # adopted before, now with another value
    ADDITION = "addition"  # its year was adopted before, this figure not yet
    EXPLANATION = "explanation"  # the same value, with another explanation or sample


@dataclass(frozen=True, kw_only=True)
class Erratum:
    """One figure that an edition changed or added, as printed. `number` counts within its kind.

    For an addition `old_printed` is empty and `old_words` is the status without the figure. `reason` is the explanation
    of the new figure. The texts come from `part`, `old` and `new`.
    """

    number: int
    change: Change
    code: str
    indicator: str
    component: str
    year: int
    old_printed: str
    new_printed: str
    old_words: str
    new_words: str
    reason: str
    part: ComponentRow
    old: Figure
    new: Figure

    @property
    def name(self) -> str:
        """The name of the indicator, with the name of the component if it has one."""
        return component_title(self.indicator, self.component)


def overview_before(kadernota: Kadernota, edition: Edition) -> Overview | None:
    """Return the overview as of the previous edition; None for the first edition of a year."""
    if edition.number == 1:
        return None
    previous = Edition.objects.of(kadernota).filter(pk__lt=edition.pk).last()
    return load_overview(kadernota, edition=previous) if previous else None


def compare(before: Overview, after: Overview) -> tuple[Erratum, ...]:
    """Return what the edition of `after` changed since `before`, the overview as of the previous edition.

    Errata, additions and explanations, each in the order of the nota. With drafts in `after`, return what they will
    change once adopted.
    """
    changes = [
        _erratum(row, part, part.figures[year], old_figure, final=year == after.last_year)
        for row, part, year, old_figure in _changed_figures(before, after)
    ]
    numbered = []
    for change in Change:
        same_kind = [erratum for erratum in changes if erratum.change is change]
        numbered += [replace(erratum, number=number) for number, erratum in enumerate(same_kind, start=1)]
    return tuple(numbered)


def _changed_figures(before: Overview, after: Overview) -> Iterator[tuple[IndicatorRow, ComponentRow, int, Figure]]:
    """Yield each figure that this edition holds (or that is a draft), with the previous figure."""
    if after.edition is None and not after.with_drafts:
        raise ValueError("the newer of two overviews must show an edition, or drafts")
    old_figures = {part.pk: part.figures for row in before.all_rows for part in row.components}
    for row in after.all_rows:
        for part in row.components:
            for year, figure in part.figures.items():
                if figure.edition == after.edition and figure.revision is not None and part.pk in old_figures:
                    yield row, part, year, old_figures[part.pk][year]


def _erratum(row: IndicatorRow, part: ComponentRow, new: Figure, old: Figure, *, final: bool) -> Erratum:
    return Erratum(
        number=0,
        change=_change(old, new),
        code=row.code,
        indicator=row.name,
        component=part.name,
        year=new.year,
        old_printed=old.printed,
        new_printed=new.printed,
        old_words=status_words(old.status, final=final, value=old.value),
        new_words=status_words(new.status, final=final, value=new.value),
        reason=new.explanation or new.source_note,
        part=part,
        old=old,
        new=new,
    )


def _change(old: Figure, new: Figure) -> Change:
    if old.value is None:
        return Change.ADDITION
    return Change.EXPLANATION if old.value == new.value else Change.ERRATUM
