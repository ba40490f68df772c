"""The sheet out, and a sheet in with a preview: new, changed, gone, refused."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import newest_version, normalized, version_refusals, with_origin_values
from indicators.actions.versions import questions_about, save_draft, start_draft
from indicators.domain.dutch import counted
from indicators.domain.nota import Nota, NotaRefused, differences, limits
from indicators.domain.nota.facts import topic_label
from indicators.intake.nota_data import NotaData
from indicators.intake.nota_files import write_json
from indicators.models.drafts import EDITORIAL, SUBSTANTIVE
from indicators.pages.fields import parse_key
from indicators.pages.guards import user_of
from indicators.pages.workshop.difference.page import change_groups
from indicators.pages.workshop.drafts import Draft, find_draft, kadernota_page, workshop_page
from indicators.pages.workshop.overview.views import to_draft
from indicators.pages.workshop.sheets.reading import read_signed, read_upload, refusal_rows, sign_nota
from indicators.readmodel.nota import nota_of
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_prepare
from reports.fill_in.nota import WRITERS, nota_sheet, nota_template
from reports.fill_in.nota_rows import TextTooLong
from reports.formats import get_format

NO_FILE = "Kies eerst een bestand."
TOO_OLD = "De controle is verlopen. Stuur het bestand nog eens."


@workshop_page(post=None)
def empty_sheet(request: HttpRequest, extension: str) -> HttpResponse:
    """Return an empty sheet, with targets from the year in `?jaar=` on, else from next year."""
    if extension not in WRITERS:
        raise Http404("Dit invulblad is er niet.")
    text = request.GET.get("jaar", "")
    year = parse_key(text) or 0
    if not limits.EARLIEST_YEAR <= year <= limits.LATEST_YEAR:
        year = clock.today().year + 1
    return _download(nota_template(year, extension), extension, "invulblad-kadernota")


@kadernota_page(post=None)
def sheet_out(request: HttpRequest, kadernota: Kadernota, version_kind: str, extension: str) -> HttpResponse:
    """Return the draft as a sheet, or as JSON; without a draft, the newest version."""
    nota = _content(kadernota, version_kind)
    name = f"{kadernota.slug}-{'concept' if find_draft(kadernota, version_kind) else 'vastgesteld'}"
    if extension == "json":
        response = HttpResponse(write_json(nota), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.json"'
        return response
    if extension not in WRITERS:
        raise Http404("Dit bestand is er niet.")
    try:
        return _download(nota_sheet(nota, extension), extension, slugify(name))
    except TextTooLong as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")


def _content(kadernota: Kadernota, kind: str) -> Nota:
    draft = find_draft(kadernota, kind)
    version = draft.version if draft else newest_version(kadernota)
    if version is None:
        raise Http404("Deze kadernota heeft geen versie.")
    return nota_of(version)


def _download(content: bytes, extension: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=get_format(extension).media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


@workshop_page(may=may_prepare)
def new_from_sheet(request: HttpRequest) -> HttpResponse:
    """Read a new kadernota from a file: first the preview, then the draft."""
    return _sheet_in(request, None, SUBSTANTIVE)


@kadernota_page(may=may_prepare)
def sheet_in(request: HttpRequest, kadernota: Kadernota, version_kind: str) -> HttpResponse:
    """Read a draft from a file: first what would change, then the draft. Without a draft it starts one."""
    return _sheet_in(request, kadernota, version_kind)


def _sheet_in(request: HttpRequest, kadernota: Kadernota | None, kind: str) -> HttpResponse:
    draft = find_draft(kadernota, kind) if kadernota else None
    if request.method != "POST":
        return _render(request, kadernota, draft, {})
    if "content" in request.POST:
        return _store(request, kadernota, draft, kind)
    upload = request.FILES.get("file")
    if upload is None:
        return _render(request, kadernota, draft, {"errors": [NO_FILE]}, status=422)
    data: NotaData | None = None
    try:
        data = read_upload(upload)
        nota = with_origin_values(normalized(data.nota()))
        findings = version_refusals(
            nota,
            kadernota,
            base=_base(kadernota, draft),
            is_editorial=kind == EDITORIAL,
        )
        if findings:
            raise NotaRefused(findings)
    except NotaRefused as refused:
        context = {"refusals": refusal_rows(data, refused.findings), "file_name": upload.name}
        return _render(request, kadernota, draft, context, status=422)
    return _render(request, kadernota, draft, _preview(kadernota, draft, nota, data, upload.name or ""))


def _base(kadernota: Kadernota | None, draft: Draft | None) -> Nota | None:
    """Return what the draft is based on, or would be based on."""
    if draft:
        return draft.base
    newest = newest_version(kadernota) if kadernota else None
    return nota_of(newest) if newest else None


def _preview(kadernota: Kadernota | None, draft: Draft | None, nota: Nota, data: NotaData, name: str) -> dict[str, Any]:
    before = draft.nota if draft else _base(kadernota, None)
    changes = differences(before, nota) if before else []
    kinds = [change.kind.value for change in changes]
    return {
        "nota": nota,
        "file_name": name,
        "content": sign_nota(nota),
        "seen": draft.hash if draft else "",
        "has_before": before is not None,
        "counts": [
            (word, kinds.count(code))
            for code, word in (("added", "nieuw"), ("changed", "gewijzigd"), ("removed", "vervalt"))
        ],
        "groups": tuple(change_groups(changes, {})),
        "questions": questions_about(nota),
        "notices": [str(notice) for notice in data.notices],
        "figures": data.has_figures,
        "topics": [(topic_label(topic), len(topic.indicators)) for topic in nota.topics],
        "indicator_count": sum(1 for _ in nota.indicators),
        "target_count": sum(len(component.targets) for component in nota.components),
    }


def _store(request: HttpRequest, kadernota: Kadernota | None, draft: Draft | None, kind: str) -> HttpResponse:
    nota = read_signed(request.POST["content"])
    if nota is None:
        return _render(request, kadernota, draft, {"errors": [TOO_OLD]}, status=422)
    by, now = user_of(request), clock.now()
    try:
        if draft:
            seen = request.POST.get("seen") or None
            count = len(save_draft(version=draft.version, nota=nota, by=by, now=now, seen=seen))
            messages.success(request, f"Overgenomen uit het blad: {counted(count, 'wijziging', 'wijzigingen')}.")
            return to_draft(draft.kadernota if nota.slug == draft.kadernota.slug else Kadernota(slug=nota.slug), kind)
        version = start_draft(by=by, now=now, kadernota=kadernota, nota=nota, kind=kind)
    except NotaRefused as refused:
        context = {"refusals": refusal_rows(None, refused.findings)}
        return _render(request, kadernota, draft, context, status=422)
    except ActionRefused as refusal:
        return _render(request, kadernota, draft, {"errors": [str(refusal)]}, status=409)
    messages.success(request, "Het concept is begonnen met wat in het blad staat.")
    return to_draft(version.kadernota, version.kind)


def _render(
    request: HttpRequest,
    kadernota: Kadernota | None,
    draft: Draft | None,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    newest = newest_version(kadernota) if kadernota else None
    version = draft.version if draft else newest
    back = reverse("werkplaats")
    if draft:
        back = draft.url()
    elif kadernota:
        back = reverse("werkplaats-kadernota", args=[kadernota.slug])
    extra = {
        "workshop_kadernota": kadernota,
        "draft": draft,
        "version": version,
        "kind": draft.version.kind if draft else SUBSTANTIVE,
        "back_url": back,
    }
    return render(request, "workshop/sheet.html", extra | dict(context), status=status)
