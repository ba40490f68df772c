"""Load what the documents of a year are built from, and build the appendix."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from indicators.models import Edition, Reading
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.errata import overview_before
from indicators.readmodel.overview import load_overview
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
    """The data of the documents of a year. `previous` is as of the edition before; None for the first edition."""

    overview: Overview
    year: int
    previous: Overview | None
    readings: tuple[Reading, ...]
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
            readings=self.readings,
            created=self.created,
        )


def load_appendix(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> LoadedDocument:
    """Load the appendix of a year as of `edition` (default: the newest of that year), or with drafts at `drafts_at`.

    The caller checks who may see drafts. Raises NoEdition. At most thirteen queries, whatever the number of indicators.
    """
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    return LoadedDocument(basis.build(), basis.overview, file_stem(basis.overview, year))


def load_basis(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> Basis:
    """Load the data of the documents of a year; the parameters are those of `load_appendix`. Raises NoEdition."""
    newest = edition or Edition.objects.of(kadernota).filter(year=year).last()
    if newest is None and drafts_at is None:
        raise NoEdition(f"Over {year} is nog niets vastgesteld; daarom is dit document er nog niet.")
    as_of = None if drafts_at else newest
    overview = load_overview(kadernota, edition=as_of, drafts=as_of is None)
    adopted = load_overview(kadernota) if newest and not as_of else None
    readings = Reading.objects.filter(kadernota=kadernota).select_related("indicator").order_by("order")
    return Basis(
        overview=overview,
        year=year,
        previous=overview_before(kadernota, as_of) if as_of else adopted,
        readings=tuple(readings),
        created=drafts_at or _noon(overview.edition),
    )


def _noon(edition: EditionInfo | None) -> datetime:
    """Return noon of the day of an edition, so that the same edition always gives the same bytes."""
    if edition is None:
        raise ValueError("a document is either as of an edition, or with drafts at a moment")
    return datetime.combine(edition_day(edition), time(12), tzinfo=timezone.get_default_timezone())
