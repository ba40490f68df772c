"""Making and storing: each file once, each in a transaction of its own, so that what is done stays done."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from indicators.domain.rules import RULES_VERSION
from indicators.models import Edition
from reports.models import SealedDocument
from reports.sealing.documents import KINDS, Made, Rendition, renderer_digest, renditions

# Told after each file: how many of how many are done, and which was.
Progress = Callable[[int, int, Rendition], None]


class Damaged(Exception):
    """The stored bytes are not those that were sealed; nothing is handed out."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What is known of a sealed file without its contents."""

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
    def title(self) -> str:
        """What a page calls it."""
        kind = KINDS.get(self.document)
        word = kind.formats().get(self.format, self.format.upper()) if kind else self.format.upper()
        return f"{kind.name if kind else self.document}, {word}"


FIELDS = tuple(SealedFile.__slots__)


def sealed_files(edition: Edition) -> list[SealedFile]:
    """The sealed files of an edition, in the order of the documents and formats. One query, without contents."""
    rows = SealedDocument.objects.filter(edition=edition).values_list(*FIELDS)
    order = {(part.document, part.format): number for number, part in enumerate(renditions())}
    files = [SealedFile(*row) for row in rows]
    return sorted(files, key=lambda file: (order.get((file.document, file.format), len(order)), file.pk))


def missing(edition: Edition) -> list[Rendition]:
    """What is not sealed yet, in the order in which it is made. One query."""
    return missing_from(sealed_files(edition))


def missing_from(files: Collection[SealedFile]) -> list[Rendition]:
    """What is not among these files of one edition."""
    there = {(file.document, file.format) for file in files}
    return [part for part in renditions() if (part.document, part.format) not in there]


def is_sealed(edition: Edition) -> bool:
    """Whether all there is to seal is sealed."""
    return not missing(edition)


def find_sealed(edition: Edition, document: str, key: str) -> SealedFile | None:
    """The sealed file of this document in this format, if it is there."""
    row = SealedDocument.objects.filter(edition=edition, document=document, format=key).values_list(*FIELDS).first()
    return SealedFile(*row) if row else None


def bytes_of(file: SealedFile) -> bytes:
    """The stored bytes. Raises Damaged when they are not those that were sealed."""
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
    """Make and store what is missing; tells how many files were stored.

    `only` names documents with their formats; left out, all there are. What is sealed already stays as it is, and so
    does what another process sealed meanwhile. An interruption leaves what was stored; a next call goes on from there.
    """
    todo = [part for part in missing(edition) if only is None or (part.document, part.format) in only]
    loaded: dict[Any, Any] = {}
    stored = 0
    for number, part in enumerate(todo, start=1):
        kind = KINDS[part.document]
        if kind.load not in loaded:
            loaded = {kind.load: kind.load(edition)}  # one at a time: a read model is large
        stored += _store(edition, part, kind.write(loaded[kind.load], part.format), now)
        if progress:
            progress(number, len(todo), part)
    return stored


def _store(edition: Edition, part: Rendition, made: Made, now: datetime) -> bool:
    """Store a file; False when it was there already, since another was first."""
    row = SealedDocument(
        edition=edition,
        document=part.document,
        format=part.format,
        name=made.name,
        media_type=made.media_type,
        content=made.content,
        sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
        source=made.source,
        renderer=renderer_digest(),
        rules=RULES_VERSION,
        sealed_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if find_sealed(edition, part.document, part.format) is None:
            raise
        return False
    return True
