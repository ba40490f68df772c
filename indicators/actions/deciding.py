"""Append a decision to the chain of a kadernota, and the checks on its reference and date.

`decide` is the only place that inserts a Decision. Its caller holds the lock on the kadernota
(`select_for_update`) and has stored what the decision fixes: a version, an edition with its entries, or a correction.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from indicators.actions.errors import ActionRefused
from indicators.domain.chain import chain_hash, content_hash, witness_hash, witness_text
from indicators.domain.rules_version import RULES_VERSION
from indicators.domain.text_input import clean_line
from indicators.models import LONGEST_REFERENCE, Correction, Decision, Edition, Witness
from indicators.models.decisions import CORRECTION, NOTA, TAKEN_OVER, YEAR
from indicators.readmodel.proof import content_of, first_link_of, newest_manifest
from priorities.models import Kadernota, Version

BEFORE_YEAR_END = "before-year-end"
EARLIER_THAN_PREVIOUS = "earlier-than-previous-decision"
MORE_THAN_A_YEAR_AGO = "more-than-a-year-ago"


@dataclass(frozen=True)
class Question:
    """What is asked before a decision is taken: a stable code that confirms it, and a sentence in Dutch."""

    code: str
    sentence: str


class NeedsConfirmation(Exception):
    """The action asks something first. Repeat it with the codes of these questions in `confirm`."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(" ".join(question.sentence for question in self.questions))


def check_confirmed(questions: Iterable[Question], confirm: Collection[str]) -> list[str]:
    """Return the codes of these questions, in order. Raises NeedsConfirmation with those that `confirm` lacks."""
    questions = tuple(questions)
    if open_questions := [question for question in questions if question.code not in confirm]:
        raise NeedsConfirmation(open_questions)
    return sorted({question.code for question in questions})


def check_reference(reference: str) -> str:
    """Return the reference of a decision, cleaned. Raises ActionRefused when it is empty or too long."""
    reference = clean_line(reference).strip()
    if not reference:
        raise ActionRefused("Noem het besluit: wie besloot het, en onder welk nummer?")
    if len(reference) > LONGEST_REFERENCE:
        raise ActionRefused(f"De verwijzing naar het besluit is langer dan {LONGEST_REFERENCE} tekens.")
    return reference


def date_questions(
    kadernota: Kadernota, decided_on: date, *, now: datetime, year: int | None = None, has_figures: bool = False
) -> list[Question]:
    """Return what to ask about the date of a decision (rule 6). Raises ActionRefused for an impossible date.

    `year` is the year that is decided on, None for a version or correction; `has_figures` says whether figures of that
    year are adopted, or lines of the programme alone.
    """
    today = timezone.localdate(now)
    if decided_on > today:
        raise ActionRefused("De datum van vaststellen ligt in de toekomst.")
    questions = []
    if year is not None:
        earliest = year if has_figures else year - 1
        if decided_on < date(earliest, 1, 1):
            what = "De cijfers" if has_figures else "Het programma"
            verb = "worden" if has_figures else "wordt"
            raise ActionRefused(f"{what} van {year} {verb} niet vastgesteld vóór 1 januari {earliest}.")
        if has_figures and decided_on <= date(year, 12, 31):
            sentence = f"Het besluit is van vóór het einde van {year}. Zijn dit cijfers over het hele jaar?"
            questions.append(Question(BEFORE_YEAR_END, sentence))
    previous = newest_date(kadernota)
    if previous is not None and decided_on < previous:
        sentence = f"Een eerder vastgelegd besluit is van {previous:%d-%m-%Y}. Klopt deze eerdere datum?"
        questions.append(Question(EARLIER_THAN_PREVIOUS, sentence))
    if decided_on < _year_before(today):
        questions.append(Question(MORE_THAN_A_YEAR_AGO, "Het besluit is meer dan een jaar geleden. Klopt de datum?"))
    return questions


def _year_before(day: date) -> date:
    """Return the same day a year earlier; 28 February for 29 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def newest_date(kadernota: Kadernota) -> date | None:
    """Return the date of the newest decision that has one; the last correction of that date counts."""
    decision = Decision.objects.of(kadernota).exclude(kind=CORRECTION).filter(decided_on__isnull=False).last()
    if decision is None:
        return None
    corrections = decision.corrections.filter(decided_on__isnull=False, decision__isnull=False)
    correction = corrections.order_by("decision__sequence").last()
    return correction.decided_on if correction else decision.decided_on


def person(user: User | None) -> dict[str, Any] | None:
    """Return who a user is at this moment, for a witness."""
    if user is None:
        return None
    return {"account": user.pk, "username": user.get_username(), "name": user.get_full_name()}


def decide(
    *,
    fixes: Version | Edition | Correction,
    content: Mapping[str, Any],
    people: Mapping[str, Any],
    now: datetime,
    by: User | None = None,
    reference: str = "",
    decided_on: date | None = None,
    source: str = "",
    retrieved_on: date | None = None,
    confirmations: Collection[str] = (),
) -> Decision:
    """Append the decision that fixes this version, edition or correction; return it.

    `content` and `people` are plain data (see `indicators.domain.chain`): what the content hash and the witness hash
    cover beside the decision and its adopter. Without `by` the content is taken over from a published `source`.
    """
    kadernota = fixes.corrected.kadernota if isinstance(fixes, Correction) else fixes.kadernota
    last = Decision.objects.of(kadernota).last()
    text = witness_text({**people, "adopter": person(by)}, salt=secrets.token_hex(32))
    decision = Decision(
        kadernota=kadernota,
        sequence=last.sequence + 1 if last else 1,
        kind=_kind(fixes, by),
        version=fixes if isinstance(fixes, Version) else None,
        edition=fixes if isinstance(fixes, Edition) else None,
        correction=fixes if isinstance(fixes, Correction) else None,
        witness=Witness.objects.create(kadernota=kadernota, content=text),
        reference=reference,
        decided_on=decided_on,
        adopted_by=by,
        source=source,
        retrieved_on=retrieved_on,
        confirmations=sorted(confirmations),
        rules_version=RULES_VERSION,
        recorded_at=now,
        previous=last.chain_hash if last else first_link_of(kadernota),
        manifest=newest_manifest(kadernota),
        witness_hash=witness_hash(text),
    )
    decision.content_hash = content_hash(content_of(decision, content))
    decision.chain_hash = chain_hash(
        sequence=decision.sequence,
        previous=decision.previous,
        content_hash=decision.content_hash,
        witness_hash=decision.witness_hash,
        manifest=decision.manifest,
    )
    decision.save(force_insert=True)
    return decision


def _kind(fixes: Version | Edition | Correction, by: User | None) -> str:
    if isinstance(fixes, Version):
        return NOTA
    if isinstance(fixes, Correction):
        return CORRECTION
    return TAKEN_OVER if by is None else YEAR
