"""What the pages of an upload answer with: the page to begin on, the preview, a file."""

import io
from collections.abc import Collection, Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from indicators.intake.open_data import mapped_components
from indicators.intake.planning import Plan
from indicators.intake.upload import Upload, plan_upload, sign_upload
from indicators.models import Component
from indicators.pages.selection import Selection
from indicators.pages.upload.preview import build_preview


class FileForm(forms.Form):
    """One file. What is in it is judged by what reads it, so that there is one sentence for each fault."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="Excel (.xlsx), ODS of CSV, tot 5 MB. Ook een CSV-bestand van CBS StatLine of data.politie.nl.",
        allow_empty_file=True,
        error_messages={"required": "Kies eerst een bestand."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class PasteForm(forms.Form):
    """One pasted block."""

    blok = forms.CharField(
        label="Blok uit een spreadsheet",
        strip=False,
        error_messages={
            "required": "Plak eerst een blok.",
            "null_characters_not_allowed": "Er staat een onleesbaar teken in. Kopieer het blok opnieuw.",
        },
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )


def start_page(
    request: HttpRequest,
    selection: Selection,
    *,
    file_form: FileForm | None = None,
    paste_form: PasteForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with the sheet to fill in, the file and the block; `error` stands above it all."""
    context = {
        "selection": selection,
        "file_form": file_form or FileForm(),
        "paste_form": paste_form or PasteForm(),
        "sources": sources(selection),
        "error": error,
    }
    return render(request, "upload/start.html", context, status=status)


def preview_page(
    request: HttpRequest,
    selection: Selection,
    upload: Upload,
    *,
    plan: Plan | None = None,
    error: str = "",
    conflict: Sequence[str] = (),
    confirmed: Collection[int] = (),
    left_out: Collection[int] = (),
    status: int = 200,
) -> HttpResponse:
    """What the upload would do, as it stands now. Raises SheetRefused when it is too much to carry along."""
    mapped = mapped_for(selection, upload)
    plan = plan or plan_upload(selection.kadernota, upload, selection.year, mapped)
    context = {
        "selection": selection,
        "page": build_preview(selection.overview, upload, plan, mapped, selection.year),
        "may_confirm": bool(plan.rows) and (upload.is_open_data or not plan.refusals),
        "may_leave_out": upload.is_open_data,
        "sealed": sign_upload(upload, plan, kadernota=selection.kadernota, year=selection.year, user=request.user),
        "error": error,
        "conflict": conflict,
        "confirmed": confirmed,
        "left_out": left_out,
    }
    return render(request, "upload/preview.html", context, status=status)


def mapped_for(selection: Selection, upload: Upload) -> dict[tuple[str, str], Component]:
    """The components of the known series; none are needed for a file with our own columns."""
    return mapped_components(selection.kadernota) if upload.is_open_data else {}


def sources(selection: Selection) -> list[str]:
    """Who deliver figures to this kadernota, in the order of the nota."""
    return list(dict.fromkeys(row.source for row in selection.overview.all_rows))


def download(stream: io.BytesIO, media_type: str, name: str) -> HttpResponse:
    """A file to keep, under this name."""
    response = HttpResponse(stream.getvalue(), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
