"""Write and store sealed files: each once, each in its own transaction, so that an interruption loses nothing."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from indicators.domain.rules_version import RULES_VERSION
from indicators.models import Edition
from reports.models import SealedDocument
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
    source: str
    renderer: str
    rules: int
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
    rows = SealedDocument.objects.filter(edition=edition).values(*FIELDS)
    order = {rendition.key: number for number, rendition in enumerate(renditions())}
    files = [SealedFile(**row) for row in rows]
    return sorted(files, key=lambda file: (order.get(file.key, len(order)), file.pk))


def missing(edition: Edition) -> list[Rendition]:
    """Return what is not sealed yet, in the order of writing. One query."""
    return missing_from(sealed_files(edition))


def missing_from(files: Collection[SealedFile]) -> list[Rendition]:
    """Return what is missing among these sealed files of one edition."""
    sealed = {file.key for file in files}
    return [rendition for rendition in renditions() if rendition.key not in sealed]


def is_sealed(edition: Edition) -> bool:
    """Whether the edition is completely sealed."""
    return not missing(edition)


def find_sealed(edition: Edition, document: str, key: str) -> SealedFile | None:
    """Return the sealed file of this document in this format, or None."""
    row = SealedDocument.objects.filter(edition=edition, document=document, format=key).values(*FIELDS).first()
    return SealedFile(**row) if row else None


def bytes_of(file: SealedFile) -> bytes:
    """Return the stored bytes. Raises Damaged when they do not match the sealed size and hash."""
    content = bytes(SealedDocument.objects.values_list("content", flat=True).get(pk=file.pk))
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
    return stored


def _store(edition: Edition, rendition: Rendition, file: RenderedFile, now: datetime) -> bool:
    """Store a file; return False when another process stored it first."""
    row = SealedDocument(
        edition=edition,
        document=rendition.document,
        format=rendition.format,
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        source=file.source,
        renderer=renderer_digest(),
        rules=RULES_VERSION,
        sealed_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if find_sealed(edition, *rendition.key) is None:
            raise
        return False
    return True
