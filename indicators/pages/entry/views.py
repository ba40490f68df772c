"""Entering a year: the form with all its components, and the verdict on one figure while it is typed."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from indicators.actions import ActionRefused, Conflict, record_measurements
from indicators.actions.audit import refused
from indicators.pages.entry.lines import Typed, YearBook, load_lines, load_revisions, standing
from indicators.pages.entry.outcome import clashes, saved_sentence
from indicators.pages.entry.page import EntryPage, build_page
from indicators.pages.entry.parsing import read_year, settle, typed_in
from indicators.pages.entry.recovery import changed, keep, kept
from indicators.pages.entry.verdict import judge
from indicators.pages.form_recovery import drop, form_note, token_fault, writer_of
from indicators.pages.selection import Selection
from indicators.readmodel.overview import load_overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_record

THROW_AWAY, NOTE = "weggooien", "formulier"
KEPT_WHILE_AWAY = "U was uitgelogd. Wat u typte is bewaard: log in, dan staat het er weer."
TOO_MUCH = "U was uitgelogd, en het was te veel om vast te houden. Ga terug met de knop Vorige: daar staat het nog."
GIVEN_BACK = "Dit typte u voordat u werd uitgelogd. Het staat weer in het formulier, maar is nog niet bewaard."
OTHER_LOGIN = "U bent intussen opnieuw ingelogd. Er is nog niets bewaard: kijk het na en bewaar nog eens."
LOGGED_OUT = "U bent niet meer ingelogd. Bewaar gewoon: na het inloggen staat alles er weer."


# The token is checked on the first line: a form with an old one is not obeyed, but what was typed comes back.
@csrf_exempt
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the form of a year, and save what was filled in: all of it or nothing."""
    fault = token_fault(request) if request.method == "POST" else ""
    if fault == "foreign":
        raise PermissionDenied
    if not request.user.is_authenticated:
        return _log_in_first(request, slug, year)
    if not may_record(request.user):
        raise refused(request, request.path)
    selection, book = _load(slug, year)
    if request.method == "POST" and THROW_AWAY in request.POST:
        drop(request)
        return HttpResponseRedirect(request.path, status=303)
    if request.method == "POST":
        return _save(request, selection, book, is_stale=bool(fault))
    waiting = kept(request, request.path, clock.now())
    typed = {key: waiting.get(key) or standing(line) for key, line in book.lines.items()}
    return _answer(
        request, selection, build_page(book, typed), notice=GIVEN_BACK if waiting else "", is_kept=bool(waiting)
    )


def _load(slug: str, year: int) -> tuple[Selection, YearBook]:
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if year not in kadernota.years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    overview = load_overview(kadernota, drafts=True)
    return Selection(kadernota, overview, year), load_lines(kadernota, overview, year)


def _save(request: HttpRequest, selection: Selection, book: YearBook, *, is_stale: bool) -> HttpResponse:
    typed = {key: typed_in(request.POST, line) for key, line in book.lines.items()}
    revisions = load_revisions(book, typed.values())
    typed = {key: settle(line, typed[key], revisions) for key, line in book.lines.items()}
    reads = read_year(book, typed, revisions)
    if is_stale:
        return _answer(request, selection, build_page(book, typed), notice=OTHER_LOGIN, status=403)
    if not all(read.is_ready for read in reads.values()):
        return _answer(request, selection, build_page(book, typed, reads), status=422)
    entries = [read.entry for read in reads.values() if read.entry]
    now = clock.now()
    try:
        outcomes = record_measurements(entries=entries, by=request.user, now=now)
    except Conflict as conflict:
        found = clashes(book, reads, conflict, by=request.user, now=now)
        return _answer(request, selection, build_page(book, typed, reads, found), status=409)
    except ActionRefused as why:
        return _answer(request, selection, build_page(book, typed, reads), notice=str(why), status=422)
    drop(request)
    messages.success(request, saved_sentence(outcomes))
    return HttpResponseRedirect(request.path, status=303)


def _answer(
    request: HttpRequest,
    selection: Selection,
    page: EntryPage,
    *,
    notice: str = "",
    status: int = 200,
    is_kept: bool = False,
) -> HttpResponse:
    context = {
        "selection": selection,
        "page": page,
        "notice": notice,
        "is_kept": is_kept,
        "is_unsaved": is_kept or status != 200,
        "is_conflict": status == 409,
        "note": form_note(request.user, request.path),
        "judge_url": reverse("oordeel", args=[selection.kadernota.slug, selection.year]),
    }
    return render(request, "entry/year.html", context, status=status)


def _log_in_first(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """To the log-in page; what was typed in a form that we made ourselves waits until its writer is back."""
    writer = writer_of(request.POST.get(NOTE, ""), request.path) if request.method == "POST" else None
    if writer is not None:
        _, book = _load(slug, year)
        typed = _changed(book, {key: typed_in(request.POST, line) for key, line in book.lines.items()})
        is_kept = keep(request, request.path, writer, typed, clock.now())
        messages.warning(request, KEPT_WHILE_AWAY if is_kept else TOO_MUCH)
    return redirect_to_login(request.path)


def _changed(book: YearBook, typed: Mapping[str, Typed]) -> dict[str, Typed]:
    return changed(book, typed, load_revisions(book, typed.values()))


@cache_control(no_store=True, private=True)
@require_POST
def preview_verdict(request: HttpRequest, slug: str, year: int) -> JsonResponse:
    """Judge one typed figure as JSON. By POST, so that no figure stands in an address or in a log of addresses."""
    if not request.user.is_authenticated:
        return JsonResponse({"melding": LOGGED_OUT}, status=401)
    if not may_record(request.user):
        raise refused(request, request.path)
    _, book = _load(slug, year)
    line = book.lines.get(request.POST.get("onderdeel", ""))
    if line is None:
        raise Http404("Dit onderdeel is er niet.")
    judged = judge(line, request.POST.get("cijfer", ""), request.POST.get("steekproef", ""))
    return JsonResponse(
        {
            "begrepen": judged.understood,
            "waarde": judged.value,
            "stand": judged.status.value if judged.status else "",
            "teken": judged.sign,
            "woord": judged.words,
            "vraag": judged.question,
            "weigering": judged.refusal,
        }
    )
