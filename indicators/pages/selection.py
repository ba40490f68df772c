"""The selection of a page, from its URL: the kadernota, as of an edition or with drafts, and the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from indicators.models import Edition
from indicators.pages.guards import parse_year
from indicators.readmodel.cache import cache_version, cached
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.overview import load_overview
from indicators.readmodel.programme import PART_FIELDS, Part, Programme, load_programme, make_part
from indicators.readmodel.rows import IndicatorRow, Overview
from priorities.models import Kadernota
from priorities.permissions import may_see_drafts

# A new kadernota without an edition does not replace the current one on the front page.
FRONT_FIRST = ("is_practice", "-has_edition", "-first_year", "pk")


@dataclass(frozen=True)
class Selection:
    """The kadernota of a page, its read model and the selected year."""

    kadernota: Kadernota
    overview: Overview
    year: int


def front_kadernota() -> Kadernota | None:
    """Return the kadernota of the front page, or None. One query."""
    return _front_first().first()


def _front_first() -> QuerySet[Kadernota]:
    """Order the kadernotas: real before practice, then those with an edition, then the newest."""
    has_edition = Exists(Edition.objects.filter(kadernota=OuterRef("pk")))
    return Kadernota.objects.annotate(has_edition=has_edition).order_by(*FRONT_FIRST)


def all_kadernotas(request: HttpRequest) -> Mapping[Kadernota, tuple[Part, ...]]:
    """Return all kadernotas, the one of the front page first, each with its parts. Cached."""
    return cached(cache_version(request), "kadernotas", _load_kadernotas)


def _load_kadernotas() -> Mapping[Kadernota, tuple[Part, ...]]:
    """Load kadernotas and parts in one query: a row for each part, or one for a kadernota without parts."""
    own = [field.attname for field in Kadernota._meta.concrete_fields]
    rows = _front_first().order_by(*FRONT_FIRST, "priorities__kind", "priorities__number")
    parts: dict[tuple[Any, ...], list[Part]] = {}
    for values in rows.values_list(*own, *(f"priorities__{name}" for name in PART_FIELDS)):
        kadernota_parts = parts.setdefault(values[: len(own)], [])
        if values[len(own)] is not None:
            kadernota_parts.append(make_part(*values[len(own) :]))
    return {Kadernota.from_db(rows.db, own, values): tuple(loaded) for values, loaded in parts.items()}


def load_selection(request: HttpRequest, slug: str) -> Selection:
    """Load what the query selects: `?jaar=2020`, `?editie=2020-1`. Http404 for an unknown kadernota, edition or year.

    Drafts count for users who may see them, unless the query names an edition.
    """
    kadernota = next((kadernota for kadernota in all_kadernotas(request) if kadernota.slug == slug), None)
    if kadernota is None:
        raise Http404("Deze kadernota is er niet.")
    edition = find_edition(kadernota, request.GET["editie"]) if request.GET.get("editie") else None
    overview = public_overview(kadernota, edition, cache_version(request))
    if edition is None and may_see_drafts(request.user):
        overview = with_drafts(kadernota, overview)
    return Selection(kadernota, overview, _year(request, kadernota, overview))


def public_overview(kadernota: Kadernota, edition: Edition | None, version: str) -> Overview:
    """Return the public read model of a kadernota, cached under this version."""
    key = ("overview", kadernota.pk, edition.pk if edition else None)
    return cached(version, key, lambda: load_overview(kadernota, edition=edition, version=version))


def load_selected_programme(request: HttpRequest, selection: Selection, *, only: int | None = None) -> Programme:
    """Load the programme of a selection. One query; none where the public programme is cached.

    `only`: the key of the one part whose lines are needed.
    """
    overview, kadernota = selection.overview, selection.kadernota
    parts = all_kadernotas(request)[kadernota]
    if overview.with_drafts:
        return load_programme(kadernota, drafts=True, editions=overview.editions, parts=parts, only=only)
    key = ("programme", kadernota.pk, overview.edition.pk if overview.edition else None)
    return cached(
        cache_version(request),
        key,
        lambda: load_programme(kadernota, edition=overview.edition, editions=overview.editions, parts=parts),
    )


def indicator_or_404(selection: Selection, code: str) -> IndicatorRow:
    """Return the indicator with this code. Http404 when there is none."""
    row = selection.overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    return row


def find_edition(kadernota: Kadernota, label: str) -> Edition:
    """Return the edition with this label (`2020-1`). Http404 when there is none."""
    year, _, number = label.partition("-")
    if not (_is_small_number(year) and _is_small_number(number)):
        raise Http404("Deze editie is er niet.")
    return get_object_or_404(Edition, kadernota=kadernota, year=int(year), number=int(number))


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _year(request: HttpRequest, kadernota: Kadernota, overview: Overview) -> int:
    """Return the year in the query; else of the edition; else the latest year with an edition; else the first year."""
    year = request.GET.get("jaar", "")
    if year:
        return parse_year(kadernota, year)
    if overview.edition:
        return overview.edition.year
    return max((edition.year for edition in overview.shown_editions), default=overview.years[0])
