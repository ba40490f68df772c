"""Offering a draft, taking it back, sending it back, adopting it, throwing it away, and bringing it up to date."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from indicators.actions.deciding import NeedsConfirmation
from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import newest_version
from indicators.actions.versions import (
    adopt_version,
    bring_up_to_date,
    discard,
    offer,
    questions_about,
    save_draft,
    send_back,
    take_back,
)
from indicators.domain.nota import OURS, THEIRS, NotaRefused, merge
from indicators.models import VersionEdit
from indicators.pages.guards import user_of
from indicators.pages.workshop.difference.page import build_difference
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from indicators.pages.workshop.offering.forms import DecisionForm, SendBackForm
from indicators.pages.workshop.overview.page import build_overview, editors_of
from indicators.pages.workshop.pieces import sentence
from indicators.readmodel.nota import nota_of
from kadernota import clock
from priorities.permissions import may_adopt


def to_overview(draft: Draft) -> HttpResponse:
    """Redirect to the overview of the draft."""
    return HttpResponseRedirect(draft.url(), status=303)


@draft_page()
def offer_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the reason and the questions; by POST, offer the draft."""
    if request.method != "POST":
        return _render_offer(request, draft)
    by, now = user_of(request), clock.now()
    reason = request.POST.get("reason", draft.version.reason)
    try:
        if reason.strip() != draft.version.reason:
            save_draft(version=draft.version, nota=draft.nota, by=by, now=now, reason=reason, seen=draft.hash)
        offer(version=draft.version, by=by, now=now, confirm=request.POST.getlist("confirm"))
    except NeedsConfirmation as asked:
        open_codes = {question.code for question in asked.questions}
        return _render_offer(request, draft, reason=reason, open_codes=open_codes, status=422)
    except NotaRefused as refused:
        errors = [sentence(finding) for finding in refused.findings]
        return _render_offer(request, draft, reason=reason, errors=errors, status=422)
    except ActionRefused as refusal:
        return _render_offer(request, draft, reason=reason, errors=[str(refusal)], status=409)
    messages.success(request, "Aangeboden. Een vaststeller die er niet aan werkte, kan het nu vaststellen.")
    return to_overview(draft)


def _render_offer(
    request: HttpRequest,
    draft: Draft,
    *,
    reason: str | None = None,
    open_codes: Collection[str] = (),
    errors: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    questions = questions_about(draft.nota)
    context = {
        "reason": draft.version.reason if reason is None else reason,
        "questions": questions,
        "open_codes": open_codes,
        "confirmed": set(request.POST.getlist("confirm")),
        "errors": errors,
        "needs_reason": draft.base is not None,
    }
    return render_draft(request, draft, "workshop/offer.html", context, status=status)


@require_POST
@draft_page()
def take_draft_back(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take an offered draft back, so that it can be edited again."""
    try:
        take_back(version=draft.version, by=user_of(request), now=clock.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Teruggenomen. U kunt het concept weer wijzigen.")
    return to_overview(draft)


@require_POST
@draft_page(post=may_adopt)
def return_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Send an offered draft back with a reason."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _render_adoption(request, draft, sending=form, status=422)
    try:
        send_back(version=draft.version, by=user_of(request), reason=form.cleaned_data["reason"], now=clock.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Teruggestuurd. De voorbereiders zien de reden.")
    return to_overview(draft)


@draft_page(post=may_adopt)
def adopt_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what is offered; by POST, adopt exactly that."""
    if not draft.is_offered:
        if request.method == "POST":
            messages.error(request, "Dit concept is niet aangeboden. Er is niets vastgesteld.")
        return to_overview(draft)
    if request.method != "POST":
        return _render_adoption(request, draft)
    form = _decision_form(draft, request.POST)
    if not form.is_valid():
        return _render_adoption(request, draft, form=form, status=422)
    facts = form.cleaned_data
    try:
        decision = adopt_version(
            version=draft.version,
            by=user_of(request),
            now=clock.now(),
            content_hash=request.POST.get("content_hash", ""),
            reference=facts["reference"],
            decided_on=facts["on"],
            confirm=facts["questions"],
        )
    except NeedsConfirmation as asked:
        return _render_adoption(request, draft, form=form, context={"questions": asked.questions}, status=422)
    except NotaRefused as refused:
        form.add_error(None, " ".join(map(sentence, refused.findings)))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(
            request, f"Vastgesteld als besluit {decision.sequence}. De kadernota is nu zo te zien voor iedereen."
        )
        return HttpResponseRedirect(reverse("kadernota", args=[draft.kadernota.slug]), status=303)
    return _render_adoption(request, draft, form=form, status=409)


def _decision_form(draft: Draft, data: Any = None) -> DecisionForm:
    return DecisionForm(
        data,
        today=clock.now().date(),
        confirmation="Ik heb deze versie bekeken: de teksten, de cijfers en het verschil.",
    )


def _render_adoption(
    request: HttpRequest,
    draft: Draft,
    *,
    form: DecisionForm | None = None,
    sending: SendBackForm | None = None,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    confirmed = set(draft.proposal.details.get("confirmations", ()))
    answers = [question for question in questions_about(draft.nota) if question.code in confirmed]
    extra = {
        "form": form or _decision_form(draft),
        "sending": sending or SendBackForm(label_suffix=""),
        "page": build_difference(draft, now=clock.now()),
        "answers": answers,
        "editors": editors_of(draft.version),
        "stocks": build_overview(draft).stocks,
        "is_own": _worked_on(draft, user_of(request)),
    } | dict(context or {})
    return render_draft(request, draft, "workshop/adopt.html", extra, status=status)


def _worked_on(draft: Draft, user: User) -> bool:
    """Return whether this user offered or edited the draft, and so cannot adopt it."""
    edited = VersionEdit.objects.filter(version=draft.version, edited_by=user).exists()
    return edited or draft.proposal.proposed_by_id == user.pk


@draft_page()
def discard_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask twice, then throw the draft away."""
    context: dict[str, Any] = {
        "edit_count": VersionEdit.objects.filter(version=draft.version).count(),
        "editors": editors_of(draft.version),
        "is_sure": False,
    }
    if request.method != "POST":
        return render_draft(request, draft, "workshop/discard.html", context)
    if request.POST.get("sure") != draft.hash:
        return render_draft(request, draft, "workshop/discard.html", context | {"is_sure": True})
    try:
        discard(version=draft.version, by=user_of(request), now=clock.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return to_overview(draft)
    messages.success(request, f"Het concept van ‘{draft.version.title}’ is weggegooid.")
    return HttpResponseRedirect(reverse("werkplaats"), status=303)


@draft_page()
def update_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what the newest version and the draft both changed; by POST, bring the draft up to date."""
    newest = newest_version(draft.kadernota)
    if not draft.is_outdated or newest is None or draft.base is None:
        return to_overview(draft)
    codes = request.POST.getlist("conflict")
    choices = {code: request.POST.get(f"choice.{index}", "") for index, code in enumerate(codes)}
    settled = {code: choice for code, choice in choices.items() if choice in (OURS, THEIRS)}
    errors: list[str] = []
    if request.method == "POST":
        try:
            if not bring_up_to_date(version=draft.version, by=user_of(request), now=clock.now(), settled=settled):
                messages.success(request, "Bijgewerkt: het concept gaat nu uit van de nieuwste versie.")
                return to_overview(draft)
            errors = ["Kies bij elk verschil wat blijft staan."]
        except NotaRefused as refused:
            errors = [sentence(finding) for finding in refused.findings]
        except ActionRefused as refusal:
            errors = [str(refusal)]
    try:
        _, conflicts = merge(draft.base, draft.nota, nota_of(newest))
    except NotaRefused:  # it shows when the draft is brought up to date
        conflicts = []
    context = {"conflicts": conflicts, "settled": settled, "errors": errors, "newest": newest}
    return render_draft(request, draft, "workshop/update.html", context, status=422 if errors else 200)
