"""Figures from a file or a pasted block: sending in, the preview, and the confirmation that records."""

import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from indicators.actions.errors import ActionRefused
from indicators.actions.mapping import map_series
from indicators.actions.workflow import Conflict
from indicators.intake.open_data import to_rows
from indicators.intake.planning import Plan, apply_import
from indicators.intake.sheets import SheetRefused
from indicators.intake.upload import (
    PreviewState,
    Upload,
    is_stale,
    plan_upload,
    read_paste,
    read_upload,
    with_previewed_revisions,
    without_rows,
)
from indicators.pages.fields import parse_key
from indicators.pages.guards import for_year, user_of
from indicators.pages.selection import Selection
from indicators.pages.upload.forms import FileForm, PasteForm
from indicators.pages.upload.guards import NOTHING, to_start, with_selection, with_upload, within_size
from indicators.pages.upload.page import mapped_for, render_preview, render_start, sources
from indicators.pages.upload.preview import conflict_lines, recorded_sentence, series_of
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import public_overview
from kadernota import clock
from priorities.permissions import may_record
from reports.fill_in import ods, xlsx
from reports.fill_in.rows import fill_rows, returned_rows
from reports.formats import get_format

FILL_IN_WRITERS = {"xlsx": xlsx.write_fill_in, "ods": ods.write_fill_in}


@for_year(may=may_record)
@with_selection
@within_size
def upload_page(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Show the sheet to fill in, the file and the block; by POST, preview a file or block without storing it."""
    if request.method != "POST":
        return render_start(request, selection)
    paste_form = PasteForm(request.POST) if "block" in request.POST else None
    file_form = None if paste_form else FileForm(request.POST, request.FILES)
    form = paste_form or file_form or FileForm()
    if form.is_valid():
        try:
            return render_preview(request, selection, _receive(selection, form.cleaned_data))
        except SheetRefused as refusal:
            form.add_error("block" if paste_form else "file", str(refusal))
    return render_start(request, selection, paste_form=paste_form, file_form=file_form, status=422)


@with_upload
def record_upload(request: HttpRequest, selection: Selection, upload: Upload, seen: PreviewState) -> HttpResponse:
    """Record what the preview showed, all of it or nothing; or show what prevents it."""
    omitted = _numbers(request, "omit") if upload.is_open_data else set()
    whole = plan_upload(selection.kadernota, upload, selection.year, mapped_for(selection, upload))
    plan = without_rows(whole, omitted)
    confirmed = _confirmed(request, plan, seen)
    error = _obstacle(plan, seen, confirmed)
    if not error:
        try:
            outcomes = apply_import(with_previewed_revisions(plan, seen), by=user_of(request), now=clock.now())
        except Conflict as conflict:
            # The preview again, with what colleagues recorded meanwhile; the questions are asked again.
            overview = with_drafts(selection.kadernota, public_overview(selection.kadernota))
            fresh = Selection(selection.kadernota, overview, selection.year)
            newer = conflict_lines(overview, conflict.newer)
            return render_preview(request, fresh, upload, conflict=newer, omitted=omitted, status=409)
        except ActionRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, recorded_sentence(outcomes))
            return to_start(selection)
    return render_preview(
        request,
        selection,
        upload,
        plan=whole,
        error=f"{error} {NOTHING}",
        confirmed=confirmed,
        omitted=omitted,
        status=422,
    )


@with_upload
def map_open_data(request: HttpRequest, selection: Selection, upload: Upload, _: PreviewState) -> HttpResponse:
    """Store which component each series of a published table fills, and show the preview again."""
    chosen = {
        (item.row_name, item.column_name): parse_key(request.POST.get(f"series-{item.number}", ""))
        for item in series_of(upload, {})
    }
    try:
        map_series(kadernota=selection.kadernota, chosen=chosen, by=user_of(request))
    except ActionRefused as refusal:
        return render_preview(request, selection, upload, error=str(refusal), status=422)
    return render_preview(request, selection, upload)


@with_upload
def refused_rows(request: HttpRequest, selection: Selection, upload: Upload, _: PreviewState) -> HttpResponse:
    """Return the rows of the upload as a sheet, with each refusal as a note on its cell."""
    mapped = mapped_for(selection, upload)
    plan = plan_upload(selection.kadernota, upload, selection.year, mapped)
    rows = [*upload.rows, *(row for row, _ in to_rows(upload.observations, mapped, selection.year).values())]
    returned = returned_rows(rows, plan.refusals, fill_rows(selection.overview, selection.year))
    stream = io.BytesIO()
    xlsx.write_refused(returned, _title(selection), stream)
    return _download(stream, "xlsx", f"geweigerd-{selection.year}")


@require_safe
@for_year(may=may_record)
@with_selection
def fill_in_sheet(request: HttpRequest, selection: Selection, extension: str) -> HttpResponse:
    """Return the sheet to fill in for this year: of all sources, or of the one in `?bron=`."""
    source = request.GET.get("bron", "")
    if extension not in FILL_IN_WRITERS or (source and source not in sources(selection)):
        raise Http404("Dit invulblad is er niet.")
    stream = io.BytesIO()
    FILL_IN_WRITERS[extension](fill_rows(selection.overview, selection.year, source), _title(selection), stream)
    return _download(stream, extension, "-".join(filter(None, ("invulblad", str(selection.year), slugify(source)))))


def _download(stream: io.BytesIO, extension: str, name: str) -> HttpResponse:
    response = HttpResponse(stream.getvalue(), content_type=get_format(extension).media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


def _receive(selection: Selection, data: dict[str, Any]) -> Upload:
    if "block" in data:
        return read_paste(data["block"], selection.year)
    return read_upload(selection.kadernota, selection.year, data["file"].name, data["file"].read())


def _confirmed(request: HttpRequest, plan: Plan, seen: PreviewState) -> set[int]:
    """Return the rows whose question the user answered with yes; a question that has changed since is not answered."""
    numbers = {row.number for row in plan.questions if seen.questions.get(row.number) == row.question}
    return numbers if "confirm_all" in request.POST else numbers & _numbers(request, "confirm")


def _obstacle(plan: Plan, seen: PreviewState, confirmed: set[int]) -> str:
    """Return what prevents recording, or ""."""
    if plan.refusals:
        return "Er zijn nog geweigerde rijen."
    if is_stale(plan, seen):
        return "Sinds uw controle zijn indicatoren of koppelingen veranderd. Kijk het opnieuw na."
    if any(row.number not in confirmed for row in plan.questions):
        return "Beantwoord eerst elke vraag."
    return ""


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {key for text in request.POST.getlist(name) if (key := parse_key(text)) is not None}


def _title(selection: Selection) -> str:
    return f"Cijfers over {selection.year} – {selection.overview.title}, {selection.overview.organisation}"
