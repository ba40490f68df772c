"""Refusals and questions about a nota, as data."""

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A refusal of, or a question about, one place in a nota.

    `code` is short, English and stable; `path` leads to the place in the data by key, index and year; `typed` is the
    text at that place; `sentence` says in Dutch what is wrong; `meant` is what was probably meant, "" if unknown.
    """

    code: str
    path: Path
    typed: str
    sentence: str
    meant: str = ""

    def __str__(self) -> str:
        return self.sentence + (f" Bedoelt u {self.meant}?" if self.meant else "")


class NotaRefused(Exception):
    """Data that is no valid nota, with all its refusals."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)
