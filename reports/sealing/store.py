"""Write and store sealed files: each once, each in its own transaction, so that an interruption loses nothing."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count

from indicators.domain.chain import FORMAT, canonical_text, sha256
from indicators.models import Edition, Manifest, SealedDocument
from indicators.readmodel.proof import newest_manifest
from priorities.models import Kadernota
from reports.sealing.documents import KINDS, RenderedFile, Rendition, renderer_digest, renditions

# Called after each file with its number, the total, and the file.
Progress = Callable[[int, int, Rendition], None]


class Damaged(Exception):
    """The stored bytes do not match their hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """The metadata of a sealed file, without its content."""

    pk: int
    document: str
    format: str
    name: str
    media_type: str
    sha256: str
    size: int
    renderer: str
    sealed_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """The keys of document and format; the same as those of the rendition."""
        return self.document, self.format

    @property
    def title(self) -> str:
        """The name on pages; also of a document or format that this version no longer writes."""
        kind = KINDS.get(self.document)
        name, formats = (kind.name, kind.formats()) if kind else (self.document, {})
        return f"{name}, {formats.get(self.format, self.format.upper())}"


FIELDS = tuple(SealedFile.__slots__)


def sealed_files(edition: Edition) -> list[SealedFile]:
    """Return the sealed files of an edition, in the order of documents and formats. One query, without content."""
    rows = SealedDocument.objects.filter(decision__edition=edition).values(*FIELDS)
    order = {rendition.key: number for number, rendition in enumerate(renditions())}
    files = [SealedFile(**row) for row in rows]
    return sorted(files, key=lambda file: (order.get(file.key, len(order)), file.pk))


def missing(edition: Edition) -> list[Rendition]:
    """Return what is not sealed yet, in the order of writing; nothing once the manifest is made. Two queries."""
    if find_manifest(edition):
        return []
    return missing_from(sealed_files(edition))


def find_manifest(edition: Edition) -> Manifest | None:
    """Return the manifest of the sealed files of an edition, or None while some are missing."""
    return Manifest.objects.filter(decision__edition=edition).first()


@dataclass(frozen=True, slots=True)
class SealedDecision:
    """A decision of which all documents are sealed: the hash of its manifest, and the number of files."""

    manifest: str
    files: int


def sealed_decisions(kadernota: Kadernota) -> dict[int, SealedDecision]:
    """Return the decisions of which all documents are sealed, by their sequence. One query."""
    rows = Manifest.objects.filter(decision__kadernota=kadernota).annotate(files=Count("decision__sealed_documents"))
    return {
        sequence: SealedDecision(digest, files)
        for sequence, digest, files in rows.values_list("decision__sequence", "sha256", "files")
    }


def missing_from(files: Collection[SealedFile]) -> list[Rendition]:
    """Return what is missing among these sealed files of one edition."""
    sealed = {file.key for file in files}
    return [rendition for rendition in renditions() if rendition.key not in sealed]


def is_sealed(edition: Edition) -> bool:
    """Whether the edition is completely sealed."""
    return not missing(edition)


def find_sealed(edition: int, document: str, key: str) -> SealedFile | None:
    """Return the sealed file of a document in a format, of the edition with this key, or None."""
    row = (
        SealedDocument.objects.filter(decision__edition=edition, document=document, format=key).values(*FIELDS).first()
    )
    return SealedFile(**row) if row else None


def stored_bytes(file: SealedFile) -> bytes:
    """Return the stored bytes, whatever they are."""
    return bytes(SealedDocument.objects.values_list("content", flat=True).get(pk=file.pk))


def bytes_of(file: SealedFile) -> bytes:
    """Return the stored bytes. Raises Damaged when they do not match the sealed size and hash."""
    return _undamaged(file, stored_bytes(file))


def bytes_of_all(files: Collection[SealedFile]) -> dict[str, bytes]:
    """Return the stored bytes of these files by name. Raises Damaged like `bytes_of`. One query."""
    rows = SealedDocument.objects.filter(pk__in=[file.pk for file in files])
    contents = {pk: bytes(content) for pk, content in rows.values_list("pk", "content")}
    return {file.name: _undamaged(file, contents[file.pk]) for file in files}


def _undamaged(file: SealedFile, content: bytes) -> bytes:
    if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.sha256:
        raise Damaged(f"{file.name} is niet meer wat is verzegeld: de inhoud past niet bij de hash.")
    return content


def seal(
    edition: Edition,
    *,
    now: datetime,
    progress: Progress | None = None,
    only: Collection[tuple[str, str]] | None = None,
) -> int:
    """Write and store the missing files of an edition; return how many were stored.

    `only` limits this to pairs of a document and a format. Files that are sealed already, also by another process
    meanwhile, stay as they are. After an interruption the next call continues with what is still missing.
    """
    todo = [rendition for rendition in missing(edition) if only is None or rendition.key in only]
    loaded: dict[str, Any] = {}
    stored = 0
    for number, rendition in enumerate(todo, start=1):
        kind = KINDS[rendition.document]
        if rendition.document not in loaded:
            loaded = {rendition.document: kind.load(edition)}  # one at a time: a read model is large
        file = kind.write(loaded[rendition.document], rendition.format)
        stored += _store(edition, rendition, file, now)
        if progress:
            progress(number, len(todo), rendition)
    if stored and not missing(edition):
        make_manifest(edition, now=now)
    return stored


def make_manifest(edition: Edition, *, now: datetime) -> Manifest:
    """Store the list of all sealed files of an edition with their hashes; no file is added after that."""
    with transaction.atomic():
        Kadernota.objects.select_for_update().get(pk=edition.kadernota_id)  # one manifest at a time follows on the last
        text = manifest_text(edition, sealed_files(edition), previous=newest_manifest(edition.kadernota))
        manifest, _ = Manifest.objects.get_or_create(
            decision=edition.decision, defaults={"content": text, "sha256": sha256(text), "made_at": now}
        )
    return manifest


def manifest_text(edition: Edition, files: Collection[SealedFile], *, previous: str) -> str:
    """Return the content of the manifest of these files, as canonical JSON; `previous` is the hash of the last one."""
    return canonical_text(
        {
            "format": FORMAT,
            "kadernota": edition.kadernota.slug,
            "sequence": edition.decision.sequence,
            "chain_hash": edition.decision.chain_hash,
            "previous": previous,
            "files": [
                {
                    "name": file.name,
                    "document": file.document,
                    "format": file.format,
                    "media_type": file.media_type,
                    "size": file.size,
                    "sha256": file.sha256,
                    "renderer": file.renderer,
                    "sealed_at": file.sealed_at,
                }
                for file in files
            ],
        }
    )


def _store(edition: Edition, rendition: Rendition, file: RenderedFile, now: datetime) -> bool:
    """Store a file; return False when another process stored it first."""
    row = SealedDocument(
        decision=edition.decision,
        document=rendition.document,
        format=rendition.format,
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        renderer=renderer_digest(),
        sealed_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if find_sealed(edition.pk, *rendition.key) is None:
            raise
        return False
    return True
