"""The state of a kadernota as it would be after a decision that nobody took yet: a preview, never cached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from indicators.models.decisions import NOTA, YEAR
from indicators.readmodel.chain import Chain, DecisionInfo, EditionInfo, VersionInfo, load_chain
from indicators.readmodel.overview import Prefix, load_prefix, make_overview
from indicators.readmodel.rows import Overview
from indicators.readmodel.structure import load_structure
from priorities.models import Kadernota, Version


def load_proposed(version: Version, *, now: datetime) -> Prefix:
    """Return the chain of a kadernota with a pending decision that adopts this draft."""
    kadernota = version.kadernota
    decisions = load_chain(kadernota).decisions
    prefix = load_prefix(kadernota) if decisions else _empty(kadernota)
    sequence = len(decisions) + 1
    info = VersionInfo(
        pk=version.pk,
        number=len(prefix.chain.versions) + 1,
        sequence=sequence,
        kind=version.kind,
        reason=version.reason,
        title=version.title,
        printed_organisation=version.printed_organisation,
        document=version.document,
        summary=version.summary,
        finances=version.finances,
        first_year=version.first_year,
        last_year=version.last_year,
        baseline_year=version.baseline_year,
        first_target_year=version.first_target_year,
        chain_hash="",
    )
    pending = DecisionInfo(sequence=sequence, kind=NOTA, recorded_at=now, version=info)
    structures = {**prefix.structures, version.pk: load_structure(version.pk)}
    return replace(prefix, chain=Chain((*prefix.chain.decisions, pending)), structures=structures)


def _empty(kadernota: Kadernota) -> Prefix:
    return Prefix(
        slug=kadernota.slug,
        is_practice=kadernota.is_practice,
        chain=Chain(()),
        structures={},
        revisions=[],
        lines=[],
    )


def judged_again(prefix: Prefix, versions: Mapping[int, VersionInfo], *, now: datetime) -> Overview:
    """Return the overview of a prefix in which these years are judged again, each under another version."""
    decisions = prefix.chain.decisions
    for year, version in versions.items():
        sequence = len(decisions) + 1
        edition = EditionInfo(
            pk=-sequence,
            sequence=sequence,
            year=year,
            number=1 + sum(edition.year == year for edition in prefix.chain.editions),
            version=version.pk,
            rejudges=True,
            kind=YEAR,
            adopted_on=None,
            decision="",
            source="",
            retrieved_on=None,
            recorded_at=now,
            chain_hash="",
        )
        decisions += (DecisionInfo(sequence=sequence, kind=YEAR, recorded_at=now, edition=edition),)
    return make_overview(replace(prefix, chain=Chain(decisions)))
