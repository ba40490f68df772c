"""The pages of figures from a file: what can be sent in, the preview, and the confirmation that records."""

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from indicators.actions import ActionRefused, Conflict
from indicators.actions.mapping import map_series
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
from indicators.pages.selection import Selection
from indicators.pages.upload.guards import NOTHING, begin_again, for_recorders, with_upload, within_size
from indicators.pages.upload.page import FileForm, PasteForm, download, mapped_for, preview_page, sources, start_page
from indicators.pages.upload.preview import conflict_lines, recorded_sentence, series_of
from indicators.readmodel.overview import load_overview
from kadernota import clock
from reports.fill_in import ods, xlsx
from reports.fill_in.rows import fill_rows, returned_rows
from reports.formats import get_format

FILL_IN_WRITERS = {"xlsx": xlsx.write_fill_in, "ods": ods.write_fill_in}


@for_recorders
@within_size
def upload_page(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The sheet to fill in, the file, the block; a file or block that came in is shown, not stored."""
    if request.method != "POST":
        return start_page(request, selection)
    pasted = "blok" in request.POST
    form = PasteForm(request.POST) if pasted else FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return preview_page(request, selection, _receive(selection, form.cleaned_data))
        except SheetRefused as refusal:
            form.add_error("blok" if pasted else "bestand", str(refusal))
    return start_page(request, selection, **{"paste_form" if pasted else "file_form": form}, status=422)


@with_upload
def record_upload(request: HttpRequest, selection: Selection, upload: Upload, seen: PreviewState) -> HttpResponse:
    """Record what the preview showed, all of it or nothing; or show what stands in the way."""
    left_out = _numbers(request, "weglaten") if upload.is_open_data else set()
    whole = plan_upload(selection.kadernota, upload, selection.year, mapped_for(selection, upload))
    plan = without_rows(whole, left_out)
    confirmed = _confirmed(request, plan, seen)
    error = _in_the_way(plan, seen, confirmed)
    if not error:
        try:
            outcomes = apply_import(with_previewed_revisions(plan, seen), by=request.user, now=clock.now())
        except Conflict as conflict:
            return _after_conflict(request, selection, upload, conflict, left_out)
        except ActionRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, recorded_sentence(outcomes))
            return begin_again(selection)
    marks = {"confirmed": confirmed, "left_out": left_out}
    return preview_page(request, selection, upload, plan=whole, error=f"{error} {NOTHING}", **marks, status=422)


@with_upload
def map_open_data(request: HttpRequest, selection: Selection, upload: Upload, _: PreviewState) -> HttpResponse:
    """Remember which component each series of a published table fills, and show the preview anew."""
    chosen = {
        (item.row_name, item.column_name): _key(request.POST.get(f"reeks-{item.number}", ""))
        for item in series_of(upload, {})
    }
    try:
        map_series(kadernota=selection.kadernota, chosen=chosen, by=request.user)
    except ActionRefused as refusal:
        return preview_page(request, selection, upload, error=str(refusal), status=422)
    return preview_page(request, selection, upload)


@with_upload
def refused_rows(request: HttpRequest, selection: Selection, upload: Upload, _: PreviewState) -> HttpResponse:
    """The rows that came in as a sheet, with each refusal as a note on its cell."""
    mapped = mapped_for(selection, upload)
    plan = plan_upload(selection.kadernota, upload, selection.year, mapped)
    rows = [*upload.rows, *(row for row, _ in to_rows(upload.observations, mapped, selection.year).values())]
    returned = returned_rows(rows, plan.refusals, fill_rows(selection.overview, selection.year))
    stream = io.BytesIO()
    xlsx.write_refused(returned, _title(selection), stream)
    return download(stream, get_format("xlsx").media_type, f"geweigerd-{selection.year}.xlsx")


@require_safe
@for_recorders
def fill_in_sheet(request: HttpRequest, selection: Selection, extension: str) -> HttpResponse:
    """The sheet to fill in for this year: of all sources, or of the one in `?bron=`."""
    source = request.GET.get("bron", "")
    if extension not in FILL_IN_WRITERS or (source and source not in sources(selection)):
        raise Http404("Dit invulblad is er niet.")
    stream = io.BytesIO()
    FILL_IN_WRITERS[extension](fill_rows(selection.overview, selection.year, source), _title(selection), stream)
    name = "-".join(filter(None, ("invulblad", str(selection.year), slugify(source))))
    return download(stream, get_format(extension).media_type, f"{name}.{extension}")


def _receive(selection: Selection, data: dict) -> Upload:
    if "blok" in data:
        return read_paste(data["blok"], selection.year)
    return read_upload(selection.kadernota, selection.year, data["bestand"].name, data["bestand"].read())


def _confirmed(request: HttpRequest, plan: Plan, seen: PreviewState) -> set[int]:
    """The rows whose question was asked as it stands now, and answered with yes."""
    asked = {row.number for row in plan.questions if seen.questions.get(row.number) == row.question}
    return asked if "alle_vragen" in request.POST else asked & _numbers(request, "bevestigd")


def _in_the_way(plan: Plan, seen: PreviewState, confirmed: set[int]) -> str:
    if plan.refusals:
        return "Er zijn nog geweigerde rijen."
    if is_stale(plan, seen):
        return "Sinds uw controle zijn indicatoren of koppelingen veranderd. Kijk het opnieuw na."
    if any(row.number not in confirmed for row in plan.questions):
        return "Beantwoord eerst elke vraag."
    return ""


def _after_conflict(
    request: HttpRequest, selection: Selection, upload: Upload, conflict: Conflict, left_out: set[int]
) -> HttpResponse:
    """The preview anew, with what colleagues recorded since; the questions are asked again."""
    fresh = Selection(selection.kadernota, load_overview(selection.kadernota, drafts=True), selection.year)
    changed = conflict_lines(conflict.newer)
    return preview_page(request, fresh, upload, conflict=changed, left_out=left_out, status=409)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {key for text in request.POST.getlist(name) if (key := _key(text)) is not None}


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _title(selection: Selection) -> str:
    return f"Cijfers over {selection.year} – {selection.kadernota.title}, {selection.kadernota.organisation}"
