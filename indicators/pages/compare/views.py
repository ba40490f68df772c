"""Compare two editions."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Edition
from indicators.pages.compare.page import compare_editions, comparison_sentence
from indicators.pages.edition.lines import compare_lines, lines_sentence, load_line_history
from indicators.pages.http_cache import public_page
from indicators.pages.selection import Selection, all_kadernotas, public_overview
from indicators.readmodel.cache import cache_version
from priorities.models import Kadernota


@require_safe
@public_page
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs between two editions: `?van=2020-1&naar=2020-2`, by default the newest and the previous."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    editions = list(Edition.objects.of(kadernota))
    if len(editions) < 2:
        return render(request, "compare/none.html", {"kadernota": kadernota, "editions": editions})
    after = _find(editions, request.GET.get("naar", "")) or editions[-1]
    before = _find(editions, request.GET.get("van", "")) or _before(editions, after)
    before, after = sorted((before, after), key=lambda edition: edition.pk)
    overview = public_overview(kadernota, after, cache_version(request))
    comparison = compare_editions(public_overview(kadernota, before, cache_version(request)), overview)
    history = load_line_history(kadernota, overview.editions, all_kadernotas(request)[kadernota])
    line_rows = compare_lines(history, comparison.before, comparison.after)
    sentence = comparison_sentence(comparison, is_same_elsewhere=not line_rows)
    context = {
        # Without an edition the header has no notice that this is an old one: the page names both.
        "selection": Selection(kadernota, replace(overview, edition=None), after.year),
        "comparison": comparison,
        "answer": f"{sentence} {lines_sentence(line_rows)}".strip(),
        "line_rows": line_rows,
        "editions": overview.editions,
    }
    return render(request, "compare/compare.html", context)


def _find(editions: list[Edition], label: str) -> Edition | None:
    edition = next((edition for edition in editions if str(edition) == label), None)
    if label and edition is None:
        raise Http404("Deze editie is er niet.")
    return edition


def _before(editions: list[Edition], after: Edition) -> Edition:
    """Return the edition before this one; for the first, the second."""
    position = editions.index(after)
    return editions[position - 1] if position else editions[1]
