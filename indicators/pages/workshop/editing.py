"""Show the form on a piece of a draft, and save it: what the pages of texts and indicators have in common."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from indicators.actions.errors import ActionRefused
from indicators.actions.versions import DraftChanged
from indicators.domain.dutch import counted
from indicators.domain.nota import Finding, NotaRefused
from indicators.domain.nota.findings import Path
from indicators.pages.form_recovery import RECOVERED, drop_texts, load_texts
from indicators.pages.guards import user_of
from indicators.pages.workshop.drafts import Draft, find_draft, render_draft
from indicators.pages.workshop.pieces import Data, Spec, build_form, read_form, save, seen_hash
from kadernota import clock

CHANGED = (
    "Een ander wijzigde dit intussen. Er is nog niets opgeslagen: hieronder staat wat u typte. "
    "Vergelijk het met de laatste wijzigingen op het overzicht, en bewaar nog eens als het klopt."
)


@dataclass(frozen=True, kw_only=True)
class Editor:
    """A form on a piece of the data: where it is, its fields, its template, and where a user goes after saving.

    `after` returns that URL from the saved draft and the piece; `prepare` changes the data before they are read.
    """

    piece_of: Callable[[Data], Data]
    spec: Callable[[Data], Spec]
    template: str
    context: dict[str, Any]
    path_of: Callable[[Data, Data], Path]
    after: Callable[[Draft, Data], str]
    prepare: Callable[[Data, Data, dict[str, str]], None] | None = None


def edit(request: HttpRequest, draft: Draft, editor: Editor) -> HttpResponse:
    """Show the form; by POST, save it. A refusal shows what was typed, with each finding next to its field."""
    data = draft.data()
    piece = editor.piece_of(data)
    seen = seen_hash(piece, editor.spec(piece))
    if request.method != "POST":
        typed = load_texts(request, now=clock.now())
        if typed:
            with suppress(DraftChanged):
                read_form(piece, editor.spec(piece), typed)
            seen = typed.get("seen", seen)
        return _render(request, draft, editor, piece, seen=seen, notice=RECOVERED if typed else "")
    post = request.POST.dict()
    findings: tuple[Finding, ...] = ()
    notice, status = "", 422
    try:
        read_form(piece, editor.spec(piece), post)
        if editor.prepare:
            editor.prepare(data, piece, post)
        if "seen" in post and post["seen"] != seen:
            raise DraftChanged
        changes = save(draft, data, by=user_of(request))
    except DraftChanged:
        notice, status = CHANGED, 409
    except NotaRefused as refused:
        findings = refused.findings
    except ActionRefused as refusal:
        notice, status = str(refusal), 409
    else:
        drop_texts(request)
        count = counted(len(changes), "wijziging", "wijzigingen")
        messages.success(request, f"Bewaard: {count}." if changes else "Er is niets veranderd.")
        fresh = find_draft(draft.kadernota, draft.version.kind)
        assert fresh is not None
        return HttpResponseRedirect(editor.after(fresh, piece), status=303)
    prefix = editor.path_of(data, piece)
    return _render(
        request, draft, editor, piece, seen=seen, findings=findings, prefix=prefix, notice=notice, status=status
    )


def _render(
    request: HttpRequest,
    draft: Draft,
    editor: Editor,
    piece: Data,
    *,
    seen: str,
    findings: tuple[Finding, ...] = (),
    prefix: Path = (),
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    form = build_form(piece, editor.spec(piece), seen=seen, findings=findings, prefix=prefix)
    context = editor.context | {"form": form, "notice": notice, "piece": piece}
    return render_draft(request, draft, editor.template, context, status=status)


def index_of(items: list[Data], piece: Data) -> int:
    """Return the place of this very piece in a list."""
    return next(index for index, item in enumerate(items) if item is piece)
