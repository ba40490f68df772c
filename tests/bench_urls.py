"""The addresses of the monitor, and two views more: an empty answer of 20 kB, and any page without what was kept."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, resolve

from indicators.readmodel.cache import clear_cache

# Lines that differ, so that compressing them costs what compressing a page costs.
LINES = (f"<p>{number * 7919 % 10007} of {number * 104729 % 99991}</p>\n" for number in range(2000))
CONTENT = f"<!doctype html><title>Leeg</title>\n{''.join(LINES)}".encode()[:20_480]


def empty(request: HttpRequest) -> HttpResponse:
    """Answer 20 kB, through all middleware and nothing else."""
    return HttpResponse(CONTENT)


def first(request: HttpRequest, address: str) -> HttpResponse:
    """Answer another page as a process does that has kept nothing yet."""
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
