"""The layout of every page: header with years and edition, notices about drafts and old editions, links, footer."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from indicators.domain.dutch import plural
from indicators.pages.links import Links
from indicators.pages.selection import Selection
from indicators.readmodel.chain import EditionInfo, VersionInfo
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import edition_sentence, version_sentence
from priorities.models import Kadernota, Version
from priorities.permissions import may_adopt, may_record, may_see_versions_in_preparation


@dataclass(frozen=True)
class Link:
    """The text and URL of a link; `current` marks what the page shows."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Header, notices and footer of a page. Without a selection (`links` is None): only the footer and the log-in."""

    kadernota: Kadernota | None = None
    version: VersionInfo | Version | None = None
    links: Links | None = None
    years: tuple[Link, ...] = ()
    edition_sentence: str = ""
    compare_url: str = ""
    newest_url: str = ""
    drafts_sentence: str = ""
    may_record: bool = False
    may_adopt: bool = False
    may_use_workshop: bool = False
    is_preview: bool = False

    @property
    def is_practice(self) -> bool:
        """Whether the figures are invented, for practice."""
        return self.kadernota is not None and self.kadernota.is_practice


def links_for(request: HttpRequest, selection: Selection) -> Links:
    """Return URLs that keep the year and edition of this selection."""
    if selection.preview:
        return selection.preview
    edition = selection.overview.edition
    return Links(selection.kadernota.slug, selection.year, edition.label if edition else "")


def layout_for(request: HttpRequest, selection: Selection | None = None, kadernota: Kadernota | None = None) -> Layout:
    """Build the layout of this page. No query."""
    if selection is None:
        version = kadernota.version if kadernota else None
        may_use_workshop = may_see_versions_in_preparation(request.user)
        return Layout(kadernota=kadernota, version=version, may_use_workshop=may_use_workshop)
    overview, year = selection.overview, selection.year
    links = links_for(request, selection)
    edition = overview.edition or overview.edition_of(year)
    is_older = overview.edition is not None and overview.edition != selection.editions[-1]
    return Layout(
        kadernota=selection.kadernota,
        version=overview.version,
        links=links,
        years=tuple(Link(str(other), year_url(request, other), other == year) for other in overview.years),
        edition_sentence=" ".join(filter(None, (edition_sentence(edition, year), version_sentence(overview, year)))),
        compare_url=compare_url(overview, edition),
        newest_url=_without_edition(request) if is_older else "",
        drafts_sentence=drafts_sentence(overview, year) if overview.with_drafts else "",
        may_record=may_record(request.user),
        may_adopt=may_adopt(request.user),
        may_use_workshop=may_see_versions_in_preparation(request.user),
        is_preview=selection.preview is not None,
    )


def compare_url(overview: Overview, edition: EditionInfo | None) -> str:
    """Return the URL that compares an edition with the previous one; "" for the first edition."""
    if edition is None or edition == overview.editions[0]:
        return ""
    return f"{reverse('vergelijken', args=[overview.slug])}?naar={edition.label}"


def year_url(request: HttpRequest, year: int) -> str:
    """Return the URL of this page for another year, whether its path or its query holds the year."""
    match = request.resolver_match
    query = request.GET.copy()
    path = request.path
    if match and "year" in match.kwargs:
        path = reverse(match.view_name, kwargs=match.kwargs | {"year": year})
        query.pop("jaar", None)
    else:
        query["jaar"] = str(year)
    return f"{path}?{query.urlencode()}" if query else path


def drafts_sentence(overview: Overview, year: int) -> str:
    """Count the draft figures of this year and of other years, for users who see drafts."""
    in_year = _count_drafts(overview, year)
    in_other_years = sum(_count_drafts(overview, other) for other in overview.years if other != year)
    if not in_year and not in_other_years:
        return "U ziet ook concepten; van de cijfers zijn er op dit moment geen."
    figures = f"{in_year or 'geen'} {plural(in_year, 'cijfer', 'cijfers')} over {year}"
    other = f" en {in_other_years} over andere jaren" if in_other_years else ""
    return f"Concepten tellen mee: {figures}{other}. Raad en publiek zien ze pas als ze zijn vastgesteld."


def _count_drafts(overview: Overview, year: int) -> int:
    return sum(part.figures[year].is_draft for row in overview.all_rows for part in row.components)


def _without_edition(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("editie", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
