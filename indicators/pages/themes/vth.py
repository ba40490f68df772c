"""The indicators on the page of the VTH cycle: permits, supervision and enforcement."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.pages.badges import bar
from indicators.pages.links import Links
from indicators.pages.priority.page import footnote
from indicators.pages.priority.table import IndicatorTable
from indicators.pages.start.page import count_marks
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import count_sentence


@dataclass(frozen=True, kw_only=True)
class VthIndicators:
    """The indicators of the VTH cycle in one year, with the same table as a priority."""

    answer: str
    bar: SafeString
    counts: tuple[SafeString, ...]
    table: IndicatorTable
    footnote: str


def build_indicators(overview: Overview, year: int, links: Links, *, sort: str) -> VthIndicators | None:
    """Build the indicators for one year, in the order of `sort`; None when there are none. No queries."""
    group = overview.vth
    if group is None:
        return None
    final = year == overview.last_year
    return VthIndicators(
        answer=count_sentence(group.rows, year, final=final),
        bar=bar(group.counts(year)),
        counts=count_marks(group, year, final=final),
        table=IndicatorTable(
            group.rows,
            overview=overview,
            year=year,
            links=links,
            sort=sort,
            caption="Eigen indicatoren van vergunningen, toezicht en handhaving",
        ),
        footnote=footnote(group, overview.baseline_year),
    )
