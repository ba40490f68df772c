"""The page of a priority, its chart as JSON and its table as a file."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.actions import audit
from indicators.charts import PRIORITY_CHART, priority_figure
from indicators.pages.activities import build_year
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.priority.file import EXTENSIONS, file_name, table_file
from indicators.pages.priority.page import build_priority
from indicators.pages.selection import Selection, all_kadernotas, load_selected_programme, load_selection
from indicators.readmodel.cache import cache_version
from indicators.readmodel.rows import PriorityRow
from kadernota import clock
from reports.formats import get_format


@require_safe
@public_page
def priority_chart(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """The chart of a priority in one year, by the name that it has on the page."""
    selection = load_selection(request, slug)
    row = next((row for row in selection.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    return JsonResponse({PRIORITY_CHART: priority_figure(selection.overview, row, selection.year)})


@require_safe
@public_page
def priority_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one priority: what the council wants, and how its indicators stand."""
    selection = load_selection(request, slug)
    row = _row(selection, number)
    priority = next((part for part in all_kadernotas(request)[selection.kadernota] if part.pk == row.pk), None)
    if priority is None:  # made this very moment
        raise Http404("Deze prioriteit is er niet.")
    page = build_priority(
        row,
        selection.overview,
        selection.year,
        links_for(request, selection),
        request.GET,
        stamp=cache_version(request),
    )
    year = build_year(load_selected_programme(request, selection, only=row.pk).part(row.pk), selection.year)
    files = _files(request, slug, number)
    context = {"selection": selection, "priority": priority, "page": page, "year": year, "files": files}
    return render(request, "priority/priority.html", context)


@require_safe
@public_page
def priority_table(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The table of a priority as a file, as the page shows it with this same query. Drafts only for who sees them."""
    if extension not in EXTENSIONS:
        raise Http404("Dit formaat is er niet.")
    selection = load_selection(request, slug)
    row, overview = _row(selection, number), selection.overview
    page = build_priority(
        row, overview, selection.year, links_for(request, selection), request.GET, stamp=cache_version(request)
    )
    if overview.with_drafts:
        subject = f"prioriteit {number} over {selection.year}, {EXTENSIONS[extension]}"
        audit.note(audit.EXPORT_DRAFTS, kadernota_id=selection.kadernota.pk, subject=subject)
    content = table_file(row, page, overview, selection.year, extension=extension, made=clock.now())
    response = HttpResponse(content, content_type=get_format(extension).media_type)
    name = file_name(overview, row, selection.year, extension)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _row(selection: Selection, number: int) -> PriorityRow:
    row = next((row for row in selection.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    return row


def _files(request: HttpRequest, slug: str, number: int) -> list[tuple[str, str]]:
    """The downloads of this table: each with the year, the edition, the choice and the order that one looks at."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        (name, reverse("prioriteit-tabel", args=[slug, number, extension]) + query)
        for extension, name in EXTENSIONS.items()
    ]
