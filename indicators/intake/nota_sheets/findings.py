"""The findings of a sheet while it is read, and the place of each path of its data."""

from collections.abc import Iterable

from indicators.domain.nota import Finding
from indicators.intake.nota_data import DataPath, Place
from indicators.intake.nota_sheets.cells import closest

# Comparing a wrong word with all the right ones takes time; a file with more wrong words than this has another fault.
MOST_SUGGESTIONS = 100


class SheetFindings:
    """The refusals and notices of a sheet, the place of each path, and the paths whose content is unknown.

    A finding about no part of the data has its place as its path.
    """

    def __init__(self) -> None:
        self.refusals: list[Finding] = []
        self.notices: list[Finding] = []
        self.places: dict[DataPath, Place] = {}
        self.unread: set[DataPath] = set()
        self.suggestions_left = MOST_SUGGESTIONS

    def refuse(
        self,
        code: str,
        place: Place,
        sentence: str,
        *,
        path: DataPath | None = None,
        typed: str = "",
        meant: str = "",
    ) -> None:
        """Add a refusal; the content at `path` is unknown."""
        if path is None:
            path = (place.sheet, place.row, place.column)
        else:
            self.unread.add(path)
        self.places[path] = place
        self.refusals.append(Finding(code=code, path=path, typed=typed, sentence=sentence, meant=meant))

    def notice(self, code: str, place: Place, sentence: str) -> None:
        """Add a sentence that only informs."""
        path = (place.sheet, place.row, place.column)
        self.places[path] = place
        self.notices.append(Finding(code=code, path=path, typed="", sentence=sentence))

    def closest(self, typed: str, words: Iterable[str]) -> str:
        """Return the word that was probably meant, "" for none and after many suggestions."""
        self.suggestions_left -= 1
        return closest(typed, words) if self.suggestions_left >= 0 else ""
