"""Verify the chain of a kadernota: every hash from the rows, every link, and that nothing is missing.

Nothing is changed. No column of a row decides whether that row is verified: the walk goes from the first decision to
the last. What is fixed and no decision points at is a fault too.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from indicators.domain.chain import canonical_data, chain_hash, content_hash, sha256, witness_hash
from indicators.domain.shipped import is_shipped
from indicators.models import Correction, Decision, Edition, EditionEntry, Manifest, Proposal, VersionEdit, Witness
from indicators.models.guards import missing_triggers
from indicators.readmodel.chain import VersionInfo
from indicators.readmodel.nota import nota_of, version_content
from indicators.readmodel.overview import load_prefix, make_overview
from indicators.readmodel.proof import content_of, correction_content, edition_content, first_link_of, witness_of
from indicators.readmodel.structure import Structure, load_structure
from priorities.models import Kadernota


@dataclass(frozen=True)
class Fault:
    """A fault: the sequence of the decision (0: the chain as a whole), a stable code, and a sentence in Dutch."""

    sequence: int
    code: str
    sentence: str


def fixed_content(decision: Decision, structures: dict[int, Structure] | None = None) -> dict[str, Any]:
    """Return the content of what a decision fixes, from the rows as they are now: nothing comes from the cache.

    `structures` are those of versions that were loaded before, by key; others are added to it.
    """
    if decision.version is not None:
        return {"version": version_content(decision.version, nota_of(decision.version))}
    if decision.correction is not None:
        return correction_content(decision.correction)
    edition = decision.edition
    assert edition is not None  # a constraint of the table
    loaded = {} if structures is None else structures

    def load(version: VersionInfo) -> Structure:
        if version.pk not in loaded:
            loaded[version.pk] = load_structure(version.pk)
        return loaded[version.pk]

    before, after = (
        make_overview(load_prefix(decision.kadernota, sequence=sequence, load=load))
        for sequence in (decision.sequence - 1, decision.sequence)
    )
    return edition_content(edition, before, after)


def verify_chain(kadernota: Kadernota, *, expect: str | None = None) -> list[Fault]:
    """Return the faults in the chain of a kadernota; an empty list when there are none.

    `expect` is the hash of a decision or manifest that was printed earlier: without it, a chain that was shortened or
    made anew as a whole cannot be noticed.
    """
    faults = [
        Fault(0, "guard-missing", f"De bewaking {name} ontbreekt in de database, of is veranderd.")
        for name in missing_triggers(connection)
    ]
    manifest_hashes, manifest_faults = _manifests(kadernota)
    faults += manifest_faults
    previous = first_link_of(kadernota)
    hashes = set()
    decisions = Decision.objects.of(kadernota).select_related(
        "kadernota__organisation", "version__based_on__decision", "edition", "correction__corrected", "witness"
    )
    structures: dict[int, Structure] = {}
    for number, decision in enumerate(decisions, start=1):
        known = {*manifest_hashes, ""}
        faults += _decision_faults(decision, number, previous, known_manifests=known, structures=structures)
        previous = decision.chain_hash
        hashes.add(previous)
    if not hashes:
        faults.append(Fault(0, "empty", "Er is geen enkel besluit."))
    if expect is not None and expect not in hashes | manifest_hashes:
        sentence = f"De verwachte vingerafdruk {expect} komt niet voor: er ontbreekt iets, of de keten is vervangen."
        faults.append(Fault(0, "expected", sentence))
    return [*faults, *_orphans(kadernota)]


def _manifests(kadernota: Kadernota) -> tuple[set[str], list[Fault]]:
    """Return the hashes of the manifests, and a fault for each that is changed or does not follow on the one before."""
    faults, previous = [], ""
    hashes = set()
    for manifest in Manifest.objects.filter(decision__kadernota=kadernota).select_related("decision").order_by("pk"):
        sequence = manifest.decision.sequence
        if sha256(manifest.content) != manifest.sha256:
            faults.append(Fault(sequence, "manifest", f"Besluit {sequence}: het manifest past niet bij zijn hash."))
        try:
            follows = json.loads(manifest.content)["previous"] == previous
        except (ValueError, LookupError, TypeError):
            follows = False
        if not follows:
            sentence = f"Besluit {sequence}: het manifest sluit niet aan op het manifest ervoor."
            faults.append(Fault(sequence, "manifest", sentence))
        previous = manifest.sha256
        hashes.add(previous)
    return hashes, faults


def _decision_faults(
    decision: Decision,
    number: int,
    previous: str,
    *,
    known_manifests: Collection[str],
    structures: dict[int, Structure],
) -> Iterator[Fault]:
    def fault(code: str, sentence: str) -> Fault:
        return Fault(number, code, f"Besluit {number}: {sentence}")

    if decision.sequence != number:
        yield fault("sequence", f"draagt nummer {decision.sequence}; er ontbreekt een besluit.")
    if decision.previous != previous:
        yield fault("previous", "sluit niet aan op het besluit ervoor.")
    if witness_hash(decision.witness.content) != decision.witness_hash or not _people_agree(decision):
        yield fault("witness", "wie vastlegde, voorbereidde of vaststelde is niet wie het toen was.")
    if not _by_second_person(decision):
        yield fault("second-person", "is genomen door wie het zelf vastlegde of voorbereidde.")
    if decision.manifest not in known_manifests:
        yield fault("manifest", "noemt een manifest van verzegelde documenten dat er niet is.")
    try:
        content = content_of(decision, fixed_content(decision, structures))
        if content_hash(content) != decision.content_hash:
            yield fault("content", "de inhoud is niet wat toen is vastgesteld.")
        if decision.adopted_by_id is None and not is_shipped(decision.kadernota.slug, content):
            yield fault("adopter", "heeft geen vaststeller, en is niet met dit programma meegeleverd.")
    except Exception as error:  # rows that were tampered with may fail in any way
        yield fault("content", f"de inhoud is niet te lezen ({error!r}).")
    own = chain_hash(
        sequence=decision.sequence,
        previous=decision.previous,
        content_hash=decision.content_hash,
        witness_hash=decision.witness_hash,
        manifest=decision.manifest,
    )
    if own != decision.chain_hash:
        yield fault("chain", "de vingerafdruk past niet bij wat het vastlegde.")


def _people_agree(decision: Decision) -> bool:
    """Return whether the rows name the accounts that the witness of the decision names. Names themselves may change."""
    try:
        people = json.loads(decision.witness.content)
        return bool(_accounts(people) == _accounts_of_rows(decision))
    except (ValueError, LookupError, TypeError, AttributeError):
        return False


def _by_second_person(decision: Decision) -> bool:
    """Return whether the adopter recorded, edited and proposed nothing of what the decision fixes (rule 4)."""
    accounts = _accounts_of_rows(decision)
    recorders = {recorder for _, recorder, _ in accounts["recorders"]}
    return decision.adopted_by_id is None or decision.adopted_by_id not in {
        accounts["proposer"],
        *accounts["editors"],
        *recorders,
    }


def _accounts(people: dict[str, Any]) -> dict[str, Any]:
    """Return the accounts in a witness, without their names: these are as they were."""
    return {
        "adopter": _account(people["adopter"]),
        "proposer": _account(people.get("proposer")),
        "editors": sorted(person["account"] for person in people.get("editors", ())),
        "recorders": [
            [item["row"], _account(item["recorder"]), item["recorded_at"]] for item in people.get("recorders", ())
        ],
    }


def _account(person: dict[str, Any] | None) -> int | None:
    return None if person is None else person["account"]


def _accounts_of_rows(decision: Decision) -> dict[str, Any]:
    proposer, editors, recorders = None, [], []
    if decision.version_id is not None:
        proposal = Proposal.objects.filter(version=decision.version_id).first()
        proposer = proposal.proposed_by_id if proposal else None
        edits = VersionEdit.objects.filter(version=decision.version_id)
        editors = sorted(set(edits.order_by().values_list("edited_by", flat=True)))
    elif decision.correction is not None:
        proposer = decision.correction.proposed_by_id
    elif decision.edition is not None:
        proposer = decision.edition.proposed_by_id
        recorders = canonical_data(witness_of(decision.edition))["recorders"]
    return _accounts({"adopter": None, "recorders": recorders}) | {
        "adopter": decision.adopted_by_id,
        "proposer": proposer,
        "editors": editors,
    }


def _orphans(kadernota: Kadernota) -> Iterator[Fault]:
    """Yield a fault for rows that no decision points at, and for those that a decision could not have taken."""
    for name, rows in (
        ("edities", Edition.objects.filter(kadernota=kadernota, decision__isnull=True)),
        ("verbeteringen", Correction.objects.filter(corrected__kadernota=kadernota, decision__isnull=True)),
        ("getuigenissen", Witness.objects.filter(kadernota=kadernota, decision__isnull=True)),
    ):
        if count := rows.count():
            yield Fault(0, "orphan", f"Zonder besluit: {count} {name}.")
    entries = EditionEntry.objects.filter(edition__kadernota=kadernota)
    if count := entries.filter(Q(measurement__retracted=True) | Q(line__retracted=True)).count():
        yield Fault(0, "retracted", f"Vastgesteld, en toch als teruggenomen gemerkt: {count} cijfers of regels.")
