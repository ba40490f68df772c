"""Load and build the annual programme."""

from datetime import datetime

from indicators.models import Edition
from indicators.readmodel.programme import History, load_parts, load_revisions, make_programme
from priorities.models import Kadernota
from reports.appendix import file_stem
from reports.appendix.load import LoadedDocument, load_basis
from reports.programme import NAME, build_programme


def load_annual(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> LoadedDocument:
    """Load the annual programme; the parameters are those of `load_appendix`. Raises NoEdition.

    Two queries more than the appendix.
    """
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    overview, previous, as_of = basis.overview, basis.previous, basis.edition
    history = History(load_revisions(kadernota, {info.pk: info for info in overview.editions}, people=False))
    after = history.adopted(as_of.pk) if as_of else history.newest()
    before = history.adopted(previous.edition.pk if previous.edition else None) if previous else None
    programme = make_programme(kadernota, load_parts(kadernota), after, as_of, drafts=as_of is None)
    document = build_programme(basis, programme, before=before, after=after)
    return LoadedDocument(document, overview, file_stem(overview, year, NAME))
