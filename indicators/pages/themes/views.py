"""The parts of a kadernota beside its priorities: the other safety themes, and the cycle of permits."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.activities import build_year
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import load_selected_programme, load_selection
from indicators.pages.themes.page import build_themes
from indicators.pages.themes.vth import build_indicators


@require_safe
@public_page
def themes_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the other safety themes together."""
    selection = load_selection(request, slug)
    programme = load_selected_programme(request, selection)
    if not programme.themes:
        raise Http404("Deze kadernota heeft geen andere thema's.")
    page = build_themes(programme, selection.year, links_for(request, selection))
    return render(request, "themes/themes.html", {"selection": selection, "page": page})


@require_safe
@public_page
def theme_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one theme: what the nota says of it, and what is done in a year."""
    selection = load_selection(request, slug)
    part = next((part for part in load_selected_programme(request, selection).themes if part.number == number), None)
    if part is None:
        raise Http404("Dit thema is er niet.")
    context = {
        "selection": selection,
        "part": part,
        "year": build_year(part, selection.year),
        "themes_url": links_for(request, selection).themes(),
    }
    return render(request, "themes/theme.html", context)


@require_safe
@public_page
def vth_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the cycle of permits, supervision and enforcement: its steps, its indicators, what is done in a year."""
    selection = load_selection(request, slug)
    part = load_selected_programme(request, selection).vth
    if part is None:
        raise Http404("Deze kadernota heeft geen VTH-cyclus.")
    indicators = build_indicators(selection.overview, selection.year, links_for(request, selection), request.GET)
    context = {"selection": selection, "part": part, "year": build_year(part, selection.year), "indicators": indicators}
    return render(request, "themes/vth.html", context)
