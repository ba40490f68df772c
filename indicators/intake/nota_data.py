"""The data of a nota from a file, with the place of each part of it in the sheet that it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.domain.nota import Finding, Nota, NotaRefused, read_file
from priorities.models import RESERVED_SLUGS

DataPath = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Place:
    """A place in a sheet. `row` counts from 1, `column` is a letter."""

    sheet: str
    row: int
    column: str


@dataclass(frozen=True, kw_only=True)
class NotaData:
    """The JSON data of a nota, and where each path of it stands in the sheet that it was read from.

    `refusals` are those of the sheet itself, also when there is no `data`; `notices` only inform. The content at the
    paths `unread` is unknown: what the rules say about it follows from a refusal of the sheet. `sentences` replace
    those of the rules where a sheet is written in another way than JSON, by code. Findings are in order of `sheets`.
    """

    data: object
    places: Mapping[DataPath, Place] = field(default_factory=dict)
    refusals: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    unread: frozenset[DataPath] = frozenset()
    sentences: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def place(self, finding: Finding) -> Place | None:
        """Return the place that a finding is about: that of its path, else of the part that holds it."""
        path = finding.path
        return next((self.places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.places), None)

    @property
    def has_figures(self) -> bool:
        """Whether it brings published figures along, as shipped files do. They are no part of the nota."""
        return isinstance(self.data, Mapping) and bool(self.data.get("taken_over"))

    def nota(self) -> Nota:
        """Return the nota. Raises NotaRefused with all findings: of the sheet, and of the rules of a nota."""
        findings = list(self.refusals)
        if self.data is not None or not findings:
            try:
                nota = read_file(self.data, reserved_slugs=RESERVED_SLUGS).nota
            except NotaRefused as error:
                findings += [self._in_words(finding) for finding in error.findings if not self._follows(finding)]
        if findings:
            raise NotaRefused(sorted(findings, key=self._order))
        return nota

    def _order(self, finding: Finding) -> tuple[int, int, int, str]:
        place = self.place(finding)
        if place is None:
            return -1, 0, 0, ""
        sheet = self.sheets.index(place.sheet) if place.sheet in self.sheets else len(self.sheets)
        return sheet, place.row, len(place.column), place.column

    def _follows(self, finding: Finding) -> bool:
        return any(finding.path[:end] in self.unread for end in range(len(finding.path) + 1))

    def _in_words(self, finding: Finding) -> Finding:
        sentence = self.sentences.get(finding.code, finding.sentence)
        return Finding(
            code=finding.code, path=finding.path, typed=finding.typed, sentence=sentence, meant=finding.meant
        )
