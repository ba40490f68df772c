"""The kadernota as plain data: the content of one version, from the period down to the targets.

The names of the fields are those of format 1 (docs/nota-formaat-1.schema.json); `origin` is its key `from`. Texts are
clean: NFC, line feeds only, stripped, no control characters. `clean_line` texts have no line feed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from indicators.domain.targets import TargetRule
from indicators.domain.values import Direction, Role, Unit, UnitKind, Value

FORMAT = 1


class TopicKind(Enum):
    """The kind of a topic. A theme has no indicators; there is at most one cycle of permits (VTH)."""

    PRIORITY = "priority"
    THEME = "theme"
    VTH = "vth"


@dataclass(frozen=True)
class Organisation:
    """The organisation that adopts the kadernota. `cbs_code` may be empty."""

    slug: str
    name: str
    cbs_code: str = ""


@dataclass(frozen=True)
class Area:
    """The whole area that the figures are about."""

    code: str
    name: str


@dataclass(frozen=True)
class FocusPoint:
    """A focus point of a priority, or a step of the cycle of permits."""

    name: str
    text: str


@dataclass(frozen=True)
class BaselineOrigin:
    """The figure of the predecessor that a baseline was copied from: series key, year, sequence of the decision."""

    key: str
    year: int
    decision: int


@dataclass(frozen=True)
class Baseline:
    """The value that the policy starts from, with the year in which it was measured."""

    year: int
    value: Value
    origin: BaselineOrigin | None = None


@dataclass(frozen=True)
class Break:
    """A break in method: figures from this year on do not compare with earlier ones."""

    year: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Component:
    """A measured quantity of an indicator, with its baseline and targets by year.

    `key` identifies the series and stays when the name changes; `continues` is the key of the same series in the
    predecessor. `breaks` are in order of year. The only component of an indicator has no name.
    """

    key: str
    name: str = ""
    short_name: str = ""
    unit_word: str = ""
    noun: str
    quantity: UnitKind
    decimals: int = 0
    direction: Direction
    continues: str | None = None
    baseline: Baseline | None = None
    targets: Mapping[int, TargetRule]
    breaks: tuple[Break, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit in which its values are written."""
        return Unit(self.quantity, self.decimals)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A row of the table in the nota. `printed` has its cells as printed, by year; empty without such a table."""

    code: str
    name: str
    source: str
    role: Role
    cadence: str = "jaarlijks"
    planned_years: tuple[int, ...] | None = None
    first_year: int | None = None
    last_year: int | None = None
    change_reason: str = ""
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    contact: str = ""
    printed: Mapping[int, str]
    components: tuple[Component, ...]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A part of the kadernota, numbered within its kind. `key` stays when name or number change."""

    key: str
    kind: TopicKind
    number: int
    name: str
    goal: str = ""
    summary: str = ""
    goals: tuple[str, ...] = ()
    focus_points: tuple[FocusPoint, ...] = ()
    approach: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    budget: str = ""
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An unclear place in the nota and how it is read. `indicator` is a code, None for the whole nota.

    The keys of `alternative` are described in alternatives.py.
    """

    indicator: str | None
    place: str
    question: str
    reading: str
    other: str = ""
    alternative: Mapping[str, Any] | None = None
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class Nota:
    """The content of one version of a kadernota. Topics are in order of kind and number."""

    slug: str
    organisation: Organisation
    is_practice: bool = False
    predecessor: str | None = None
    area: Area
    title: str
    printed_organisation: str
    document: str = ""
    summary: str = ""
    finances: str = ""
    first_year: int
    last_year: int
    baseline_year: int
    first_target_year: int
    topics: tuple[Topic, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def years(self) -> range:
        """The years of the period."""
        return range(self.first_year, self.last_year + 1)

    @property
    def indicators(self) -> Iterator[Indicator]:
        """The indicators of all topics, in order."""
        return (indicator for topic in self.topics for indicator in topic.indicators)

    @property
    def components(self) -> Iterator[Component]:
        """The components of all indicators, in order."""
        return (component for indicator in self.indicators for component in indicator.components)


@dataclass(frozen=True)
class TakenOverFigure:
    """A published figure: indicator code, component name, value, and where it was published."""

    indicator: str
    component: str
    value: Value
    note: str


@dataclass(frozen=True)
class TakenOverYear:
    """The published figures of one year that a shipped file brings along. They are no part of the nota."""

    year: int
    source: str
    retrieved_on: date
    figures: tuple[TakenOverFigure, ...]


@dataclass(frozen=True)
class NotaFile:
    """The content of a shipped file."""

    nota: Nota
    taken_over: tuple[TakenOverYear, ...] = ()
