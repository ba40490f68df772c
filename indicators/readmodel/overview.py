"""The state of a kadernota after a decision: everything that the public sees follows from that prefix of the chain.

Names and texts come from the newest version; target, baseline, direction and breaks of a year from the version that the
year is judged under. `make_overview` takes no database: what was adopted then is computed from the same data later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from indicators.domain.assessment import Facts
from indicators.domain.followed import Followed, followed
from indicators.domain.formatting import format_value
from indicators.models import Edition
from indicators.readmodel.cache import cached
from indicators.readmodel.chain import Chain, DecisionInfo, EditionInfo, VersionInfo, load_chain
from indicators.readmodel.figure import Figure
from indicators.readmodel.lines import Line, load_adopted_lines
from indicators.readmodel.provenance import ReadingRow, Revision, TargetDecision
from indicators.readmodel.revisions import by_series, load_adopted
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.structure import ComponentStructure, Part, Structure, load_structure
from priorities.models import Kadernota

Item = TypeVar("Item")
LoadStructure = Callable[[VersionInfo], Structure]


@dataclass(frozen=True, kw_only=True)
class Prefix:
    """A prefix of the chain of a kadernota with all that its decisions fixed: the data of an overview.

    `structures` has those of every version of the chain, by key. Revisions and lines are in the order of adoption.
    """

    slug: str
    is_practice: bool
    chain: Chain
    structures: Mapping[int, Structure]
    revisions: Sequence[Revision]
    lines: Sequence[Line]


def load_overview(
    kadernota: Kadernota, *, sequence: int | None = None, under: Mapping[int, VersionInfo] | None = None
) -> Overview:
    """Load the state of a kadernota after decision `sequence`; None for the last one.

    The kadernota has an adopted version. The number of queries does not depend on the number of indicators. `under` has
    years that are judged under another version than the chain says: what adopting them under it would give.
    """
    return make_overview(load_prefix(kadernota, sequence=sequence), under=under)


def load_adopted_structure(version: VersionInfo) -> Structure:
    """Load the structure of an adopted version, from the cache if it is there: it never changes."""
    return cached(("structure", version.pk, version.chain_hash), lambda: load_structure(version.pk))


def load_prefix(
    kadernota: Kadernota, *, sequence: int | None = None, load: LoadStructure = load_adopted_structure
) -> Prefix:
    """Load a prefix of the chain: decisions, figures, lines, and with `load` the structures of its versions."""
    return _load_prefix(kadernota, load_chain(kadernota, sequence=sequence), load)


def _load_prefix(kadernota: Kadernota, chain: Chain, load: LoadStructure = load_adopted_structure) -> Prefix:
    return Prefix(
        slug=kadernota.slug,
        is_practice=kadernota.is_practice,
        chain=chain,
        structures={version.pk: load(version) for version in chain.versions},
        revisions=load_adopted(kadernota, chain),
        lines=load_adopted_lines(kadernota, chain),
    )


def load_pending(kadernota: Kadernota, edition: Edition, *, kind: str, now: datetime) -> Overview:
    """Load the state of a kadernota as if this edition, stored in this transaction, were decided on now."""
    chain = load_chain(kadernota)
    sequence = len(chain.decisions) + 1
    info = EditionInfo(
        pk=edition.pk,
        sequence=sequence,
        year=edition.year,
        number=edition.number,
        version=edition.version_id,
        rejudges=edition.rejudges,
        kind=kind,
        adopted_on=None,
        decision="",
        source="",
        retrieved_on=None,
        recorded_at=now,
        chain_hash="",
    )
    pending = DecisionInfo(sequence=sequence, kind=kind, recorded_at=now, edition=info)
    return make_overview(_load_prefix(kadernota, Chain((*chain.decisions, pending))))


def shorten(prefix: Prefix, sequence: int) -> Prefix:
    """Return the part of a prefix up to and including decision `sequence`, which later decisions may have corrected."""
    return replace(
        prefix,
        chain=Chain(prefix.chain.decisions[:sequence]),
        revisions=[revision for revision in prefix.revisions if revision.sequence <= sequence],
        lines=[line for line in prefix.lines if line.edition and line.edition.sequence <= sequence],
    )


def make_overview(prefix: Prefix, *, under: Mapping[int, VersionInfo] | None = None) -> Overview:
    """Return the overview of this prefix: the verdicts on every figure. `under`: see `load_overview`."""
    chain = prefix.chain
    newest = chain.versions[-1]
    structure = prefix.structures[newest.pk]
    versions = {year: chain.version_of(year) for year in newest.years} | dict(under or {})
    revisions = by_series(prefix.revisions)
    groups: dict[int, dict[int, list[ComponentStructure]]] = {}
    for component in structure.components.values():
        indicators = groups.setdefault(component.indicator.part, {})
        indicators.setdefault(component.indicator.pk, []).append(component)
    rows = {
        part.pk: tuple(
            _indicator(components, prefix, versions, revisions) for components in groups.get(part.pk, {}).values()
        )
        for part in structure.parts
    }
    priorities = [_priority(part, rows[part.pk]) for part in structure.parts if rows[part.pk]]
    return Overview(
        slug=prefix.slug,
        is_practice=prefix.is_practice,
        chain=chain,
        version=newest,
        versions_by_year=versions,
        parts=structure.parts,
        readings=_readings(structure.readings, prefix, None),
        lines=tuple(prefix.lines),
        with_drafts=False,
        priorities=tuple(row for row in priorities if not row.is_vth),
        vth=next((row for row in priorities if row.is_vth), None),
    )


def _priority(part: Part, rows: tuple[IndicatorRow, ...]) -> PriorityRow:
    return PriorityRow(pk=part.pk, number=part.number, name=part.name, goal=part.goal, rows=rows, kind=part.kind.value)


def _indicator(
    components: Sequence[ComponentStructure],
    prefix: Prefix,
    versions: Mapping[int, VersionInfo],
    revisions: Mapping[int, list[Revision]],
) -> IndicatorRow:
    """Return an indicator of the newest version, with the printed cell of each year from the version of that year."""
    indicator = components[0].indicator
    part = next(part for part in prefix.structures[prefix.chain.versions[-1].pk].parts if part.pk == indicator.part)
    printed = {}
    for year, version in versions.items():
        own = prefix.structures[version.pk].components.get(components[0].series)
        if own is not None and year in own.indicator.printed:
            printed[year] = own.indicator.printed[year]
    beside = {year: cell for year, cell in indicator.printed.items() if year not in versions}
    return IndicatorRow(
        pk=indicator.pk,
        code=indicator.code,
        name=indicator.name,
        source=indicator.source,
        role=indicator.role,
        definition=indicator.definition,
        synonyms=indicator.synonyms,
        cadence=indicator.cadence,
        planned_years=indicator.planned_years,
        printed_cells=beside | printed,
        priority_number=part.number,
        components=tuple(
            _component(component, prefix, versions, revisions.get(component.series, [])) for component in components
        ),
        first_year=indicator.first_year,
        last_year=indicator.last_year,
        change_reason=indicator.change_reason,
        readings=_readings(indicator.readings, prefix, components[0].series),
    )


def _readings(rows: Sequence[ReadingRow], prefix: Prefix, series: int | None) -> tuple[ReadingRow, ...]:
    """Return these readings of the newest version, each with the version that introduced it.

    `series` is one of their indicator; None for those of the nota as a whole.
    """
    return tuple(replace(row, version=_introduced(row, prefix, series)) for row in rows)


def _introduced(row: ReadingRow, prefix: Prefix, series: int | None) -> int:
    for version in prefix.chain.versions:
        structure = prefix.structures[version.pk]
        component = structure.components.get(series) if series is not None else None
        rows = structure.readings if series is None else component.indicator.readings if component else ()
        if any(row.says_the_same(other) for other in rows):
            return version.number
    return prefix.chain.versions[-1].number


def _component(
    newest: ComponentStructure, prefix: Prefix, versions: Mapping[int, VersionInfo], revisions: list[Revision]
) -> ComponentRow:
    current = {revision.year: revision for revision in revisions}
    decisions = target_decisions(newest.series, prefix)
    figures = {}
    for year, version in versions.items():
        own = prefix.structures[version.pk].components.get(newest.series)
        changes = [item for sequence, item in decisions if item.year == year and sequence <= version.sequence]
        later = [item for sequence, item in decisions if item.year == year and sequence > version.sequence]
        figures[year] = _figure(
            own,
            newest,
            year=year,
            baseline_year=version.baseline_year,
            revision=current.get(year),
            change=last(changes),
            later=last(later),
        )
    return ComponentRow(
        series=newest.series,
        key=newest.key,
        name=newest.name,
        short_name=newest.short_name,
        noun=newest.noun,
        unit=newest.unit,
        direction=newest.direction,
        baseline=newest.baseline,
        baseline_printed=format_value(newest.baseline, newest.unit) if newest.baseline else "",
        baseline_year=newest.baseline_year,
        breaks=tuple(newest.breaks.items()),
        figures=figures,
        decisions=tuple(item for _, item in decisions),
        revisions=tuple(revisions),
    )


def last(items: Sequence[Item]) -> Item | None:
    """Return the last item, or None."""
    return items[-1] if items else None


def _figure(
    own: ComponentStructure | None,
    newest: ComponentStructure,
    *,
    year: int,
    baseline_year: int,
    revision: Revision | None,
    change: TargetDecision | None,
    later: TargetDecision | None,
) -> Figure:
    """Return the figure of a year; `own` is the component in the version that judges the year, if it is there.

    A component that a later version added is not judged, so that no next version changes what the year shows.
    """
    component = own or newest
    indicator = component.indicator
    span = Followed.ADDED_LATER if own is None else followed(year, indicator.first_year, indicator.last_year)
    is_followed = span is Followed.YES
    since = component.baseline_year or baseline_year
    facts = Facts(
        unit=component.unit,
        direction=component.direction,
        role=indicator.role,
        baseline=own.baseline if own else None,
        target=component.targets.get(year) if is_followed else None,
        # Also for an indicator that ends earlier: the distance that remains is measured from the last target.
        last_target=own.last_target if own else None,
        measurement=revision.value if revision else None,
        planned=is_followed and (indicator.planned_years is None or year in indicator.planned_years),
        comparable=own is None or not any(since < break_year <= year for break_year in own.breaks),
        sample=revision.sample if revision else None,
    )
    return Figure(
        year=year,
        facts=facts,
        followed=span,
        target_change=change if is_followed else None,
        later_target=later if is_followed else None,
        explanation=revision.explanation if revision else "",
        source_note=revision.source_note if revision else "",
        revision=revision.pk if revision else None,
        edition=revision.edition if revision else None,
    )


def target_decisions(series: int, prefix: Prefix) -> list[tuple[int, TargetDecision]]:
    """Return each change of a target of this series by a version, with the sequence of its decision, oldest first.

    A version that adds the series changes nothing: its targets are those of the nota.
    """
    changes: list[tuple[int, TargetDecision]] = []
    before: ComponentStructure | None = None
    for version in prefix.chain.versions:
        component = prefix.structures[version.pk].components.get(series)
        if component is not None and before is not None:
            decision = prefix.chain.decision_of(version)
            changes += [
                (
                    version.sequence,
                    TargetDecision(
                        year=year,
                        rule=component.targets.get(year),
                        was=before.targets.get(year),
                        decision=decision.reference,
                        on=decision.decided_on,
                        reason=version.reason,
                    ),
                )
                for year in sorted(before.targets.keys() | component.targets.keys())
                if component.targets.get(year) != before.targets.get(year)
            ]
        before = component or before
    return changes
