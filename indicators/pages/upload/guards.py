"""The size limit of an upload, and the signed upload that the confirmation sends back."""

from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from indicators.intake.sheets import SheetRefused
from indicators.intake.upload import InvalidPayload, load_signed_upload
from indicators.pages.guards import View, for_year, user_of
from indicators.pages.selection import Selection
from indicators.pages.upload.forms import FileForm
from indicators.pages.upload.page import render_start
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import public_overview
from priorities.models import Kadernota
from priorities.permissions import may_record

# Below DATA_UPLOAD_MAX_MEMORY_SIZE, so that Django never refuses such a request itself, and no file goes to disk.
MAX_REQUEST = 5_200_000  # bytes: a file of 5 MB and the rest of a form
MAX_DRAINED = 60_000_000  # bytes that are read and dropped: a browser that is still sending does not read an answer
TOO_BIG = SheetRefused("Dit is groter dan 5 MB.", "Lever alleen de tabel met de cijfers aan, in een nieuw bestand.")

NOTHING = "Er is niets vastgelegd."
EXPIRED = f"Deze controle is verlopen of klopt niet meer. {NOTHING} Stuur het bestand of het blok opnieuw."


def with_selection(view: View) -> View:
    """Decorate a view of `for_year`: replace kadernota and year by their selection with drafts."""

    @wraps(view)
    def respond(request: HttpRequest, kadernota: Kadernota, year: int, **rest: object) -> HttpResponse:
        selection = Selection(kadernota, with_drafts(kadernota, public_overview(kadernota)), year)
        return view(request, selection, **rest)

    return respond


def within_size(view: View) -> View:
    """Decorate a view: answer a request that is too large with a sentence, before any of it is parsed.

    The CSRF middleware would parse the request first, so the view is exempt from it and checks the token here. The
    exemption is an attribute of the view, which `wraps` in the outer decorators copies.
    """

    @csrf_exempt
    @wraps(view)
    def respond(request: HttpRequest, selection: Selection, **rest: object) -> HttpResponse:
        length = request.headers.get("Content-Length") or "0"
        if request.method == "POST" and length.isdigit() and int(length) > MAX_REQUEST:
            _drain(request)
            return render_start(request, selection, file_form=_too_big(), status=422)
        return csrf_protect(view)(request, selection, **rest)

    return respond


def with_upload(view: View) -> View:
    """Decorate the view of a confirmation: give it the signed upload of its form and the state of its preview.

    With an invalid or expired upload, show the start page of the upload instead.
    """

    @for_year(may=may_record)
    @with_selection
    @within_size
    @wraps(view)
    def respond(request: HttpRequest, selection: Selection) -> HttpResponse:
        if request.method != "POST":
            return to_start(selection)
        payload = request.POST.get("payload", "")
        try:
            upload, seen = load_signed_upload(
                payload, kadernota=selection.kadernota, year=selection.year, user=user_of(request)
            )
        except InvalidPayload:
            return render_start(request, selection, error=EXPIRED, status=422)
        return view(request, selection, upload, seen)

    return respond


def to_start(selection: Selection) -> HttpResponse:
    """Redirect to the page that takes a file or a block."""
    return redirect("uit-bestand", slug=selection.kadernota.slug, year=selection.year)


def _too_big() -> FileForm:
    form = FileForm(QueryDict(), MultiValueDict())
    form.is_valid()
    form.errors["file"] = form.error_class([str(TOO_BIG)], renderer=form.renderer, field_id="id_file")
    return form


def _drain(request: HttpRequest) -> None:
    left = MAX_DRAINED
    while left > 0 and (chunk := request.read(65_536)):
        left -= len(chunk)
