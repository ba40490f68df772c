"""The page of an indicator, its charts as JSON, and the short URL to cite it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.charts import component_figure
from indicators.models import Indicator
from indicators.pages.http_cache import public_page
from indicators.pages.indicator.citation import build_citation
from indicators.pages.indicator.page import build_indicator, course_id, has_chart
from indicators.pages.layout import links_for
from indicators.pages.selection import find_edition, indicator_or_404, load_selection
from indicators.readmodel.cache import cache_version
from priorities.models import Kadernota
from priorities.permissions import may_add_break, may_change_target, may_see_drafts


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
        version=cache_version(request),
    )
    priority = selection.overview.group_of(row)
    # An old edition shows how things stood: there is nothing to change.
    is_current = selection.overview.edition is None
    context = {
        "selection": selection,
        "row": row,
        "page": page,
        "priority": priority,
        "priority_url": links.part(priority.kind, priority.number),
        "citation": build_citation(selection.overview, row, selection.year, request),
        "may_change_target": is_current and row.counts_in(selection.year) and may_change_target(request.user),
        "may_add_break": is_current and may_add_break(request.user),
    }
    return render(request, "indicator/indicator.html", context)


@require_safe
def short_address(request: HttpRequest, slug: str, code: str, label: str) -> HttpResponse:
    """Redirect from the short URL of an indicator as of an edition: /…/V5/2020-2/."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    edition = find_edition(kadernota, label)
    row = get_object_or_404(Indicator.objects.only("code"), priority__kadernota=kadernota, code__iexact=code)
    params = {"jaar": request.GET.get("jaar") or edition.year, "editie": str(edition)}
    return HttpResponseRedirect(f"{reverse('indicator', args=[kadernota.slug, row.code])}?{urlencode(params)}")


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
