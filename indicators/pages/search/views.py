"""Search a kadernota."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.models import Reading
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.programme_cache import shown_programme
from indicators.pages.search.page import search
from indicators.pages.selection import (
    load_shown,
)


@require_safe
@public_page
def search_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Search in all that this reader may see: `?q=woninginbraken`."""
    shown = load_shown(request, slug)
    found = search(
        request.GET.get("q", ""),
        shown.overview,
        links_for(request, shown),
        shown_programme(request, shown),
        Reading.objects.filter(kadernota=shown.kadernota).select_related("indicator"),
    )
    return render(request, "search/search.html", {"shown": shown, "found": found})
