"""Search a kadernota."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.search.page import search
from indicators.pages.selection import load_selected_programme, load_selection


@require_safe
@public_page
def search_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Search in all texts that this user may see: `?q=woninginbraken`."""
    selection = load_selection(request, slug)
    result = search(
        request.GET.get("q", ""),
        selection.overview,
        load_selected_programme(selection),
        links=links_for(request, selection),
    )
    return render(request, "search/search.html", {"selection": selection, "result": result})
