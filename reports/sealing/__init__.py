"""Sealing: each document of an edition is written once, stored with its hash, and served unchanged from then on.

documents.py  the documents and formats of an edition
figures.py    its figures and verdicts as data, described by columns.py
store.py      writing and storing; what is sealed and what is missing
verify.py     checks of what is sealed
archive.py    all sealed files in one ZIP, with scripts/ that verify it without this application
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
