"""What the page of a priority shows: the answer, the table with its filter, the picture with its data."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from indicators.charts import PRIORITY_CHART, priority_svg
from indicators.domain.assessment import Status
from indicators.domain.dutch import listed, plural
from indicators.domain.statuses import status_words
from indicators.pages.badges import bar
from indicators.pages.links import Links
from indicators.pages.priority.table import IndicatorTable, baseline_text
from indicators.pages.start.page import count_marks
from indicators.readmodel.cache import cached
from indicators.readmodel.rows import IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import count_sentence, has_figure


@dataclass(frozen=True)
class Filter:
    """What the reader chose to see; the choices that there are, each as (value, word, chosen)."""

    sources: tuple[tuple[str, str, bool], ...]
    statuses: tuple[tuple[str, str, bool], ...]
    source: str
    status: str
    kept: tuple[tuple[str, str], ...]

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.source or self.status)

    def lets_through(self, row: IndicatorRow, year: int) -> bool:
        """Whether this indicator is one of those chosen."""
        return self.source in ("", row.source) and self.status in ("", row.statuses[year].value)


@dataclass(frozen=True)
class PriorityPage:
    """All that the page of a priority shows of a year."""

    answer: str
    bar: SafeString
    counts: tuple[SafeString, ...]
    filter: Filter
    table: IndicatorTable
    footnote: str
    chart: SafeString
    chart_id: str
    chart_url: str
    chart_rows: tuple[tuple[str, str, str, str], ...]
    has_figures: bool


def build_priority(
    priority: PriorityRow, overview: Overview, year: int, links: Links, asked: QueryDict, *, stamp: str | None = None
) -> PriorityPage:
    """Build the page of a priority for one year; `asked` is the query with the filter and the order.

    `stamp`: the state of what the public sees, read before (stamps.py); then its picture is drawn once for all.
    """
    final = year == overview.last_year
    chosen = read_filter(priority, year, asked, final=final)
    return PriorityPage(
        count_sentence(priority.rows, year, final=final),
        bar(priority.counts(year)),
        count_marks(priority, year, final=final),
        chosen,
        IndicatorTable(
            (row for row in priority.rows if chosen.lets_through(row, year)),
            overview=overview,
            year=year,
            links=links,
            caption=f"Indicatoren van prioriteit {priority.number}",
            sort=asked.get("sort", ""),
        ),
        footnote(priority, overview.baseline_year),
        _picture(overview, priority, year, stamp),
        PRIORITY_CHART,
        links.priority_chart(priority.number),
        tuple(_chart_rows(priority, overview, year)),
        any(has_figure(row, year) for row in priority.rows),
    )


def _picture(overview: Overview, priority: PriorityRow, year: int, stamp: str | None) -> SafeString:
    """The picture; one in which a draft counts is kept for nobody."""
    has_drafts = any(row.has_draft(other) for row in priority.rows for other in overview.years)
    key = ("picture of priority", priority.pk, year, overview.edition.pk if overview.edition else None)
    return cached(None if has_drafts else stamp, key, lambda: priority_svg(overview, priority, year))


def read_filter(priority: PriorityRow, year: int, asked: QueryDict, *, final: bool) -> Filter:
    """The filter that the query asks for, with the sources and statuses that this priority has."""
    source, status = asked.get("bron", ""), asked.get("status", "")
    sources = sorted({row.source for row in priority.rows})
    standing = {row.statuses[year] for row in priority.rows}
    return Filter(
        tuple((name, name, name == source) for name in sources),
        tuple(
            (option.value, status_words(option, final=final), option.value == status)
            for option in Status
            if option in standing or option.value == status
        ),
        source,
        status,
        tuple((name, asked[name]) for name in ("jaar", "editie", "sort") if asked.get(name)),
    )


def footnote(priority: PriorityRow, usual_year: int) -> str:
    """Which baselines come from another year than the others; "" when none does."""
    others: dict[int, list[str]] = {}
    for row in priority.rows:
        for year in dict.fromkeys(part.baseline_year for part in row.components):
            if year and year != usual_year:
                others.setdefault(year, []).append(row.code)
    if not others:
        return ""
    told = "; ".join(
        f"die van {listed(codes)} {plural(len(codes), 'is', 'zijn')} van {year}" for year, codes in others.items()
    )
    return f"De nulmetingen zijn van {usual_year}, maar {told}. Dat jaar staat er tussen haakjes bij."


def _chart_rows(priority: PriorityRow, overview: Overview, year: int) -> Any:
    for row in priority.rows:
        for part, figure in row.figures(year):
            yield (
                row.title_of(part),
                baseline_text(part, overview.baseline_year),
                figure.printed or "–",
                figure.target_printed or "–",
            )
