"""The public page of an edition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.pages.edition.lines import edition_lines, load_line_history
from indicators.pages.edition.page import build_edition, contents_sentence
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection, all_kadernotas, find_edition
from indicators.readmodel.errata import before_of
from indicators.readmodel.overview import load_overview
from priorities.models import Kadernota
from priorities.permissions import may_seal, may_see_drafts
from reports.sealing.archive import has_archive
from reports.sealing.store import missing_from, sealed_files


@require_safe
@public_page
def edition_page(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """Show an edition: its decision, and what it added or changed."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    edition = find_edition(kadernota, label)
    overview = load_overview(kadernota, edition=edition)
    assert overview.edition is not None  # it was loaded as of an edition
    selection = Selection(kadernota, overview, edition.year)
    links = links_for(request, selection)
    page = build_edition(overview.edition, overview, before_of(kadernota, edition), links)
    history = load_line_history(kadernota, overview.editions, all_kadernotas(request)[kadernota])
    programme = edition_lines(history, edition.pk, links)
    files = sealed_files(edition)
    context = {
        "selection": selection,
        "page": page,
        "programme": programme,
        "answer": contents_sentence(page, programme.total),
        "names": may_see_drafts(request.user),
        "files": files,
        "has_archive": has_archive(files),
        "missing_files": may_seal(request.user) and missing_from(files),
    }
    return render(request, "edition/edition.html", context)
