"""Adopting the drafts of a year, and sending one of them back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from indicators.actions import ActionRefused, AlreadyAdopted, adopt, send_back, send_back_line
from indicators.models import Edition
from indicators.pages.adoption.forms import AdoptForm, SendBackForm
from indicators.pages.adoption.page import AdoptionPage, build_adoption
from indicators.pages.guards import check_permission, for_year, user_of
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection
from indicators.readmodel.tasks import Tasks, load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_see_drafts


@for_year(may=may_see_drafts)
def adopt_figures(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Show the drafts of a year; by POST, adopt them."""
    if request.method == "POST":
        check_permission(request, kadernota, may=may_adopt)
    tasks, now = load_tasks(kadernota), clock.now()
    if request.method != "POST":
        return _render(request, kadernota, year, tasks=tasks, now=now)
    page = _page(request, kadernota, year, tasks=tasks, now=now)
    form = AdoptForm(request.POST, page=page, today=now.date())
    if not form.is_valid():
        return _render(request, kadernota, year, tasks=tasks, now=now, form=form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("decision", "on", "seen", "seen_lines")}
    try:
        edition = adopt(kadernota=kadernota, year=year, by=user_of(request), now=now, **facts)
    except AlreadyAdopted as adopted:
        messages.info(request, str(adopted))
        return _to_sealing(kadernota, adopted.edition)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _render(request, kadernota, year, tasks=load_tasks(kadernota), now=now, form=form, status=409)
    messages.success(request, f"Vastgesteld als editie {edition}. Wat erin staat, is nu voor iedereen te zien.")
    return _to_sealing(kadernota, edition)


@for_year(may=may_adopt, methods=["POST"])
def return_figure(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Send the draft of a figure back to its recorder."""
    return _send_back(
        request,
        kadernota,
        year,
        form_name="sending",
        send=lambda **facts: str(send_back(**facts).measurement.component),
    )


@for_year(may=may_adopt, methods=["POST"])
def return_line(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Send the draft of a line of the programme back to its recorder."""
    return _send_back(
        request,
        kadernota,
        year,
        form_name="sending_line",
        send=lambda **facts: f"‘{send_back_line(**facts).line.title}’",
    )


def _send_back(
    request: HttpRequest, kadernota: Kadernota, year: int, *, form_name: str, send: Callable[..., str]
) -> HttpResponse:
    """Send a draft back. `send` returns its name; `form_name` is the name of the form in the template."""
    form, now = SendBackForm(request.POST), clock.now()
    if not form.is_valid():
        context = {form_name: form}
        return _render(request, kadernota, year, tasks=load_tasks(kadernota), now=now, context=context, status=422)
    facts = {name: form.cleaned_data[name] for name in ("revision", "reason")}
    try:
        name = send(kadernota=kadernota, by=user_of(request), now=now, **facts)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{name} is teruggestuurd. De beleidsmedewerker ziet de reden.")
    return HttpResponseRedirect(reverse("vaststellen", args=[kadernota.slug, year]), status=303)


def _page(request: HttpRequest, kadernota: Kadernota, year: int, *, tasks: Tasks, now: datetime) -> AdoptionPage:
    links = links_for(request, Selection(kadernota, tasks.recorded, year))
    return build_adoption(tasks, year, links, user=user_of(request), today=now.date())


def _render(
    request: HttpRequest,
    kadernota: Kadernota,
    year: int,
    *,
    tasks: Tasks,
    now: datetime,
    form: AdoptForm | None = None,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    page, today = _page(request, kadernota, year, tasks=tasks, now=now), now.date()
    # A form with errors offers the present drafts, which may be others than it was sent for.
    fresh = AdoptForm(page=page, today=today)
    context = {
        "selection": Selection(kadernota, tasks.recorded, year),
        "page": page,
        "form": form or fresh,
        "seen": fresh["seen"],
        "seen_lines": fresh["seen_lines"],
        "may_adopt": may_adopt(request.user),
    } | (context or {})
    return render(request, "adoption/year.html", context, status=status)


def _to_sealing(kadernota: Kadernota, edition: Edition) -> HttpResponse:
    """Redirect to the page that seals the documents; that leads on to the edition."""
    address = reverse("verzegelen", args=[kadernota.slug, str(edition)])
    return HttpResponseRedirect(f"{address}?begin=1", status=303)
