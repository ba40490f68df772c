"""The start page, the page of a kadernota and the page of a priority."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from indicators.frame import links_for
from indicators.shown import front_kadernota, load_shown

from .pages import build_start
from .priority_page import build_priority


def begin(request: HttpRequest) -> HttpResponse:
    """Show the start page of the first kadernota that is not to practise with; a friendly page where none is."""
    first = front_kadernota()
    if first is None or first.is_practice:
        return render(request, "priorities/empty.html")
    return kadernota(request, first.slug)


def kadernota(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whether we are on the right way: all priorities and indicators of a kadernota."""
    shown = load_shown(request, slug)
    page = build_start(shown.overview, shown.year, links_for(request, shown))
    return render(request, "priorities/start.html", {"shown": shown, "page": page})


def prioriteit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one priority: what the council wants, and how its indicators stand."""
    shown = load_shown(request, slug)
    row = next((row for row in shown.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    priority = get_object_or_404(shown.kadernota.priorities, pk=row.pk)
    page = build_priority(row, shown.overview, shown.year, links_for(request, shown), request.GET)
    return render(request, "priorities/priority.html", {"shown": shown, "priority": priority, "page": page})
