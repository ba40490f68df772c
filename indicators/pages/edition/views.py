"""The public page of an edition."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.models import Edition
from indicators.pages.edition.lines import edition_lines
from indicators.pages.edition.page import build_edition, contents_sentence
from indicators.pages.http_cache import public_page
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection, edition_or_404, head_or_404
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.differences import Differences, differences
from indicators.readmodel.public import overview_at, public_overview
from indicators.readmodel.revisions import name_of
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from priorities.permissions import may_seal, may_see_drafts
from reports.sealing.store import find_manifest, missing_from, sealed_files


@require_safe
@public_page
def edition_page(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """Show an edition: its decision, what it added or changed, and what the versions since the one before changed."""
    head = head_or_404(request, slug)
    newest = public_overview(head.kadernota, head)
    edition = edition_or_404(newest, label)
    overview = overview_at(head.kadernota, newest, edition.sequence)
    before = overview_at(head.kadernota, newest, edition.sequence - 1)
    # Its decision is shown as later decisions corrected it.
    selection = Selection(head.kadernota, replace(overview, edition=edition), edition.year, newest.editions)
    links = links_for(request, selection)
    versions = _version_differences(head.kadernota, newest, edition)
    decision = newest.chain.decisions[edition.sequence - 1]
    page = build_edition(before, overview, links, decision=decision, versions=versions)
    programme = edition_lines(before, overview, links)
    row = Edition.objects.select_related("decision__adopted_by").get(pk=edition.pk)
    adopter = row.decision.adopted_by if may_see_drafts(request.user) else None
    files = sealed_files(row)
    context = {
        "selection": selection,
        "page": page,
        "programme": programme,
        "answer": contents_sentence(page, programme.total),
        "adopter": name_of(adopter) if adopter else "",
        "files": files,
        "has_archive": bool(files) and find_manifest(row) is not None,
        "missing_files": may_seal(request.user) and missing_from(files),
    }
    return render(request, "edition/edition.html", context)


def _version_differences(kadernota: Kadernota, newest: Overview, edition: EditionInfo) -> Iterator[Differences]:
    """Yield what each version changed that was adopted after the edition before; version 1 changed nothing."""
    earlier = max((other.sequence for other in newest.editions if other.sequence < edition.sequence), default=1)
    for version in newest.chain.versions:
        if earlier < version.sequence < edition.sequence:
            before = overview_at(kadernota, newest, version.sequence - 1)
            yield differences(before, overview_at(kadernota, newest, version.sequence))
