"""Store a canonical nota in the rows of a draft, and remove these rows.

The reverse, from rows to nota, is in `indicators.readmodel.nota`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from indicators.domain import nota as plain
from indicators.domain.nota import Nota
from indicators.models import (
    Area,
    Baseline,
    Break,
    Component,
    Decision,
    Indicator,
    Reading,
    Series,
    Source,
    Target,
    VersionEdit,
)
from indicators.models.value_columns import columns_of, columns_of_target
from priorities.models import Kadernota, Organisation, Priority, Topic, Version

VERSION_FIELDS = (
    "title",
    "printed_organisation",
    "document",
    "summary",
    "finances",
    "first_year",
    "last_year",
    "baseline_year",
    "first_target_year",
)
TOPIC_TEXTS = ("name", "goal", "summary", "goals", "approach", "partners", "budget")
INDICATOR_FIELDS = (
    "code",
    "name",
    "cadence",
    "planned_years",
    "first_year",
    "last_year",
    "change_reason",
    "definition",
    "synonyms",
    "contact",
)
COMPONENT_FIELDS = ("name", "short_name", "unit_word", "noun", "decimals")
READING_FIELDS = ("place", "question", "reading", "other", "decided_by")


def create_kadernota(nota: Nota) -> Kadernota:
    """Create the kadernota of a nota, its organisation unless that exists, and its whole area."""
    kadernota = Kadernota.objects.create(
        organisation=_organisation(nota), slug=nota.slug, is_practice=nota.is_practice, predecessor=_predecessor(nota)
    )
    Area.objects.create(kadernota=kadernota, code=nota.area.code, name=nota.area.name, is_whole=True)
    return kadernota


def _organisation(nota: Nota) -> Organisation:
    organisation = nota.organisation
    facts = {"name": organisation.name, "cbs_code": organisation.cbs_code}
    return Organisation.objects.get_or_create(slug=organisation.slug, defaults=facts)[0]


def _predecessor(nota: Nota) -> Kadernota | None:
    return Kadernota.objects.get(slug=nota.predecessor) if nota.predecessor else None


def new_version(nota: Nota, kadernota: Kadernota, **facts: Any) -> Version:
    """Create a version of a kadernota with all rows of a nota. `facts` are its kind, reason and base."""
    texts = {name: getattr(nota, name) for name in VERSION_FIELDS}
    version = Version.objects.create(kadernota=kadernota, **texts, **facts)
    _create_rows(nota, version)
    return version


def store(nota: Nota, version: Version) -> None:
    """Write all rows of a draft anew. Identities that are new are created, those that nothing uses are removed.

    The nota has no refusals. A kadernota without a decision also gets its address, organisation and area.
    """
    _delete_rows(version)
    if not Decision.objects.filter(kadernota=version.kadernota).exists():
        _store_identity(nota, version.kadernota)
    for name in VERSION_FIELDS:
        setattr(version, name, getattr(nota, name))
    version.save()
    _create_rows(nota, version)
    _delete_unused(version.kadernota)


def _store_identity(nota: Nota, kadernota: Kadernota) -> None:
    kadernota.slug, kadernota.is_practice = nota.slug, nota.is_practice
    kadernota.organisation, kadernota.predecessor = _organisation(nota), _predecessor(nota)
    kadernota.save()
    Area.objects.filter(kadernota=kadernota, is_whole=True).update(code=nota.area.code, name=nota.area.name)


def delete_version(version: Version) -> None:
    """Delete a draft with all its rows and edits; it must be cut off from its proposal."""
    VersionEdit.objects.filter(version=version).delete()
    _delete_rows(version)
    version.delete()


def delete_kadernota(kadernota: Kadernota) -> None:
    """Delete a kadernota without versions, and its organisation when that has no other."""
    organisation = kadernota.organisation
    for related in (kadernota.deadlines, kadernota.open_data_rows, kadernota.topics, kadernota.series, kadernota.areas):
        related.all().delete()
    kadernota.delete()
    organisation.sources.filter(indicators__isnull=True, deadlines__isnull=True).delete()
    if not organisation.kadernotas.exists() and not organisation.sources.exists():
        organisation.delete()


def _delete_rows(version: Version) -> None:
    Reading.objects.filter(version=version).delete()
    Target.objects.filter(component__indicator__version=version).delete()
    Baseline.objects.filter(component__indicator__version=version).delete()
    Break.objects.filter(component__indicator__version=version).delete()
    Component.objects.filter(indicator__version=version).delete()
    Indicator.objects.filter(version=version).delete()
    Priority.objects.filter(version=version).delete()


def _delete_unused(kadernota: Kadernota) -> None:
    """Delete the topics and series of a kadernota that no version, figure or line uses."""
    kadernota.topics.filter(priorities__isnull=True, lines__isnull=True).delete()
    unused = kadernota.series.filter(components__isnull=True, measurements__isnull=True, open_data_rows__isnull=True)
    unused.delete()


def _create_rows(nota: Nota, version: Version) -> None:
    kadernota = version.kadernota
    topics, series = _topics(nota, kadernota), _series(nota, kadernota)
    sources = _sources((indicator.source for indicator in nota.indicators), kadernota)
    priorities = Priority.objects.bulk_create(
        Priority(
            version=version,
            topic=topics[topic.key],
            kind=topic.kind.value,
            number=topic.number,
            focus_points=[{"name": point.name, "text": point.text} for point in topic.focus_points],
            **{name: _column(getattr(topic, name)) for name in TOPIC_TEXTS},
        )
        for topic in nota.topics
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            version=version,
            priority=priority,
            order=order,
            source=sources[indicator.source],
            role=indicator.role.value,
            printed={str(year): cell for year, cell in sorted(indicator.printed.items())},
            **{name: _column(getattr(indicator, name)) for name in INDICATOR_FIELDS},
        )
        for topic, priority in zip(nota.topics, priorities, strict=True)
        for order, indicator in enumerate(topic.indicators, start=1)
    )
    components = Component.objects.bulk_create(
        Component(
            indicator=row,
            series=series[component.key],
            order=order,
            direction=component.direction.value,
            **{name: getattr(component, name) for name in COMPONENT_FIELDS},
        )
        for indicator, row in zip(nota.indicators, indicators, strict=True)
        for order, component in enumerate(indicator.components, start=1)
    )
    _create_values(list(zip(nota.components, components, strict=True)), kadernota)
    by_code = {row.code: row for row in indicators}
    Reading.objects.bulk_create(
        Reading(
            version=version,
            indicator=by_code[reading.indicator] if reading.indicator else None,
            order=order,
            alternative=None if reading.alternative is None else dict(reading.alternative),
            **{name: getattr(reading, name) for name in READING_FIELDS},
        )
        for order, reading in enumerate(nota.readings, start=1)
    )


def _column(content: Any) -> Any:
    return list(content) if isinstance(content, tuple) else content


def _create_values(components: list[tuple[plain.Component, Component]], kadernota: Kadernota) -> None:
    """Create baselines, targets and breaks."""
    origins = [
        component.baseline.origin for component, _ in components if component.baseline and component.baseline.origin
    ]
    predecessor = kadernota.predecessor
    series = {row.key: row for row in predecessor.series.all()} if predecessor and origins else {}
    decisions = {row.sequence: row for row in predecessor.decisions.all()} if predecessor and origins else {}
    Baseline.objects.bulk_create(
        Baseline(
            component=row,
            year=baseline.year,
            **columns_of(baseline.value),
            from_series=series[baseline.origin.key] if baseline.origin else None,
            from_decision=decisions[baseline.origin.decision] if baseline.origin else None,
        )
        for component, row in components
        if (baseline := component.baseline) is not None
    )
    Target.objects.bulk_create(
        Target(component=row, year=year, **columns_of_target(rule))
        for component, row in components
        for year, rule in sorted(component.targets.items())
    )
    Break.objects.bulk_create(
        Break(component=row, year=item.year, reason=item.reason)
        for component, row in components
        for item in component.breaks
    )


def _topics(nota: Nota, kadernota: Kadernota) -> Mapping[str, Topic]:
    topics = {row.key: row for row in kadernota.topics.all()}
    new = [Topic(kadernota=kadernota, key=topic.key) for topic in nota.topics if topic.key not in topics]
    return topics | {row.key: row for row in Topic.objects.bulk_create(new)}


def _series(nota: Nota, kadernota: Kadernota) -> Mapping[str, Series]:
    """Return the series by key. Those of a draft may still change; the database refuses a change of the others."""
    series = {row.key: row for row in kadernota.series.all()}
    predecessor = kadernota.predecessor
    earlier = {row.key: row for row in predecessor.series.all()} if predecessor else {}
    new = []
    for component in nota.components:
        continues = earlier[component.continues] if component.continues else None
        row = series.get(component.key)
        if row is None:
            unit_kind = component.quantity.value
            new.append(Series(kadernota=kadernota, key=component.key, unit_kind=unit_kind, continues=continues))
        elif (row.unit_kind, row.continues_id) != (component.quantity.value, continues.pk if continues else None):
            row.unit_kind, row.continues = component.quantity.value, continues
            row.save()
    return series | {row.key: row for row in Series.objects.bulk_create(new)}


def _sources(names: Iterable[str], kadernota: Kadernota) -> Mapping[str, Source]:
    organisation = kadernota.organisation
    return {name: Source.objects.get_or_create(organisation=organisation, name=name)[0] for name in sorted(set(names))}
