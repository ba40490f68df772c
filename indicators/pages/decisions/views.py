"""All decisions of a kadernota: as a page, and as the JSON from which a stranger recomputes the chain."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.pages.decisions.page import SealedEntry, chain_sentence, decision_entries, hash_groups
from indicators.pages.http_cache import public_page
from indicators.pages.selection import Selection, head_or_404
from indicators.readmodel.chain_export import export_chain
from indicators.readmodel.overview import load_prefix
from indicators.readmodel.public import cached_for, public_overview
from reports.sealing.store import sealed_decisions

JSON = "application/json; charset=utf-8"


@require_safe
@public_page
def decisions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every decision with what it fixed, its chain hash and its sealed documents, the newest first."""
    head = head_or_404(request, slug)
    newest = public_overview(head.kadernota, head)
    entries = cached_for(
        newest, "decisions", lambda: decision_entries(load_prefix(head.kadernota, sequence=head.sequence))
    )
    sealed = {
        sequence: SealedEntry(hash_groups(decision.manifest), decision.files)
        for sequence, decision in sealed_decisions(head.kadernota).items()
    }
    year = newest.editions[-1].year if newest.editions else newest.years[0]
    context = {
        "selection": Selection(head.kadernota, newest, year, newest.editions),
        "answer": chain_sentence(entries),
        "head_hash": hash_groups(head.chain_hash),
        "entries": [(entry, sealed.get(entry.decision.sequence)) for entry in entries],
    }
    return render(request, "decisions/decisions.html", context)


@require_safe
@public_page
def chain_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the whole chain as JSON."""
    head = head_or_404(request, slug)
    data = export_chain(head.kadernota, sequence=head.sequence, all_manifests=True)
    return HttpResponse(json.dumps(data, ensure_ascii=False, indent=1) + "\n", content_type=JSON)
