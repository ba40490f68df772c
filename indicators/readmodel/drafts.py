"""Drafts laid over what is adopted: what an officer sees is what everybody sees, but for the figures that wait.

The rows without a draft are the public's own, judged once and shared; the others are made for this one reader.
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
# Of one draft: the value, the sample size, and what else its Figure says.
Draft = tuple[Value, int | None, dict[str, object]]


def with_drafts(kadernota: Kadernota, adopted: Overview) -> Overview:
    """The newest adopted figures of a kadernota with every draft counted too, for who may see them. One query.

    `adopted` stays as it is, so that it can be one that is kept for everybody.
    """
    if adopted.edition is not None:
        raise ValueError("a draft has no place in what an edition showed")
    drafts = _drafts(kadernota)
    vth = _priority(adopted.vth, drafts) if adopted.vth else None
    priorities = tuple(_priority(priority, drafts) for priority in adopted.priorities)
    return replace(adopted, with_drafts=True, priorities=priorities, vth=vth)


def _drafts(kadernota: Kadernota) -> dict[int, dict[int, Draft]]:
    """Of each component with a draft its drafts by year."""
    found: dict[int, dict[int, Draft]] = {}
    rows = Measurement.objects.of(kadernota).whole_area().drafts()
    for component, year, pk, explanation, note, sample, *columns in rows.values_list(*FIELDS):
        said = {"revision": pk, "explanation": explanation, "source_note": note}
        found.setdefault(component, {})[year] = (value_of(*columns), sample, said)
    return found


def _priority(priority: PriorityRow, drafts: dict[int, dict[int, Draft]]) -> PriorityRow:
    return replace(priority, rows=tuple(_row(row, drafts) for row in priority.rows))


def _row(row: IndicatorRow, drafts: dict[int, dict[int, Draft]]) -> IndicatorRow:
    if not any(part.pk in drafts for part in row.components):
        return row
    parts = tuple(_component(part, drafts[part.pk]) if part.pk in drafts else part for part in row.components)
    return replace(row, components=parts)


def _component(part: ComponentRow, drafts: dict[int, Draft]) -> ComponentRow:
    figures = {
        year: _figure(figure, *drafts[year]) if year in drafts else figure for year, figure in part.figures.items()
    }
    return replace(part, figures=figures)


def _figure(figure: Figure, value: Value, sample: int | None, said: dict[str, object]) -> Figure:
    facts = replace(figure.facts, measurement=value, sample=sample)
    return Figure(figure.year, facts, figure.decided, followed=figure.followed, **said)  # type: ignore[arg-type]
