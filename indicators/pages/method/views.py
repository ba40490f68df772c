"""The page "Hoe wij oordelen": the rules with examples from adopted figures."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page, site_scope
from indicators.pages.method.page import build_method, lacks_examples
from indicators.pages.selection import front_head, head_or_404
from indicators.readmodel.public import find_head, public_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota


@require_safe
@partial(public_page, scope=site_scope)
def method_page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the rules with examples from this kadernota, by default that of the front page; the same for every user."""
    head = head_or_404(request, slug) if slug else front_head(request)
    overview = public_overview(head.kadernota, head) if head else None
    practice = _practice(head.kadernota) if head and lacks_examples(overview) else None
    context = {
        "kadernota": head.kadernota if head else None,
        "page": build_method(overview, practice),
        "baseline_year": overview.baseline_year if overview else None,
    }
    return render(request, "method/method.html", context)


def _practice(kadernota: Kadernota) -> Overview | None:
    """Return the overview of the practice municipality, unless the page is about that one already."""
    practice = Kadernota.objects.adopted().filter(is_practice=True).exclude(pk=kadernota.pk).first()
    head = find_head(practice.slug) if practice else None
    return public_overview(head.kadernota, head) if head else None
