"""Load and build the annual programme."""

from dataclasses import replace
from datetime import datetime

from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.programme import adopted_programme, load_recorded_lines, make_programme
from indicators.readmodel.public import cached_for
from priorities.models import Kadernota
from reports.appendix import file_stem
from reports.appendix.load import LoadedDocument, load_basis
from reports.programme import NAME, build_programme


def load_annual(
    kadernota: Kadernota, year: int, *, edition: EditionInfo | None = None, drafts_at: datetime | None = None
) -> LoadedDocument:
    """Load the annual programme; the parameters are those of `load_appendix`. Raises NoEdition."""
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    if basis.overview.with_drafts:
        lines = load_recorded_lines(kadernota, basis.overview)
        basis = replace(basis, overview=replace(basis.overview, lines=tuple(lines.values())))
        document = build_programme(basis, make_programme(basis.overview, lines, drafts=True))
    else:
        document = cached_for(
            basis.overview, ("programme", year), lambda: build_programme(basis, adopted_programme(basis.overview))
        )
    return LoadedDocument(document, basis.overview, file_stem(basis.overview, year, NAME))
