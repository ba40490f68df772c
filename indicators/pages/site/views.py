"""Pages of the site itself: accessibility statement, robots.txt, page not found."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page
from indicators.pages.selection import front_kadernota
from priorities.models import Kadernota


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement of this installation."""
    facts = {
        name: getattr(settings, f"ACCESSIBILITY_{name.upper()}") for name in ("status", "date", "report", "contact")
    }
    return render(request, "site/accessibility.html", {"statement": facts})


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what not to ask for: what is for staff, and the same table in every order and choice."""
    staff = (reverse("admin:index"), reverse("inloggen"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*staff, "/*sort=", "/*bron=", "/*status="))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a page is not there, and help on: the same for what never was and for what one may not see."""
    slug = request.path.split("/")[1]
    known = Kadernota.objects.filter(slug=slug).first() or front_kadernota()
    return render(request, "404.html", {"kadernota": known}, status=404)
