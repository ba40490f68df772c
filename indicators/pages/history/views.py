"""Who recorded what, when and why: of one indicator for everybody, of a whole year for who may see drafts."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.actions import audit
from indicators.models import Measurement
from indicators.pages.guards import for_year
from indicators.pages.history.changes import ChangeLine, State, changes_of
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection, load_selection
from indicators.readmodel.overview import load_overview
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
class Choice:
    """What is asked for of the changes of a year: a component or indicator, a person, a state. Empty is all."""

    code: str = ""
    person: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        asked = {"code": self.code, "wie": self.person, "staat": self.state}
        return urlencode({name: value for name, value in asked.items() if value})

    def fits(self, line: ChangeLine) -> bool:
        """Whether this change is asked for. Recorded, adopted or sent back: each counts as a person's work."""
        return (
            self.code in ("", line.code, line.label)
            and self.person in ("", line.by, line.adopted_by, line.returned_by)
            and self.state in ("", line.state.value)
        )


@require_safe
@public_page
def indicator_history(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show every revision of one indicator that this reader may see, the newest first."""
    selection = load_selection(request, slug)
    row = selection.overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    names = may_see_drafts(request.user)
    rows = Measurement.objects.filter(component__indicator_id=row.pk).whole_area()
    lines = changes_of(rows, names=names)
    measured = sorted({line.year for line in lines}, reverse=True)
    years = [(year, [line for line in lines if line.year == year]) for year in measured]
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
    """Show all changes of the figures of a year, as far as they are asked for."""
    lines = _changes(kadernota, year)
    choice = _choice(request)
    selection = Selection(kadernota, load_overview(kadernota, drafts=True), year)
    context = {
        "selection": selection,
        "choice": choice,
        "lines": [line for line in lines if choice.fits(line)],
        "all_lines": lines,
        "codes": _labels(selection),
        "people": _people(lines),
        "states": [state.value for state in State],
    }
    return render(request, "history/year.html", context)


@for_year(may=may_see_drafts, methods=["GET", "HEAD"])
def year_changes_csv(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """The same as a CSV file, as a Dutch spreadsheet opens it. It holds drafts, so the log names who took it."""
    lines = _changes(kadernota, year)
    choice = _choice(request)
    audit.note(audit.EXPORT_DRAFTS, kadernota_id=kadernota.pk, subject=f"wijzigingen over {year}, CSV")
    response = HttpResponse(as_csv(line for line in lines if choice.fits(line)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="wijzigingen-{year}.csv"'
    return response


def as_csv(lines: Iterable[ChangeLine]) -> bytes:
    """Changes as CSV: semicolons, UTF-8 with a byte order mark, no text that a spreadsheet takes for a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([as_text(text) for text in _fields(line)])
    return buffer.getvalue().encode("utf-8-sig")


def _fields(line: ChangeLine) -> list[str]:
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


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _changes(kadernota: Kadernota, year: int) -> list[ChangeLine]:
    return changes_of(Measurement.objects.of(kadernota).whole_area().filter(year=year), names=True)


def _choice(request: HttpRequest) -> Choice:
    return Choice(request.GET.get("code", ""), request.GET.get("wie", ""), request.GET.get("staat", ""))


def _labels(selection: Selection) -> list[tuple[str, str]]:
    """Each indicator to choose from, and each component where there are more."""
    found = []
    for row in selection.overview.all_rows:
        found.append((row.code, f"{row.code} {row.name}"))
        if len(row.components) > 1:
            found += [(f"{row.code} {part.name}", f"{row.code} {part.name}") for part in row.components]
    return found


def _people(lines: Sequence[ChangeLine]) -> list[str]:
    return sorted({name for line in lines for name in (line.by, line.adopted_by, line.returned_by) if name})
