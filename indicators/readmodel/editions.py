"""An edition as the read models know it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EditionInfo:
    """An edition as pages and documents name it. `adopted_by` is for officers' eyes only."""

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
        """Taken over from published data, without a decision."""
        return self.kind == "taken_over"
