"""Load what the documents of a year are built from, and build the appendix."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.public import cached_for, overview_at, public_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from reports.appendix import build_appendix, edition_day, file_stem
from reports.document import Document


class NoEdition(Exception):
    """Nothing was adopted or taken over for this year. The message is a Dutch sentence for the user."""


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document of a year with the read model that it was built from."""

    document: Document
    overview: Overview
    stem: str

    @property
    def edition(self) -> EditionInfo | None:
        """The edition of the figures; None for a draft."""
        return self.overview.edition

    def file_name(self, extension: str) -> str:
        """Return the name for downloads."""
        return f"{self.stem}.{extension}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The data of the documents of a year. `previous` is the state before the edition; None for the first edition."""

    overview: Overview
    year: int
    previous: Overview | None
    created: datetime

    @property
    def edition(self) -> EditionInfo | None:
        """The edition of the figures; None for a draft."""
        return self.overview.edition

    def build(self) -> Document:
        """Build the appendix."""
        return build_appendix(
            self.overview,
            year=self.year,
            edition=self.edition,
            previous=self.previous,
            created=self.created,
        )


def load_appendix(
    kadernota: Kadernota, year: int, *, edition: EditionInfo | None = None, drafts_at: datetime | None = None
) -> LoadedDocument:
    """Load the appendix of a year as of `edition` (default: the newest of that year), or with drafts at `drafts_at`.

    The caller checks who may see drafts. The document of an edition is cached. Raises NoEdition.
    """
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    document = cached_for(basis.overview, ("appendix", year), basis.build)
    return LoadedDocument(document, basis.overview, file_stem(basis.overview, year))


def load_basis(
    kadernota: Kadernota, year: int, *, edition: EditionInfo | None = None, drafts_at: datetime | None = None
) -> Basis:
    """Load the data of the documents of a year; the parameters are those of `load_appendix`. Raises NoEdition."""
    public = public_overview(kadernota)
    newest = edition or public.edition_of(year)
    if drafts_at:
        return Basis(
            overview=with_drafts(kadernota, public),
            year=year,
            previous=public if newest else None,
            created=drafts_at,
        )
    if newest is None:
        raise NoEdition(f"Over {year} is nog niets vastgesteld; daarom is dit document er nog niet.")
    overview = overview_at(kadernota, public, newest.sequence)
    assert overview.edition is not None  # the decision with this sequence adopted it
    return Basis(
        overview=overview,
        year=year,
        previous=None if newest.number == 1 else overview_at(kadernota, public, newest.sequence - 1),
        # As it was dated then: a later correction of the date leaves the document as it is.
        created=_noon(overview.edition),
    )


def _noon(edition: EditionInfo) -> datetime:
    """Return noon of the day of an edition, so that the same edition always gives the same bytes."""
    return datetime.combine(edition_day(edition), time(12), tzinfo=timezone.get_default_timezone())
