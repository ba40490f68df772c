"""Compare two editions."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.compare.page import compare_editions, comparison_sentence
from indicators.pages.edition.lines import compare_lines, lines_sentence
from indicators.pages.http_cache import public_page
from indicators.pages.selection import Selection, edition_or_404, head_or_404
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.differences import differences
from indicators.readmodel.public import overview_at, public_overview


@require_safe
@public_page
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs between two editions: `?van=2020-1&naar=2020-2`, by default the newest and the previous."""
    head = head_or_404(request, slug)
    newest = public_overview(head.kadernota, head)
    editions = newest.editions
    if len(editions) < 2:
        return render(request, "compare/none.html", {"kadernota": head.kadernota, "editions": editions})
    label = request.GET.get("naar", "")
    second = edition_or_404(newest, label) if label else editions[-1]
    label = request.GET.get("van", "")
    first = edition_or_404(newest, label) if label else _before(editions, second)
    first, second = sorted((first, second), key=lambda edition: edition.sequence)
    before = overview_at(head.kadernota, newest, first.sequence)
    after = overview_at(head.kadernota, newest, second.sequence)
    changes = differences(before, after)
    comparison = compare_editions(before, after, changes)
    line_rows = compare_lines(changes.lines, after, second.label)
    sentence = comparison_sentence(comparison, is_same_elsewhere=not line_rows and not comparison.version_changes)
    context = {
        # Without an edition the header has no notice that this is an old one: the page names both.
        "selection": Selection(head.kadernota, replace(after, edition=None), second.year, editions),
        "comparison": comparison,
        "answer": f"{sentence} {lines_sentence(line_rows)}".strip(),
        "line_rows": line_rows,
        "editions": editions,
    }
    return render(request, "compare/compare.html", context)


def _before(editions: Sequence[EditionInfo], after: EditionInfo) -> EditionInfo:
    """Return the edition before this one; for the first, the second."""
    position = editions.index(after)
    return editions[position - 1] if position else editions[1]
