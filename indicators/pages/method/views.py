"""How we judge: the rules with examples from the adopted figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Reading
from indicators.pages.http_cache import public_page
from indicators.pages.method.page import build_judging, lacks_examples
from indicators.pages.selection import (
    front_kadernota,
    public_overview,
)
from indicators.readmodel.cache import cache_version
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota


@require_safe
@public_page
def method_page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show how we judge, with examples of this kadernota, or of the front one. Adopted figures only, for everybody."""
    kadernota = get_object_or_404(Kadernota, slug=slug) if slug else front_kadernota()
    overview = public_overview(kadernota, None, cache_version(request)) if kadernota else None
    practice = _practice(request, kadernota) if kadernota and lacks_examples(overview) else None
    readings = Reading.objects.filter(kadernota=kadernota).select_related("indicator") if kadernota else ()
    page = build_judging(overview, practice, readings)
    context = {"kadernota": kadernota, "page": page, "baseline_year": kadernota.baseline_year if kadernota else None}
    return render(request, "method/method.html", context)


def _practice(request: HttpRequest, kadernota: Kadernota) -> Overview | None:
    """The adopted figures of a kadernota to practise with: examples of what has not happened yet."""
    other = Kadernota.objects.filter(is_practice=True).exclude(pk=kadernota.pk).first()
    return public_overview(other, None, cache_version(request)) if other else None
