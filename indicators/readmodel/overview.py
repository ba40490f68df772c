"""Load the overview of a kadernota: a fixed number of queries, frozen rows with their verdicts.

It holds adopted figures up to and including an edition. The caller checks that the user may see drafts.
"""

from collections.abc import Iterable
from typing import Any

from indicators.domain.assessment import Facts
from indicators.domain.followed import Followed, followed
from indicators.domain.formatting import format_value
from indicators.domain.values import Direction, Role, Unit, UnitKind, Value
from indicators.models import Edition, Measurement
from indicators.models.value_columns import value_of
from indicators.readmodel.cache import cached
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import Revision, TargetDecision
from indicators.readmodel.revisions import load_adopted, load_editions, load_with_names
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.structure import ComponentStructure, load_structure
from priorities.models import Kadernota


def load_overview(
    kadernota: Kadernota,
    *,
    edition: Edition | None = None,
    drafts: bool = False,
    version: str | None = None,
) -> Overview:
    """Load a kadernota as of `edition` (default: the newest), or with the newest drafts.

    With an edition the targets are those of that time; otherwise the current ones. With drafts the figures also have
    who recorded them and when. With `version` (cache_version) structure and adopted figures come from the cache, for
    every edition. Two queries, whatever the number of indicators; with drafts three.
    """
    editions, revisions = _revisions(kadernota, edition=edition, drafts=drafts, version=version)
    structure = cached(version, ("structure", kadernota.pk), lambda: load_structure(kadernota))
    groups = _priorities(kadernota, edition, structure, revisions)
    return Overview(
        slug=kadernota.slug,
        title=kadernota.title,
        organisation=kadernota.organisation,
        is_practice=kadernota.is_practice,
        baseline_year=kadernota.baseline_year,
        years=kadernota.years,
        target_years=kadernota.target_years,
        edition=next((info for info in editions if edition and info.pk == edition.pk), None),
        editions=editions,
        with_drafts=drafts,
        priorities=tuple(group for group in groups if not group.is_vth),
        vth=next((group for group in groups if group.is_vth), None),
    )


def _revisions(
    kadernota: Kadernota, *, edition: Edition | None, drafts: bool, version: str | None
) -> tuple[tuple[EditionInfo, ...], dict[int, list[Revision]]]:
    """Return all editions, and the revisions of each component: the last one of a year is current."""
    if drafts:
        editions = tuple(load_editions(kadernota))
        revisions = load_with_names(Measurement.objects.of(kadernota).whole_area().current(), editions)
    else:
        editions, revisions = cached(version, ("adopted", kadernota.pk), lambda: load_adopted(kadernota))
    by_component: dict[int, list[Revision]] = {}
    for revision in revisions:
        if edition is None or (revision.edition and revision.edition.pk <= edition.pk):
            by_component.setdefault(revision.component, []).append(revision)
    return editions, by_component


def _priorities(
    kadernota: Kadernota,
    edition: Edition | None,
    structure: Iterable[ComponentStructure],
    revisions: dict[int, list[Revision]],
) -> tuple[PriorityRow, ...]:
    priorities: dict[int, dict[str, Any]] = {}
    for component in structure:
        row = component.row
        priority = priorities.setdefault(row["indicator__priority_id"], {"row": row, "indicators": {}})
        indicator = priority["indicators"].setdefault(row["indicator_id"], {"structure": component, "components": []})
        indicator["components"].append(_component(kadernota, edition, component, revisions.get(row["pk"], [])))
    return tuple(
        PriorityRow(
            pk=pk,
            number=priority["row"]["indicator__priority__number"],
            name=priority["row"]["indicator__priority__name"],
            goal=priority["row"]["indicator__priority__goal"],
            rows=tuple(_indicator(**indicator) for indicator in priority["indicators"].values()),
            kind=priority["row"]["indicator__priority__kind"],
        )
        for pk, priority in priorities.items()
    )


def _indicator(structure: ComponentStructure, components: list[ComponentRow]) -> IndicatorRow:
    row = structure.row
    planned = row["indicator__planned_years"]
    return IndicatorRow(
        pk=row["indicator_id"],
        code=row["indicator__code"],
        name=row["indicator__name"],
        source=row["indicator__source__name"],
        role=Role(row["indicator__role"]),
        definition=row["indicator__definition"],
        cadence=row["indicator__cadence"],
        planned_years=tuple(planned) if planned is not None else None,
        printed_cells={int(year): cell for year, cell in row["indicator__printed"].items()},
        priority_number=row["indicator__priority__number"],
        components=tuple(components),
        first_year=row["indicator__first_year"],
        last_year=row["indicator__last_year"],
        change_reason=row["indicator__change_reason"],
        readings=tuple(structure.readings.values()),
    )


def _component(
    kadernota: Kadernota, edition: Edition | None, structure: ComponentStructure, revisions: list[Revision]
) -> ComponentRow:
    row = structure.row
    unit, baseline = Unit(UnitKind(row["unit_kind"]), row["decimals"]), _baseline(row)
    since = row["baseline__year"] or kadernota.baseline_year
    direction, role = Direction(row["direction"]), Role(row["indicator__role"])
    targets, decisions = structure.targets_as_of(edition)
    changes = {decision.year: decision for decision in decisions}
    current = {revision.year: revision for revision in revisions}
    # Also for an indicator that ends earlier: the distance that remains is measured from the last target.
    last_target = targets.get(kadernota.last_year)
    figures = {}
    for year in kadernota.years:
        span = followed(year, row["indicator__first_year"], row["indicator__last_year"])
        revision = current.get(year)
        is_followed = span is Followed.YES
        facts = Facts(
            unit=unit,
            direction=direction,
            role=role,
            baseline=baseline,
            target=targets.get(year) if is_followed else None,
            last_target=last_target,
            measurement=revision.value if revision else None,
            planned=_is_planned(row, year, span),
            comparable=not any(since < break_year <= year for break_year in structure.breaks),
            sample=revision.sample if revision else None,
        )
        change = changes.get(year) if is_followed else None
        figures[year] = _figure(facts, year=year, span=span, revision=revision, change=change)
    return ComponentRow(
        pk=row["pk"],
        name=row["name"],
        noun=row["noun"],
        unit=unit,
        direction=direction,
        baseline=baseline,
        baseline_printed=format_value(baseline, unit) if baseline else "",
        baseline_year=row["baseline__year"],
        breaks=tuple(structure.breaks.items()),
        figures=figures,
        decisions=decisions,
        revisions=tuple(revisions),
    )


def _figure(
    facts: Facts, *, year: int, span: Followed, revision: Revision | None, change: TargetDecision | None
) -> Figure:
    if revision is None:
        return Figure(year=year, facts=facts, target_change=change, followed=span)
    return Figure(
        year=year,
        facts=facts,
        target_change=change,
        followed=span,
        explanation=revision.explanation,
        source_note=revision.source_note,
        revision=revision.pk,
        recorded_by=revision.by,
        recorded_at=revision.at,
        edition=revision.edition,
    )


def _baseline(row: dict[str, Any]) -> Value | None:
    if row["baseline__year"] is None:
        return None
    return value_of(*(row[f"baseline__{name}"] for name in ("number", "withheld", "no_value", "provisional")))


def _is_planned(row: dict[str, Any], year: int, span: Followed) -> bool:
    planned = row["indicator__planned_years"]
    return span is Followed.YES and (planned is None or year in planned)
