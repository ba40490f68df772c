"""The two pages of an upload: the start with file and block, and the preview."""

from collections.abc import Collection, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from indicators.intake.open_data import mapped_components
from indicators.intake.planning import Plan
from indicators.intake.upload import Upload, plan_upload, sign_upload
from indicators.models import Component
from indicators.pages.guards import user_of
from indicators.pages.selection import Selection
from indicators.pages.upload.forms import FileForm, PasteForm
from indicators.pages.upload.preview import build_preview


def render_start(
    request: HttpRequest,
    selection: Selection,
    *,
    file_form: FileForm | None = None,
    paste_form: PasteForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page with the sheet to fill in, the file and the block; `error` is shown above them."""
    context = {
        "selection": selection,
        "file_form": file_form or FileForm(),
        "paste_form": paste_form or PasteForm(),
        "sources": sources(selection),
        "error": error,
    }
    return render(request, "upload/start.html", context, status=status)


def render_preview(
    request: HttpRequest,
    selection: Selection,
    upload: Upload,
    *,
    plan: Plan | None = None,
    error: str = "",
    conflict: Sequence[str] = (),
    confirmed: Collection[int] = (),
    omitted: Collection[int] = (),
    status: int = 200,
) -> HttpResponse:
    """Render what the upload would do now. Raises SheetRefused if it is too large for the form."""
    mapped = mapped_for(selection, upload)
    plan = plan or plan_upload(selection.kadernota, upload, selection.year, mapped)
    context = {
        "selection": selection,
        "page": build_preview(selection.overview, upload, plan, mapped=mapped, year=selection.year),
        "may_confirm": bool(plan.rows) and (upload.is_open_data or not plan.refusals),
        "may_omit": upload.is_open_data,
        "payload": sign_upload(upload, plan, kadernota=selection.kadernota, year=selection.year, user=user_of(request)),
        "error": error,
        "conflict": conflict,
        "confirmed": confirmed,
        "omitted": omitted,
    }
    return render(request, "upload/preview.html", context, status=status)


def mapped_for(selection: Selection, upload: Upload) -> dict[tuple[str, str], Component]:
    """Return the component of each mapped series; none for a file with our own columns."""
    return mapped_components(selection.kadernota) if upload.is_open_data else {}


def sources(selection: Selection) -> list[str]:
    """Return the sources of the figures of this kadernota, in the order of the nota."""
    return list(dict.fromkeys(row.source for row in selection.overview.all_rows))
