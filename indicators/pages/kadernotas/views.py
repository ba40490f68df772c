"""The list of all public kadernota's, with search."""

from functools import partial

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.http_cache import public_page, site_scope
from priorities.models import Version

PER_PAGE = 50
LONGEST_QUERY = 100


@require_safe
@partial(public_page, scope=site_scope)
def kadernota_list(request: HttpRequest) -> HttpResponse:
    """Show the kadernota's whose title or organisation has every word of the query, real ones first."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    page = Paginator(find_versions(query), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "kadernotas/kadernotas.html", {"page": page, "query": query})


def find_versions(query: str) -> QuerySet[Version]:
    """Return the newest version of each public kadernota that matches: real before practice, by organisation."""
    own = Version.objects.filter(kadernota=OuterRef("kadernota"), decision__isnull=False)
    newest = Subquery(own.order_by("-decision__sequence").values("pk")[:1])
    rows = Version.objects.filter(decision__isnull=False).annotate(newest=newest).filter(pk=F("newest"))
    for word in query.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(printed_organisation__icontains=word)
            | Q(kadernota__organisation__name__icontains=word)
        )
    ordered = rows.order_by("kadernota__is_practice", "kadernota__organisation__name", "-first_year", "pk")
    return ordered.select_related("kadernota__organisation")
