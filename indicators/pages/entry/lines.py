"""What the page of a year is about: each component with its figure, and the texts that stand in its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.actions import current_figures
from indicators.domain.formatting import format_number, format_value
from indicators.domain.values import UnitKind, takes_sample
from indicators.models import Area, Component, Measurement, SentBack
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from priorities.models import Kadernota

MINE, COLLEAGUE = "mijn", "collega"
UNIT_WORDS = {UnitKind.COUNT: "aantal", UnitKind.PERCENTAGE: "percentage", UnitKind.GRADE: "rapportcijfer"}


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of one component, as text.

    `seen` is the revision that the page showed. After a conflict `rival` is the revision that a colleague recorded
    meanwhile, and `choice` says whose figure to keep. `confirmed` is the figure that was answered "ja, dit klopt".
    """

    figure: str = ""
    explanation: str = ""
    sample: str = ""
    seen: int | None = None
    rival: int | None = None
    choice: str = ""
    confirmed: str = ""


@dataclass(frozen=True)
class Line:
    """One component in the year: its row in the read model, the revision that stands, the last adopted one."""

    row: IndicatorRow
    part: ComponentRow
    year: int
    last_year: int
    component: Component
    current: Measurement | None
    adopted: Measurement | None
    sent_back: str = ""

    @property
    def key(self) -> str:
        """What the names of its fields end with."""
        return str(self.part.pk)

    @property
    def figure(self) -> Figure:
        """The figure of this year in the read model."""
        return self.part.figures[self.year]

    @property
    def label(self) -> str:
        """How a message names it: V5 absoluut."""
        return self.row.label_of(self.part)

    @property
    def unit_words(self) -> str:
        """What is to be filled in: aantal, percentage, rapportcijfer."""
        return UNIT_WORDS[self.part.unit.kind]

    @property
    def is_adopted(self) -> bool:
        """Whether what stands is what was adopted."""
        return self.current is not None and self.adopted is not None and self.current.pk == self.adopted.pk

    @property
    def adopted_printed(self) -> str:
        """The adopted figure, "" where there is none."""
        return format_value(self.adopted.value, self.part.unit) if self.adopted else ""

    @property
    def adopted_word(self) -> str:
        """Adopted by a decision, or taken over from published data: only the latter has nobody who recorded it."""
        return "vastgesteld" if self.adopted and self.adopted.recorded_by_id else "overgenomen"

    @property
    def asks_sample(self) -> bool:
        """Whether the form has a field for a sample size."""
        return takes_sample(self.row.role, (part.unit for part in self.row.components))

    @property
    def last(self) -> Decimal | None:
        """What "klopt dit?" compares with."""
        return self.part.last_exact(self.year)

    @property
    def last_printed(self) -> str:
        """The last known figure; where no year has one, the baseline."""
        known = self.part.last_known(self.year)
        return known.printed if known else self.part.baseline_printed

    @property
    def last_printed_year(self) -> int | None:
        """The year of the last known figure."""
        known = self.part.last_known(self.year)
        return known.year if known else self.part.baseline_year


@dataclass(frozen=True)
class YearBook:
    """All lines of a year, in the order of the nota."""

    kadernota: Kadernota
    overview: Overview
    year: int
    area: Area
    lines: Mapping[str, Line]

    def groups(self) -> list[tuple[PriorityRow, list[Line]]]:
        """The lines under what they hang under: a priority, or the cycle of permits; without lines it is left out."""
        found = [
            (group, [line for line in self.lines.values() if any(line.row is row for row in group.rows)])
            for group in self.overview.groups
        ]
        return [(group, lines) for group, lines in found if lines]


def load_lines(kadernota: Kadernota, overview: Overview, year: int) -> YearBook:
    """Load the lines of a year. Five queries, whatever the number of indicators; `overview` counts drafts."""
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    rows = Component.objects.filter(indicator__priority__kadernota=kadernota).select_related("indicator")
    components = {component.pk: component for component in rows}
    standing = current_figures(kadernota, [year])
    sent_back = _sent_back(kadernota, year)
    lines = {}
    for row in overview.all_rows:
        for part in row.components:
            if year not in part.figures or not row.counts_in(year):
                continue
            current, adopted = standing.get((part.pk, area.pk, year), (None, None))
            reason = sent_back.get(current.pk, "") if current else ""
            lines[str(part.pk)] = Line(
                row, part, year, overview.last_year, components[part.pk], current, adopted, reason
            )
    return YearBook(kadernota, overview, year, area, lines)


def _sent_back(kadernota: Kadernota, year: int) -> dict[int, str]:
    rows = SentBack.objects.filter(
        measurement__component__indicator__priority__kadernota=kadernota, measurement__year=year
    )
    return dict(rows.values_list("measurement_id", "reason"))


def load_revisions(book: YearBook, typed: Iterable[Typed]) -> dict[int, Measurement]:
    """The revisions that the fields name, by number; those of another year or kadernota are not there. One query."""
    named = {pk for item in typed for pk in (item.seen, item.rival) if pk}
    rows = Measurement.objects.of(book.kadernota).filter(pk__in=named, year=book.year, area=book.area)
    return {row.pk: row for row in rows.select_related("entry", "component__indicator", "recorded_by")}


def stored(line: Line, revision: Measurement | None, *, adopted: bool) -> Typed:
    """What the fields show of a revision. Of an adopted one the explanation stays out: a correction has its own."""
    if revision is None:
        return Typed()
    return Typed(
        format_value(revision.value, line.part.unit),
        "" if adopted else revision.explanation,
        format_number(Decimal(revision.sample), 0) if revision.sample else "",
        seen=revision.pk,
    )


def standing(line: Line) -> Typed:
    """What the fields show when the page is opened."""
    return stored(line, line.current, adopted=line.is_adopted)
