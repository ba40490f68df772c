"""The URLconf of the benchmark: that of the project, an empty page of 20 kB, and every page with a cleared cache."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, resolve

from indicators.readmodel.cache import clear_cache

# Lines that differ, so that compressing them costs as much as compressing a page.
LINES = (f"<p>{number * 7919 % 10007} of {number * 104729 % 99991}</p>\n" for number in range(2000))
CONTENT = f"<!doctype html><title>Leeg</title>\n{''.join(LINES)}".encode()[:20_480]


def empty(request: HttpRequest) -> HttpResponse:
    """Return 20 kB without any work of its own; only the middleware takes time."""
    return HttpResponse(CONTENT)


def first(request: HttpRequest, address: str) -> HttpResponse:
    """Return another page as a process does whose cache is empty."""
    clear_cache()
    match = resolve(f"/{address}")
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)


urlpatterns = [
    path("koud-voor-de-meting/<path:address>", first),
    path("koud-voor-de-meting/", first, {"address": ""}),
    path("leeg-voor-de-meting/", empty),
    path("", include("kadernota.urls")),
]
