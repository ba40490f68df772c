"""Sealing: the documents of an edition are made once, stored with their hashes, and handed out from then on.

documents.py  which documents and formats an edition has
figures.py    its figures and verdicts in full, as data
store.py      making and storing; what is sealed and what is missing
verify.py     whether what was sealed still holds
archive.py    all of it in one file that can be checked without this program
"""

from reports.sealing.documents import Rendition, renditions
from reports.sealing.store import Damaged, SealedFile, bytes_of, find_sealed, is_sealed, missing, seal, sealed_files

__all__ = [
    "Damaged",
    "Rendition",
    "SealedFile",
    "bytes_of",
    "find_sealed",
    "is_sealed",
    "missing",
    "renditions",
    "seal",
    "sealed_files",
]
