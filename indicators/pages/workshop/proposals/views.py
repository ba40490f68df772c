"""Proposals to judge a year again or to correct a decision: made by one, taken by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from indicators.actions.adopting import adopt
from indicators.actions.deciding import NeedsConfirmation
from indicators.actions.errors import ActionRefused
from indicators.actions.proposals import adopt_correction, propose_correction, propose_rejudging, withdraw_proposal
from indicators.domain.dutch import listed
from indicators.models import Decision, Proposal
from indicators.models.decisions import CORRECTION as CORRECTION_KIND
from indicators.models.drafts import CORRECTION, OFFERED, REJUDGING
from indicators.pages.adoption.forms import RevisionsField
from indicators.pages.fields import parse_key
from indicators.pages.guards import user_of
from indicators.pages.workshop.difference.page import VerdictRow, verdict_rows
from indicators.pages.workshop.drafts import kadernota_page
from indicators.pages.workshop.offering.forms import DecisionForm
from indicators.readmodel.chain import Chain, VersionInfo
from indicators.readmodel.differences import differences
from indicators.readmodel.overview import load_prefix, make_overview
from indicators.readmodel.proposed import judged_again
from indicators.readmodel.tasks import Tasks, load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_propose


@dataclass(frozen=True, kw_only=True)
class YearChoice:
    """An adopted year with the versions under which it can be judged again, and how many verdicts that changes."""

    year: int
    current: VersionInfo
    newer: tuple[VersionInfo, ...]


@kadernota_page(may=may_propose, post=may_propose)
def proposal_list(request: HttpRequest, kadernota: Kadernota) -> HttpResponse:
    """Show the open proposals and what can be proposed; by POST, propose."""
    if not Decision.objects.filter(kadernota=kadernota).exists():
        raise Http404("Deze kadernota heeft nog geen besluiten.")
    if request.method != "POST":
        return _render_list(request, kadernota)
    by, now, post = user_of(request), clock.now(), request.POST
    try:
        if post.get("kind") == REJUDGING:
            year, _, version = post.get("choice", "").partition(":")
            key, number = parse_key(year), parse_key(version)
            if key is None or number is None:
                raise ActionRefused("Kies een jaar en een versie.")
            proposal = propose_rejudging(kadernota=kadernota, year=key, version=number, by=by, now=now)
        else:
            proposal = _propose_correction(kadernota, post, request)
    except NeedsConfirmation as asked:
        return _render_list(request, kadernota, errors=[question.sentence for question in asked.questions], status=422)
    except ActionRefused as refusal:
        return _render_list(request, kadernota, errors=[str(refusal)], status=422)
    messages.success(request, "Voorgesteld. Een andere vaststeller beslist erover.")
    return HttpResponseRedirect(reverse("werkplaats-voorstel", args=[kadernota.slug, proposal.pk]), status=303)


def _propose_correction(kadernota: Kadernota, post: Mapping[str, str], request: HttpRequest) -> Proposal:
    decision = Decision.objects.of(kadernota).filter(sequence=parse_key(post.get("sequence", "")) or 0).first()
    if decision is None:
        raise ActionRefused("Kies een besluit.")
    day = post.get("decided_on", "").strip()
    try:
        decided_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise ActionRefused(f"‘{day}’ is geen datum: schrijf dag, maand, jaar.") from None
    return propose_correction(
        decision=decision,
        remark=post.get("remark", ""),
        by=user_of(request),
        now=clock.now(),
        reference=post.get("reference", ""),
        decided_on=decided_on,
    )


def _render_list(
    request: HttpRequest, kadernota: Kadernota, *, errors: list[str] | None = None, status: int = 200
) -> HttpResponse:
    prefix = load_prefix(kadernota)
    chain = prefix.chain
    proposals = Proposal.objects.filter(kadernota=kadernota, kind__in=[CORRECTION, REJUDGING], state=OFFERED)
    context = {
        "workshop_kadernota": kadernota,
        "version": chain.versions[-1],
        "proposals": [
            (proposal, proposal_words(proposal, chain)) for proposal in proposals.select_related("proposed_by")
        ],
        "years": _year_choices(chain),
        "decisions": [decision for decision in reversed(chain.decisions) if decision.kind != CORRECTION_KIND],
        "errors": errors or [],
        "typed": request.POST,
    }
    return render(request, "workshop/proposals.html", context, status=status)


def _year_choices(chain: Chain) -> list[YearChoice]:
    years = sorted({edition.year for edition in chain.editions}, reverse=True)
    choices = []
    for year in years:
        current = chain.version_of(year)
        newer = tuple(other for other in chain.versions if other.number > current.number and year in other.years)
        if newer:
            choices.append(YearChoice(year=year, current=current, newer=newer))
    return choices


def proposal_words(proposal: Proposal, chain: Chain) -> str:
    """Return what a proposal is about: 2021 opnieuw beoordelen volgens versie 2."""
    details = proposal.details
    if proposal.kind == REJUDGING:
        return f"{details['year']} opnieuw beoordelen volgens versie {details['version']}"
    return f"Besluit {details['decision']} verbeteren"


@kadernota_page(may=may_propose, post=may_propose)
def show_proposal(request: HttpRequest, kadernota: Kadernota, proposal: int) -> HttpResponse:
    """Show one proposal with what it changes; by POST, withdraw it, or take the decision."""
    rows = Proposal.objects.filter(kadernota=kadernota, kind__in=[CORRECTION, REJUDGING])
    row = get_object_or_404(rows.select_related("proposed_by"), pk=proposal)
    if row.state != OFFERED:
        messages.info(request, "Over dit voorstel is al beslist, of het is ingetrokken.")
        return HttpResponseRedirect(reverse("werkplaats-voorstellen", args=[kadernota.slug]), status=303)
    if request.method != "POST":
        return _render_proposal(request, row)
    if "withdraw" in request.POST:
        return _withdraw(request, row)
    if not may_adopt(request.user):
        messages.error(request, "Een vaststeller beslist over dit voorstel.")
        return HttpResponseRedirect(request.path, status=303)
    form = _form(request.POST)
    if not form.is_valid():
        return _render_proposal(request, row, form=form, status=422)
    return _decide(request, row, form)


def _withdraw(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    user = user_of(request)
    if proposal.proposed_by_id != user.pk and not may_adopt(user):
        messages.error(request, "Alleen wie het voorstel deed of een vaststeller trekt het in.")
        return HttpResponseRedirect(request.path, status=303)
    try:
        withdraw_proposal(proposal=proposal, by=user)
        messages.success(request, "Het voorstel is ingetrokken.")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("werkplaats-voorstellen", args=[proposal.kadernota.slug]), status=303)


def _decide(request: HttpRequest, proposal: Proposal, form: DecisionForm) -> HttpResponse:
    by, now, facts, kadernota = user_of(request), clock.now(), form.cleaned_data, proposal.kadernota
    try:
        if proposal.kind == CORRECTION:
            decision = adopt_correction(proposal=proposal, by=by, reference=facts["reference"], on=facts["on"], now=now)
            messages.success(request, f"De verbetering is vastgesteld als besluit {decision.sequence}.")
            return HttpResponseRedirect(reverse("werkplaats-voorstellen", args=[kadernota.slug]), status=303)
        seen = RevisionsField()
        edition = adopt(
            kadernota=kadernota,
            year=proposal.details["year"],
            by=by,
            decision=facts["reference"],
            on=facts["on"],
            now=now,
            seen=seen.clean(request.POST.get("seen") or "-"),
            seen_lines=seen.clean(request.POST.get("seen_lines") or "-"),
            rejudging=proposal,
            confirm=facts["questions"],
        )
    except NeedsConfirmation as asked:
        return _render_proposal(request, proposal, form=form, context={"questions": asked.questions}, status=422)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _render_proposal(request, proposal, form=form, status=409)
    messages.success(request, f"Opnieuw beoordeeld en vastgesteld als editie {edition}.")
    return HttpResponseRedirect(reverse("editie", args=[kadernota.slug, str(edition)]), status=303)


def _form(data: Any = None) -> DecisionForm:
    return DecisionForm(data, today=clock.now().date(), confirmation="Ik heb bekeken wat dit voorstel verandert.")


def _render_proposal(
    request: HttpRequest,
    proposal: Proposal,
    *,
    form: DecisionForm | None = None,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    kadernota, prefix = proposal.kadernota, load_prefix(proposal.kadernota)
    chain = prefix.chain
    extra: dict[str, Any] = {
        "workshop_kadernota": kadernota,
        "version": chain.versions[-1],
        "proposal": proposal,
        "words": proposal_words(proposal, chain),
        "form": form or _form(),
        "is_own": proposal.proposed_by_id == user_of(request).pk,
        "may_adopt": may_adopt(request.user),
    }
    if proposal.kind == CORRECTION:
        day = proposal.details["decided_on"]
        extra["decision"] = chain.decisions[proposal.details["decision"] - 1]
        extra["new_date"] = date.fromisoformat(day) if day else None
    else:
        year, version = proposal.details["year"], chain.versions[proposal.details["version"] - 1]
        before, after = make_overview(prefix), judged_again(prefix, {year: version}, now=clock.now())
        verdicts = [verdict for verdict in differences(before, after).verdicts if verdict.year == year]
        rows: tuple[VerdictRow, ...] = tuple(verdict_rows(verdicts))
        extra |= {"verdicts": rows, "year": year, "current": chain.version_of(year), "proposed": version}
        extra |= _drafts(load_tasks(kadernota), year)
    return render(request, "workshop/proposal.html", extra | dict(context or {}), status=status)


def _drafts(tasks: Tasks, year: int) -> dict[str, Any]:
    """Return the drafts of the year, which go into the same edition, as the adopter sees them."""
    figures, lines = list(tasks.adoptable(year)), list(tasks.lines.adoptable(year))
    return {
        "seen": RevisionsField.join(draft.new.revision or 0 for draft in figures),
        "seen_lines": RevisionsField.join(draft.new.pk for draft in lines),
        "drafts": listed([draft.label for draft in figures] + [draft.label for draft in lines]),
    }
