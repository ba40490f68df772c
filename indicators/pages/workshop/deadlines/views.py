"""The deadlines of the sources: a table of sources by year, with a day in each cell."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from indicators.actions.deadlines import set_deadlines
from indicators.models import Deadline, Source
from indicators.pages.guards import user_of
from indicators.pages.workshop.drafts import kadernota_page
from indicators.pages.workshop.overview.page import KadernotaRow, build_rows
from priorities.models import Kadernota, Version
from priorities.permissions import may_prepare

LATEST = timedelta(days=3 * 366)  # a day long after the year is a typing error


@dataclass(frozen=True, kw_only=True)
class DeadlineCell:
    """The day on which a source delivers a year, as it was typed, and what is wrong with it."""

    year: int
    name: str
    value: str
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class DeadlineRow:
    """A source with its days."""

    source: Source
    cells: tuple[DeadlineCell, ...]


@kadernota_page()
def edit_deadlines(request: HttpRequest, kadernota: Kadernota) -> HttpResponse:
    """Show the deadlines; by POST, save them all or nothing."""
    row = build_rows([kadernota])[0]
    version = row.drafts[0].draft.version if row.drafts else row.version
    years = version.years if version else range(0)
    sources = _sources(row)
    stored = {
        (deadline.source_id, deadline.year): deadline.due_on
        for deadline in Deadline.objects.filter(kadernota=kadernota)
    }
    rows, days = [], {}
    for source in sources:
        cells = []
        for year in years:
            name, due_on = f"{source.pk}.{year}", stored.get((source.pk, year))
            text = due_on.isoformat() if due_on else ""
            error = ""
            if request.method == "POST":
                text = request.POST.get(name, text).strip()
                day, error = _read(text, year)
                days[source, year] = day
            cells.append(DeadlineCell(year=year, name=name, value=text, error=error))
        rows.append(DeadlineRow(source=source, cells=tuple(cells)))
    errors = [cell for item in rows for cell in item.cells if cell.error]
    if request.method == "POST" and not errors:
        changes = set_deadlines(kadernota=kadernota, days=days, by=user_of(request))
        messages.success(request, f"Bewaard: {changes} gewijzigd." if changes else "Er is niets veranderd.")
        return HttpResponseRedirect(reverse("werkplaats-termijnen", args=[kadernota.slug]), status=303)
    context = {
        "kadernota_row": row,
        "rows": rows,
        "years": years,
        "errors": errors,
        "may_prepare": may_prepare(request.user),
    }
    return render(request, "workshop/deadlines.html", context, status=422 if errors else 200)


def _sources(row: KadernotaRow) -> list[Source]:
    """Return the sources of the newest version and of the drafts."""
    versions: list[Version] = [draft.draft.version for draft in row.drafts]
    versions += [row.version] if row.version else []
    return list(Source.objects.filter(indicators__version__in=versions).distinct().order_by("name"))


def _read(text: str, year: int) -> tuple[date | None, str]:
    """Return the day of a typed text, or why it is refused. It is not before its year."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        parts = text.replace("/", "-").split("-")
        try:
            day = date(int(parts[2]), int(parts[1]), int(parts[0]))
        except (ValueError, IndexError):
            return None, f"‘{text}’ is geen datum. Schrijf dag, maand, jaar: 1-3-{year + 1}."
    if day < date(year, 1, 1) or day > date(year, 12, 31) + LATEST:
        return None, f"{day:%d-%m-%Y} past niet bij cijfers over {year}."
    return day, ""
