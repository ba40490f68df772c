"""The page of a priority: the answer, the table with its filter, the chart with its data."""

from collections.abc import Iterator
from dataclasses import dataclass

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
from indicators.readmodel.public import cached_for
from indicators.readmodel.rows import IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import count_sentence


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The filter of the table: its options as (value, words, selected), and the selected values or "".

    `hidden`: the other parameters of the query, which the form sends along.
    """

    sources: tuple[tuple[str, str, bool], ...]
    statuses: tuple[tuple[str, str, bool], ...]
    source: str
    status: str
    hidden: tuple[tuple[str, str], ...]

    @property
    def is_on(self) -> bool:
        """Whether the filter selects anything."""
        return bool(self.source or self.status)

    def matches(self, row: IndicatorRow, year: int) -> bool:
        """Return whether the table shows this indicator."""
        return self.source in ("", row.source) and self.status in ("", row.statuses[year].value)


@dataclass(frozen=True, kw_only=True)
class PriorityPage:
    """The content of the page of a priority for one year."""

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


def build_priority(
    priority: PriorityRow, overview: Overview, year: int, *, links: Links, query: QueryDict
) -> PriorityPage:
    """Build the page of a priority for one year. No queries.

    `query` holds the filter and the order of the table; the chart is cached.
    """
    final = year == overview.last_year
    selected = read_filter(priority, year, query, final=final)
    return PriorityPage(
        answer=count_sentence(priority.rows, year, final=final),
        bar=bar(priority.counts(year)),
        counts=count_marks(priority, year, final=final),
        filter=selected,
        table=IndicatorTable(
            (row for row in priority.rows if selected.matches(row, year)),
            overview=overview,
            year=year,
            links=links,
            caption=f"Indicatoren van prioriteit {priority.number}",
            sort=query.get("sort", ""),
        ),
        footnote=footnote(priority, overview.baseline_year),
        chart=_chart(overview, priority, year),
        chart_id=PRIORITY_CHART,
        chart_url=links.priority_chart(priority.number),
        chart_rows=tuple(_chart_rows(priority, overview, year)),
    )


def _chart(overview: Overview, priority: PriorityRow, year: int) -> SafeString:
    """Draw the chart, or take it from the cache; one with drafts is not cached."""
    return cached_for(overview, ("priority chart", priority.pk, year), lambda: priority_svg(overview, priority, year))


def read_filter(priority: PriorityRow, year: int, query: QueryDict, *, final: bool) -> Filter:
    """Return the filter in the query, with the sources and statuses of this priority as options."""
    source, status = query.get("bron", ""), query.get("status", "")
    sources = sorted({row.source for row in priority.rows})
    statuses = {row.statuses[year] for row in priority.rows}
    return Filter(
        sources=tuple((name, name, name == source) for name in sources),
        statuses=tuple(
            (option.value, status_words(option, final=final), option.value == status)
            for option in Status
            if option in statuses or option.value == status
        ),
        source=source,
        status=status,
        hidden=tuple((name, value) for name in ("jaar", "editie", "sort") if (value := query.get(name))),
    )


def footnote(priority: PriorityRow, usual_year: int) -> str:
    """Name the baselines of another year than the usual one; "" when there are none."""
    others: dict[int, list[str]] = {}
    for row in priority.rows:
        for year in dict.fromkeys(part.baseline_year for part in row.components):
            if year and year != usual_year:
                others.setdefault(year, []).append(row.code)
    if not others:
        return ""
    exceptions = "; ".join(
        f"die van {listed(codes)} {plural(len(codes), 'is', 'zijn')} van {year}" for year, codes in others.items()
    )
    return f"De nulmetingen zijn van {usual_year}, maar {exceptions}. Dat jaar staat er tussen haakjes bij."


def _chart_rows(priority: PriorityRow, overview: Overview, year: int) -> Iterator[tuple[str, str, str, str]]:
    for row in priority.rows:
        for part, figure in row.figures(year):
            yield (
                row.title_of(part),
                baseline_text(part, overview.baseline_year),
                figure.printed or "–",
                figure.target_printed or "–",
            )
