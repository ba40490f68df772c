"""The addresses of the monitor, and one view more: what an answer of 20 kB costs that asks for nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

# Lines that differ, so that compressing them costs what compressing a page costs.
LINES = (f"<p>{number * 7919 % 10007} of {number * 104729 % 99991}</p>\n" for number in range(2000))
CONTENT = f"<!doctype html><title>Leeg</title>\n{''.join(LINES)}".encode()[:20_480]


def empty(request: HttpRequest) -> HttpResponse:
    """Answer 20 kB, through all middleware and nothing else."""
    return HttpResponse(CONTENT)


urlpatterns = [
    path("leeg-voor-de-meting/", empty),
    path("", include("kadernota.urls")),
]
