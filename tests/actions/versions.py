"""A small kadernota whose versions are prepared and adopted by the actions, for the tests of those actions."""

from dataclasses import replace
from datetime import UTC, date, datetime

from indicators.actions.versions import adopt_version, offer, start_draft
from indicators.domain.nota import read_nota
from indicators.models import Decision
from tests.actions.rows import make_user
from tests.domain.notas import edited, small

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
FIRST_INDICATOR = ("topics", 0, "indicators", 0)
FIRST_COMPONENT = (*FIRST_INDICATOR, "components", 0)


def make_people():
    """Create two keepers and two adopters."""
    return (
        make_user("keeper", "beheerder"),
        make_user("second", "beheerder"),
        make_user("adopter", "vaststeller"),
        make_user("other", "vaststeller"),
    )


def small_nota(*edits):
    """Return a small nota without predecessor, with these edits of its data."""
    return read_nota(edited(small(), (("predecessor",), None), *edits))


def with_target(nota, text, *more):
    """Return the nota with this target of the first component in 2025, and with these edits."""
    data_edits = [((*FIRST_COMPONENT, "targets", "2025"), text)]
    edits = [((*FIRST_INDICATOR, "printed", "2025"), text)]
    changed = small_nota(*data_edits, *edits, *more)
    return replace(nota, topics=changed.topics)


def adopt_draft(version, *, keeper, adopter, **facts):
    """Offer a draft and adopt it; return its decision."""
    content_hash = offer(version=version, by=keeper, now=NOW)
    facts = {"content_hash": content_hash, "reference": "raad 12", "decided_on": ON} | facts
    return adopt_version(version=version, by=adopter, now=NOW, **facts)


def adopted(nota, *, keeper, adopter):
    """Return a new kadernota with this nota as its first version."""
    version = start_draft(nota=nota, by=keeper, now=NOW)
    adopt_draft(version, keeper=keeper, adopter=adopter)
    return version.kadernota


def chain_of(kadernota):
    """Return the decisions of a kadernota, in order."""
    return list(Decision.objects.of(kadernota))
