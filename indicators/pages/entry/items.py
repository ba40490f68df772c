"""The components of a year with their current figures, and the texts in their form fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from indicators.actions.recording import current_figures
from indicators.actions.workflow import RevisionChain
from indicators.domain.formatting import format_number, format_value
from indicators.domain.values import takes_sample
from indicators.models import Area, Component, Measurement, SentBack
from indicators.models.structure import UNITS
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from priorities.models import Kadernota


class Choice(Enum):
    """Whose figure to keep after a conflict; the value of the radio button."""

    MINE = "mine"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, kw_only=True)
class FieldTexts:
    """The texts in the fields of one component.

    `seen` is the revision that the page showed. After a conflict `rival` is the revision that a colleague recorded
    meanwhile. `confirmed` is the figure for which "ja, dit klopt" was checked.
    """

    figure: str = ""
    explanation: str = ""
    sample: str = ""
    seen: int | None = None
    rival: int | None = None
    choice: Choice | None = None
    confirmed: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryItem:
    """One component in the year: its row in the read model, its current revision, its last adopted revision."""

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
        """The last part of the names of its fields."""
        return str(self.part.series)

    @property
    def figure(self) -> Figure:
        """The figure of this year in the read model."""
        return self.part.figures[self.year]

    @property
    def label(self) -> str:
        """Its name in messages: V5 absoluut."""
        return self.row.label_of(self.part)

    @property
    def unit_words(self) -> str:
        """The kind of quantity in words: aantal, percentage, rapportcijfer."""
        return dict(UNITS)[self.part.unit.kind.value]

    @property
    def is_adopted(self) -> bool:
        """Whether the current revision is the adopted one."""
        return self.current is not None and self.adopted is not None and self.current.pk == self.adopted.pk

    @property
    def adopted_printed(self) -> str:
        """The adopted figure, or ""."""
        return format_value(self.adopted.value, self.part.unit) if self.adopted else ""

    @property
    def adopted_word(self) -> str:
        """Adopted by a decision, or imported from published data: only the latter has no recorder."""
        return "vastgesteld" if self.adopted and self.adopted.recorded_by_id else "overgenomen"

    @property
    def asks_sample(self) -> bool:
        """Whether the form has a field for a sample size."""
        return takes_sample(self.row.role, (part.unit for part in self.row.components))

    @property
    def last(self) -> Decimal | None:
        """The earlier figure that the question "klopt dit?" compares with."""
        return self.part.last_exact(self.year)

    @property
    def last_printed(self) -> str:
        """The last known figure before this year, else the baseline."""
        known = self.part.last_known(self.year)
        return known.printed if known else self.part.baseline_printed

    @property
    def last_printed_year(self) -> int | None:
        """The year of `last_printed`."""
        known = self.part.last_known(self.year)
        return known.year if known else self.part.baseline_year


@dataclass(frozen=True, kw_only=True)
class EntryYear:
    """All components of a year by the key of their fields, in the order of the nota."""

    kadernota: Kadernota
    overview: Overview
    year: int
    area: Area
    items: Mapping[str, EntryItem]

    def groups(self) -> list[tuple[PriorityRow, list[EntryItem]]]:
        """Return the items by priority or by the cycle of permits; groups without items are left out."""
        groups = [
            (group, [item for item in self.items.values() if any(item.row is row for row in group.rows)])
            for group in self.overview.groups
        ]
        return [(group, items) for group, items in groups if items]


def load_entry_year(kadernota: Kadernota, overview: Overview, year: int) -> EntryYear:
    """Load the components of a year; `overview` includes drafts. Five queries, however many indicators there are."""
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    components = {component.series_id: component for component in Component.objects.of(kadernota)}
    revisions = current_figures(kadernota, [year])
    reasons = _reasons_of_returns(kadernota, year)
    items = {}
    for row in overview.all_rows:
        for part in row.components:
            if year not in part.figures or not row.counts_in(year):
                continue
            chain: RevisionChain[Measurement] = revisions.get((part.series, area.pk, year), RevisionChain())
            current, adopted = chain.current, chain.adopted
            items[str(part.series)] = EntryItem(
                row=row,
                part=part,
                year=year,
                last_year=overview.last_year,
                component=components[part.series],
                current=current,
                adopted=adopted,
                sent_back=reasons.get(current.pk, "") if current else "",
            )
    return EntryYear(kadernota=kadernota, overview=overview, year=year, area=area, items=items)


def _reasons_of_returns(kadernota: Kadernota, year: int) -> dict[int, str]:
    rows = SentBack.objects.filter(measurement__kadernota=kadernota, measurement__year=year)
    return dict(rows.values_list("measurement_id", "reason"))


def load_revisions(entry_year: EntryYear, texts: Iterable[FieldTexts]) -> dict[int, Measurement]:
    """Load the revisions that the fields name, by key, except revisions of another year or kadernota. One query."""
    named = {pk for item in texts for pk in (item.seen, item.rival) if pk}
    rows = Measurement.objects.of(entry_year.kadernota).filter(pk__in=named, year=entry_year.year, area=entry_year.area)
    return {row.pk: row for row in rows.select_related("entry", "recorded_by")}


def texts_of(item: EntryItem, revision: Measurement | None, *, adopted: bool) -> FieldTexts:
    """Return the texts for a revision. An adopted one leaves out its explanation: a correction has its own."""
    if revision is None:
        return FieldTexts()
    return FieldTexts(
        figure=format_value(revision.value, item.part.unit),
        explanation="" if adopted else revision.explanation,
        sample=format_number(Decimal(revision.sample), 0) if revision.sample else "",
        seen=revision.pk,
    )


def initial_texts(item: EntryItem) -> FieldTexts:
    """Return the texts that the page starts with."""
    return texts_of(item, item.current, adopted=item.is_adopted)
