"""The chain of decisions of a kadernota: its versions and editions, each with its decision as corrected.

The chain only grows; a shorter prefix of it is the state of an earlier day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from indicators.domain.rules_version import RULES_VERSION
from indicators.models.decisions import CORRECTION, NOTA, TAKEN_OVER, Decision
from priorities.models import Kadernota


@dataclass(frozen=True, kw_only=True)
class VersionInfo:
    """An adopted version of a kadernota; `number` is its place among them, `sequence` that of its decision."""

    pk: int
    number: int
    sequence: int
    kind: str
    reason: str
    title: str
    printed_organisation: str
    document: str
    summary: str
    finances: str
    first_year: int
    last_year: int
    baseline_year: int
    first_target_year: int
    chain_hash: str

    @property
    def years(self) -> range:
        """The years for which figures are recorded."""
        return range(self.first_year, self.last_year + 1)

    @property
    def target_years(self) -> range:
        """The years with targets."""
        return range(self.first_target_year, self.last_year + 1)

    @property
    def label(self) -> str:
        """The name by which a version is cited: versie 2."""
        return f"versie {self.number}"


@dataclass(frozen=True, kw_only=True)
class EditionInfo:
    """An edition for pages and documents, with its decision as corrected; `version` is the key of its version."""

    pk: int
    sequence: int
    year: int
    number: int
    version: int
    rejudges: bool
    kind: str
    adopted_on: date | None
    decision: str
    source: str
    retrieved_on: date | None
    recorded_at: datetime
    chain_hash: str

    @property
    def label(self) -> str:
        """The name by which an edition is cited: 2020-1."""
        return f"{self.year}-{self.number}"

    @property
    def is_taken_over(self) -> bool:
        """Whether it was taken over from published data, without a decision of the college."""
        return self.kind == TAKEN_OVER


@dataclass(frozen=True, kw_only=True)
class CorrectionInfo:
    """A correction of a decision by decision `sequence`; `reference` and `decided_on` are those from then on."""

    sequence: int
    reference: str
    decided_on: date | None
    remark: str


@dataclass(frozen=True, kw_only=True)
class DecisionInfo:
    """A link of the chain; `reference` and `decided_on` are as the last of its `corrections` says.

    `original_reference` and `original_decided_on` are as they were recorded. `corrected` is the sequence of the
    decision that this one corrects.
    """

    sequence: int
    kind: str
    recorded_at: datetime
    reference: str = ""
    decided_on: date | None = None
    source: str = ""
    retrieved_on: date | None = None
    rules_version: int = RULES_VERSION
    previous: str = ""
    manifest: str = ""
    content_hash: str = ""
    witness_hash: str = ""
    chain_hash: str = ""
    version: VersionInfo | None = None
    edition: EditionInfo | None = None
    corrected: int | None = None
    remark: str = ""
    original_reference: str = ""
    original_decided_on: date | None = None
    corrections: tuple[CorrectionInfo, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remarks of its corrections."""
        return tuple(correction.remark for correction in self.corrections)

    @property
    def is_taken_over(self) -> bool:
        """Whether it was taken over from a publication, without a decision of its own."""
        return bool(self.source)


@dataclass(frozen=True)
class Chain:
    """The decisions of a kadernota, in order."""

    decisions: tuple[DecisionInfo, ...]

    @cached_property
    def versions(self) -> tuple[VersionInfo, ...]:
        """The adopted versions, in order."""
        return tuple(decision.version for decision in self.decisions if decision.version)

    @cached_property
    def editions(self) -> tuple[EditionInfo, ...]:
        """The editions, in order."""
        return tuple(decision.edition for decision in self.decisions if decision.edition)

    @property
    def head(self) -> DecisionInfo | None:
        """The last decision."""
        return self.decisions[-1] if self.decisions else None

    def decision_of(self, version: VersionInfo) -> DecisionInfo:
        """Return the decision that adopted this version."""
        return self.decisions[version.sequence - 1]

    def version_of(self, year: int) -> VersionInfo:
        """Return the version that a year is judged under: that of its last edition, else the newest."""
        newest_edition = next((edition for edition in reversed(self.editions) if edition.year == year), None)
        if newest_edition is None:
            return self.versions[-1]
        return next(version for version in self.versions if version.pk == newest_edition.version)


def load_chain(kadernota: Kadernota, *, sequence: int | None = None) -> Chain:
    """Load the decisions of a kadernota up to and including `sequence`; None for all. One query."""
    rows = Decision.objects.of(kadernota).select_related("version", "edition", "correction__corrected")
    return make_chain(rows if sequence is None else rows.filter(sequence__lte=sequence))


def make_chain(rows: Iterable[Decision]) -> Chain:
    """Return the chain of these decisions, in order, each with the corrections that follow it."""
    decisions: list[DecisionInfo] = []
    for row in rows:
        number = 1 + sum(decision.kind == NOTA for decision in decisions)
        decisions.append(_decision(row, number))
        if row.kind == CORRECTION and row.correction:
            place = row.correction.corrected.sequence - 1
            decisions[place] = _corrected(decisions[place], row)
    return Chain(tuple(decisions))


def _decision(row: Decision, version_number: int) -> DecisionInfo:
    return DecisionInfo(
        sequence=row.sequence,
        kind=row.kind,
        reference=row.reference,
        decided_on=row.decided_on,
        source=row.source,
        retrieved_on=row.retrieved_on,
        recorded_at=row.recorded_at,
        rules_version=row.rules_version,
        previous=row.previous,
        manifest=row.manifest,
        content_hash=row.content_hash,
        witness_hash=row.witness_hash,
        chain_hash=row.chain_hash,
        version=_version(row, version_number),
        edition=_edition(row),
        corrected=row.correction.corrected.sequence if row.correction else None,
        remark=row.correction.remark if row.correction else "",
        original_reference=row.reference,
        original_decided_on=row.decided_on,
    )


def _version(row: Decision, number: int) -> VersionInfo | None:
    if (version := row.version) is None:
        return None
    return VersionInfo(
        pk=version.pk,
        number=number,
        sequence=row.sequence,
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
        chain_hash=row.chain_hash,
    )


def _edition(row: Decision) -> EditionInfo | None:
    if (edition := row.edition) is None:
        return None
    return EditionInfo(
        pk=edition.pk,
        sequence=row.sequence,
        year=edition.year,
        number=edition.number,
        version=edition.version_id,
        rejudges=edition.rejudges,
        kind=row.kind,
        adopted_on=row.decided_on,
        decision=row.reference,
        source=row.source,
        retrieved_on=row.retrieved_on,
        recorded_at=row.recorded_at,
        chain_hash=row.chain_hash,
    )


def _corrected(decision: DecisionInfo, row: Decision) -> DecisionInfo:
    """Return a decision with the date, reference and remark of a correction."""
    correction = row.correction
    assert correction is not None  # a constraint of the table
    decided_on, reference = correction.decided_on or decision.decided_on, correction.reference or decision.reference
    edition = decision.edition
    info = CorrectionInfo(sequence=row.sequence, reference=reference, decided_on=decided_on, remark=correction.remark)
    return replace(
        decision,
        decided_on=decided_on,
        reference=reference,
        edition=replace(edition, adopted_on=decided_on, decision=reference) if edition else None,
        corrections=(*decision.corrections, info),
    )
