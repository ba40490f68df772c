"""The selection of a page, from its URL: the kadernota, as of an edition or with drafts, and the year."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from indicators.pages.guards import parse_year
from indicators.pages.links import Links
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.programme import Programme, adopted_programme, load_recorded_programme
from indicators.readmodel.public import Head, cached_for, find_head, front_slug, overview_at, public_overview
from indicators.readmodel.rows import IndicatorRow, Overview
from priorities.models import Kadernota
from priorities.permissions import may_see_drafts


@dataclass(frozen=True)
class Selection:
    """The kadernota of a page, its read model and the selected year; `editions` has all, also when one looks back.

    `preview` has the links of the preview of a draft, None on the public pages.
    """

    kadernota: Kadernota
    overview: Overview
    year: int
    editions: tuple[EditionInfo, ...] = ()
    preview: Links | None = None


def head_of(request: HttpRequest, slug: str) -> Head | None:
    """Return the head of a public kadernota, or None: read once for GET and HEAD, else every time."""
    if request.method not in ("GET", "HEAD"):
        return find_head(slug)
    heads: dict[str, Head | None] | None = getattr(request, "heads", None)
    if heads is None:
        heads = {}
        setattr(request, "heads", heads)  # noqa: B010  # HttpRequest declares no such attribute
    if slug not in heads:
        heads[slug] = find_head(slug)
    return heads[slug]


def head_or_404(request: HttpRequest, slug: str) -> Head:
    """Return the head of a public kadernota. Http404 when there is none: also for one that is being prepared."""
    head = head_of(request, slug)
    if head is None:
        raise Http404("Deze kadernota is er niet.")
    return head


def front_head(request: HttpRequest) -> Head | None:
    """Return the head of the kadernota of the front page, or None."""
    slug: str | None = getattr(request, "front_slug", None)
    if slug is None:
        slug = front_slug()
        setattr(request, "front_slug", slug)  # noqa: B010  # HttpRequest declares no such attribute
    return head_of(request, slug) if slug else None


def load_selection(request: HttpRequest, slug: str) -> Selection:
    """Load what the query selects: `?jaar=2020`, `?editie=2020-1`. Http404 for an unknown kadernota, edition or year.

    Drafts count for users who may see them, unless the query names an edition.
    """
    head = head_or_404(request, slug)
    newest = overview = public_overview(head.kadernota, head)
    if label := request.GET.get("editie"):
        edition = edition_or_404(newest, label)
        overview = overview_at(head.kadernota, newest, edition.sequence)
    elif may_see_drafts(request.user):
        overview = with_drafts(head.kadernota, newest)
    return Selection(head.kadernota, overview, _year(request, overview), newest.editions)


def load_selected_programme(selection: Selection) -> Programme:
    """Load the programme of a selection: cached, or with drafts in one query."""
    overview = selection.overview
    if overview.with_drafts:
        return load_recorded_programme(selection.kadernota, overview)
    return cached_for(overview, "programme", lambda: adopted_programme(overview))


def indicator_or_404(selection: Selection, code: str) -> IndicatorRow:
    """Return the indicator with this code. Http404 when there is none."""
    row = selection.overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    return row


def edition_or_404(overview: Overview, label: str) -> EditionInfo:
    """Return the edition with this label (`2020-1`). Http404 when there is none."""
    edition = next((edition for edition in overview.editions if edition.label == label), None)
    if edition is None:
        raise Http404("Deze editie is er niet.")
    return edition


def _year(request: HttpRequest, overview: Overview) -> int:
    """Return the year in the query; else of the edition; else the latest year with an edition; else the first year."""
    year = request.GET.get("jaar", "")
    if year:
        return parse_year(overview.years, year)
    if overview.edition:
        return overview.edition.year
    return max((edition.year for edition in overview.editions), default=overview.years[0])
