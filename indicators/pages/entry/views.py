"""The form with every figure of a year, and the verdict on one figure while it is typed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from indicators.actions.errors import ActionRefused
from indicators.actions.recording import record_measurements
from indicators.actions.workflow import Conflict
from indicators.pages.entry.forms import apply_choices, changed_fields, read_entries, read_texts
from indicators.pages.entry.items import EntryYear, load_entry_year, load_revisions
from indicators.pages.entry.outcome import find_clashes, saved_sentence
from indicators.pages.entry.page import EntryPage, build_page
from indicators.pages.entry.verdict import judge
from indicators.pages.form_recovery import RECOVERED, STALE_TOKEN, drop_texts, form_note, load_texts, recoverable_form
from indicators.pages.guards import check_year, for_year, user_of
from indicators.pages.selection import Selection
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import public_overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_record

LOGGED_OUT = "U bent niet meer ingelogd. Bewaar gewoon: na het inloggen staat alles er weer."


def _changed_fields(request: HttpRequest, slug: str, year: int) -> dict[str, str]:
    kadernota = get_object_or_404(Kadernota.objects.adopted(), slug=slug)
    check_year(kadernota.version.years, year)
    return changed_fields(request, _load(kadernota, year))


@recoverable_form(may=may_record, texts=_changed_fields)
def enter_year(request: HttpRequest, kadernota: Kadernota, year: int, *, is_stale: bool) -> HttpResponse:
    """Show the form of a year, and save what was filled in: all of it or nothing."""
    entry_year = _load(kadernota, year)
    if request.method == "POST":
        return _save(request, entry_year, is_stale=is_stale)
    recovered = load_texts(request, now=clock.now())
    page = build_page(entry_year, read_texts(recovered, entry_year))
    return _render(request, entry_year, page, notice=RECOVERED if recovered else "", is_recovered=bool(recovered))


def _load(kadernota: Kadernota, year: int) -> EntryYear:
    return load_entry_year(kadernota, with_drafts(kadernota, public_overview(kadernota)), year)


def _save(request: HttpRequest, entry_year: EntryYear, *, is_stale: bool) -> HttpResponse:
    texts = read_texts(request.POST, entry_year)
    revisions = load_revisions(entry_year, texts.values())
    texts = apply_choices(entry_year, texts, revisions)
    results = read_entries(entry_year, texts, revisions)
    if is_stale:
        return _render(request, entry_year, build_page(entry_year, texts), notice=STALE_TOKEN, status=403)
    if not all(result.is_ready for result in results.values()):
        return _render(request, entry_year, build_page(entry_year, texts, results), status=422)
    entries = [result.entry for result in results.values() if result.entry]
    by, now = user_of(request), clock.now()
    try:
        outcomes = record_measurements(entries=entries, by=by, now=now)
    except Conflict as conflict:
        clashes = find_clashes(entry_year, results, conflict, by=by, now=now)
        return _render(request, entry_year, build_page(entry_year, texts, results, clashes), status=409)
    except ActionRefused as refusal:
        return _render(request, entry_year, build_page(entry_year, texts, results), notice=str(refusal), status=422)
    drop_texts(request)
    messages.success(request, saved_sentence(outcomes))
    return HttpResponseRedirect(request.path, status=303)


def _render(
    request: HttpRequest,
    entry_year: EntryYear,
    page: EntryPage,
    *,
    notice: str = "",
    status: int = 200,
    is_recovered: bool = False,
) -> HttpResponse:
    context = {
        "selection": Selection(entry_year.kadernota, entry_year.overview, entry_year.year),
        "page": page,
        "notice": notice,
        "is_recovered": is_recovered,
        "is_unsaved": is_recovered or status != 200,
        "is_conflict": status == 409,
        "note": form_note(request),
        "verdict_url": reverse("oordeel", args=[entry_year.kadernota.slug, entry_year.year]),
    }
    return render(request, "entry/year.html", context, status=status)


def _logged_out(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    return JsonResponse({"message": LOGGED_OUT}, status=401)


@cache_control(no_store=True, private=True)
@require_POST
@for_year(may=may_record, anonymous=_logged_out)
def preview_verdict(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Judge one typed figure as JSON. By POST, so that no figure is part of a URL or an access log."""
    item = _load(kadernota, year).items.get(request.POST.get("component", ""))
    if item is None:
        raise Http404("Dit onderdeel is er niet.")
    verdict = judge(item, request.POST.get("figure", ""), request.POST.get("sample", ""))
    return JsonResponse(
        {
            "understood": verdict.understood,
            "value": verdict.value,
            "status": verdict.status.value if verdict.status else "",
            "sign": verdict.sign,
            "words": verdict.words,
            "question": verdict.question,
            "refusal": verdict.refusal,
        }
    )
