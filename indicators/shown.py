"""What a page shows: which kadernota, as of which edition, which year, and whether drafts count."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from priorities.models import Kadernota

from .models import Edition
from .overview import load_overview
from .permissions import may_see_drafts
from .rows import Overview


@dataclass(frozen=True)
class Shown:
    """A kadernota with its read model and the year that the page is about."""

    kadernota: Kadernota
    overview: Overview
    year: int

    @property
    def is_final(self) -> bool:
        """Whether the year is the last target year, so that "op koers" is "behaald"."""
        return self.year == self.overview.last_year


def load_shown(request: HttpRequest, slug: str) -> Shown:
    """What this request asks for: `?jaar=2020`, `?editie=2020-1`. 404 for what is not there.

    Drafts count for those who may see them, unless an edition is asked for.
    """
    kadernota = get_object_or_404(Kadernota, slug=slug)
    edition = find_edition(kadernota, request.GET["editie"]) if request.GET.get("editie") else None
    insider = may_see_drafts(request.user)
    overview = load_overview(kadernota, edition=edition, drafts=insider and edition is None, people=insider)
    return Shown(kadernota, overview, _year(request, overview))


def find_edition(kadernota: Kadernota, label: str) -> Edition:
    """The edition with this label (`2020-1`); 404 when there is none."""
    year, _, number = label.partition("-")
    if not (_is_small_number(year) and _is_small_number(number)):
        raise Http404("Deze editie is er niet.")
    return get_object_or_404(Edition, kadernota=kadernota, year=int(year), number=int(number))


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _year(request: HttpRequest, overview: Overview) -> int:
    """The year asked for; else the edition's own, else the latest with an edition, else the first."""
    asked = request.GET.get("jaar", "")
    if asked:
        if not _is_small_number(asked) or int(asked) not in overview.years:
            raise Http404("Dit jaar hoort niet bij deze kadernota.")
        return int(asked)
    if overview.edition:
        return overview.edition.year
    return max((edition.year for edition in overview.shown_editions), default=overview.years[0])
