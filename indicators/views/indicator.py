"""The page of an indicator: the verdict, and all that it rests on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.citing import citation_of
from indicators.pages.frame import links_for
from indicators.pages.indicator import build_indicator
from indicators.pages.shown import load_shown

from ..permissions import may_add_break, may_change_target, may_see_drafts
from ..public import public_page
from ..stamps import stamp_of


@require_safe
@public_page
def indicator(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one indicator in one year."""
    shown = load_shown(request, slug)
    row = shown.overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    links, names = links_for(request, shown), may_see_drafts(request.user)
    page = build_indicator(shown.overview, row, shown.year, links, names=names, stamp=stamp_of(request))
    priority = shown.overview.group_of(row)
    context = {"shown": shown, "row": row, "page": page, "priority": priority}
    context["priority_url"] = links.part(priority.kind, priority.number)
    context["citation"] = citation_of(shown.overview, row, shown.year, request)
    # What was decided then is not changed from a page that shows how things stood.
    is_now = shown.overview.edition is None
    context["may_change_target"] = is_now and row.counts_in(shown.year) and may_change_target(request.user)
    context["may_add_break"] = is_now and may_add_break(request.user)
    return render(request, "indicators/indicator.html", context)
