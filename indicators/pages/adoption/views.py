"""Adopting the drafts of a year, and sending one of them back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from indicators.actions.adopting import AlreadyAdopted, adopt, judging_version
from indicators.actions.deciding import NeedsConfirmation, Question, date_questions
from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import send_back
from indicators.models import Edition, Measurement, ProgrammeLine
from indicators.pages.adoption.forms import AdoptForm, RevisionsField, SendBackForm
from indicators.pages.adoption.page import AdoptionPage, build_adoption
from indicators.pages.adoption.versions import load_tasks_under, version_options, version_sentence
from indicators.pages.guards import check_permission, for_year, user_of
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection
from indicators.readmodel.public import public_overview
from indicators.readmodel.tasks import load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_see_drafts


@for_year(may=may_see_drafts)
def adopt_figures(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Show the drafts of a year; by POST, adopt them."""
    if request.method != "POST":
        return _render(request, kadernota, year, now=clock.now())
    check_permission(request, kadernota, may=may_adopt)
    now, chain = clock.now(), public_overview(kadernota).chain
    form = AdoptForm(request.POST, versions=version_options(chain, year, now.date()), today=now.date())
    if not form.is_valid():
        return _render(request, kadernota, year, now=now, form=form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("decision", "on", "seen", "seen_lines")}
    judged = judging_version(chain, year, form.cleaned_data["on"], number=form.number)
    if judged.number != (form.cleaned_data["judged"] or judging_version(chain, year, now.date()).number):
        form.add_error(None, f"Dit besluit beoordeelt {year} volgens {judged.label}. Bekijk de oordelen opnieuw.")
        return _render(request, kadernota, year, now=now, form=form, status=409)
    facts |= {"version": judged.number, "confirm": form.cleaned_data["questions"]}
    try:
        edition = adopt(kadernota=kadernota, year=year, by=user_of(request), now=now, **facts)
    except NeedsConfirmation:
        form.add_error("questions", "Vink aan wat klopt over de datum, of verander de datum.")
        return _render(request, kadernota, year, now=now, form=form, status=422)
    except AlreadyAdopted as adopted:
        messages.info(request, str(adopted))
        return _to_sealing(kadernota, adopted.edition)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _render(request, kadernota, year, now=now, form=form, status=409)
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
        model=Measurement,
    )


@for_year(may=may_adopt, methods=["POST"])
def return_line(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Send the draft of a line of the programme back to its recorder."""
    return _send_back(
        request,
        kadernota,
        year,
        form_name="sending_line",
        model=ProgrammeLine,
    )


def _send_back(
    request: HttpRequest,
    kadernota: Kadernota,
    year: int,
    *,
    form_name: str,
    model: type[Measurement] | type[ProgrammeLine],
) -> HttpResponse:
    """Send a draft back. `form_name` is the name of the form in the template."""
    form, now = SendBackForm(request.POST), clock.now()
    if not form.is_valid():
        return _render(request, kadernota, year, now=now, context={form_name: form}, status=422)
    facts = {name: form.cleaned_data[name] for name in ("revision", "reason")}
    labels = {draft.new.revision: draft.label for draft in load_tasks(kadernota).drafts(year)}
    try:
        if model is ProgrammeLine:
            sent = send_back(model=ProgrammeLine, kadernota=kadernota, by=user_of(request), now=now, **facts)
        else:
            sent = send_back(model=Measurement, kadernota=kadernota, by=user_of(request), now=now, **facts)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        name = f"‘{sent.line.title}’" if sent.line else labels.get(sent.measurement_id, "Het cijfer")
        messages.success(request, f"{name} is teruggestuurd. De beleidsmedewerker ziet de reden.")
    return HttpResponseRedirect(reverse("vaststellen", args=[kadernota.slug, year]), status=303)


def _render(
    request: HttpRequest,
    kadernota: Kadernota,
    year: int,
    *,
    now: datetime,
    form: AdoptForm | None = None,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = now.date()
    day = (form.day if form else None) or today
    tasks, judged = load_tasks_under(kadernota, year, day, number=form.number if form else None)
    selection = Selection(kadernota, tasks.recorded, year)
    page = build_adoption(tasks, year, links_for(request, selection), user=user_of(request), today=today)
    chain = tasks.recorded.chain
    versions = version_options(chain, year, day)
    # A form with errors offers the present drafts, which may be others than it was sent for.
    seen = {"seen": RevisionsField.join(page.seen), "seen_lines": RevisionsField.join(page.seen_lines)}
    fresh = AdoptForm(initial=seen | {"judged": judged.number}, versions=versions, today=today)
    if form and versions:
        form.fields["version"].choices = versions  # type: ignore[attr-defined]  # a ChoiceField
    context = {
        "selection": selection,
        "page": page,
        "form": form or fresh,
        "hidden": [fresh[name] for name in (*seen, "judged")],
        "questions": _questions(form, kadernota, year, page=page, now=now) if form else [],
        "version_sentence": version_sentence(chain, year, judged),
        "may_adopt": may_adopt(request.user),
    } | (context or {})
    return render(request, "adoption/year.html", context, status=status)


def _questions(
    form: AdoptForm, kadernota: Kadernota, year: int, *, page: AdoptionPage, now: datetime
) -> list[tuple[Question, bool]]:
    """Return what is asked about the typed date, each with whether it is answered with yes."""
    if form.day is None:
        return []
    try:
        questions = date_questions(kadernota, form.day, now=now, year=year, has_figures=bool(page.figures))
    except ActionRefused:
        return []
    answers = form.cleaned_data.get("questions", form["questions"].value() or [])
    return [(question, question.code in answers) for question in questions]


def _to_sealing(kadernota: Kadernota, edition: Edition) -> HttpResponse:
    """Redirect to the page that seals the documents; that leads on to the edition."""
    address = reverse("verzegelen", args=[kadernota.slug, str(edition)])
    return HttpResponseRedirect(f"{address}?begin=1", status=303)
