"""Adopt a next version of a kadernota, and judge a year again under it, for tests of what people see of that."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from indicators.actions.adopting import adopt
from indicators.actions.proposals import adopt_correction, propose_correction, propose_rejudging
from indicators.actions.versions import adopt_version, offer, questions_about, start_draft
from indicators.domain.nota import Indicator, Nota
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.models import Decision, Edition
from indicators.readmodel.chain import load_chain
from indicators.readmodel.nota import nota_of
from priorities.models import Kadernota
from tests.cast import DATE_QUESTIONS, NOW

ON = date(2026, 11, 20)


def below(number: int) -> TargetRule:
    """Return the target `<number`."""
    return TargetRule(bound=Bound(Sign.BELOW, Decimal(number)))


def changed_indicator(nota: Nota, code: str, **facts: Any) -> Nota:
    """Return the nota with these facts of an indicator."""

    def change(indicator: Indicator) -> Indicator:
        return replace(indicator, **facts) if indicator.code == code else indicator

    topics = [replace(topic, indicators=tuple(map(change, topic.indicators))) for topic in nota.topics]
    return replace(nota, topics=tuple(topics))


def adopt_nota(kadernota: Kadernota, nota: Nota, *, keeper: User, adopter: User, reason: str) -> Decision:
    """Prepare a version with this content, and adopt it."""
    version = start_draft(kadernota=kadernota, nota=nota, by=keeper, now=NOW, reason=reason)
    content_hash = offer(version=version, by=keeper, now=NOW, confirm=[item.code for item in questions_about(nota)])
    return adopt_version(
        version=version,
        by=adopter,
        now=NOW,
        content_hash=content_hash,
        reference="Raad 7",
        decided_on=ON,
        confirm=DATE_QUESTIONS,
    )


def adopt_target(
    kadernota: Kadernota, code: str, year: int, target: TargetRule, *, keeper: User, adopter: User
) -> Decision:
    """Adopt a version in which the only component of an indicator has this target, a bound, in one year."""
    nota = nota_of(kadernota.version)
    (row,) = [row for topic in nota.topics for row in topic.indicators if row.code == code]
    (component,) = row.components
    assert target.bound is not None
    changed = changed_indicator(
        nota,
        code,
        components=(replace(component, targets={**component.targets, year: target}),),
        printed={**row.printed, year: f"<{target.bound.number}"} if row.printed else row.printed,
    )
    return adopt_nota(kadernota, changed, keeper=keeper, adopter=adopter, reason="De raad wil meer.")


def rejudge(kadernota: Kadernota, year: int, *, keeper: User, adopter: User, **facts: Any) -> Edition:
    """Judge a year again under the newest version; `facts` go to `adopt`."""
    number = len(load_chain(kadernota).versions)
    proposal = propose_rejudging(kadernota=kadernota, year=year, version=number, by=keeper, now=NOW)
    return adopt(
        kadernota=kadernota,
        year=year,
        by=adopter,
        decision="College 8",
        on=ON,
        now=NOW,
        rejudging=proposal,
        confirm=DATE_QUESTIONS,
        **facts,
    )


def correct(decision: Decision, remark: str, *, keeper: User, adopter: User, reference: str = "") -> Decision:
    """Correct a decision for the reader."""
    proposal = propose_correction(decision=decision, remark=remark, reference=reference, by=keeper, now=NOW)
    return adopt_correction(proposal=proposal, by=adopter, reference="College 9", on=ON, now=NOW)
