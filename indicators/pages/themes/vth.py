"""What the page of the cycle of permits, supervision and enforcement shows beside its programme: its indicators."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from indicators.pages.badges import bar
from indicators.pages.links import Links
from indicators.pages.priority.page import footnote
from indicators.pages.priority.table import IndicatorTable
from indicators.pages.start.page import count_marks
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import count_sentence


@dataclass(frozen=True)
class VthIndicators:
    """How the cycle's own indicators stand in a year, with the same table as that of a priority."""

    answer: str
    bar: SafeString
    counts: tuple[SafeString, ...]
    table: IndicatorTable
    footnote: str


def build_indicators(overview: Overview, year: int, links: Links, asked: QueryDict) -> VthIndicators | None:
    """Build the indicators of the cycle for one year, in the order asked for; None where it has none."""
    group = overview.vth
    if group is None:
        return None
    final = year == overview.last_year
    return VthIndicators(
        count_sentence(group.rows, year, final=final),
        bar(group.counts(year)),
        count_marks(group, year, final=final),
        IndicatorTable(
            group.rows,
            overview=overview,
            year=year,
            links=links,
            sort=asked.get("sort", ""),
            caption="Eigen indicatoren van vergunningen, toezicht en handhaving",
        ),
        footnote(group, overview.baseline_year),
    )
