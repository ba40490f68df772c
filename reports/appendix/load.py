"""Which appendix is asked for, and the document that it is."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from indicators.models import Edition, Reading
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.errata import overview_before
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from reports.appendix import build_appendix, file_name
from reports.document import Document


class NoEdition(Exception):
    """Nothing was adopted or taken over for this year; the sentence says so."""


@dataclass(frozen=True)
class Appendix:
    """An appendix with the read model that it was made of. `edition` is None for a draft."""

    overview: Overview
    year: int
    edition: EditionInfo | None
    document: Document

    def file_name(self, extension: str) -> str:
        """The name under which it is handed out."""
        return file_name(self.overview, self.year, self.edition, extension)


def load_appendix(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> Appendix:
    """The appendix for a year as of `edition` (default: the newest of that year), or with the drafts of this moment.

    The caller has checked who may see drafts. Raises NoEdition. Thirteen queries at most, however many indicators.
    """
    basis = load_basis(kadernota, year, edition=edition, drafts_at=drafts_at)
    return Appendix(basis.overview, year, basis.edition, basis.build())


@dataclass(frozen=True)
class Basis:
    """What the documents of a year are made of. `previous` is as of the edition before, None where there is none."""

    overview: Overview
    year: int
    previous: Overview | None
    readings: tuple[Reading, ...]
    created: datetime

    @property
    def edition(self) -> EditionInfo | None:
        """The edition that it shows; None for drafts."""
        return self.overview.edition

    def build(self) -> Document:
        """The appendix."""
        return build_appendix(
            self.overview,
            year=self.year,
            edition=self.edition,
            previous=self.previous,
            readings=self.readings,
            created=self.created,
        )


def load_basis(
    kadernota: Kadernota, year: int, *, edition: Edition | None = None, drafts_at: datetime | None = None
) -> Basis:
    """What load_appendix makes the appendix of; on the same terms. Raises NoEdition."""
    newest = edition or Edition.objects.of(kadernota).filter(year=year).last()
    if newest is None and drafts_at is None:
        raise NoEdition(f"Over {year} is nog niets vastgesteld; daarom is dit document er nog niet.")
    shown = None if drafts_at else newest
    overview = load_overview(kadernota, edition=shown, drafts=shown is None)
    adopted = load_overview(kadernota) if newest and not shown else None
    previous = overview_before(kadernota, shown) if shown else adopted
    readings = Reading.objects.filter(kadernota=kadernota).select_related("indicator").order_by("order")
    return Basis(overview, year, previous, tuple(readings), drafts_at or _noon(overview.edition))


def _noon(edition: EditionInfo | None) -> datetime:
    """Noon of the day on which an edition was adopted or taken over: the same edition gives the same bytes."""
    day = edition and (edition.adopted_on or edition.retrieved_on)
    if day is None:
        raise ValueError("an edition has the day on which it was adopted or taken over")
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
