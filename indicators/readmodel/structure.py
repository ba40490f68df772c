"""Load what a version says about figures: its indicators and components. An adopted version never changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.domain.targets import TargetRule
from indicators.domain.values import Direction, Role, Unit, Value
from indicators.models import Component, Reading
from indicators.readmodel.provenance import ReadingRow
from priorities.models import Priority, PriorityKind


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a version says about a topic; `pk` is the key of the topic, the same in all versions.

    In a theme `partners` are the actors, `approach` the efforts, and `budget` the programmes of the budget; in the
    cycle of permits (VTH) `focus_points` are the steps.
    """

    pk: int
    kind: PriorityKind
    number: int
    name: str
    goal: str
    summary: str
    goals: tuple[str, ...]
    focus_points: tuple[Mapping[str, str], ...]
    approach: tuple[str, ...]
    partners: tuple[str, ...]
    budget: str

    @property
    def is_vth(self) -> bool:
        """Whether it is the cycle of permits, supervision and enforcement, which is not a priority."""
        return self.kind is PriorityKind.VTH

    @property
    def label(self) -> str:
        """Its kind and number, before its name in titles and sentences: Prioriteit 1; VTH."""
        return "VTH" if self.is_vth else f"Prioriteit {self.number}"


@dataclass(frozen=True, kw_only=True)
class IndicatorStructure:
    """What a version says about an indicator."""

    pk: int
    part: int
    code: str
    name: str
    source: str
    role: Role
    definition: str
    synonyms: tuple[str, ...]
    cadence: str
    planned_years: tuple[int, ...] | None
    printed: Mapping[int, str]
    first_year: int | None
    last_year: int | None
    change_reason: str
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True, kw_only=True)
class ComponentStructure:
    """What a version says about a series."""

    series: int
    key: str
    indicator: IndicatorStructure
    name: str
    short_name: str
    noun: str
    unit: Unit
    direction: Direction
    baseline: Value | None
    baseline_year: int | None
    targets: Mapping[int, TargetRule]
    breaks: Mapping[int, str]

    @property
    def last_target(self) -> TargetRule | None:
        """The target of its last year with one."""
        return self.targets[max(self.targets)] if self.targets else None


@dataclass(frozen=True)
class Structure:
    """The parts of a version, its readings of the nota as a whole, and its components in order, by series."""

    parts: tuple[Part, ...]
    readings: tuple[ReadingRow, ...]
    components: Mapping[int, ComponentStructure]


def load_structure(version: int) -> Structure:
    """Load the structure of the version with this key. Five queries."""
    rows = Component.objects.filter(indicator__version=version)
    rows = rows.select_related("series", "baseline", "indicator__source", "indicator__priority")
    rows = rows.prefetch_related("targets", "breaks")
    rows = rows.order_by("indicator__priority__kind", "indicator__priority__number", "indicator__order", "order")
    readings: dict[int | None, list[ReadingRow]] = {}
    for reading in Reading.objects.filter(version=version):
        readings.setdefault(reading.indicator_id, []).append(_reading(reading))
    indicators: dict[int, IndicatorStructure] = {}
    components = {}
    for row in rows:
        indicator = indicators.get(row.indicator_id) or _indicator(row, readings.get(row.indicator_id, ()))
        indicators[row.indicator_id] = indicator
        components[row.series_id] = _component(row, indicator)
    return Structure(parts=_parts(version), readings=tuple(readings.get(None, ())), components=components)


def _indicator(row: Component, readings: Iterable[ReadingRow]) -> IndicatorStructure:
    indicator = row.indicator
    planned = indicator.planned_years
    return IndicatorStructure(
        pk=indicator.pk,
        part=indicator.priority.topic_id,
        code=indicator.code,
        name=indicator.name,
        source=indicator.source.name,
        role=Role(indicator.role),
        definition=indicator.definition,
        synonyms=tuple(indicator.synonyms),
        cadence=indicator.cadence,
        planned_years=tuple(planned) if planned is not None else None,
        printed={int(year): cell for year, cell in indicator.printed.items()},
        first_year=indicator.first_year,
        last_year=indicator.last_year,
        change_reason=indicator.change_reason,
        readings=tuple(readings),
    )


def _reading(reading: Reading) -> ReadingRow:
    return ReadingRow(
        order=reading.order,
        place=reading.place,
        question=reading.question,
        reading=reading.reading,
        other=reading.other,
        alternative=reading.alternative,
        decided_by=reading.decided_by,
    )


def _component(row: Component, indicator: IndicatorStructure) -> ComponentStructure:
    baseline = getattr(row, "baseline", None)
    return ComponentStructure(
        series=row.series_id,
        key=row.series.key,
        indicator=indicator,
        name=row.name,
        short_name=row.short_name,
        noun=row.noun,
        unit=row.unit,
        direction=Direction(row.direction),
        baseline=baseline.value if baseline else None,
        baseline_year=baseline.year if baseline else None,
        targets={target.year: target.rule for target in sorted(row.targets.all(), key=lambda target: target.year)},
        breaks={item.year: item.reason for item in row.breaks.all()},
    )


def _parts(version: int) -> tuple[Part, ...]:
    rows = Priority.objects.filter(version=version).order_by("kind", "number")
    return tuple(
        Part(
            pk=row.topic_id,
            kind=PriorityKind(row.kind),
            number=row.number,
            name=row.name,
            goal=row.goal,
            summary=row.summary,
            goals=tuple(row.goals),
            focus_points=tuple(row.focus_points),
            approach=tuple(row.approach),
            partners=tuple(row.partners),
            budget=row.budget,
        )
        for row in rows
    )
