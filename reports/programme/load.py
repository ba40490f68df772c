"""Which programme is asked for, and the document that it is."""

from dataclasses import dataclass
from datetime import datetime

from indicators.models import Edition
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.programme import History, load_parts, load_revisions, make_programme
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from reports.appendix import file_name
from reports.appendix.load import load_basis
from reports.document import Document
from reports.programme import NAME, build_programme


@dataclass(frozen=True)
class AnnualProgramme:
    """A programme with the read model that it was made of. `edition` is None for a draft."""

    overview: Overview
    year: int
    edition: EditionInfo | None
    document: Document

    def file_name(self, extension: str) -> str:
        """The name under which it is handed out."""
        return file_name(self.overview, self.year, self.edition, extension, NAME)


def load_annual(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> AnnualProgramme:
    """The programme for a year, on the terms of load_appendix. Raises NoEdition. Two queries more than the appendix."""
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    overview, previous = basis.overview, basis.previous
    shown = basis.edition
    history = History(load_revisions(kadernota, {info.pk: info for info in overview.editions}, people=False))
    after = history.adopted(shown.pk) if shown else history.newest()
    before = history.adopted(previous.edition.pk if previous.edition else None) if previous else None
    programme = make_programme(kadernota, load_parts(kadernota), after, shown, drafts=shown is None)
    return AnnualProgramme(overview, year, shown, build_programme(basis, programme, before=before, after=after))
