"""The canonical nota of a version: its rows as plain data (`indicators.domain.nota`)."""

from collections import defaultdict
from typing import Any

from indicators.domain import nota as plain
from indicators.domain.chain import content_hash
from indicators.domain.nota import Nota, TopicKind, write_nota
from indicators.domain.values import Direction, Role, UnitKind
from indicators.models import Area, Baseline, Break, Component, Indicator, Reading, Target
from priorities.models import Priority, Version

KIND_ORDER = [kind.value for kind in TopicKind]


def nota_of(version: Version) -> Nota:
    """Return what a version says. Eight queries, one for each table."""
    kadernota = version.kadernota
    organisation, predecessor = kadernota.organisation, kadernota.predecessor
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    return Nota(
        slug=kadernota.slug,
        organisation=plain.Organisation(organisation.slug, organisation.name, organisation.cbs_code),
        is_practice=kadernota.is_practice,
        predecessor=predecessor.slug if predecessor else None,
        area=plain.Area(area.code, area.name),
        title=version.title,
        printed_organisation=version.printed_organisation,
        document=version.document,
        summary=version.summary,
        finances=version.finances,
        first_year=version.first_year,
        last_year=version.last_year,
        baseline_year=version.baseline_year,
        first_target_year=version.first_target_year,
        topics=_topics(version),
        readings=_readings(version),
    )


def _topics(version: Version) -> tuple[plain.Topic, ...]:
    components = _components(version)
    indicators = defaultdict(list)
    for row in Indicator.objects.filter(version=version).select_related("source").order_by("order"):
        indicators[row.priority_id].append(_indicator(row, tuple(components[row.pk])))
    rows = Priority.objects.filter(version=version).select_related("topic")
    return tuple(
        _topic(row, tuple(indicators[row.pk]))
        for row in sorted(rows, key=lambda row: (KIND_ORDER.index(row.kind), row.number))
    )


def _topic(row: Priority, indicators: tuple[plain.Indicator, ...]) -> plain.Topic:
    return plain.Topic(
        key=row.topic.key,
        kind=TopicKind(row.kind),
        number=row.number,
        name=row.name,
        goal=row.goal,
        summary=row.summary,
        goals=tuple(row.goals),
        focus_points=tuple(plain.FocusPoint(item["name"], item["text"]) for item in row.focus_points),
        approach=tuple(row.approach),
        partners=tuple(row.partners),
        budget=row.budget,
        indicators=indicators,
    )


def _indicator(row: Indicator, components: tuple[plain.Component, ...]) -> plain.Indicator:
    return plain.Indicator(
        code=row.code,
        name=row.name,
        source=row.source.name,
        role=Role(row.role),
        cadence=row.cadence,
        planned_years=None if row.planned_years is None else tuple(row.planned_years),
        first_year=row.first_year,
        last_year=row.last_year,
        change_reason=row.change_reason,
        definition=row.definition,
        synonyms=tuple(row.synonyms),
        contact=row.contact,
        printed={int(year): cell for year, cell in row.printed.items()},
        components=components,
    )


def _components(version: Version) -> dict[int, list[plain.Component]]:
    """Return the components of a version by the key of their indicator, in order."""
    targets: dict[int, dict[int, Any]] = defaultdict(dict)
    for target in Target.objects.filter(component__indicator__version=version).order_by("year"):
        targets[target.component_id][target.year] = target.rule
    breaks = defaultdict(list)
    for item in Break.objects.filter(component__indicator__version=version).order_by("year"):
        breaks[item.component_id].append(plain.Break(item.year, item.reason))
    components = defaultdict(list)
    rows = Component.objects.filter(indicator__version=version).order_by("order")
    for row in rows.select_related("series__continues", "baseline__from_series", "baseline__from_decision"):
        series = row.series
        components[row.indicator_id].append(
            plain.Component(
                key=series.key,
                name=row.name,
                short_name=row.short_name,
                unit_word=row.unit_word,
                noun=row.noun,
                quantity=UnitKind(series.unit_kind),
                decimals=row.decimals,
                direction=Direction(row.direction),
                continues=series.continues.key if series.continues else None,
                baseline=_baseline(row.baseline) if hasattr(row, "baseline") else None,
                targets=targets[row.pk],
                breaks=tuple(breaks[row.pk]),
            )
        )
    return components


def _baseline(row: Baseline) -> plain.Baseline:
    origin = None
    if row.from_series is not None and row.from_decision is not None:
        origin = plain.BaselineOrigin(row.from_series.key, row.year, row.from_decision.sequence)
    return plain.Baseline(row.year, row.value, origin)


def _readings(version: Version) -> tuple[plain.Reading, ...]:
    return tuple(
        plain.Reading(
            indicator=row.indicator.code if row.indicator else None,
            place=row.place,
            question=row.question,
            reading=row.reading,
            other=row.other,
            alternative=row.alternative,
            decided_by=row.decided_by,
        )
        for row in Reading.objects.filter(version=version).select_related("indicator").order_by("order")
    )


def version_content(version: Version, nota: Nota) -> dict[str, Any]:
    """Return what the hash of a version covers: its whole `nota`, kind, reason, and the decision it is based on.

    The name of the organisation is left out: it may change, and every version prints its own.
    """
    data = write_nota(nota)
    data["organisation"] = {name: text for name, text in data["organisation"].items() if name != "name"}
    based_on = version.based_on
    return {
        "nota": data,
        "kind": version.kind,
        "reason": version.reason,
        "based_on": based_on.decision.sequence if based_on else None,
    }


def version_hash(version: Version) -> str:
    """Return the hash of a version as it is now: what an adopter saw of an offered draft."""
    return content_hash(version_content(version, nota_of(version)))
