"""The workflow of drafts, the same for figures and for lines of the programme: record, send back, take back.

A figure and a line are each a chain of revisions. The newest one counts until an edition holds it, unless it takes a
draft back: then the last adopted one counts again. Every write locks the row of the kadernota first, as adopting does,
so that nothing is adopted while it changes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from indicators.actions import audit
from indicators.actions.errors import ActionRefused, adopted_version
from indicators.domain.text_input import clean_text
from indicators.models import Component, Measurement, ProgrammeLine, SentBack
from priorities.models import Kadernota
from priorities.permissions import check_adopt, check_record

LONGEST_REASON = 1000
# What a revision that takes a draft back does not repeat.
OF_ONE_REVISION = ("id", "retracted", "recorded_by", "recorded_at", "replaces")

Row = TypeVar("Row", Measurement, ProgrammeLine)


class Outcome(StrEnum):
    """What recording a figure or a line does to its current revision."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    RETRACTED = "retracted"


class Conflict(Exception, Generic[Row]):
    """Someone else recorded in the meantime: `newer` holds their revisions, which were to be replaced."""

    def __init__(self, newer: Sequence[Row]) -> None:
        super().__init__("Een collega was eerder.")
        self.newer: list[Row] = list(newer)


@dataclass(frozen=True)
class RevisionChain(Generic[Row]):
    """The revisions of one figure or line, oldest first; empty when nothing was recorded."""

    revisions: tuple[Row, ...] = ()

    @property
    def newest(self) -> Row | None:
        """The newest revision, which the next one replaces."""
        return self.revisions[-1] if self.revisions else None

    @property
    def adopted(self) -> Row | None:
        """The last revision that an edition holds."""
        return next((row for row in reversed(self.revisions) if hasattr(row, "entry")), None)

    @property
    def current(self) -> Row | None:
        """The revision that counts for those who see drafts."""
        return self.adopted if self.newest is not None and self.newest.retracted else self.newest

    def was_seen(self, seen: int | None) -> bool:
        """Return whether `seen` is the key of what counts or of what would be replaced; None when there is none."""
        return seen in {row.pk if row is not None else None for row in (self.newest, self.current)}


def load_chains(rows: QuerySet[Row]) -> list[RevisionChain[Row]]:
    """Load the chains of these revisions, with who recorded them and the editions that hold them. One query."""
    by_newest: dict[int | None, list[Row]] = {}
    chains: list[list[Row]] = []
    for row in rows.select_related("recorded_by", "entry__edition", "sent_back").order_by("pk"):
        revisions = by_newest.pop(row.replaces_id, [])
        if not revisions:
            chains.append(revisions)
        revisions.append(row)
        by_newest[row.pk] = revisions
    return [RevisionChain(tuple(revisions)) for revisions in chains]


@dataclass(frozen=True, kw_only=True)
class Change(ABC, Generic[Row]):
    """A revision to record in a chain. `seen` is the key of the revision that the user saw; None for none."""

    chain: RevisionChain[Row]
    seen: int | None

    @cached_property
    def outcome(self) -> Outcome:
        """What recording it does.

        What is recorded over a draft and equals the adopted revision corrects nothing, so it takes the draft back.
        """
        if self.chain.current is None:
            return Outcome.NEW
        if self.repeats(self.chain.current):
            return Outcome.SAME
        is_adopted_again = self.chain.adopted is not None and self.repeats(self.chain.adopted)
        return Outcome.RETRACTED if is_adopted_again else Outcome.CHANGED

    @abstractmethod
    def repeats(self, row: Row) -> bool:
        """Return whether it has the same content as this revision of the chain."""

    @abstractmethod
    def check(self) -> None:
        """Raise ActionRefused when it may not be recorded."""

    @abstractmethod
    def revision(self) -> Row:
        """Return the content as a new row, not saved."""


@dataclass(frozen=True)
class Log:
    """How the audit log names changes: the action, and the subject of one or more of them."""

    action: str
    subject: Callable[[Sequence[Any]], str]


def record(
    plan: Callable[[Kadernota], Sequence[Change[Row]]], *, kadernota_id: int, log: Log, by: User, now: datetime
) -> list[tuple[Row, Outcome]]:
    """Record what `plan` returns, all or nothing; return the revision that counts and the outcome of each change.

    `plan` reads the chains, with the kadernota locked. Raises NotAllowed, Conflict, and ActionRefused as `plan` and
    the changes do.
    """
    check_record(by)
    try:
        return _record(plan, kadernota_id=kadernota_id, log=log, by=by, now=now)
    except IntegrityError:
        # The unique index on `replaces` shows that another transaction was first. Read what it wrote and try again.
        return _record(plan, kadernota_id=kadernota_id, log=log, by=by, now=now)


@transaction.atomic
def _record(
    plan: Callable[[Kadernota], Sequence[Change[Row]]], *, kadernota_id: int, log: Log, by: User, now: datetime
) -> list[tuple[Row, Outcome]]:
    changes = plan(lock_kadernota(kadernota_id))
    new = [change for change in changes if change.outcome is not Outcome.SAME]
    conflicts = [change.chain.newest for change in new if not change.chain.was_seen(change.seen)]
    if conflicts:
        raise Conflict([row for row in conflicts if row is not None])
    for change in new:
        change.check()
    rows = [(_store(change, by=by, now=now), change.outcome) for change in changes]
    retracted = [change for change in new if change.outcome is Outcome.RETRACTED]
    recorded = [change for change in new if change.outcome is not Outcome.RETRACTED]
    for action, logged in ((log.action, recorded), (audit.RETRACT, retracted)):
        if logged:
            audit.log_event(action, by=by, kadernota_id=kadernota_id, subject=log.subject(logged))
    return rows


def lock_kadernota(pk: int) -> Kadernota:
    """Return the kadernota with its row locked until the end of the transaction."""
    return Kadernota.objects.select_for_update().get(pk=pk)


def _store(change: Change[Row], *, by: User, now: datetime) -> Row:
    """Store the change; return the revision that counts after it."""
    chain = change.chain
    if change.outcome is Outcome.SAME and chain.current is not None:
        return chain.current
    if change.outcome is Outcome.RETRACTED and chain.newest is not None and chain.adopted is not None:
        _insert(_retraction(chain.newest), chain.newest, by=by, now=now)
        return chain.adopted
    return _insert(change.revision(), chain.newest, by=by, now=now)


def _insert(row: Row, replaced: Row | None, *, by: User, now: datetime) -> Row:
    row.replaces, row.recorded_by, row.recorded_at = replaced, by, now
    row.save(force_insert=True)
    return row


def _retraction(draft: Row) -> Row:
    columns = [field for field in draft._meta.concrete_fields if field.name not in OF_ONE_REVISION]
    return type(draft)(**{field.attname: getattr(draft, field.attname) for field in columns}, retracted=True)


def send_back(
    *, model: type[Row], revision: int, kadernota: Kadernota, by: User, reason: str, now: datetime
) -> SentBack:
    """Send a draft back to its author, with a reason. Only a next revision can be adopted.

    Raises NotAllowed, and ActionRefused without a reason, or when the revision is adopted, replaced, taken back or sent
    back.
    """
    check_adopt(by)
    reason = checked_reason(reason, _this(model))
    with transaction.atomic():
        kadernota = lock_kadernota(kadernota.pk)
        draft = _open_draft(model, revision, kadernota)
        if hasattr(draft, "sent_back"):
            raise ActionRefused(f"{_label(draft, kadernota)} over {draft.year} was al teruggestuurd.")
        field = "line" if isinstance(draft, ProgrammeLine) else "measurement"
        rejection = SentBack.objects.create(**{field: draft}, reason=reason, sent_by=by, sent_at=now)
        audit.log_event(audit.SEND_BACK, by=by, kadernota_id=kadernota.pk, subject=_subject(draft, kadernota))
        return rejection


def retract(*, model: type[Row], revision: int, kadernota: Kadernota, by: User, now: datetime) -> Row:
    """Take a draft back, also one that was sent back; return the revision that says so.

    The last adopted revision counts again; without one, nothing is recorded. Raises NotAllowed, and ActionRefused when
    the revision is adopted, replaced or taken back.
    """
    check_record(by)
    with transaction.atomic():
        kadernota = lock_kadernota(kadernota.pk)
        draft = _open_draft(model, revision, kadernota)
        row = _insert(_retraction(draft), draft, by=by, now=now)
        audit.log_event(audit.RETRACT, by=by, kadernota_id=kadernota.pk, subject=_subject(draft, kadernota))
        return row


def checked_reason(reason: str, what: str) -> str:
    """Return the reason for sending `what` back, cleaned. Raises ActionRefused when it is empty or too long."""
    reason = clean_text(reason).strip()
    if not reason:
        raise ActionRefused(f"Schrijf waarom u {what} terugstuurt.")
    if len(reason) > LONGEST_REASON:
        raise ActionRefused(f"De reden is langer dan {LONGEST_REASON} tekens.")
    return reason


def _open_draft(model: type[Row], revision: int, kadernota: Kadernota) -> Row:
    rows = model.objects.filter(kadernota=kadernota, pk=revision)
    draft = rows.select_related("entry__edition", "replaced_by", "sent_back").first()
    if draft is None:
        raise ActionRefused(f"{_this(model).capitalize()} is er niet.")
    check_is_open(draft, kadernota)
    return draft


def check_is_open(draft: Measurement | ProgrammeLine, kadernota: Kadernota) -> None:
    """Raise ActionRefused when the draft was adopted, replaced or taken back."""
    name = f"{_label(draft, kadernota)} over {draft.year}"
    if hasattr(draft, "entry"):
        raise ActionRefused(f"{name} is al vastgesteld, in editie {draft.entry.edition}. Verbeteren kan alleen nog.")
    if draft.retracted or (hasattr(draft, "replaced_by") and draft.replaced_by.retracted):
        raise ActionRefused(f"{name} is al teruggenomen.")
    if hasattr(draft, "replaced_by"):
        newer = "de nieuwe regel" if isinstance(draft, ProgrammeLine) else "het nieuwe cijfer"
        raise ActionRefused(f"{name} is intussen gewijzigd. Bekijk {newer}.")


def _this(model: type[Measurement] | type[ProgrammeLine]) -> str:
    return "deze regel" if model is ProgrammeLine else "dit cijfer"


def _label(row: Measurement | ProgrammeLine, kadernota: Kadernota) -> str:
    """Return the name of a line, or the label that the newest version has for the series of a figure."""
    if isinstance(row, ProgrammeLine):
        return f"‘{row.title}’"
    components = Component.objects.filter(series=row.series_id, indicator__version=adopted_version(kadernota))
    return str(components.select_related("indicator").first() or row.series)


def _subject(row: Measurement | ProgrammeLine, kadernota: Kadernota) -> str:
    return str(row) if isinstance(row, ProgrammeLine) else f"{_label(row, kadernota)}, {row.year}"
