"""Who may send in figures, how much at once, and whether what was checked still stands."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from indicators.actions.audit import refused
from indicators.intake.sheets import SheetRefused
from indicators.intake.upload import InvalidPayload, load_signed_upload
from indicators.pages.selection import Selection
from indicators.pages.upload.page import FileForm, start_page
from indicators.readmodel.overview import load_overview
from priorities.models import Kadernota
from priorities.permissions import may_record

# Below DATA_UPLOAD_MAX_MEMORY_SIZE, so that Django never refuses such a request itself, and no file goes to disk.
MAX_REQUEST = 5_200_000  # bytes: a file of 5 MB and what a form adds
MAX_DRAINED = 60_000_000  # bytes that are read to nowhere: a browser that still sends does not hear an answer
TOO_BIG = SheetRefused("Dit is groter dan 5 MB.", "Lever alleen de tabel met de cijfers aan, in een nieuw bestand.")

NOTHING = "Er is niets vastgelegd."
EXPIRED = f"Deze controle is verlopen of klopt niet meer. {NOTHING} Stuur het bestand of het blok opnieuw."

View = Callable[..., HttpResponse]


def for_recorders(view: View) -> View:
    """Give the view `selection` for who may record. Anonymous: to the log-in; others: 404, as for what is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, year: int, **rest: str) -> HttpResponse:
        kadernota = get_object_or_404(Kadernota, slug=slug)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_record(request.user):
            raise refused(request, request.path, kadernota_id=kadernota.pk)
        if year not in kadernota.years:
            raise Http404("Dit jaar hoort niet bij deze kadernota.")
        return view(request, Selection(kadernota, load_overview(kadernota, drafts=True), year), **rest)

    return guarded


def within_size(view: View) -> View:
    """Answer a request that is too large with a sentence, before anything of it is kept.

    The middleware for CSRF would parse the request first, so the view is exempt from it and does that check itself;
    `wraps` in `for_recorders` hands the exemption on to the function that the address names.
    """

    @csrf_exempt
    @wraps(view)
    def sized(request: HttpRequest, selection: Selection, **rest: str) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and length.isdigit() and int(length) > MAX_REQUEST:
            _drain(request)
            return start_page(request, selection, file_form=_too_big(), status=422)
        return csrf_protect(view)(request, selection, **rest)

    return sized


def with_upload(view: View) -> View:
    """Give the view the `upload` of its signed payload and what its preview showed; without a payload, start again."""

    @for_recorders
    @within_size
    @wraps(view)
    def with_payload(request: HttpRequest, selection: Selection) -> HttpResponse:
        if request.method != "POST":
            return begin_again(selection)
        facts = {"kadernota": selection.kadernota, "year": selection.year, "user": request.user}
        try:
            upload, seen = load_signed_upload(request.POST.get("inhoud", ""), **facts)
        except InvalidPayload:
            return start_page(request, selection, error=EXPIRED, status=422)
        return view(request, selection, upload, seen)

    return with_payload


def begin_again(selection: Selection) -> HttpResponse:
    """To the page where a file or block is sent in."""
    return redirect("uit-bestand", slug=selection.kadernota.slug, year=selection.year)


def _too_big() -> FileForm:
    form = FileForm({}, {})
    form.is_valid()
    form.errors["bestand"] = form.error_class([str(TOO_BIG)], renderer=form.renderer, field_id="id_bestand")
    return form


def _drain(request: HttpRequest) -> None:
    left = MAX_DRAINED
    while left > 0 and (chunk := request.read(65_536)):
        left -= len(chunk)
