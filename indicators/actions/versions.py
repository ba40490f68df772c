"""Prepare a version of a kadernota: start a draft, save, offer, take back, send back, adopt, throw away.

A draft is stored as a whole nota. It is offered as it is, with the hash of its content; the database keeps it closed
until it is taken back, sent back or adopted. Nobody adopts a version that holds a change of theirs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.actions import audit
from indicators.actions.deciding import (
    Question,
    check_confirmed,
    check_reference,
    date_questions,
    decide,
    person,
)
from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import newest_version, normalized, version_refusals, with_origin_values
from indicators.actions.version_rows import create_kadernota, delete_kadernota, delete_version, new_version, store
from indicators.domain.chain import content_hash as hash_of
from indicators.domain.nota import (
    Change,
    Conflict,
    Nota,
    NotaRefused,
    confirmation_code,
    differences,
    find_questions,
    merge,
)
from indicators.domain.text_input import clean_text
from indicators.models import Decision, Proposal, VersionEdit
from indicators.models.drafts import ADOPTED, DISCARDED, DRAFT, EDITORIAL, OFFERED, OPEN, SENT_BACK, SUBSTANTIVE
from indicators.readmodel.nota import nota_of, version_content, version_hash
from priorities.models import Kadernota, Version
from priorities.permissions import NotAllowed, check_adopt, check_prepare

LONGEST_REASON = 2000
LONGEST_PATH = LONGEST_LABEL = 300
KIND_WORDS = {SUBSTANTIVE: "inhoudelijk", EDITORIAL: "redactioneel"}


class DraftChanged(ActionRefused):
    """The draft is not as the user saw it."""

    def __init__(self) -> None:
        super().__init__("Een ander wijzigde dit concept intussen. Er is niets opgeslagen; bekijk het opnieuw.")


class Outdated(ActionRefused):
    """The draft is based on a version that is no longer the newest."""

    def __init__(self) -> None:
        super().__init__("Intussen is een nieuwere versie vastgesteld. Werk het concept eerst bij.")


@contextmanager
def _logged(action: str, *, by: User, subject: str, kadernota_id: int | None = None) -> Iterator[None]:
    """Run an action in one transaction, and log that it was done or refused."""
    try:
        with transaction.atomic():
            yield
            audit.log_event(action, by=by, kadernota_id=kadernota_id, subject=subject)
    except (NotAllowed, ActionRefused):
        audit.log_event(action, by=by, kadernota_id=kadernota_id, subject=subject, result=audit.REFUSED)
        raise


def start_draft(
    *,
    by: User,
    now: datetime,
    kadernota: Kadernota | None = None,
    nota: Nota | None = None,
    kind: str = SUBSTANTIVE,
    reason: str = "",
) -> Version:
    """Start a draft and return it: of a new kadernota with this nota, or of the next version of a kadernota.

    The next version starts as `nota`, else as the newest version. Raises NotAllowed, ActionRefused when there is
    such a draft already, and NotaRefused with all findings on the nota.
    """
    slug = kadernota.slug if kadernota else nota.slug if nota else ""
    subject = f"{slug}: concept begonnen, {KIND_WORDS[kind]}"
    with _logged(audit.PREPARE, by=by, subject=subject, kadernota_id=kadernota.pk if kadernota else None):
        check_prepare(by)
        if kadernota is None:
            if nota is None or kind == EDITORIAL:
                raise ActionRefused("Een nieuwe kadernota begint met een inhoudelijke versie.")
            return _start_kadernota(nota, by=by, now=now, reason=reason)
        _lock(kadernota)
        if Proposal.objects.filter(kadernota=kadernota, kind=kind, state__in=OPEN).exists():
            raise ActionRefused(f"Er is al een {KIND_WORDS[kind]} concept van deze kadernota.")
        newest = newest_version(kadernota)
        if newest is None:
            raise ActionRefused("Deze kadernota heeft nog geen vastgestelde versie om van uit te gaan.")
        base = nota_of(newest)
        content = base if nota is None else _checked(nota, kadernota, base=base, is_editorial=kind == EDITORIAL)
        version = new_version(content, kadernota, kind=kind, reason=_cleaned_reason(reason), based_on=newest)
        _record_edits(version, differences(base, content), by=by, now=now)
        _propose(version, by=by, now=now)
        return version


def _start_kadernota(nota: Nota, *, by: User, now: datetime, reason: str) -> Version:
    nota = _checked(nota, None, base=None)
    version = new_version(nota, create_kadernota(nota), kind=SUBSTANTIVE, reason=_cleaned_reason(reason))
    whole = VersionEdit(path="", label="Kadernota", new=nota.title)
    VersionEdit.objects.bulk_create([_edit(whole, version, by=by, now=now)])
    _propose(version, by=by, now=now)
    return version


def _checked(nota: Nota, kadernota: Kadernota | None, *, base: Nota | None, is_editorial: bool = False) -> Nota:
    """Return the nota as it will be stored. Raises NotaRefused with all findings."""
    nota = with_origin_values(normalized(nota))
    if findings := version_refusals(nota, kadernota, base=base, is_editorial=is_editorial):
        raise NotaRefused(findings)
    return nota


def _cleaned_reason(reason: str) -> str:
    reason = clean_text(reason).strip()
    if len(reason) > LONGEST_REASON:
        raise ActionRefused(f"De reden is langer dan {LONGEST_REASON} tekens.")
    return reason


def _propose(version: Version, *, by: User, now: datetime) -> None:
    Proposal.objects.create(
        kadernota=version.kadernota, kind=version.kind, version=version, proposed_by=by, proposed_at=now
    )


def _record_edits(version: Version, changes: Iterable[Change], *, by: User, now: datetime) -> None:
    VersionEdit.objects.bulk_create(
        _edit(
            VersionEdit(path="/".join(map(str, change.path)), label=change.label, old=change.old, new=change.new),
            version,
            by=by,
            now=now,
        )
        for change in changes
    )


def _edit(edit: VersionEdit, version: Version, *, by: User, now: datetime) -> VersionEdit:
    edit.path, edit.label = edit.path[:LONGEST_PATH], edit.label[:LONGEST_LABEL]
    edit.version, edit.edited_by, edit.edited_at = version, by, now
    return edit


def _lock(kadernota: Kadernota) -> None:
    """Lock the kadernota: one edit or decision at a time."""
    Kadernota.objects.select_for_update().get(pk=kadernota.pk)


def _open_proposal(version: Version) -> Proposal:
    """Lock the kadernota of a draft and return its proposal. Raises ActionRefused for one that is not open."""
    _lock(version.kadernota)
    related = ("version__kadernota__organisation", "version__kadernota__predecessor", "version__based_on__decision")
    proposal = Proposal.objects.select_related("proposed_by", *related).filter(version_id=version.pk).first()
    if proposal is None:
        raise ActionRefused("Dit concept is er niet meer.")
    if proposal.state not in OPEN:
        raise ActionRefused("Dit concept is al vastgesteld.")
    return proposal


def _editable(version: Version) -> tuple[Proposal, Version]:
    """Return the proposal of a draft that may be edited, with its version read anew."""
    proposal = _open_proposal(version)
    if proposal.state == OFFERED:
        raise ActionRefused("Dit concept is aangeboden. Neem het eerst terug.")
    assert proposal.version is not None
    return proposal, proposal.version


def _offered(version: Version) -> tuple[Proposal, Version]:
    proposal = _open_proposal(version)
    if proposal.state != OFFERED:
        raise ActionRefused("Dit concept is niet aangeboden.")
    assert proposal.version is not None
    return proposal, proposal.version


def _base(version: Version) -> Nota | None:
    return nota_of(version.based_on) if version.based_on else None


def save_draft(
    *, version: Version, nota: Nota, by: User, now: datetime, reason: str | None = None, seen: str | None = None
) -> list[Change]:
    """Store a nota as the content of a draft; return the changes, each of which is recorded with its editor.

    `reason` says what the version changes and why (None: as it was); `seen` is the hash of the draft that the user
    edited (`indicators.readmodel.nota.version_hash`). Raises NotAllowed, NotaRefused with all findings, DraftChanged
    when the draft is not as seen, and ActionRefused when it is offered or gone.
    """
    subject = f"{version.kadernota.slug}: concept gewijzigd"
    with _logged(audit.PREPARE, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_prepare(by)
        proposal, version = _editable(version)
        if seen is not None and seen != version_hash(version):
            raise DraftChanged
        is_editorial = version.kind == EDITORIAL
        nota = _checked(nota, version.kadernota, base=_base(version), is_editorial=is_editorial)
        return _save(proposal, nota, by=by, now=now, reason=reason)


def _save(proposal: Proposal, nota: Nota, *, by: User, now: datetime, reason: str | None = None) -> list[Change]:
    version = proposal.version
    assert version is not None
    changes = differences(nota_of(version), nota)
    edits = list(changes)
    if reason is not None and (reason := _cleaned_reason(reason)) != version.reason:
        VersionEdit.objects.bulk_create(
            [_edit(VersionEdit(path="reason", label="Reden", old=version.reason, new=reason), version, by=by, now=now)]
        )
        version.reason = reason
        version.save(update_fields=["reason"])
    if edits:
        store(nota, version)
        _record_edits(version, edits, by=by, now=now)
    if proposal.state == SENT_BACK:
        _move(proposal, DRAFT)
    return changes


def _move(proposal: Proposal, state: str, **columns: Any) -> None:
    proposal.state = state
    if state != OFFERED:
        columns = {"content_hash": "", **columns}
    for name, value in columns.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", *columns])


def questions_about(nota: Nota) -> list[Question]:
    """Return what is asked when a draft is offered, each with the code that confirms it."""
    return [Question(confirmation_code(nota, finding), finding.sentence) for finding in find_questions(nota)]


def offer(*, version: Version, by: User, now: datetime, confirm: Collection[str] = ()) -> str:
    """Offer a draft for adoption; return the hash of its content. It is then closed.

    Raises NotAllowed, Outdated, NotaRefused, NeedsConfirmation with the questions that `confirm` lacks, and
    ActionRefused for a draft without a reason or without changes.
    """
    subject = f"{version.kadernota.slug}: versie aangeboden"
    with _logged(audit.OFFER, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_prepare(by)
        proposal, version = _editable(version)
        return _offer(proposal, by=by, now=now, confirm=confirm)


def _offer(proposal: Proposal, *, by: User, now: datetime, confirm: Collection[str]) -> str:
    version = proposal.version
    assert version is not None
    nota, base = nota_of(version), _base(version)
    _check_offer(version, nota, base)
    confirmations = check_confirmed(questions_about(nota), confirm)
    content_hash = hash_of(version_content(version, nota))
    details = proposal.details | {"confirmations": confirmations, "offered_at": now.isoformat()}
    _move(proposal, OFFERED, content_hash=content_hash, details=details, proposed_by=by, remark="")
    return content_hash


def _check_offer(version: Version, nota: Nota, base: Nota | None) -> None:
    newest = newest_version(version.kadernota)
    if (newest.pk if newest else None) != version.based_on_id:
        raise Outdated
    if base is not None and not version.reason:
        raise ActionRefused("Schrijf wat er verandert, en waarom.")
    if base is not None and not differences(base, nota):
        raise ActionRefused("Dit concept is gelijk aan de vastgestelde versie.")
    is_editorial = version.kind == EDITORIAL
    if findings := version_refusals(nota, version.kadernota, base=base, is_editorial=is_editorial):
        raise NotaRefused(findings)


def take_back(*, version: Version, by: User, now: datetime) -> None:
    """Take an offered draft back, so that it can be edited. Raises NotAllowed and ActionRefused."""
    subject = f"{version.kadernota.slug}: aanbod teruggenomen"
    with _logged(audit.TAKE_BACK, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_prepare(by)
        proposal, _ = _offered(version)
        _move(proposal, DRAFT)


def send_back(*, version: Version, by: User, reason: str, now: datetime) -> None:
    """Send an offered draft back to its editors, with a reason. Raises NotAllowed and ActionRefused."""
    subject = f"{version.kadernota.slug}: versie teruggestuurd"
    with _logged(audit.SEND_BACK, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_adopt(by)
        if not (reason := _cleaned_reason(reason)):
            raise ActionRefused("Schrijf waarom u deze versie terugstuurt.")
        proposal, _ = _offered(version)
        _move(proposal, SENT_BACK, remark=reason)


def adopt_version(
    *,
    version: Version,
    by: User,
    now: datetime,
    content_hash: str,
    reference: str,
    decided_on: date,
    confirm: Collection[str] = (),
) -> Decision:
    """Adopt an offered draft as the next version of its kadernota; return the decision.

    `content_hash` is that of the draft that the adopter saw. Raises NotAllowed, DraftChanged, Outdated,
    NeedsConfirmation, and ActionRefused when the adopter edited or offered the draft.
    """
    subject = f"{version.kadernota.slug}: versie vastgesteld"
    with _logged(audit.ADOPT, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_adopt(by)
        proposal, version = _offered(version)
        if not content_hash == proposal.content_hash == version_hash(version):
            raise DraftChanged
        return _adopt(proposal, by=by, now=now, reference=reference, decided_on=decided_on, confirm=confirm)


def offer_and_adopt(
    *, version: Version, by: User, now: datetime, reference: str, decided_on: date, confirm: Collection[str] = ()
) -> Decision:
    """Adopt a draft as it is, offered on behalf of its proposer unless it was; return the decision.

    All questions are asked at once. Raises what `offer` and `adopt_version` raise.
    """
    subject = f"{version.kadernota.slug}: versie vastgesteld"
    with _logged(audit.ADOPT, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_adopt(by)
        proposal = _open_proposal(version)
        questions = date_questions(version.kadernota, decided_on, now=now)
        if proposal.state != OFFERED:
            check_confirmed([*questions_about(nota_of(version)), *questions], confirm)
            _offer(proposal, by=proposal.proposed_by, now=now, confirm=confirm)
        return _adopt(proposal, by=by, now=now, reference=reference, decided_on=decided_on, confirm=confirm)


def _adopt(
    proposal: Proposal, *, by: User, now: datetime, reference: str, decided_on: date, confirm: Collection[str]
) -> Decision:
    """Take the decision on an offered draft."""
    reference = check_reference(reference)
    version = proposal.version
    assert version is not None
    _check_not_own(proposal, by)
    nota = nota_of(version)
    _check_offer(version, nota, _base(version))
    asked = check_confirmed(date_questions(version.kadernota, decided_on, now=now), confirm)
    decision = decide(
        fixes=version,
        content={"version": version_content(version, nota)},
        people=version_people(proposal),
        now=now,
        by=by,
        reference=reference,
        decided_on=decided_on,
        confirmations=[*proposal.details.get("confirmations", []), *asked],
    )
    _move(proposal, ADOPTED, decision=decision, content_hash=proposal.content_hash)
    return decision


def _check_not_own(proposal: Proposal, by: User) -> None:
    """Raise ActionRefused when `by` offered or edited the draft; this holds for superusers too."""
    is_editor = VersionEdit.objects.filter(version=proposal.version, edited_by=by).exists()
    if is_editor or proposal.proposed_by_id == by.pk:
        raise ActionRefused(
            "Wie een versie voorbereidde, stelt haar niet zelf vast. "
            f"{by.get_username()} werkte aan deze versie. Vraag een andere vaststeller."
        )


def version_people(proposal: Proposal) -> dict[str, Any]:
    """Return the proposer and the editors of a version, for the witness of its decision."""
    edits = VersionEdit.objects.filter(version=proposal.version).select_related("edited_by").order_by("edited_by", "pk")
    editors = {edit.edited_by_id: edit.edited_by for edit in edits}
    return {"proposer": person(proposal.proposed_by), "editors": [person(editor) for editor in editors.values()]}


def discard(*, version: Version, by: User, now: datetime) -> None:
    """Throw a draft away, with a kadernota that has no decision yet. The audit log keeps the act.

    Raises NotAllowed, and ActionRefused for a draft that is offered.
    """
    subject = f"{version.kadernota.slug}: concept weggegooid"
    with _logged(audit.DISCARD, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_prepare(by)
        proposal, version = _editable(version)
        kadernota = version.kadernota
        if Decision.objects.filter(kadernota=kadernota).exists():
            # First cut off: nobody removes the edits of a draft that a proposal has.
            _move(proposal, DISCARDED, version=None)
            delete_version(version)
        else:
            proposal.delete()
            delete_version(version)
            delete_kadernota(kadernota)


def bring_up_to_date(
    *, version: Version, by: User, now: datetime, settled: Mapping[str, str] | None = None
) -> list[Conflict]:
    """Make the newest version the base of a draft; return the conflicts.

    Field by field, what the draft changed stays and what the newest version changed is taken over. Nothing is stored
    while there are conflicts that `settled` does not settle (see `indicators.domain.nota.merge`). Raises NotAllowed,
    NotaRefused when the result breaks a rule, and ActionRefused when the draft is offered or up to date.
    """
    subject = f"{version.kadernota.slug}: concept bijgewerkt"
    with _logged(audit.PREPARE, by=by, subject=subject, kadernota_id=version.kadernota_id):
        check_prepare(by)
        proposal, version = _editable(version)
        newest = newest_version(version.kadernota)
        if version.based_on is None or newest is None or newest.pk == version.based_on_id:
            raise ActionRefused("Dit concept gaat al uit van de nieuwste versie.")
        theirs = nota_of(newest)
        merged, conflicts = merge(nota_of(version.based_on), nota_of(version), theirs, settled=settled)
        if merged is None:
            return conflicts
        merged = _checked(merged, version.kadernota, base=theirs, is_editorial=version.kind == EDITORIAL)
        version.based_on = newest
        version.save(update_fields=["based_on"])
        _save(proposal, merged, by=by, now=now)
        return []
