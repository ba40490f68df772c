"""Verify the sealed documents of a kadernota against their manifests, without changing anything.

The chain itself is verified by `indicators.readmodel.verifying`; its hashes cover figures, texts and verdicts. Here the
stored files are compared with their hashes and manifests, and each is written again where the code is the same.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from indicators.models import Decision, Edition, Manifest
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.verifying import Fault, verify_chain
from priorities.models import Kadernota
from reports.sealing.documents import KINDS, renderer_digest, renditions
from reports.sealing.store import SealedFile, manifest_text, missing_from, sealed_files, stored_bytes


@dataclass
class Verification:
    """The outcome: faults; what is not sealed yet; and files that other code wrote, which were not written again."""

    faults: list[Fault] = field(default_factory=list)
    unsealed: list[str] = field(default_factory=list)
    not_rewritten: list[str] = field(default_factory=list)
    decisions: int = 0
    files: int = 0
    head: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(kadernota: Kadernota, *, expect: str | None = None, strict: bool = False) -> Verification:
    """Verify the chain and the sealed documents of a kadernota.

    `expect` is a chain hash that was printed earlier. With `strict` an edition that is not sealed is a fault.
    """
    clear_cache()  # documents are written again from the rows as they are now
    result = Verification(faults=verify_chain(kadernota, expect=expect))
    hashes = list(Decision.objects.of(kadernota).values_list("chain_hash", flat=True))
    result.decisions, result.head = len(hashes), hashes[-1] if hashes else ""
    for edition in Edition.objects.of(kadernota).select_related("kadernota", "decision"):
        _verify_files(edition, result)
    for label in result.unsealed if strict else ():
        result.faults.append(Fault(0, "unsealed", f"Editie {label} is nog niet verzegeld."))
    return result


def _verify_files(edition: Edition, result: Verification) -> None:
    files = sealed_files(edition)
    result.files += len(files)
    manifest = Manifest.objects.filter(decision__edition=edition).first()
    if manifest is None and missing_from(files):
        result.unsealed.append(str(edition))
    if manifest is not None:
        result.faults += _manifest_faults(edition, manifest, files)
    elif not missing_from(files):
        result.faults.append(_fault(edition, "manifest", f"Editie {edition}: het manifest ontbreekt."))
    intact = []
    for file in files:
        faults = list(_file_faults(edition, file))
        result.faults += faults
        if not faults:
            intact.append(file)
    _compare_renderings(edition, intact, result)


def _fault(edition: Edition, code: str, sentence: str) -> Fault:
    return Fault(edition.decision.sequence, code, sentence)


def _manifest_faults(edition: Edition, manifest: Manifest, files: list[SealedFile]) -> Iterator[Fault]:
    try:
        previous = json.loads(manifest.content)["previous"]  # verify_chain compares it with the manifest before
        as_made = manifest_text(edition, files, previous=previous)
    except (ValueError, LookupError, TypeError):
        as_made = None
    if manifest.content != as_made:
        yield _fault(edition, "manifest", f"Editie {edition}: de verzegelde bestanden zijn niet die van het manifest.")


def _file_faults(edition: Edition, file: SealedFile) -> Iterator[Fault]:
    content = stored_bytes(file)
    digest = hashlib.sha256(content).hexdigest()
    if (len(content), digest) != (file.size, file.sha256):
        yield _fault(
            edition,
            "file",
            f"{file.name}: de inhoud past niet bij de verzegelde hash ({file.size} bytes, {file.sha256}); "
            f"er staat nu {len(content)} bytes, {digest}.",
        )


def _compare_renderings(edition: Edition, files: list[SealedFile], result: Verification) -> None:
    """Write each document again; where the code is the same, the bytes must be. Figures are compared by any code."""
    known = {rendition.key for rendition in renditions()}
    loaded: dict[str, Any] = {}
    for file in files:
        same_code = file.renderer == renderer_digest()
        if file.key not in known or not (same_code or file.format == "json"):
            result.not_rewritten.append(file.name)
            continue
        kind = KINDS[file.document]
        try:
            if file.document not in loaded:
                loaded = {file.document: kind.load(edition)}
            rendered = kind.write(loaded[file.document], file.format)
        except Exception as error:  # rows that were tampered with may fail in any way
            sentence = f"{file.name}: is niet opnieuw te maken ({error!r})."
            result.faults.append(_fault(edition, "rendering", sentence))
            continue
        if rendered.content == stored_bytes(file):
            continue
        if same_code or _figures(rendered.content) != _figures(stored_bytes(file)):
            sentence = f"{file.name}: opnieuw gemaakt komt er iets anders uit dan is verzegeld."
            result.faults.append(_fault(edition, "rendering", sentence))


def _figures(content: bytes) -> Any:
    """Return the figures and verdicts in sealed JSON; other code may word the rest differently."""
    try:
        return json.loads(content)["cijfers"]
    except (ValueError, LookupError, TypeError):
        return None
