"""The page "Hoe wij oordelen": the rules with examples from adopted figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Reading
from indicators.pages.http_cache import public_page
from indicators.pages.method.page import build_method, lacks_examples
from indicators.pages.selection import front_kadernota, public_overview
from indicators.readmodel.cache import cache_version
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota


@require_safe
@public_page
def method_page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the rules with examples from this kadernota, by default that of the front page; the same for every user."""
    kadernota = get_object_or_404(Kadernota, slug=slug) if slug else front_kadernota()
    overview = public_overview(kadernota, None, cache_version(request)) if kadernota else None
    practice = _practice(request, kadernota) if kadernota and lacks_examples(overview) else None
    readings = Reading.objects.filter(kadernota=kadernota).select_related("indicator") if kadernota else ()
    page = build_method(overview, practice, readings)
    context = {"kadernota": kadernota, "page": page, "baseline_year": kadernota.baseline_year if kadernota else None}
    return render(request, "method/method.html", context)


def _practice(request: HttpRequest, kadernota: Kadernota) -> Overview | None:
    """Return the public read model of a practice kadernota, for examples of rules that decided no real figure yet."""
    practice = Kadernota.objects.filter(is_practice=True).exclude(pk=kadernota.pk).first()
    return public_overview(practice, None, cache_version(request)) if practice else None
