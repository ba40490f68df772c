"""Pages about the site itself: accessibility statement, robots.txt, page not found."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page
from indicators.pages.selection import front_head, head_of


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement of this installation."""
    statement = {
        name: getattr(settings, f"ACCESSIBILITY_{name.upper()}") for name in ("status", "date", "report", "contact")
    }
    return render(request, "site/accessibility.html", {"statement": statement})


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: no search engine reads pages for staff, or a table in every order and filter."""
    staff = (reverse("admin:index"), reverse("inloggen"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*staff, "/*sort=", "/*bron=", "/*status="))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show "not found" with links to go on: the same for missing pages and pages that the user may not see."""
    slug = request.path.split("/")[1]
    head = head_of(request, slug) or front_head(request)
    return render(request, "404.html", {"kadernota": head.kadernota if head else None}, status=404)
