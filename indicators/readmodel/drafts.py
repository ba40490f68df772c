"""Replace adopted figures by their drafts, for users who may see drafts.

Rows without a draft are the cached public rows; the others are built for this request.
"""

from dataclasses import replace

from indicators.domain.values import Value
from indicators.models import Measurement
from indicators.models.value_columns import value_of
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from priorities.models import Kadernota

FIELDS = (
    "component_id",
    "year",
    "pk",
    "explanation",
    "source_note",
    "sample",
    "number",
    "withheld",
    "no_value",
    "provisional",
)
# Value, sample size, key, explanation and source note of a draft.
Draft = tuple[Value, int | None, int, str, str]


def with_drafts(kadernota: Kadernota, adopted: Overview) -> Overview:
    """Return the overview with every draft in the place of its adopted figure. One query.

    `adopted` is not changed, so it may come from the cache. Raises ValueError when it shows an older edition.
    """
    if adopted.edition is not None:
        raise ValueError("an edition holds no drafts")
    drafts = _drafts(kadernota)
    vth = _priority(adopted.vth, drafts) if adopted.vth else None
    priorities = tuple(_priority(priority, drafts) for priority in adopted.priorities)
    return replace(adopted, with_drafts=True, priorities=priorities, vth=vth)


def _drafts(kadernota: Kadernota) -> dict[int, dict[int, Draft]]:
    """Return the drafts by the key of their component, and by year."""
    drafts: dict[int, dict[int, Draft]] = {}
    rows = Measurement.objects.of(kadernota).whole_area().drafts()
    for component, year, pk, explanation, note, sample, *columns in rows.values_list(*FIELDS):
        drafts.setdefault(component, {})[year] = (value_of(*columns), sample, pk, explanation, note)
    return drafts


def _priority(priority: PriorityRow, drafts: dict[int, dict[int, Draft]]) -> PriorityRow:
    return replace(priority, rows=tuple(_row(row, drafts) for row in priority.rows))


def _row(row: IndicatorRow, drafts: dict[int, dict[int, Draft]]) -> IndicatorRow:
    if not any(part.pk in drafts for part in row.components):
        return row
    parts = tuple(_component(part, drafts[part.pk]) if part.pk in drafts else part for part in row.components)
    return replace(row, components=parts)


def _component(part: ComponentRow, drafts: dict[int, Draft]) -> ComponentRow:
    figures = {
        year: _figure(figure, drafts[year]) if year in drafts else figure for year, figure in part.figures.items()
    }
    return replace(part, figures=figures)


def _figure(figure: Figure, draft: Draft) -> Figure:
    value, sample, pk, explanation, note = draft
    facts = replace(figure.facts, measurement=value, sample=sample)
    return replace(figure, facts=facts, revision=pk, explanation=explanation, source_note=note, edition=None)
