"""The page of a priority, its chart as JSON and its table as a file."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.actions import audit
from indicators.charts import PRIORITY_CHART, priority_figure
from indicators.pages.activities import build_part_year
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.priority.file import EXTENSIONS, file_name, table_file
from indicators.pages.priority.page import PriorityPage, build_priority
from indicators.pages.selection import Selection, load_selected_programme, load_selection
from indicators.readmodel.rows import PriorityRow
from kadernota import clock
from reports.formats import get_format


@require_safe
@public_page
def priority_chart(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """Return the Plotly figure of a priority in one year, by the id of the chart on the page."""
    selection = load_selection(request, slug)
    row = _priority_or_404(selection, number)
    return JsonResponse({PRIORITY_CHART: priority_figure(selection.overview, row, selection.year)})


@require_safe
@public_page
def priority_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one priority: its goals and plan, and how its indicators and activities stand."""
    selection = load_selection(request, slug)
    row = _priority_or_404(selection, number)
    part = load_selected_programme(selection).part(row.pk)
    context = {
        "selection": selection,
        "priority": part,
        "page": _build(request, selection, row),
        "part_year": build_part_year(part, selection.year),
        "files": _files(request, slug, number),
    }
    return render(request, "priority/priority.html", context)


@require_safe
@public_page
def priority_table(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """Return the table of a priority as a file, with the filter and order of the query as on the page."""
    if extension not in EXTENSIONS:
        raise Http404("Dit formaat is er niet.")
    selection = load_selection(request, slug)
    row, overview = _priority_or_404(selection, number), selection.overview
    page = _build(request, selection, row)
    if overview.with_drafts:
        subject = f"prioriteit {number} over {selection.year}, {EXTENSIONS[extension]}"
        audit.log_event(audit.EXPORT_DRAFTS, kadernota_id=selection.kadernota.pk, subject=subject)
    content = table_file(row, page, overview, selection.year, extension=extension, created=clock.now())
    response = HttpResponse(content, content_type=get_format(extension).media_type)
    name = file_name(overview, row, selection.year, extension)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _priority_or_404(selection: Selection, number: int) -> PriorityRow:
    row = next((row for row in selection.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    return row


def _build(request: HttpRequest, selection: Selection, row: PriorityRow) -> PriorityPage:
    return build_priority(
        row,
        selection.overview,
        selection.year,
        links=links_for(request, selection),
        query=request.GET,
    )


def _files(request: HttpRequest, slug: str, number: int) -> list[tuple[str, str]]:
    """Return the name and URL of each download of this table, with the query of the page."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        (name, reverse("prioriteit-tabel", args=[slug, number, extension]) + query)
        for extension, name in EXTENSIONS.items()
    ]
