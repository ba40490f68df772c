"""The parts of a kadernota beside its priorities: the other safety themes and the VTH cycle."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.activities import build_part_year
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import load_selected_programme, load_selection
from indicators.pages.themes.page import build_themes
from indicators.pages.themes.vth import build_indicators


@require_safe
@public_page
def themes_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the overview of the other safety themes."""
    selection = load_selection(request, slug)
    programme = load_selected_programme(selection)
    if not programme.themes:
        raise Http404("Deze kadernota heeft geen andere thema's.")
    page = build_themes(programme, selection.year, links_for(request, selection))
    return render(request, "themes/themes.html", {"selection": selection, "page": page})


@require_safe
@public_page
def theme_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one theme: its text in the nota and its activities of a year."""
    selection = load_selection(request, slug)
    part = next((part for part in load_selected_programme(selection).themes if part.number == number), None)
    if part is None:
        raise Http404("Dit thema is er niet.")
    context = {
        "selection": selection,
        "part": part,
        "part_year": build_part_year(part, selection.year),
        "themes_url": links_for(request, selection).themes(),
    }
    return render(request, "themes/theme.html", context)


@require_safe
@public_page
def vth_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the cycle of permits, supervision and enforcement (VTH): its steps, indicators and activities of a year."""
    selection = load_selection(request, slug)
    part = load_selected_programme(selection).vth
    if part is None:
        raise Http404("Deze kadernota heeft geen VTH-cyclus.")
    context = {
        "selection": selection,
        "part": part,
        "part_year": build_part_year(part, selection.year),
        "indicators": build_indicators(
            selection.overview, selection.year, links_for(request, selection), sort=request.GET.get("sort", "")
        ),
    }
    return render(request, "themes/vth.html", context)
