"""Compare two editions."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Edition
from indicators.pages.compare.page import compare_editions, comparison_sentence
from indicators.pages.edition.lines import compare_lines, lines_sentence, load_record
from indicators.pages.http_cache import public_page
from indicators.pages.selection import (
    Selection,
    all_kadernotas,
    public_overview,
)
from indicators.readmodel.cache import cache_version
from priorities.models import Kadernota


@require_safe
@public_page
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what lies between two editions: `?van=2020-1&naar=2020-2`; left out, the newest and the one before it."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    editions = list(Edition.objects.of(kadernota))
    if len(editions) < 2:
        return render(request, "compare/none.html", {"kadernota": kadernota, "editions": editions})
    after = _chosen(editions, request.GET.get("naar", "")) or editions[-1]
    before = _chosen(editions, request.GET.get("van", "")) or _before(editions, after)
    before, after = sorted((before, after), key=lambda edition: edition.pk)
    overview = public_overview(kadernota, after, cache_version(request))
    comparison = compare_editions(public_overview(kadernota, before, cache_version(request)), overview)
    record = load_record(kadernota, overview.editions, all_kadernotas(request)[kadernota])
    lines = compare_lines(record, comparison.before, comparison.after)
    context = {
        # Nothing is looked back at here: both editions are named.
        "selection": Selection(kadernota, replace(overview, edition=None), after.year),
        "comparison": comparison,
        "answer": f"{comparison_sentence(comparison, is_same_elsewhere=not lines)} {lines_sentence(lines)}".strip(),
        "lines": lines,
        "editions": overview.editions,
    }
    return render(request, "compare/compare.html", context)


def _chosen(editions: list[Edition], label: str) -> Edition | None:
    found = next((edition for edition in editions if str(edition) == label), None)
    if label and found is None:
        raise Http404("Deze editie is er niet.")
    return found


def _before(editions: list[Edition], after: Edition) -> Edition:
    """The edition before this one; of the first, the one that came next."""
    place = editions.index(after)
    return editions[place - 1] if place else editions[1]
