"""Proposals of one person that another takes a decision on: corrections of decisions, and judging a year again."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from indicators.actions import audit
from indicators.actions.deciding import check_confirmed, check_reference, date_questions, decide, person
from indicators.actions.errors import ActionRefused, check_year
from indicators.domain.text_input import clean_line, clean_text
from indicators.models import Correction, Decision, Proposal
from indicators.models.decisions import CORRECTION as CORRECTION_KIND
from indicators.models.drafts import ADOPTED, CORRECTION, DISCARDED, OFFERED, REJUDGING
from indicators.readmodel.chain import load_chain
from indicators.readmodel.proof import correction_content
from priorities.models import Kadernota
from priorities.permissions import check_adopt, check_propose

LONGEST_REMARK = 1000


def propose_rejudging(*, kadernota: Kadernota, year: int, version: int, by: User, now: datetime) -> Proposal:
    """Propose to judge an adopted year again, under a newer version. `version` is its number.

    Raises NotAllowed, and ActionRefused for a year without an edition, a version that it is judged under already, or a
    year with an open proposal.
    """
    check_propose(by)
    check_year(kadernota.version, year)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=kadernota.pk)
        chain = load_chain(kadernota)
        if not any(edition.year == year for edition in chain.editions):
            raise ActionRefused(f"Over {year} is nog niets vastgesteld; er valt niets opnieuw te beoordelen.")
        current = chain.version_of(year)
        if not current.number < version <= len(chain.versions):
            raise ActionRefused(f"{year} is beoordeeld volgens {current.label}. Kies een nieuwere versie.")
        if year not in chain.versions[version - 1].years:
            raise ActionRefused(f"{year} is geen jaar van versie {version}.")
        if open_proposals(kadernota, REJUDGING).filter(details__year=year).exists():
            raise ActionRefused(f"Er ligt al een voorstel om {year} opnieuw te beoordelen.")
        proposal = Proposal.objects.create(
            kadernota=kadernota,
            kind=REJUDGING,
            state=OFFERED,
            details={"year": year, "version": version},
            content_hash=chain.versions[version - 1].chain_hash,
            proposed_by=by,
            proposed_at=now,
        )
        audit.log_event(audit.PROPOSE, by=by, kadernota_id=kadernota.pk, subject=f"{year} herbeoordelen")
        return proposal


def propose_correction(
    *,
    decision: Decision,
    remark: str,
    by: User,
    now: datetime,
    reference: str = "",
    decided_on: date | None = None,
) -> Proposal:
    """Propose to correct the reference or date of a decision for the reader, or to add a public remark.

    Raises NotAllowed, and ActionRefused without a remark, for a date that the decision cannot have, or for a
    correction of a correction.
    """
    check_propose(by)
    remark, reference = clean_text(remark).strip(), clean_line(reference).strip()
    if not remark:
        raise ActionRefused("Schrijf wat er niet klopte aan het besluit, en waarom.")
    if len(remark) > LONGEST_REMARK:
        raise ActionRefused(f"De opmerking is langer dan {LONGEST_REMARK} tekens.")
    if decision.kind == CORRECTION_KIND:
        raise ActionRefused("Verbeter het besluit zelf, niet de verbetering ervan.")
    if reference:
        reference = check_reference(reference)
    if decided_on is not None:
        edition = decision.edition
        has_figures = edition is not None and (
            edition.rejudges or edition.entries.filter(measurement__isnull=False).exists()
        )
        year = edition.year if edition else None
        date_questions(decision.kadernota, decided_on, now=now, year=year, has_figures=has_figures)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=decision.kadernota_id)
        details = {
            "decision": decision.sequence,
            "reference": reference,
            "decided_on": decided_on.isoformat() if decided_on else None,
            "remark": remark,
        }
        proposal = Proposal.objects.create(
            kadernota=decision.kadernota,
            kind=CORRECTION,
            state=OFFERED,
            details=details,
            content_hash=decision.chain_hash,
            proposed_by=by,
            proposed_at=now,
        )
        subject = f"verbetering van {decision}"
        audit.log_event(audit.PROPOSE, by=by, kadernota_id=decision.kadernota_id, subject=subject)
        return proposal


def adopt_correction(
    *, proposal: Proposal, by: User, reference: str, on: date, now: datetime, confirm: Collection[str] = ()
) -> Decision:
    """Take the decision on a proposed correction.

    Raises NotAllowed; NeedsConfirmation; and ActionRefused for one's own proposal, a closed one or an impossible date.
    """
    check_adopt(by)
    reference = check_reference(reference)
    with transaction.atomic():
        kadernota = Kadernota.objects.select_for_update().get(pk=proposal.kadernota_id)
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.state != OFFERED or proposal.kind != CORRECTION:
            raise ActionRefused("Dit voorstel is er niet meer.")
        if proposal.proposed_by_id == by.pk:
            raise ActionRefused("Wie een verbetering voorstelt, stelt die niet zelf vast.")
        confirmations = check_confirmed(date_questions(kadernota, on, now=now), confirm)
        details = proposal.details
        correction = Correction.objects.create(
            corrected=Decision.objects.get(kadernota=kadernota, sequence=details["decision"]),
            reference=details["reference"],
            decided_on=date.fromisoformat(details["decided_on"]) if details["decided_on"] else None,
            remark=details["remark"],
            proposed_by=proposal.proposed_by,
        )
        decision = decide(
            fixes=correction,
            content=correction_content(correction),
            people={"proposer": person(proposal.proposed_by)},
            now=now,
            by=by,
            reference=reference,
            decided_on=on,
            confirmations=confirmations,
        )
        proposal.state, proposal.decision = ADOPTED, decision
        proposal.save()
        audit.log_event(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=f"verbetering, {decision}")
        return decision


def withdraw_proposal(*, proposal: Proposal, by: User) -> None:
    """Take back or refuse a proposal to correct or to judge again. Raises NotAllowed, and ActionRefused if closed."""
    check_propose(by)
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=proposal.kadernota_id)
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.kind not in (CORRECTION, REJUDGING) or proposal.state != OFFERED:
            raise ActionRefused("Dit voorstel is er niet meer.")
        proposal.state = DISCARDED
        proposal.save()
        audit.log_event(audit.DISCARD, by=by, kadernota_id=proposal.kadernota_id, subject=proposal.get_kind_display())


def open_proposals(kadernota: Kadernota, kind: str) -> QuerySet[Proposal]:
    """Return the proposals of one kind that wait for a decision."""
    return Proposal.objects.filter(kadernota=kadernota, kind=kind, state=OFFERED)
