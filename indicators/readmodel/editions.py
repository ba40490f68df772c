"""The read model of an edition."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class EditionInfo:
    """An edition for pages and documents. `adopted_by`, a name, is only for users who may see drafts."""

    pk: int
    year: int
    number: int
    kind: str
    adopted_on: date | None
    decision: str
    source: str
    retrieved_on: date | None
    content_hash: str
    adopted_by: str = ""

    @property
    def label(self) -> str:
        """The name by which an edition is cited: 2020-1."""
        return f"{self.year}-{self.number}"

    @property
    def is_taken_over(self) -> bool:
        """Whether it was taken over from published data, without a decision."""
        return self.kind == "taken_over"
