"""The page of an indicator, its charts as JSON, and the short URL to cite it."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.charts import component_figure
from indicators.pages.http_cache import public_page
from indicators.pages.indicator.citation import build_citation
from indicators.pages.indicator.page import build_indicator, course_id, has_chart
from indicators.pages.layout import links_for
from indicators.pages.selection import edition_or_404, head_or_404, indicator_or_404, load_selection
from indicators.readmodel.public import public_overview
from priorities.permissions import may_see_drafts


@require_safe
@public_page
def indicator_page(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one indicator in one year."""
    selection = load_selection(request, slug)
    row = indicator_or_404(selection, code)
    links = links_for(request, selection)
    page = build_indicator(
        selection.overview,
        row,
        selection.year,
        links,
        names=may_see_drafts(request.user),
    )
    priority = selection.overview.group_of(row)
    context = {
        "selection": selection,
        "row": row,
        "page": page,
        "priority": priority,
        "priority_url": links.part(priority.kind, priority.number),
        "citation": build_citation(selection.overview, row, selection.year, request),
    }
    return render(request, "indicator/indicator.html", context)


@require_safe
def short_address(request: HttpRequest, slug: str, code: str, label: str) -> HttpResponse:
    """Redirect from the short URL of an indicator as of an edition: /…/V5/2020-2/."""
    head = head_or_404(request, slug)
    overview = public_overview(head.kadernota, head)
    edition = edition_or_404(overview, label)
    row = next((row for row in overview.all_rows if row.code.casefold() == code.casefold()), None)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    params = {"jaar": request.GET.get("jaar") or edition.year, "editie": edition.label}
    return HttpResponseRedirect(f"{reverse('indicator', args=[slug, row.code])}?{urlencode(params)}")


@require_safe
@public_page
def indicator_chart(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Return the Plotly figure of each component in one year, by the id of the chart on the page."""
    selection = load_selection(request, slug)
    row = indicator_or_404(selection, code)
    return JsonResponse(
        {
            course_id(part): component_figure(selection.overview, row, part, selection.year)
            for part in row.components
            if has_chart(part)
        }
    )
