"""The history of changes: of an indicator for everybody, of a year for users who may see drafts."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.actions import audit
from indicators.models import Measurement
from indicators.pages.guards import for_year
from indicators.pages.history.changes import FigureChange, State, adopted_changes, load_changes
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection, head_or_404, indicator_or_404, load_selection
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import public_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from priorities.permissions import may_see_drafts
from reports.writers.csv import as_text

HEADINGS = (
    "code",
    "indicator",
    "onderdeel",
    "jaar",
    "was",
    "cijfer",
    "steekproef",
    "toelichting",
    "staat",
    "editie",
    "besluit",
    "besluit van",
    "vastgelegd door",
    "vastgelegd op",
    "teruggestuurd door",
    "teruggestuurd op",
    "reden van terugsturen",
)


@dataclass(frozen=True)
class ChangeFilter:
    """A filter of the changes of a year: the label of a component or indicator, a person, a state. "" selects all."""

    code: str = ""
    person: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """The filter as a query string."""
        params = {"code": self.code, "wie": self.person, "staat": self.state}
        return urlencode({name: value for name, value in params.items() if value})

    def matches(self, line: FigureChange) -> bool:
        """Return whether the filter selects this change. A person may have recorded, adopted or returned it."""
        return (
            self.code in ("", line.code, line.label)
            and self.person in ("", line.by, line.adopted_by, line.returned_by)
            and self.state in ("", line.state.value)
        )


@require_safe
@public_page
def indicator_history(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show every revision of one indicator that this user may see, the newest first.

    The public sees what was adopted, and no names or moments of recording.
    """
    selection = load_selection(request, slug)
    row = indicator_or_404(selection, code)
    names = may_see_drafts(request.user)
    if names:
        series = [part.series for part in row.components]
        rows = Measurement.objects.of(selection.kadernota).whole_area().filter(series__in=series)
        # All editions, also when one looks back.
        lines = load_changes(rows, public_overview(selection.kadernota, head_or_404(request, slug)))
    else:
        lines = adopted_changes(row)
    recorded_years = sorted({line.year for line in lines}, reverse=True)
    years = [(year, [line for line in lines if line.year == year]) for year in recorded_years]
    context = {
        "selection": selection,
        "row": row,
        "years": years,
        "names": names,
        "indicator_url": links_for(request, selection).indicator(row.code),
    }
    return render(request, "history/indicator.html", context)


@for_year(may=may_see_drafts, methods=["GET", "HEAD"])
def year_changes(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Show the changes of the figures of a year that the filter selects."""
    adopted = public_overview(kadernota)
    lines = _changes(kadernota, adopted, year)
    change_filter = _filter(request)
    selection = Selection(kadernota, with_drafts(kadernota, adopted), year, adopted.editions)
    context = {
        "selection": selection,
        "names": True,
        "filter": change_filter,
        "lines": [line for line in lines if change_filter.matches(line)],
        "all_lines": lines,
        "codes": _labels(selection),
        "people": _people(lines),
        "states": [state.value for state in State],
    }
    return render(request, "history/year.html", context)


@for_year(may=may_see_drafts, methods=["GET", "HEAD"])
def year_changes_csv(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Return the changes of a year as a CSV file. It holds drafts, so the download is logged."""
    lines = _changes(kadernota, public_overview(kadernota), year)
    change_filter = _filter(request)
    audit.log_event(audit.EXPORT_DRAFTS, kadernota_id=kadernota.pk, subject=f"wijzigingen over {year}, CSV")
    response = HttpResponse(
        as_csv(line for line in lines if change_filter.matches(line)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="wijzigingen-{year}.csv"'
    return response


def as_csv(lines: Iterable[FigureChange]) -> bytes:
    """Return changes as CSV for Dutch spreadsheets: semicolons, UTF-8 with byte order mark, no formulas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([as_text(text) for text in _fields(line)])
    return buffer.getvalue().encode("utf-8-sig")


def _fields(line: FigureChange) -> list[str]:
    return [
        line.code,
        line.indicator,
        line.component,
        str(line.year),
        line.before,
        line.printed,
        str(line.sample or ""),
        line.explanation,
        line.state.value,
        line.edition,
        line.decision,
        str(line.decided_on or ""),
        line.by,
        _moment(line.at),
        line.returned_by,
        _moment(line.returned_at),
        line.returned_reason,
    ]


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _changes(kadernota: Kadernota, overview: Overview, year: int) -> list[FigureChange]:
    return load_changes(Measurement.objects.of(kadernota).whole_area().filter(year=year), overview)


def _filter(request: HttpRequest) -> ChangeFilter:
    return ChangeFilter(request.GET.get("code", ""), request.GET.get("wie", ""), request.GET.get("staat", ""))


def _labels(selection: Selection) -> list[tuple[str, str]]:
    """Return the value and words of each option: each indicator, and each component where it has several."""
    options = []
    for row in selection.overview.all_rows:
        options.append((row.code, f"{row.code} {row.name}"))
        if len(row.components) > 1:
            options += [(f"{row.code} {part.name}", f"{row.code} {part.name}") for part in row.components]
    return options


def _people(lines: Sequence[FigureChange]) -> list[str]:
    return sorted({name for line in lines for name in (line.by, line.adopted_by, line.returned_by) if name})
