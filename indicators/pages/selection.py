"""What a page shows: which kadernota, as of which edition, which year, and whether drafts count."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from indicators.models import Edition
from indicators.pages.guards import parse_year
from indicators.readmodel.cache import cache_version, cached
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.overview import load_overview
from indicators.readmodel.programme import PART_FIELDS, Part, make_part
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from priorities.permissions import may_see_drafts

FRONT_FIRST = ("is_practice", "-has_edition", "-first_year", "pk")


@dataclass(frozen=True)
class Selection:
    """A kadernota with its read model and the year that the page is about."""

    kadernota: Kadernota
    overview: Overview
    year: int


def front_kadernota() -> Kadernota | None:
    """The kadernota to begin with. One query."""
    return _in_order().first()


def _in_order() -> QuerySet[Kadernota]:
    """All kadernota's: first those that are not to practise with, then those that have an edition, then the newest.

    So a next kadernota that was only just started does not push the present one from the front page.
    """
    has_edition = Exists(Edition.objects.filter(kadernota=OuterRef("pk")))
    return Kadernota.objects.annotate(has_edition=has_edition).order_by(*FRONT_FIRST)


def known_kadernotas(request: HttpRequest) -> Mapping[Kadernota, tuple[Part, ...]]:
    """All kadernota's there are, the one to begin with first, with the parts of each; loaded once for this stamp."""
    return cached(cache_version(request), "kadernotas", _load_kadernotas)


def _load_kadernotas() -> Mapping[Kadernota, tuple[Part, ...]]:
    """One query, of a row for each part; one for a kadernota that has none yet."""
    own = [field.attname for field in Kadernota._meta.concrete_fields]
    rows = _in_order().order_by(*FRONT_FIRST, "priorities__kind", "priorities__number")
    parts: dict[tuple, list[Part]] = {}
    for values in rows.values_list(*own, *(f"priorities__{name}" for name in PART_FIELDS)):
        of = parts.setdefault(values[: len(own)], [])
        if values[len(own)] is not None:
            of.append(make_part(*values[len(own) :]))
    return {Kadernota.from_db(rows.db, own, values): tuple(of) for values, of in parts.items()}


def load_selection(request: HttpRequest, slug: str) -> Selection:
    """What this request asks for: `?jaar=2020`, `?editie=2020-1`. 404 for what is not there.

    Drafts count for those who may see them, unless an edition is asked for.
    """
    stamp = cache_version(request)
    kadernota = next((known for known in known_kadernotas(request) if known.slug == slug), None)
    if kadernota is None:
        raise Http404("Deze kadernota is er niet.")
    edition = find_edition(kadernota, request.GET["editie"]) if request.GET.get("editie") else None
    overview = public_overview(kadernota, edition, stamp)
    if edition is None and may_see_drafts(request.user):
        overview = with_drafts(kadernota, overview)
    return Selection(kadernota, overview, _year(request, kadernota, overview))


def public_overview(kadernota: Kadernota, edition: Edition | None, stamp: str) -> Overview:
    """What everybody may see of a kadernota, loaded once for this stamp."""
    key = ("overview", kadernota.pk, edition.pk if edition else None)
    return cached(stamp, key, lambda: load_overview(kadernota, edition=edition, stamp=stamp))


def find_edition(kadernota: Kadernota, label: str) -> Edition:
    """The edition with this label (`2020-1`); 404 when there is none."""
    year, _, number = label.partition("-")
    if not (_is_small_number(year) and _is_small_number(number)):
        raise Http404("Deze editie is er niet.")
    return get_object_or_404(Edition, kadernota=kadernota, year=int(year), number=int(number))


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _year(request: HttpRequest, kadernota: Kadernota, overview: Overview) -> int:
    """The year asked for; else the edition's own, else the latest with an edition, else the first."""
    asked = request.GET.get("jaar", "")
    if asked:
        return parse_year(kadernota, asked)
    if overview.edition:
        return overview.edition.year
    return max((edition.year for edition in overview.shown_editions), default=overview.years[0])
