"""The start page of the site and of each kadernota."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import front_head, load_selection
from indicators.pages.start.page import build_start


@require_safe
@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the start page of the first real kadernota; without one, a page that explains how to load it."""
    head = front_head(request)
    if head is None or head.kadernota.is_practice:
        return render(request, "start/empty.html")
    return _start(request, head.kadernota.slug)


@require_safe
@public_page
def start_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how all priorities and indicators of a kadernota stand."""
    return _start(request, slug)


def _start(request: HttpRequest, slug: str) -> HttpResponse:
    selection = load_selection(request, slug)
    page = build_start(selection, links_for(request, selection))
    return render(request, "start/start.html", {"selection": selection, "page": page})
