"""Baselines and targets as one grid: show, paste a block, save all or nothing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import with_newest_origins, with_predecessor_baselines
from indicators.actions.versions import DraftChanged, save_draft
from indicators.domain.dutch import counted
from indicators.domain.nota import Finding, NotaRefused, read_nota
from indicators.pages.form_recovery import RECOVERED, drop_texts, load_texts
from indicators.pages.guards import user_of
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from indicators.pages.workshop.editing import CHANGED
from indicators.pages.workshop.grid.page import (
    BASELINE_YEAR,
    Cells,
    Column,
    build_grid,
    cell_name,
    columns_of,
    places_of,
    put_cells,
    texts_of,
)
from indicators.pages.workshop.grid.paste import read_block
from indicators.pages.workshop.pieces import Data, piece_hash, save, sentence
from kadernota import clock
from priorities.models import RESERVED_SLUGS


@draft_page()
def edit_grid(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the grid; by POST, fill it from a pasted block, or save it."""
    if draft.is_editorial:
        raise Http404("Een redactionele versie wijzigt geen cijfers.")
    data = draft.data()
    stored = texts_of(data)
    seen = _hash(data)
    if request.method != "POST":
        recovered = load_texts(request, now=clock.now())
        if not recovered:
            return _render(request, draft, data, seen=seen)
        put_cells(data, _typed(recovered, data))
        seen = recovered.get("seen", seen)
        return _render(request, draft, data, seen=seen, stored=stored, context={"notice": RECOVERED})
    if "origins" in request.POST:
        return _renew_baselines(request, draft)
    typed = _typed(request.POST, data)
    if "paste" in request.POST:
        return _paste(request, draft, data, typed, stored=stored, seen=seen)
    put_cells(data, typed | _later_years(request.POST, data))
    if request.POST.get("seen", seen) != seen:
        return _render(request, draft, data, seen=seen, stored=stored, context={"notice": CHANGED}, status=409)
    try:
        changes = save(draft, data, by=user_of(request))
    except NotaRefused as refused:
        return _render(request, draft, data, seen=seen, stored=stored, findings=refused.findings, status=422)
    except DraftChanged:
        return _render(request, draft, data, seen=seen, stored=stored, context={"notice": CHANGED}, status=409)
    except ActionRefused as refusal:
        return _render(request, draft, data, seen=seen, stored=stored, context={"notice": str(refusal)}, status=409)
    drop_texts(request)
    count = counted(len(changes), "wijziging", "wijzigingen")
    messages.success(request, f"Bewaard: {count}." if changes else "Er is niets veranderd.")
    return HttpResponseRedirect(draft.url("werkplaats-cijfers"), status=303)


def _renew_baselines(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the newest figures of the predecessor as baselines, where there is none or an older one (rule 11)."""
    nota = with_newest_origins(with_predecessor_baselines(draft.nota))
    try:
        changes = save_draft(version=draft.version, nota=nota, by=user_of(request), now=clock.now(), seen=draft.hash)
    except NotaRefused as refused:
        messages.error(request, " ".join(map(sentence, refused.findings)))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        count = counted(len(changes), "nulmeting", "nulmetingen")
        messages.success(
            request, f"Overgenomen van de voorganger: {count}." if changes else "Er is geen nieuwer cijfer."
        )
    return HttpResponseRedirect(draft.url("werkplaats-cijfers"), status=303)


def _typed(post: Mapping[str, str], data: Data) -> Cells:
    """Return the cells that were sent."""
    return {
        (place.key, column): post[cell_name(place.key, column)]
        for place in places_of(data)
        for column in columns_of(data)
        if cell_name(place.key, column) in post
    }


def _later_years(post: Mapping[str, str], data: Data) -> Cells:
    """Return the cells of a year after the period that was added: a horizon."""
    year = post.get("later_year", "").strip()
    if not (year.isascii() and year.isdigit() and len(year) == 4) or int(year) in columns_of(data):
        return {}
    place = next((place for place in places_of(data) if place.key == post.get("later_key")), None)
    text = post.get("later_target", "").strip()
    return {(place.key, int(year)): text} if place and text else {}


def _hash(data: Data) -> str:
    return piece_hash(sorted([key, str(column), text] for (key, column), text in texts_of(data).items()))


def _paste(request: HttpRequest, draft: Draft, data: Data, typed: Cells, *, stored: Cells, seen: str) -> HttpResponse:
    """Fill the grid from a block, without saving: the user looks first."""
    block = read_block(
        request.POST.get("block", ""), list(places_of(data)), columns_of(data), first=request.POST.get("first", "")
    )
    put_cells(data, typed | block.cells)
    findings: tuple[Finding, ...] = ()
    try:
        read_nota(data, reserved_slugs=RESERVED_SLUGS)
    except NotaRefused as refused:
        findings = refused.findings
    now = texts_of(data)
    changed = sum(now[cell] != stored[cell] for cell in now if cell[1] != BASELINE_YEAR)
    context = {"pasted": len(block.cells), "changed": changed, "skipped": block.skipped, "is_pasted": True}
    return _render(request, draft, data, seen=seen, stored=stored, findings=findings, context=context)


def _render(
    request: HttpRequest,
    draft: Draft,
    data: Data,
    *,
    seen: str,
    stored: Mapping[tuple[str, Column], str] | None = None,
    findings: tuple[Finding, ...] = (),
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = build_grid(draft, data, seen=seen, findings=findings, stored=stored)
    return render_draft(request, draft, "workshop/grid.html", {"page": page} | dict(context or {}), status=status)
