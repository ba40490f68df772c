"""Replace adopted figures by their drafts, for users who may see drafts.

Rows without a draft are the cached public rows; the others are built for this request.
"""

from collections.abc import Iterable
from dataclasses import replace

from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import Revision
from indicators.readmodel.revisions import by_series, load_drafts
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from priorities.models import Kadernota

Drafts = dict[int, list[Revision]]  # by series


def with_drafts(kadernota: Kadernota, adopted: Overview) -> Overview:
    """Return the overview with every draft in the place of its adopted figure. One query.

    `adopted` is not changed, so it may come from the cache. Raises ValueError when it looks back.
    """
    if adopted.edition is not None:
        raise ValueError("an edition holds no drafts")
    return lay_over(adopted, load_drafts(kadernota))


def lay_over(adopted: Overview, drafts: Iterable[Revision]) -> Overview:
    """Return the overview with these drafts in the place of the adopted figures."""
    series = by_series(drafts)
    vth = _priority(adopted.vth, series) if adopted.vth else None
    priorities = tuple(_priority(priority, series) for priority in adopted.priorities)
    return replace(adopted, with_drafts=True, priorities=priorities, vth=vth)


def _priority(priority: PriorityRow, drafts: Drafts) -> PriorityRow:
    return replace(priority, rows=tuple(_row(row, drafts) for row in priority.rows))


def _row(row: IndicatorRow, drafts: Drafts) -> IndicatorRow:
    if not any(part.series in drafts for part in row.components):
        return row
    parts = tuple(_component(part, drafts[part.series]) if part.series in drafts else part for part in row.components)
    return replace(row, components=parts)


def _component(part: ComponentRow, drafts: list[Revision]) -> ComponentRow:
    newest = {draft.year: draft for draft in drafts}
    figures = {
        year: _figure(figure, newest[year]) if year in newest else figure for year, figure in part.figures.items()
    }
    return replace(part, figures=figures, revisions=(*part.revisions, *drafts))


def _figure(figure: Figure, draft: Revision) -> Figure:
    facts = replace(figure.facts, measurement=draft.value, sample=draft.sample)
    return replace(
        figure,
        facts=facts,
        revision=draft.pk,
        explanation=draft.explanation,
        source_note=draft.source_note,
        recorded_by=draft.by,
        recorded_at=draft.at,
        edition=None,
    )
