"""Adopting a year, sending a figure back, and the page of an edition."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from indicators.actions import ActionRefused, AlreadyAdopted, adopt, send_back, send_back_line
from indicators.actions.audit import refused
from indicators.pages.adoption.page import AdoptForm, SendBackForm, build_adoption
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection
from indicators.readmodel.tasks import Tasks, load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_see_drafts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_figures(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show what waits to be adopted over a year; by POST, adopt it."""
    selection, work = _load(request, slug, year)
    if request.method != "POST":
        return _page(request, selection, work)
    _check_may_adopt(request, selection)
    today = clock.today()
    page = build_adoption(work, year, links_for(request, selection), user=request.user, today=today)
    form = AdoptForm(request.POST, page=page, today=today)
    if not form.is_valid():
        return _page(request, selection, work, form=form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("decision", "on", "seen", "seen_lines")}
    try:
        edition = adopt(kadernota=selection.kadernota, year=year, by=request.user, now=clock.now(), **facts)
    except AlreadyAdopted as done:
        messages.info(request, str(done))
        return _to_edition(selection.kadernota, done.edition)
    except ActionRefused as why:
        form.add_error(None, str(why))
        return _page(request, selection, load_tasks(selection.kadernota), form=form, status=409)
    messages.success(request, f"Vastgesteld als editie {edition}. Wat erin staat, is nu voor iedereen te zien.")
    return _to_edition(selection.kadernota, edition)


@login_required
@require_POST
def return_figure(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send one draft back to who recorded it."""
    return _send_back(request, slug, year, "sending", lambda **facts: str(send_back(**facts).measurement.component))


@login_required
@require_POST
def return_line(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send one drafted line of the programme back to who recorded it."""
    return _send_back(request, slug, year, "sending_line", lambda **facts: f"‘{send_back_line(**facts).line.title}’")


def _send_back(request: HttpRequest, slug: str, year: int, form_name: str, send: Callable[..., str]) -> HttpResponse:
    """`send` does it and tells what was sent back; `form_name` is how the page calls the form."""
    selection, work = _load(request, slug, year)
    _check_may_adopt(request, selection)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, selection, work, **{form_name: form}, status=422)
    facts = {name: form.cleaned_data[name] for name in ("revision", "reason")}
    try:
        sent = send(kadernota=selection.kadernota, by=request.user, now=clock.now(), **facts)
    except ActionRefused as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, f"{sent} is teruggestuurd. De beleidsmedewerker ziet de reden.")
    return HttpResponseRedirect(reverse("vaststellen", args=[slug, year]), status=303)


def _load(request: HttpRequest, slug: str, year: int) -> tuple[Selection, Tasks]:
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if year not in kadernota.years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    if not may_see_drafts(request.user):
        raise refused(request, request.path, kadernota_id=kadernota.pk)
    work = load_tasks(kadernota)
    return Selection(kadernota, work.recorded, year), work


def _check_may_adopt(request: HttpRequest, selection: Selection) -> None:
    if not may_adopt(request.user):
        raise refused(request, request.path, kadernota_id=selection.kadernota.pk)


def _page(
    request: HttpRequest,
    selection: Selection,
    work: Tasks,
    *,
    form: AdoptForm | None = None,
    sending: SendBackForm | None = None,
    sending_line: SendBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    selection = Selection(selection.kadernota, work.recorded, selection.year)
    page = build_adoption(work, selection.year, links_for(request, selection), user=request.user, today=today)
    # A form that came back offers what waits now, which may be other figures than it was sent for.
    fresh = AdoptForm(page=page, today=today)
    context = {
        "selection": selection,
        "page": page,
        "form": form or fresh,
        "seen": fresh["seen"],
        "seen_lines": fresh["seen_lines"],
        "sending": sending,
        "sending_line": sending_line,
        "confirm_label": fresh.fields["confirm"].label,
        "may_adopt": may_adopt(request.user),
        "today": today,
    }
    return render(request, "adoption/year.html", context, status=status)


def _to_edition(kadernota: Kadernota, edition) -> HttpResponse:
    """By way of the page on which its documents are sealed; that leads on to the edition."""
    address = reverse("verzegelen", args=[kadernota.slug, str(edition)])
    return HttpResponseRedirect(f"{address}?begin=1", status=303)
